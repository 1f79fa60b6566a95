"""The receiver of webhooks: what gets in, and that whatever gets in moves nothing but the moment of a look."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from accounts.models import AuditEntry, Notice
from platforms.base import Found
from platforms.errors import Doubtful, Unreachable
from publishing import due, hooks, overdue, proof, reconcile
from publishing.models import Attempt, Delivery, Proof
from tests.publishing.conftest import Desk, lost_answer

State = Delivery.State
WORD, SECRET = "our-own-word", "sbx_app_secret"
WHERE = "/hooks/facebook/"
OTHER = "The stall is by the library."
HUB = {"hub.mode": "subscribe", "hub.verify_token": WORD, "hub.challenge": "1158201444"}


@pytest.fixture(autouse=True)
def receiver(settings: Settings, db: None) -> None:
    settings.FACEBOOK_WEBHOOK_TOKEN = WORD
    settings.PLATFORMS = replace(settings.PLATFORMS, facebook_app_secret=SECRET)


def change(page: str, verb: str, post: str = "", item: str = "status", **more: Any) -> dict[str, Any]:
    value = {"item": item, "verb": verb, "post_id": post or f"{page}_1", "from": {"id": page}, **more}
    return {"id": page, "time": 1, "changes": [{"field": "feed", "value": value}]}


def body(*entries: dict[str, Any]) -> bytes:
    return json.dumps({"object": "page", "entry": entries}).encode()


def signature(raw: bytes, secret: str = SECRET) -> str:
    return "sha256=" + hmac.new(secret.encode(), raw, hashlib.sha256).hexdigest()


def knock(raw: bytes, signed: str | None = None) -> HttpResponse:
    """As Facebook does; somebody without a session whose browser would be asked for a CSRF token."""
    client = Client(enforce_csrf_checks=True)
    headers = {"X-Hub-Signature-256": signature(raw) if signed is None else signed}
    return client.post(WHERE, raw, content_type="application/json", headers=headers)


# ---- the door -----------------------------------------------------------------------------------


def test_facebook_asks_whether_the_address_is_ours_and_hears_its_challenge() -> None:
    answer = Client().get(WHERE, HUB)
    assert (answer.status_code, answer.content) == (200, b"1158201444")
    assert answer.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize(
    "asked",
    [
        {**HUB, "hub.verify_token": "guess"},
        {**HUB, "hub.verify_token": "gu\u00e9ss\u2603"},
        {**HUB, "hub.mode": "unsubscribe"},
        {**HUB, "hub.challenge": "x" * 201},
        {},
    ],
)
def test_a_question_without_our_word_is_not_answered(asked: dict[str, str]) -> None:
    assert Client().get(WHERE, asked).status_code == 403


@pytest.mark.parametrize(("word", "secret"), [("", SECRET), (WORD, "")])
def test_without_a_word_or_a_secret_there_is_no_receiver(settings: Settings, word: str, secret: str) -> None:
    settings.FACEBOOK_WEBHOOK_TOKEN = word
    settings.PLATFORMS = replace(settings.PLATFORMS, facebook_app_secret=secret)
    assert Client().get(WHERE, {**HUB, "hub.verify_token": word}).status_code == 404
    assert knock(body(), signature(body(), secret)).status_code == 404


def test_what_is_signed_is_heard_without_a_session_or_a_form() -> None:
    answer = knock(body(change("1", "add")))
    assert (answer.status_code, answer.content, answer.cookies) == (200, b"heard", {})


def test_the_signature_is_over_the_bytes_as_they_came() -> None:
    escaped = (
        b'{"object":"page","entry":[{"id":"1","changes":[{"field":"feed","value":{"message":"Caf\\u00e9 \\/"}}]}]}'
    )
    plain = json.dumps(json.loads(escaped), ensure_ascii=False).encode()
    assert (knock(escaped).status_code, knock(plain).status_code) == (200, 200)
    assert knock(plain, signature(escaped)).status_code == 403


@pytest.mark.parametrize(
    "forged", ["", "sha256=", "sha256=00", "sha1=abc", "caf\u00e9", signature(body(), "another_secret")]
)
def test_what_is_not_signed_by_our_app_is_refused_before_it_is_read(
    forged: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(hooks, "read", lambda raw: pytest.fail("it was read"))
    assert knock(body(), forged).status_code == 403
    (line,) = [record for record in caplog.records if record.getMessage() == "hook.refused"]
    assert (line.network, line.trouble) == ("facebook", "signature")


def test_too_much_is_not_even_read() -> None:
    raw = b" " * (hooks.MOST_BYTES + 1)
    assert knock(raw).status_code == 413


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"nonsense", b"\xff\xfe", b"[" * 100_000, b"[]", b"null", b'"page"', b'{"object":"page"}', b"9" * 5000,
        b'{"object":"page","entry":{}}', b'{"object":"page","entry":[1]}', b'{"object":"page","entry":[{"changes":7}]}',
        b'{"object":"page","entry":[{"changes":[null]}]}',
        b'{"object":"page","entry":[{"changes":[{"field":"feed","value":[]}]}]}',
        body(*[change("1", "add")] * 1001),
    ],
)  # fmt: skip
def test_signed_nonsense_is_a_bad_request_and_no_error_of_ours(raw: bytes) -> None:
    assert knock(raw).status_code == 400


@pytest.mark.parametrize("odd", [None, 7, [], {}, "", "\x00", "\ud800", "1_2\n", "١_٢", "x" * 5000, True])
def test_odd_values_in_a_good_shape_are_passed_over(odd: Any) -> None:
    entry = {"id": odd, "changes": [{"field": "feed", "value": {"item": "post", "verb": verb, "post_id": odd}}
             for verb in ("add", "remove", odd)] + [{"field": odd, "value": odd}]}  # fmt: skip
    entry["changes"].append({"field": "feed", "value": {"item": odd, "verb": odd}})
    assert knock(body(entry)).status_code == 200


# ---- what is in doubt ---------------------------------------------------------------------------


def in_doubt(desk: Desk, *, public: bool) -> Delivery:
    desk.wait(seconds=2)  # the lane's distance from what was sent before
    desk.network.answers = [lost_answer() if public else Doubtful("Facebook did not answer in time.")]
    delivery = desk.deliver(desk.released(channels=[desk.cast.page]))
    assert delivery.state == State.UNCONFIRMED
    return delivery


def hear(desk: Desk, *entries: dict[str, Any]) -> None:
    hooks.hear(body(*entries), now=desk.moment)


def added(desk: Desk, **more: Any) -> None:
    hear(desk, change(desk.cast.page.external_id, "add", **more))


def look_if_due(desk: Desk, delivery: Delivery) -> Delivery:
    """One round of the clock."""
    for pk in due.deliveries_to_look_for(now=desk.moment):
        reconcile.reconcile(delivery_id=pk, now=desk.moment)
    delivery.refresh_from_db()
    return delivery


def row(delivery: Delivery) -> dict[str, Any]:
    return dict(Delivery.objects.filter(pk=delivery.pk).values().get())


@pytest.mark.postgres
@pytest.mark.parametrize("item", ["status", "photo", "post", "share"])
def test_a_doubt_is_settled_by_the_look_that_a_hook_brought(desk: Desk, item: str) -> None:
    delivery = in_doubt(desk, public=True)
    desk.wait(seconds=1)
    assert look_if_due(desk, delivery).state == State.UNCONFIRMED
    added(desk, item=item, post="100000000000001_666")
    assert look_if_due(desk, delivery).state == State.PUBLISHED
    assert delivery.remote_id == desk.network.live[0].remote_id, "found on the Page, not taken from the hook"


def test_a_hook_moves_nothing_but_the_moment_of_the_look(desk: Desk) -> None:
    delivery = in_doubt(desk, public=True)
    before = row(delivery)
    added(desk)
    assert row(delivery) == before | {"look_at": desk.moment}


@pytest.mark.parametrize(
    "entry",
    [
        change("999", "add"),
        change("100000000000001", "edited"),
        change("100000000000001", "add", item="comment"),
        change("100000000000001", "add", item="reaction"),
        change("1000000000000000001", "add"),  # an account on X
        {"id": "100000000000001", "changes": [{"field": "mention", "value": {"item": "post", "verb": "add"}}]},
        {"id": "100000000000001"},
    ],
)
def test_unknown_pages_and_other_news_change_nothing(desk: Desk, entry: dict[str, Any]) -> None:
    delivery = in_doubt(desk, public=True)
    before = row(delivery)
    hear(desk, entry)
    assert row(delivery) == before


def test_another_object_than_a_page_changes_nothing(desk: Desk) -> None:
    delivery = in_doubt(desk, public=True)
    before = row(delivery)
    told = {"object": "user", "entry": [change(desk.cast.page.external_id, "add")]}
    hooks.hear(json.dumps(told).encode(), now=desk.moment)
    assert row(delivery) == before


def test_a_hook_that_lies_neither_publishes_nor_ends_the_looking_sooner(desk: Desk) -> None:
    delivery = in_doubt(desk, public=False)
    began = desk.moment
    while desk.moment < began + timedelta(minutes=14):
        desk.wait(seconds=10)
        added(desk)
        look_if_due(desk, delivery)
        assert (delivery.state, delivery.remote_id, desk.network.sent) == (State.UNCONFIRMED, "", 1)
        planned = sum(timedelta(seconds=seconds) <= desk.moment - began for seconds in (30, 120, 300, 900, 3600))
        assert delivery.looks <= planned


def test_a_lie_in_the_first_seconds_does_not_count_and_the_planned_look_stays(desk: Desk) -> None:
    delivery = in_doubt(desk, public=False)
    planned = delivery.look_at
    desk.wait(seconds=1)
    added(desk)
    assert (look_if_due(desk, delivery).looks, delivery.look_at) == (0, planned)


def test_a_look_that_a_hook_brought_and_that_failed_does_not_put_the_planned_one_off(desk: Desk) -> None:
    delivery = in_doubt(desk, public=True)
    planned = delivery.look_at
    desk.network.looks = [Unreachable("Facebook could not be reached.")]
    added(desk)
    assert (look_if_due(desk, delivery).look_at, delivery.blind_looks) == (planned, 1)


def test_replayed_deliveries_bring_one_look_a_minute(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    delivery = in_doubt(desk, public=False)
    asked: list[object] = []
    monkeypatch.setattr(desk.network, "find", lambda since: asked.append(since) or ())
    for _ in range(25):
        desk.wait(seconds=1)
        added(desk)
        look_if_due(desk, delivery)
    assert len(asked) == 1


def test_a_hook_during_a_look_begins_no_second_one(desk: Desk) -> None:
    delivery = in_doubt(desk, public=True)
    desk.wait(seconds=31)
    Delivery.objects.filter(pk=delivery.pk).update(
        look_at=desk.moment + reconcile.RETRY_LOOK, looked_at=desk.moment
    )  # somebody has just begun to look
    desk.wait(seconds=5)
    added(desk)
    assert due.deliveries_to_look_for(now=desk.moment) == []


def test_a_hook_soon_after_a_look_brings_the_next_within_a_minute(desk: Desk) -> None:
    delivery = in_doubt(desk, public=False)
    desk.wait(seconds=301)
    look_if_due(desk, delivery)
    desk.wait(seconds=5)
    added(desk)
    delivery.refresh_from_db()
    assert delivery.look_at == desk.moment + reconcile.RETRY_LOOK


def test_while_the_worker_that_was_taken_for_dead_may_still_be_answered_the_plan_stays(desk: Desk) -> None:
    delivery = desk.released(channels=[desk.cast.page])
    assert delivery.claim(worker="one", now=desk.moment)
    Attempt.objects.create(delivery=delivery, number=1, worker="one", started_at=desk.moment)
    desk.wait(seconds=81)
    overdue.take_back(delivery_id=delivery.pk, now=desk.moment)
    assert look_if_due(desk, delivery).state == State.UNCONFIRMED
    before = row(delivery)
    desk.wait(seconds=20)
    added(desk)
    assert row(delivery) == before
    desk.wait(seconds=80)
    look_if_due(desk, delivery)
    desk.wait(seconds=61)
    added(desk)
    assert due.deliveries_to_look_for(now=desk.moment) == [delivery.pk]


def test_what_a_person_must_settle_and_what_waits_is_left_alone(desk: Desk) -> None:
    stuck = in_doubt(desk, public=True)
    Delivery.objects.filter(pk=stuck.pk).update(look_at=None)
    desk.wait(seconds=2)
    waiting = desk.released(channels=[desk.cast.page], text=OTHER)
    before = row(stuck), row(waiting)
    added(desk)
    assert (row(stuck), row(waiting)) == before


# ---- what is gone -------------------------------------------------------------------------------


def published(desk: Desk, number: str = "777") -> Delivery:
    """Public under an id of Facebook's shape, and read back as it was sent."""
    desk.wait(seconds=2)
    delivery = desk.deliver(desk.released(channels=[desk.cast.page], text=OTHER))
    remote_id = f"{desk.cast.page.external_id}_{number}"
    seen = desk.network.live.pop()
    facts = {name: getattr(seen, name) for name in ("permalink", "text", "pictures", "created_at")}
    desk.network.live.append(Found(remote_id=remote_id, **facts))
    Delivery.objects.filter(pk=delivery.pk).update(remote_id=remote_id)
    desk.wait(seconds=60)
    read_if_due(desk, delivery)
    assert Proof.objects.get(delivery=delivery).differences == []
    return delivery


