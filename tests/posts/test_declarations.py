"""What an author says of a picture: in one form, in words, part of what is approved."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from posts import declarations, detecting, drafting, imaging, pictures
from posts.detecting import Counted
from posts.fingerprint import fingerprint
from posts.likeness import alike, look_of
from posts.models import Post, Version
from tests.conftest import Cast
from tests.factories import make_post
from tests.posts.test_imaging import encoded


def test_only_answers_to_the_questions_are_kept_and_in_one_form() -> None:
    sent = {"people": "agreed", "agreed": "writing", "about": ["weapon", "child", "nonsense"], "weapon": "tank"}
    assert declarations.clean(sent | {"approver": "  DI\u200f Bell ", "take_down": "2026-02-30", "x": "y"}) == {
        "people": "agreed",
        "agreed": "writing",
        "about": "child weapon",
        "approver": "DI Bell",
    }


def test_cleaning_twice_changes_nothing() -> None:
    once = declarations.clean({"people": "nobody", "about": "custody inside", "take_down": "2026-04-01"})
    assert declarations.clean(once) == once


def test_answers_are_told_in_words_and_silence_is_told_too() -> None:
    custody = {"people": "not_asked", "about": "custody", "approver": "DI Bell", "take_down": "2026-04-01"}
    assert declarations.in_words(custody) == [
        "Can anyone be recognised? Yes, and I have not asked them.",
        "A custody or wanted picture, or an e-fit: approved by DI Bell to be taken down on 1 April 2026.",
    ]
    assert declarations.in_words({}) == ["Not yet said whether anyone can be recognised."]
    assert declarations.in_words(None) == []


def drawn(size: tuple[int, int] = (640, 480), shift: int = 0) -> Image.Image:
    picture = Image.new("RGB", size, "#cfe3f1")
    pen = ImageDraw.Draw(picture)
    for place in range(6):
        left = (place * size[0] // 6 + shift) % size[0]
        tone = (place * 40, 200 - place * 30, 60)
        pen.rectangle([left, place * 40, left + size[0] // 9, size[1] - place * 30], fill=tone)
    return picture


def test_a_copy_looks_alike_however_it_was_saved_and_another_picture_does_not() -> None:
    first = look_of(drawn())
    small = imaging.picture_from(encoded(drawn().resize((200, 150)), "JPEG", quality=40)).look
    assert alike(first, small)
    assert not alike(first, look_of(drawn(shift=77)))
    assert look_of(Image.new("RGB", (64, 48), "navy")) == ""
    assert not alike("", "")


@pytest.fixture(autouse=True)
def media_root(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def post(cast: Cast, now: datetime) -> Post:
    return make_post(cast, channels=[cast.x], now=now)


def add(post: Post, cast: Cast, now: datetime) -> int:
    upload = SimpleUploadedFile("street.jpg", encoded(drawn(), "JPEG"))
    media = pictures.add(post=post, upload=upload, by=cast.ada, now=now)
    return int(media.pk)


def answer(post: Post, cast: Cast, now: datetime, answers: dict[int, dict[str, str]]) -> Version:
    post.refresh_from_db()
    said = {cast.x.pk: "Bike marking."}
    drafting.revise(
        post=post, revision=post.revision, channels=[cast.x], texts=said, alts={}, answers=answers,
        publish_at=None, send_within=30, by=cast.ada, now=now,
    )  # fmt: skip
    return Version.objects.get(pk=post.current_id)


def test_answers_are_part_of_what_is_approved(post: Post, cast: Cast, now: datetime) -> None:
    media = add(post, cast, now)
    unanswered = fingerprint(Version.objects.get(pk=Post.objects.get(pk=post.pk).current_id))
    nobody = fingerprint(answer(post, cast, now, {media: {"people": "nobody"}}))
    agreed = fingerprint(answer(post, cast, now, {media: {"people": "agreed", "agreed": "said"}}))
    assert len({unanswered, nobody, agreed}) == 3


def test_words_saved_without_answers_leave_them_as_they_were(post: Post, cast: Cast, now: datetime) -> None:
    media = add(post, cast, now)
    answer(post, cast, now, {media: {"people": "ours"}})
    assert answer(post, cast, now, {}).pictures.get().answers == {"people": "ours"}


def test_a_copy_is_asked_again(post: Post, cast: Cast, now: datetime) -> None:
    media = add(post, cast, now)
    answer(post, cast, now, {media: {"people": "agreed", "agreed": "said"}})
    copied = drafting.copy(post=post, by=cast.ada, now=now)
    assert copied.current.pictures.get().answers == {}


def two_of_each(content: bytes) -> Counted:
    assert content[:2] == b"\xff\xd8"
    return Counted(faces=2, plates=1)


def test_a_detector_that_is_plugged_in_is_asked_once_and_its_counts_are_kept(
    post: Post, cast: Cast, now: datetime, settings
) -> None:
    settings.PICTURE_DETECTOR = f"{two_of_each.__module__}.{two_of_each.__name__}"
    add(post, cast, now)
    media = post.media.get()
    assert (media.faces, media.plates) == (2, 1)


def test_without_a_detector_nothing_is_counted(post: Post, cast: Cast, now: datetime) -> None:
    assert detecting.count(b"anything") == Counted(0, 0)


def test_a_withdrawn_post_marks_its_pictures_once(post: Post, cast: Cast, now: datetime) -> None:
    add(post, cast, now)
    assert pictures.withdraw(post=post, by=cast.ada, now=now) == 1
    assert pictures.withdraw(post=post, by=cast.ada, now=now) == 0
    assert post.media.get().withdrawn_at == now
