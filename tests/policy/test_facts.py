from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from policy import facts, registers
from tests.conftest import Cast
from tests.factories import PLAIN, make_post

pytestmark = pytest.mark.django_db


def test_the_content_is_what_each_channel_will_say(cast: Cast, now: datetime) -> None:
    post = make_post(cast, texts={cast.x.pk: "On X.", cast.page.pk: "On the Page."}, publish_at=None)
    content = facts.content(post.current)
    assert [(text.channel, text.network, text.text) for text in content.texts] == [
        (cast.x.pk, "x", "On X."),
        (cast.page.pk, "facebook", "On the Page."),
    ]
    assert (content.pictures, content.publish_at) == ((), None)


def test_the_context_is_what_the_force_knows(cast: Cast, now: datetime) -> None:
    lines = [
        ("partner", "@HackneyCouncil"),
        ("number", "020 7946 0000"),
        ("street", "Chatsworth Road"),
        ("school", "Cardinal Pole School"),
        ("venue", "Homerton Library"),
        ("operation", "Operation Larchwood"),
    ]
    for kind, value in lines:
        registers.add(kind=kind, value=value, by=cast.dee, now=now)
    context = facts.context(cast.homerton, now=now)
    assert context.ward == "Homerton"
    assert context.handles >= {"MPSHomerton", "MPSKilburnBrent"}
    assert context.partner_handles == {"hackneycouncil"}
    assert context.published_numbers == {"02079460000"}
    assert context.gazetteer >= {"Chatsworth Road", "Hackney", "Hackney Wick", "Homerton", "Cardinal Pole School"}
    assert (context.streets, context.schools) == ({"Chatsworth Road"}, {"Cardinal Pole School"})
    assert (context.venues, context.operations) == ({"Homerton Library"}, {"Larchwood"})
    assert context.wards >= {"Homerton", "Kilburn"}
    assert "Metropolitan Police Service" not in context.gazetteer


def test_the_context_takes_three_queries(
    cast: Cast, now: datetime, django_assert_num_queries: Callable[[int], object]
) -> None:
    with django_assert_num_queries(4):
        facts.context(cast.homerton, now=now)


def test_the_content_takes_few_queries(cast: Cast, django_assert_max_num_queries: Callable[[int], object]) -> None:
    version = make_post(cast, text=PLAIN).current
    with django_assert_max_num_queries(3):
        facts.content(version)


def test_the_registers_answer_for_the_day_they_are_asked_about(cast: Cast, now: datetime) -> None:
    soon, later = now + timedelta(days=2), now + timedelta(days=9)
    line = registers.add(
        kind="consent", value="Marguerite Adeoye", note="Her name", reference="Folder 14", ends_on=soon.date(),
        by=cast.dee, now=now,
    )  # fmt: skip
    hall = registers.add(kind="venue", value="Homerton Library", by=cast.dee, now=now)
    registers.retire(entry=hall, why="It closed.", by=cast.sam, now=later)
    assert facts.context(cast.homerton, now=now - timedelta(days=1)).venues == frozenset()
    assert facts.context(cast.homerton, now=soon).consents == {line.value}
    assert facts.context(cast.homerton, now=soon + timedelta(days=1)).consents == frozenset()
    assert facts.context(cast.homerton, now=later - timedelta(days=1)).venues == {"Homerton Library"}
    assert facts.context(cast.homerton, now=later).venues == frozenset()


def test_a_burst_reads_the_registers_once_and_a_second_later_afresh(
    cast: Cast, now: datetime, settings: Any, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    settings.KNOWN_FOR_SECONDS = 1.0
    clock = iter([100.0, 100.0, 100.9, 101.0, 101.0])
    monkeypatch.setattr("policy.facts.time.monotonic", lambda: next(clock))
    monkeypatch.setattr("policy.facts._lately", facts._Lately())
    first = facts.lately(now)
    with django_assert_num_queries(0):
        assert facts.lately(now) is first
    registers.add(kind="street", value="Chatsworth Road", by=cast.dee, now=now)
    assert "Chatsworth Road" in facts.lately(now).streets


def test_a_draft_is_always_told_what_the_registers_say_now(cast: Cast, now: datetime, settings: Any) -> None:
    settings.KNOWN_FOR_SECONDS = 3600.0
    facts.lately(now)
    registers.add(kind="street", value="Chatsworth Road", by=cast.dee, now=now)
    assert "Chatsworth Road" in facts.context(cast.homerton, now=now).streets
