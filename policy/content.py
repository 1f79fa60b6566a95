"""What the check looks at and what it says. Frozen values; no Django."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs, worst first (domain.md B.2)."""

    BLOCK_A = "BLOCK-A"
    BLOCK = "BLOCK"
    DMC = "DMC"
    ADVISE = "ADVISE"
    ROUTE = "ROUTE"  # of what came in: to an owner, with a clock

    @property
    def rank(self) -> int:
        return list(Severity).index(self)


@dataclass(frozen=True)
class ChannelText:
    """The words for one channel. `network` is "x" or "facebook".

    fixed: (start, end) of the words that an approved template gave and that still stand; layer 1 does not read them.
    """

    channel: int
    network: str
    text: str
    fixed: tuple[tuple[int, int], ...] = ()

    @property
    def free(self) -> str:
        """What the author wrote; where fixed words stood, a line ends."""
        pieces, done = [], 0
        for start, end in sorted(self.fixed):
            pieces.append(self.text[done : max(done, start)])
            done = max(done, end)
        return "\n".join([*pieces, self.text[done:]])


BARRED = "barred"


@dataclass(frozen=True)
class Resembles:
    """An earlier picture that this one looks like. why: BARRED when the DMC withdrew it for good, "withdrawn" when its
    post was taken down, both on that day; "case" for a custody picture of
    another post, to be taken down on that day.
    """

    why: str
    on: date | None = None


@dataclass(frozen=True)
class PictureFacts:
    """What the check knows of a picture without seeing it. `key` names it on the page.

    said: the author's answers about it (posts/declarations.py), None where they were never asked. faces, plates: as a
    detector counted, 0 where there is none.
    """

    key: str
    alt: str
    filename: str = ""
    said: tuple[tuple[str, str], ...] | None = None
    faces: int = 0
    plates: int = 0
    resembles: Resembles | None = None


@dataclass(frozen=True)
class Content:
    """One draft: a text per channel, its pictures in order, and when it is meant to go out.

    inbound: these are a neighbour's words to us, judged by the inbox rules alone. template: the key of the approved
    template whose words these are, "" for free text.
    """

    texts: tuple[ChannelText, ...]
    pictures: tuple[PictureFacts, ...] = ()
    publish_at: datetime | None = None
    inbound: bool = False
    template: str = ""


@dataclass(frozen=True)
class Context:
    """What the force knows around the draft.

    handles: without "@", as registered or in lower case: compared without case, suggested as given here.
    published_numbers: digits only. gazetteer: every place and team that is not a person, whatever its kind; `wards`,
    `schools`, `streets` and `venues` name those of one kind. ward: the team that speaks. operations: approved names of
    operations. templates: keys of the approved post templates. consents: people who agreed in writing to be named.
    pre_election: that period is on where the team speaks when this goes out; mourning likewise. live_case:
    proceedings are active in what this is about (in the inbox: in what is answered).
    slurs: words never said about people, laid in by the law (policy.law). cases: what people call the live cases of
    the register; whoever names one speaks of a live case.
    """

    now: datetime
    ward: str = ""
    handles: frozenset[str] = frozenset()
    partner_handles: frozenset[str] = frozenset()
    published_numbers: frozenset[str] = frozenset()
    gazetteer: frozenset[str] = frozenset()
    wards: frozenset[str] = frozenset()
    schools: frozenset[str] = frozenset()
    streets: frozenset[str] = frozenset()
    venues: frozenset[str] = frozenset()
    operations: frozenset[str] = frozenset()
    templates: frozenset[str] = frozenset()
    consents: frozenset[str] = frozenset()
    pre_election: bool = False
    mourning: bool = False
    live_case: bool = False
    slurs: frozenset[str] = frozenset()
    cases: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Span:
    """Where in which channel's text a finding stands: code points, end exclusive."""

    channel: int
    start: int
    end: int
    words: str


@dataclass(frozen=True)
class Fix:
    """A one-tap mend: put `replacement` where `span` stands, and where each of `also` stands (the same fault again)."""

    label: str
    span: Span
    replacement: str
    also: tuple[Span, ...] = ()

    def mend(self, channel: int, text: str) -> str:
        """The channel's text with this mend made in it; unchanged where the fix is not about that channel."""
        spans = [span for span in (self.span, *self.also) if span.channel == channel]
        for span in sorted(spans, key=lambda span: span.start, reverse=True):
            text = text[: span.start] + self.replacement + text[span.end :]
        return text


@dataclass(frozen=True)
class Finding:
    """One rule's answer, in the rule's own words. `picture` is the key of the picture it is about, if any."""

    rule: str
    severity: Severity
    message: str
    source: str
    spans: tuple[Span, ...] = ()
    fix: Fix | None = None
    picture: str = ""
