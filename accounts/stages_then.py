"""How far authors had come at any moment: for many of them and many moments at once. Reads only."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from accounts.channels import AUTHORS
from accounts.models import Appointment, Stage, Team
from accounts.models.people import LONDON
from accounts.training import standing


@dataclass(frozen=True)
class Then:
    """What is known of some people: their appointments as authors, and the last day of each part of their training."""

    held: Mapping[int, Collection[Appointment]]
    trained: Mapping[int, Mapping[str, date | None]]

    def stage_of(self, user: int, team: Team, at: datetime) -> Stage:
        """As `accounts.channels.stage_of`, which asks the database about one person at one moment."""
        covering, day = {above.pk for above in team.covering()}, at.astimezone(LONDON).date()
        stages = [one.stage_on(day) for one in self.held[user] if one.team_id in covering and one.counts(at, day)]
        lowest = min(stages, key=lambda stage: stage.rank, default=Stage.PROBATION)
        holds_back = lowest.is_trusted and standing.on_day(self.trained[user], day).holds_back
        return Stage.PROBATION if holds_back else lowest


def read(people: Collection[int]) -> Then:
    """Two queries, however many they are."""
    held: dict[int, list[Appointment]] = {user: [] for user in people}
    for one in Appointment.objects.filter(user__in=people, role__in=AUTHORS).order_by():
        held[one.user_id].append(one)
    return Then(held, standing.last_days(people))
