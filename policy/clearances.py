"""What still goes out while a hold is on, asked for every post in its last moment (domain.md B.6).

H1: what was closed after it opened, or re-confirmed. H2: what the DMC agreed to after it opened. H3: what the DMC put
on the allow-list. H4: nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F, QuerySet, prefetch_related_objects

from accounts import audit, notices
from accounts.errors import Conflict
from accounts.models import Channel, User
from accounts.rights import require
from policy import holds
from policy.models import Clearance, Hold, Needs, Review
from policy.reading.folding import fold
from posts.models import Post, Target, Version

Level = Hold.Level
Ground = Clearance.Ground
ALLOW_LIST = (Ground.SAFETY, Ground.LEGAL, Ground.CORPORATE, Ground.CORRECTION)
ON_THE_WAY = (Post.State.IN_REVIEW, Post.State.APPROVED, Post.State.RELEASED)
RECONFIRM = "hold.reconfirm"


def obstacle(version: Version, channel: Channel, *, now: datetime) -> Hold | None:
    """The strictest hold that stops this version on this channel now, or None. One query where nothing is held."""
    for hold in holds.reaching(channel, now=now):
        if speaks_of(version, hold.topic) and not passes(hold, version, now=now):
            return hold
    return None


def passes(hold: Hold, version: Version, *, now: datetime) -> bool:
    """Whether `hold` lets this version through."""
    kept = Clearance.objects.filter(hold=hold, version=version).first()
    agreed = hold.level == Level.LOCAL and _agreed_since(hold, [version], now).exists()
    return _lets_through(hold, version, kept, agreed=agreed)


def _lets_through(hold: Hold, version: Version, kept: Clearance | None, *, agreed: bool) -> bool:
    """agreed: the DMC agreed to it after the hold was opened."""
    if hold.level == Level.STOP:
        return False
    if hold.level == Level.WATCH and version.sealed_at is not None and version.sealed_at > hold.opened_at:
        return True  # whoever sent it saw the bar
    if hold.level == Level.LOCAL and agreed:
        return True
    given = kept is not None and kept.given_at is not None and kept.fingerprint == version.fingerprint
    return given and (hold.level != Level.FORCE or kept.ground in ALLOW_LIST)


def speaks_of(version: Version, topic: str) -> bool:
    """Whether its words, or those of its pictures, hold one of the topic's words. No topic: everything does."""
    if not topic:
        return True
    said = [*version.texts.values(), *(picture.alt for picture in version.pictures.all())]
    read = fold("\n".join(said))[0].casefold()
    return any(_stem(word).search(read) for word in topic.split(","))


@transaction.atomic
def reconfirm(*, hold: Hold, post: Post, by: User, now: datetime) -> Clearance:
    """On a watch: it is still right to send this. By whoever may send it. Raises PermissionDenied, Conflict."""
    version = _standing(post)
    if hold.level != Level.WATCH:
        raise Conflict("Only the DMC clears a post for this hold. Ask for it instead.")
    for target in post.targets.select_related("channel"):
        require(by, "submit_for", target.channel)
    return _keep(hold, version, Ground.AGAIN, "", asked_by=by, given_by=by, now=now)


@transaction.atomic
def ask(*, hold: Hold, post: Post, ground: str, note: str = "", by: User, now: datetime) -> Clearance:
    """Mark a post as one that should go out nevertheless; the DMC answers. Raises PermissionDenied, Conflict."""
    version = _standing(post)
    _require_ground(hold, ground)
    for target in post.targets.select_related("channel"):
        require(by, "submit_for", target.channel)
    return _keep(hold, version, ground, note, asked_by=by, given_by=None, now=now)


@transaction.atomic
def give(*, hold: Hold, post: Post, ground: str, note: str = "", by: User, now: datetime) -> Clearance:
    """The DMC lets exactly this version through. Raises PermissionDenied (own words too), Conflict, ValidationError."""
    version = _standing(post)
    _require_ground(hold, ground)
    for target in post.targets.select_related("channel"):
        require(by, "review_dmc", target.channel)
    if by.pk == post.author_id or post.versions.filter(made_by=by).exists():
        raise PermissionDenied("Nobody clears their own words. Somebody else has to decide on this one.")
    return _keep(hold, version, ground, note, asked_by=by, given_by=by, now=now)


