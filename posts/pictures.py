"""Pictures of a post: checked by content, stripped of everything but the picture, kept by the hash of their bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F

from accounts import audit, rights
from accounts.models import User
from accounts.models.people import LONDON
from posts import detecting, versions
from posts.imaging import Picture, picture_from
from posts.likeness import alike
from posts.models import Media, Post, Version
from posts.wording import Placed, normalise

MOST = 4
LARGEST_UPLOAD = 20 * 1024 * 1024


def add(*, post: Post, upload: File, by: User, now: datetime) -> Media:
    """Take a picture into the working copy. The bytes kept are re-encoded and carry no metadata.

    Raises ValidationError, in words for the author, for what is no still picture that both networks can show, and
    PermissionDenied. `had_location` of the answer says that the upload told a place, which is gone.
    """
    _require(by, post)
    _check_room(versions.current_of(post))
    picture = _read_upload(upload)
    _refuse_barred(picture)
    path = store(picture)
    with transaction.atomic():
        row = versions.lock(post)
        version = versions.open_copy(post=row, by=by, now=now)
        _check_room(version, picture.sha256)
        media = _record(row, picture, path, name=upload.name or "", by=by, now=now)
        versions.place(version, [*versions.placed_in(version), Placed(media.pk, "", ())])
        _count(row, now)
        audit.record(by, "picture.added", row, now=now, sha256=picture.sha256, location_removed=picture.had_location)
    post.refresh_from_db()
    return media


def remove(*, post: Post, media: Media, by: User, now: datetime) -> Post:
    """Leave a picture out of the working copy. Earlier versions keep it."""
    with transaction.atomic():
        row = versions.lock(post)
        _require(by, row)
        version = versions.open_copy(post=row, by=by, now=now)
        versions.place(version, [one for one in versions.placed_in(version) if one.media != media.pk])
        _count(row, now)
        audit.record(by, "picture.removed", row, now=now, sha256=media.sha256)
    post.refresh_from_db()
    return post


def withdraw(*, post: Post, by: User, now: datetime) -> int:
    """Mark every picture that a post ever had as not to be used again; says how many. For whoever may take it down."""
    with transaction.atomic():
        count = post.media.filter(withdrawn_at__isnull=True).update(withdrawn_at=now)
        if count:
            audit.record(by, "picture.withdrawn", post, now=now, pictures=count)
    return count


def bar(*, post: Post, chosen: Collection[int], why: str, by: User, now: datetime) -> int:
    """Withdraw these pictures of a post for good: no upload that looks like one of them is taken. Says how many.

    For the caller to ask who may. Raises ValidationError when none of them is this post's or no reason is given.
    """
    why = normalise(why)[:200]
    if not why:
        raise ValidationError({"why": "Say why, in a sentence: whoever tries to use it again reads it."})
    with transaction.atomic():
        rows = post.media.filter(pk__in=chosen, barred_why="")
        hashes = list(rows.values_list("sha256", flat=True))
        if not hashes:
            raise ValidationError({"pictures": "Choose at least one picture that has not been withdrawn yet."})
        rows.filter(withdrawn_at__isnull=True).update(withdrawn_at=now)
        count = rows.update(barred_why=why, barred_by=by)
        audit.record(by, "picture.barred", post, now=now, pictures=count, sha256=hashes, why=why)
    return count


def _refuse_barred(picture: Picture) -> None:
    """Nothing that was withdrawn comes back, as it was or saved anew."""
    barred = Media.objects.exclude(barred_why="").order_by("pk")
    for sha256, look, on, why in barred.values_list("sha256", "look", "withdrawn_at", "barred_why"):
        if sha256 == picture.sha256 or alike(look, picture.look):
            day = on.astimezone(LONDON)
            raise ValidationError(
                f"This picture, or one just like it, was withdrawn on {day.day} {day:%B %Y}: {why} Choose another. "
                "If this is not the same picture, ask the DMC."
            )


def read(media: Media) -> bytes:
    """The bytes that were approved. Raises OSError when the store has lost them or gives others."""
    with media.file.open("rb") as kept:
        found = bytes(kept.read())
    if hashlib.sha256(found).hexdigest() != media.sha256:
        raise OSError(f"The stored bytes of picture {media.pk} are not those that were kept.")
    return found


def _require(by: User, post: Post) -> None:
    for target in post.targets.select_related("channel"):
        rights.require(by, "draft_for", target.channel)


def _check_room(version: Version, sha256: str = "") -> None:
    hashes = list(version.pictures.values_list("media__sha256", flat=True))
    if len(hashes) >= MOST:
        raise ValidationError(f"A post can carry {MOST} pictures at most. Remove one first.")
    if sha256 in hashes:
        raise ValidationError("That picture is in the post already.")


def _read_upload(upload: File) -> Picture:
    if upload.size > LARGEST_UPLOAD:
        megabytes = LARGEST_UPLOAD // (1024 * 1024)
        raise ValidationError(f"That file is larger than {megabytes} MB. Choose a smaller picture.")
    upload.seek(0)
    return picture_from(upload.read())


def store(picture: Picture) -> str:
    """Where the bytes are. The name is their hash, never anything a person typed."""
    path = f"pictures/{picture.sha256[:2]}/{picture.sha256}"
    if default_storage.exists(path):
        with default_storage.open(path, "rb") as kept:
            if kept.read() == picture.content:
                return path
    return default_storage.save(path, ContentFile(picture.content))  # beside a broken one, under another name


def _record(post: Post, picture: Picture, path: str, *, name: str, by: User, now: datetime) -> Media:
    seen = detecting.count(picture.content)
    return Media.objects.create(
        post=post,
        file=path,
        sha256=picture.sha256,
        mime=picture.mime,
        width=picture.width,
        height=picture.height,
        size=len(picture.content),
        original_name=normalise(name)[-200:],
        had_location=picture.had_location,
        look=picture.look,
        faces=seen.faces,
        plates=seen.plates,
        uploaded_by=by,
        uploaded_at=now,
    )


def _count(post: Post, now: datetime) -> None:
    Post.objects.filter(pk=post.pk).update(revision=F("revision") + 1, updated_at=now)
