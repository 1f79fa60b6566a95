"""A database for measuring: of the real shape, and never in the way of a real console."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from engagement import rollups
from engagement.models import AreaDay, ChannelDay, Snapshot, Watch
from platforms.config import Config
from posts.models import Post
from publishing.models import Delivery
from tests.conftest import Cast
from tests.engagement.test_rollups import kept

pytestmark = pytest.mark.django_db
SANDBOX = Config(x_api="http://127.0.0.1:1", x_www="http://a:1", graph="http://a:1", facebook_www="http://a:1")


def seed(**options: object) -> dict[str, float]:
    out = StringIO()
    with override_settings(PLATFORMS=SANDBOX):
        call_command("seed_scale", json=True, stdout=out, stderr=StringIO(), **options)
    return dict(json.loads(out.getvalue()))


@pytest.fixture
def media(settings: object, tmp_path: object) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]


@pytest.mark.usefixtures("media")
@pytest.mark.postgres
def test_posts_numbers_and_sums_fit_together() -> None:
    found = seed(channels=20, posts=1500, days=40)
    assert (Post.objects.count(), Delivery.objects.count()) == (1500, found["deliveries"])
    assert Watch.objects.count() == found["deliveries"]
    assert Snapshot.objects.count() == found["snapshots"]
    assert sum(ChannelDay.objects.values_list("updates", flat=True)) == 1500
    assert sum(AreaDay.objects.filter(team__code="MPS").values_list("posts", flat=True)) == found["deliveries"]
    assert all(delivery.target.post_id == delivery.version.post_id for delivery in Delivery.objects.all()[:50])
    Post.objects.create(
        team=Post.objects.first().team,  # type: ignore[union-attr]
        author=Post.objects.first().author,  # type: ignore[union-attr]
        created_at=Delivery.objects.all()[0].created_at,
        updated_at=Delivery.objects.all()[0].created_at,
    )  # the next key is free


@pytest.mark.usefixtures("media")
def test_the_shape_is_that_of_real_posts() -> None:
    found = seed(channels=4, posts=3000, days=30)
    assert (found["likes_median"], found["reposts_median"], found["replies_median"]) == (4, 1, 0)
    assert 0.58 < found["without_reply"] < 0.66
    assert 0.64 < found["gini"] < 0.78
    assert 20 <= found["likes_p90"] <= 29


def test_a_database_with_people_is_left_alone(cast: Cast) -> None:
    with pytest.raises(CommandError, match="already holds"):
        seed(channels=4, posts=5, days=2)
    assert not Post.objects.exists()


def test_a_console_of_the_real_networks_is_left_alone(db: None) -> None:
    with override_settings(PLATFORMS=Config()), pytest.raises(CommandError, match="real networks"):
        call_command("seed_scale", posts=5)
    assert not Post.objects.exists()


@pytest.mark.usefixtures("media")
def test_rebuilding_what_was_seeded_changes_nothing(now: object) -> None:
    seed(channels=6, posts=200, days=10)
    before = kept()
    out = StringIO()
    call_command("rebuild_rollups", json=True, stdout=out, stderr=StringIO())
    assert kept() == before
    assert json.loads(out.getvalue())["channel_days"] == ChannelDay.objects.count()
    assert not list(rollups.StaleDay.objects.all())
