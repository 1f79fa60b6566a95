from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from accounts.errors import Conflict
from accounts.models import Channel, User
from policy import comments, review
from policy.models import Comment, Submission
from posts.models import Post
from tests.conftest import Cast
from tests.factories import change_text, make_post, submission_of

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]


def remark(
    waiting: Submission, by: User, now: datetime, *, channel: Channel, quote: str, words: str = "Which ones?"
) -> Comment:
    seen = {"submission": waiting, "fingerprint": waiting.fingerprint, "by": by, "now": now}
    return comments.say(**seen, channel=channel.pk, quote=quote, words=words)


def test_a_comment_quotes_the_words_it_is_about(cast: Cast, now: datetime) -> None:
    waiting = submission_of(make_post(cast, "in_review"))
    said = remark(waiting, cast.rex, now, channel=cast.x, quote="the   biscuits")
    text = waiting.version.text_for(cast.x)
    assert text[said.start : said.end] == said.quote == "the biscuits"


def test_a_comment_finds_its_words_in_the_next_version_or_says_that_they_are_gone(cast: Cast, now: datetime) -> None:
    post = make_post(cast, "in_review")
    for quote in ("the biscuits", "at the library"):
        remark(submission_of(post), cast.rex, now, channel=cast.x, quote=quote)
    change_text(post, "Thank you for coming this morning, and for the biscuits.", by=cast.ada)
    placed = comments.on(post, post.current)
    assert [(one.comment.quote, one.is_gone) for one in placed] == [("the biscuits", False), ("at the library", True)]
    assert post.current.text_for(cast.x)[placed[0].start : placed[0].end] == "the biscuits"


@given(st.text(), st.text(), st.integers(0, 50))
def test_what_is_found_says_what_was_quoted(text: str, quote: str, near: int) -> None:
    place = comments.find(text, quote, near=near)
    assert place is None or text[slice(*place)].split() == quote.split()


def test_of_the_same_words_twice_the_nearest_are_meant() -> None:
    assert comments.find("tea and tea", "tea", near=9) == (8, 11)


@pytest.mark.parametrize("name", ["ada", "tess", "cora", "olu", "mel"])
def test_only_a_reviewer_comments(cast: Cast, now: datetime, name: str) -> None:
    waiting = submission_of(make_post(cast, "in_review"))
    with pytest.raises(PermissionDenied):
        remark(waiting, getattr(cast, name), now, channel=cast.x, quote="biscuits")


@pytest.mark.parametrize(("quote", "words"), [("crumpets", "Which?"), ("", "Which?"), ("biscuits", " \u202e ")])
def test_a_comment_needs_words_that_are_there_and_something_to_say(
    cast: Cast, now: datetime, quote: str, words: str
) -> None:
    waiting = submission_of(make_post(cast, "in_review"))
    with pytest.raises(ValidationError):
        remark(waiting, cast.rex, now, channel=cast.x, quote=quote, words=words)


def test_nobody_comments_on_another_channels_text(cast: Cast, now: datetime) -> None:
    waiting = submission_of(make_post(cast, "in_review"))
    with pytest.raises(ValidationError):
        remark(waiting, cast.rex, now, channel=cast.kilburn_x, quote="biscuits")


def test_a_comment_on_words_that_moved_on_is_refused(cast: Cast, now: datetime) -> None:
    post = make_post(cast, "in_review")
    waiting = submission_of(post)
    change_text(post, "No biscuits.", by=cast.ada)
    with pytest.raises(Conflict):
        remark(waiting, cast.rex, now, channel=cast.x, quote="biscuits")


def test_the_author_marks_it_as_done_once_and_a_stranger_does_not(cast: Cast, now: datetime) -> None:
    said = remark(submission_of(make_post(cast, "in_review")), cast.rex, now, channel=cast.x, quote="biscuits")
    with pytest.raises(PermissionDenied):
        comments.finish(comment=said, by=cast.mel, now=now)
    comments.finish(comment=said, by=cast.tess, now=now)
    with pytest.raises(Conflict):
        comments.finish(comment=said, by=cast.ada, now=now)


