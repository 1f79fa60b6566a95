"""The clock's doors into this room."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from accounts import sealing


@shared_task
def seal() -> None:
    sealing.seal(now=timezone.now())
