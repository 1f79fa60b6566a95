"""What the check is told of pictures, and the questions on the compose page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from accounts.models import User
from policy import facts, rejudging, review, withdrawing
from policy.check import findings
from policy.content import Finding
from posts import drafting, pictures
from posts.models import Post, Version
from tests.conftest import Cast
from tests.factories import make_post
from tests.posts.test_declarations import add, answer

ClientFor = Callable[[User], Client]
ALT = "Two officers by the canal, with a blue bike"


@pytest.fixture(autouse=True)
def media_root(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def of_pictures(post: Post, now: datetime) -> list[Finding]:
    version = Version.objects.get(pk=Post.objects.get(pk=post.pk).current_id)
    said = findings(facts.content(version), facts.context(post.team, now=now))
    return [found for found in said if found.rule.startswith("IMG-")]


def rules(post: Post, now: datetime) -> list[str]:
    return [found.rule for found in of_pictures(post, now)]


def test_one_answer_is_enough_for_an_ordinary_picture(cast: Cast, now: datetime) -> None:
    post = make_post(cast, channels=[cast.x], now=now)
    media = add(post, cast, now)
    assert rules(post, now) == ["IMG-FACE"]
    answer(post, cast, now, {media: {"people": "nobody"}})
    assert rules(post, now) == []


def test_a_near_copy_of_what_was_withdrawn_is_told_with_the_day(cast: Cast, now: datetime) -> None:
    old = make_post(cast, channels=[cast.x], now=now)
    add(old, cast, now)
    pictures.withdraw(post=old, by=cast.ada, now=now)
    post = make_post(cast, channels=[cast.x], now=now)
    media = add(post, cast, now)
    answer(post, cast, now, {media: {"people": "nobody"}})
    found = of_pictures(post, now)
    assert [one.rule for one in found] == ["IMG-DUP"]
    assert "was withdrawn on 2 March" in found[0].message


def test_a_custody_picture_of_another_case_is_told_and_told_otherwise_once_it_should_be_down(
    cast: Cast, now: datetime
) -> None:
    old = make_post(cast, channels=[cast.x], now=now)
    about = {"people": "not_asked", "about": "custody", "take_down": (now + timedelta(days=3)).date().isoformat()}
    answer(old, cast, now, {add(old, cast, now): about})
    old.versions.update(sealed_at=now)
    post = make_post(cast, channels=[cast.x], now=now)
    answer(post, cast, now, {add(post, cast, now): {"people": "nobody"}})
    assert "in another case" in of_pictures(post, now)[0].message
    assert "was to be taken down on 5 March" in of_pictures(post, now + timedelta(days=9))[0].message


def test_compose_asks_keeps_and_checks_the_answers(cast: Cast, client_for: ClientFor, now: datetime) -> None:
    post = make_post(cast, channels=[cast.x], now=now)
    media = add(post, cast, now)
    ada = client_for(cast.ada)
    page = ada.get(reverse("posts:compose", args=[post.pk])).content.decode()
    assert "Can anyone be recognised in picture 1?" in page
    assert f'name="people_{media}" value="nobody" checked' not in page
    post.refresh_from_db()
    sent = {
        "channels": [cast.x.pk], "text": "Bike marking.", "same_text": "on", "when": "asap", "send_within": 30,
        "revision": post.revision, "post": post.pk, f"alt_{media}": ALT, f"asked_{media}": "1",
        f"people_{media}": "nobody", f"about_{media}_weapon": "on",
    }  # fmt: skip
    hints = ada.post(reverse("policy:hints"), sent).content.decode()
    assert "Weapon in the picture" in hints or "invite ridicule" in hints
    assert "one tap if it is nobody" not in hints
    ada.post(reverse("posts:save", args=[post.pk]), sent)
    kept = Version.objects.get(pk=Post.objects.get(pk=post.pk).current_id).pictures.get()
    assert kept.answers == {"people": "nobody", "about": "weapon"}
    page = ada.get(reverse("policy:submit", args=[post.pk])).content.decode()
    assert "Can anyone be recognised? No, nobody." in page


def test_pictures_from_before_the_questions_are_not_stopped(cast: Cast, now: datetime) -> None:
    post = make_post(cast, channels=[cast.x], now=now)
    add(post, cast, now)
    Version.objects.get(pk=Post.objects.get(pk=post.pk).current_id).pictures.update(answers=None)
    assert rules(post, now) == []


def waiting_with_picture(cast: Cast, now: datetime) -> tuple[Post, int]:
    post = make_post(cast, channels=[cast.x], now=now)
    media = add(post, cast, now)
    post.refresh_from_db()
    drafting.revise(
        post=post, revision=post.revision, channels=[cast.x], texts={cast.x.pk: "Bike marking."}, alts={media: ALT},
        answers={media: {"people": "nobody"}}, publish_at=None, send_within=30, by=cast.ada, now=now,
    )  # fmt: skip
    review.submit(post=post, by=cast.ada, now=now)
    post.refresh_from_db()
    return post, media


def test_what_the_dmc_withdrew_sends_waiting_posts_back_and_is_not_taken_again(cast: Cast, now: datetime) -> None:
    post, media = waiting_with_picture(cast, now)
    assert post.state == Post.State.IN_REVIEW
    withdrawing.withdraw(post=post, chosen=[media], why="The family asked.", by=cast.dee, now=now)
    rejudging.work(now=now)
    post.refresh_from_db()
    assert post.state == Post.State.DRAFT
    assert "IMG-WITHDRAWN" in rules(post, now)
    other = make_post(cast, channels=[cast.x], now=now)
    with pytest.raises(ValidationError, match="withdrawn on 2 March 2026: The family asked"):
        add(other, cast, now)


def test_only_the_dmc_withdraws_a_picture_and_gives_a_reason(cast: Cast, now: datetime) -> None:
    post = make_post(cast, channels=[cast.x], now=now)
    media = add(post, cast, now)
    with pytest.raises(PermissionDenied):
        withdrawing.withdraw(post=post, chosen=[media], why="No.", by=cast.ada, now=now)
    with pytest.raises(ValidationError, match="Say why"):
        withdrawing.withdraw(post=post, chosen=[media], why=" ", by=cast.dee, now=now)
    with pytest.raises(ValidationError, match="at least one"):
        withdrawing.withdraw(post=post, chosen=[media + 1], why="No.", by=cast.dee, now=now)
    assert rules(post, now) == ["IMG-FACE"]


def test_the_page_asks_which_and_why_and_keeps_what_was_typed(client_for: ClientFor, cast: Cast, now: datetime) -> None:
    post = make_post(cast, channels=[cast.x], now=now)
    media = add(post, cast, now)
    address = reverse("policy:withdraw_pictures", kwargs={"pk": post.pk})
    assert client_for(cast.ada).get(address).status_code == 403
    dee = client_for(cast.dee)
    refused = dee.post(address, {"pictures": [media], "why": ""})
    assert refused.status_code == 422
    assert b"Say why, in a sentence" in refused.content
    assert dee.post(address, {"pictures": [media], "why": "The family asked."}).status_code == 302
    assert "The family asked." in dee.get(address).content.decode()
