"""X's text rules, written independently of the house: weighted length, links, and how a text is stored.

Weights follow twitter-text configuration 3; links are found by a scanner that is linear in the text's length.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

URL_WEIGHT = 23
ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
# Country codes and the generic domains that meet in posts: an excerpt of the registry, enough to simulate with.
TOP_LEVEL_DOMAINS = frozenset((Path(__file__).parent / "top_level_domains.txt").read_text().split())
LETTERS = r"a-z0-9\u00c0-\u024f"
CANDIDATE = re.compile(
    rf"(?<![A-Za-z@＠$#＃+{LETTERS}_./-])(?P<scheme>https?://)?(?P<domain>[{LETTERS}_-]+(?:\.[{LETTERS}_-]+)+)",
    re.IGNORECASE,
)
LABEL = re.compile(rf"[{LETTERS}](?:[{LETTERS}_-]{{0,61}}[{LETTERS}])?", re.IGNORECASE)
PATH_CHARS = rf"{LETTERS}\u0400-\u04ff_!*';:=+,.$/%#\[\]~@|&\u2013-"
PATH = re.compile(rf"(?::\d+)?(?:/(?:[{PATH_CHARS}]|\([{PATH_CHARS}]*\))*)?", re.IGNORECASE)
QUERY = re.compile(r"\?[a-z0-9!?*'();:&=+$/%#\[\]_.,~|@-]*", re.IGNORECASE)
EMOJI_BASE = (
    "[\U0001f000-\U0001faff\u2600-\u27bf\u2b05-\u2b07\u2b1b\u2b1c\u2b50\u2b55\u231a\u231b\u23e9-\u23f3\u23f8-\u23fa]"
)
EMOJI = re.compile(
    "[\U0001f1e6-\U0001f1ff]{2}|[0-9#*]\ufe0f?\u20e3|"
    f"{EMOJI_BASE}\ufe0f?[\U0001f3fb-\U0001f3ff]?(?:[\U000e0020-\U000e007f]+)?"
    f"(?:\u200d(?:{EMOJI_BASE}|[\u2640\u2642\u2695\u2696\u2708])\ufe0f?[\U0001f3fb-\U0001f3ff]?)*"
)
TAG = re.compile(r"(?<![\w&/])[#＃](\w*[^\W\d_]\w*)")
MENTION = re.compile(r"(?<![\w!#$%&*@＠/])[@＠](\w{1,15})(?![\w@])", re.ASCII)
CASHTAG = re.compile(r"(?<!\S)\$[A-Za-z]{1,6}(?:[._][A-Za-z]{1,2})?(?=$|[\s.,:;!?)])")
LIGHT = ((0, 0x10FF), (0x2000, 0x200D), (0x2010, 0x201F), (0x2032, 0x2037))


@dataclass(frozen=True)
class Link:
    """A link in a text: where it stands (code points) and what was written."""

    start: int
    end: int
    written: str

    @property
    def expanded(self) -> str:
        return self.written if re.match(r"https?://", self.written, re.IGNORECASE) else "http://" + self.written

    @property
    def display(self) -> str:
        bare = re.sub(r"^https?://(www\.)?", "", self.written, flags=re.IGNORECASE).removesuffix("/")
        return bare if len(bare) <= 27 else bare[:26] + "…"


def _domain_end(domain: str) -> int:
    """How much of the dotted run is a domain: up to its last label that is a top-level domain. 0: none is."""
    end = len(domain)
    while (dot := domain.rfind(".", 0, end)) > 0:
        label = domain[dot + 1 : end].lower()
        if label in TOP_LEVEL_DOMAINS or label.startswith("xn--"):
            return end if _is_domain(domain[:dot].split(".")) else 0
        end = dot
    return 0


def _is_domain(labels: list[str]) -> bool:
    return "_" not in labels[-1] and all(LABEL.fullmatch(label) for label in labels)


def find_links(text: str) -> list[Link]:
    """Every link, with or without http(s)://, left to right."""
    found: list[Link] = []
    at = 0
    while match := CANDIDATE.search(text, at):
        at = match.end()
        length = _domain_end(match["domain"])
        end = match.start("domain") + length
        follower = text[end : end + 1]
        if not length or follower == "@":
            continue
        if length == len(match["domain"]):
            end = _tail_end(text, end)
        found.append(Link(match.start(), end, text[match.start() : end]))
        at = max(at, end)
    return found


def _tail_end(text: str, end: int) -> int:
    path = PATH.match(text, end)
    if path:
        end += len(path[0].rstrip("!*';:,.$%[]~|&@\u2013"))
    query = QUERY.match(text, end)
    if query:
        end += len(query[0].rstrip("!?*'();:+$%[].,~|@"))
    return end


def weigh(text: str) -> int:
    """The weighted length of X: 280 at most for an ordinary account."""
    text = unicodedata.normalize("NFC", text)
    total, at = 0, 0
    for link in find_links(text):
        total += _weigh_plain(text[at : link.start]) + URL_WEIGHT
        at = link.end
    return total + _weigh_plain(text[at:])


def _weigh_plain(text: str) -> int:
    rest, emoji = EMOJI.subn("", text)
    return 2 * emoji + sum(1 if any(low <= ord(char) <= high for low, high in LIGHT) else 2 for char in rest)


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def short_link(*seed: object) -> str:
    """A t.co address, the same for the same seed."""
    number = int.from_bytes(hashlib.sha256("|".join(map(str, seed)).encode()).digest()[:8])
    code = ""
    for _ in range(10):
        number, digit = divmod(number, 62)
        code += ALPHABET[digit]
    return "https://t.co/" + code


def normalise(text: str) -> str:
    """What the duplicate rule compares."""
    return unicodedata.normalize("NFC", text).strip().casefold()


def store_form(text: str, post_id: str, media_links: list[dict[str, Any]]) -> tuple[str, dict[str, Any]]:
    """The text as X keeps it (escaped, links shortened, one more link for the media) and its entities.

    media_links: the url entities of the attached media without start, end and url. Positions count code points
    of the stored text.
    """
    text = unicodedata.normalize("NFC", text).strip()
    stored, at, urls = "", 0, []
    for number, link in enumerate(find_links(text)):
        stored += escape(text[at : link.start])
        short = short_link(post_id, number)
        place = {"start": len(stored), "end": len(stored) + len(short)}
        urls.append({**place, "url": short, "expanded_url": link.expanded, "display_url": link.display})
        stored, at = stored + short, link.end
    stored += escape(text[at:])
    if media_links:
        stored += " " if stored else ""
        short = short_link(post_id, "media")
        place = {"start": len(stored), "end": len(stored) + len(short)}
        urls += [{**place, "url": short, **media} for media in media_links]
        stored += short
    return stored, _entities(stored, urls)


def _entities(stored: str, urls: list[dict[str, Any]]) -> dict[str, Any]:
    named: tuple[tuple[str, re.Pattern[str], Callable[[str], dict[str, str]]], ...] = (
        ("hashtags", TAG, lambda word: {"tag": word}),
        ("mentions", MENTION, lambda word: {"username": word}),
    )
    entities: dict[str, Any] = {"urls": urls} if urls else {}
    for name, pattern, describe in named:
        found = [{"start": m.start(), "end": m.end(), **describe(m[1])} for m in pattern.finditer(stored)]
        if found:
            entities[name] = found
    return entities
