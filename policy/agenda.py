"""What updates come back for, added up for the next workshop (domain.md C.3). Reasons and numbers, never names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from accounts.channels import channels_for, teams_for
from accounts.models import User
from policy.models import PracticeDraft, Review
from posts.models import VersionPicture

PERIODS = {"month": (30, "the last 30 days"), "quarter": (91, "the last 3 months"), "year": (365, "the last 12 months")}
SHOWN = 5


@dataclass(frozen=True)
class Line:
    """A reason, with how many returns had it, how many of those were of updates with pictures, and the share of all."""

    reason: str
    label: str
    number: int
    pictured: int
    share: int

    @property
    def words(self) -> str:
        """As a point of an agenda."""
        beside = f", {self.pictured} of them with pictures" if self.pictured else ""
        return f"{self.label}: {self.number} return{'' if self.number == 1 else 's'}{beside}"


@dataclass(frozen=True)
class Agenda:
    """lines: the most frequent first. total: of returns in all."""

    lines: list[Line]
    total: int

    @property
    def heading(self) -> str:
        """What weighs most, with its share once there are enough returns to speak of one."""
        if not self.lines:
            return "Nothing came back"
        top = self.lines[0]
        what = top.label.lower() + (" in pictures" if top.pictured * 2 > top.number else "")
        if self.total < 10:
            return f"{top.number} of {self.total} returns {'is' if top.number == 1 else 'are'} for {what}"
        return f"{top.share}% of returns are for {what}"

    @property
    def points(self) -> str:
        """An agenda to begin a workshop with, one point to a line."""
        return "\n".join(line.words for line in self.lines[:SHOWN])


def may_see(user: User) -> bool:
    """Whoever reviews, and whoever plans the workshops."""
    return teams_for(user, "provision").exists() or channels_for(user, "review_for").exists()


def add_up(user: User, *, days: int, now: datetime) -> Agenda:
    """Returns of the last `days` on posts of teams this person reviews for or provisions. Practice counts as well."""
    since = now - timedelta(days=days)
    reviewed = channels_for(user, "review_for").order_by().values("team")
    mine = teams_for(user, "provision").order_by().values("pk")
    pictured = Exists(VersionPicture.objects.filter(version=OuterRef("version")))
    returns = Review.objects.filter(decision=Review.Decision.SEND_BACK, at__gt=since, at__lte=now)
    practised = PracticeDraft.objects.filter(agreed=False, decided_at__gt=since, decided_at__lte=now)
    rows: list[tuple[str, bool]] = []
    for found, path in ((returns, "submission__post__team__in"), (practised, "post__team__in")):
        seen = found.filter(**{path: reviewed}) | found.filter(**{path: mine})
        rows += list(seen.annotate(pictured=pictured).order_by().values_list("reason", "pictured"))
    return count(rows)


def count(rows: Iterable[tuple[str, bool]]) -> Agenda:
    """rows: (reason, had pictures) of each return."""
    listed = list(rows)
    by_reason, pictures = (
        Counter(reason for reason, _ in listed),
        Counter(reason for reason, with_one in listed if with_one),
    )
    total = len(listed)
    labels = dict(Review.Reason.choices)
    lines = [
        Line(reason, str(labels.get(reason, reason)), number, pictures[reason], round(100 * number / total))
        for reason, number in sorted(by_reason.items(), key=lambda item: (-item[1], item[0]))
    ]
    return Agenda(lines, total)
