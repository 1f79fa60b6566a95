"""Writing: draft, revise, seal, copy. Nobody's words are lost, whoever saves second."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F

from accounts import audit, rights
from accounts.errors import Conflict
from accounts.models import Channel, Team, User
from posts import belonging, versions, wording
from posts.declarations import Answers
from posts.models import Post, Target, Version
from posts.wording import Placed, Wording


class Overtaken(Conflict):
    """Somebody saved first. `theirs` is what stands now; `mine`, the late words, is kept beside it as an aside."""

    def __init__(self, sentence: str, *, theirs: Version, mine: Version) -> None:
        super().__init__(sentence)
        self.theirs = theirs
        self.mine = mine


class BegunAlready(Conflict):
    """The same empty page has made `post` in this very moment."""

    def __init__(self, post: Post) -> None:
        super().__init__("This page has begun an update already.")
        self.post = post


def begun(key: UUID | None, *, by: User) -> Post | None:
    """What this person began on the empty page of that key, if anything."""
    return Post.objects.filter(author=by, begun_as=key).first() if key else None


def draft(
    *,
    channels: Iterable[Channel],
    texts: Mapping[int, str],
    publish_at: datetime | None = None,
    send_within: int = settings.SEND_BY_MINUTES,
    template: str = "",
    key: UUID | None = None,
    left: bool = False,
    by: User,
    now: datetime,
) -> Post:
    """Begin a post. texts: {channel pk: text}. send_within: minutes after `publish_at`. template: what it began from.
    key: of the empty page, which begins one post; left: that page is left, so what it still sends by itself is late.

    Raises ValidationError (no channel, channels of several teams, a time that has passed), PermissionDenied, and
    BegunAlready, which `begun` foretells but for two at once.
    """
    chosen = list(channels)
    said = wording.compose(
        channels=chosen, texts=texts, publish_at=publish_at, send_within=send_within, template=template
    )
    team = _one_team(chosen)
    _refuse_past(publish_at, None, now)
    _require(by, chosen)
    with transaction.atomic():
        post = _begin(team, key, left=left, by=by, now=now)
        _retarget(post, chosen)
        versions.begin(post, said, by=by, now=now)
        audit.record(by, "post.drafted", post, now=now, channels=[channel.pk for channel in chosen])
    return post


def revise(
    *,
    post: Post,
    revision: int,
    channels: Iterable[Channel],
    texts: Mapping[int, str],
    alts: Mapping[int, str],
    publish_at: datetime | None,
    send_within: int,
    by: User,
    now: datetime,
    answers: Mapping[int, Answers] = MappingProxyType({}),
) -> Post:
    """Save. `revision` is the one the writer began from; alts: {media pk: alt text}, in the order shown; answers:
    {media pk: what the author says of it}; pictures not named stay as they are.

    A post in review or approved goes back to draft with a new version. Saving what already stands changes nothing.
    Raises PermissionDenied to those who may not write here, or may not send, where it is approved. Raises Overtaken
    when somebody saved first or the post is on its way: the late words are kept then, unless the caller rolls back a
    transaction of its own around this.
    """
    chosen = list(channels)
    _one_team(chosen)
    with transaction.atomic():
        row = versions.lock(post)
        current = versions.current_of(row)
        _require(by, chosen, row)
        said = wording.compose(
            channels=chosen,
            texts=texts,
            pictures=versions.arrange(current, alts, answers),
            publish_at=publish_at,
            send_within=send_within,
            template=current.template,
        )
        late = None if said == wording.of(current) else _settle(row, said, revision, chosen, by=by, now=now)
    post.refresh_from_db()
    if late is not None:
        raise Overtaken(_who_was_first(row, current), theirs=current, mine=late)
    return post


def seal(*, post: Post, now: datetime) -> Version:
    """Freeze the working copy and write its fingerprint. A sealed one is given back as it is.

    Raises ValidationError when there is nothing to say, nowhere to say it, or its time has passed.
    """
    with transaction.atomic():
        row = versions.lock(post)
        version = versions.current_of(row)
        check_complete(row, version, now)
        if version.sealed_at is None:
            versions.freeze(version, now)
            # Whoever has the page still open finds out at the next save that it was sent on.
            Post.objects.filter(pk=row.pk).update(revision=F("revision") + 1)
    post.refresh_from_db()
    return version


def copy(*, post: Post, by: User, now: datetime) -> Post:
    """The same words and pictures as a new draft without a time, on those of its channels that `by` may write for.

    Raises PermissionDenied when there is none. The only way to say again what was sent.
    """
    channels = [target.channel for target in post.targets.select_related("channel__team")]
    mine = [channel for channel in channels if _may_draft(by, channel)]
    if not mine:
        raise PermissionDenied
    with transaction.atomic():
        source = versions.current_of(post)
        texts = {channel.pk: source.text_for(channel) for channel in mine}
        kept = {"send_within": source.send_within, "template": source.template}
        fresh = draft(channels=mine, texts=texts, **kept, by=by, now=now)
        about = post.priority if post.priority and post.priority.is_open else None
        Post.objects.filter(pk=fresh.pk).update(copied_from=post, priority=about)
        versions.place(versions.current_of(fresh), _copied_pictures(source, fresh))
        audit.record(by, "post.copied", fresh, now=now, copied_from=post.pk)
    fresh.refresh_from_db()
    return fresh


# ---- rules -----------------------------------------------------------------------------------------------------


def _one_team(channels: list[Channel]) -> Team:
    teams = {channel.team_id: channel.team for channel in channels}
    if not teams:
        raise ValidationError("Choose at least one channel.", code="channels")
    if len(teams) > 1:
        raise ValidationError("Choose channels of one team: a post speaks for one team only.", code="channels")
    if any(channel.state == Channel.State.CLOSED for channel in channels):
        raise ValidationError("One of these channels is closed. Choose another.", code="channels")
    return next(iter(teams.values()))


def _refuse_past(publish_at: datetime | None, before: datetime | None, now: datetime) -> None:
    """A past time is an error, never "now". One that stood already may stay while the words are mended."""
    if publish_at is not None and publish_at <= now and publish_at != before:
        raise ValidationError("That time has passed. Choose a time that is still to come.", code="when")


def check_complete(post: Post, version: Version, now: datetime) -> None:
    """Raises ValidationError (code channels, text or when) while the post cannot be sent on its way."""
    if not post.targets.exists():
        raise ValidationError("Choose at least one channel.", code="channels")
    if not all(map(wording.says_something, version.texts.values())) and not version.pictures.exists():
        raise ValidationError("Write something for every channel, or add a picture.", code="text")
    _refuse_past(version.publish_at, None, now)


def _require(by: User, channels: list[Channel], post: Post | None = None) -> None:
    """May `by` write for these and, where the post exists, for those it has now (or nobody could be left out)?"""
    standing = [target.channel for target in post.targets.select_related("channel")] if post else []
    for channel in {channel.pk: channel for channel in (*channels, *standing)}.values():
        rights.require(by, "draft_for", channel)


def _may_draft(by: User, channel: Channel) -> bool:
    return channel.state != Channel.State.CLOSED and by.has_perm("accounts.draft_for", channel)


# ---- moves -----------------------------------------------------------------------------------------------------


def _settle(
    post: Post, said: Wording, revision: int, channels: list[Channel], *, by: User, now: datetime
) -> Version | None:
    """Write `said` as the current words, or keep it as an aside and give that back when somebody was first."""
    if not versions.count_save(post, revision, now):
        return versions.keep_aside(post, said, by=by, now=now)
    _refuse_past(said.publish_at, versions.current_of(post).publish_at, now)
    version = versions.open_copy(post=post, by=by, now=now)
    team = _one_team(channels)
    Post.objects.filter(pk=post.pk).update(team=team)
    belonging.move(post=post, team=team, by=by, now=now)
    _retarget(post, channels)
    versions.write(version, said, now=now)
    return None


def _begin(team: Team, key: UUID | None, *, left: bool, by: User, now: datetime) -> Post:
    try:
        with transaction.atomic():
            return Post.objects.create(
                team=team, author=by, begun_as=key, revision=int(left), created_at=now, updated_at=now
            )
    except IntegrityError:
        post = begun(key, by=by)
        if post is None:
            raise
        raise BegunAlready(post) from None


def _retarget(post: Post, channels: list[Channel]) -> None:
    known = Target.every.filter(post=post)
    known.exclude(channel__in=channels).update(dropped=True)
    known.filter(channel__in=channels).update(dropped=False)
    there = set(known.values_list("channel", flat=True))
    Target.objects.bulk_create(Target(post=post, channel=channel) for channel in channels if channel.pk not in there)


def _copied_pictures(source: Version, post: Post) -> list[Placed]:
    """Rows of its own for the new post; the bytes are shared, since they are kept by their hash and never change.

    What was said of a picture was said of it then: it is asked again.
    """
    copied = []
    for picture in source.pictures.select_related("media"):
        media = picture.media
        media.pk, media.post, media.withdrawn_at, media._state.adding = None, post, None, True
        media.barred_why, media.barred_by = "", None  # its look still tells: the check knows it again
        media.save(force_insert=True)
        copied.append(Placed(media.pk, picture.alt, ()))
    return copied


def _who_was_first(post: Post, current: Version) -> str:
    if post.state not in versions.EDITABLE:
        return "This post is already on its way, so it was not changed. Your words are kept on its page."
    return f"{current.made_by.display_name} saved first. Both texts are kept: choose which one stands."
