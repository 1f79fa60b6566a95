"""The wording bank of the analyses (domain.md D.7): what may be said of an answer, and nothing else.

Two things went together or they did not detectably do so; nothing here says why. What could have been seen comes first.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import log
from typing import Any

from engagement import wording

Result = Mapping[str, Any]
DOUBLING = log(2)  # what log1p(exposure) gains when a large exposure doubles


def lines(result: Result, *, outcome: str = "the outcome", exposure: str = "the exposure") -> list[str]:
    """Every sentence of an answer, in the order in which they are read."""
    if "refused" in result:
        return [f"This cannot be worked out. {result['refused']}"]
    said = [could_have_seen(result), headline(result, outcome=outcome, exposure=exposure), base(result)]
    return [*said, *caveats(result)]


def could_have_seen(result: Result) -> str:
    """Read before the estimate."""
    least = result["detectable"]
    if result["method"] in ("association", "pairs"):
        return f"With {result['n']} boroughs we could only have detected a correlation of about {least:.2f}."
    if result["method"] == "panel":
        return f"We could only have detected about {least * DOUBLING:.1f} points for a doubling."
    return f"We could only have detected a change of about {least:.1f} points."


def headline(result: Result, *, outcome: str, exposure: str) -> str:
    if result["method"] == "association":
        return _association(result, outcome, exposure)
    return _panel(result, outcome, exposure) if result["method"] == "panel" else _launch(result, outcome)


def base(result: Result) -> str:
    """Who stands behind it, and how many questions were asked of the same figures."""
    who = f"{result['boroughs']} boroughs" if "boroughs" in result else f"{result['n']} boroughs"
    if result["method"] == "launch":
        who += f", {result['treated']} of which began and at least {result['controls']} had not begun yet"
    points = "" if result["method"] == "association" else f", {result['n']} borough-years"
    return f"{wording.upper_first(who)}{points}; 1 of {result['comparisons']} {_comparisons(result['comparisons'])}."


def caveats(result: Result) -> list[str]:
    """What a reader must know before using it. The last one always stands."""
    said = []
    if result["method"] == "launch":
        said += [_before(result["pre_trend"]), _placebo(result["placebo"])]
    for name, words in (("falsification", "an outcome that updates cannot move"), ("lead", "next year's exposure")):
        aside = result.get(name)
        if aside and aside.get("p") is not None and aside["p"] < 0.05:
            said.append(f"Something shows with {words} too, where nothing should: do not rely on this answer.")
    if flips := _flips(result):
        said.append(f"The answer hangs on {flips}: without it the interval would say otherwise.")
    return [*(one for one in said if one), "This tells whether two things went together. It cannot tell why."]


def pair(one: Result) -> str:
    """A line of the panel of associations."""
    if "refused" in one:
        return str(one["refused"])
    if not one["found"]:
        return "No association that could be told from chance"
    return f"Higher where there was {'more' if one['estimate'] > 0 else 'less'}"


def found(result: Result) -> str:
    """What the whole panel of associations says."""
    count, tests = result["found"], result["comparisons"]
    if not count:
        return f"None of {tests} comparisons could be told from chance."
    most = f"up to {result['q']:.0%} of such findings are chance"
    return f"{count} of {tests} comparisons stand out; {most}, and none of them says why."


def _association(result: Result, outcome: str, exposure: str) -> str:
    low, high = result["ci"]
    range_ = f"correlation {result['estimate']:.2f}, about {low:.2f} to {high:.2f}".replace("-", "−")
    if result["p"] >= 0.05:
        return f"Boroughs with more of “{exposure}” were not detectably higher or lower on “{outcome}” ({range_})."
    side = "higher" if result["estimate"] > 0 else "lower"
    return f"Boroughs with more of “{exposure}” were {side} on “{outcome}” in the same year ({range_})."


def _panel(result: Result, outcome: str, exposure: str) -> str:
    low, high = (bound * DOUBLING for bound in result["ci"])
    range_ = f"{_signed(result['estimate'] * DOUBLING)} points for a doubling, about {_signed(low)} to {_signed(high)}"
    if result["p"] >= 0.05:
        return f"“{outcome}” was not detectably different a year after more of “{exposure}” ({range_})."
    side = "higher" if result["estimate"] > 0 else "lower"
    return f"“{outcome}” was {side} a year after more of “{exposure}” ({range_})."


def _launch(result: Result, outcome: str) -> str:
    low, high = result["ci"]
    range_ = f"{_signed(result['estimate'])} points, about {_signed(low)} to {_signed(high)}"
    if result["p"] >= 0.05:
        return f"Boroughs that began did not detectably move apart from those that had not on “{outcome}” ({range_})."
    side = "above" if result["estimate"] > 0 else "below"
    return f"Boroughs that began moved {side} those that had not begun yet on “{outcome}” ({range_})."


def _before(trend: Result) -> str:
    if trend["p"] is None:
        return "There are too few years before to see whether the boroughs were moving apart already."
    if trend["p"] < 0.05:
        return "The boroughs were moving apart before anything began: do not rely on this answer."
    return "Before the start the boroughs did not detectably move apart."


def _placebo(placebo: Result) -> str:
    share = f"{placebo['p']:.0%}"
    return f"Shuffling {placebo['draws']:,} times who began when gave a difference this large in {share} of them."


def _flips(result: Result) -> str:
    """The boroughs without which the interval would (or would not) hold zero; few are named, many are not."""
    without = result.get("leave_one_out") or []
    holds = result["ci"][0] <= 0 <= result["ci"][1] if result.get("ci") else None
    names = [name for name, _, low, high in without if (low <= 0 <= high) != holds]
    return names[0] if len(names) == 1 else f"each of {len(names)} boroughs" if names else ""


def _comparisons(count: int) -> str:
    return "comparison" if count == 1 else "comparisons"


def _signed(number: float) -> str:
    return f"{number:+.1f}".replace("-", "−")
