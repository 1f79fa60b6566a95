"""Accounts by kind and state, who writes, whose training stands, and who has confirmed the policies."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import replace
from datetime import date

from django.db.models import Count, Max, QuerySet

from accounts.channels import AUTHORS, launched
from accounts.models import Appointment, Channel, Part, Role, Seat, Stage, Team
from accounts.training import standing
from engagement.oversight.figures import Answer, Book, Row, Scope, chapter, of_all
from policy import attesting

BOOK: Book = []
accounts, training = chapter(BOOK, "Accounts"), chapter(BOOK, "Training")


@accounts(
    "accounts.connected",
    "Connected accounts",
    "Accounts of these teams that are connected, by network and by kind of team.",
    standing=True,
)
def connected(scope: Scope) -> Answer:
    live = _channels(scope).filter(state=Channel.State.LIVE)
    rows = live.values_list("team__kind", "network").annotate(number=Count("pk")).order_by("team__kind", "network")
    kinds, networks = dict(Team.Kind.choices), dict(Channel.Network.choices)
    found: list[Row] = [(f"{kinds[kind]}: {networks[network]}", number) for kind, network, number in rows]
    total = live.count()
    return Answer(total, f"{total:,}", found)


@accounts("accounts.states", "Accounts by state", "Every account of these teams, by its state.", standing=True)
def states(scope: Scope) -> Answer:
    rows = dict(_channels(scope).order_by().values_list("state").annotate(number=Count("pk")))
    total = sum(rows.values())
    return Answer(total, f"{total:,}", [(label, rows.get(state, 0)) for state, label in Channel.State.choices])


@accounts(
    "accounts.wards",
    "Wards with a connected account",
    "Wards of the area that have at least one connected account, of all its wards.",
    standing=True,
)
def wards(scope: Scope) -> Answer:
    live = _channels(scope).filter(state=Channel.State.LIVE, team__in=scope.wards)
    return of_all(live.values("team").distinct().count(), len(scope.wards))


@accounts(
    "accounts.authors",
    "People who write",
    "People appointed to write for these teams on the last day of the period, by role and stage.",
)
def authors(scope: Scope) -> Answer:
    held = Appointment.objects.active(scope.end).filter(team__in=scope.teams, role__in=AUTHORS)
    people = set(held.values_list("user", "role", "stage"))
    count = Counter((role, stage) for _, role, stage in people)
    roles, stages = dict(Role.choices), dict(Stage.choices)
    rows = [(f"{roles[role]}, {stages[stage].lower()}", number) for (role, stage), number in sorted(count.items())]
    total = len({user for user, *_ in people})
    return Answer(total, f"{total:,}", rows)


@training(
    "training.confirmed",
    "Policies confirmed",
    "People appointed in these teams on the last day who had confirmed every policy that asks for it.",
)
def confirmed(scope: Scope) -> Answer:
    teams = Team.objects.filter(pk__in=scope.teams)
    lacking: dict[int, bool] = {}
    for row in attesting.rows(teams, now=scope.end):
        lacking[row.user.pk] = bool(row.lacking)
    return of_all(sum(not lacks for lacks in lacking.values()), len(lacking))


@training(
    "training.courses",
    "Training completed",
    "People appointed to write in these teams on the last day for whom every part of the training counted on that day.",
)
def courses(scope: Scope) -> Answer:
    held = Appointment.objects.active(scope.end).filter(team__in=scope.teams, role__in=AUTHORS, user__is_active=True)
    people = set(held.values_list("user", "role"))
    lasts = _training({user for user, _ in people}, scope.last)
    valid = {user for user, parts in lasts.items() if len(parts) == len(Part) and min(parts.values()) >= scope.last}
    lapsed = {user for user, parts in lasts.items() if len(parts) == len(Part) and user not in valid}
    rows: list[Row] = [
        (label, f"{sum(user in valid for user in theirs):,} of {len(theirs):,}")
        for role, label in Role.choices
        if (theirs := {user for user, held_role in people if held_role == role})
    ]
    everybody = {user for user, _ in people}
    answer = of_all(len(valid), len(everybody))
    never = len(everybody) - len(valid) - len(lapsed)
    return replace(
        answer, rows=[*rows, ("Lapsed", len(lapsed)), ("Never completed so far", never)] if everybody else []
    )


@training(
    "training.workshops",
    "Workshops held",
    "Workshops of the period to which somebody came who writes for these teams on its last day.",
)
def workshops(scope: Scope) -> Answer:
    held = Appointment.objects.active(scope.end).filter(team__in=scope.teams, role__in=AUTHORS)
    came = Seat.objects.filter(
        came=True,
        user__in=held.values("user"),
        workshop__taken_at__isnull=False,
        workshop__cancelled_at__isnull=True,
        workshop__starts_at__gte=scope.since,
        workshop__starts_at__lt=scope.until,
    )
    total = came.values("workshop").distinct().count()
    return Answer(total, f"{total:,}", [("People of these teams who came", came.values("user").distinct().count())])


def _training(people: Collection[int], day: date) -> dict[int, dict[str, date]]:
    """Person -> part -> the last day on which it counts, of what was done by that day. One query."""
    found: dict[int, dict[str, date]] = defaultdict(dict)
    done = standing.counting().filter(user__in=people, on__lte=day).order_by()
    for user, part, until in done.values_list("user", "part").annotate(last=Max("until")):
        found[user][part] = until
    return found


def _channels(scope: Scope) -> QuerySet[Channel]:
    return launched(Channel.objects.filter(team__in=scope.teams))
