"""The fingerprint: what an approval is of. Any change of any part gives another one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from posts.models import Version, VersionPicture


def digest(
    *,
    texts: Mapping[str, str],
    pictures: Sequence[tuple[str, str] | tuple[str, str, Mapping[str, str]]],
    channels: Iterable[int],
    publish_at: datetime | None,
    send_within: int,
) -> str:
    """SHA-256, hex, over canonical JSON: sorted keys, no spaces, ASCII only, the moment in UTC.

    texts: {"<channel pk>": text}. pictures: (sha256 of the bytes, alt text, what the author says of it) in order, the
    last left out where it was never asked; the order of channels and of the texts' keys does not matter.
    """
    parts = {
        "texts": dict(texts),
        "pictures": [list(picture) for picture in pictures],
        "channels": sorted(channels),
        "publish_at": publish_at.astimezone(UTC).isoformat() if publish_at else None,
        "send_within": send_within,
    }
    canonical = json.dumps(parts, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()


def fingerprint(version: Version) -> str:
    """Of the version as its rows stand now, and of the channels its post has now: an added channel changes it too."""
    return digest(
        texts=version.texts,
        pictures=[_part(picture) for picture in version.shown()],
        channels=[target.channel_id for target in version.post.targets.all()],
        publish_at=version.publish_at,
        send_within=version.send_within,
    )


def _part(picture: VersionPicture) -> tuple[str, str] | tuple[str, str, Mapping[str, str]]:
    sha256 = picture.media.sha256
    return (sha256, picture.alt) if picture.answers is None else (sha256, picture.alt, picture.answers)
