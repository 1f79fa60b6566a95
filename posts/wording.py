"""What a version says, as a value: brought to one form when it is saved, so that what is approved is what is sent."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.core.exceptions import ValidationError

from accounts.models import Channel
from posts.models import Version

# Far above every network's limit (Facebook's is 63,206): a guard for the database, not a rule about posts.
LONGEST_TEXT = 100_000
LONGEST_ALT = 1000  # X's limit, and the smaller one (platforms.md 1.5)
LONGEST_WINDOW = 24 * 60

_UNSEEN = {"Cc", "Cs"}
_KEPT = {"\n", "\t"}
# Marks that turn the direction of text: with them people read other words than those that were checked and approved.
_TURNING = frozenset(map(chr, (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))))
# Letters and signs by name that are drawn as nothing: the Hangul fillers, the empty Braille cell, the null note head.
_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800\U0001d159")


class Placed(NamedTuple):
    """A picture in its place. said: the author's answers, sorted; None where they were never asked."""

    media: int
    alt: str = ""
    said: tuple[tuple[str, str], ...] | None = None

    @property
    def answers(self) -> dict[str, str] | None:
        return None if self.said is None else dict(self.said)


def placed(media: int, alt: str, answers: Mapping[str, str] | None) -> Placed:
    return Placed(media, alt, None if answers is None else tuple(sorted(answers.items())))


@dataclass(frozen=True)
class Wording:
    """texts: (channel pk, text) by channel pk. pictures: in the order shown.

    template: the key of the post template it began from, "" for none.
    """

    texts: tuple[tuple[int, str], ...]
    pictures: tuple[Placed, ...]
    publish_at: datetime | None
    send_within: int
    template: str = ""

    @property
    def as_json(self) -> dict[str, str]:
        return {str(channel): text for channel, text in self.texts}


def normalise(text: str) -> str:
    """The one form of a text: LF line ends, Unicode NFC, nothing that hides or turns words, no white space around it.

    Networks drop control characters and outer white space themselves, and X counts NFC (platforms.md 6). Everything
    else stays exactly as it was typed, the joiners inside emoji too. Doing it twice changes nothing.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", "".join(char for char in text if _can_be_sent(char))).strip()


def says_something(text: str) -> bool:
    """Whether anybody could see it: a letter, a figure, a sign or an emoji, not only spaces, marks and fillers."""
    return any(unicodedata.category(char)[0] in "LNPS" and char not in _BLANK for char in text)


def _can_be_sent(char: str) -> bool:
    if ord(char) & 0xFFFE == 0xFFFE:  # U+FFFE, U+FFFF and their like on every plane: X refuses the whole text
        return False
    return char in _KEPT or (unicodedata.category(char) not in _UNSEEN and char not in _TURNING)


def compose(
    *,
    channels: Iterable[Channel],
    texts: Mapping[int, str],
    pictures: Iterable[Placed] = (),
    publish_at: datetime | None,
    send_within: int,
    template: str = "",
) -> Wording:
    """Bring what somebody wants to say to its one form. Texts of channels that were not chosen are left out.

    Raises ValidationError for a text or a window that no network could take.
    """
    wording = Wording(
        texts=tuple(sorted((channel.pk, normalise(texts.get(channel.pk, ""))) for channel in channels)),
        pictures=tuple(picture._replace(alt=normalise(picture.alt)) for picture in pictures),
        publish_at=publish_at,
        send_within=send_within,
        template=template,
    )
    if any(len(text) > LONGEST_TEXT for _, text in wording.texts):
        raise ValidationError(f"This text is too long to keep: {LONGEST_TEXT:,} characters are the most.")
    if any(len(picture.alt) > LONGEST_ALT for picture in wording.pictures):
        raise ValidationError(f"Describe each picture in {LONGEST_ALT:,} characters at most.")
    if not 1 <= send_within <= LONGEST_WINDOW:
        raise ValidationError("Choose how long the post may wait: between one minute and one day.")
    return wording


def of(version: Version) -> Wording:
    """What a kept version says."""
    return Wording(
        texts=tuple(sorted((int(channel), str(text)) for channel, text in version.texts.items())),
        pictures=tuple(placed(picture.media_id, picture.alt, picture.answers) for picture in version.pictures.all()),
        publish_at=version.publish_at,
        send_within=version.send_within,
        template=version.template,
    )
