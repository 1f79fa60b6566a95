"""How long a check takes, over ordinary posts and over texts made to be slow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from time import perf_counter

from policy import casebook, check
from policy.content import ChannelText, Content

LONGEST = 63_206  # of what a network takes

# Repeated up to LONGEST: words of lists, names, dates, figures, mentions, brackets, marks without width.
UNITS = (
    "a", "A", "!", "0", "07", "0 7 ", "(0", "A.", "1.", "1, ", "a-", "A B ", "a a ", "Ab ", "’s ", "'a", "`", "[(",
    "((", "👏", "👏 ", "\u200b", "a\u200b", "ﷺ", "á", "ß", "Ａ", "٣", " ", "a  ", "\n", "a\n", "…", "\ud800", "ﷺ ",
    "Kieran Mott arrested ", "Kieran Mott, 16, was arrested. ", "PC Smith ", "Mr Jones, ", "burglar caught ",
    "Burglar caught. ", "she was arrested ", "boy 15 knife ", "her uncle rape ", "aged 15 ", "no 5 ",
    "42 Glyn Road ", "library warrant 42 Glyn Road ", "Robbery in Mare Street. ", "LK68 PWN ", "07411 900900 ",
    "+44 ", "sat 13 march ", "13/03/26 ", "dm us with info ", "don't dm ", "have any any info ", "@mpshomertn ",
    "@a ", "x@y.z ", "#streetsurgery ", "https://a.uk/ ", "bit.ly/a ", "jailed for ", "charged with ",
    "suicide bridge ", "missing girl 14 ", "tomorrow at 5am ", "right now armed ", "undercover ",
    "only two of us ", "bomb ", "protest march ", "misconduct ", "scumbag ", "travellers crime ", "crime up 40% ",
    "we will catch ", "Cllr Smith ", "government cuts ", "rogue Bright Ltd ", "call 111 for police ", "today ",
    "Hackney Wick ", "IC1 male RUI ", "black male suspect ", "illegal immigrant ",
)  # fmt: skip


@dataclass(frozen=True)
class Pace:
    """Milliseconds. worst_text_chars: of the text that took longest."""

    posts: int
    p50_ms: float
    p95_ms: float
    max_ms: float
    worst_text_chars: int


def measure(*, rounds: int = 3) -> Pace:
    """The quickest of some rounds for each text: what else the machine does must not count. p50 and p95 are of posts
    as people write them (the cases and the ordinary posts); max is over those and every hostile text.
    """
    posts = [(_seconds(text, rounds), len(text)) for text in ordinary()]
    hostile = [(_seconds(text, rounds), len(text)) for text in hostile_texts()]
    times = sorted(seconds for seconds, _ in posts)
    worst, characters = max(posts + hostile)
    return Pace(
        posts=len(posts) + len(hostile),
        p50_ms=_ms(times[len(times) // 2]),
        p95_ms=_ms(times[int(len(times) * 0.95)]),
        max_ms=_ms(worst),
        worst_text_chars=characters,
    )


def ordinary() -> list[str]:
    """Every phrase of the cases, fresh or not: posts as they are written."""
    return [case.text for case in casebook.cases() if not case.inbound]


def hostile_texts() -> Iterator[str]:
    for unit in UNITS:
        yield (unit * (LONGEST // len(unit) + 1))[:LONGEST]
    talk = " ".join(ordinary())
    yield (talk * (LONGEST // len(talk) + 1))[:LONGEST]
    yield (talk.replace(". ", " ").replace("\n", " ") * (LONGEST // len(talk) + 1))[:LONGEST]


def _seconds(text: str, rounds: int) -> float:
    content = Content((ChannelText(1, "facebook", text),))
    return min(_once(content) for _ in range(rounds))


def _once(content: Content) -> float:
    began = perf_counter()
    check.judge(content, casebook.WORLD)
    return perf_counter() - began


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 2)
