"""The clock's door into policy."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from accounts.ticking import alone
from policy import alerts, attesting, documents, escalating, expiry, quality, rejudging, trials, watching


@shared_task
def expire_due() -> None:
    expiry.expire(now=timezone.now())


@shared_task
def ask_again() -> None:
    escalating.escalate(now=timezone.now())


@shared_task
def judge_waiting() -> None:
    """A round over a whole force judges thousands of posts."""
    with alone(judge_waiting) as mine:
        if mine:
            rejudging.work(now=timezone.now())


@shared_task
def watch_holds() -> None:
    for hold_id in alerts.due(now=timezone.now()):
        alerts.say(hold_id=hold_id, now=timezone.now())


@shared_task
def try_proposals() -> None:
    trials.work(now=timezone.now())


@shared_task
def keep_times() -> None:
    """Known events begin; attestations and reviews that run out are told in time."""
    now = timezone.now()
    for period_id in watching.due(now=now):
        watching.begin(period_id=period_id, now=now)
    attesting.remind(now=now)
    documents.remind_owners(now=now)


@shared_task
def count_quality() -> None:
    """Judges every case, which takes a worker many seconds."""
    with alone(count_quality) as mine:
        if mine:
            quality.work(now=timezone.now())