def read_if_due(desk: Desk, delivery: Delivery) -> list[int]:
    found = due.deliveries_to_prove(now=desk.moment)
    for pk in found:
        proof.prove(delivery_id=pk, now=desk.moment)
    delivery.refresh_from_db()
    return found


def removed(desk: Desk, *posts: str) -> None:
    hear(desk, *[change(desk.cast.page.external_id, "remove", post=post, item="post") for post in posts])


@pytest.mark.postgres
def test_a_post_that_somebody_removed_on_facebook_is_noticed_and_told(desk: Desk) -> None:
    delivery = published(desk)
    desk.wait(hours=30)
    desk.network.live = []
    removed(desk, delivery.remote_id)
    assert read_if_due(desk, delivery) == [delivery.pk]
    assert Proof.objects.get(delivery=delivery).differences == [proof.NOT_SEEN]
    assert (delivery.state, delivery.prove_at) == (State.PUBLISHED, None)
    assert Notice.objects.filter(kind="delivery.differs").exists()


def test_a_removal_that_is_a_lie_changes_nothing(desk: Desk) -> None:
    delivery = published(desk)
    desk.wait(hours=30)
    before, entries = row(delivery), AuditEntry.objects.count()
    for _ in range(3):
        removed(desk, delivery.remote_id)
        assert read_if_due(desk, delivery) == [delivery.pk]
        desk.wait(minutes=2)
    assert (row(delivery), AuditEntry.objects.count()) == (before, entries)
    assert Proof.objects.get(delivery=delivery).differences == []
    assert not Notice.objects.filter(kind="delivery.differs").exists()


