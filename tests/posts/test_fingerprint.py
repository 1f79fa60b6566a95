from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from hypothesis import assume, given
from hypothesis import strategies as st

from posts.drafting import draft
from posts.fingerprint import digest, fingerprint
from posts.models import Target
from tests.conftest import Cast

MOMENTS = st.none() | st.datetimes(timezones=st.just(UTC))
PARTS = st.fixed_dictionaries(
    {
        "texts": st.dictionaries(st.integers(1, 9).map(str), st.text(max_size=20), max_size=3),
        "pictures": st.lists(st.tuples(st.sampled_from(["a" * 64, "b" * 64]), st.text(max_size=8)), max_size=4),
        "channels": st.lists(st.integers(1, 9), unique=True, max_size=3),
        "publish_at": MOMENTS,
        "send_within": st.integers(1, 1440),
    }
)


def same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return {**one, "channels": sorted(one["channels"])} == {**other, "channels": sorted(other["channels"])}


@given(PARTS, PARTS, st.sampled_from(["texts", "pictures", "channels", "publish_at", "send_within"]))
def test_a_change_of_any_part_gives_another_fingerprint(
    parts: dict[str, Any], other: dict[str, Any], part: str
) -> None:
    changed = {**parts, part: other[part]}
    assume(not same(parts, changed))
    assert digest(**parts) != digest(**changed)


@given(PARTS)
def test_the_order_of_keys_and_channels_does_not_matter(parts: dict[str, Any]) -> None:
    turned = {
        **parts,
        "texts": dict(reversed(parts["texts"].items())),
        "channels": list(reversed(parts["channels"])),
    }
    assert digest(**turned) == digest(**parts)


@given(PARTS)
def test_the_order_of_pictures_does_matter(parts: dict[str, Any]) -> None:
    turned = {**parts, "pictures": list(reversed(parts["pictures"]))}
    assume(turned["pictures"] != parts["pictures"])
    assert digest(**turned) != digest(**parts)


@given(st.datetimes(min_value=datetime(2000, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_the_same_moment_said_in_another_zone_is_the_same(moment: datetime) -> None:
    rest: dict[str, Any] = {"texts": {}, "pictures": [], "channels": [], "send_within": 30}
    local = moment.astimezone(ZoneInfo("Europe/London"))
    assert digest(publish_at=moment, **rest) == digest(publish_at=local, **rest)


def test_a_lone_surrogate_or_any_letter_can_be_fingerprinted() -> None:
    rest: dict[str, Any] = {"pictures": [], "channels": [], "publish_at": None, "send_within": 30}
    assert len({digest(texts={"1": text}, **rest) for text in ("\ud800", "é", "e\u0301", "👮", "\\u00e9")}) == 5


def test_a_channel_added_behind_the_version_changes_it(cast: Cast, now: datetime) -> None:
    post = draft(channels=[cast.x], texts={cast.x.pk: "Bike marking on Saturday."}, by=cast.ada, now=now)
    before = fingerprint(post.current)
    with transaction.atomic():
        Target.objects.create(post=post, channel=cast.page)
    assert fingerprint(post.current) != before


def test_what_is_read_back_has_the_fingerprint_of_what_was_written(cast: Cast, now: datetime) -> None:
    later = now + timedelta(hours=3)
    post = draft(channels=[cast.x], texts={cast.x.pk: "Café at 3"}, publish_at=later, by=cast.ada, now=now)
    before = fingerprint(post.current)
    post.refresh_from_db()
    assert fingerprint(post.current) == before
