"""How long an answer usually takes, told to those who wait for one, with what it rests on. Reads only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.db.models import OuterRef, Q, Subquery

from policy import escalating
from policy.hours import in_hours
from policy.models import Needs, Review, Submission

LAST = timedelta(days=28)
FEWEST = 10  # answers; with fewer, nothing is said
MOST = 1000  # the newest; a median does not get truer beyond
Ending = Submission.Ending
_NEVER = float("inf")
_DECIDED = (Review.Decision.APPROVE, Review.Decision.SEND_BACK, Review.Decision.REJECT)


@dataclass(frozen=True)
class Usual:
    """minutes: the median, None where fewer than FEWEST are known or most were not answered in time. rests_on: of how
    many. hours: of those sent "in hours" or "out of hours".
    """

    minutes: int | None
    rests_on: int
    hours: str

    @property
    def is_known(self) -> bool:
        return self.rests_on >= FEWEST

    @property
    def words(self) -> str:
        """A sentence for whoever waits."""
        if not self.is_known:
            return f"How long an answer usually takes {self.hours} is not known yet."
        rests = f"({self.rests_on:,} updates sent {self.hours} in the last four weeks)"
        if self.minutes is None:
            return f"Most have lately not been answered in time {rests}."
        return f"Usually answered in {_span(self.minutes)} {rests}."


@dataclass(frozen=True)
class Waiting:
    """What an author sees of an update that waits. due: when somebody else is asked, None once the DMC desk was."""

    submission: Submission
    usual: Usual
    due: datetime | None

    @property
    def since(self) -> datetime:
        return self.submission.opened_at


def usual(needs: str, *, at: datetime, now: datetime) -> Usual:
    """For an update of this need sent `at`: the median over the last four weeks of those sent at such hours. One query.

    What was never answered before its time counts as longer than anything; what its author took back or changed, and
    what still waits, counts for nothing. Referred to the DMC, an update counts there, with its whole wait.
    """
    asked = [need for need in Needs if need.is_the_dmc_s == Needs(needs).is_the_dmc_s]
    decided = Review.objects.filter(submission=OuterRef("pk"), decision__in=_DECIDED).order_by("-pk")
    answered = Q(done__isnull=False) | Q(ending=Ending.TIME_PASSED)
    rows = (
        Submission.objects.filter(needs__in=asked, closed_at__isnull=False, opened_at__gte=now - LAST)
        .annotate(done=Subquery(decided.values("at")[:1]))
        .filter(answered)
        .order_by("-pk")
        .values_list("opened_at", "done")[:MOST]
    )
    alike = in_hours(at)
    spans = [_minutes(opened, done) for opened, done in rows if in_hours(opened) == alike]
    middle = median(spans) if len(spans) >= FEWEST else _NEVER
    hours = "in office hours" if alike else "outside office hours"
    return Usual(None if middle == _NEVER else max(1, round(middle)), len(spans), hours)


def of(submission: Submission, *, now: datetime) -> Waiting:
    """Of an update that waits."""
    due = escalating.due_at(submission)
    return Waiting(submission, usual(submission.needs, at=submission.opened_at, now=now), due)


def _minutes(opened: datetime, done: datetime | None) -> float:
    return _NEVER if done is None else (done - opened).total_seconds() / 60


def _span(minutes: int) -> str:
    if minutes < 90:
        return "1 minute" if minutes == 1 else f"{minutes} minutes"
    return f"{round(minutes / 60)} hours"
