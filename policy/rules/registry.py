"""What a rule is: data with one pure function. No rule knows another."""

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
    """

    network: str = ""
    picture: PictureFacts | None = None
    publish_at: datetime | None = None
    has_pictures: bool = False
    template: str = ""


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
