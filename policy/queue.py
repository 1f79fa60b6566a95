"""The review queue as one person sees it: their sergeants, then by risk, then by age. A fixed number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Prefetch

from accounts.models import Channel, User
from policy import overrides, pairs
from policy.content import Severity
from policy.findings import Shown, show
from policy.models import Disagreement, Escalation, Submission, Verdict
from policy.reviewers import waiting_for
from posts.models import Target, Version

_CLEAR = len(Severity)


@dataclass(frozen=True)
class Item:
    """One card. opening: its first words. worst: the worst finding, None when nothing was found. asks: its author asks
    to be let through what stops it. layer1: it seems to be about a specific incident or person. unanswered: nobody
    answered in time, so somebody else was asked. contested: its author disagrees with a decision. first, whose: it
    comes before the others because of whose sergeant its author is.
    """

    submission: Submission
    channels: Sequence[Channel]
    findings: Sequence[Shown]
    opening: str
    risk: int
    asks: bool
    layer1: bool
    unanswered: bool
    contested: bool
    first: bool
    whose: str

    @property
    def worst(self) -> Shown | None:
        return self.findings[0] if self.findings else None


@dataclass(frozen=True)
class Queue:
    """items: one's own sergeants first, then the worst finding, then the longest wait. oldest: since when one waits."""

    items: Sequence[Item]
    oldest: datetime | None

    def neighbours(self, pk: int) -> tuple[int | None, int | None]:
        """The submissions before and after `pk` in the queue; the first and last have only one."""
        order = [item.submission.pk for item in self.items]
        if pk not in order:
            return None, order[0] if order else None
        at = order.index(pk)
        return (order[at - 1] if at else None), (order[at + 1] if at + 1 < len(order) else None)

    def after(self, pk: int) -> int | None:
        """What to decide next once `pk` is decided: the following one, else the first of the rest."""
        order = [item.submission.pk for item in self.items]
        at = order.index(pk) if pk in order else -1
        rest = order[at + 1 :] + order[: max(at, 0)]
        return rest[0] if rest else None

    def place(self, pk: int) -> int:
        """1 for the first; 0 when it is not in the queue."""
        order = [item.submission.pk for item in self.items]
        return order.index(pk) + 1 if pk in order else 0


def queue_for(user: User, *, covers: int | None = None) -> Queue:
    """Everything this person may decide on now. covers: the key of the mentor whose sergeants come first as well."""
    verdicts = Prefetch("version__verdicts", Verdict.objects.filter(moment__in=Verdict.ASKED).order_by("-pk"))
    targets = Prefetch("post__targets", Target.objects.select_related("channel"))
    late = Exists(Escalation.objects.filter(submission=OuterRef("pk")))
    contested = Exists(Disagreement.objects.filter(submission=OuterRef("pk")))
    found = waiting_for(user).annotate(unanswered=late, contested=contested)
    waiting = list(found.prefetch_related(verdicts, targets))
    asking = overrides.asking([submission.pk for submission in waiting])
    near = pairs.around(user, covers) if waiting else {}
    items = [_item(one, one.pk in asking, near.get(one.post.author_id, (False, ""))) for one in waiting]
    items.sort(key=lambda item: (not item.first, item.risk, item.submission.opened_at, item.submission.pk))
    return Queue(items, min((item.submission.opened_at for item in items), default=None))


def _item(submission: Submission, asks: bool, near: tuple[bool, str]) -> Item:
    channels = [target.channel for target in submission.post.targets.all()]
    verdict = next(iter(submission.version.verdicts.all()), None)
    return Item(
        submission=submission,
        channels=channels,
        findings=show(verdict.findings, channels) if verdict else [],
        opening=_opening(submission.version, channels),
        risk=_risk(verdict),
        asks=asks,
        layer1=bool(verdict and verdict.layer1),
        unanswered=submission.unanswered,  # type: ignore[attr-defined]
        contested=submission.contested,  # type: ignore[attr-defined]
        first=near[0],
        whose=near[1],
    )


def _risk(verdict: Verdict | None) -> int:
    """By the worst finding; what layer 1 would show to somebody comes before mere advice."""
    rank = Severity(verdict.outcome).rank if verdict and verdict.outcome else _CLEAR
    return min(2 * rank, 2 * Severity.ADVISE.rank - 1) if verdict and verdict.layer1 else 2 * rank


def _opening(version: Version, channels: Sequence[Channel]) -> str:
    words = next((version.text_for(channel) for channel in channels if version.text_for(channel)), "")
    return " ".join(words.split())[:160]
