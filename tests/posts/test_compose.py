from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from posts import pictures
from posts.drafting import draft, revise, seal
from posts.models import Media, Post
from tests.conftest import Cast
from tests.posts.test_imaging import encoded, plain, told_everything

HTMX = {"HTTP_HX_REQUEST": "true"}
ClientFor = Callable[[Any], Client]


@pytest.fixture(autouse=True)
def at_ten_on_monday(now: datetime, settings, tmp_path: Path) -> Any:
    settings.MEDIA_ROOT = tmp_path
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def post(cast: Cast, now: datetime) -> Post:
    texts = dict.fromkeys([cast.x.pk, cast.page.pk], "Bike marking on Saturday.")
    return draft(channels=[cast.x, cast.page], texts=texts, by=cast.ada, now=now)


def fields(cast: Cast, **changes: Any) -> dict[str, Any]:
    """What the page sends: one text for both channels, as soon as approved."""
    sent = {
        "text": "Bike marking on Saturday.",
        "same_text": "on",
        "channels": [cast.x.pk, cast.page.pk],
        "when": "asap",
        "send_within": "30",
        "revision": "0",
        **changes,
    }
    return {name: value for name, value in sent.items() if value is not None}


def save(client: Client, post: Post, sent: dict[str, Any], **headers: str) -> HttpResponse:
    return client.post(reverse("posts:save", args=[post.pk]), sent, **headers)


def words(answer: HttpResponse) -> str:
    return " ".join(answer.content.decode().split())


def read_aloud(answer: HttpResponse) -> str:
    """The words alone."""
    return " ".join(strip_tags(answer.content.decode()).split())


# ---- beginning -----------------------------------------------------------------------------------------------------


def test_a_new_page_has_the_authors_channels_on_already(cast: Cast, client_for: ClientFor) -> None:
    page = words(client_for(cast.ada).get(reverse("posts:new")))
    assert f'name="channels" value="{cast.x.pk}" checked' in page
    assert f'name="channels" value="{cast.page.pk}" checked' in page
    assert f'value="{cast.kilburn_x.pk}"' not in page
    assert not Post.objects.exists()


def test_the_first_words_make_a_draft_with_an_address(cast: Cast, client_for: ClientFor) -> None:
    answer = client_for(cast.ada).post(reverse("posts:new"), fields(cast), **HTMX)
    made = Post.objects.get()
    assert answer.status_code == 200
    assert "Saved 10:00" in read_aloud(answer)
    assert f'data-save-url="{reverse("posts:save", args=[made.pk])}"' in words(answer)
    assert "saved" in answer["HX-Trigger-After-Swap"]
    assert made.current.text_for(cast.page) == "Bike marking on Saturday."


def test_an_empty_page_makes_no_draft_by_itself(cast: Cast, client_for: ClientFor) -> None:
    answer = client_for(cast.ada).post(reverse("posts:new"), fields(cast, text=" \n"), **HTMX)
    assert "Not saved yet" in words(answer)
    assert not Post.objects.exists()


@pytest.mark.parametrize("action", ["save", "submit"])
@pytest.mark.parametrize("text", ["", " \n", "\u3164"])
def test_pressing_a_button_on_an_empty_page_makes_no_draft_and_says_why(
    cast: Cast, client_for: ClientFor, action: str, text: str
) -> None:
    answer = client_for(cast.ada).post(reverse("posts:new"), fields(cast, text=text, action=action))
    assert answer.status_code == 422
    assert "Write something first." in read_aloud(answer)
    assert not Post.objects.exists()


def key_of(page: HttpResponse) -> str:
    found = re.search(r'name="begun_as" value="([0-9a-f-]{36})"', page.content.decode())
    assert found is not None
    return found[1]


@pytest.mark.parametrize("pressed", [{}, HTMX], ids=["a button", "by itself again"])
def test_an_empty_page_that_is_sent_twice_makes_one_draft_with_the_later_words(
    cast: Cast, client_for: ClientFor, pressed: dict[str, str]
) -> None:
    client = client_for(cast.ada)
    page = fields(cast, begun_as=key_of(client.get(reverse("posts:new"))))
    client.post(reverse("posts:new"), page | {"text": "Bike mark"}, **HTMX)
    answer = client.post(reverse("posts:new"), page | {"action": "submit"}, **pressed)
    made = Post.objects.get()
    assert made.current.text_for(cast.x) == "Bike marking on Saturday."
    if not pressed:
        assert answer["Location"] == reverse("policy:submit", args=[made.pk])


