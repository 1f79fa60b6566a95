"""The clock's door into policy."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from policy import alerts, expiry, rejudging, trials


@shared_task
def expire_due() -> None:
    expiry.expire(now=timezone.now())


@shared_task
def judge_waiting() -> None:
    rejudging.work(now=timezone.now())


@shared_task
def watch_holds() -> None:
    for hold_id in alerts.due(now=timezone.now()):
        alerts.say(hold_id=hold_id, now=timezone.now())


@shared_task
def try_proposals() -> None:
    trials.work(now=timezone.now())
