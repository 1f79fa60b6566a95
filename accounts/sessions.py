"""Where people are signed in, and the end of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from accounts import audit, second_factor
from accounts.channels import teams_for
from accounts.models import Appointment, User

TOUCH_AFTER = timedelta(minutes=5)  # how exactly the console knows when somebody was last seen
BROWSERS = (("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
DEVICES = (
    ("iPhone", "an iPhone"), ("iPad", "an iPad"), ("Android", "Android"), ("Windows", "Windows"),
    ("Macintosh", "a Mac"), ("Linux", "Linux"),
)  # fmt: skip


class Place(NamedTuple):
    """One sign-in as a person reads it."""

    pk: int
    device: str
    ip: str
    since: datetime
    seen: datetime
    current: bool


def places_of(user: User, *, current: str, now: datetime) -> list[Place]:
    """Every sign-in of this person that still opens the door, the one that asks first. current: its session's key."""
    standing = _standing(now).filter(user=user).order_by("-last_seen_at")
    places = [
        Place(one.pk, describe(one.user_agent), one.ip, one.created_at, one.last_seen_at, one.session_key == current)
        for one in standing
    ]
    return sorted(places, key=lambda place: not place.current)


def describe(user_agent: str) -> str:
    """ "Chrome on Windows"; "an unknown browser" where it says nothing we know."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "an unknown browser")
    device = next((name for mark, name in DEVICES if mark in user_agent), "")
    return f"{browser} on {device}" if device else browser


def signed_in(by: User, *, now: datetime) -> QuerySet[User]:
    """Who of the people that `by` may end sessions of is signed in: with `places` and `seen`, the last seen first."""
    mine = Appointment.objects.filter(team__in=teams_for(by, "end_sessions").order_by().values("pk"))
    open_ones = Q(usersession__in=_standing(now).order_by().values("pk"))
    people = User.objects.filter(Exists(mine.filter(user=OuterRef("pk"))) | Q(pk=by.pk))
    counted = people.annotate(
        places=Count("usersession", filter=open_ones), seen=Max("usersession__last_seen_at", filter=open_ones)
    )
    return counted.filter(places__gt=0).order_by("-seen", "pk")


def within_reach(by: User) -> QuerySet[User]:
    """Everybody who is or was appointed to a team over which `by` may end sessions."""
    mine = Appointment.objects.filter(team__in=teams_for(by, "end_sessions").order_by().values("pk"))
    return User.objects.filter(Exists(mine.filter(user=OuterRef("pk"))))


@transaction.atomic
def end(*, user: User, by: User, reason: str, now: datetime, keep: str = "") -> int:
    """Sign this person out everywhere. Returns how many places.

    keep: the key of one session that stays. Raises PermissionDenied for another person's without `end_sessions` over
    one of their teams, ValidationError without a reason for it.
    """
    if by != user:
        _may(by, user)
        _says_why(reason)
    ended = _end([user.pk], keep=keep)
    audit.record(by, "sessions.ended", user, now=now, places=ended, reason=reason)
    if by != user:
        second_factor.tell(user, f"{by.display_name} signed you out everywhere: {reason}", now=now)
    return ended


@transaction.atomic
def end_one(*, session: UserSession, by: User, now: datetime) -> None:
    """End one of one's own. Raises PermissionDenied."""
    if session.user_id != by.pk:
        raise PermissionDenied("That session is somebody else's.")
    Session.objects.filter(session_key=session.session_key).delete()
    session.delete()
    audit.record(by, "sessions.ended", by, now=now, places=1, reason="")


@transaction.atomic
def take_factor_away(*, user: User, by: User, reason: str, now: datetime) -> None:
    """For somebody who lost their phone and their codes: they sign in with the password and set up a new one.

    Signs them out everywhere. Raises PermissionDenied for oneself or without `end_sessions` over every team that they
    are appointed to today: the sign-in opens all of them. ValidationError without a reason.
    """
    if by == user:
        raise PermissionDenied("Somebody else must take your second factor away.")
    _may(by, user)
    if not looks_after_all(by, user, now=now):
        raise PermissionDenied("They have other teams as well: somebody who looks after all of them does it.")
    _says_why(reason)
    gone, _ = Authenticator.objects.filter(user=user).delete()
    ended = _end([user.pk])
    audit.record(by, "second_factor.taken_away", user, now=now, authenticators=gone, places=ended, reason=reason)
    second_factor.tell(user, f"{by.display_name} took your second factor away: {reason}", now=now)


def looks_after_all(by: User, user: User, *, now: datetime) -> bool:
    """Whether `by` may end sessions over every team that this person is appointed to today."""
    mine = teams_for(by, "end_sessions").order_by().values("pk")
    return not Appointment.objects.active(now).filter(user=user).exclude(team__in=mine).exists()


def end_of_all(people: Iterable[int], *, now: datetime) -> None:
    """Their last appointment ended: they are signed out everywhere, by the console. Call it in that transaction."""
    signed = UserSession.objects.filter(user__in=list(people)).order_by().values_list("user", flat=True).distinct()
    for user in User.objects.filter(pk__in=list(signed)):
        ended = _end([user.pk])
        audit.record(None, "sessions.ended", user, now=now, places=ended, reason="The last appointment ended.")


def touch(key: str, *, now: datetime) -> None:
    """This session was seen now."""
    UserSession.objects.filter(session_key=key).update(last_seen_at=now)


def forget(*, now: datetime) -> int:
    """Where nobody is signed in any more, no address and no browser is kept. Returns how many were forgotten."""
    Session.objects.filter(expire_date__lte=now).delete()
    return UserSession.objects.exclude(pk__in=_standing(now).order_by().values("pk")).delete()[0]


def _standing(now: datetime) -> QuerySet[UserSession]:
    live = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=now)
    return UserSession.objects.filter(Exists(live))


def _end(people: list[int], *, keep: str = "") -> int:
    found = UserSession.objects.filter(user__in=people).exclude(session_key=keep)
    Session.objects.filter(session_key__in=found.values("session_key")).delete()
    return found.delete()[0]


def _may(by: User, user: User) -> None:
    if not within_reach(by).filter(pk=user.pk).exists():
        raise PermissionDenied("You may not end this person's sessions.")


def _says_why(reason: str) -> None:
    if len(reason.strip()) < 5:
        raise ValidationError({"reason": "Say why, in a few words: the person reads it."})
