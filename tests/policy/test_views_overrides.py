"""The doors of the overrides: who may open them, and where they lead."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from policy.content import Severity
from policy.models import Override
from posts.fingerprint import fingerprint
from posts.models import Post
from tests.conftest import Cast
from tests.factories import make_post
from tests.policy.conftest import Ruling

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]


def soon_draft(cast: Cast, author: str = "ada") -> Post:
    now = timezone.now()
    return make_post(cast, author=getattr(cast, author), publish_at=now + timedelta(hours=5), now=now)


def ask(cast: Cast, client_for: ClientFor, author: str = "tess") -> Override:
    post = soon_draft(cast, author)
    said = {"fingerprint": fingerprint(post.current), "reason": "It is a building."}
    answer = client_for(post.author).post(reverse("policy:ask_override", args=[post.pk]), said)
    assert answer.status_code == 302
    return Override.objects.get(submission__post=post)


def test_the_page_before_sending_offers_to_ask_and_a_reason_is_needed(
    cast: Cast, client_for: ClientFor, ruling: Ruling
) -> None:
    ruling(Severity.BLOCK)
    post = soon_draft(cast)
    client = client_for(cast.ada)
    assert "Ask the DMC" in client.get(reverse("policy:submit", args=[post.pk])).text
    said = {"fingerprint": fingerprint(post.current), "reason": ""}
    answer = client.post(reverse("policy:ask_override", args=[post.pk]), said)
    assert answer.status_code == 422
    assert "why it is wrong here" in answer.text


def test_nothing_is_asked_where_nothing_stops_it(cast: Cast, client_for: ClientFor) -> None:
    post = soon_draft(cast)
    assert "Ask the DMC" not in client_for(cast.ada).get(reverse("policy:submit", args=[post.pk])).text


def test_the_dmc_lets_it_through_from_the_review_page(cast: Cast, client_for: ClientFor, ruling: Ruling) -> None:
    ruling(Severity.BLOCK)
    override = ask(cast, client_for)
    client = client_for(cast.dee)
    page = client.get(reverse("policy:review", args=[override.submission_id])).text
    assert "asks to be let through" in page
    assert "Approve" not in page
    address = reverse("policy:decide_override", args=[override.pk])
    said = {"fingerprint": override.fingerprint, "lets_through": "yes"}
    assert client.post(address, said).status_code == 422
    assert client.post(address, {**said, "rationale": "It is."}).status_code == 302
    post = Post.objects.get(pk=override.submission.post_id)
    assert post.state == Post.State.APPROVED
    told = client_for(cast.tess).get(reverse("policy:story", args=[post.pk])).text
    assert "Let through: TEST" in told
    assert "Let through by the DMC" in told


def test_an_absolute_rule_goes_to_a_second_person_of_the_dmc(cast: Cast, client_for: ClientFor, ruling: Ruling) -> None:
    ruling(Severity.BLOCK_A)
    override = ask(cast, client_for)
    address = reverse("policy:decide_override", args=[override.pk])
    said = {"fingerprint": override.fingerprint, "lets_through": "yes", "rationale": "A play."}
    refused = client_for(cast.dee).post(address, said)
    assert refused.status_code == 422
    assert "only be found not to apply" in refused.text
    client_for(cast.dee).post(address, {**said, "false_positive": "on"})
    page = reverse("policy:review", args=[override.submission_id])
    assert "You were the first" in client_for(cast.dee).get(page).text
    assert "Agree: it does not apply" in client_for(cast.hana).get(page).text
    again = reverse("policy:second_override", args=[override.pk])
    silent = client_for(cast.hana).post(again, {"fingerprint": override.fingerprint, "agrees": "no"})
    assert silent.status_code == 422
    client_for(cast.hana).post(again, {"fingerprint": override.fingerprint, "agrees": "yes"})
    assert Post.objects.get(pk=override.submission.post_id).state == Post.State.APPROVED


@pytest.mark.parametrize(("name", "status"), [("rex", 403), ("ada", 403), ("tess", 403), ("mel", 404), ("olu", 404)])
def test_nobody_else_decides(cast: Cast, client_for: ClientFor, ruling: Ruling, name: str, status: int) -> None:
    ruling(Severity.BLOCK)
    override = ask(cast, client_for)
    said = {"fingerprint": override.fingerprint, "lets_through": "yes", "rationale": "Yes."}
    answer = client_for(getattr(cast, name)).post(reverse("policy:decide_override", args=[override.pk]), said)
    assert answer.status_code == status


def test_the_queue_says_who_asks(cast: Cast, client_for: ClientFor, ruling: Ruling) -> None:
    ruling(Severity.BLOCK)
    ask(cast, client_for)
    assert "Asks to be let through" in client_for(cast.dee).get(reverse("policy:queue")).text
    assert "Asks to be let through" not in client_for(cast.rex).get(reverse("policy:queue")).text


def test_a_lesson_is_on_an_advice_alone(cast: Cast, client_for: ClientFor) -> None:
    client = client_for(cast.ada)
    assert "These are fine" in client.get(reverse("policy:lesson", args=["DATE"])).text
    assert client.get(reverse("policy:lesson", args=["SEXID"])).status_code == 404
    assert client.get(reverse("policy:lesson", args=["NOTHING"])).status_code == 404
