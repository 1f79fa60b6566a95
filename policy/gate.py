"""Layer 1, recall first: is this about a specific incident or person, or otherwise something a mentor should see?

It does not say what is wrong; the rules do. It is there because rules look perfect on the wordings they were written
from and miss most others (domain.md B.3). It adds up weights of what stands in the text (policy/reading/gist.py),
learnt from posts written for this project (policy/learning.py, `manage.py train_gate`), and knows nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from math import exp
from pathlib import Path

from policy.reading.gist import features
from policy.reading.passage import Passage

WEIGHTS = Path(__file__).parent / "gate_weights.json"
# A post this long is read by somebody whatever it says; that also bounds the time.
LONGEST = 4_000
_PAIR_DISCOUNT = 1_000  # two sentences out of a long post must say it more clearly than a whole post

_PICTURE_DISCOUNT = 2_000  # a description tells of a scene even where nothing has happened


@dataclass(frozen=True)
class Answer:
    """hit: somebody should read this. score: how sure, 0 to 1."""

    hit: bool
    score: float


@dataclass(frozen=True)
class _Weighing:
    """Thousandths of a logit. taught_from: the digest of what it was learnt from."""

    taught_from: str
    bias: int
    threshold: int
    weights: dict[str, int]


QUIET = Answer(False, 0.0)


def ask(texts: Iterable[Passage], descriptions: Iterable[Passage] = ()) -> Answer:
    """The surest answer over the texts of one draft and the descriptions of its pictures."""
    answers = [*(_answer(text, 0) for text in texts), *(_answer(said, _PICTURE_DISCOUNT) for said in descriptions)]
    return max(answers, key=lambda answer: (answer.hit, answer.score), default=QUIET)


def _answer(passage: Passage, discount: int) -> Answer:
    if not passage.words:
        return QUIET
    if len(passage.text) > LONGEST:
        return Answer(True, 1.0)
    known = _known()
    said = score(passage, known.bias, known.weights) - discount
    return Answer(said >= known.threshold, round(1 / (1 + exp(-said / 1000)), 3))


def score(passage: Passage, bias: int, weights: Mapping[str, int]) -> int:
    """Of the whole text, or of its clearest two neighbouring sentences where there are more than three."""
    count = len(passage.words)
    said = _weigh(passage, 0, count, weights)
    numbers = passage.sentences
    edges = [0, *(place for place in range(1, count) if numbers[place] != numbers[place - 1]), count]
    if len(edges) > 4:
        pairs = max(_weigh(passage, first, last, weights) for first, last in zip(edges, edges[2:], strict=False))
        said = max(said, pairs - _PAIR_DISCOUNT)
    return bias + said


def _weigh(passage: Passage, first: int, last: int, weights: Mapping[str, int]) -> int:
    total = 0.0
    for block in features(passage, first, last):
        if block:
            total += sum(weights.get(feature, 0) for feature in block) / len(block) ** 0.5
    return round(total)


@cache
def _known() -> _Weighing:
    return _Weighing(**json.loads(WEIGHTS.read_text(encoding="utf-8")))


def taught_from() -> str:
    """The digest of the corpus and of what reads it: other weights must follow when it changes."""
    room = WEIGHTS.parent
    files = [*sorted((room / "corpus").glob("*.txt")), room / "reading/gist.py", room / "vocabulary/meaning.py"]
    return sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()[:16]
