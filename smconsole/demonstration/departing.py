"""Who leaves: a colleague of Homerton within days, and a night on which somebody had to step in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from accounts import breakglass, planned
from accounts.models import Role, Team, User
from accounts.models.people import LONDON

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def prepare(people: Mapping[str, User], teams: Mapping[str, Team], *, now: datetime) -> None:
    last_day = (now + 9 * DAY).astimezone(LONDON).date()
    planned.plan_handover(
        leaver=people["contributor"], to=people["sergeant"], last_day=last_day, until=None,
        by=people["administrator"], now=now - 5 * DAY,
    )  # fmt: skip
    _step_in(people, teams["E05009374"], now - 3 * DAY)


def _step_in(people: Mapping[str, User], team: Team, at: datetime) -> None:
    """Opened by the duty editor, confirmed by the head, over after two hours, looked at by the administrator."""
    made = breakglass.open_urgent(
        user=people["kingspark"], role=Role.SERGEANT, team=team, hours=2, by=people["editor"],
        reason="The canal has burst its bank, and nobody of the ward can be reached.", now=at,
    )  # fmt: skip
    breakglass.confirm(urgent=made, by=people["head"], now=at + HOUR / 6)
    breakglass.watch(now=at + 2 * HOUR)
    finding = "It was needed. Nothing was sent in the end: the borough's own channel was quicker."
    breakglass.review(urgent=made, finding=finding, by=people["administrator"], now=at + DAY)
