from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags
from PIL import Image

from posts import models, pictures, reading
from posts.drafting import copy, draft, revise, seal
from posts.models import Media, Post, Target
from posts.reading import leaf, listed
from posts.views import reading as views
from tests.conftest import Cast
from tests.posts.test_imaging import told_everything

ClientFor = Callable[[Any], Client]


@pytest.fixture(autouse=True)
def media_root(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def write(cast: Cast, now: datetime) -> Callable[..., Post]:
    def written(text: str = "Bike marking on Saturday.", **more: Any) -> Post:
        texts = dict.fromkeys([cast.x.pk, cast.page.pk], text)
        return draft(**{"channels": [cast.x, cast.page], "texts": texts, "by": cast.ada, "now": now, **more})

    return written


@pytest.fixture
def media(write: Callable[..., Post], cast: Cast, now: datetime) -> Media:
    upload = SimpleUploadedFile("IMG_1.jpg", told_everything("JPEG"))
    return pictures.add(post=write(), upload=upload, by=cast.ada, now=now)


def page(client: Client, name: str, *args: int, **query: Any) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


# ---- the list ------------------------------------------------------------------------------------------------------


def test_the_list_shows_a_post_once_and_filters_by_state(
    write: Callable[..., Post], cast: Cast, client_for: ClientFor, now: datetime
) -> None:
    write("Still a draft")
    waiting = write("Waiting its turn")
    seal(post=waiting, now=now)
    waiting.enter(Post.State.IN_REVIEW)
    tess = client_for(cast.tess)
    assert page(tess, "posts:index").count("Still a draft") == 1
    filtered = page(tess, "posts:index", state="in_review")
    assert "Waiting its turn" in filtered and "Still a draft" not in filtered
    assert "Draft 1" in strip_tags(filtered) and "Waiting for review 1" in strip_tags(filtered)


def test_an_unknown_filter_shows_everything(write: Callable[..., Post], cast: Cast, client_for: ClientFor) -> None:
    write("Still a draft")
    assert "Still a draft" in page(client_for(cast.ada), "posts:index", state="nonsense", page="minus one")


def test_each_role_sees_the_posts_its_rights_say(write: Callable[..., Post], cast: Cast, client_for: ClientFor) -> None:
    write("Homerton's words")
    for person in (cast.ada, cast.con, cast.rex, cast.dee, cast.hana, cast.cora):
        assert "Homerton&#x27;s words" in page(client_for(person), "posts:index"), person
    for person in (cast.mel, cast.sam, cast.olu):
        assert "Homerton&#x27;s words" not in page(client_for(person), "posts:index"), person


def test_an_empty_list_teaches_the_next_step(cast: Cast, client_for: ClientFor) -> None:
    assert reverse("posts:new") in page(client_for(cast.ada), "posts:index")
    assert "No updates yet." in page(client_for(cast.rex), "posts:index")


def test_the_list_takes_as_many_queries_for_twenty_posts_as_for_one(
    write: Callable[..., Post], cast: Cast, client_for: ClientFor
) -> None:
    ada = client_for(cast.ada)

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            page(ada, "posts:index")
        return len(asked)

    write()
    page(ada, "posts:index")
    one = queries()
    for number in range(24):
        write(f"Update {number}")
    assert queries() == one
    first = page(ada, "posts:index")
    assert "25 updates, newest first" in first and ">Newer<" not in first
    second = page(ada, "posts:index", before=re.findall(r"before=([0-9-]+)", first)[0])
    assert "Update 3<" in second and "Update 4<" not in second and ">Older<" not in second
    again = page(ada, "posts:index", after=re.findall(r"after=([0-9-]+)", second)[0])
    assert "Update 4<" in again and "Update 3<" not in again


def test_leafing_shows_every_post_once_though_all_were_saved_in_one_moment(
    write: Callable[..., Post], cast: Cast
) -> None:
    keys = [write(f"Update {number}").pk for number in range(5)][::-1]
    seen = listed(cast.ada)
    first = leaf(seen, most=2)
    second = leaf(seen, before=first.older, most=2)
    third = leaf(seen, before=second.older, most=2)
    assert [post.pk for one in (first, second, third) for post in one.posts] == keys
    assert (first.newer, third.older) == ("", "")
    assert [post.pk for post in leaf(seen, after=third.newer, most=2).posts] == keys[2:4]
    assert [post.pk for post in leaf(seen, after=second.newer, most=2).posts] == keys[:2]


@pytest.mark.parametrize("place", ["nonsense", "1", "-1-1", "99999999999999999-999999999999999999", "²-1"])
def test_a_place_that_is_none_or_far_away_does_no_harm(write: Callable[..., Post], cast: Cast, place: str) -> None:
    write()
    assert len(leaf(listed(cast.ada), before=place, most=2).posts) == 1
    assert len(leaf(listed(cast.ada), after=place, most=2).posts) == 1


def test_more_posts_than_are_counted_are_told_as_more(
    write: Callable[..., Post], cast: Cast, client_for: ClientFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "COUNTED", 2)
    monkeypatch.setattr(views, "COUNTED", 2)
    for number in range(4):
        write(f"Update {number}")
    seen = page(client_for(cast.ada), "posts:index", state="draft")
    assert "More than 2 updates in this state, newest first." in seen and "Draft 2+" in strip_tags(seen)


@pytest.mark.parametrize("few", [0, 80])
def test_who_sees_many_channels_and_who_sees_few_see_the_posts_of_their_channels_and_no_others(
    write: Callable[..., Post], cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(models, "FEW", few)
    post, bare = write(), write("Without a channel")
    Target.every.filter(post=bare).update(dropped=True)
    sees = {person: set(Post.objects.visible_to(person)) for person in (cast.ada, cast.con, cast.hana, cast.mel)}
    assert sees == {cast.ada: {post, bare}, cast.con: {post}, cast.hana: {post}, cast.mel: set()}


# ---- the post page -------------------------------------------------------------------------------------------------


def test_the_post_page_tells_who_wrote_what_word_by_word(
    write: Callable[..., Post], cast: Cast, client_for: ClientFor, now: datetime
) -> None:
    post = write()
    texts = dict.fromkeys([cast.x.pk, cast.page.pk], "Bike marking on Sunday.")
    revise(
        post=post,
        revision=0,
        channels=[cast.x, cast.page],
        texts=texts,
        alts={},
        publish_at=now + timedelta(days=1),
        send_within=60,
        by=cast.con,
        now=now,
    )
    seen = page(client_for(cast.rex), "posts:post", post.pk)
    assert "<del>Saturday</del><ins>Sunday</ins>" in seen
    assert "by Sgt Ada Okafor" in seen and "by PC Con Meredith" in seen
    assert "Tuesday 3 March 2026 10:00 GMT, at most 1 hour late" in seen


def test_what_an_author_typed_is_shown_as_text_never_as_markup(
    write: Callable[..., Post], cast: Cast, client_for: ClientFor
) -> None:
    post = write("<script>alert(1)</script>")
    for name in ("posts:post", "posts:compose"):
        assert "<script>alert" not in page(client_for(cast.ada), name, post.pk)


def test_a_draft_can_be_gone_on_with_and_a_waiting_post_taken_back(
    write: Callable[..., Post], cast: Cast, client_for: ClientFor, now: datetime
) -> None:
    post = write()
    ada, rex = client_for(cast.ada), client_for(cast.rex)
    assert "Go on writing" in page(ada, "posts:post", post.pk)
    assert "Go on writing" not in page(rex, "posts:post", post.pk)
    seal(post=post, now=now)
    post.enter(Post.State.IN_REVIEW)
    seen = page(ada, "posts:post", post.pk)
    assert "Take it back to draft" in seen and "Go on writing" not in seen
    for state in (Post.State.APPROVED, Post.State.RELEASED, Post.State.SENT):
        post.enter(state)
    seen = page(ada, "posts:post", post.pk)
    assert "Take it back to draft" not in seen and "Copy as new draft" in seen


@pytest.mark.parametrize("in_hours", [None, 5])
def test_what_was_sent_is_no_longer_said_to_be_ahead(
    write: Callable[..., Post], cast: Cast, client_for: ClientFor, now: datetime, in_hours: int | None
) -> None:
    post = write(publish_at=now + timedelta(hours=in_hours) if in_hours else None)
    ahead = "for <time" if in_hours else "as soon as"
    ada = client_for(cast.ada)
    assert ahead in page(ada, "posts:post", post.pk)
    seal(post=post, now=now)
    for state in (Post.State.APPROVED, Post.State.RELEASED, Post.State.SENT):
        post.enter(state)
    seen, rows = page(ada, "posts:post", post.pk), page(ada, "posts:index")
    told = seen[: seen.index("How it came about")]  # the history goes on telling what was planned
    assert ahead not in told and "approved" not in told.lower()
    assert "for <time" not in rows and "changed <time" not in rows
    assert ("was due <time" in told, "was due <time" in rows) == (bool(in_hours), bool(in_hours))


def test_the_post_page_leads_back_and_names_the_update(
    write: Callable[..., Post], cast: Cast, client_for: ClientFor
) -> None:
    post = write()
    seen = page(client_for(cast.ada), "posts:post", post.pk)
    assert f'class="console-back" href="{reverse("posts:index")}"' in seen
    assert f"Update {post.pk}, Homerton" in strip_tags(seen)


def test_x_comes_before_facebook_and_each_has_the_name_it_is_known_by(
    write: Callable[..., Post], cast: Cast, client_for: ClientFor
) -> None:
    texts = {cast.x.pk: "For X.", cast.page.pk: "For the Page."}
    post = write(channels=[cast.page, cast.x], texts=texts)
    post.targets.all().delete()
    for channel in (cast.page, cast.x):  # whichever was chosen first
        post.targets.create(channel=channel)
    previews, _, history = page(client_for(cast.ada), "posts:post", post.pk).partition("How it came about")
    assert previews.index('aria-label="Preview on X"') < previews.index('aria-label="Preview on Facebook"')
    assert history.index(f"@{cast.x.handle} on X") < history.index(f"{cast.page.name} on Facebook")
    assert f"@{cast.page.handle} on Facebook" not in history


def test_copying_leads_to_writing_the_copy(write: Callable[..., Post], cast: Cast, client_for: ClientFor) -> None:
    post = write()
    answer = client_for(cast.con).post(reverse("posts:copy", args=[post.pk]))
    made = Post.objects.get(copied_from=post)
    assert answer["Location"] == reverse("posts:compose", args=[made.pk])
    assert client_for(cast.con).get(reverse("posts:copy", args=[post.pk])).status_code == 405


def test_the_post_page_takes_as_many_queries_for_many_versions(
    write: Callable[..., Post], cast: Cast, client_for: ClientFor, now: datetime
) -> None:
    post, ada = write(), client_for(cast.ada)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            page(ada, "posts:post", post.pk)
        return len(asked)

    page(ada, "posts:post", post.pk)
    one = queries()
    for number in range(8):
        texts = dict.fromkeys([cast.x.pk, cast.page.pk], f"Words {number}")
        revise(
            post=post,
            revision=post.revision,
            channels=[cast.x, cast.page],
            texts=texts,
            alts={},
            publish_at=None,
            send_within=30,
            by=cast.ada if number % 2 else cast.con,
            now=now,
        )
    assert queries() == one


# ---- pictures ------------------------------------------------------------------------------------------------------


def test_a_pictures_bytes_are_served_clean_and_privately(media: Media, cast: Cast, client_for: ClientFor) -> None:
    answer = client_for(cast.rex).get(reverse("posts:picture", args=[media.pk]))
    assert answer.status_code == 200 and answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "private" in answer["Cache-Control"] and "public" not in answer["Cache-Control"]
    assert b"Canon of Ada" not in answer.content
    assert Image.open(BytesIO(answer.content)).size == (media.width, media.height)


def test_a_browser_that_has_the_picture_is_not_sent_it_again(media: Media, cast: Cast, client_for: ClientFor) -> None:
    address = reverse("posts:picture", args=[media.pk])
    ada = client_for(cast.ada)
    tag = ada.get(address)["ETag"]
    again = ada.get(address, HTTP_IF_NONE_MATCH=tag)
    assert again.status_code == 304 and not again.content
    assert client_for(cast.mel).get(address, HTTP_IF_NONE_MATCH=tag).status_code == 404


def test_a_copied_picture_is_seen_by_those_who_see_the_copy(
    media: Media, cast: Cast, client_for: ClientFor, now: datetime
) -> None:
    made = copy(post=media.post, by=cast.ada, now=now)
    copied = made.current.pictures.get().media
    assert client_for(cast.con).get(reverse("posts:picture", args=[copied.pk])).status_code == 200
    assert client_for(cast.mel).get(reverse("posts:picture", args=[copied.pk])).status_code == 404
