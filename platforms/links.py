"""Where the web addresses are in a text, as X's tokeniser sees them.

Rules: docs.x.com, counting characters; the cases of X's own conformance files. Written as one pass over the
text because the published regular expression takes seconds on `a.a.a.a.`; here every character is looked
at a bounded number of times, whoever wrote the text.
"""

from __future__ import annotations

from pathlib import Path

import publicsuffixlist
import regex

PUNYCODE = "xn--"
MAX_LABEL = 63
MAX_SHORT_LINK = 40

_ACCENTED = (
    "\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0253\u0254\u0256\u0257\u0259\u025b\u0263\u0268\u026f"
    "\u0272\u0289\u028b\u02bb\u0300-\u036f\u1e00-\u1eff"
)
_BREAKS = (
    "\\s\\p{Cc}!\"#%&'()*+,/:;<=>?@\\[\\]\\\\^`{|}~$\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff"
)
_BREAK = regex.compile(f"[{_BREAKS}]")
_CANDIDATE = regex.compile(
    rf"(?P<scheme>https?://)(?P<host>[^{_BREAKS}]++)|(?P<bare>[a-z0-9.\-{_ACCENTED}]++)", regex.IGNORECASE
)
_GENERAL = rf"[a-z\p{{Cyrillic}}0-9!*';:=+,.$/%#\[\]\-\u2013_~@|&{_ACCENTED}]"
_BALANCED = rf"\((?:{_GENERAL}++|{_GENERAL}*+\({_GENERAL}++\){_GENERAL}*+)\)"
_PORT = regex.compile(r":[0-9]++")
_PATH = regex.compile(rf"/(?:{_GENERAL}++|{_BALANCED})*+", regex.IGNORECASE)
_PATH_END = regex.compile(rf"[a-z\p{{Cyrillic}}0-9=_#/+\-){_ACCENTED}]", regex.IGNORECASE)
_QUERY = regex.compile(r"\?[a-z0-9!?*'@();:&=+$/%#\[\]\-_.,~|]++", regex.IGNORECASE)
_QUERY_END = regex.compile(r"[a-z0-9\-_&=#/]", regex.IGNORECASE)
_SHORT_LINK = regex.compile(r"https?://t\.co/(?P<slug>[a-z0-9]++)", regex.IGNORECASE)
_ASCII_LABEL = regex.compile(r"[a-z0-9\-]*+", regex.IGNORECASE)

_NOT_BEFORE = frozenset("@＠$#＃\ufeff\ufffe\uffff")
_NOT_BEFORE_BARE = frozenset("-./")
_NOT_AFTER = regex.compile(r"[0-9a-z@+\-]", regex.IGNORECASE)


def _top_level_domains() -> frozenset[str]:
    lines = Path(publicsuffixlist.PSLFILE).read_text(encoding="utf-8").splitlines()
    rules = (line.strip() for line in lines if line.strip() and not line.startswith("//"))
    return frozenset(rule.rpartition(".")[2].lower() for rule in rules if not rule.endswith("*"))


TOP_LEVEL = _top_level_domains()
_LONGEST = max(len(name) for name in TOP_LEVEL)


def find_urls(text: str) -> tuple[tuple[int, int], ...]:
    """Start and end (code points, end exclusive) of every address X would turn into a link, in order."""
    found: list[tuple[int, int]] = []
    position = 0
    while candidate := _CANDIDATE.search(text, position):
        span = _with_scheme(text, candidate) if candidate["scheme"] else _without_scheme(text, candidate)
        if span is not None:
            found.append(span)
            position = span[1]
        else:
            position = candidate.start("host") if candidate["scheme"] else candidate.end()
    return tuple(found)


def _with_scheme(text: str, candidate: regex.Match[str]) -> tuple[int, int] | None:
    start = candidate.start()
    before = text[start - 1 : start]
    if before in _NOT_BEFORE or (before.isascii() and before.isalnum()):
        return None
    end, _ = _domain_end(text, candidate.start("host"), candidate.end("host"))
    if end is None:
        return None
    if short := _SHORT_LINK.match(text, start):
        return (start, _query_end(text, short.end())) if len(short["slug"]) <= MAX_SHORT_LINK else None
    if port := _PORT.match(text, end):
        end = port.end()
    return start, _query_end(text, _path_end(text, end))


def _without_scheme(text: str, candidate: regex.Match[str]) -> tuple[int, int] | None:
    start, stop = candidate.span()
    before = text[start - 1 : start]
    if before in _NOT_BEFORE or before in _NOT_BEFORE_BARE:
        return None
    if text[stop - 1] == ".":  # the last label may be a domain in another script: twitter.みんな
        gap = _BREAK.search(text, stop, stop + _LONGEST)  # never over a gap: "on the spot. www.example.com"
        stop = gap.start() if gap else min(stop + _LONGEST, len(text))
    end, labels = _domain_end(text, start, stop)
    if end is None or (before == "_" and (labels < 2 or not text[start - 2 : start - 1].isalnum())):
        return None  # after an underscore only inside a longer name: under_score.example.com
    port = _PORT.match(text, end)
    path_from = port.end() if port else end
    path_to = _path_end(text, path_from)
    return start, (_query_end(text, path_to) if path_to > path_from else end)


def _domain_end(text: str, start: int, stop: int) -> tuple[int | None, int]:
    """Where the longest valid host name in text[start:stop] ends, and how many labels stand before its last."""
    end, depth, labels, label_at, previous = None, 0, 0, start, ""
    for label in text[start:stop].split("."):
        if previous and "_" not in previous and (top := _top_level_end(text, label_at, stop)) is not None:
            end, depth = top, labels
        if not _valid_label(label):
            break
        label_at, labels, previous = label_at + len(label) + 1, labels + 1, label
    return end, depth


def _top_level_end(text: str, start: int, stop: int) -> int | None:
    """Where the top-level domain that begins at `start` ends, if one does."""
    plain = _ASCII_LABEL.match(text, start, stop)
    if plain and plain.group():
        name = plain.group().lower()
        known = name in TOP_LEVEL or (name.startswith(PUNYCODE) and len(name) > len(PUNYCODE))
        return plain.end() if known and not _NOT_AFTER.match(text, plain.end()) else None
    for end in range(min(start + _LONGEST, stop), start, -1):
        if text[start:end].lower() in TOP_LEVEL and not _NOT_AFTER.match(text, end):
            return end
    return None


def _valid_label(label: str) -> bool:
    if not label or len(label) > MAX_LABEL or label[0] in "-_" or label[-1] in "-_":
        return False
    if label.isascii():
        return True
    if label.lower().startswith(PUNYCODE):
        return False
    return len(PUNYCODE) + len(label.encode("punycode")) <= MAX_LABEL


def _path_end(text: str, start: int) -> int:
    path = _PATH.match(text, start)
    return _trimmed(text, start, path.end(), _PATH_END) if path else start


def _query_end(text: str, start: int) -> int:
    query = _QUERY.match(text, start)
    if not query:
        return start
    end = _trimmed(text, start + 1, query.end(), _QUERY_END)
    return end if end > start + 1 else start


def _trimmed(text: str, start: int, end: int, allowed: regex.Pattern[str]) -> int:
    while end > start and not allowed.match(text, end - 1):
        end -= 1
    return end