def test_what_saved_itself_comes_too_late_for_the_button_and_overwrites_nothing(
    cast: Cast, client_for: ClientFor
) -> None:
    client = client_for(cast.ada)
    page = fields(cast, begun_as=key_of(client.get(reverse("posts:new"))))
    client.post(reverse("posts:new"), page | {"action": "submit"})
    client.post(reverse("posts:new"), page | {"text": "Bike mark"}, **HTMX)
    made = Post.objects.get()
    assert made.current.text_for(cast.x) == "Bike marking on Saturday."
    assert [one.text_for(cast.x) for one in made.versions.filter(aside=True)] == ["Bike mark"]


def test_another_page_or_another_writer_begins_another_draft(cast: Cast, client_for: ClientFor) -> None:
    keys = [key_of(client_for(cast.ada).get(reverse("posts:new"))) for _ in range(2)]
    for writer, key in (
        (cast.ada, keys[0]),
        (cast.ada, keys[1]),
        (cast.tess, keys[0]),
        (cast.ada, ""),
        (cast.ada, "x"),
    ):
        assert client_for(writer).post(reverse("posts:new"), fields(cast, begun_as=key)).status_code == 302
    assert Post.objects.count() == 5


def test_without_javascript_the_save_button_leads_to_the_draft(cast: Cast, client_for: ClientFor) -> None:
    answer = client_for(cast.ada).post(reverse("posts:new"), fields(cast, action="save"))
    assert answer.status_code == 302
    assert answer["Location"] == reverse("posts:compose", args=[Post.objects.get().pk])


def test_without_a_channel_nothing_can_be_kept_and_the_page_says_so(cast: Cast, client_for: ClientFor) -> None:
    for headers in ({}, HTMX):
        answer = client_for(cast.ada).post(reverse("posts:new"), fields(cast, channels=[]), **headers)
        assert answer.status_code == 422
        assert "Choose at least one channel." in words(answer)
    assert not Post.objects.exists()


@pytest.mark.parametrize("number", ["²", "9" * 30, "-1"])
def test_a_number_that_is_no_key_is_an_answer_and_not_a_breakdown(
    cast: Cast, client_for: ClientFor, post: Post, number: str
) -> None:
    client = client_for(cast.ada)
    assert client.post(reverse("posts:new"), fields(cast, channels=[number])).status_code == 422
    assert save(client, post, fields(cast, action=f"remove-{number}")).status_code == 404
    late = fields(cast, text="Mine.", revision="7", action="keep", stands=number)
    assert save(client, post, late).status_code == 409
    assert save(client, post, fields(cast, revision=number)).status_code < 500


def test_another_teams_channel_cannot_be_slipped_in(cast: Cast, client_for: ClientFor) -> None:
    answer = client_for(cast.ada).post(reverse("posts:new"), fields(cast, channels=[cast.kilburn_x.pk]))
    assert answer.status_code == 403
    assert not Post.objects.exists()


@pytest.mark.parametrize("who", ["rex", "sam", "olu", "cora"])
def test_who_writes_for_no_channel_is_told_what_to_do(cast: Cast, client_for: ClientFor, who: str) -> None:
    client = client_for(getattr(cast, who))
    assert "ask your dmc administrator" in words(client.get(reverse("posts:new"))).lower()
    assert client.post(reverse("posts:new"), fields(cast)).status_code == 403


# ---- rights --------------------------------------------------------------------------------------------------------


def test_another_wards_sergeant_finds_nothing(cast: Cast, post: Post, client_for: ClientFor, now: datetime) -> None:
    upload = SimpleUploadedFile("a.png", encoded(plain(), "PNG"))
    media = pictures.add(post=post, upload=upload, by=cast.ada, now=now)
    mel = client_for(cast.mel)
    for name in ("compose", "post"):
        assert mel.get(reverse(f"posts:{name}", args=[post.pk])).status_code == 404
    for name in ("save", "copy"):
        assert mel.post(reverse(f"posts:{name}", args=[post.pk]), fields(cast)).status_code == 404
    assert mel.get(reverse("posts:picture", args=[media.pk])).status_code == 404
    assert "Bike marking" not in words(mel.get(reverse("posts:index")))


def test_a_mentor_sees_it_and_may_not_write_in_it(cast: Cast, post: Post, client_for: ClientFor) -> None:
    rex = client_for(cast.rex)
    assert rex.get(reverse("posts:post", args=[post.pk])).status_code == 200
    assert rex.get(reverse("posts:compose", args=[post.pk])).status_code == 403
    assert save(rex, post, fields(cast, text="Mine")).status_code == 403
    assert rex.post(reverse("posts:copy", args=[post.pk])).status_code == 403


