"""Every figure of a report is named, made by one function, and honest about what the console does not hold."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from importlib import import_module

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import priorities
from accounts.models import Completion, Part, Seat, Team, Workshop
from engagement import wording
from engagement.oversight import drawing, making
from engagement.oversight.figures import Answer, of_all
from policy import holds
from posts.models import Post
from publishing.models import Delivery
from tests.conftest import Cast
from tests.engagement.conftest import Figures, Teller, counted
from tests.factories import make_post

FIRST, LAST = date(2026, 2, 1), date(2026, 2, 28)


def figures(team: Team, first: date = FIRST, last: date = LAST) -> dict[str, dict[str, object]]:
    found = making.make(team, first, last, step=lambda: None)
    return {figure["key"]: figure for figure in found["figures"]}


def test_every_figure_has_a_name_of_its_own_and_a_function_that_is_there() -> None:
    keys = [figure.key for figure in making.BOOK]
    assert len(keys) == len(set(keys)) > 20
    for figure in making.BOOK:
        module, _, name = figure.source.rpartition(".")
        assert getattr(import_module(module), name) is figure.make
        assert figure.title and figure.definition.endswith(".")


@pytest.mark.parametrize(
    ("first", "last", "begin", "end"),
    [
        (date(2025, 4, 1), date(2026, 3, 31), date(2024, 4, 1), date(2025, 3, 31)),
        (date(2026, 1, 1), date(2026, 1, 31), date(2025, 12, 1), date(2025, 12, 31)),
        (date(2024, 2, 1), date(2024, 2, 29), date(2024, 1, 1), date(2024, 1, 31)),
        (date(2026, 2, 2), date(2026, 2, 8), date(2026, 1, 26), date(2026, 2, 1)),
        (date(2026, 2, 2), date(2026, 2, 2), date(2026, 2, 1), date(2026, 2, 1)),
    ],
)
def test_a_period_is_held_against_as_many_months_or_days_before(
    first: date, last: date, begin: date, end: date
) -> None:
    assert making.before(first, last) == (begin, end)


def test_nothing_to_count_is_no_zero() -> None:
    assert of_all(0, 0) == Answer(why="There was nothing to count.")
    assert of_all(0, 4).words == "0 of 4"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "less than a minute"),
        (0.2, "less than a minute"),
        (1, "1 minute"),
        (200, "3 hours 20 minutes"),
        (1500, "1 day 1 hour"),
    ],
)
def test_spans_are_said_as_people_say_them(number: float, words: str) -> None:
    assert wording.minutes(number) == words


def test_an_update_counts_once_in_its_own_period_and_after_it_was_taken_down(cast: Cast, tell: Teller) -> None:
    inside = datetime.fromisoformat("2026-02-28T23:30:00+00:00")
    tell(cast.x, cast.page, at=inside, said=[counted(replies=4), None])
    gone = tell(cast.kilburn_x, at=inside - timedelta(days=3))
    Delivery.objects.filter(target__post=gone).update(state="taken_down")
    tell(cast.x, at=inside + timedelta(hours=1))
    tell(cast.x, at=datetime.fromisoformat("2026-01-15T12:00:00+00:00"))
    found = figures(cast.force)
    assert (found["updates.sent"]["words"], found["updates.sent"]["previous"]) == ("2", "1")
    assert found["updates.sent"]["rows"] == [["On X", 2], ["On Facebook", 1]]
    assert found["updates.wards"]["words"] == "2 of 3"
    assert found["updates.taken_down"]["words"] == "1"
    assert found["replies.counted"]["words"] == "4"
    assert found["replies.counted"]["rows"] == [["Deliveries without a count", 2]]
    assert figures(cast.hackney)["updates.sent"]["words"] == "1"


def test_what_the_console_does_not_hold_is_not_measured(cast: Cast) -> None:
    found = figures(cast.force)
    for key in ("replies.answered", "replies.counted", "agreeing.time"):
        assert found[key]["value"] is None and found[key]["why"], key


def test_surgeries_count_by_how_far_ahead_their_day_was_named(cast: Cast, tell: Teller) -> None:
    at = datetime(2026, 2, 2, 12, tzinfo=UTC)
    tell(cast.x, cast.page, at=at, text="Our surgery is on Saturday 7 February at the library.")
    tell(cast.x, at=at, text="Our surgery is on Tuesday 3 February at the library.")
    tell(cast.x, at=at, text="Thank you, everybody.")
    assert figures(cast.force)["updates.surgeries"]["words"] == "1 of 2"


def test_training_is_counted_by_role_and_what_has_lapsed_is_said(cast: Cast, now: datetime) -> None:
    last, before = date(2026, 3, 2), date(2025, 2, 1)
    facts = {"origin": "file", "at": now}
    for part in Part:
        Completion.objects.create(user=cast.ada, part=part, on=date(2026, 2, 1), until=date(2027, 1, 31), **facts)
        Completion.objects.create(user=cast.mel, part=part, on=before, until=date(2026, 1, 31), **facts)
        Completion.objects.create(user=cast.mel, part=part, on=date(2026, 3, 3), until=date(2027, 3, 2), **facts)
    held = {"title": "Writing", "team": cast.force, "place": "NSY", "capacity": 9, "made_by": cast.dee, "made_at": now}
    shop = Workshop.objects.create(
        starts_at=datetime(2026, 2, 3, 9, tzinfo=UTC), taken_at=now, taken_by=cast.dee, **held
    )
    Workshop.objects.create(starts_at=datetime(2026, 2, 4, 9, tzinfo=UTC), **held)
    Seat.objects.create(workshop=shop, user=cast.ada, booked_at=now, came=True)
    found = figures(cast.force, date(2026, 2, 1), last)
    rows = dict(found["training.courses"]["rows"])  # type: ignore[call-overload]
    everybody = int(str(found["training.courses"]["words"]).split(" of ")[1])
    assert str(found["training.courses"]["words"]).startswith("1 of ")
    assert rows["Sergeant"].startswith("1 of ")
    assert (rows["Lapsed"], rows["Never completed so far"]) == (1, everybody - 2)
    assert (found["training.workshops"]["words"], found["training.workshops"]["rows"]) == (
        "1",
        [["People of these teams who came", 1]],
    )


def test_accounts_and_people_are_counted_by_kind_and_stage(cast: Cast) -> None:
    found = figures(cast.force, date(2026, 3, 1), date(2026, 3, 2))
    assert found["accounts.connected"]["rows"] == [["Ward: Facebook", 1], ["Ward: X", 2]]
    assert found["accounts.wards"]["words"] == "2 of 3"
    assert found["accounts.authors"]["words"] == "4"
    assert ["Sergeant, trusted", 2] in found["accounts.authors"]["rows"]  # type: ignore[operator]
    assert found["accounts.connected"]["standing"] and not found["accounts.connected"]["previous"]
    assert found["training.confirmed"]["words"] == "10 of 10"
    assert found["training.courses"]["words"] == "0 of 4"


def test_priorities_are_those_open_in_the_period(cast: Cast, tell: Teller, now: datetime) -> None:
    told = {"team": cast.homerton, "source": "Panel", "by": cast.dee, "now": now}
    first = priorities.set_priority(words="Bikes", set_on=date(2026, 1, 5), **told)
    priorities.set_priority(words="Lamps", set_on=date(2026, 1, 5), **told)
    priorities.set_priority(words="Later", set_on=date(2026, 3, 1), **told)
    post = tell(cast.x, at=datetime.fromisoformat("2026-02-10T12:00:00+00:00"))
    Post.objects.filter(pk=post.pk).update(priority=first)
    found = figures(cast.homerton)
    assert [found[f"priorities.{key}"]["words"] for key in ("open", "told", "whole")] == ["2", "1 of 2", "0 of 2"]


def test_agreeing_findings_and_holds_are_counted(cast: Cast, now: datetime) -> None:
    make_post(cast, "approved")
    opened = now - timedelta(hours=4)
    holds.open_hold(team=cast.hackney, reason="A serious incident.", by=cast.dee, now=opened)
    holds.open_hold(team=cast.homerton, reason="Another.", by=cast.dee, now=opened + timedelta(hours=1))
    found = figures(cast.homerton, date(2026, 3, 1), date(2026, 3, 2))
    assert found["agreeing.time"]["words"] == "less than a minute"
    assert found["policy.clear"]["words"].endswith("of 1")  # type: ignore[attr-defined]
    assert found["holds.opened"]["words"] == "2"
    # From 06:00 to midnight, the overlap counted once.
    assert found["holds.time"]["words"] == "18 hours"
    assert figures(cast.kilburn, date(2026, 3, 1), date(2026, 3, 2))["holds.opened"]["words"] == "0"


def test_confidence_has_its_range_and_says_what_chance_does(cast: Cast, figures: Figures) -> None:
    waves = {date(2024, 12, 31): 0.50, date(2025, 12, 31): 0.52}
    figures("informed", cast.hackney, waves, london={date(2025, 12, 31): 0.40})
    made = making.make(cast.hackney, FIRST, LAST, step=lambda: None)
    survey = next(one for one in made["figures"] if one["key"] == "confidence.questions")
    assert survey["rows"][0][1] == "52%, about 46 to 58. No clear change from a year earlier."
    assert "about 400 interviews" in survey["words"]
    london = making.make(cast.force, FIRST, LAST, step=lambda: None)
    whole = {one["key"]: one for one in london["figures"]}
    assert "about 12,800" in whole["confidence.questions"]["words"]
    assert whole["confidence.boroughs"]["rows"] == [["Hackney", "52%, about 46 to 58."]]


def test_no_ward_and_no_stale_figure(cast: Cast, figures: Figures) -> None:
    figures("informed", cast.hackney, {date(2024, 12, 31): 0.50})
    ward = making.make(cast.homerton, FIRST, LAST, step=lambda: None)
    assert ward["survey"] == {"questions": [], "boroughs": []}
    assert "too few" in next(one for one in ward["figures"] if one["key"] == "confidence.questions")["why"]
    assert making.make(cast.hackney, FIRST, LAST, step=lambda: None)["survey"]["questions"] == []


def test_a_report_costs_the_same_queries_with_many_updates(cast: Cast, tell: Teller, now: datetime) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            making.make(cast.force, FIRST, LAST, step=lambda: None)
        return len(queries)

    at = datetime.fromisoformat("2026-02-10T12:00:00+00:00")
    tell(cast.x, cast.page, at=at, said=[counted(replies=1)])
    first = cost()
    for number in range(6):
        tell(cast.x, cast.page, at=at + timedelta(days=number), said=[counted(replies=1)])
    assert cost() == first <= 120


def test_ranges_lie_on_one_scale_from_zero_to_a_hundred() -> None:
    assert drawing.ranges([]) is None
    drawn = drawing.ranges([{"name": "A", "words": "x", "share": 0.5, "low": 0.0, "high": 1.0}])
    assert drawn is not None
    row = drawn.rows[0]
    assert (row.low, row.high) == (drawn.scale[0][0], drawn.scale[-1][0])
    assert row.dot == pytest.approx((row.low + row.high) / 2)
