"""What the DMC has let through: exactly these findings on exactly this version, and no others (domain.md B.2).

Reads only; `policy.appeals` asks and decides. Whoever judges a version lays the overrides over the answer here, so
that submission, review, pre-flight, release and claim all accept the same findings.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.db.models import Q, QuerySet

from policy.check import Judgement
from policy.content import Severity
from policy.findings import Kept, keep
from policy.models import Override, Submission, Verdict
from posts.fingerprint import fingerprint
from posts.models import Version

STOPPING = (Severity.BLOCK_A, Severity.BLOCK)
Decision = Override.Decision


def key_of(finding: Kept) -> str:
    """The same for the same rule on the same words. Without words in a text, the message tells what was found."""
    words = words_of(finding)
    told = [finding["rule"], finding["picture"], words or [finding["message"]]]
    return hashlib.sha256(json.dumps(told, ensure_ascii=True).encode("ascii")).hexdigest()


def words_of(finding: Kept) -> list[str]:
    return sorted({span["words"] for span in finding["spans"]})


def lay_over(judgement: Judgement, version: Version) -> tuple[Judgement, list[dict[str, Any]]]:
    """The judgement without what was let through, and every finding as it is kept: those carry "override"."""
    kept = keep(judgement.findings)
    if not any(finding.severity in STOPPING for finding in judgement.findings):
        return judgement, kept
    through = {(one.key, one.severity): one.pk for one in granted(version)}
    standing = []
    for finding, entry in zip(judgement.findings, kept, strict=True):
        override = through.get((key_of(entry), entry["severity"]))
        if override is None:
            standing.append(finding)
        else:
            entry["override"] = override
    outcome = standing[0].severity if standing else None
    kept.sort(key=lambda entry: "override" in entry)
    return replace(judgement, findings=tuple(standing), outcome=outcome), kept


def granted(version: Version) -> QuerySet[Override]:
    """What counts for this version as it stands now. An absolute rule needs its second person."""
    seconded = ~Q(severity=Severity.BLOCK_A) | Q(seconded_by__isnull=False, false_positive=True)
    return Override.objects.filter(
        seconded, version=version, decision=Decision.GRANTED, fingerprint=fingerprint(version)
    )


def stopping(verdict: Verdict) -> list[Kept]:
    """The findings of a verdict that nobody has let through and that stop it."""
    return [kept for kept in verdict.findings if kept["severity"] in STOPPING and "override" not in kept]


def is_settled(override: Override) -> bool:
    """Whether nobody has to decide on it any more."""
    waits_for_second = override.severity == Severity.BLOCK_A and override.seconded_by_id is None
    return bool(override.decision) and not (override.decision == Decision.GRANTED and waits_for_second)


def unsettled(submission: Submission) -> list[Override]:
    """What this submission still asks the DMC to let through."""
    asked = submission.overrides.select_related("asked_by", "decided_by", "seconded_by")
    return [override for override in asked if not is_settled(override)]


def asking(submissions: Iterable[int]) -> set[int]:
    """Which of these submissions ask for something to be let through. One query."""
    undecided = Q(decision="") | Q(decision=Decision.GRANTED, severity=Severity.BLOCK_A, seconded_by__isnull=True)
    return set(Override.objects.filter(undecided, submission__in=submissions).values_list("submission", flat=True))
