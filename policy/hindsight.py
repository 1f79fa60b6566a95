""" "What did the policy say on 4 May, and how would it have judged this text?" Reads only.

The rule set, the registers and the periods are those of that day. The detectors are today's code: where that is not
the code the set was signed with, the answer says so. The words a person really got stand with the post.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from accounts.models import Channel
from accounts.models.people import LONDON
from policy import changing, check, editions, facts
from policy.changing import Difference
from policy.content import ChannelText, Content
from policy.findings import Kept, Shown, keep, show
from policy.findings import marks as marks_of
from policy.law import Law
from policy.models import RuleSet, Verdict


@dataclass(frozen=True)
class Answer:
    """moment: the end of that day, or now for today. edition: None before the first was published. kept: verdicts
    that the console gave that day by that edition's number, as far as any were.
    """

    moment: datetime
    law: Law
    edition: RuleSet | None
    others: Sequence[RuleSet]
    channel: Channel
    text: str
    findings: Sequence[Shown]
    marks: Sequence[tuple[int, int, str]]
    in_force: int
    off: int
    engines: Sequence[str]


@dataclass(frozen=True)
class Step:
    """What one edition changed of one rule."""

    edition: RuleSet
    changes: Sequence[Difference]


def judge(*, day: date, channel: Channel, text: str, now: datetime) -> Answer:
    """By the law, the registers and the dates of that day, with today's detectors."""
    moment = min(now, _end_of(day))
    law = editions.in_force(moment)
    content = Content((ChannelText(channel.pk, channel.network, text),))
    found: list[Kept] = list(keep(check.findings(content, facts.context(channel.team, now=moment), law)))
    rules = law.in_force(day)
    return Answer(
        moment=moment,
        law=law,
        edition=editions.edition_at(moment),
        others=list(RuleSet.objects.filter(starts_at__gt=_end_of(day) - timedelta(days=1), starts_at__lte=moment)),
        channel=channel,
        text=text,
        findings=show(found, [channel]),
        marks=marks_of(found, channel),
        in_force=len(rules),
        off=len(law.settings) - len(rules),
        engines=_engines_of(day),
    )


def history(rule: str) -> list[Step]:
    """Every edition that changed this rule, the newest first."""
    steps: list[Step] = []
    for before, after in pairwise(RuleSet.objects.order_by("number").select_related("proposed_by", "signed_by")):
        changes = changing.differences(editions.law_of(before), editions.law_of(after))
        own = [change for change in changes if change.rule == rule]
        if own:
            steps.append(Step(after, own))
    return steps[::-1]


def _engines_of(day: date) -> list[str]:
    """The versions that verdicts of that day were really given by, as they kept them."""
    end = _end_of(day)
    kept = Verdict.objects.filter(at__gt=end - timedelta(days=1), at__lte=end)
    return sorted(kept.order_by().values_list("rules_version", flat=True).distinct())


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time.max, tzinfo=LONDON)