@pytest.mark.postgres
@pytest.mark.parametrize("sql", ["UPDATE policy_comment SET words = 'x'", "DELETE FROM policy_comment"])
def test_what_was_said_is_kept(cast: Cast, now: datetime, sql: str) -> None:
    remark(submission_of(make_post(cast, "in_review")), cast.rex, now, channel=cast.x, quote="biscuits")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_hostile_words_are_shown_as_words(cast: Cast, now: datetime, client_for: ClientFor) -> None:
    hostile = "<script>alert(1)</script>\u202egnp.exe"
    post = make_post(cast, "in_review", text=f"We met residents. {hostile.replace(chr(0x202E), '')} Thank you.")
    waiting = submission_of(post)
    said = remark(waiting, cast.rex, now, channel=cast.x, quote="<script>alert(1)</script>", words=hostile)
    assert "\u202e" not in said.words
    for user, address in ((cast.rex, f"/review/{waiting.pk}/"), (cast.ada, f"/posts/{post.pk}/checks/")):
        page = client_for(user).get(address).content.decode()
        assert "&lt;script&gt;alert(1)" in page
        assert "<script>alert" not in page


def test_a_sentence_can_be_chosen_without_a_mouse(cast: Cast, client_for: ClientFor) -> None:
    waiting = submission_of(make_post(cast, "in_review"))
    [(channel, network, sentence), _] = comments.sentences(
        [(one, waiting.version.text_for(one)) for one in (cast.x, cast.page)]
    )
    assert network == ""  # both channels say the same
    form = {"fingerprint": waiting.fingerprint, "place": f"{channel}:{sentence}", "words": "Say which library."}
    answer = client_for(cast.rex).post(f"/review/{waiting.pk}/comment/", form)
    assert answer.status_code == 302
    assert Comment.objects.get().quote == sentence


def test_what_was_typed_stays_when_a_comment_is_refused(cast: Cast, client_for: ClientFor) -> None:
    waiting = submission_of(make_post(cast, "in_review"))
    form = {"fingerprint": waiting.fingerprint, "place": f"{cast.x.pk}:", "quote": "crumpets", "words": "Say which."}
    answer = client_for(cast.rex).post(f"/review/{waiting.pk}/comment/", form)
    assert answer.status_code == 422
    assert b"Say which." in answer.content and b"not in the text" in answer.content


def test_the_author_sees_it_under_the_text_and_marks_it(cast: Cast, now: datetime, client_for: ClientFor) -> None:
    post = make_post(cast, "in_review")
    said = remark(submission_of(post), cast.rex, now, channel=cast.x, quote="biscuits")
    ada = client_for(cast.ada)
    assert b"Mark as done" in ada.get(f"/posts/{post.pk}/note/", headers={"hx-request": "true"}).content
    assert b"Mark as done" not in client_for(cast.rex).get(f"/posts/{post.pk}/checks/").content
    ada.post(f"/posts/comments/{said.pk}/done/")
    assert b"Done by Sgt Ada Okafor" in client_for(cast.rex).get(f"/review/{said.submission_id}/").content


def test_comments_void_nothing_and_are_no_decision(cast: Cast, now: datetime) -> None:
    post = make_post(cast, "in_review")
    waiting = submission_of(post)
    remark(waiting, cast.rex, now, channel=cast.x, quote="biscuits")
    review.approve(submission=waiting, fingerprint=waiting.fingerprint, by=cast.rex, now=now)
    assert Post.objects.get(pk=post.pk).state == Post.State.APPROVED


def test_any_two_versions_are_compared(cast: Cast, client_for: ClientFor) -> None:
    post = make_post(cast, "in_review", text="Coffee on Monday.")
    change_text(post, "Coffee on Tuesday.", by=cast.ada)
    change_text(post, "Tea on Tuesday.", by=cast.tess)
    page = client_for(cast.rex).get(f"/posts/{post.pk}/compare/?from=1&to=3").content.decode()
    assert "What changed from version 1 to 3" in page and "Coffee" in page and "Tea" in page
    assert client_for(cast.rex).get(f"/posts/{post.pk}/compare/?from=x&to=99").status_code == 200
    assert client_for(cast.mel).get(f"/posts/{post.pk}/compare/").status_code == 404
