"""How far two people agree beyond chance. Pure.

Cohen's kappa: J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20
(1960), 37-46. Its large-sample standard error: J. L. Fleiss, J. Cohen and B. S. Everitt, "Large sample standard errors
of kappa and weighted kappa", Psychological Bulletin 72 (1969), 323-327, formula for an unweighted kappa that is not 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

FEWEST = 30  # pairs; with fewer the interval says nothing, and the large-sample formula does not hold
_Z = 1.959963984540054  # 95 per cent


@dataclass(frozen=True)
class Kappa:
    """Of `pairs` double judgements, `agreed` the same. value None: too few, or both said the same of everything, where
    kappa is not defined. low, high: the 95 per cent interval, within -1 and 1.
    """

    pairs: int
    agreed: int
    value: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def is_enough(self) -> bool:
        return self.pairs >= FEWEST

    @property
    def words(self) -> str:
        if not self.is_enough:
            return f"Not enough to say: {self.pairs} of the {FEWEST} double judgements that it takes."
        same = f"The same answer in {self.agreed:,} of {self.pairs:,}."
        if self.value is None or self.low is None or self.high is None:
            return f"{same} Beyond chance nothing can be said, since nearly all answers are alike."
        return f"{same} Kappa {self.value:.2f}, between {self.low:.2f} and {self.high:.2f}."


def of(table: Sequence[Sequence[int]], *, fewest: int = FEWEST) -> Kappa:
    """From a square table of counts: table[i][j] is how often the first said i and the second said j."""
    pairs, agreed = sum(map(sum, table)), sum(table[i][i] for i in range(len(table)))
    if pairs < max(fewest, 1):
        return Kappa(pairs, agreed)
    shares = [[count / pairs for count in row] for row in table]
    first = [sum(row) for row in shares]
    second = [sum(column) for column in zip(*shares, strict=True)]
    observed, by_chance = agreed / pairs, sum(a * b for a, b in zip(first, second, strict=True))
    if 1 - by_chance < 1e-12:
        return Kappa(pairs, agreed)
    value = (observed - by_chance) / (1 - by_chance)
    spread = _Z * sqrt(max(_variance(shares, first, second, value, by_chance), 0.0) / pairs)
    return Kappa(pairs, agreed, value, max(-1.0, value - spread), min(1.0, value + spread))


def _variance(
    shares: Sequence[Sequence[float]], first: Sequence[float], second: Sequence[float], value: float, by_chance: float
) -> float:
    """n times the variance of kappa (Fleiss, Cohen and Everitt 1969, formula 13)."""
    sides, rest = range(len(first)), 1 - value
    diagonal = sum(shares[i][i] * (1 - (first[i] + second[i]) * rest) ** 2 for i in sides)
    beside = rest**2 * sum(shares[i][j] * (second[i] + first[j]) ** 2 for i in sides for j in sides if i != j)
    return (diagonal + beside - (value - by_chance * rest) ** 2) / (1 - by_chance) ** 2
