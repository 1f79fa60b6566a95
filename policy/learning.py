"""Layer 1 is taught from the corpus beside this file: what is weighed, how, and how well it does on other authors.

Only for development: it needs scikit-learn, which the console does not. The same corpus gives the same weights.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from policy.gate import score, taught_from
from policy.reading.gist import features
from policy.reading.passage import Passage

CORPUS = Path(__file__).parent / "corpus"
# Phrases written for single rules. The rules find their like, so they count little here and are not measured.
PHRASES = "phrases"
STRENGTH = 4.0  # how far a weight may stray from nought
TOLERANCE = 1e-9  # the weights are rounded to thousandths; the solver goes far below
LEAST_LINES = 2  # a feature of fewer lines is chance
SMALLEST = 10  # thousandths; what weighs less is left out
ORDINARY_ROUTED = 0.20  # the share of the ordinary posts of the corpus, hard ones, that may be sent to somebody


@dataclass(frozen=True)
class Line:
    """One post of the corpus. author: its file; bad: a mentor should see it. weight: how much it counts."""

    text: str
    author: str
    bad: bool
    weight: float = 1.0


@dataclass(frozen=True)
class Model:
    """Thousandths."""

    bias: int
    weights: dict[str, int]


def corpus() -> list[Line]:
    """Every line of the files in `corpus/`, in their order."""
    return [
        Line(text, path.stem, not path.stem.startswith("ordinary"), 0.15 if path.stem.startswith(PHRASES) else 1.0)
        for path in sorted(CORPUS.glob("*.txt"))
        for text in path.read_text(encoding="utf-8").splitlines()
        if text.strip()
    ]


def learn(lines: Sequence[Line]) -> Model:
    read = [_read(line.text) for line in lines]
    known = Counter(feature for blocks in read for feature in frozenset().union(*blocks))
    columns = {
        name: place for place, name in enumerate(sorted(n for n, lines in known.items() if lines >= LEAST_LINES))
    }
    solver = LogisticRegression(C=STRENGTH, solver="liblinear", tol=TOLERANCE, max_iter=10_000, random_state=1)
    solver.fit(
        _matrix(read, columns), np.array([line.bad for line in lines]), np.array([line.weight for line in lines])
    )
    weights = {name: round(1000 * float(solver.coef_[0][place])) for name, place in columns.items()}
    kept = {name: weight for name, weight in weights.items() if abs(weight) >= SMALLEST}
    return Model(round(1000 * float(solver.intercept_[0])), kept)


@cache
def _read(text: str) -> tuple[frozenset[str], ...]:
    return features(Passage(text))


def _matrix(read: Sequence[Sequence[frozenset[str]]], columns: dict[str, int]) -> csr_matrix:
    starts, places, values = [0], list[int](), list[float]()
    for blocks in read:
        for block in blocks:
            found = sorted(columns[feature] for feature in block if feature in columns)
            places += found
            values += [(len(block) or 1) ** -0.5] * len(found)
        starts.append(len(places))
    return csr_matrix((values, places, starts), shape=(len(read), len(columns)))


def scores_of_strangers(lines: Sequence[Line], parts: int = 8) -> list[int]:
    """The score of each line by a model that met no line of its author's: the files are dealt into `parts`."""
    part = _deal(lines, parts)
    scores = [0] * len(lines)
    for held in range(parts):
        model = learn([line for line in lines if part.get(line.author) != held])
        for place, line in enumerate(lines):
            if part.get(line.author) == held:
                scores[place] = score(Passage(line.text), model.bias, model.weights)
    return scores


def _deal(lines: Sequence[Line], parts: int) -> dict[str, int]:
    measured = {line for line in lines if not line.author.startswith(PHRASES)}
    authors = sorted({(line.bad, int(line.author.rpartition("_")[2]), line.author) for line in measured})
    bad = [author for is_bad, _, author in authors if is_bad]
    good = [author for is_bad, _, author in authors if not is_bad]
    return {author: place % parts for side in (bad, good) for place, author in enumerate(side)}


def threshold(lines: Sequence[Line], scores: Sequence[int], routed: float = ORDINARY_ROUTED) -> int:
    """The lowest score at which no more than that share of ordinary posts is routed."""
    ordinary = sorted((score for line, score in zip(lines, scores, strict=True) if not line.bad), reverse=True)
    return ordinary[int(len(ordinary) * routed)] + 1


def recall(lines: Sequence[Line], scores: Sequence[int], at: int) -> float:
    bad = [score >= at for line, score in zip(lines, scores, strict=True) if line.bad and line.weight == 1]
    return sum(bad) / len(bad)


def written(model: Model, at: int) -> str:
    """As a file that people can compare: sorted, a feature a line."""
    said = {
        "taught_from": taught_from(),
        "bias": model.bias,
        "threshold": at,
        "weights": dict(sorted(model.weights.items())),
    }
    return json.dumps(said, ensure_ascii=False, indent=0) + "\n"
