"""You said, we did, result: counted honestly, and shown to those who may see the ward."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts import priorities as writing
from accounts.models import Priority, Team, User
from engagement import periods, priorities
from engagement.priorities import Complete, complete, counted
from posts.models import Post
from publishing.models import Delivery
from tests.conftest import Cast
from tests.engagement.conftest import Teller

ClientFor = Callable[[User], Client]
DAY = timedelta(days=1)


def make(cast: Cast, words: str = "Bike theft", team: Team | None = None, **more: object) -> Priority:
    told = {"set_on": date(2026, 2, 2), "source": "Ward panel", "by": cast.dee, "now": timezone.now()}
    return writing.set_priority(team=team or cast.homerton, words=words, **(told | more))


def step(cast: Cast, priority: Priority, kind: str) -> None:
    writing.add_step(
        priority=priority, kind=kind, words=f"A {kind}", on=date(2026, 2, 3), by=cast.dee, now=timezone.now()
    )


def about(priority: Priority, post: Post) -> Post:
    Post.objects.filter(pk=post.pk).update(priority=priority)
    return post


def found(*teams: Team, **more: bool) -> list[priorities.Kept]:
    period = periods.last(28, now=timezone.now())
    return priorities.of_teams([team.pk for team in teams], since=period.since, until=period.until, **more)


@pytest.mark.parametrize(
    ("kinds", "told", "whole", "missing"),
    [
        ([], False, False, ("what you did", "what came of it", "an update that tells residents")),
        (["action"], True, False, ("what came of it",)),
        (["result"], True, False, ("what you did",)),
        (["action", "action", "result"], False, True, ("an update that tells residents",)),
        (["action", "result"], True, True, ()),
    ],
)
def test_a_priority_is_whole_with_an_action_and_a_result(
    kinds: list[str], told: bool, whole: bool, missing: tuple[str, ...]
) -> None:
    assert (complete(kinds, told=told).whole, complete(kinds, told=told).missing) == (whole, missing)


def test_a_set_is_counted_part_by_part() -> None:
    rows = [Complete(True, True, True), Complete(True, False, False), Complete(False, False, True)]
    count = counted(rows)
    assert (count.number, count.did, count.result, count.whole, count.told) == (3, 2, 1, 1, 2)
    assert count.told_share == pytest.approx(2 / 3)
    assert counted([]).told_share is None


def test_the_sentence_counts_in_words() -> None:
    assert priorities.sentence(counted([]), 28) == "No priority is written down here."
    one = priorities.sentence(counted([Complete(True, False, False)]), 28)
    assert one.startswith("1 priority is open. It has not come up in updates of the last 28 days; none has all")
    two = priorities.sentence(counted([Complete(True, True, True), Complete(True, False, False)]), 28)
    assert "1 of them came up in updates of the last 28 days; 1 has all three parts" in two


def test_an_update_counts_once_however_many_networks_and_only_while_it_is_public(cast: Cast, tell: Teller) -> None:
    priority = make(cast)
    about(priority, tell(cast.x, cast.page, at=timezone.now() - 2 * DAY))
    about(priority, tell(cast.x, at=timezone.now() - 60 * DAY))
    gone = about(priority, tell(cast.x, at=timezone.now() - DAY))
    Delivery.objects.filter(target__post=gone).update(state="taken_down")
    kept = found(cast.homerton)[0]
    assert len(kept.told_at) == 2 and len(kept.told_recently) == 1 and kept.complete.told


def test_closed_and_mistaken_ones_count_only_where_they_should(cast: Cast) -> None:
    today = timezone.now().date()
    done, mistaken, standing = make(cast, "Done"), make(cast, "Mistake"), make(cast, "Open")
    for priority, ending in ((done, "done"), (mistaken, "dropped")):
        writing.close(priority=priority, ending=ending, on=today, by=cast.dee, now=timezone.now())
    assert [kept.priority for kept in found(cast.homerton)] == [standing]
    assert {kept.priority for kept in found(cast.homerton, closed_too=True)} == {standing, done}


def test_figures_are_kept_apart_by_ward(cast: Cast) -> None:
    step(cast, make(cast), "action")
    make(cast, "Parcels", cast.kilburn)
    count = priorities.by_team(found(cast.homerton, cast.kilburn))
    assert (count[cast.homerton.pk].did, count[cast.kilburn.pk].did) == (1, 0)


def test_the_page_shows_the_three_parts_and_what_is_missing(cast: Cast, client_for: ClientFor, tell: Teller) -> None:
    priority = make(cast)
    step(cast, priority, "action")
    about(priority, tell(cast.x, at=timezone.now() - 2 * DAY))
    page = client_for(cast.ada).get(reverse("engagement:priorities", args=[cast.homerton.code])).content.decode()
    for needed in ("A action", "not known yet", "Residents were last told 2 days ago", "Add a priority"):
        assert needed in page, needed
    assert reverse("posts:new") + f"?priority={priority.pk}" in page


def test_an_empty_page_teaches_whoever_may_write_and_tells_whoever_may_not(cast: Cast, client_for: ClientFor) -> None:
    address = reverse("engagement:priorities", args=[cast.homerton.code])
    assert reverse("accounts:new_priority", args=[cast.homerton.code]) in client_for(cast.ada).get(address).text
    page = client_for(cast.olu).get(address).text
    assert "The ward’s sergeant or the DMC writes down" in page and "Add a priority" not in page
    assert client_for(cast.mel).get(address).status_code == 404
    borough = reverse("engagement:priorities", args=[cast.hackney.code])
    assert "set ward by ward" in client_for(cast.olu).get(borough).text


def test_the_table_holds_every_priority_and_guards_a_spreadsheet(cast: Cast, client_for: ClientFor) -> None:
    make(cast, "=1+1")
    table = client_for(cast.olu).get(reverse("engagement:ward_priorities", args=[cast.homerton.code])).text
    assert "'=1+1" in table and "Ward panel" in table
    assert client_for(cast.mel).get(reverse("engagement:ward_priorities", args=[cast.homerton.code])).status_code == 404


def test_the_page_costs_the_same_queries_with_many(cast: Cast, client_for: ClientFor, tell: Teller) -> None:
    client, address = client_for(cast.ada), reverse("engagement:priorities", args=[cast.homerton.code])
    step(cast, make(cast), "action")
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(5):
        priority = make(cast, f"Number {number}")
        step(cast, priority, "result")
        about(priority, tell(cast.x, at=timezone.now() - number * DAY))
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)
