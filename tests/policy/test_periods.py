from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.errors import Conflict
from accounts.models import AuditEntry, Notice, Team
from policy import facts, holds, periods, rejudging, watching
from policy.models import Hold, Period, Rejudging
from posts.models import Post
from tests.conftest import Cast
from tests.factories import make_post

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TODAY = date(2026, 3, 2)
ELECTION, MOURNING, TRIAL = Period.Kind.ELECTION, Period.Kind.MOURNING, Period.Kind.TRIAL


def entered(cast: Cast, now: datetime, kind: str = ELECTION, **changes: Any) -> Period:
    said = {"team": cast.hackney, "name": "Local elections", "starts_on": TODAY, "ends_on": TODAY + 30 * DAY}
    return periods.enter(kind=kind, **{**said, **changes}, by=cast.sam, now=now)


def begun(cast: Cast, now: datetime, kind: str = ELECTION, **changes: Any) -> Period:
    return periods.agree(period=entered(cast, now, kind, **changes), by=cast.dee, now=now)


def is_on(team: Team, at: datetime, now: datetime | None = None) -> bool:
    return facts.context(team, now=now or at, publish_at=at).pre_election


def test_it_counts_once_a_second_person_has_agreed(cast: Cast, now: datetime) -> None:
    period = entered(cast, now)
    assert not is_on(cast.homerton, now)
    with pytest.raises(PermissionDenied):
        periods.agree(period=period, by=cast.sam, now=now)
    periods.agree(period=period, by=cast.dee, now=now)
    assert is_on(cast.homerton, now)
    assert AuditEntry.objects.filter(action="period.agreed").exists()
    with pytest.raises(Conflict):
        periods.agree(period=period, by=cast.hana, now=now)


def test_only_the_dmc_enters_one(cast: Cast, now: datetime) -> None:
    with pytest.raises(PermissionDenied):
        periods.enter(kind=ELECTION, team=None, name="x", starts_on=TODAY, ends_on=TODAY, by=cast.ada, now=now)


@pytest.mark.parametrize(
    ("scope", "reached"), [("force", "homerton wick kilburn"), ("hackney", "homerton wick"), ("wick", "wick")]
)
def test_it_reaches_its_own_geography_and_no_other(cast: Cast, now: datetime, scope: str, reached: str) -> None:
    begun(cast, now, team=getattr(cast, scope))
    on = [name for name in ("homerton", "wick", "kilburn") if is_on(getattr(cast, name), now)]
    assert on == reached.split()


def test_both_its_days_count_whole_in_london_and_by_the_posts_own_time(cast: Cast, now: datetime) -> None:
    begun(cast, now, starts_on=TODAY + 30 * DAY, ends_on=TODAY + 31 * DAY)  # British Summer Time by then
    london = now.tzinfo
    first = datetime(2026, 3, 31, 23, 0, tzinfo=london)  # midnight of 1 April in London
    assert not is_on(cast.homerton, first - timedelta(seconds=1), now=now)
    assert is_on(cast.homerton, first, now=now)
    assert is_on(cast.homerton, first + 2 * DAY - timedelta(seconds=1), now=now)
    assert not is_on(cast.homerton, first + 2 * DAY, now=now)


def test_a_past_publish_time_does_not_lead_out_of_a_period(cast: Cast, now: datetime) -> None:
    begun(cast, now)
    assert facts.context(cast.homerton, now=now, publish_at=now - 5 * DAY).pre_election


def test_mourning_may_last_until_two_people_close_it(cast: Cast, now: datetime) -> None:
    period = begun(cast, now, MOURNING, team=None, ends_on=None)
    later = now + 20 * DAY
    assert facts.context(cast.kilburn, now=later).mourning
    with pytest.raises(Conflict, match="ask first"):
        periods.close(period=period, by=cast.dee, now=later)
    periods.ask_close(period=period, by=cast.dee, now=later)
    with pytest.raises(PermissionDenied):
        periods.close(period=period, by=cast.dee, now=later)
    periods.close(period=period, by=cast.hana, now=later)
    assert not facts.context(cast.kilburn, now=later).mourning
    assert facts.context(cast.kilburn, now=later - DAY).mourning  # what was known then


