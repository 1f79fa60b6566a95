"""A proposed change tried before anybody signs it: on every case, and on the last real posts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from accounts import audit, notices
from policy import casebook, changing, check, editions, facts, filing, keeping, submissions
from policy.casebook import Case
from policy.content import Content, Context, Finding, Severity
from policy.law import Law
from policy.models import Proposal, Trial
from posts.models import Version

LAST_POSTS = 200
# No task lives longer than three minutes (settings): an older claim is a dead worker's.
LONGEST_TRIAL = timedelta(minutes=4)
SHOWN = 60
LONGEST = 280
_SERIOUS = Severity.DMC.rank


@dataclass(frozen=True)
class Sides:
    """Two sets to be compared. touched: the rules by which they could differ."""

    before: Law
    after: Law
    touched: frozenset[str]

    def ask(self, content: Content, context: Context) -> tuple[list[Finding], list[Finding]]:
        """What each finds, of the rules that differ; what the others find is the same."""
        return (
            list(check.findings(content, context, changing.only(self.before, self.touched))),
            list(check.findings(content, context, changing.only(self.after, self.touched))),
        )


def work(*, now: datetime) -> int:
    """Do the oldest trial that is due and that nobody has. Returns how many."""
    for trial in Trial.objects.filter(_free(now)).select_related("proposal", "base").order_by("pk")[:3]:
        if Trial.objects.filter(_free(now), pk=trial.pk).update(begun_at=now):
            _try(trial, now)
            return 1
    return 0


def _free(now: datetime) -> Q:
    nobodys = Q(begun_at__isnull=True) | Q(begun_at__lt=now - LONGEST_TRIAL)
    return nobodys & Q(done_at__isnull=True)


def _try(trial: Trial, now: datetime) -> None:
    before, after = editions.law_of(trial.base), changing.laid_over(editions.law_of(trial.base), trial.proposal.changes)
    sides = Sides(before, after, changing.touched(before, after))
    timeless = Sides(changing.timeless(before), changing.timeless(after), sides.touched)
    seen = {
        "cases": on_cases(timeless),
        "posts": on_posts(sides, now),
        "routes": submissions.on_routes(before, after, now=now),
        "changes": _changes(before, after),
    }
    with transaction.atomic():
        if Trial.objects.filter(pk=trial.pk, done_at__isnull=True).update(done_at=now, findings=seen):
            audit.record(None, "proposal.tried", trial.proposal, now=now, base=trial.base.number, digest=trial.digest)
            _tell(trial.proposal, now)


def _tell(proposal: Proposal, now: datetime) -> None:
    """Whoever may sign it knows that it can be signed; one of them answers for all."""
    others = keeping.keepers().exclude(pk=proposal.proposed_by_id)
    words = (
        f"{proposal.proposed_by} proposes a change of the posting policy. It has been tried and waits for a signature."
    )
    link = reverse("policy:proposal", kwargs={"pk": proposal.pk})
    notices.give(desk=others, kind="proposal.tried", about=proposal, words=words, link=link, now=now)


def on_cases(sides: Sides) -> dict[str, Any]:
    """Every case by the new set, and where the old one says otherwise."""
    cases = [*casebook.cases(), *filing.accepted()]
    right_after = right_before = 0
    differences: list[dict[str, Any]] = []
    for case in cases:
        content, context = casebook.read(case)
        found = check.findings(content, context, sides.after)
        old, new = sides.ask(content, context)
        standing = [one for one in found if one.rule not in sides.touched]
        was, will = is_right(case, [*standing, *old]), is_right(case, found)
        right_before, right_after = right_before + was, right_after + will
        if _said(old) != _said(new):
            wanted = f"{case.rule or 'any rule'} {'should fire' if case.fires else 'should stay quiet'}"
            differences.append(
                {"text": case.text[:LONGEST], "wanted": wanted, "was": was, "will": will, **_both(old, new)}
            )
    differences.sort(key=lambda one: (one["will"], not one["was"]))
    return {
        "tried": len(cases),
        "right_before": right_before,
        "right_after": right_after,
        "differ": len(differences),
        "differences": differences[:SHOWN],
    }


def on_posts(sides: Sides, now: datetime) -> dict[str, Any]:
    """The last posts that were sent for review or out, as they stood, in today's registers."""
    differences: list[dict[str, Any]] = []
    versions, known = last_versions(), facts.everywhere(now)
    for version in versions if sides.touched else ():  # without a rule that differs, nothing can
        old, new = sides.ask(facts.content(version), facts.around(version, now=now, known=known))
        if _said(old) != _said(new):
            differences.append(
                {
                    "post": version.post_id,
                    "team": version.post.team.full_name,
                    "version": version.number,
                    **_both(old, new),
                }
            )
    return {"tried": len(versions), "differ": len(differences), "differences": differences[:SHOWN]}


def last_versions() -> list[Version]:
    """The newest closed version of each of the last posts that somebody sent."""
    sealed = Version.objects.filter(sealed_at__isnull=False, aside=False, verdicts__isnull=False)
    newest: dict[int, Version] = {}
    for version in sealed.select_related("post__team__parent").order_by("-pk").distinct()[: LAST_POSTS * 3]:
        newest.setdefault(version.post_id, version)
    return list(newest.values())[:LAST_POSTS]


def is_right(case: Case, found: Iterable[Finding]) -> bool:
    """Whether the rules say of a case what it wants. A case without a rule asks for any serious one."""
    if case.rule:
        return any(one.rule == case.rule for one in found) == case.fires
    return any(one.severity.rank <= _SERIOUS for one in found) == case.fires


def _said(found: Iterable[Finding]) -> list[tuple[str, str, str]]:
    return sorted((one.rule, str(one.severity), one.message) for one in found)


def _both(old: Iterable[Finding], new: Iterable[Finding]) -> dict[str, list[str]]:
    return {"before": _names(old), "after": _names(new)}


def _names(found: Iterable[Finding]) -> list[str]:
    return [f"{one.rule} ({one.severity})" for one in found]


def _changes(before: Law, after: Law) -> list[dict[str, str]]:
    return [vars(difference) for difference in changing.differences(before, after)]
