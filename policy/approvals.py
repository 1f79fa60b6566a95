"""What allows exactly this version to be public, now. Asked by publishing before every step."""

from __future__ import annotations

from datetime import datetime

from accounts.statements import Objects, Question, Value
from policy.models import Needs, Review, Submission, Verdict
from posts.fingerprint import fingerprint
from posts.models import Version

# How much agreement each need asks for. Nobody's agreement reaches as far as CHANGE. One yes of the DMC is more than
# two of mentors.
_ORDER = (Needs.NOBODY, Needs.MENTOR, Needs.MENTOR_TWO, Needs.DMC, Needs.DMC_SECOND, Needs.CHANGE)
_WEIGHT = {needs: weight for weight, needs in enumerate(_ORDER)}


def approval(version: Version, *, now: datetime) -> Review | Verdict | None:
    """The review or the verdict that allows `version` as it stands, or None.

    A review counts while it is unexpired and of exactly these words, pictures, channels and time. A verdict counts
    when the check itself asked for nobody, at sending and ever since. The last submission decides: an older yes does
    not outlive it.
    """
    if not version.sealed_at or version.fingerprint != fingerprint(version):
        return None
    verdict = _heaviest(version)
    if verdict is None or verdict.needs == Needs.CHANGE:
        return None
    return verdict if verdict.needs == Needs.NOBODY else _review(version, now)


def covers(agreed: Review | Verdict, verdict: Verdict) -> bool:
    """Whether what was agreed still answers a later verdict on the same version (approvals.approval gave `agreed`).

    A mentor's yes does not answer a verdict that asks for the DMC, a peer's only what is routine, and nothing answers
    one that asks for a change.
    """
    if isinstance(agreed, Verdict):
        return verdict.needs == Needs.NOBODY
    routine = verdict.routine or verdict.needs == Needs.NOBODY
    return weight(verdict.needs) <= weight(agreed.reach) and (routine or not agreed.by_peer)


def weight(needs: str) -> int:
    """How much agreement it asks for, to be compared."""
    return _WEIGHT[Needs(needs)]


_ASKED = Objects(
    lambda: Verdict.objects.filter(version=Value("version", Version), moment__in=Verdict.ASKED).order_by("-pk")
)


def question(version: Version) -> Question:
    """What `approval` asks first."""
    return _ASKED.of(version=version.pk)


def _heaviest(version: Version) -> Verdict | None:
    """The answer at the last sending or override, or a heavier one given since while it waited."""
    verdicts = question(version).answer()
    at_sending = next((at for at, verdict in enumerate(verdicts) if verdict.moment in Verdict.ASKED_AFRESH), None)
    if at_sending is None:
        return None
    return max(verdicts[: at_sending + 1], key=lambda verdict: weight(verdict.needs))


def _review(version: Version, now: datetime) -> Review | None:
    submission = Submission.objects.filter(version=version).order_by("-pk").first()
    if submission is None or submission.ending != Submission.Ending.APPROVED:
        return None
    return (
        submission.reviews.filter(
            version=version,
            decision=Review.Decision.APPROVE,
            fingerprint=version.fingerprint,
            expires_at__gt=now,
        )
        .order_by("-pk")
        .first()
    )