def test_a_proposal_and_an_event_are_taken_out_by_one(cast: Cast, now: datetime) -> None:
    for period in (entered(cast, now), entered(cast, now, TRIAL)):
        periods.close(period=period, by=cast.dee, now=now)
    assert not periods.coming(now).exists()
    assert periods.past(now).count() == 2


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("name", {"name": " "}),
        ("kind", {"kind": "carnival"}),
        ("ends_on", {"ends_on": TODAY - DAY}),
        ("ends_on", {"ends_on": None}),
        ("ends_on", {"ends_on": TODAY + 400 * DAY}),
        ("ends_on", {"starts_on": TODAY - 9 * DAY, "ends_on": TODAY - DAY}),
    ],
)
def test_what_is_malformed_is_refused_by_field(cast: Cast, now: datetime, field: str, changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError) as refused:
        entered(cast, now, **changes)
    assert field in refused.value.message_dict


def test_what_waits_is_judged_again_when_it_is_entered_begins_and_ends(cast: Cast, now: datetime) -> None:
    begun(cast, now, starts_on=TODAY + DAY, ends_on=TODAY + 2 * DAY)
    due = list(Rejudging.objects.order_by("due_at").values_list("due_at", "team__name"))
    midnight = now.replace(hour=0, minute=0)
    assert due == [(now, "Hackney"), (midnight + DAY, "Hackney"), (midnight + 3 * DAY, "Hackney")]


def test_an_approved_post_loses_its_approval_when_mourning_begins(cast: Cast, now: datetime) -> None:
    inside = make_post(cast, "approved", author=cast.tess, publish_at=now + 2 * DAY)
    outside = make_post(cast, "approved", author=cast.mel, channels=[cast.kilburn_x], publish_at=now + 2 * DAY)
    begun(cast, now, MOURNING)
    rejudging.work(now=now)
    assert Post.objects.get(pk=inside.pk).state == Post.State.DRAFT
    assert Post.objects.get(pk=outside.pk).state == Post.State.APPROVED


def test_what_is_on_for_a_persons_teams_is_told_in_one_query(
    cast: Cast, now: datetime, django_assert_num_queries: Any
) -> None:
    begun(cast, now)
    entered(cast, now, TRIAL, team=cast.brent)
    with django_assert_num_queries(1):
        assert [period.kind for period in periods.concerning([cast.homerton], now=now)] == [ELECTION]
    assert [period.kind for period in periods.concerning([cast.force], now=now)] == [ELECTION, TRIAL]


def test_a_watch_opens_on_an_events_first_day_once(cast: Cast, now: datetime) -> None:
    period = periods.enter(
        kind=TRIAL, team=cast.hackney, name="Well Street trial", starts_on=TODAY + DAY, ends_on=TODAY + 3 * DAY,
        by=cast.dee, now=now,
    )  # fmt: skip
    assert watching.due(now=now) == []
    assert watching.due(now=now + DAY) == [period.pk]
    begun = watching.begin(period_id=period.pk, now=now + DAY)
    assert begun is not None
    assert begun.watch is not None
    assert (begun.watch.level, begun.watch.team) == (Hold.Level.WATCH, cast.hackney)
    assert watching.due(now=now + DAY) == []
    assert watching.begin(period_id=period.pk, now=now + DAY) is None


def test_an_event_that_an_administrator_entered_opens_its_watch_too(cast: Cast, now: datetime) -> None:
    begun = watching.begin(period_id=entered(cast, now, TRIAL).pk, now=now)
    assert begun is not None
    assert begun.watch is not None
    assert (begun.watch.level, begun.watch.opened_by) == (Hold.Level.WATCH, cast.sam)


def test_where_no_watch_can_open_the_desk_is_told_and_the_banner_stands(cast: Cast, now: datetime) -> None:
    period = entered(cast, now, TRIAL)
    holds.open_hold(team=period.team, level=Hold.Level.WATCH, reason="Already.", by=cast.dee, now=now)
    begun = watching.begin(period_id=period.pk, now=now)
    assert begun is not None
    assert begun.watch is None
    assert Notice.objects.filter(kind=watching.OPENS, words__contains="open one").count() == 2
    assert periods.concerning([cast.homerton], now=now) == [period]
