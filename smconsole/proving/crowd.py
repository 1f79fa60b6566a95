"""Many channels and approved posts at once, as the verbs would have left them, in a handful of statements."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from accounts import logins, vault
from accounts.models import Appointment, Channel, Credential, Role, Stage, Team, User
from platforms.base import Credentials
from policy.law import DELIVERED
from policy.models import Needs, Verdict
from posts import imaging, pictures
from posts.fingerprint import digest
from posts.models import Media, Post, Target, Version, VersionPicture
from smconsole.demonstration.pictures import draw
from smconsole.demonstration.simulation import Simulation

ALT = "A drawing of a street with trees"


def voices(count: int, *, prefix: str, now: datetime) -> list[Channel]:
    """`count` connected channels, on X and Facebook in turn, two to a ward, all with one trusted author."""
    kinds = Team.Kind
    force, _ = Team.objects.get_or_create(code="FORCE", defaults={"kind": kinds.FORCE, "name": "The force"})
    borough = Team.objects.create(kind=kinds.BOROUGH, code=f"B{prefix}", name=f"Borough {prefix}", parent=force)
    wards = Team.objects.bulk_create(
        Team(kind=kinds.WARD, code=f"W{prefix}{number}", name=f"Ward {prefix} {number}", parent=borough)
        for number in range((count + 1) // 2)
    )
    author, _ = User.objects.get_or_create(username="author", defaults={"first_name": "A", "last_name": "Author"})
    since = (now - timedelta(days=30)).date()
    facts = {"role": Role.SERGEANT, "stage": Stage.TRUSTED, "starts_on": since, "made_at": now}
    Appointment.objects.bulk_create(Appointment(user=author, team=ward, **facts) for ward in wards)
    simulation = Simulation(settings.PLATFORMS)
    made = [_voice(number, wards[number // 2], prefix, simulation, now) for number in range(count)]
    channels = Channel.objects.bulk_create(channel for channel, _ in made)
    Credential.objects.bulk_create(
        Credential(channel=channel, sealed=vault.seal(logins.pack(login)), kind=login.kind, stored_at=now)
        for channel, (_, login) in zip(channels, made, strict=True)
    )
    return channels


def _voice(number: int, ward: Team, prefix: str, simulation: Simulation, now: datetime) -> tuple[Channel, Credentials]:
    network = Channel.Network.FACEBOOK if number % 2 else Channel.Network.X
    handle, name = f"{prefix}{number}", f"Ward {prefix} {number}"
    identity = simulation.open_account(network=network, handle=handle, name=name)
    login = simulation.credentials(network=network, account=identity.external_id)
    facts: dict[str, Any] = {"state": Channel.State.LIVE, "verified_at": now, "created_at": now}
    return Channel(
        network=network, team=ward, handle=handle, name=name, external_id=identity.external_id, **facts
    ), login


def approved_posts(
    channels: Sequence[Channel],
    moments: Sequence[datetime],
    *,
    pictures_every: int,
    send_within: int,
    now: datetime,
    first: int = 0,
) -> None:
    """One approved post for each moment, on the channels in turn; every so many with a picture (0: none).

    first: the number of the first, where earlier ones are there already: no two have the same words.
    """
    author = User.objects.get(username="author")
    voice = [channels[number % len(channels)] for number in range(len(moments))]
    stamps = {"created_at": now, "updated_at": now}
    posts = Post.objects.bulk_create(
        Post(team=channel.team, author=author, state=Post.State.APPROVED, **stamps) for channel in voice
    )
    Target.objects.bulk_create(Target(post=post, channel=channel) for post, channel in zip(posts, voice, strict=True))
    shown = {number for number in range(len(posts)) if pictures_every and number % pictures_every == 0}
    picture = imaging.picture_from(draw("street"))
    versions = Version.objects.bulk_create(
        _version(
            first + number,
            post,
            voice[number],
            moments[number],
            send_within,
            picture.sha256 if number in shown else "",
            now,
        )
        for number, post in enumerate(posts)
    )
    for post, version in zip(posts, versions, strict=True):
        post.current = version
    Post.objects.bulk_update(posts, ["current"], batch_size=500)
    _show(picture, [versions[number] for number in sorted(shown)], now)
    said = {"moment": Verdict.Moment.SUBMIT, "needs": Needs.NOBODY, "rules_version": DELIVERED.version, "at": now}
    Verdict.objects.bulk_create(Verdict(version=version, **said) for version in versions)


def words(number: int) -> str:
    """Six figures, or one of them would be 911, which the check takes for the wrong emergency number."""
    return f"Update {number:06d} from the ward team. See met.police.uk & tell us <more>."


def _version(
    said: int, post: Post, channel: Channel, at: datetime, send_within: int, sha256: str, now: datetime
) -> Version:
    texts = {str(channel.pk): words(said)}
    shape = {"texts": texts, "publish_at": at, "send_within": send_within}
    sealed = digest(pictures=[(sha256, ALT)] if sha256 else [], channels=[channel.pk], **shape)
    made = {"number": 1, "made_by": post.author, "made_at": now, "sealed_at": now, "fingerprint": sealed}
    return Version(post=post, **shape, **made)


def _show(picture: imaging.Picture, versions: Sequence[Version], now: datetime) -> None:
    path = pictures.store(picture) if versions else ""
    size = {"width": picture.width, "height": picture.height, "size": len(picture.content)}
    facts = {"file": path, "sha256": picture.sha256, "mime": picture.mime, "original_name": "street.jpg", **size}
    media = Media.objects.bulk_create(
        Media(post=version.post, uploaded_by=version.made_by, uploaded_at=now, **facts) for version in versions
    )
    VersionPicture.objects.bulk_create(
        VersionPicture(version=version, media=kept, position=0, alt=ALT)
        for version, kept in zip(versions, media, strict=True)
    )