def test_a_colleague_of_the_team_goes_on_writing(cast: Cast, post: Post, client_for: ClientFor) -> None:
    assert save(client_for(cast.con), post, fields(cast, text="With a time: 2pm.")).status_code == 302
    post.refresh_from_db()
    assert post.current.made_by == cast.con and post.author == cast.ada


def test_signed_out_nobody_sees_anything(post: Post, client: Client) -> None:
    for name in ("compose", "post"):
        answer = client.get(reverse(f"posts:{name}", args=[post.pk]))
        assert answer.status_code == 302 and reverse("account_login") in answer["Location"]


# ---- saving --------------------------------------------------------------------------------------------------------


def test_autosave_answers_with_the_new_revision(cast: Cast, post: Post, client_for: ClientFor) -> None:
    answer = save(client_for(cast.ada), post, fields(cast, text="Bike marking on Sunday."), **HTMX)
    assert answer.status_code == 200
    assert 'name="revision" value="1"' in words(answer)
    post.refresh_from_db()
    assert set(post.current.texts.values()) == {"Bike marking on Sunday."}


def test_a_text_per_channel(cast: Cast, post: Post, client_for: ClientFor) -> None:
    own = {f"text_{cast.x.pk}": "Short.", f"text_{cast.page.pk}": "Long and friendly."}
    save(client_for(cast.ada), post, fields(cast, same_text=None, **own))
    post.refresh_from_db()
    assert (post.current.text_for(cast.x), post.current.text_for(cast.page)) == ("Short.", "Long and friendly.")
    page = words(client_for(cast.ada).get(reverse("posts:compose", args=[post.pk])))
    assert ">Short.</textarea>" in page and ">Long and friendly.</textarea>" in page


def test_the_servers_count_is_the_networks_own(cast: Cast, post: Post, client_for: ClientFor) -> None:
    text = "See https://www.met.police.uk/area/your-area/ 👮🏽 " + "a" * 260
    page = words(save(client_for(cast.ada), post, fields(cast, text=text), **HTMX))
    assert "11 too long" in page, "4 + 23 + 1 + 2 + 1 + 260 = 291"
    assert f"{len(text)} of 63,206" in page


def test_a_text_too_long_for_the_network_is_still_saved(cast: Cast, post: Post, client_for: ClientFor) -> None:
    assert save(client_for(cast.ada), post, fields(cast, text="a" * 400), **HTMX).status_code == 200


def test_two_who_save_at_once_are_shown_both_texts(cast: Cast, post: Post, client_for: ClientFor) -> None:
    save(client_for(cast.con), post, fields(cast, text="Con was first."), **HTMX)
    answer = save(client_for(cast.ada), post, fields(cast, text="Ada came second."), **HTMX)
    assert answer.status_code == 409
    page = words(answer)
    assert "PC Con Meredith saved first" in page
    assert "Con was first." in page and "Ada came second." in page
    assert "Keep mine" in page and "Take theirs" in page


def test_a_conflict_about_the_time_alone_says_so(cast: Cast, post: Post, client_for: ClientFor) -> None:
    save(client_for(cast.con), post, fields(cast, when="at", date="2026-03-05", time="14:00"), **HTMX)
    late = fields(cast, when="at", date="2026-03-06", time="09:30")
    answer = save(client_for(cast.ada), post, late, **HTMX)
    assert answer.status_code == 409
    assert "Thursday 5 March 2026 14:00" in read_aloud(answer)
    assert "Friday 6 March 2026 09:30" in read_aloud(answer)


def test_keep_mine_makes_mine_stand_and_theirs_stays_in_the_history(
    cast: Cast, post: Post, client_for: ClientFor
) -> None:
    save(client_for(cast.con), post, fields(cast, text="Con was first."))
    ada = client_for(cast.ada)
    late = save(ada, post, fields(cast, text="Ada came second."))
    assert late.status_code == 409 and 'name="stands" value="1"' in words(late)
    kept = save(ada, post, fields(cast, text="Ada came second.", action="keep", stands="1"))
    assert kept.status_code == 302
    post.refresh_from_db()
    assert set(post.current.texts.values()) == {"Ada came second."}
    history = words(ada.get(reverse("posts:post", args=[post.pk])))
    assert "Saved too late" in history and "PC Con Meredith" in history


