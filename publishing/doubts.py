"""What the console could not settle by itself and a named person must. Reads only."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from accounts.channels import channels_for
from accounts.models import User
from publishing.models import Delivery

State = Delivery.State
MOST = 100


@dataclass(frozen=True)
class Doubts:
    """stuck: we cannot find out. looking: we still look. doubled: there more than once. differing: not as sent."""

    stuck: list[Delivery]
    looking: list[Delivery]
    doubled: list[Delivery]
    differing: list[Delivery]

    def __bool__(self) -> bool:
        return bool(self.stuck or self.looking or self.doubled or self.differing)


def doubts_for(user: User) -> Doubts:
    """On every channel that this person may take posts down from; oldest first."""
    ours = Delivery.objects.filter(channel__in=channels_for(user, "take_down").values("pk"))
    rows = ours.select_related("channel__team__parent", "target__post", "version", "proof").order_by("publish_at", "pk")
    in_doubt = rows.filter(state=State.UNCONFIRMED)
    return Doubts(
        stuck=_some(in_doubt.filter(look_at__isnull=True)),
        looking=_some(in_doubt.filter(look_at__isnull=False)),
        doubled=_some(rows.filter(state=State.PUBLISHED, copies__gt=1)),
        differing=_some(rows.filter(state=State.PUBLISHED, prove_at__isnull=True).filter(_differs())),
    )


def _differs() -> Q:
    return Q(proof__isnull=False) & ~Q(proof__differences=[])


def _some(rows: QuerySet[Delivery]) -> list[Delivery]:
    return list(rows[:MOST])
