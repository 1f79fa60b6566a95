"""Doors: the DMC keeps training. Who is due, workshops and who came, records from elsewhere."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import people, rights
from accounts.channels import teams_for
from accounts.forms_training import RecordsForm, StrikeForm, WorkshopForm
from accounts.keys import key_in
from accounts.models import Completion, Team, Workshop
from accounts.training import overview, qualified, record_file, records, workshops

PER_PAGE = 40
BIGGEST_FILE = 500_000


@require_GET
def trained_people(request: HttpRequest) -> HttpResponse:
    """Who is due and who lapsed, over the teams that this person provisions."""
    records.require_trainer(request.user)
    now = timezone.now()
    found = overview.grouped(request.user, now=now)
    counts = {name: len(keys) for name, keys in found.items()}
    group = request.GET.get("group", "")
    if group not in overview.GROUPS:
        group = next((name for name, number in counts.items() if number), "stands")
    shown = Paginator(found[group], PER_PAGE).get_page(request.GET.get("page"))
    page = {
        "page": shown,
        "rows": overview.rows(request.user, list(shown), group, now=now),
        "group": group,
        "groups": [(name, words, counts[name]) for name, words in overview.GROUPS.items()],
        "counts": counts,
        "total": sum(counts.values()),
        "untaken": workshops.untaken(request.user, now=now)[:10],
        "coming": workshops.coming(now=now)[:10],
    }
    return render(request, "accounts/trained_people.html", page)


@require_http_methods(["GET", "POST"])
def person_training(request: HttpRequest, pk: int) -> HttpResponse:
    """One person's record; by POST, a line of it is struck."""
    records.require_trainer(request.user)
    now = timezone.now()
    person = get_object_or_404(people.looked_after(request.user, now=now), pk=pk)
    form = StrikeForm(request.POST if request.method == "POST" else None)
    key = request.POST.get("completion", "")
    if request.method == "POST" and form.is_valid():
        kept = get_object_or_404(Completion, pk=key_in(key) or 0, user=person)
        records.strike(completion=kept, **form.cleaned_data, by=request.user, now=now)
        messages.success(request, "Struck. It stays in the record and counts no more.")
        return redirect("accounts:person_training", pk)
    page = {"person": person, "standing": qualified(person, now), "form": form, "chosen": key}
    page["records"] = person.completions.select_related("by", "struck_by", "workshop")[:60]
    return render(request, "accounts/person_training.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def plan_workshop(request: HttpRequest) -> HttpResponse:
    """A new one. `?agenda=` fills in what it is about: the reasons why updates came back."""
    records.require_trainer(request.user)
    teams = teams_for(request.user, "provision").exclude(kind=Team.Kind.WARD).order_by("parent__pk", "name")
    start = {"agenda": request.GET.get("agenda", "")[:2000], "title": request.GET.get("title", "")[:120]}
    form = WorkshopForm(request.POST if request.method == "POST" else None, teams=teams, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            made = workshops.plan(**form.said(), by=request.user, now=timezone.now())
        except ValidationError as refused:
            for field, complaints in refused.message_dict.items():
                form.add_error("day" if field == "starts_at" else field, complaints)
        else:
            messages.success(request, "Planned. People can sign up now.")
            return redirect("accounts:workshop", made.pk)
    return render(request, "accounts/plan_workshop.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
def workshop(request: HttpRequest, pk: int) -> HttpResponse:
    return _workshop(request, _found(pk))


@require_POST
def take_attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """Ticks: who came. Nobody ticked needs a second look."""
    shown = _kept(request, pk)
    ticked = request.POST.getlist("came")
    came = [key for said in ticked if (key := key_in(said)) is not None]
    if not came and "nobody" not in request.POST:
        return _workshop(request, shown, problem="Tick who came, or tick that nobody did.")
    try:
        workshops.take_attendance(workshop=shown, came=came, by=request.user, now=timezone.now())
    except ValidationError as refused:
        return _workshop(request, shown, problem=" ".join(refused.messages))
    messages.success(request, "Attendance is taken, and it stands in each person’s record.")
    return redirect("accounts:workshop", pk)


@require_POST
def call_off(request: HttpRequest, pk: int) -> HttpResponse:
    shown = _kept(request, pk)
    workshops.call_off(workshop=shown, by=request.user, now=timezone.now())
    messages.success(request, "Called off. Everybody who had a place is told.")
    return redirect("accounts:workshop", pk)


@require_http_methods(["GET", "POST"])
def training_file(request: HttpRequest) -> HttpResponse:
    """Records from elsewhere: a file comes in whole, or says which lines are wrong."""
    records.require_trainer(request.user)
    form = RecordsForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            brought = record_file.bring_in(text=_text(form), by=request.user, now=timezone.now())
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"{brought} record{'' if brought == 1 else 's'} kept.")
            return redirect("accounts:trained_people")
    page = {"form": form, "columns": ",".join(record_file.COLUMNS)}
    return render(request, "accounts/training_file.html", page, status=422 if form.errors else 200)


def _text(form: RecordsForm) -> str:
    upload = form.cleaned_data["file"]
    if upload is None:
        return str(form.cleaned_data["lines"])
    if upload.size > BIGGEST_FILE:
        raise ValidationError("That file is too large. Half a megabyte is enough for 5,000 lines.")
    try:
        return str(upload.read().decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ValidationError("Save the file as CSV in UTF-8, then choose it again.") from None


def _found(pk: int) -> Workshop:
    shown: Workshop = get_object_or_404(workshops.counted().select_related("team", "taken_by"), pk=pk)
    return shown


def _kept(request: HttpRequest, pk: int) -> Workshop:
    """To change. Everybody may see a workshop; who gives it keeps it."""
    shown = _found(pk)
    rights.require(request.user, "provision", shown.team)
    return shown


def _workshop(request: HttpRequest, shown: Workshop, problem: str = "") -> HttpResponse:
    now, user = timezone.now(), request.user
    seats = list(shown.seats.filter(left_at__isnull=True).select_related("user").order_by("user__last_name", "pk"))
    keeps = user.has_perm("accounts.provision", shown.team)
    page: dict[str, Any] = {
        "workshop": shown,
        "seats": seats if keeps else [],
        "mine": any(seat.user_id == user.pk for seat in seats),
        "free": max(shown.capacity - len(seats), 0),
        "keeps": keeps,
        "began": shown.starts_at <= now,
        "ticked": request.POST.getlist("came"),
        "problem": problem,
        "now": now,
    }
    return render(request, "accounts/workshop.html", page, status=422 if problem else 200)