def test_a_removal_told_again_is_no_news_to_people(desk: Desk) -> None:
    delivery = published(desk)
    desk.wait(hours=30)
    desk.network.live = []
    removed(desk, delivery.remote_id)
    read_if_due(desk, delivery)
    Notice.objects.update(closed_at=desk.moment)
    told = Notice.objects.count()
    desk.wait(minutes=2)
    removed(desk, delivery.remote_id)
    assert read_if_due(desk, delivery) == [delivery.pk]
    assert Notice.objects.count() == told


def test_a_removal_just_after_a_reading_is_looked_at_a_minute_later(desk: Desk) -> None:
    delivery = published(desk)
    desk.wait(seconds=1)
    for _ in range(3):
        removed(desk, delivery.remote_id)
    assert read_if_due(desk, delivery) == []
    assert delivery.prove_at == desk.moment + proof.APART


def test_a_removal_of_a_post_that_is_not_ours_or_comes_down_anyway_changes_nothing(desk: Desk) -> None:
    delivery = published(desk)
    Delivery.objects.filter(pk=delivery.pk).update(state=State.TAKING_DOWN)
    before = row(delivery)
    removed(desk, delivery.remote_id, f"{desk.cast.page.external_id}_1")
    assert row(delivery) == before


# ---- many ---------------------------------------------------------------------------------------


