"""Who is mentor-ready may agree to colleagues' routine updates in the wards of their own borough (domain.md C.2).

The right is an appointment like any other (`Role.PEER`): it begins only for who is mentor-ready that day, and ends with
that (`appointing.end_peers`). Which updates are routine, `policy.routes.is_routine` says.
"""

from __future__ import annotations

from datetime import datetime

from accounts.channels import AUTHORS
from accounts.models import Appointment, Stage, Team, User
from accounts.models.people import LONDON
from accounts.training.standing import with_training

NOT_READY = (
    "A peer reviewer is mentor-ready in every ward of the borough that they write for, and reviews for a ward of it. "
    "Their mentor and the DMC decide on that first, on the page of their stage."
)


def may_review_for(user: User, team: Team, *, now: datetime) -> bool:
    """Whether the team is a ward of a borough in which this author is mentor-ready today, in each ward they write for,
    their training standing.
    """
    if team.kind != Team.Kind.WARD:
        return False
    today = now.astimezone(LONDON).date()
    own = Appointment.objects.active(now).filter(user=user, role__in=AUTHORS, team__parent=team.parent_id)
    stages = {one.stage_on(today) for one in own.filter(team__kind=Team.Kind.WARD)}
    return stages == {Stage.READY} and with_training(Stage.READY, user, now) == Stage.READY
