"""Accounts by kind and state, who writes, and who has confirmed the policies."""

from __future__ import annotations

from collections import Counter

from django.db.models import Count, QuerySet

from accounts.channels import AUTHORS
from accounts.models import Appointment, Channel, Completion, Part, Role, Stage, Team
from accounts.models.people import LONDON
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
    people, day = set(held.values_list("user", flat=True)), scope.end.astimezone(LONDON).date()
    counted = Completion.objects.filter(user__in=people, on__lte=day, until__gte=day, struck_at__isnull=True)
    done = Counter(user for user, _ in counted.order_by().values_list("user", "part").distinct())
    return of_all(sum(done[user] == len(Part) for user in people), len(people))


def _channels(scope: Scope) -> QuerySet[Channel]:
    return Channel.objects.filter(team__in=scope.teams)
