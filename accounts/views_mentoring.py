"""Doors: mentors and their authors, one author's coaching, and who is paired with whom."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Prefetch
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import mentoring, people
from accounts.channels import AUTHORS
from accounts.forms_mentoring import CheckInForm, NoteForm, PairForm, ShadowForm
from accounts.models import Appointment, Pairing, StageChange, User
from accounts.training import records

PER_PAGE = 40


@require_GET
def mentored(request: HttpRequest) -> HttpResponse:
    """Whom I mentor and whom I stand in for: who is due."""
    now = timezone.now()
    due = mentoring.due_list(mentoring.pairings_of(request.user), now=now)
    today = records.london_day(now)
    page = {
        "mine": [one for one in due if one.pairing.mentor_id == request.user.pk],
        "stood_in": [one for one in due if one.pairing.backup_id == request.user.pk],
        "overdue": sum(one.on <= today for one in due if one.pairing.mentor_id == request.user.pk),
        "today": today,
        "at_most": mentoring.AT_MOST,
    }
    return render(request, "accounts/mentored.html", page)


@require_GET
def coaching(request: HttpRequest, pk: int) -> HttpResponse:
    """One author's: for them, their mentors and the DMC. For anybody else it does not exist."""
    return _coaching(request, _readable(request, pk))


@require_POST
def check_in(request: HttpRequest, pk: int) -> HttpResponse:
    author = _readable(request, pk)
    form = CheckInForm(request.POST, now=timezone.now())
    return _do(request, author, "check", form, mentoring.check_in, "Kept. The next one has a new date.")


@require_POST
def leave_note(request: HttpRequest, pk: int) -> HttpResponse:
    author = _readable(request, pk)
    return _do(request, author, "note", NoteForm(request.POST), mentoring.note, "Left. Its author is told.")


@require_POST
def keep_shadow(request: HttpRequest, pk: int) -> HttpResponse:
    author = _readable(request, pk)
    form = ShadowForm(request.POST, now=timezone.now())

    def keep(*, author: User, on: Any, agreed: str, by: User, now: Any) -> Any:
        return mentoring.keep_shadow(author=author, on=on, agreed=agreed == "yes", by=by, now=now)

    return _do(request, author, "shadow", form, keep, "Kept.")


@require_GET
def pairs(request: HttpRequest) -> HttpResponse:
    """Every author over the teams that this person provisions: first those without a mentor."""
    records.require_trainer(request.user)
    now = timezone.now()
    writing = Appointment.objects.active(now).filter(role__in=AUTHORS, user=OuterRef("pk"))
    open_ones = Pairing.objects.filter(ended_at__isnull=True).select_related("mentor", "backup")
    found = people.looked_after(request.user, now=now).filter(Exists(writing))
    paired = Pairing.objects.filter(author=OuterRef("pk"), ended_at__isnull=True)
    words = request.GET.get("q", "").strip()
    listed = people.matching(found, words).annotate(paired=Exists(paired))
    listed = listed.prefetch_related(Prefetch("pairings", open_ones, to_attr="standing"))
    mentors = User.objects.filter(pk__in=Pairing.objects.filter(ended_at__isnull=True).values("mentor"))
    load = mentoring.workload(mentors)
    page = {
        "page": Paginator(listed.order_by("paired", "last_name", "first_name", "pk"), PER_PAGE).get_page(
            request.GET.get("page")
        ),
        "without": found.exclude(Exists(paired)).count(),
        "load": [(one, load[one.pk]) for one in mentors.order_by("last_name", "first_name", "pk")],
        "at_most": mentoring.AT_MOST,
        "q": words,
    }
    return render(request, "accounts/pairs.html", page)


@require_http_methods(["GET", "POST"])
def pair(request: HttpRequest, pk: int) -> HttpResponse:
    """Name this author's mentor and who stands in."""
    records.require_trainer(request.user)
    now = timezone.now()
    author = get_object_or_404(people.looked_after(request.user, now=now), pk=pk)
    offered = mentoring.candidates(author, now)
    standing = Pairing.objects.filter(author=author, ended_at__isnull=True).select_related("mentor", "backup").first()
    start = {"mentor": standing.mentor_id, "backup": standing.backup_id} if standing else {}
    form = PairForm(
        request.POST if request.method == "POST" else None, people=offered, load=mentoring.workload(offered),
        initial=start,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        made = _try(form, lambda: mentoring.pair(author=author, **form.cleaned_data, by=request.user, now=now))
        if made is not None:
            messages.success(request, f"{made.mentor} is {author}’s mentor now. All three are told.")
            return redirect("accounts:pairs")
    page = {"author": author, "form": form, "standing": standing, "at_most": mentoring.AT_MOST}
    return render(request, "accounts/pair.html", page, status=422 if form.errors else 200)


def _do(request: HttpRequest, author: User, name: str, form: Form, verb: Callable[..., Any], done: str) -> HttpResponse:
    if form.is_valid():
        kept = _try(form, lambda: verb(author=author, **form.cleaned_data, by=request.user, now=timezone.now()))
        if kept is not None:
            messages.success(request, done)
            return redirect("accounts:coaching", author.pk)
    return _coaching(request, author, status=422, wrong=form, **{name: form})


def _try(form: Form, verb: Callable[[], Any]) -> Any:
    """What the verb gives back, or None with its complaint beside the field."""
    try:
        return verb()
    except ValidationError as refused:
        form.add_error(None, refused)
        return None


def _readable(request: HttpRequest, pk: int) -> User:
    author = User.objects.filter(pk=pk).first()
    if author is None or not mentoring.may_read(author, request.user, now=timezone.now()):
        raise Http404
    return author


def _coaching(request: HttpRequest, author: User, status: int = 200, **forms: Any) -> HttpResponse:
    now = timezone.now()
    standing = Pairing.objects.filter(author=author, ended_at__isnull=True).select_related("mentor", "backup").first()
    due = mentoring.due_list([standing], now=now) if standing else []
    is_mentor = mentoring.is_mentor(author, request.user) and request.user.pk != author.pk
    held = Appointment.objects.active(now).filter(user=author, role__in=AUTHORS).select_related("team__parent")
    changes = StageChange.objects.filter(appointment__user=author).select_related("by", "second", "appointment__team")
    page: dict[str, Any] = {
        "author": author,
        "own": request.user.pk == author.pk,
        "pairing": standing,
        "due": due[0] if due else None,
        "today": records.london_day(now),
        "held": [(one, one.stage_on(records.london_day(now)) != one.stage) for one in held],
        "notes": author.coaching_notes.select_related("by")[:20],
        "check_ins": author.check_ins.select_related("by")[:20],
        "changes": changes[:10],
        "is_mentor": is_mentor,
        "coaches": mentoring.coaches(author, request.user, now=now),
        "check": CheckInForm(now=now),
        "note": NoteForm(),
        "shadow": ShadowForm(now=now),
        "now": now,
    }
    return render(request, "accounts/coaching.html", page | forms, status=status)