def affected(hold: Hold) -> QuerySet[Post]:
    """Everything on its way that the scope holds, whatever its topic; the soonest first."""
    spoken = holds.channels_in(hold.team, hold.channel).values("pk")
    posts = Post.objects.filter(pk__in=Target.objects.filter(channel__in=spoken).values("post"), state__in=ON_THE_WAY)
    return posts.select_related("current", "team__parent", "author").order_by("current__publish_at", "pk")


def grounds(hold: Hold) -> list[tuple[str, str]]:
    """The grounds on which the DMC clears a post for this hold."""
    some = {Level.STOP: (), Level.FORCE: ALLOW_LIST}.get(Level(hold.level), tuple(Ground))
    return [(ground.value, ground.label) for ground in some]


@dataclass(frozen=True)
class Row:
    """A post on its way and what the hold makes of it. kept: its clearance, asked for or given."""

    post: Post
    goes: bool
    kept: Clearance | None


def board(hold: Hold, posts: Iterable[Post], *, now: datetime) -> list[Row]:
    """What the hold makes of each of these posts; those it does not speak to are left out. Three queries."""
    known = [post for post in posts if post.current is not None]
    prefetch_related_objects(known, "current__pictures", "targets__channel")
    asked = {kept.version_id: kept for kept in hold.clearances.select_related("asked_by", "given_by")}
    agreed = set(_agreed_since(hold, [post.current for post in known], now).values_list("version", flat=True))
    rows = []
    for post in known:
        version = post.current
        if version is not None and speaks_of(version, hold.topic):
            kept = asked.get(version.pk)
            rows.append(Row(post, _lets_through(hold, version, kept, agreed=version.pk in agreed), kept))
    return rows


def _stem(word: str) -> re.Pattern[str]:
    """Beginning at a word's beginning: "stab" finds "stabbing", and "art" does not find "party"."""
    return re.compile(rf"\b{re.escape(fold(word)[0].strip().casefold())}")


def _agreed_since(hold: Hold, versions: Collection[Version], now: datetime) -> QuerySet[Review]:
    return Review.objects.filter(
        version__in=versions,
        fingerprint=F("version__fingerprint"),
        decision=Review.Decision.APPROVE,
        reach__in=(Needs.DMC, Needs.DMC_SECOND),
        at__gte=hold.opened_at,
        expires_at__gt=now,
    )


def _standing(post: Post) -> Version:
    """The post, locked, as it will go out. Raises Conflict when it is not on its way."""
    post.refresh_from_db(from_queryset=Post.objects.select_for_update(of=("self",)))
    if post.state not in ON_THE_WAY or post.current is None or post.current.sealed_at is None:
        raise Conflict("This post is not on its way, so there is nothing to clear. Nothing was changed.")
    return post.current


def _require_ground(hold: Hold, ground: str) -> None:
    if hold.level == Level.STOP:
        raise Conflict("Nothing goes out while this hold is on. It must be released first.")
    if ground not in Ground.values or (hold.level == Level.FORCE and ground not in ALLOW_LIST):
        raise ValidationError({"ground": "Choose why this must go out: the allow-list has four grounds."})


def _keep(
    hold: Hold, version: Version, ground: str, note: str, *, asked_by: User, given_by: User | None, now: datetime
) -> Clearance:
    if hold.released_at is not None and hold.released_at <= now:
        raise Conflict("This hold has been released, so the post needs no clearance. Nothing was changed.")
    facts = {"ground": ground, "note": note.strip()[:300], "fingerprint": version.fingerprint}
    answer = {"given_by": given_by, "given_at": now if given_by else None}
    kept, made = Clearance.objects.get_or_create(
        hold=hold, version=version, defaults={**facts, **answer, "asked_by": asked_by, "asked_at": now}
    )
    if not made:
        if kept.given_at is not None:
            raise Conflict(f"{kept.given_by} has cleared this already. Nothing was changed.")
        Clearance.objects.filter(pk=kept.pk).update(**facts, **answer)
        kept.refresh_from_db()
    action = "hold.cleared" if given_by else "hold.clearance_asked"
    audit.record(given_by or asked_by, action, version.post, now=now, hold=hold.pk, ground=ground)
    if given_by:
        notices.settle(about=version.post, kinds=[RECONFIRM], now=now)
    return kept
