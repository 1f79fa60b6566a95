"""A post may say which priority it speaks to; its words and its approval do not notice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from accounts import priorities, rights
from accounts.models import Appointment, AuditEntry, Priority, User
from posts import belonging, drafting
from posts.fingerprint import fingerprint
from posts.models import Post
from tests.conftest import Cast
from tests.factories import make_post

ClientFor = Callable[[User], Client]


@pytest.fixture
def priority(cast: Cast, now: datetime) -> Priority:
    return make(cast, now)


def make(cast: Cast, now: datetime, *, kilburn: bool = False) -> Priority:
    team = cast.kilburn if kilburn else cast.homerton
    return priorities.set_priority(
        team=team, words="Bike theft", set_on=date(2026, 2, 2), source="Ward panel", by=cast.dee, now=now
    )


def test_an_approval_outlives_the_choice(cast: Cast, priority: Priority, now: datetime) -> None:
    post = make_post(cast, "approved")
    before = (post.current_id, fingerprint(post.current), post.revision)
    belonging.belong(post=post, priority=priority, by=cast.ada, now=now)
    post.refresh_from_db()
    assert post.priority == priority and post.state == Post.State.APPROVED
    assert (post.current_id, fingerprint(post.current), post.revision) == before
    entry = AuditEntry.objects.get(action="post.priority_chosen")
    assert entry.facts == {"was": None, "became": priority.pk}


def test_the_same_choice_again_is_not_recorded_and_none_takes_it_back(
    cast: Cast, priority: Priority, now: datetime
) -> None:
    post = make_post(cast)
    for chosen in (priority, priority, None):
        belonging.belong(post=post, priority=chosen, by=cast.ada, now=now)
    assert AuditEntry.objects.filter(action="post.priority_chosen").count() == 2
    assert Post.objects.get(pk=post.pk).priority is None


def test_only_a_priority_of_the_same_team_is_taken(cast: Cast, now: datetime) -> None:
    with pytest.raises(ValidationError):
        belonging.belong(post=make_post(cast), priority=make(cast, now, kilburn=True), by=cast.ada, now=now)


def test_a_post_moved_to_another_ward_leaves_its_old_wards_priority(
    cast: Cast, priority: Priority, now: datetime
) -> None:
    teams = {"user": cast.ada, "role": "sergeant", "stage": "trusted", "starts_on": now.date()}
    Appointment.objects.create(team=cast.kilburn, made_at=now, **teams)
    rights.sync(cast.ada, now=now)
    post = belonging.belong(post=make_post(cast), priority=priority, by=User.objects.get(pk=cast.ada.pk), now=now)
    kept = {"publish_at": None, "send_within": 30, "alts": {}, "now": now}
    for channel in (cast.x, cast.kilburn_x):
        post.refresh_from_db()
        drafting.revise(
            post=post,
            revision=post.revision,
            channels=[channel],
            texts={channel.pk: f"For {channel.pk}"},
            by=User.objects.get(pk=cast.ada.pk),
            **kept,
        )
    moved = Post.objects.get(pk=post.pk)
    assert (moved.team, moved.priority) == (cast.kilburn, None)
    facts = AuditEntry.objects.filter(action="post.priority_chosen").order_by("-pk")[0].facts
    assert facts == {"was": priority.pk, "became": None, "team": cast.kilburn.pk}


@pytest.mark.parametrize("who", ["rex", "olu", "mel", "cora"])
def test_only_who_may_write_says_it(cast: Cast, priority: Priority, now: datetime, who: str) -> None:
    with pytest.raises(PermissionDenied):
        belonging.belong(post=make_post(cast), priority=priority, by=getattr(cast, who), now=now)


def test_a_copy_speaks_to_the_same_priority_while_it_is_open(cast: Cast, priority: Priority, now: datetime) -> None:
    post = belonging.belong(post=make_post(cast), priority=priority, by=cast.ada, now=now)
    assert drafting.copy(post=post, by=cast.ada, now=now).priority == priority
    priorities.close(priority=priority, ending="done", on=date(2026, 2, 3), by=cast.ada, now=now)
    assert drafting.copy(post=Post.objects.get(pk=post.pk), by=cast.ada, now=now).priority is None


# ---- pages ------------------------------------------------------------------------------------------------------


def words(cast: Cast, **more: object) -> dict[str, object]:
    typed = {"text": "Hello Homerton.", "same_text": "on", "when": "asap", "send_within": "30", "revision": "0"}
    return {**typed, "channels": [cast.x.pk], **more}


def test_it_is_chosen_where_the_words_are_written(cast: Cast, client_for: ClientFor, priority: Priority) -> None:
    client = client_for(cast.ada)
    page = client.get(reverse("posts:new") + f"?priority={priority.pk}").content.decode()
    assert f'<option value="{priority.pk}" selected>Bike theft</option>' in page
    client.post(reverse("posts:new"), words(cast, priority=priority.pk))
    post = Post.objects.get()
    assert post.priority == priority
    client.post(reverse("posts:save", args=[post.pk]), words(cast, revision=post.revision, text="Hello again."))
    post.refresh_from_db()
    assert post.priority == priority, "a form without the question leaves what stands"
    client.post(reverse("posts:save", args=[post.pk]), words(cast, revision=post.revision, priority=""))
    post.refresh_from_db()
    assert post.priority is None


@pytest.mark.parametrize("wrong", ["999999", "²", "99999999999999999999", "x"])
def test_a_wrong_choice_keeps_the_words(cast: Cast, client_for: ClientFor, priority: Priority, wrong: str) -> None:
    answer = client_for(cast.ada).post(reverse("posts:new"), words(cast, priority=wrong))
    assert answer.status_code == 422
    assert "not open for this team" in answer.content.decode()
    assert Post.objects.get().current.opening == "Hello Homerton."


def test_another_wards_priority_cannot_be_chosen_in_the_form(cast: Cast, client_for: ClientFor, now: datetime) -> None:
    make(cast, now)
    answer = client_for(cast.ada).post(reverse("posts:new"), words(cast, priority=make(cast, now, kilburn=True).pk))
    assert answer.status_code == 422 and Post.objects.get().priority is None


def test_the_page_asks_nothing_where_there_is_no_priority(cast: Cast, client_for: ClientFor) -> None:
    assert 'name="priority"' not in client_for(cast.ada).get(reverse("posts:new")).content.decode()


def test_it_can_be_said_on_the_post_s_page(cast: Cast, client_for: ClientFor, priority: Priority) -> None:
    post = make_post(cast, "approved")
    client, address = client_for(cast.ada), reverse("posts:belong", args=[post.pk])
    assert "Which priority it is about" in client.get(reverse("posts:post", args=[post.pk])).content.decode()
    client.post(address, {"priority": priority.pk})
    post.refresh_from_db()
    assert (post.priority, post.state) == (priority, Post.State.APPROVED)
    client.post(address, {"priority": "x"})
    post.refresh_from_db()
    assert post.priority == priority
    assert client_for(cast.cora).post(address, {"priority": ""}).status_code == 403
    assert client_for(cast.mel).post(address, {"priority": ""}).status_code == 404
