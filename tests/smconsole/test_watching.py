"""What machines and the night shift see: the log's lines, the meters, the watchdog over the rows."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
import structlog
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.models import Channel, Notice, User
from platforms.redaction import RedactSecrets
from posts.models import Post
from publishing.models import Delivery
from smconsole import logs, meters, pulse
from smconsole.models import Pulse
from tests.conftest import Cast
from tests.factories import PLAIN, make_post

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """Everything the house logs, as the service writes it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.Structured("json"))
    handler.addFilter(RedactSecrets())
    root = logging.getLogger()
    root.addHandler(handler)
    yield stream
    root.removeHandler(handler)


def delivery(post: Post, channel: Channel, state: str, at: datetime, **facts: object) -> Delivery:
    times = {"publish_at": at, "send_by": at + timedelta(minutes=30), "due_at": at, "created_at": at}
    version = {"version": post.current, "fingerprint": post.current.fingerprint}
    target = post.targets.get(channel=channel)
    return Delivery.objects.create(target=target, channel=channel, state=state, **version, **times, **facts)


def test_a_line_holds_no_text_no_token_and_no_query(
    cast: Cast, client_for: Callable[[User], Client], lines: io.StringIO, now: datetime
) -> None:
    post = make_post(cast, now=now)
    ada = client_for(cast.ada)
    ada.get(reverse("posts:index") + "?q=a-private-search", headers={"authorization": "Bearer sbx_secret_token"})
    ada.get("/nowhere/?q=a-private-search")
    ada.get("/calendar/feed/abcdefghijklmnopqrstuvwxyz012345.ics")
    ada.post(reverse("posts:save", args=[post.pk]), {"text": PLAIN, "q": "a-private-search"})
    logger = structlog.get_logger("house")
    logger.info("post.saved", post=post.pk, text=PLAIN, token="sbx_secret_token", trouble="?access_token=sbx_secret")
    logging.getLogger("other").warning("asked https://graph.example/me?access_token=sbx_secret_token")
    written = lines.getvalue()
    for secret in ("library", "biscuits", "sbx_secret", "a-private-search", "abcdefghijklmnop"):
        assert secret not in written
    told = [json.loads(line) for line in written.splitlines()]
    assert [line["post"] for line in told if line["event"] == "post.saved"] == [post.pk]
    finished = [line for line in told if line["event"] == "request_finished"]
    assert finished[0]["request"] == "GET /posts/" and finished[0]["user_id"] == cast.ada.pk


def test_a_line_in_plain_words_keeps_its_traceback() -> None:
    try:
        raise ValueError("Bearer sbx_secret_token")
    except ValueError:
        record = logging.getLogger("house").makeRecord(
            "house", logging.ERROR, "", 1, "post.failed", (), __import__("sys").exc_info()
        )
    line = logs.Structured("plain").format(record)
    assert "ERROR house post.failed" in line and "ValueError" in line and "sbx_secret" not in line


# ---- meters -------------------------------------------------------------------------------------


def test_the_meters_are_closed_unless_a_token_is_set_and_shown(client: Client, settings: Settings) -> None:
    settings.METRICS_TOKEN = ""
    assert client.get("/metrics").status_code == 404
    settings.METRICS_TOKEN = "a-long-token"
    assert client.get("/metrics").status_code == 401
    assert client.get("/metrics", headers={"authorization": "Bearer another"}).status_code == 401
    shown = client.get("/metrics", headers={"authorization": "Bearer a-long-token"})
    assert shown.status_code == 200 and shown["Content-Type"].startswith("text/plain")


def test_the_meters_tell_states_lateness_attempts_and_the_queue_s_age(cast: Cast, now: datetime) -> None:
    posts = [make_post(cast, "approved", now=now) for _ in range(3)]
    late = now - timedelta(minutes=10)
    done = delivery(posts[0], cast.x, "published", late, remote_id="1", published_at=late + timedelta(seconds=1.5))
    done.attempts.create(number=1, worker="w", started_at=late, outcome="published")
    delivery(posts[1], cast.x, "waiting", now - timedelta(seconds=7))
    delivery(posts[2], cast.page, "missed", late)
    text = meters.exposition(now=now).decode()
    for line in (
        'smconsole_deliveries{network="x",state="published"} 1.0',
        'smconsole_deliveries{network="x",state="waiting"} 1.0',
        'smconsole_deliveries{network="facebook",state="missed"} 1.0',
        'smconsole_lateness_seconds{quantile="0.99"} 1.5',
        'smconsole_attempts{network="x",outcome="published"} 1.0',
        "smconsole_queue_age_seconds 7.0",
        'smconsole_channels{network="x",state="live"} 2.0',
    ):
        assert line in text


# ---- the watchdog -------------------------------------------------------------------------------


def test_something_due_for_minutes_is_a_fault_whatever_the_marks_say(cast: Cast, now: datetime) -> None:
    pulse.leave(sent_at=now, now=now)
    row = delivery(make_post(cast, "approved", now=now), cast.x, "waiting", now - timedelta(minutes=4))
    assert [sign.problem for sign in pulse.read(now=now)] == ["", "", ""]
    Delivery.objects.filter(pk=row.pk).update(due_at=now - timedelta(minutes=6))
    assert pulse.read(now=now)[2].problem == "Something has been due for 6 minutes."


def test_an_approved_post_that_nobody_released_is_a_fault_too(cast: Cast, now: datetime) -> None:
    pulse.leave(sent_at=now, now=now)
    make_post(cast, "approved", now=now, publish_at=now + timedelta(minutes=3))
    assert pulse.read(now=now)[2].problem == ""
    later = now + timedelta(minutes=10)
    pulse.leave(sent_at=later, now=later)
    assert pulse.read(now=later)[2].problem == "Something has been due for 7 minutes."


@pytest.mark.parametrize("author", ["ada", "tess"])  # a reviewer agreed; nobody had to
def test_what_goes_as_soon_as_approved_and_does_not_is_a_fault_too(cast: Cast, now: datetime, author: str) -> None:
    make_post(cast, "approved", author=getattr(cast, author), now=now)
    later = now + timedelta(minutes=9)
    pulse.leave(sent_at=later, now=later)
    assert pulse.read(now=later)[2].problem == "Something has been due for 9 minutes."


def test_a_clock_that_stood_still_is_told_when_it_goes_again(cast: Cast, now: datetime) -> None:
    pulse.leave(sent_at=now, now=now)
    pulse.leave(sent_at=now + timedelta(seconds=59), now=now + timedelta(seconds=59))
    assert not Notice.objects.exists()
    again = now + timedelta(minutes=12)
    pulse.leave(sent_at=again, now=again)
    told = Notice.objects.filter(kind="clock.stopped")
    assert set(told.values_list("to__username", flat=True)) == {"dee", "hana", "sam"}
    assert "stood still for 11 minutes" in told[0].words
    assert Pulse.objects.get(name="beat").at == again
