"""How long a check takes, over ordinary posts and over texts made to be slow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from time import process_time

from policy import casebook, check
from policy.content import ChannelText, Content

LONGEST = 63_206  # of what a network takes

# Add what is meant to hurt your rule. Repeated up to LONGEST: listed words, names, dates, figures, mentions, brackets,
# marks without width.
UNITS = (
    "a", "A", "!", "0", "07", "0 7 ", "(0", "A.", "1.", "1, ", "a-", "A B ", "a a ", "Ab ", "’s ", "'a", "`",
    "[(", "((", "👏", "👏 ", "\u200b", "a\u200b", "ﷺ", "a\u0301", "ß", "Ａ", "٣", " ", "a  ", "\n", "a\n", "…",
    "\ud800", "ﷺ ", "Kieran Mott arrested ", "Kieran Mott, 16, was arrested. ", "PC Smith ", "Mr Jones, ",
    "burglar caught ", "Burglar caught. ", "she was arrested ", "boy 15 knife ", "her uncle rape ", "aged 15 ",
    "no 5 ", "42 Glyn Road ", "library warrant 42 Glyn Road ", "Robbery in Mare Street. ", "LK68 PWN ",
    "07411 900900 ", "+44 ", "sat 13 march ", "13/03/26 ", "dm us with info ", "don't dm ", "have any any info ",
    "@mpshomertn ", "@a ", "x@y.z ", "#streetsurgery ", "https://a.uk/ ", "bit.ly/a ", "jailed for ",
    "charged with ", "suicide bridge ", "missing girl 14 ", "tomorrow at 5am ", "right now armed ",
    "undercover ", "only two of us ", "bomb ", "protest march ", "misconduct ", "scumbag ", "travellers crime ",
    "crime up 40% ", "we will catch ", "Cllr Smith ", "government cuts ", "rogue Bright Ltd ",
    "call 111 for police ", "today ", "Hackney Wick ", "IC1 male RUI ", "black male suspect ",
    "illegal immigrant ", "appeal for witnesses ", "did you see a robbery ", "call 111 ", "911 ", "08oo 555 ",
    "crimestoppers ", "hackney wick ", "#aaaaaaaaaaaaaaaa ", "#stopknifecrime ", "rtc (", "nfa ", "bit.ly/",
    "a\u0336", "🚨 ", "a🎉", "\U0001d400", "AB ", "antidisestablishment ",
    "a.b/", "just back today ", "Mr Patel was robbed ", "teacher arrested ", "man from Glyn Road arrested ",
    "arrested @ab ", "missing Jade found ", "only got six months ", "cctv shows arrested again ",
    "jumped from the bridge ", "black man ", "illegal immigrant arrested ", "rape reported ", "died ",
    "stolen from his pocket ", "10/3, ", "Chloe, 15, has returned home\n",
    "thanks for the CCTV @corner_shop_raj. ", "Pupil at Harcourt Girls’ assaulted. ",
    "warrant tomorrow ", "two officers for the whole ward ", "keep an eye on @a ", "the march through ",
    "Op Abc ", "a** ", "Romanian men stealing ",
    "laughing lol arrested ", "government must ", "Abc Roofing Ltd scam ", "crime down 5% ",
    "½", "1st ", "①", "㎏", "ŉ", "ǆ", "中", "ا", "👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧 ", "a1", "a1b2", "🇬🇧", "☎",
    "⒜", "\u0301",
    "@", "#", ".", "a.", "[", "]", "{}", "\u200d", "9", "07411900900", "LK68PWN", "10.30am-", "£5 ",
    "E9", "E9 6AS ", "12 March ",
    "1/1", "John Smith-Jones O'Neil ", "Flat 2, 14 Glyn Road, ", "Year 10 pupils from St Mary's ", "15-year-old ",
    "aged 15, 16, 17 ", "Operation ", "Sgt 123AB ", "www.a.co ", "@abc", "#A1", "a@b.co ", "—", "“a” ", "\x00",
    "\u2028", "photo from the internet ", "street is safe ", "knife © ",
)  # fmt: skip


_MIXTURES = 8


@dataclass(frozen=True)
class Pace:
    """Milliseconds. worst_text_chars: of the text that took longest."""

    posts: int
    p50_ms: float
    p95_ms: float
    max_ms: float
    worst_text_chars: int


def measure(*, rounds: int = 3) -> Pace:
    """Processor time, the quickest of some rounds for each text: a check waits for nothing, and what else the machine
    does must not count. p50 and p95 are of posts as people write them; max is over those and every hostile text.
    """
    posts = [(_seconds(text, 2), len(text)) for text in ordinary()]
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
    """Every phrase of the cases: posts as they are written, good and bad."""
    return [case.text for case in casebook.cases() if not case.inbound]


def hostile_texts() -> Iterator[str]:
    for unit in UNITS:
        yield (unit * (LONGEST // len(unit) + 1))[:LONGEST]
    talk = " ".join(ordinary())
    yield (talk * (LONGEST // len(talk) + 1))[:LONGEST]
    dealt = Random(3)  # noqa: S311 - the same mixtures every time
    for _ in range(_MIXTURES):
        yield "".join(dealt.choices(UNITS, k=LONGEST // 2))[:LONGEST]
    yield "".join(f"arrested @{'shop' * 6}{number} " for number in range(2_000))[:LONGEST]
    yield (" ".join(ordinary()[::17]) * 10)[:LONGEST]  # something of every rule within what is read
    yield (talk.replace(". ", " ").replace("\n", " ") * (LONGEST // len(talk) + 1))[:LONGEST]


def _seconds(text: str, rounds: int) -> float:
    content = Content((ChannelText(1, "facebook", text),))
    return min(_once(content) for _ in range(rounds))


def _once(content: Content) -> float:
    began = process_time()
    check.judge(content, casebook.WORLD)
    return process_time() - began


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 2)
