"""How a person hears of what happens: at once by e-mail, in a digest of the day, or in the console alone.

The console always shows everything. What is urgent is mailed at once, and what happens to one's sign-in too, whatever
somebody chose: those are the two that must not wait.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, time, timedelta
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.models import Notice, NoticePlan, User
from accounts.models.people import LONDON

How = NoticePlan.How
HOURS = range(6, 21)  # London; none of them is lost or doubled when the clocks change


class Group(NamedTuple):
    """Kinds of event that people think of as one. kinds: what stands before the dot of a notice's kind."""

    key: str
    name: str
    hint: str
    kinds: frozenset[str]


def _group(key: str, name: str, hint: str, kinds: str) -> Group:
    return Group(key, name, hint, frozenset(kinds.split()))


GROUPS = (
    _group("updates", "My updates on their way", "Sent back, missed, not ready, taken down.",
           "delivery post review override appeal incident takedown"),
    _group("channels", "Channels and their logins", "Needs reconnecting, suspended, a gate, an account that pretends.",
           "channel network impersonation"),
    _group("holds", "Holds, times and the policy", "A hold near you, a rule tried, a policy to confirm.",
           "hold period proposal document attestation"),
    _group("growing", "Training and mentoring", "A workshop, practice, a check-in, your stage.",
           "training stage mentoring coaching practice nudge"),
    _group("people", "People and their appointments", "A handover, an urgent appointment, rights that differ.",
           "handover urgent rights"),
    _group("rest", "Everything else", "Money, the report of the day, the console itself.",
           "budget report clock"),
)  # fmt: skip
# Told at once, always: should it not have been they, minutes count.
ALWAYS = frozenset({"sign_in"})


def group_of(kind: str) -> str:
    prefix = kind.partition(".")[0]
    return next((group.key for group in GROUPS if prefix in group.kinds), "rest")


def mail_times(people: Collection[int], *, kind: str, urgency: str, at: datetime) -> Mapping[int, datetime | None]:
    """When to mail each of these people (keys) something that could be mailed `at`; None for not at all. One query."""
    if urgency == Notice.Urgency.QUIET:
        return dict.fromkeys(people)
    times: dict[int, datetime | None] = dict.fromkeys(people, at)
    if urgency == Notice.Urgency.NOW or kind.partition(".")[0] in ALWAYS:
        return times
    group = group_of(kind)
    for plan in NoticePlan.objects.filter(user__in=people):
        how = plan.how.get(group, How.AT_ONCE)
        if how != How.AT_ONCE:
            times[plan.user_id] = next_digest(at, plan.digest_hour) if how == How.DIGEST else None
    return times


def next_digest(after: datetime, hour: int) -> datetime:
    """The next time that London's clocks show this full hour, not before `after`."""
    day = after.astimezone(LONDON).date()
    today = datetime.combine(day, time(hour), LONDON)
    return today if today >= after else datetime.combine(day + timedelta(days=1), time(hour), LONDON)


def plan_of(user: User) -> NoticePlan:
    """What this person chose; everything at once for who chose nothing. Not saved by asking."""
    return NoticePlan.objects.filter(user=user).first() or NoticePlan(user=user)


@transaction.atomic
def choose(*, by: User, how: Mapping[str, str], digest_hour: int, now: datetime) -> NoticePlan:
    """For oneself. Counts from the next notice on. Raises ValidationError for a group, way or hour that is none."""
    if set(how) != {group.key for group in GROUPS} or not set(how.values()) <= set(How.values):
        raise ValidationError("Choose one way for each kind.")
    if digest_hour not in HOURS:
        raise ValidationError({"digest_hour": "Choose an hour from the list."})
    plan, _ = NoticePlan.objects.update_or_create(user=by, defaults={"how": dict(how), "digest_hour": digest_hour})
    audit.record(by, "notices.chosen", by, now=now, how=dict(how), digest_hour=digest_hour)
    return plan
