"""Insights as Facebook answers them: split values added up, days of the Pacific coast, one bad name in a call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from platforms import facebook_insights
from platforms.errors import LoginExpired, Refused, Throttled

BAD = "Facebook refused this: (#100) The value must be a valid insights metric"


def answer(name: str, *rows: Mapping[str, Any]) -> dict[str, Any]:
    return {"data": [{"name": name, "values": list(rows)}]}


@dataclass
class Asker:
    """Refuses a call that holds one of the bad names."""

    bad: Mapping[str, Exception] = field(default_factory=dict)
    calls: list[list[str]] = field(default_factory=list)

    def __call__(self, names: Sequence[str]) -> Mapping[str, int | None]:
        self.calls.append(list(names))
        for name in names:
            if name in self.bad:
                raise self.bad[name]
        return dict.fromkeys(names, 1)


@pytest.mark.parametrize(
    ("value", "number"),
    [(7, 7), ({"paid": 3, "organic": 4}, 7), ({}, 0), (None, None), (True, None), ("7", None), ({"paid": "x"}, None)],
)
def test_a_split_value_is_added_up_and_anything_else_is_unknown(value: object, number: int | None) -> None:
    assert facebook_insights.values(answer("a", {"value": value}), ["a"]) == {"a": number}


def test_a_name_that_is_not_answered_is_unknown() -> None:
    assert facebook_insights.values({"data": []}, ["a"]) == {"a": None}


def test_a_days_value_ends_at_midnight_on_the_pacific_coast() -> None:
    rows = ({"value": 1, "end_time": f"2026-03-{day}T08:00:00+0000"} for day in ("09", "10", "11"))
    found = facebook_insights.values(answer("a", *[{**row, "value": 9 - n} for n, row in enumerate(rows)]), ["a"],
                                     day=date(2026, 3, 9))  # fmt: skip
    assert found == {"a": 8}


def test_all_names_are_asked_at_once() -> None:
    asker = Asker()
    assert facebook_insights.read(asker, ["a", "b"]).values == {"a": 1, "b": 1}
    assert asker.calls == [["a", "b"]]


def test_after_an_error_names_are_asked_one_by_one_and_the_bad_one_is_told() -> None:
    asker = Asker({"b": Refused(BAD, code="100")})
    found = facebook_insights.read(asker, ["a", "b", "c"])
    assert (found.values, found.retired) == ({"a": 1, "c": 1}, {"b": BAD})
    assert asker.calls == [["a", "b", "c"], ["a"], ["b"], ["c"]]


def test_a_refusal_for_another_reason_is_unknown_and_not_retired() -> None:
    found = facebook_insights.read(Asker({"b": Refused("Invalid period.", code="100")}), ["a", "b"])
    assert (found.values, found.retired) == ({"a": 1, "b": None}, {})


@pytest.mark.parametrize(
    "trouble", [Throttled("Wait."), LoginExpired("Ended.", code="190/463"), Refused("Not there.", code="100/33")]
)
def test_trouble_that_is_no_names_fault_is_raised(trouble: Exception) -> None:
    asker = Asker({"a": trouble})
    with pytest.raises(type(trouble)):
        facebook_insights.read(asker, ["a", "b"])
    assert len(asker.calls) == 1


def test_a_login_without_the_permission_tells_nothing() -> None:
    lost = LoginExpired("The login for this Page lost a permission.", code="200")
    assert facebook_insights.read(Asker({"a": lost}), ["a", "b"]).values == {"a": None, "b": None}
