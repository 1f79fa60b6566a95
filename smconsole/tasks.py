"""The console's own task: the tick that beat sends each second."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from celery import shared_task
from django.utils import timezone

from accounts import planned
from smconsole import pulse
from smconsole.celery import Steady
from smconsole.moving import PARTS


class Stamped(Steady):
    """A task that carries the moment it was sent at: only so can a worker tell how long ago the clock was alive."""

    def apply_async(self, *args: Any, headers: dict[str, Any] | None = None, **options: Any) -> Any:
        stamp = {"stamped_at": timezone.now().isoformat()}
        return super().apply_async(*args, headers={**(headers or {}), **stamp}, **options)


@shared_task(bind=True, base=Stamped)
def tick(self: Stamped) -> None:
    now = timezone.now()
    sent = (self.request.headers or {}).get("stamped_at")
    pulse.leave(sent_at=datetime.fromisoformat(sent) if sent else now, now=now)


@shared_task
def hand_over_due() -> None:
    for handover_id in planned.due(now=timezone.now()):
        planned.carry_out(handover_id=handover_id, parts=PARTS, now=timezone.now())
