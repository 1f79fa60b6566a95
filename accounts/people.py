"""Which people an administrator looks after, and who could take over from one of them. Reads only."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Case, Exists, OuterRef, Prefetch, Q, QuerySet, When

from accounts.channels import AUTHORS, teams_for
from accounts.models import Appointment, Team, User


def looked_after(user: User, *, now: datetime) -> QuerySet[User]:
    """Everybody with an appointment, today or from a later day on, over a team that `user` provisions."""
    mine = _standing(now).filter(team__in=teams_for(user, "provision").order_by().values("pk"))
    people = User.objects.filter(Exists(mine.filter(user=OuterRef("pk"))))
    held = _standing(now).select_related("team__parent").order_by("team__name", "pk")
    return people.prefetch_related(Prefetch("appointments", queryset=held, to_attr="held")).order_by(
        "last_name", "first_name", "pk"
    )


def everyone(user: User, *, now: datetime) -> QuerySet[User]:
    """Past and ended people too, and those never appointed, for who provisions the force; else who was ever appointed
    to a team of theirs."""
    teams = teams_for(user, "provision")
    mine = Appointment.objects.filter(team__in=teams.order_by().values("pk"))
    people = User.objects.all()
    if not teams.filter(kind=Team.Kind.FORCE).exists():
        people = people.filter(Exists(mine.filter(user=OuterRef("pk"))))
    held = _standing(now).select_related("team__parent").order_by("team__name", "pk")
    return people.prefetch_related(Prefetch("appointments", queryset=held, to_attr="held")).order_by(
        "last_name", "first_name", "pk"
    )


def appointments_of(person: User, *, by: User) -> QuerySet[Appointment]:
    """All of them, the newest first, over the teams that `by` provisions."""
    mine = teams_for(by, "provision").order_by().values("pk")
    held = Appointment.objects.filter(user=person, team__in=mine)
    return held.select_related("team__parent", "made_by", "urgent__confirmed_by").order_by("-starts_on", "-pk")


def matching(people: QuerySet[User], words: str) -> QuerySet[User]:
    """Those that every word fits: in the name, the sign-in name, or a team they are appointed to."""
    for word in words.split()[:8]:
        teams = Appointment.objects.filter(user=OuterRef("pk"), team__name__icontains=word, ended_at__isnull=True)
        named = Q(first_name__icontains=word) | Q(last_name__icontains=word) | Q(username__icontains=word)
        people = people.filter(named | Exists(teams))
    return people


def successors(leaver: User, people: QuerySet[User], *, now: datetime) -> QuerySet[User]:
    """Who of `people` could take over: those who write for the same teams first."""
    teams = _standing(now).filter(user=leaver, role__in=AUTHORS).values("team")
    beside = _standing(now).filter(user=OuterRef("pk"), role__in=AUTHORS, team__in=teams)
    others = people.exclude(pk=leaver.pk).filter(is_active=True)
    nearest = Case(When(Exists(beside), then=0), default=1)
    return others.annotate(nearest=nearest).order_by("nearest", "last_name", "first_name", "pk")


def _standing(now: datetime) -> QuerySet[Appointment]:
    """Active ones, and those that begin later."""
    ahead = Q(starts_on__gt=now.date(), ended_at__isnull=True)
    return Appointment.objects.filter(Q(pk__in=Appointment.objects.active(now).values("pk")) | ahead)
