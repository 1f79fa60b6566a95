"""Who signs at a gate instead of somebody who may not there, and what to do where nobody is left. Reads only.

A borough with one manager, or a DMC with one administrator, does not pass its own gates: the second person is the point
of them. So the refusal names who may, or who can appoint somebody.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from accounts.channels import holders_over
from accounts.models import Application, User
from accounts.provisioning import waiting
from accounts.provisioning.gates import Seat

SHOWN = 3
# Whom to appoint for a day, by the right that is wanted.
STAND_INS = {
    "sign_borough": "a deputy, or the manager of another borough",
    "review_for": "another mentor, or a duty editor of the DMC",
}
NOBODY = "Nobody else may sign here"
ANOTHER = "somebody else of the same office"


def words(application: Application, seat: Seat, *, without: Collection[int]) -> str:
    """A sentence. without: the keys of those who may not sign here, beside who asked and who would keep it."""
    others = list(waiting.signatories(application, seat).exclude(pk__in=without)[: SHOWN + 1])
    if others:
        return f"{_listed(others)} may sign."
    team = application.channel.team
    stand_in = STAND_INS.get(seat.right, ANOTHER)
    if able := _without(holders_over("provision", team), without):
        return f"{NOBODY} today. Ask {_listed(able)} to appoint {stand_in}, for a day if need be."
    if able := _without(holders_over("sign_dmc", team), without):
        return f"{NOBODY} today. Ask {_listed(able)} to appoint {stand_in} urgently, for hours."
    return f"{NOBODY} today, and nobody is there who could appoint {stand_in}."


def _without(people: Iterable[User], keys: Collection[int]) -> list[User]:
    return [user for user in people if user.pk not in keys][: SHOWN + 1]


def _listed(people: list[User]) -> str:
    """ "Kim Roe, Jo Day or Lee Fox"; of more than three, the first three and "somebody else"."""
    names = [str(user) for user in people[:SHOWN]]
    if len(people) > SHOWN:
        names.append("somebody else")
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
