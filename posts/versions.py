"""A post's versions: the working copy, what was frozen, what was kept beside it. All of it needs the post's lock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db.models import F, Max

from accounts import audit
from accounts.errors import Conflict
from accounts.models import User
from posts import wording
from posts.declarations import Answers
from posts.fingerprint import fingerprint
from posts.models import Post, Version, VersionPicture
from posts.wording import Placed, Wording, placed

EDITABLE = (Post.State.DRAFT, Post.State.IN_REVIEW, Post.State.APPROVED)

APPROVED_STANDS = (
    "This update is approved, so only somebody who may send updates for its channels can change it or take it back. "
    "Ask them, or copy it as a new draft."
)


def may_reopen(user: User, post: Post) -> bool:
    """Whether this person may end what stands: an approval only who could have sent the post, on every channel."""
    spoken = (target.channel for target in post.targets.select_related("channel"))
    return post.state != Post.State.APPROVED or all(user.has_perm("accounts.submit_for", one) for one in spoken)


def require_reopen(user: User, post: Post) -> None:
    """Raises PermissionDenied, in words, where `may_reopen` says no."""
    if not may_reopen(user, post):
        raise PermissionDenied(APPROVED_STANDS)


def lock(post: Post) -> Post:
    return Post.objects.select_for_update().get(pk=post.pk)


def current_of(post: Post) -> Version:
    return Version.objects.select_related("post", "made_by").get(pk=post.current_id)


def open_copy(*, post: Post, by: User, now: datetime) -> Version:
    """The version `by` may write in, begun afresh when the last is sealed or another person's.

    A post in review or approved goes back to draft. Raises Conflict once the post is on its way, PermissionDenied to
    somebody who may write but could not have sent what is approved.
    """
    require_reopen(by, post)
    if post.state not in EDITABLE:
        raise Conflict("This post is on its way, so it cannot be changed. Copy it as a new draft instead.")
    if post.state != Post.State.DRAFT:
        post.enter(Post.State.DRAFT)
    current = current_of(post)
    if current.sealed_at is None and current.made_by_id == by.pk:
        return current
    freeze(current, now)
    return begin(post, wording.of(current), by=by, now=now)


def begin(post: Post, said: Wording, *, by: User, now: datetime) -> Version:
    """A new working copy. Recorded once per version: later saves by the same person only keep it up to date."""
    version = _add(post, said, by=by, now=now)
    Post.objects.filter(pk=post.pk).update(current=version, updated_at=now)
    post.current = version
    if version.number > 1:
        audit.record(by, "post.revised", post, now=now, version=version.number)
    return version


def keep_aside(post: Post, said: Wording, *, by: User, now: datetime) -> Version:
    """Keep late words beside the current ones, once: saving the same late words again adds nothing."""
    current = current_of(post)
    freeze(current, now)  # so that "keep mine" begins a new version and theirs stays readable
    for known in post.versions.filter(aside=True, made_by=by, number__gt=current.number):
        if wording.of(known) == said:
            return known
    aside = _add(post, said, by=by, now=now, aside=True, sealed_at=now)
    audit.record(by, "post.overtaken", post, now=now, version=aside.number, stands=current.number)
    return aside


def write(version: Version, said: Wording, *, now: datetime) -> None:
    """Put `said` into a working copy. Raises Conflict when it is sealed: what was sealed never changes."""
    open_ones = Version.objects.filter(pk=version.pk, sealed_at__isnull=True)
    written = open_ones.update(
        texts=said.as_json, publish_at=said.publish_at, send_within=said.send_within, made_at=now
    )
    if not written:
        raise Conflict("This version is closed. Nothing was changed.")
    place(version, said.pictures)


def place(version: Version, pictures: Iterable[Placed]) -> None:
    """Give a working copy these pictures in this order."""
    version.pictures.all().delete()
    VersionPicture.objects.bulk_create(
        VersionPicture(version=version, media_id=one.media, position=position, alt=one.alt, answers=one.answers)
        for position, one in enumerate(pictures)
    )


def freeze(version: Version, now: datetime) -> None:
    """Seal a version with its fingerprint. One that is sealed already stays as it is."""
    if version.sealed_at is None:
        version.fingerprint, version.sealed_at = fingerprint(version), now
        version.save(update_fields=["fingerprint", "sealed_at"])


def arrange(version: Version, alts: Mapping[int, str], answers: Mapping[int, Answers]) -> list[Placed]:
    """The version's pictures in the order of `alts`, those it does not name after them as they were.

    answers: {media pk: what was said of it}; pictures not named keep theirs.
    """
    standing = {one.media: one for one in placed_in(version)}
    order = [*(media for media in alts if media in standing), *(media for media in standing if media not in alts)]
    return [
        placed(media, alts.get(media, standing[media].alt), answers.get(media, standing[media].answers))
        for media in order
    ]


def placed_in(version: Version) -> tuple[Placed, ...]:
    """The pictures of a version as they stand."""
    return wording.of(version).pictures


def count_save(post: Post, revision: int, now: datetime) -> bool:
    """Take the next revision if nobody has saved since `revision`; says whether it did.

    Conditional, so that one of two writers wins on SQLite too, where there is no row lock.
    """
    ours = Post.objects.filter(pk=post.pk, revision=revision, state__in=EDITABLE)
    return bool(ours.update(revision=F("revision") + 1, updated_at=now))


def _add(
    post: Post, said: Wording, *, by: User, now: datetime, aside: bool = False, sealed_at: datetime | None = None
) -> Version:
    """The number is the next one after all, asides too."""
    last = post.versions.aggregate(last=Max("number"))["last"] or 0
    version = Version.objects.create(
        post=post,
        number=last + 1,
        texts=said.as_json,
        publish_at=said.publish_at,
        send_within=said.send_within,
        template=said.template,
        aside=aside,
        made_by=by,
        made_at=now,
        sealed_at=sealed_at,
    )
    place(version, said.pictures)
    return version
