"""Doors: one's own training. The parts to read, the workshops to sign up for, the scenario test."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.channels import AUTHORS, teams_for
from accounts.models import Appointment, Part, Seat, Sitting, Workshop
from accounts.training import lessons, qualified, records, scenarios, workshops


@require_GET
def training(request: HttpRequest) -> HttpResponse:
    """How my training stands, and what to do next."""
    now, user = timezone.now(), request.user
    mine = Seat.objects.filter(user=user, left_at__isnull=True, workshop__starts_at__gt=now)
    booked = set(mine.values_list("workshop", flat=True))
    page = {
        "standing": qualified(user, now),
        "lessons": lessons.lessons(),
        "workshops": workshops.coming(now=now)[:10],
        "booked": booked,
        "sitting": scenarios.open_one(user, now=now),
        "results": Sitting.objects.filter(user=user, closed_at__isnull=False)[:5],
        "again_at": scenarios.may_begin_at(user, now=now),
        "writes": Appointment.objects.active(now).filter(user=user, role__in=AUTHORS).exists(),
        "keeps": teams_for(user, "provision").exists(),
        "asked": scenarios.ASKED,
        "pass_mark": scenarios.PASS_MARK,
        "now": now,
    }
    return render(request, "accounts/training.html", page)


@require_http_methods(["GET", "POST"])
def lesson(request: HttpRequest, part: str) -> HttpResponse:
    """Read one part; by POST, say that it was read."""
    shown = lessons.lessons().get(part)
    if shown is None:
        raise Http404
    if request.method == "POST":
        made = records.read_lesson(part=part, by=request.user, now=timezone.now())
        messages.success(request, f"Kept. “{shown.part.label}” counts until {made.until.day} {made.until:%B %Y}.")
        return redirect("accounts:training")
    standing = qualified(request.user, timezone.now())
    return render(request, "accounts/lesson.html", {"lesson": shown, "until": standing.parts[part]})


@require_http_methods(["GET", "POST"])
def test(request: HttpRequest) -> HttpResponse:
    """The question that is next; by POST, begin."""
    now = timezone.now()
    if request.method == "POST":
        scenarios.begin(by=request.user, now=now)
        return redirect("accounts:test")
    return _question(request, scenarios.open_one(request.user, now=now))


@require_POST
def answer_test(request: HttpRequest, pk: int) -> HttpResponse:
    """One answer: the next question, or the result."""
    sitting = get_object_or_404(Sitting, pk=pk, user=request.user)
    place, given = request.POST.get("place", ""), request.POST.get("given", "")
    if not (place.isdecimal() and len(place) < 4):
        raise Http404
    if not (given.isdecimal() and len(given) < 4):
        return _question(request, sitting, problem="Choose an answer. You cannot change it afterwards.")
    try:
        row = scenarios.answer(
            sitting=sitting, place=int(place), given=int(given), by=request.user, now=timezone.now()
        )  # fmt: skip
    except ValidationError as wrong:
        return _question(request, sitting, problem=" ".join(wrong.messages))
    if row.closed_at is not None:
        return redirect("accounts:test_result", row.pk)
    return redirect("accounts:test")


@require_GET
def test_result(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own, with every question as it was asked, the answer given and why."""
    sitting = get_object_or_404(Sitting, pk=pk, user=request.user, closed_at__isnull=False)
    asked = [
        {
            **one,
            "chosen": one["answers"][one["given"]] if one["given"] is not None else None,
            "best": one["answers"][one["right"]],
            "good": one["given"] == one["right"],
        }
        for one in sitting.questions
    ]
    page = {"sitting": sitting, "asked": asked, "again_at": scenarios.may_begin_at(request.user, now=timezone.now())}
    return render(request, "accounts/test_result.html", page | {"pass_mark": scenarios.PASS_MARK})


@require_POST
def book(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(Workshop, pk=pk)
    workshops.book(workshop=shown, by=request.user, now=timezone.now())
    messages.success(request, "You have a place.")
    return redirect("accounts:workshop", pk)


@require_POST
def leave_workshop(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(Workshop, pk=pk)
    workshops.leave(workshop=shown, by=request.user, now=timezone.now())
    messages.success(request, "Your place is free again.")
    return redirect("accounts:training")


def _question(request: HttpRequest, sitting: Sitting | None, problem: str = "") -> HttpResponse:
    now = timezone.now()
    if sitting is None or sitting.at is None or sitting.closed_at is not None:
        again = scenarios.may_begin_at(request.user, now=now)
        page: dict[str, Any] = {"again_at": again, "may_begin": again <= now, "now": now}
        page |= {"asked": scenarios.ASKED, "pass_mark": scenarios.PASS_MARK, "part": Part.SCENARIOS}
        return render(request, "accounts/test_begin.html", page)
    page = {"sitting": sitting, "place": sitting.at, "number": sitting.at + 1, "of": len(sitting.questions)}
    page |= {"question": sitting.questions[sitting.at], "problem": problem, "now": now}
    return render(request, "accounts/test.html", page, status=422 if problem else 200)
