"""What the administrator keeps: the networks' prices and the months' budgets. Every change is audited."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit, notices, rights
from accounts.models import Team, User
from publishing import affording, money, pausing
from publishing.models import Budget, Kind, Price

PLACES = (Team.Kind.FORCE, Team.Kind.BOROUGH)


@transaction.atomic
def set_price(*, kind: str, micros: int, from_day: date, source: str, by: User, now: datetime) -> Price:
    """From this UTC day on a call of this kind on X costs so much. What earlier days cost stays.

    Raises PermissionDenied; ValidationError for a day of a month that is over, or without a source.
    """
    pausing.require_administrator(by)
    if kind not in Kind.values:
        raise ValidationError({"kind": "Choose what the price is for."})
    if from_day < money.month_start(now):
        raise ValidationError(
            {"from_day": "Months that are over stay as they were. Choose a day of this month or later."}
        )
    if not source.strip():
        raise ValidationError({"source": "Say where this price stands, so that others can check it."})
    facts = {"network": money.CHARGES[0], "kind": kind, "micros": micros, "from_day": from_day}
    row = Price.objects.create(**facts, source=source.strip()[:300], set_by=by, set_at=now)
    audit.record(by, "price.set", row, now=now, kind=kind, micros=micros, from_day=from_day.isoformat())
    return row


@transaction.atomic
def set_budget(*, team: Team, micros: int, reserve: int, by: User, now: datetime) -> Budget:
    """What a borough or the force may spend each month, and how much of that is kept for urgent posts.

    What waits for money is asked about again within seconds. Raises PermissionDenied, ValidationError.
    """
    rights.require(by, "provision", team)
    if team.kind not in PLACES:
        raise ValidationError("A budget is for the force or for a borough.")
    if not 0 <= reserve <= micros:
        raise ValidationError({"reserve": "The reserve is a part of the budget, so it cannot be larger."})
    facts = {"micros": micros, "reserve": reserve, "set_by": by, "set_at": now}
    row, _ = Budget.objects.update_or_create(team=team, defaults=facts)
    notices.settle(about=row, kinds=[affording.GONE, affording.OVERDRAWN], now=now)
    audit.record(by, "budget.set", team, now=now, micros=micros, reserve=reserve)
    return row
