"""Which channels and teams a person sees, and how far an author has come. Reads only."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Case, Count, Q, QuerySet, When

from accounts import held
from accounts.models import Appointment, Channel, Role, Stage, Team, User
from accounts.models.people import LONDON
from accounts.roles import ROLE_MAY
from accounts.statements import Question, Rows, Value
from accounts.training.standing import with_training

AUTHORS = (Role.SERGEANT, Role.CONTRIBUTOR)
MAY_ASK = ("sign_borough", "provision", "sign_dmc")  # for a channel


def visible_to(user: User) -> QuerySet[Channel]:
    """Every channel this person may know of."""
    return channels_for(user, "view_channel")


def channels_for(user: User, perm: str) -> QuerySet[Channel]:
    """The channels on which this person holds `perm` ("submit_for")."""
    return held.objects(user, perm, Channel).select_related("team__parent")


def holders(perm: str, *channels: Channel) -> QuerySet[User]:
    """The people who hold `perm` ("review_dmc") on any of these channels and may sign in."""
    return held.people(held.rows(Channel, perm).filter(object_pk__in=[str(channel.pk) for channel in channels]))


def holders_over(perm: str, team: Team) -> QuerySet[User]:
    """The people who hold `perm` ("sign_dmc") over this team and may sign in."""
    return held.people(held.rows(Team, perm).filter(object_pk=str(team.pk)))


def holding_anywhere(*perms: str) -> QuerySet[User, int]:
    """The keys of the people who hold any of these rights over at least one channel."""
    return held.people(held.rows(Channel, *perms)).order_by().values_list("pk", flat=True)


def teams_for(user: User, perm: str) -> QuerySet[Team]:
    """The teams on which this person holds `perm` ("provision")."""
    return held.objects(user, perm, Team).select_related("parent")


_STANDING = Rows(
    lambda: (
        Appointment.objects.counting(Value("now", Appointment, "ended_at"), Value("today", Appointment, "starts_on"))
        .filter(user=Value("user", User), role__in=AUTHORS)
        .order_by()
        .values_list("stage", "stage_until", "team")
    )
)


def question_of_stage(user: User, now: datetime) -> Question:
    """What `stage_of` asks first."""
    return _STANDING.of(user=user.pk, now=now, today=now.astimezone(LONDON).date())


def stage_of(user: User, team: Team, now: datetime) -> Stage:
    """The lowest stage among this author's active appointments that cover the team; probation when there is none, and
    for a trusted author while their training does not stand or their stage waits to be renewed.
    """
    covering, today = {above.pk for above in team.covering()}, now.astimezone(LONDON).date()
    standing = question_of_stage(user, now).answer()
    stages = {Stage(stage).on(today, until) for stage, until, place in standing if place in covering}
    lowest = min(stages, key=lambda stage: stage.rank, default=Stage.PROBATION)
    return with_training(lowest, user, now)


def counts(channels: QuerySet[Channel]) -> dict[str, int]:
    """How many there are in each state; states without a channel are left out."""
    found = channels.order_by().values_list("state").annotate(number=Count("pk"))
    return dict(found)


def unsafe(channels: QuerySet[Channel]) -> QuerySet[Channel]:
    """Those through which nothing can go out although it should: broken ones first, then those never connected."""
    return unwell(channels).order_by("state", "team__name", "team", "-network", "handle")


def launched(channels: QuerySet[Channel]) -> QuerySet[Channel]:
    """Those that the public has met: past their last gate, closed ones included."""
    return channels.exclude(life__in=[*Channel.BEFORE_LAUNCH, Channel.Life.REFUSED])


def unwell(channels: QuerySet[Channel]) -> QuerySet[Channel]:
    """Launched, and without a login that works."""
    return (
        launched(channels).exclude(life=Channel.Life.CLOSED).filter(state__in=[Channel.State.BROKEN, Channel.State.NEW])
    )


def red_for(user: User) -> list[Channel]:
    """Those this person writes for through which nothing goes out although it should, a dozen at most. One query."""
    dead = Q(life__in=Channel.MAY_SPEAK, state=Channel.State.BROKEN) | Q(life__in=Channel.STOPPED)
    return list(channels_for(user, "draft_for").filter(dead).order_by("team__name", "-network", "pk")[:12])


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
    return held.objects(user, MAY_ASK, Team).select_related("parent")


def find_teams(user: User, words: str) -> QuerySet[Team]:
    """Teams for which this person may ask for a channel, and that every word fits, by name, borough or code."""
    return narrowed(asking_for(user), words)


def narrowed(teams: QuerySet[Team], words: str) -> QuerySet[Team]:
    """Those that every word fits, by name, borough or code; the ones that begin with it first."""
    for word in words.split()[:8]:
        teams = teams.filter(Q(name__icontains=word) | Q(parent__name__icontains=word) | Q(code__iexact=word))
    first = words.split()[0] if words.split() else ""
    begins = Case(When(name__istartswith=first, then=0), default=1)
    return teams.annotate(begins=begins, voices=Count("channels")).order_by("begins", "name", "code")


def speakers(channel: Channel, *, now: datetime) -> dict[str, list[Appointment]]:
    """Who does what for the channel today, by right: "submit_for", "draft_for" (only), "review_for", "review_peer",
    "connect"."""
    covering = [above.pk for above in channel.team.covering()]
    standing = Appointment.objects.active(now).filter(team__in=covering, user__is_active=True)
    perms = ("submit_for", "draft_for", "review_for", "review_peer", "connect")
    found: dict[str, list[Appointment]] = {perm: [] for perm in perms}
    for appointment in standing.select_related("user", "team").order_by("user__last_name", "user__first_name"):
        perm = next((perm for perm in found if perm in ROLE_MAY[appointment.role].channel), None)
        if perm is not None:
            found[perm].append(appointment)
    return found
