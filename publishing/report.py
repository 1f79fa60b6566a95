"""Every morning: what yesterday promised, against what was confirmed. A row, a page, and a notice."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.urls import reverse

from accounts import notices
from accounts.channels import holding_anywhere
from accounts.models import Notice, User
from accounts.models.people import LONDON
from policy.models import Submission
from posts.models import Post, Target
from publishing.models import DailyReport, Delivery

State = Delivery.State
READY_FROM = time(5, 0)  # London; by then the last look-ups of the evening are over
Ending = Submission.Ending
TROUBLE = (State.FAILED, State.MISSED, State.UNCONFIRMED, State.WAITING, State.SENDING)


def make_due(*, now: datetime) -> DailyReport | None:
    """Yesterday's report, once, from five in the morning on. None: not yet, or it is there."""
    local = now.astimezone(LONDON)
    day = local.date() - timedelta(days=1)
    if local.time() < READY_FROM or DailyReport.objects.filter(day=day).exists():
        return None
    try:
        with transaction.atomic():
            report = _count(day, now)
            report.save(force_insert=True)
            _tell(report, now)
    except IntegrityError:
        return None  # another clock was first
    return report


def planned(day: date) -> QuerySet[Delivery]:
    """What was promised for a London day. Of several tries for one target the last one counts."""
    begin, end = bounds(day)
    promised = Delivery.objects.filter(publish_at__gte=begin, publish_at__lt=end).exclude(state=State.CANCELLED)
    return promised.select_related("channel__team__parent", "target__post", "version").order_by("publish_at", "pk")


def never_released(day: date) -> QuerySet[Target]:
    """Targets of posts that were approved for the day, and whose time or approval ran out before they were released."""
    begin, end = bounds(day)
    ended = Submission.objects.filter(
        ending__in=[Ending.MISSED, Ending.LAPSED], version__publish_at__gte=begin, version__publish_at__lt=end
    )
    return Target.objects.filter(post__in=ended.values("post")).select_related("channel__team__parent", "post")


def open_for(user: User, day: date) -> list[Delivery]:
    """What a day promised and nobody confirmed, of posts this person may see."""
    seen = planned(day).filter(state__in=TROUBLE, target__post__in=Post.objects.visible_to(user).values("pk"))
    return list(seen)


def bounds(day: date) -> tuple[datetime, datetime]:
    """A London day: 23, 24 or 25 hours."""
    return (
        datetime.combine(day, time(), LONDON),
        datetime.combine(day + timedelta(days=1), time(), LONDON),
    )


def _count(day: date, now: datetime) -> DailyReport:
    rows = list(planned(day).values_list("state", "publish_at", "published_at"))
    states = Counter(state for state, _, _ in rows)
    late = sorted((public - promised).total_seconds() for _, promised, public in rows if public is not None)
    lost = never_released(day).count()
    return DailyReport(
        day=day,
        expected=len(rows) + lost,
        confirmed=sum(states[state] for state in Delivery.WAS_PUBLIC),
        failed=states[State.FAILED],
        missed=states[State.MISSED],
        doubtful=states[State.UNCONFIRMED] + states[State.WAITING] + states[State.SENDING],
        lost=lost,
        taken_down=states[State.TAKING_DOWN] + states[State.TAKEN_DOWN],
        late_p99=late[min(len(late) - 1, int(0.99 * len(late)))] if late else None,
        made_at=now,
    )


def _tell(report: DailyReport, now: datetime) -> None:
    day = f"{report.day:%A} {report.day.day} {report.day:%B}"
    words = f"{day}: {report.confirmed} of {report.expected} promised posts are confirmed."
    urgency = Notice.Urgency.SOON if report.open else Notice.Urgency.QUIET
    people = User.objects.filter(pk__in=holding_anywhere("review_dmc"))
    facts = {"kind": "report.daily", "needs_answer": bool(report.open), "urgency": urgency}
    link = reverse("publishing:report") + f"?day={report.day}"
    notices.give(desk=people, about=report, words=words, link=link, **facts, now=now)
