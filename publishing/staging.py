"""Pictures go to the network before the minute, so that the minute itself needs one request. Repeatable."""

from __future__ import annotations

from datetime import datetime, timedelta

from platforms.base import Network, Outgoing, Picture, Staged
from platforms.errors import Refused
from posts import pictures
from posts.models import VersionPicture
from publishing import money
from publishing.models import Delivery, Kind, StagedPicture

# A staged picture is used only while the network will surely still know it.
MARGIN = timedelta(minutes=5)


def stage(*, delivery: Delivery, network: Network, now: datetime) -> None:
    """Give the network every picture it does not hold yet. Nothing becomes public. Raises platforms.errors."""
    shown = delivery.version.shown()
    if not shown:
        return
    held = {kept.position for kept in delivery.staged.all() if not kept.expires_at or kept.expires_at > now + MARGIN}
    missing = [picture for picture in shown if picture.position not in held]
    for picture in missing:
        _keep(delivery, picture, network.stage(_picture(picture)), now)
    money.spend(Kind.MEDIA, sum(bool(picture.alt) for picture in missing), channel=delivery.channel, now=now)


def outgoing(delivery: Delivery) -> Outgoing:
    """The approved words for this channel and the pictures as the network holds them, in order."""
    text = delivery.version.text_for(delivery.channel)
    kept = delivery.staged.order_by("position") if delivery.version.shown() else ()
    return Outgoing(text=text, pictures=tuple(Staged(one.remote_id, one.expires_at) for one in kept))


def _picture(picture: VersionPicture) -> Picture:
    media = picture.media
    try:
        content = pictures.read(media)
    except OSError as lost:
        raise Refused("A picture is no longer exactly as it was approved, so nothing was sent.") from lost
    return Picture(data=content, mime=media.mime, alt=picture.alt, name=f"picture-{picture.position}")


def _keep(delivery: Delivery, picture: VersionPicture, staged: Staged, now: datetime) -> None:
    """The first that is held stays: a second attempt must use the same one, for the network knows it by its id."""
    facts = {"media": picture.media, "remote_id": staged.remote_id, "expires_at": staged.expires_at, "staged_at": now}
    held, made = StagedPicture.objects.get_or_create(delivery=delivery, position=picture.position, defaults=facts)
    if not made and held.expires_at is not None and held.expires_at <= now + MARGIN:
        StagedPicture.objects.filter(pk=held.pk).update(**facts)
