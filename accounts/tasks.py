"""The clock's doors into this room."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from accounts import (
    accord,
    appointing,
    breakglass,
    connecting,
    mailing,
    mentoring,
    notices,
    renewal,
    revoking,
    rights,
    sealing,
    sessions,
)
from accounts.provisioning import expiry, life
from accounts.ticking import hand_out
from accounts.training import reminding, scenarios


@shared_task
def seal() -> None:
    sealing.seal(now=timezone.now())


@shared_task
def apply_appointments() -> None:
    rights.sync_due(now=timezone.now())
    appointing.end_peers(now=timezone.now())


@shared_task
def watch_urgent() -> None:
    breakglass.watch(now=timezone.now())


@shared_task
def watch_rights() -> None:
    accord.watch(now=timezone.now())


@shared_task
def forget_abandoned() -> None:
    connecting.forget_abandoned(now=timezone.now())


@shared_task
def forget_sessions() -> None:
    sessions.forget(now=timezone.now())


@shared_task
def mail_notices() -> None:
    hand_out(mail_to, zip(mailing.people_due(now=timezone.now())))


@shared_task
def mail_to(user_id: int) -> None:
    mailing.mail(user_id=user_id, now=timezone.now())


@shared_task
def say_again() -> None:
    notices.say_again(now=timezone.now())


@shared_task
def end_revoked() -> None:
    hand_out(end_login, zip(revoking.due(now=timezone.now())))


@shared_task
def end_login(credential_id: int) -> None:
    revoking.end(credential_id=credential_id, now=timezone.now())


@shared_task
def keep_training() -> None:
    scenarios.close_late(now=timezone.now())
    reminding.remind(now=timezone.now())
    renewal.remind(now=timezone.now())
    mentoring.end_idle(now=timezone.now())


@shared_task
def keep_channels() -> None:
    now = timezone.now()
    expiry.end_due(now=now)
    expiry.warn_due(now=now)
    life.close_due(now=now)
