"""What a rule is: data with one pure function. No rule knows another.

Every rule answers in linear time, and a post that is not its business costs it next to nothing. From cheap to dear:

1. **Gate.** `passage.has("list", ...)`, `passage.hits("list")`; `passage.vocabulary & WORDS` where words are no list.
   The lists have been looked for once, for all rules together; a detector that returns here is free.
2. **Sentences.** `passage.sentences_with("list")` are numbers: `&` and `-` of such sets say what stands together.
3. **Patterns** only where the gate bit: `passage.search(PATTERN, passage.stretches_with("list", beside=1))` looks in
   the sentences that hold a listed phrase (and one more on each side), `passage.search(PATTERN,
   passage.beside_figures(20))` in what stands within 20 characters of a figure, `passage.beside(CORE, 40)` likewise
   of what a quick pattern finds. Positions are always of the whole folded text. `passage.around(start, end)` is the
   lower-case text on both sides, inside the sentence. Never `PATTERN.finditer(passage.lower)` with a pattern that has
   neither a fixed beginning nor a gate.
4. **Readings** (names, ages, addresses, dates) are made once for all rules that ask; ask after the gate all the same.

No nested quantifiers; `{0,30}` rather than `*`; possessive (`*+`, `++`) where nothing is to be given back. `bisect`
into sorted places instead of a loop in a loop. `tests/policy/test_check.py` holds all rules to linear time: add yours
to `policy/pace.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from policy.content import Context, PictureFacts, Severity
from policy.reading.passage import Passage


@dataclass(frozen=True)
class Facts:
    """What is known of the passage besides its words.

    network: "x" or "facebook" when the passage is a channel's text, "" when it is a picture's description.
    picture: the picture whose description the passage is. has_pictures: the draft has at least one.
    publish_at: aware UTC, or None for "as soon as approved". template: of the approved template, "" for free text.
    texts: what the channels say, lower case, white space made single; of a picture's description alone.
    """

    network: str = ""
    picture: PictureFacts | None = None
    publish_at: datetime | None = None
    has_pictures: bool = False
    template: str = ""
    texts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Repair:
    """A one-tap mend in the passage's own code points: put `replacement` where start..end stands."""

    label: str
    start: int
    end: int
    replacement: str


@dataclass(frozen=True)
class Match:
    """Where a rule bites. `places` are (start, end) in code points of the original text, end exclusive.

    message: only where the rule's standing message would say less (a count, a weekday, the right handle).
    """

    places: tuple[tuple[int, int], ...] = ()
    message: str = ""
    repair: Repair | None = None


Detector = Callable[[Passage, Facts, Context], Iterable[Match]]


@dataclass(frozen=True)
class Rule:
    """One rule of the posting policy, as the DMC signs it.

    source: the law or guidance it rests on, shown to the author. in_force_from/until: inclusive, None is open;
    enabled: the kill switch. by_network: the answer depends on the network, so each channel is asked for itself.
    inbound: a rule of the inbox, asked of neighbours' words and of nothing else. layer: 2 says what may not be said or
    needs somebody, 3 is craft (domain.md B.3). of_pictures: whether picture descriptions are asked too.
    """

    id: str
    severity: Severity
    title: str
    message: str
    source: str
    detect: Detector
    owner: str = "DMC"
    in_force_from: date | None = None
    in_force_until: date | None = None
    last_reviewed: date = date(2026, 11, 23)
    enabled: bool = True
    by_network: bool = False
    inbound: bool = False
    layer: int = 2
    of_pictures: bool = True

    def in_force(self, on: date) -> bool:
        begun = self.in_force_from is None or self.in_force_from <= on
        ended = self.in_force_until is not None and self.in_force_until < on
        return self.enabled and begun and not ended
