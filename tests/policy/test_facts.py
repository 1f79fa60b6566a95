from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from policy import facts
from policy.models import RegisterEntry
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
    kinds = RegisterEntry.Kind
    for kind, value in [
        (kinds.PARTNER, "@HackneyCouncil"),
        (kinds.NUMBER, "020 7946 0000"),
        (kinds.PLACE, "Chatsworth Road"),
    ]:
        RegisterEntry.objects.create(kind=kind, value=value, added_at=now)
    context = facts.context(cast.homerton, now=now)
    assert context.ward == "Homerton"
    assert context.handles >= {"MPSHomerton", "MPSKilburnBrent"}
    assert context.partner_handles == {"hackneycouncil"}
    assert context.published_numbers == {"02079460000"}
    assert context.gazetteer >= {"Chatsworth Road", "Hackney", "Hackney Wick", "Homerton"}
    assert "Metropolitan Police Service" not in context.gazetteer


def test_the_context_takes_three_queries(
    cast: Cast, now: datetime, django_assert_num_queries: Callable[[int], object]
) -> None:
    with django_assert_num_queries(3):
        facts.context(cast.homerton, now=now)


def test_the_content_takes_few_queries(cast: Cast, django_assert_max_num_queries: Callable[[int], object]) -> None:
    version = make_post(cast, text=PLAIN).current
    with django_assert_max_num_queries(3):
        facts.content(version)