def test_take_theirs_keeps_mine_beside_it(cast: Cast, post: Post, client_for: ClientFor) -> None:
    save(client_for(cast.con), post, fields(cast, text="Con was first."))
    ada = client_for(cast.ada)
    save(ada, post, fields(cast, text="Ada came second."))
    assert ">Con was first.</textarea>" in words(ada.get(reverse("posts:compose", args=[post.pk])))
    assert post.versions.get(aside=True).text_for(cast.x) == "Ada came second."


def test_words_for_a_post_on_its_way_are_kept_and_nothing_changes(
    cast: Cast, post: Post, client_for: ClientFor, now: datetime
) -> None:
    seal(post=post, now=now)
    for state in (Post.State.APPROVED, Post.State.RELEASED):
        post.enter(state)
    ada = client_for(cast.ada)
    answer = save(ada, post, fields(cast, text="Too late."), **HTMX)
    assert answer.status_code == 409
    assert "already on its way" in words(answer) and "Keep mine" not in words(answer)
    opened = ada.get(reverse("posts:compose", args=[post.pk]))
    assert opened.status_code == 302 and opened["Location"] == reverse("posts:post", args=[post.pk])


def test_send_for_review_saves_first(cast: Cast, post: Post, client_for: ClientFor) -> None:
    answer = save(client_for(cast.ada), post, fields(cast, text="Final words.", action="submit"))
    assert answer.status_code == 302
    assert answer["Location"] == reverse("policy:submit", args=[post.pk])
    post.refresh_from_db()
    assert set(post.current.texts.values()) == {"Final words."}


# ---- when ----------------------------------------------------------------------------------------------------------


def test_a_time_is_london_time(cast: Cast, post: Post, client_for: ClientFor, now: datetime) -> None:
    sent = fields(cast, when="at", date="2026-04-01", time="14:00", send_within="120")
    page = words(save(client_for(cast.ada), post, sent, **HTMX))
    post.refresh_from_db()
    assert f"{post.current.publish_at:%Y-%m-%d %H:%M %Z}" == "2026-04-01 13:00 UTC"
    assert post.current.send_by - post.current.publish_at == timedelta(hours=2)
    assert "at the latest" in page and "16:00" in page


@pytest.mark.parametrize(
    ("day", "clock", "sentence"),
    [
        ("2026-03-29", "01:30", "The nearest times are 00:59 and 02:00."),
        ("2026-10-25", "01:30", "happens twice"),
        ("2026-03-02", "09:00", "has passed"),
        ("", "09:00", "Choose a day."),
        ("2026-03-05", "", "Choose a time."),
        ("29/13/2026", "nine", "Enter the day"),
    ],
)
def test_a_time_that_cannot_be_keeps_the_words_and_not_the_time(
    cast: Cast, post: Post, client_for: ClientFor, day: str, clock: str, sentence: str
) -> None:
    sent = fields(cast, text="Kept all the same.", when="at", date=day, time=clock)
    answer = save(client_for(cast.ada), post, sent, **HTMX)
    assert answer.status_code == 422
    assert sentence in words(answer) and "Words saved 10:00, but not: the time" in read_aloud(answer)
    bar = strip_tags(answer.content.decode().split('id="conflict"')[0])
    assert sentence not in bar  # said in full beside the fields; the bar is narrow on a phone
    assert 'name="revision" value="1"' in words(answer)
    post.refresh_from_db()
    assert set(post.current.texts.values()) == {"Kept all the same."}
    assert post.current.publish_at is None


def test_of_two_half_past_ones_the_writer_says_which(cast: Cast, post: Post, client_for: ClientFor) -> None:
    sent = fields(cast, when="at", date="2026-10-25", time="01:30")
    asked = words(save(client_for(cast.ada), post, sent, **HTMX))
    assert 'name="fold"' in asked
    save(client_for(cast.ada), post, {**sent, "fold": "1"}, **HTMX)
    post.refresh_from_db()
    assert f"{post.current.publish_at:%H:%M}" == "01:30", "the second one is GMT, which is UTC"
    again = words(client_for(cast.ada).get(reverse("posts:compose", args=[post.pk])))
    assert 'id="id_fold_1" value="1" checked' in again


