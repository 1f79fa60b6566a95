"""What changed between two versions, word by word. Pure, apart from reading the versions' rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher

from accounts.models import Channel
from policy.models import Submission
from posts.models import Version

_WORDS = re.compile(r"\S+\s*|\s+")
# Beyond this many words the common ones are skipped while matching: a page must not wait for a perfect answer.
_LONG = 800


@dataclass(frozen=True)
class Piece:
    """A stretch of words. kind: "same", "added" or "removed"."""

    kind: str
    text: str


@dataclass(frozen=True)
class ChannelChange:
    """One channel's text then and now."""

    channel: Channel
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Changes:
    """What is different from `before`. texts: channels whose words changed; facts: the rest, in sentences."""

    before: Version
    reviewed: bool
    texts: tuple[ChannelChange, ...]
    facts: tuple[str, ...]
    moved: tuple[datetime | None, datetime | None] | None

    def __bool__(self) -> bool:
        return bool(self.texts or self.facts or self.moved)


def compare(before: str, after: str) -> list[Piece]:
    """The words of both, in reading order. "same" and "added" give `after`; "same" and "removed" give `before`."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=max(len(old), len(new)) > _LONG)
    pieces: list[Piece] = []
    for kind, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if kind == "equal":
            pieces.append(Piece("same", "".join(new[new_start:new_end])))
            continue
        removed, added = "".join(old[old_start:old_end]), "".join(new[new_start:new_end])
        pieces += [Piece(name, text) for name, text in (("removed", removed), ("added", added)) if text]
    return pieces


def since_last_seen(version: Version, channels: Sequence[Channel]) -> Changes | None:
    """Against the last version a reviewer saw, else the last that was closed. None when there is none."""
    before, reviewed = _before(version)
    if before is None:
        return None
    return Changes(
        before=before,
        reviewed=reviewed,
        texts=tuple(_texts(before, version, channels)),
        facts=tuple(_facts(before, version, channels)),
        moved=(before.publish_at, version.publish_at) if before.publish_at != version.publish_at else None,
    )


def _before(version: Version) -> tuple[Version | None, bool]:
    earlier = version.post.versions.filter(number__lt=version.number, sealed_at__isnull=False, aside=False)
    seen = earlier.filter(pk__in=Submission.objects.values("version")).order_by("-number").first()
    return (seen, True) if seen else (earlier.order_by("-number").first(), False)


def _texts(before: Version, after: Version, channels: Sequence[Channel]) -> Iterator[ChannelChange]:
    for channel in channels:
        if str(channel.pk) in before.texts and before.text_for(channel) != after.text_for(channel):
            yield ChannelChange(channel, tuple(compare(before.text_for(channel), after.text_for(channel))))


def _facts(before: Version, after: Version, channels: Sequence[Channel]) -> Iterator[str]:
    for channel in channels:
        if str(channel.pk) not in before.texts:
            yield f"It now goes out on {channel.get_network_display()} too."
    if set(before.texts) - {str(channel.pk) for channel in channels}:
        yield "It no longer goes out on every channel it did."
    yield from _picture_facts(before, after)
    if before.send_within != after.send_within:
        yield f"It may go out up to {after.send_within} minutes after its time; before, {before.send_within}."


def _picture_facts(before: Version, after: Version) -> Iterator[str]:
    old, new = ({picture.media_id: picture.alt for picture in version.pictures.all()} for version in (before, after))
    for place, (media, alt) in enumerate(new.items(), start=1):
        if media not in old:
            yield f"Picture {place} is new."
        elif old[media] != alt:
            yield f"The description of picture {place} has changed."
    if gone := len(old.keys() - new.keys()):
        yield "A picture was taken out." if gone == 1 else f"{gone} pictures were taken out."
