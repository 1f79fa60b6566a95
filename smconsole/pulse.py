"""The console's pulse: beat and a worker leave a mark each second, and /readyz says how old the marks are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Min, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from accounts import notices
from accounts.channels import holding_anywhere
from accounts.models import Notice, User
from accounts.models.people import LONDON
from policy.models import Review, Verdict
from posts.models import Post
from publishing.models import Delivery
from smconsole.models import Pulse

BEAT, WORKER, QUEUE = "beat", "worker", "queue"
TOO_OLD = 10.0  # seconds
# A watchdog over the rows themselves: whatever the marks say, something due for so long is not being done.
STUCK_AFTER = timedelta(minutes=5)
STOOD_STILL = timedelta(minutes=1)  # a gap of the clock that people are told of afterwards


# When an approved post's time comes: as planned, else as soon as somebody has agreed, else as soon as it was checked.
_YES = Review.objects.filter(version=OuterRef("current"), decision=Review.Decision.APPROVE).order_by("-pk")
_CHECKED = Verdict.objects.filter(version=OuterRef("current")).order_by("-pk")
_TIME = Coalesce("current__publish_at", Subquery(_YES.values("at")[:1]), Subquery(_CHECKED.values("at")[:1]))


@dataclass(frozen=True)
class Sign:
    """One sign of life. `problem` is "" or a sentence for a person; `age` is in seconds where it was ever seen."""

    name: str
    problem: str = ""
    age: float | None = None


def leave(*, sent_at: datetime, now: datetime) -> None:
    """Note that beat sent a tick at `sent_at` and that a worker took it `now`. A gap before it is told."""
    with transaction.atomic():
        last = Pulse.objects.filter(name=BEAT).first()
        if last is not None and sent_at - last.at > STOOD_STILL:
            _tell_gap(last, sent_at, now)
    for name, at in ((BEAT, sent_at), (WORKER, now)):
        Pulse.objects.update_or_create(name=name, defaults={"at": at})


def read(*, now: datetime) -> list[Sign]:
    """The signs of beat and worker. A missing or old one has a problem."""
    seen = dict(Pulse.objects.values_list("name", "at"))
    marks = [_judge(name, words, seen.get(name), now) for name, words in ((BEAT, "The clock"), (WORKER, "A worker"))]
    return [*marks, _ask_queue(now)]


def _ask_queue(now: datetime) -> Sign:
    """The oldest that should have been released, claimed, settled or missed by now."""
    waiting = Delivery.objects.filter(state=Delivery.State.WAITING, due_at__lte=now).aggregate(at=Min("due_at"))["at"]
    sending = Delivery.objects.filter(state=Delivery.State.SENDING).aggregate(at=Min("claimed_at"))["at"]
    approved = Post.objects.filter(state=Post.State.APPROVED).aggregate(at=Min(_TIME))["at"]
    held_up = approved if approved is not None and approved <= now else None
    oldest = min(filter(None, (waiting, sending, held_up)), default=None)
    if oldest is None:
        return Sign(QUEUE, age=0.0)
    age = (now - oldest).total_seconds()
    stuck = age > STUCK_AFTER.total_seconds()
    return Sign(QUEUE, f"Something has been due for {age / 60:.0f} minutes." if stuck else "", round(max(age, 0.0), 1))


def _tell_gap(last: Pulse, until: datetime, now: datetime) -> None:
    minutes = round((until - last.at).total_seconds() / 60)
    words = f"The clock stood still for {minutes} minutes until {until.astimezone(LONDON):%H:%M}. Look at what was due."
    people = User.objects.filter(pk__in=holding_anywhere("connect", "review_dmc"))
    link = reverse("publishing:report")
    facts = {"kind": "clock.stopped", "urgency": Notice.Urgency.NOW, "needs_answer": True, "again": True}
    notices.give(desk=people, about=last, words=words, link=link, **facts, now=now)


def _judge(name: str, words: str, at: datetime | None, now: datetime) -> Sign:
    if at is None:
        return Sign(name, f"{words} has not been seen yet.")
    age = round((now - at).total_seconds(), 1)
    return Sign(name, f"{words} was last seen {age:.0f} seconds ago." if age > TOO_OLD else "", age)
