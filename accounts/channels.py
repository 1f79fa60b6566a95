"""Which channels and teams a person sees, and how far an author has come. Reads only."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Case, Count, Q, QuerySet, When
from guardian.models import UserObjectPermission
from guardian.shortcuts import get_objects_for_user

from accounts.models import Appointment, Channel, Role, Stage, Team, User
from accounts.roles import ROLE_MAY
from accounts.training.standing import with_training

AUTHORS = (Role.SERGEANT, Role.CONTRIBUTOR)


def visible_to(user: User) -> QuerySet[Channel]:
    """Every channel this person may know of."""
    return channels_for(user, "view_channel")


def channels_for(user: User, perm: str) -> QuerySet[Channel]:
    """The channels on which this person holds `perm` ("submit_for")."""
    allowed = get_objects_for_user(user, f"accounts.{perm}", Channel, use_groups=False, accept_global_perms=False)
    return allowed.select_related("team__parent")


def holders(perm: str, *channels: Channel) -> QuerySet[User]:
    """The people who hold `perm` ("review_dmc") on any of these channels and may sign in."""
    held = UserObjectPermission.objects.filter(
        permission__codename=perm,
        permission__content_type__app_label="accounts",
        permission__content_type__model="channel",
        object_pk__in=[str(channel.pk) for channel in channels],
    )
    return User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("pk")


def holders_over(perm: str, team: Team) -> QuerySet[User]:
    """The people who hold `perm` ("sign_dmc") over this team and may sign in."""
    held = UserObjectPermission.objects.filter(
        permission__codename=perm,
        permission__content_type__app_label="accounts",
        permission__content_type__model="team",
        object_pk=str(team.pk),
    )
    return User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("pk")


def holding_anywhere(*perms: str) -> QuerySet[UserObjectPermission, int]:
    """The keys of the people who hold any of these rights over at least one channel."""
    held = UserObjectPermission.objects.filter(
        permission__codename__in=perms,
        permission__content_type__app_label="accounts",
        permission__content_type__model="channel",
        user__is_active=True,
    )
    return held.order_by().values_list("user", flat=True).distinct()


def teams_for(user: User, perm: str) -> QuerySet[Team]:
    """The teams on which this person holds `perm` ("provision")."""
    allowed = get_objects_for_user(user, f"accounts.{perm}", Team, use_groups=False, accept_global_perms=False)
    return allowed.select_related("parent")


def stage_of(user: User, team: Team, now: datetime) -> Stage:
    """The lowest stage among this author's active appointments that cover the team; probation when there is none, and
    for a trusted author while their training does not stand.
    """
    covering = [above.pk for above in team.covering()]
    held = Appointment.objects.active(now).filter(user=user, team__in=covering, role__in=AUTHORS)
    stages = {Stage(stage) for stage in held.values_list("stage", flat=True)}
    lowest = min(stages, key=lambda stage: stage.rank, default=Stage.PROBATION)
    return with_training(lowest, user, now)


def counts(channels: QuerySet[Channel]) -> dict[str, int]:
    """How many there are in each state; states without a channel are left out."""
    found = channels.order_by().values_list("state").annotate(number=Count("pk"))
    return dict(found)


def unsafe(channels: QuerySet[Channel]) -> QuerySet[Channel]:
    """Those through which nothing can go out although it should: broken ones first, then those never connected."""
    return unwell(channels).order_by("state", "team__name", "team", "-network", "handle")


def unwell(channels: QuerySet[Channel]) -> QuerySet[Channel]:
    """Launched, and without a login that works."""
    launched = channels.exclude(life__in=[*Channel.BEFORE_LAUNCH, *Channel.OVER])
    return launched.filter(state__in=[Channel.State.BROKEN, Channel.State.NEW])


def matching(channels: QuerySet[Channel], words: str) -> QuerySet[Channel]:
    """Those that every word fits: in the handle, the display name, the team or its borough."""
    for word in words.split()[:8]:
        channels = channels.filter(
            Q(handle__icontains=word.removeprefix("@"))
            | Q(name__icontains=word)
            | Q(team__name__icontains=word)
            | Q(team__parent__name__icontains=word)
        )
    return channels


def asking_for(user: User) -> QuerySet[Team]:
    """The teams for which this person may ask for a channel (`provisioning.applying.may_apply`)."""
    asking = ["accounts.sign_borough", "accounts.provision", "accounts.sign_dmc"]
    allowed = get_objects_for_user(user, asking, Team, use_groups=False, any_perm=True, accept_global_perms=False)
    return allowed.select_related("parent")


def find_teams(user: User, words: str) -> QuerySet[Team]:
    """Teams for which this person may ask for a channel, and that every word fits, by name, borough or code."""
    teams = asking_for(user)
    for word in words.split()[:8]:
        teams = teams.filter(Q(name__icontains=word) | Q(parent__name__icontains=word) | Q(code__iexact=word))
    first = words.split()[0] if words.split() else ""
    begins = Case(When(name__istartswith=first, then=0), default=1)
    return teams.annotate(begins=begins, voices=Count("channels")).order_by("begins", "name", "code")


def speakers(channel: Channel, *, now: datetime) -> dict[str, list[Appointment]]:
    """Who does what for the channel today, by right: "submit_for", "draft_for" (only), "review_for", "connect"."""
    covering = [above.pk for above in channel.team.covering()]
    held = Appointment.objects.active(now).filter(team__in=covering, user__is_active=True)
    found: dict[str, list[Appointment]] = {perm: [] for perm in ("submit_for", "draft_for", "review_for", "connect")}
    for appointment in held.select_related("user", "team").order_by("user__last_name", "user__first_name"):
        perm = next((perm for perm in found if perm in ROLE_MAY[appointment.role].channel), None)
        if perm is not None:
            found[perm].append(appointment)
    return found
