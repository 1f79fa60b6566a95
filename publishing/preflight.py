"""Look ahead: a day, an hour and ten minutes before its time, is everything ready? Kept, and told while it helps.

Nothing here stops a post: `fitness` asks the same at the last moment and does. This only says so early.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TypedDict

from django.db import transaction

from accounts import audit, logins
from accounts.models import Channel
from platforms import errors
from platforms.registry import capabilities
from policy import approvals, clearances, review
from posts import pictures
from posts.models import Post, Target, Version
from publishing import money, pausing, repeats, telling
from publishing.models import Kind, Preflight

What = Preflight.What
# A login that has proved itself so lately is not asked again: each question is a priced call.
PROVED_LASTS = timedelta(minutes=30)


class Problem(TypedDict):
    what: str
    words: str


def look_ahead(*, post: Post, ahead: str, now: datetime) -> list[Preflight]:
    """One look at every channel of the post, kept once per version and moment. Several requests may leave."""
    version = post.current
    if version is None or post.state not in (Post.State.APPROVED, Post.State.RELEASED):
        return []
    targets = post.targets.select_related("channel__team__parent__parent")
    return [look(target=target, version=version, ahead=ahead, now=now) for target in targets]


def look(*, target: Target, version: Version, ahead: str, now: datetime, media: str = "") -> Preflight:
    """One channel's readiness. media: trouble that staging the pictures has just met, in words."""
    problems = [*_channel_problems(target.channel, now), *_version_problems(target, version, now)]
    problems += [Problem(what=What.MEDIA, words=media)] if media else []
    with transaction.atomic():
        known = _told_before(target, version)
        row, made = Preflight.objects.get_or_create(
            version=version, target=target, ahead=ahead, defaults={"problems": problems, "at": now}
        )
        found = {problem["what"] for problem in problems}
        if made and found:
            audit.record(None, "post.not_ready", target.post, now=now, ahead=ahead, problems=sorted(found))
        if made:
            telling.tell_ready(row, known - found, now=now)
            telling.tell_not_ready(row, found - known, now=now)
    return row


def _told_before(target: Target, version: Version) -> set[str]:
    """What the last look at this version found: told then, and not told again."""
    last = Preflight.objects.filter(target=target, version=version).order_by("-at", "-pk").first()
    return {problem["what"] for problem in last.problems} if last else set()


def _channel_problems(channel: Channel, now: datetime) -> Iterator[Problem]:
    """Does its login still work, may it publish, and is the account still the one we know?"""
    if channel.is_live and channel.verified_at and channel.verified_at > now - PROVED_LASTS:
        return
    try:
        identity = logins.network_for(channel, now=now).verify()
    except errors.LoginExpired as trouble:
        logins.note(channel=channel, trouble=trouble, now=now)
        yield Problem(what=What.CREDENTIAL, words=trouble.reason)
        return
    except errors.Refused as trouble:
        logins.note(channel=channel, trouble=trouble, now=now)
        yield Problem(what=What.PROFILE, words=trouble.reason)
        return
    except errors.PlatformError as trouble:
        pausing.note(network=channel.network, trouble=trouble, now=now)
        yield Problem(what=What.CREDENTIAL, words=f"It could not be asked: {trouble.reason}")
        return
    money.spend(Kind.USER, 1, channel=channel, now=now)
    if identity.problems:
        logins.mark_broken(channel=channel, reason=" ".join(identity.problems), now=now)
    yield from (Problem(what=What.PERMISSION, words=words) for words in identity.problems)
    if channel.external_id and channel.external_id != identity.external_id:
        yield Problem(what=What.PROFILE, words=logins.mismatch(channel, identity))
    elif identity.may_publish:
        logins.mark_proved(channel=channel, now=now)


def _version_problems(target: Target, version: Version, now: datetime) -> Iterator[Problem]:
    if not target.channel.may_speak:
        stage = target.channel.get_life_display().lower()
        yield Problem(what=What.PROFILE, words=f"{target.channel} is “{stage}”: nothing goes out there.")
    yield from (Problem(what=What.MEDIA, words=words) for words in _picture_problems(target.channel, version))
    at = max(version.publish_at or now, now)
    agreed = approvals.approval(version, now=at)
    if agreed is None:
        yield Problem(what=What.VERDICT, words="Its approval will have run out by then. Ask for a new one.")
    elif not approvals.covers(agreed, review.foresee(version=version, now=at)):
        yield Problem(what=What.VERDICT, words="The policy check will no longer allow it. Change the words.")
    if repeats.repeated(version, [target.channel], at=at) is not None:
        yield Problem(what=What.VERDICT, words=repeats.words(target.channel))
    hold = clearances.obstacle(version, target.channel, now=now)
    if hold is not None:
        yield Problem(what=What.HOLD, words=f"A hold is in force: {hold.reason}")


def _picture_problems(channel: Channel, version: Version) -> Iterator[str]:
    allowed = capabilities(channel.network)
    held = list(version.pictures.select_related("media"))
    if len(held) > allowed.max_pictures:
        yield f"{channel.get_network_display()} takes {allowed.max_pictures} pictures at most."
    for picture in held:
        media, name = picture.media, picture.media.original_name
        if media.mime not in allowed.picture_types or media.size > allowed.max_picture_bytes:
            yield f"{channel.get_network_display()} does not take the picture “{name}”: its kind or its size."
        try:
            pictures.read(media)
        except OSError:
            yield f"The picture “{name}” is no longer exactly as it was approved."