def everything(desk: Desk, number: int, gone: Iterable[str]) -> bytes:
    page = desk.cast.page.external_id
    news = [change(page, "remove", post=post) for post in gone]
    news += [change(str(10**6 + one), "add") for one in range((number - len(news)) // 2)]
    news += [change(page, "remove", post=f"{page}_{one}") for one in range(number - len(news) - 1)]
    return body(*news, change(page, "add"))


def test_a_thousand_changes_cost_as_many_queries_as_two(desk: Desk) -> None:
    gone = published(desk)
    doubt = in_doubt(desk, public=True)
    desk.wait(minutes=2)
    Delivery.objects.filter(pk=doubt.pk).update(look_at=desk.moment + timedelta(seconds=1))
    with CaptureQueriesContext(connection) as few:
        hooks.hear(everything(desk, 2, [gone.remote_id]), now=desk.moment)
    with CaptureQueriesContext(connection) as many:
        hooks.hear(everything(desk, 1000, [gone.remote_id]), now=desk.moment + timedelta(hours=1))
    assert len(many) <= len(few) <= 12
    gone.refresh_from_db()
    doubt.refresh_from_db()
    assert (gone.prove_at, doubt.look_at) == (desk.moment, desk.moment)


def test_the_door_itself_asks_the_database_nothing(django_assert_num_queries: Any) -> None:
    raw = body(change("1", "edited"))
    with django_assert_num_queries(0):
        assert knock(raw).status_code == 200
        assert knock(raw, "sha256=00").status_code == 403
        assert Client().get(WHERE, HUB).status_code == 200
