"""The scenario test: one sitting at a time, which can be gone on with, and a day between two."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random, SystemRandom

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.errors import Conflict
from accounts.models import Completion, Part, Sitting, User
from accounts.training import questions, records

ASKED = 12
PASS_MARK = 80  # per cent (domain.md C.1)
# A sitting may be interrupted by an alarm and gone on with on the same day.
LASTS = timedelta(hours=24)
AGAIN_AFTER = timedelta(hours=24)


def open_one(user: User, *, now: datetime) -> Sitting | None:
    """The sitting that this person can go on with."""
    return Sitting.objects.filter(user=user, closed_at__isnull=True, closes_at__gt=now).first()


def may_begin_at(user: User, *, now: datetime) -> datetime:
    """From when on this person may begin one: `now`, or a day after the last that was not passed."""
    last = Sitting.objects.filter(user=user).order_by("-opened_at").first()
    if last is None or last.passed:
        return now
    return max(now, (last.closed_at or last.closes_at) + AGAIN_AFTER)


@transaction.atomic
def begin(*, by: User, now: datetime, chance: Random | None = None) -> Sitting:
    """Draw the questions. The one that is open already goes on. Raises Conflict within a day of a failed one."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    _close_late(by, now)
    going_on = open_one(by, now=now)
    if going_on is not None:
        return going_on
    when = may_begin_at(by, now=now)
    if when > now:
        raise Conflict("A new test can begin a day after the last one. Use the day to read the parts again.")
    drawn = questions.draw(ASKED, chance or SystemRandom())
    made = Sitting.objects.create(user=by, questions=drawn, opened_at=now, closes_at=now + LASTS)
    audit.record(by, "training.test_begun", made, now=now)
    return made


@transaction.atomic
def answer(*, sitting: Sitting, place: int, given: int, by: User, now: datetime) -> Sitting:
    """Answer one question, once and in order; the last one closes the sitting and keeps the result.

    place: of the question; given: of the answer, both from 0. Raises ValidationError for no such answer; Conflict
    when that question was answered, or the sitting is over.
    """
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    row = Sitting.objects.select_for_update().get(pk=sitting.pk, user=by)
    if row.closed_at is not None or row.closes_at <= now:
        raise Conflict("This test is over. Nothing was changed.")
    if row.at != place:
        raise Conflict("You have answered this question already. Your first answer is kept.")
    asked = row.questions[place]
    if not 0 <= given < len(asked["answers"]):
        raise ValidationError({"given": "Choose an answer."})
    asked["given"] = given
    if row.at is None:
        return _close(row, now)
    row.save(update_fields=["questions"])
    return row


def close_late(*, now: datetime) -> int:
    """Those whose time is over are closed as they stand. Returns how many."""
    late = Sitting.objects.filter(closed_at__isnull=True, closes_at__lte=now)
    people = User.objects.filter(pk__in=late.values("user"))
    for user in people:
        with transaction.atomic():
            User.objects.select_for_update(no_key=True).get(pk=user.pk)
            _close_late(user, now)
    return len(people)


def _close_late(user: User, now: datetime) -> None:
    for row in Sitting.objects.select_for_update().filter(user=user, closed_at__isnull=True, closes_at__lte=now):
        _close(row, row.closes_at)


def _close(row: Sitting, at: datetime) -> Sitting:
    row.right = sum(asked["given"] == asked["right"] for asked in row.questions)
    row.passed = row.right * 100 >= PASS_MARK * len(row.questions)
    row.closed_at = at
    row.save(update_fields=["questions", "right", "passed", "closed_at"])
    audit.record(row.user, "training.test_closed", row, now=at, passed=row.passed, right=row.right)
    if row.passed:
        here = Completion.Origin.HERE
        records.keep(
            user=row.user, part=Part.SCENARIOS, on=records.london_day(at), origin=here, by=row.user, now=at
        )  # fmt: skip
    return row
