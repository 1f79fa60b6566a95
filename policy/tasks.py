"""The clock's door into policy."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from policy import expiry, rejudging


@shared_task
def expire_due() -> None:
    expiry.expire(now=timezone.now())


@shared_task
def judge_waiting() -> None:
    rejudging.work(now=timezone.now())
