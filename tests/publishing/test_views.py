from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from platforms.errors import Doubtful, Refused
from posts.models import Post
from publishing.models import Delivery
from tests.publishing.conftest import Desk, lost_answer

SignIn = Callable[[User], Client]


def page(client: Client, name: str, pk: int) -> str:
    answer = client.get(reverse(f"publishing:{name}", args=[pk]), headers={"HX-Request": "true"})
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_the_post_page_says_since_when_it_is_public_and_links_to_it(desk: Desk, client_for: SignIn) -> None:
    delivery = desk.deliver(desk.released())
    told = page(client_for(desk.cast.ada), "story", delivery.target.post_id)
    assert "On X since" in told
    assert delivery.permalink in told


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Doubtful("X did not answer in time."), "we are checking whether it is there"),
        (Refused("X does not take this."), "Not on X: it was not sent"),
    ],
)
def test_the_post_page_says_what_went_wrong_in_words(
    desk: Desk, client_for: SignIn, answer: Exception, words: str
) -> None:
    desk.network.answers = [answer]
    delivery = desk.deliver(desk.released())
    told = page(client_for(desk.cast.ada), "story", delivery.target.post_id)
    assert words in told
    assert str(answer) in told


def test_a_missed_post_says_so(desk: Desk, client_for: SignIn) -> None:
    delivery = desk.released()
    desk.wait(minutes=31)
    desk.settle_overdue()
    assert "it missed its time" in page(client_for(desk.cast.ada), "story", delivery.target.post_id)


def test_the_page_asks_again_by_itself_only_while_something_moves(desk: Desk, client_for: SignIn) -> None:
    delivery = desk.released()
    client = client_for(desk.cast.ada)
    assert "hx-trigger" in page(client, "story", delivery.target.post_id)
    desk.deliver(delivery)
    assert "hx-trigger" not in page(client, "story", delivery.target.post_id)


@pytest.mark.parametrize("name", ["story", "recall"])
def test_another_wards_post_is_not_found(desk: Desk, client_for: SignIn, name: str) -> None:
    delivery = desk.released()
    answer = client_for(desk.cast.mel).get(reverse(f"publishing:{name}", args=[delivery.target.post_id]))
    assert answer.status_code == 404


def test_a_contributor_sees_the_post_and_may_not_recall_it(desk: Desk, client_for: SignIn) -> None:
    delivery = desk.released()
    client = client_for(desk.cast.con)
    assert "Recall before it goes out" not in page(client, "story", delivery.target.post_id)
    address = reverse("publishing:recall", args=[delivery.target.post_id])
    assert client.post(address).status_code == 403
    delivery.refresh_from_db()
    assert delivery.state == Delivery.State.WAITING


def test_an_author_recalls_a_post_from_its_page(desk: Desk, client_for: SignIn) -> None:
    delivery = desk.released()
    client = client_for(desk.cast.ada)
    assert "Recall it" in page(client, "recall", delivery.target.post_id)
    assert client.post(reverse("publishing:recall", args=[delivery.target.post_id])).status_code == 302
    assert Post.objects.get().state == Post.State.DRAFT


def test_settling_a_doubt_asks_for_the_address_that_was_seen(desk: Desk, client_for: SignIn) -> None:
    desk.network.answers = [lost_answer()]
    delivery = desk.deliver(desk.released())
    client, address = client_for(desk.cast.dee), reverse("publishing:decide", args=[delivery.pk])
    refused = client.post(address, {"public": "yes"})
    assert refused.status_code == 422
    assert "Add the address where you see it" in refused.content.decode()
    seen = desk.network.live[0].permalink
    assert client.post(address, {"public": "yes", "permalink": seen}).status_code == 302
    delivery.refresh_from_db()
    assert (delivery.state, delivery.permalink) == (Delivery.State.PUBLISHED, seen)


def test_somebody_elses_doubt_is_not_found(desk: Desk, client_for: SignIn) -> None:
    desk.network.answers = [lost_answer()]
    delivery = desk.deliver(desk.released())
    assert client_for(desk.cast.mel).get(reverse("publishing:decide", args=[delivery.pk])).status_code == 404


def test_the_story_takes_the_same_queries_however_many_attempts(desk: Desk, client_for: SignIn) -> None:
    delivery = desk.released()
    client = client_for(desk.cast.ada)
    page(client, "story", delivery.target.post_id)
    counted = []
    for number in range(1, 8):
        delivery.attempts.create(number=number, worker="one", started_at=desk.moment)
        with CaptureQueriesContext(connection) as queries:
            page(client, "story", delivery.target.post_id)
        counted.append(len(queries))
    assert len(set(counted)) == 1
