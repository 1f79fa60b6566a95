"""Craft rules: what a post needs so that everyone can read it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

from platforms.text import length, limit
from policy.content import Context, Severity
from policy.reading.passage import Passage
from policy.rules.registry import Facts, Match, Rule

_FILE_ENDING = re.compile(r"\.(?:jpe?g|png|gif|webp|heic|heif|tiff?|bmp|mp4|mov)$")
_CAMERA_NAME = re.compile(
    r"^(?:img|dsc|dscf|dscn|pxl|mvimg|screenshot|whatsapp image|image|photo|picture|pic)"
    r"[ _-]*\d[\d _.:()-]*(?:at[\d _.:()-]*)?$"
)
_NO_WORDS = frozenset(("na", "none", "null", "tbc", "todo"))


def missing_alt(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """A picture whose description is empty, a file name, or says nothing. The passage is the description."""
    if facts.picture is not None and not describes(passage, facts.picture.filename):
        yield Match()


def describes(passage: Passage, filename: str) -> bool:
    said = passage.lower.strip()
    letters = "".join(filter(str.isalnum, said))
    named_after_file = bool(filename) and _bare(said) == _bare(filename.lower().strip())
    looks_like_file = bool(_CAMERA_NAME.match(_bare(said))) or (" " not in said and bool(_FILE_ENDING.search(said)))
    return not (letters.isdecimal() or letters in _NO_WORDS or not letters or named_after_file or looks_like_file)


def _bare(name: str) -> str:
    return _FILE_ENDING.sub("", name)


_NETWORK_NAMES = {"x": "X", "facebook": "Facebook"}


def over_length(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """More than the network takes, in its own count, or more than is read here. The place is what hangs over."""
    if not facts.network:
        return
    text, most = passage.original, limit(facts.network)
    over, read = length(facts.network, text) - most, len(passage.seen)
    if over <= 0 and read == len(text):
        return
    if over > 0:
        searched = range(min(len(text), 4 * most))  # an address may be long and count little
        kept = bisect_right(searched, most, key=lambda end: length(facts.network, text[:end])) - 1
        network = _NETWORK_NAMES.get(facts.network, facts.network)
        message = f"{over:,} over on {network}, which takes {most:,}. Make it shorter, or write {network} its own text."
    else:
        kept = read
        message = f"This is too long to be checked: {len(text) - read:,} of its characters are not read. Split it."
    yield Match(places=((max(kept, 0), len(text)),), message=message)


RULES = (
    Rule(
        id="LENGTH",
        severity=Severity.BLOCK,
        title="Longer than the network takes",
        message="This is longer than the network takes.",
        source="The networks' own limits: 280 weighted characters on X, 63,206 on Facebook",
        detect=over_length,
        by_network=True,
    ),
    Rule(
        id="IMAGEALT",
        severity=Severity.BLOCK,
        title="Picture without a description",
        message="Say in one sentence what this picture shows, for people who cannot see it.",
        source="Public Sector Bodies Accessibility Regulations 2018; Government Communication Service guidance",
        detect=missing_alt,
    ),
)
