"""What posts brought, network by network: beside the same team's own past, and beside the force. Nobody is ranked.

Every post counts with what it had brought when it was a week old (engagement/ageing.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.models import Channel
from engagement import spreads, sums, topics
from engagement.spreads import Middle
from engagement.sums import Day, Kind


@dataclass(frozen=True)
class Beside:
    """One network. before: the stretch of the same length that came before; force None on the force's own page."""

    network: str
    ours: Middle | None
    before: Middle | None
    force: Middle | None

    @property
    def change(self) -> str:
        """In words, and only where the two intervals do not touch."""
        if not (self.ours and self.before and self.ours.sure and self.before.sure):
            return "Too few posts to tell a change from the time before."
        if self.ours.low > self.before.high:
            return "More than in the time before."
        if self.ours.high < self.before.low:
            return "Fewer than in the time before."
        return "No clear change from the time before."


def networks(now: Sequence[Day], before: Sequence[Day], force: Sequence[Day] = ()) -> list[Beside]:
    """Networks on which nothing went out in either time are left out."""
    return [
        Beside(label, *(spreads.middle(sums.spread(days, network=network)) for days in (now, before, force)))
        for network, label in Channel.Network.choices
        if any(one.network == network for one in (*now, *before))
    ]


def forms(days: Sequence[Day]) -> list[Kind]:
    return sums.kinds(days, topics.FORMS)


def subjects(days: Sequence[Day]) -> list[Kind]:
    return sums.kinds(days, topics.TOPICS, prefix="#")
