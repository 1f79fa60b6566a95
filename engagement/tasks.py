"""Doors of the clock."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from engagement import metrics


@shared_task
def collect_due() -> None:
    metrics.start_watching()
    for batch in metrics.due_batches(now=timezone.now()):
        collect.apply_async([batch], expires=60)


@shared_task
def collect(watch_ids: list[int]) -> None:
    metrics.collect(watch_ids=watch_ids, now=timezone.now())
