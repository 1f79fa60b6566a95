"""Doors: appointments of a person, making and ending one, and the urgent ones that a second person confirms."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import appointing, breakglass, handing, held, people, planned
from accounts.channels import AUTHORS, narrowed, teams_for
from accounts.keys import key_in
from accounts.models import Appointment, Team, Urgent, User
from accounts.models.people import LONDON
from accounts.roles import ROLE_MAY
from accounts.views_again import proved_recently
from smconsole.forms_people import AppointForm, FindingForm, UrgentForm
from smconsole.moving import PARTS
from smconsole.what_roles_may import in_words

PER_PAGE, TEAMS = 40, 12


@require_GET
def appointments(request: HttpRequest, pk: int) -> HttpResponse:
    """All of one person's, today's, coming and past."""
    person, now = _person(request, pk), timezone.now()
    page = Paginator(people.appointments_of(person, by=request.user), PER_PAGE).get_page(request.GET.get("page"))
    active = set(Appointment.objects.active(now).filter(user=person).values_list("pk", flat=True))
    ctx = {"person": person, "page": page, "active": active, "today": now, "own": person == request.user}
    ctx["handovers"] = planned.open_of(person)
    return render(request, "people/appointments.html", ctx)


@proved_recently
@require_http_methods(["GET", "POST"])
def appoint(request: HttpRequest, pk: int) -> HttpResponse:
    """Which team; which role and from when to when; what that person may do then; yes."""
    person, now = _person(request, pk), timezone.now()
    _not_oneself(request, person)
    team = _team(request, teams_for(request.user, "provision"))
    if team is None:
        return _choose_team(request, person, _find_provisioned, "appoint")
    teams = teams_for(request.user, "provision")
    form = AppointForm(request.POST or None, teams=teams, now=now, initial={"team": team})
    if request.method == "POST" and form.is_valid():
        if "yes" not in request.POST:
            return _confirm(request, person, form, "appoint")
        try:
            made = appointing.appoint(user=person, **form.cleaned_data, by=request.user, now=now)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            messages.success(request, f"{person} is {made.get_role_display()} of {made.team.full_name}.")
            return redirect("appointments", person.pk)
    ctx = {"person": person, "team": team, "form": form}
    return render(request, "people/appoint.html", ctx, status=422 if form.errors else 200)


@proved_recently
@require_http_methods(["GET", "POST"])
def appoint_urgently(request: HttpRequest, pk: int) -> HttpResponse:
    """The same, from this minute on and for hours, by whoever decides for the DMC."""
    mine = held.objects(request.user, "sign_dmc", Team)
    if not mine.exists():
        raise PermissionDenied("Only the DMC makes urgent appointments.")
    person, now = get_object_or_404(User, pk=pk, is_active=True), timezone.now()
    _not_oneself(request, person)
    team = _team(request, mine)
    if team is None:
        return _choose_team(request, person, _find_signed, "appoint_urgently")
    form = UrgentForm(request.POST or None, teams=mine, initial={"team": team})
    if request.method == "POST" and form.is_valid():
        if "yes" not in request.POST:
            return _confirm(request, person, form, "appoint_urgently")
        try:
            made = breakglass.open_urgent(user=person, **form.cleaned_data, by=request.user, now=now)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            messages.success(request, f"{person} may begin. It ends in 30 minutes unless a second person confirms it.")
            return redirect("urgent", made.pk)
    ctx = {"person": person, "team": team, "form": form, "is_urgent": True}
    return render(request, "people/appoint.html", ctx, status=422 if form.errors else 200)


@require_GET
def urgent_list(request: HttpRequest) -> HttpResponse:
    """What was done in a hurry: what waits for a second person, and what nobody has looked at yet, first."""
    if not held.objects(request.user, "sign_dmc", Team).exists():
        raise PermissionDenied("Only the DMC looks after urgent appointments.")
    found = breakglass.visible_to(request.user).order_by("reviewed_at", "-opened_at", "-pk")
    words = request.GET.get("q", "").strip()
    who = people.matching(User.objects.filter(is_active=True), words).exclude(pk=request.user.pk) if words else ()
    ctx = {"page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")), "q": words, "found": who[:TEAMS]}
    return render(request, "people/urgent_list.html", ctx | {"now": timezone.now()})


@require_GET
def urgent(request: HttpRequest, pk: int) -> HttpResponse:
    """One: why, until when, who confirmed it, and what was done with it."""
    return _urgent_page(request, _urgent(request, pk))


@proved_recently
@require_POST
def confirm_urgent(request: HttpRequest, pk: int) -> HttpResponse:
    breakglass.confirm(urgent=_urgent(request, pk), by=request.user, now=timezone.now())
    messages.success(request, "Confirmed, with your name.")
    return redirect("urgent", pk)


@require_POST
def review_urgent(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = _urgent(request, pk), FindingForm(request.POST)
    if not form.is_valid():
        return _urgent_page(request, found, form)
    breakglass.review(urgent=found, **form.cleaned_data, by=request.user, now=timezone.now())
    messages.success(request, "Kept, with your name.")
    return redirect("urgent", pk)


@require_http_methods(["GET", "POST"])
def end_appointment(request: HttpRequest, pk: int) -> HttpResponse:
    """At once: what of theirs is frozen, then yes. Who hands over in order has another page for it."""
    mine = teams_for(request.user, "provision").order_by().values("pk")
    standing = Appointment.objects.filter(team__in=mine, ended_at__isnull=True).select_related("user", "team__parent")
    found, now = get_object_or_404(standing, pk=pk), timezone.now()
    _not_oneself(request, found.user)
    if request.method == "POST":
        frozen = handing.end_at_once(appointment=found, parts=PARTS, by=request.user, now=now)
        what = f" {len(frozen)} of their updates will not go out by themselves." if frozen else ""
        messages.success(request, f"Ended at {now.astimezone(LONDON):%H:%M}.{what}")
        return redirect("unowned" if frozen else "appointments", **({} if frozen else {"pk": found.user_id}))
    writes = found.role in AUTHORS
    ctx = {"one": found, "plan": handing.plan(leaver=found.user, parts=PARTS, now=now) if writes else None}
    return render(request, "people/end_appointment.html", ctx)


@require_GET
def unowned(request: HttpRequest) -> HttpResponse:
    """What is nobody's: channels that nobody may send for, and updates and cases whose author has gone."""
    if not teams_for(request.user, "provision").filter(kind=Team.Kind.FORCE).exists():
        raise PermissionDenied("Only an administrator of the force looks after what is nobody's.")
    now = timezone.now()
    things = [thing for part in PARTS for thing in part.unowned(now=now)]
    channels = handing.voiceless(now=now)
    ctx = {
        "things": Paginator(things, PER_PAGE).get_page(request.GET.get("page")), "count": len(things),
        "channels": Paginator(channels, PER_PAGE).get_page(request.GET.get("channels")),
    }  # fmt: skip
    return render(request, "people/unowned.html", ctx)


