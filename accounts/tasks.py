"""The clock's doors into this room."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from accounts import connecting, rights, sealing


@shared_task
def seal() -> None:
    sealing.seal(now=timezone.now())


@shared_task
def apply_appointments() -> None:
    rights.sync_due(now=timezone.now())


@shared_task
def forget_abandoned() -> None:
    connecting.forget_abandoned(now=timezone.now())