def test_holidays_and_neighbours_in_time_are_told(
    cast: Cast, post: Post, client_for: ClientFor, now: datetime, london: Any
) -> None:
    near = datetime(2026, 4, 3, 14, 20, tzinfo=london)
    draft(channels=[cast.x], texts={cast.x.pk: "Surgery"}, publish_at=near, by=cast.con, now=now)
    page = words(save(client_for(cast.ada), post, fields(cast, when="at", date="2026-04-03", time="14:00"), **HTMX))
    assert "bank holiday: Good Friday" in page
    assert "another update of your team" in page and "14:20" in page


# ---- pictures ------------------------------------------------------------------------------------------------------


def photo(name: str = "IMG_1.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, told_everything("JPEG"), content_type="image/jpeg")


def test_a_picture_is_added_and_its_lost_place_told(cast: Cast, post: Post, client_for: ClientFor) -> None:
    answer = save(client_for(cast.ada), post, fields(cast, pictures=photo()), **HTMX)
    assert answer.status_code == 200
    assert "Location data was removed from your picture." in words(answer)
    assert "What does picture 1 show?" in words(answer)


def test_a_picture_comes_with_the_very_first_save(cast: Cast, client_for: ClientFor) -> None:
    client_for(cast.ada).post(reverse("posts:new"), fields(cast, text="", pictures=photo()), **HTMX)
    assert Post.objects.get().current.pictures.count() == 1


def test_alt_text_is_kept_and_a_picture_can_be_removed(cast: Cast, post: Post, client_for: ClientFor) -> None:
    ada = client_for(cast.ada)
    save(ada, post, fields(cast, pictures=photo()))
    media = Media.objects.get()
    post.refresh_from_db()
    save(ada, post, fields(cast, revision=post.revision, **{f"alt_{media.pk}": "A blue bike being marked."}))
    post.refresh_from_db()
    assert post.current.pictures.get().alt == "A blue bike being marked."
    save(ada, post, fields(cast, revision=post.revision, action=f"remove-{media.pk}"))
    post.refresh_from_db()
    assert not post.current.pictures.exists()


def test_a_file_that_is_no_picture_is_named_and_the_words_are_kept(
    cast: Cast, post: Post, client_for: ClientFor
) -> None:
    bad = SimpleUploadedFile("<b>minutes.pdf", b"%PDF-1.7", content_type="image/jpeg")
    answer = save(client_for(cast.ada), post, fields(cast, text="Kept.", pictures=bad), **HTMX)
    assert answer.status_code == 422
    assert "&lt;b&gt;minutes.pdf: This file is not a picture" in words(answer)
    post.refresh_from_db()
    assert set(post.current.texts.values()) == {"Kept."}


def test_another_posts_picture_cannot_be_removed_from_here(
    cast: Cast, post: Post, client_for: ClientFor, now: datetime
) -> None:
    other = draft(channels=[cast.x], texts={cast.x.pk: "Other"}, by=cast.ada, now=now)
    media = pictures.add(post=other, upload=photo(), by=cast.ada, now=now)
    assert save(client_for(cast.ada), post, fields(cast, action=f"remove-{media.pk}")).status_code == 404
    assert other.current.pictures.count() == 1


def test_a_page_of_a_post_waiting_for_review_warns_and_editing_takes_it_back(
    cast: Cast, post: Post, client_for: ClientFor, now: datetime
) -> None:
    seal(post=post, now=now)
    post.enter(Post.State.IN_REVIEW)
    ada = client_for(cast.ada)
    assert "it comes back to you as a draft" in words(ada.get(reverse("posts:compose", args=[post.pk])))
    save(ada, post, fields(cast, text="Better words.", revision=post.revision))
    post.refresh_from_db()
    assert post.state == Post.State.DRAFT


def test_the_compose_page_asks_the_database_as_often_whatever_it_holds(
    cast: Cast, post: Post, client_for: ClientFor, now: datetime, django_assert_max_num_queries: Any
) -> None:
    for size in (40, 41, 42, 43):
        upload = SimpleUploadedFile("p.png", encoded(plain((size, 40)), "PNG"))
        pictures.add(post=post, upload=upload, by=cast.ada, now=now)
    for step in range(6):
        texts = dict.fromkeys([cast.x.pk, cast.page.pk], f"Step {step}")
        revise(
            post=post,
            revision=post.revision,
            channels=[cast.x, cast.page],
            texts=texts,
            alts={},
            publish_at=None,
            send_within=30,
            by=cast.con if step % 2 else cast.ada,
            now=now,
        )
    ada = client_for(cast.ada)
    with django_assert_max_num_queries(22):
        assert ada.get(reverse("posts:compose", args=[post.pk])).status_code == 200
