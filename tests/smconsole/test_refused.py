"""Requests made by hand: refused, and in the audit without a word of what was sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from accounts import appointing, refused
from accounts.models import AuditEntry, Channel, Role, User
from posts.models import Post
from tests.conftest import Cast
from tests.factories import make_post, submission_of

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
SENT = {"same_text": "on", "when": "asap", "send_within": 30}


def lines(user: User) -> list[dict[str, object]]:
    return [entry.facts for entry in AuditEntry.objects.filter(action=refused.REFUSED, by=user)]


def test_a_guessed_number_is_no_page_and_one_line(cast: Cast, client_for: Browser) -> None:
    post, browser = make_post(cast), client_for(cast.mel)
    url = reverse("posts:post", args=[post.pk])
    assert [browser.get(url).status_code for _ in range(3)] == [404, 404, 404]
    assert lines(cast.mel) == [{"address": "posts:post", "method": "GET", "status": 404, "keys": {"pk": str(post.pk)}}]
    assert AuditEntry.objects.get(action=refused.REFUSED).subject == f"accounts.user:{cast.mel.pk}"


def test_a_changed_field_is_refused_and_nothing_is_kept_of_the_words(cast: Cast, client_for: Browser) -> None:
    words = {
        "channels": cast.kilburn_x.pk,
        "text": "Secret words.",
        "same_text": "on",
        "when": "asap",
        "send_within": 30,
    }
    assert client_for(cast.ada).post(reverse("posts:new"), words).status_code == 403
    assert not Post.objects.exists()
    (line,) = lines(cast.ada)
    assert (line["address"], line["status"]) == ("posts:new", 403) and "Secret" not in str(line)
    report = {"team": cast.brent.pk, "first": "2026-01-01", "last": "2026-01-31"}
    assert client_for(cast.ada).post(reverse("engagement:reports"), report).status_code == 403


def test_a_team_put_in_by_hand_is_refused_where_one_stops_or_begins_something(
    cast: Cast, client_for: Browser, now: datetime
) -> None:
    for role, team in ((Role.DMC_EDITOR, cast.brent), (Role.SERGEANT, cast.kilburn), (Role.SERGEANT, cast.homerton)):
        appointing.appoint(user=cast.cora, role=role, team=team, starts_on=now.date(), by=cast.sam, now=now)
    browser = client_for(cast.cora)
    hold = {"team": cast.hackney.pk, "level": 1, "reason": "Quiet."}
    assert browser.post(reverse("policy:holds"), hold).status_code == 403
    assert browser.post(reverse("policy:template", args=["surgery"]), {"team": cast.wick.pk}).status_code == 403
    assert [line["address"] for line in lines(cast.cora)] == ["policy:holds", "policy:template"]


def test_a_channel_that_was_closed_meanwhile_is_no_trick(cast: Cast, client_for: Browser) -> None:
    Channel.objects.filter(pk=cast.x.pk).update(**{"state": Channel.State.CLOSED})
    sent = SENT | {"channels": cast.x.pk, "text": "Good morning."}
    assert client_for(cast.ada).post(reverse("posts:new"), sent).status_code == 422
    assert lines(cast.ada) == []


def test_an_answer_that_is_sent_again_changes_nothing_and_is_a_line(cast: Cast, client_for: Browser) -> None:
    waiting = submission_of(make_post(cast, "in_review"))
    url, seen = reverse("policy:approve", args=[waiting.pk]), {"fingerprint": waiting.fingerprint}
    browser = client_for(cast.rex)
    assert [browser.post(url, seen).status_code for _ in range(2)] == [302, 409]
    assert [line["status"] for line in lines(cast.rex)] == [409]


def test_ones_own_post_is_not_approved_by_hand_either(cast: Cast, client_for: Browser) -> None:
    waiting = submission_of(make_post(cast, "in_review"))
    Post.objects.filter(pk=waiting.post_id).update(author=cast.rex)
    answer = client_for(cast.rex).post(
        reverse("policy:approve", args=[waiting.pk]), {"fingerprint": waiting.fingerprint}
    )
    assert answer.status_code == 403 and len(lines(cast.rex)) == 1


def test_nobody_floods_the_audit(cast: Cast, client_for: Browser) -> None:
    browser = client_for(cast.mel)
    for number in range(refused.MOST + 5):
        browser.get(reverse("posts:post", args=[10_000 + number]))
    assert len(lines(cast.mel)) == refused.MOST


def test_the_secret_word_of_an_address_is_not_kept_and_strangers_leave_no_line(cast: Cast, client_for: Browser) -> None:
    url = reverse("publishing:feed", args=["a-secret-word"])
    assert client_for(cast.ada).get(url).status_code == 404 == Client().get(url).status_code
    assert [line["keys"] for line in lines(cast.ada)] == [{}]
    assert AuditEntry.objects.filter(action=refused.REFUSED).count() == 1


@pytest.mark.parametrize("said", ["9" * 5000, "9" * 30, "²", "one"], ids=["endless", "long", "squared", "word"])
def test_what_no_row_could_be_called_is_nobodys_mistake_but_the_senders(
    cast: Cast, client_for: Browser, said: str
) -> None:
    """A figure that is none, or longer than any database's: an answer, and never a failure of the console."""
    waiting = submission_of(make_post(cast, "in_review"))
    mel = [cast.mel.pk]
    asked = [
        (cast.sam, "get", reverse("appoint", args=mel), {"team": said}, 404),
        (cast.sam, "post", reverse("appoint", args=mel), {"team": said, "role": "mentor"}, 404),
        (cast.sam, "get", reverse("hand_over", args=mel), {"to": said}, 422),
        (cast.sam, "post", reverse("accounts:person_training", args=mel), {"completion": said, "why": "Wrong."}, 404),
        (cast.dee, "get", reverse("policy:holds"), {"channel": said}, 404),
        (cast.dee, "post", reverse("policy:holds"), {"team": said, "reason": "Quiet."}, 422),
        (cast.ada, "post", reverse("engagement:reports"), {"team": said}, 422),
    ]
    answers = [(url, getattr(client_for(who), how)(url, sent).status_code) for who, how, url, sent, _ in asked]
    assert answers == [(url, expected) for *_, url, _, expected in asked]
    about = {"fingerprint": waiting.fingerprint, "place": f"{said}:Good morning", "words": "Say when."}
    assert client_for(cast.rex).post(reverse("policy:comment", args=[waiting.pk]), about).status_code in (302, 422)
