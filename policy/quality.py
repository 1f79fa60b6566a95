"""How well the rules do: counted over the cases and over what people lately decided, and kept as rows.

From the cases: of the phrases that must fire how many did, of those that must stay quiet how many fired. From
decisions: of what reviewers sent back how much had been found, of what a rule found how much the DMC let through.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, QuerySet

from policy import casebook, changing, check, editions, filing
from policy.law import Law
from policy.models import FiledCase, Override, QualityFigure, QualityRun, Review, Verdict
from policy.rules import ENGINE, RULES
from policy.shares import Interval, wilson
from policy.trials import is_right

Source = QualityFigure.Source
RECENT = timedelta(days=90)
LASTS = timedelta(days=1)
LAYER = {rule.id: f"layer {rule.layer}" for rule in RULES}
LAYERS = ("layer 1", "layer 2", "layer 3")
# What a reviewer sends back for these reasons a rule of that layer could have found.
_REASONS = {
    "layer 2": ("legal", "privacy", "victim_care", "safety", "tone", "contact_route"),
    "layer 3": ("accessibility",),
}
# Fewer than so many say little; the page says so.
FEW = 20


@dataclass
class Tally:
    caught: int = 0
    should: int = 0
    wrong: int = 0
    quiet: int = 0

    def count(self, *, fires: bool, found: bool) -> None:
        if fires:
            self.should, self.caught = self.should + 1, self.caught + found
        else:
            self.quiet, self.wrong = self.quiet + 1, self.wrong + found


Tallies = dict[str, Tally]


def work(*, now: datetime) -> bool:
    """Count again when the law, the code or the accepted cases changed, and once a day. Whether it did."""
    law = editions.in_force(now)
    last = newest()
    accepted = FiledCase.objects.filter(decision=FiledCase.Decision.ACCEPTED).count()
    if last and last.at > now - LASTS and (last.edition, last.engine, last.accepted) == (law.number, ENGINE, accepted):
        return False
    _keep(law, now)
    return True


def newest() -> QualityRun | None:
    return QualityRun.objects.order_by("-pk").first()


@dataclass(frozen=True)
class Row:
    """One rule or layer as the page shows it. Intervals are None where nothing was counted."""

    figure: QualityFigure
    recall: Interval | None
    false: Interval | None

    @property
    def is_small(self) -> bool:
        return max(self.figure.should, self.figure.quiet) < FEW


def rows(run: QualityRun, source: str) -> list[Row]:
    """The figures of one kind of evidence: the layers first, then the rules, the worst recall first."""
    found = [_row(figure) for figure in run.figures.filter(source=source)]
    return sorted(found, key=_worst_first)


def of_rule(rule_id: str) -> list[Row]:
    """The newest figures of one rule, from each kind of evidence."""
    run = newest()
    return [_row(figure) for figure in run.figures.filter(subject=rule_id)] if run else []


def _worst_first(row: Row) -> tuple[bool, float, float, str]:
    recall = row.recall.share if row.recall else 1.0
    return row.figure.subject not in LAYERS, recall, -(row.false.share if row.false else 0.0), row.figure.subject


def _row(figure: QualityFigure) -> Row:
    return Row(figure, _share(figure.caught, figure.should), _share(figure.wrong, figure.quiet))


def _share(part: int, whole: int) -> Interval | None:
    return wilson(part / whole, n=whole) if whole else None


def _keep(law: Law, now: datetime) -> QualityRun:
    since, accepted = now - RECENT, filing.accepted()
    cases = [*casebook.cases(), *accepted]
    of_cases, of_decisions = _of_cases(cases, law), _of_decisions(since)
    posts = _judged(since).values("version__post").distinct().count()
    facts = {"edition": law.number, "engine": ENGINE, "cases": len(cases), "accepted": len(accepted), "posts": posts}
    with transaction.atomic():
        run = QualityRun.objects.create(at=now, since=since, **facts)
        QualityFigure.objects.bulk_create(
            [*_figures(run, Source.CASES, of_cases), *_figures(run, Source.DECISIONS, of_decisions)]
        )
    return run


def _figures(run: QualityRun, source: str, tallies: Tallies) -> Iterator[QualityFigure]:
    for subject, tally in sorted(tallies.items()):
        yield QualityFigure(run=run, source=source, subject=subject, **vars(tally))


def _of_cases(cases: Iterable[casebook.Case], law: Law) -> Tallies:
    tallies: Tallies = defaultdict(Tally)
    law = changing.timeless(law)
    for case in cases:
        judgement = check.judge(*casebook.read(case), law)
        found = is_right(case, judgement.findings) == case.fires
        if case.rule:
            tallies[case.rule].count(fires=case.fires, found=found)
        layer = LAYER.get(case.rule, "layer 2")
        tallies[layer].count(fires=case.fires, found=found)
        if layer == "layer 2" and not case.inbound:
            tallies["layer 1"].count(fires=case.fires, found=judgement.layer1.hit)
    return dict(tallies)


def _of_decisions(since: datetime) -> Tallies:
    tallies: Tallies = defaultdict(Tally)
    _count_overturned(tallies, since)
    _count_returns(tallies, since)
    return dict(tallies)


def _judged(since: datetime) -> QuerySet[Verdict]:
    return Verdict.objects.filter(at__gte=since, moment=Verdict.Moment.SUBMIT)


def _count_overturned(tallies: Tallies, since: datetime) -> None:
    """Of the updates on which a rule fired, those where the DMC let its finding through."""
    fired: dict[str, set[int]] = defaultdict(set)
    sent: set[int] = set()
    for version, findings in _judged(since).values_list("version", "findings"):
        sent.add(version)
        for finding in findings:
            fired[finding["rule"]].add(version)
    granted = Override.objects.filter(decision=Override.Decision.GRANTED, asked_at__gte=since)
    let_through = set(granted.values_list("rule", "version"))
    for rule, versions in fired.items():
        tallies[rule].quiet = len(versions)
        tallies[rule].wrong = len(versions & {version for name, version in let_through if name == rule})
    tallies["layer 2"].quiet = len(sent)
    tallies["layer 2"].wrong = len(sent & {version for _, version in let_through})


def _count_returns(tallies: Tallies, since: datetime) -> None:
    """Of what reviewers sent back for a reason that a rule could know, what had been found."""
    returns = Review.objects.filter(at__gte=since, decision=Review.Decision.SEND_BACK)
    for layer, reasons in _REASONS.items():
        for version in set(returns.filter(reason__in=reasons).values_list("version", flat=True)):
            verdict = Verdict.objects.filter(version=version, moment__in=Verdict.ASKED).order_by("-pk").first()
            if verdict is not None:
                found = any(LAYER.get(finding["rule"]) == layer for finding in verdict.findings)
                tallies[layer].count(fires=True, found=found)


def counted_cases(rule_id: str) -> dict[bool, int]:
    """How many cases a rule is held to: True those that must fire, False those that must stay quiet."""
    filed = FiledCase.objects.filter(decision=FiledCase.Decision.ACCEPTED, rule=rule_id).values("fires")
    counts: dict[bool, int] = dict(filed.annotate(number=Count("pk")).values_list("fires", "number"))
    for case in casebook.of_rule(rule_id, casebook.cases()):
        counts[case.fires] = counts.get(case.fires, 0) + 1
    return counts