def _urgent_page(request: HttpRequest, found: Urgent, form: FindingForm | None = None) -> HttpResponse:
    now = timezone.now()
    ctx: dict[str, Any] = {
        "urgent": found,
        "done": breakglass.done_with(found),
        "another": not breakglass.obstacle(found, request.user, now=now),
        "form": form or FindingForm(),
        "now": now,
    }
    return render(request, "people/urgent.html", ctx, status=422 if form is not None and form.errors else 200)


def _confirm(request: HttpRequest, person: User, form: AppointForm | UrgentForm, action: str) -> HttpResponse:
    said = form.cleaned_data
    fields = [(name, request.POST.get(name, "")) for name in form.fields]
    ctx = {
        "person": person, "said": said, "fields": fields, "action": action,
        "may": in_words(ROLE_MAY[said["role"]]), "role": dict(form.fields["role"].choices)[said["role"]],
    }  # fmt: skip
    return render(request, "people/confirm_appointment.html", ctx)


def _choose_team(request: HttpRequest, person: User, find: Any, action: str) -> HttpResponse:
    words = request.GET.get("q", "").strip()
    found = find(request.user, words)[:TEAMS]
    return render(request, "people/choose_team.html", {"person": person, "q": words, "teams": found, "action": action})


def _find_provisioned(user: User, words: str) -> Any:
    return narrowed(teams_for(user, "provision"), words)


def _find_signed(user: User, words: str) -> Any:
    return narrowed(held.objects(user, "sign_dmc", Team).select_related("parent"), words)


def _team(request: HttpRequest, teams: Any) -> Team | None:
    asked = request.POST.get("team") or request.GET.get("team")
    if not asked:
        return None
    return get_object_or_404(teams, pk=key_in(asked) or 0)


def _person(request: HttpRequest, pk: int) -> User:
    if not teams_for(request.user, "provision").exists():
        raise PermissionDenied("Only a DMC administrator looks after people and their appointments.")
    found: User = get_object_or_404(people.everyone(request.user, now=timezone.now()), pk=pk)
    return found


def _not_oneself(request: HttpRequest, person: User) -> None:
    if person == request.user:
        raise PermissionDenied("Somebody else must make or end your own appointments.")


def _urgent(request: HttpRequest, pk: int) -> Urgent:
    found: Urgent = get_object_or_404(breakglass.visible_to(request.user), pk=pk)
    return found
