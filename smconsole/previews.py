"""How a text looks on its network: links, mentions and hashtags standing out, and the marks of findings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import NamedTuple
from urllib.parse import urlsplit

from django.urls import reverse

from accounts.models import Channel
from platforms.links import find_urls
from posts.models import VersionPicture

_NAMES = re.compile(r"(?<![\w@#/])[@#]\w+")
_SHOWN_LINK = 28


class Piece(NamedTuple):
    """A stretch of the text. kind: "plain", "link" or "name"; mark: the words of a finding about it, or ""."""

    text: str
    kind: str
    mark: str


class Seen(NamedTuple):
    url: str
    alt: str


def pieces(text: str, network: str, marks: Iterable[tuple[int, int, str]] = ()) -> list[Piece]:
    """The whole text in order. On X a link loses its scheme and its tail, as it does in public."""
    spans = list(marks)
    kinds = _kinds(text)
    cuts = sorted({0, len(text), *(edge for start, end, _ in kinds + spans for edge in (start, end))})
    cuts = [cut for cut in cuts if 0 <= cut <= len(text)]
    made = (
        Piece(text[start:end], _covering(kinds, start) or "plain", _covering(spans, start))
        for start, end in pairwise(cuts)
    )
    whole_links = {(start, end) for start, end, kind in kinds if kind == "link"}
    if network != Channel.Network.X or spans:
        return list(made)
    return [
        piece._replace(text=_shown_link(piece.text)) if (at, at + len(piece.text)) in whole_links else piece
        for piece, at in zip(made, cuts, strict=False)
    ]


def card(text: str, *, has_pictures: bool) -> str:
    """The site whose card the network will add below the text, or "". Pictures take the card's place."""
    urls = find_urls(text)
    if has_pictures or not urls:
        return ""
    start, end = urls[-1]
    address = text[start:end]
    host = urlsplit(address if "://" in address else f"https://{address}").hostname or ""
    return host.removeprefix("www.")


def picture(item: VersionPicture | Mapping[str, str]) -> Seen:
    """Where a picture is shown from, and its words."""
    if isinstance(item, VersionPicture):
        return Seen(reverse("posts:picture", args=[item.media_id]), item.alt)
    return Seen(item["url"], item.get("alt", ""))


def _kinds(text: str) -> list[tuple[int, int, str]]:
    links = [(start, end, "link") for start, end in find_urls(text)]
    names = [(found.start(), found.end(), "name") for found in _NAMES.finditer(text)]
    free = [span for span in names if not any(start <= span[0] < end for start, end, _ in links)]
    return links + free


def _covering(spans: Iterable[tuple[int, int, str]], at: int) -> str:
    return next((what for start, end, what in spans if start <= at < end), "")


def _shown_link(address: str) -> str:
    bare = re.sub(r"^https?://(www\.)?", "", address)
    return bare if len(bare) <= _SHOWN_LINK else f"{bare[: _SHOWN_LINK - 1]}…"
