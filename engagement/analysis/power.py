"""Intervals, p-values and the smallest effect that could have been seen, from an estimate and its standard error."""

from __future__ import annotations

from dataclasses import dataclass

from scipy import stats

LEVEL = 0.05
POWER = 0.80


@dataclass(frozen=True)
class Inference:
    """What an estimate with its error says. ci: 95 per cent. df: of the t distribution that it is read from."""

    estimate: float
    se: float
    df: float
    p: float
    ci: tuple[float, float]
    detectable: float

    def as_dict(self) -> dict[str, object]:
        return {**vars(self), "ci": list(self.ci)}


def infer(estimate: float, se: float, df: float) -> Inference:
    half = float(stats.t.ppf(1 - LEVEL / 2, df)) * se
    p = float(2 * stats.t.sf(abs(estimate) / se, df)) if se > 0 else float("nan")
    return Inference(estimate, se, float(df), p, (estimate - half, estimate + half), detectable(se, df))


def detectable(se: float, df: float) -> float:
    """The true effect that a two-sided test at 5 per cent finds 80 times in 100 (Bloom 1995)."""
    return float(stats.t.ppf(1 - LEVEL / 2, df) + stats.t.ppf(POWER, df)) * se
