"""Times over a place: pre-election, mourning, and the calendar of known events. Opened and closed by the DMC.

What changes how a post is judged takes two people to open, and two to close before its last day; what waits or is
approved is judged again at each of those moments, and when it begins and ends by its dates.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet

from accounts import audit
from accounts.errors import Conflict
from accounts.models import Team, User
from accounts.models.people import LONDON
from accounts.statements import Question, Rows, Value
from policy import rejudging
from policy.keeping import require_keeper
from policy.models import Period
from policy.reading.dates import london_day

Kind = Period.Kind
MOST_DAYS = 366


def kinds_over(team: Team, *, at: datetime, now: datetime) -> set[str]:
    """What is on where `team` speaks at that moment, as far as is known now. One query, without a join: asked for every
    post at its minute, and on most days nothing is on anywhere.
    """
    covering = {None, *(above.pk for above in team.covering())}
    return {kind for kind, place in question(at=at, now=now).answer() if place in covering}


def question(*, at: datetime, now: datetime) -> Question:
    """What `kinds_over` asks."""
    return _ON.of(day=london_day(at), now=now)


_ON = Rows(
    lambda: (
        Period.objects.on(Value("day", Period, "starts_on"), Value("now", Period, "entered_at"))
        .order_by()
        .values_list("kind", "team")
    )
)


def weighty_since(moment: datetime) -> list[Period]:
    """What changes how a post is judged and was on, or comes, after that moment; for a look back. One query."""
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gte=london_day(moment))
    return list(Period.objects.filter(lasting, kind__in=Period.WEIGHTY, agreed_at__isnull=False))


def over(team: Team, *, at: datetime, now: datetime) -> list[Period]:
    """The same as rows, weighty ones first."""
    found = _over(team, Period.objects.on(london_day(at), now)).select_related("team__parent")
    return sorted(found, key=lambda period: (not period.is_weighty, period.starts_on, period.pk))


def concerning(teams: Collection[Team], *, now: datetime) -> list[Period]:
    """What is on today for one of `teams`, from above or from below. One query."""
    keys = [team.pk for team in teams]
    above = Q(team__in=keys) | Q(team__children__in=keys) | Q(team__children__children__in=keys)
    below = Q(team__parent__in=keys) | Q(team__parent__parent__in=keys)
    found = Period.objects.on(london_day(now), now).filter(Q(team__isnull=True) | above | below)
    return list(found.select_related("team__parent", "watch").distinct()) if keys else []


def anything_on(*, now: datetime) -> bool:
    """Whether any time is on anywhere today: most days have none, and every page asks."""
    return Period.objects.on(london_day(now), now).exists()


def coming(now: datetime) -> QuerySet[Period]:
    """On now, waiting for a second person, or still to come."""
    today = london_day(now)
    standing = Period.objects.standing(now).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today))
    return standing.select_related("team__parent", "entered_by", "agreed_by", "close_asked_by", "watch")


def past(now: datetime) -> QuerySet[Period]:
    over = Period.objects.exclude(pk__in=coming(now).values("pk"))
    return over.select_related("team__parent", "entered_by", "agreed_by", "closed_by").order_by("-starts_on", "-pk")


@transaction.atomic
def enter(
    *, kind: str, team: Team | None, name: str, starts_on: date, ends_on: date | None, message: str = "", by: User,
    now: datetime,
) -> Period:  # fmt: skip
    """Put a time into the calendar. An election or mourning waits for a second person; an event stands at once.

    Raises PermissionDenied, ValidationError by field.
    """
    require_keeper(by)
    _check(kind, name, starts_on, ends_on, london_day(now))
    alone = {"agreed_by": by, "agreed_at": now} if kind not in Period.WEIGHTY else {}
    period = Period.objects.create(
        kind=kind,
        team=None if team is not None and team.kind == Team.Kind.FORCE else team,
        name=name.strip(),
        message=message.strip(),
        starts_on=starts_on,
        ends_on=ends_on,
        entered_by=by,
        entered_at=now,
        **alone,
    )
    audit.record(by, "period.entered", period, now=now, **_facts(period))
    return period


@transaction.atomic
def agree(*, period: Period, by: User, now: datetime) -> Period:
    """The second person: it counts from its first day, and from now where that has passed. Raises as `close` does."""
    require_keeper(by)
    _lock(period, now)
    if period.agreed_at is not None:
        raise Conflict(f"{period.agreed_by} has agreed to this already. Nothing was changed.")
    if period.entered_by_id == by.pk:
        raise PermissionDenied("Two people open this. You entered it, so somebody else must agree.")
    period.agreed_by, period.agreed_at = by, now
    period.save(update_fields=["agreed_by", "agreed_at"])
    audit.record(by, "period.agreed", period, now=now, **_facts(period))
    _judge_again(period, by, now)
    return period


@transaction.atomic
def ask_close(*, period: Period, by: User, now: datetime) -> Period:
    """The first of the two who end an election or mourning early. It stays on. Raises as `close` does."""
    require_keeper(by)
    _lock(period, now)
    if not period.is_weighty or period.agreed_at is None:
        raise Conflict("One person is enough to close this.")
    if period.close_asked_by_id is not None:
        raise Conflict(f"{period.close_asked_by} has asked for this already. A second person can close it now.")
    period.close_asked_by = by
    period.save(update_fields=["close_asked_by"])
    audit.record(by, "period.close_asked", period, now=now)
    return period


@transaction.atomic
def close(*, period: Period, by: User, now: datetime) -> Period:
    """End it now. What has not been agreed, and a known event, anybody who keeps the policy takes out alone.

    Raises PermissionDenied to who may not, or asked for it; Conflict when it is closed, or nobody asked.
    """
    require_keeper(by)
    _lock(period, now)
    takes_two = period.is_weighty and period.agreed_at is not None
    if takes_two and period.close_asked_by_id is None:
        raise Conflict("Nobody has asked to close this yet. Two people close it: ask first.")
    if takes_two and period.close_asked_by_id == by.pk:
        raise PermissionDenied("Two people close this. You asked, so somebody else must agree.")
    period.closed_by, period.closed_at = by, now
    period.save(update_fields=["closed_by", "closed_at"])
    audit.record(by, "period.closed", period, now=now)
    if takes_two:
        said = f"{period.get_kind_display()} ended for {period.scope_name}."
        rejudging.judge_waiting(reason=said, by=by, now=now, scope=period.team)
    return period


def _over(team: Team, periods: QuerySet[Period]) -> QuerySet[Period]:
    covering = Team.objects.filter(Q(pk=team.pk) | Q(children=team.pk) | Q(children__children=team.pk))
    return periods.filter(Q(team__isnull=True) | Q(team__in=covering))


def _check(kind: str, name: str, starts_on: date, ends_on: date | None, today: date) -> None:
    problems = {}
    if kind not in Kind.values:
        problems["kind"] = "Choose what it is."
    if not name.strip():
        problems["name"] = "Give it a name that people will recognise."
    if ends_on is not None and ends_on < starts_on:
        problems["ends_on"] = "The last day must not be before the first."
    elif ends_on is not None and ends_on < today:
        problems["ends_on"] = "That day has passed. Choose a day from today on."
    elif ends_on is not None and ends_on - starts_on > timedelta(days=MOST_DAYS):
        problems["ends_on"] = "That is more than a year. Check the dates."
    if ends_on is None and kind != Kind.MOURNING:
        problems.setdefault("ends_on", "Give its last day. Only mourning may last until it is closed.")
    if problems:
        raise ValidationError(problems)


def _lock(period: Period, now: datetime) -> None:
    period.refresh_from_db(from_queryset=Period.objects.select_for_update(of=("self",)))
    if period.closed_at is not None:
        raise Conflict(f"{period.closed_by} has closed this already. Nothing was changed.")
    if period.ends_on is not None and period.ends_on < london_day(now):
        raise Conflict("Its last day has passed. Nothing was changed.")


def _judge_again(period: Period, by: User, now: datetime) -> None:
    """Now, because of what is planned into it; when it begins, for what waits without a time; and when it is over."""
    what, where = period.get_kind_display(), period.scope_name
    rounds = [(now, f"{what} was entered for {where}.")]
    begins = _midnight(period.starts_on)
    if begins > now:
        rounds.append((begins, f"{what} began for {where}."))
    if period.ends_on is not None:
        rounds.append((_midnight(period.ends_on + timedelta(days=1)), f"{what} ended for {where}."))
    for due_at, said in rounds:
        rejudging.judge_waiting(reason=said, by=by, now=now, scope=period.team, due_at=due_at)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=LONDON)


def _facts(period: Period) -> dict[str, audit.JSON]:
    return {
        "kind": period.kind,
        "team": period.team.code if period.team else None,
        "name": period.name,
        "starts_on": period.starts_on.isoformat(),
        "ends_on": period.ends_on.isoformat() if period.ends_on else None,
    }
