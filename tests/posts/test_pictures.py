from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from posts import pictures
from posts.drafting import copy, draft, seal
from posts.models import Post
from tests.conftest import Cast
from tests.posts.test_imaging import encoded, plain, told_everything


@pytest.fixture(autouse=True)
def media_root(settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def post(cast: Cast, now: datetime) -> Post:
    return draft(channels=[cast.x], texts={cast.x.pk: "Bike marking."}, by=cast.ada, now=now)


def upload(name: str = "bikes.jpg", size: tuple[int, int] = (64, 48)) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, encoded(plain(size), "PNG"))


def test_what_is_kept_on_disk_carries_no_metadata_and_the_place_is_told(post: Post, cast: Cast, now: datetime) -> None:
    media = pictures.add(
        post=post, upload=SimpleUploadedFile("IMG_1.jpg", told_everything("JPEG")), by=cast.ada, now=now
    )
    kept = Path(media.file.path).read_bytes()
    assert media.had_location
    assert not [secret for secret in (b"Exif", b"Canon of Ada", b"51.5468", b"ns.adobe.com") if secret in kept]
    assert pictures.read(media) == kept


def test_a_users_file_name_is_never_a_path(post: Post, cast: Cast, now: datetime, media_root: Path) -> None:
    media = pictures.add(post=post, upload=upload("../../etc/passwd"), by=cast.ada, now=now)
    kept = [path for path in media_root.rglob("*") if path.is_file()]
    assert kept == [media_root / "pictures" / media.sha256[:2] / media.sha256]


def test_four_pictures_keep_their_order_and_a_fifth_is_refused(post: Post, cast: Cast, now: datetime) -> None:
    made = [pictures.add(post=post, upload=upload(size=(40 + n, 40)), by=cast.ada, now=now) for n in range(4)]
    with pytest.raises(ValidationError, match="4 pictures"):
        pictures.add(post=post, upload=upload(size=(60, 40)), by=cast.ada, now=now)
    assert [picture.media for picture in post.current.pictures.all()] == made


def test_the_same_picture_twice_is_refused(post: Post, cast: Cast, now: datetime) -> None:
    pictures.add(post=post, upload=upload(), by=cast.ada, now=now)
    with pytest.raises(ValidationError, match="already"):
        pictures.add(post=post, upload=upload(), by=cast.ada, now=now)


def test_a_picture_left_out_stays_in_the_version_that_was_sealed(post: Post, cast: Cast, now: datetime) -> None:
    media = pictures.add(post=post, upload=upload(), by=cast.ada, now=now)
    sealed = seal(post=post, now=now)
    pictures.remove(post=post, media=media, by=cast.ada, now=now)
    assert not post.current.pictures.exists()
    assert [picture.media for picture in sealed.pictures.all()] == [media]


def test_a_new_picture_takes_a_post_back_from_review(post: Post, cast: Cast, now: datetime) -> None:
    seal(post=post, now=now)
    post.enter(Post.State.IN_REVIEW)
    pictures.add(post=post, upload=upload(), by=cast.ada, now=now)
    assert post.state == Post.State.DRAFT


def test_nobody_else_adds_or_removes(post: Post, cast: Cast, now: datetime) -> None:
    media = pictures.add(post=post, upload=upload(), by=cast.ada, now=now)
    for person in (cast.mel, cast.rex, cast.cora):
        with pytest.raises(PermissionDenied):
            pictures.add(post=post, upload=upload(size=(50, 50)), by=person, now=now)
        with pytest.raises(PermissionDenied):
            pictures.remove(post=post, media=media, by=person, now=now)


def test_a_copy_shares_the_bytes_and_owns_the_row(post: Post, cast: Cast, now: datetime) -> None:
    media = pictures.add(post=post, upload=upload(), by=cast.ada, now=now)
    made = copy(post=post, by=cast.con, now=now)
    copied = made.current.pictures.get().media
    assert copied.post == made and copied.pk != media.pk
    assert pictures.read(copied) == pictures.read(media)
    assert post.current.pictures.get().media == media


def test_bytes_changed_on_disk_are_noticed(post: Post, cast: Cast, now: datetime) -> None:
    media = pictures.add(post=post, upload=upload(), by=cast.ada, now=now)
    Path(media.file.path).write_bytes(b"something else")
    with pytest.raises(OSError, match="not those"):
        pictures.read(media)
    again = draft(channels=[cast.x], texts={cast.x.pk: "Again."}, by=cast.ada, now=now)
    healed = pictures.add(post=again, upload=upload(), by=cast.ada, now=now)
    assert healed.sha256 == media.sha256 and pictures.read(healed)


def test_a_file_too_large_to_look_at_is_refused(post: Post, cast: Cast, now: datetime, monkeypatch) -> None:
    monkeypatch.setattr(pictures, "LARGEST_UPLOAD", 100)
    with pytest.raises(ValidationError, match="larger than"):
        pictures.add(post=post, upload=upload(), by=cast.ada, now=now)
