"""The administrator of a proving ground: told that a network wants money, they pay, and let it go on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts import rights
from accounts.errors import Conflict
from accounts.models import Appointment, Role, Stage, Team, User
from publishing import pausing
from publishing.models import Pause

NAME = "administrator"


def appoint_administrator() -> dict[str, Any]:
    """Somebody who may resume a network that stands still. Once the channels are there."""
    now = timezone.now()
    user = User.objects.create(username=NAME, first_name="Ad", last_name="Ministrator")
    facts = {"role": Role.DMC_ADMIN, "stage": Stage.TRUSTED, "starts_on": (now - timedelta(days=30)).date()}
    Appointment.objects.create(user=user, team=Team.objects.get(code="FORCE"), made_at=now, **facts)
    rights.sync(user, now=now)
    return {}


def top_up() -> dict[str, int]:
    """Try once to resume what stands still; a network that still refuses is asked again the next time."""
    resumed = 0
    for pause in Pause.objects.filter(resumed_at__isnull=True):
        try:
            pausing.resume(pause=pause, by=User.objects.get(username=NAME), now=timezone.now())
        except Conflict:
            continue
        resumed += 1
    return {"resumed": resumed}
