"""Remarks on words of an update: quoted, so that they find their place in the next version, and kept for good."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.errors import Conflict
from accounts.models import Channel, User
from accounts.rights import require
from policy import review
from policy.models import Comment, Submission
from policy.reviewers import channels_of
from posts.models import Post, Version

LONGEST, LONGEST_QUOTE = 500, 1000
_TURNS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
MOST = 40  # remarks on one submission; more is a conversation


@dataclass(frozen=True)
class Placed:
    """A comment and where its words stand in a version. start None: they are no longer there."""

    comment: Comment
    start: int | None = None
    end: int | None = None

    @property
    def is_gone(self) -> bool:
        return self.start is None


def find(text: str, quote: str, *, near: int = 0) -> tuple[int, int] | None:
    """Where `quote` stands in `text`, the nearest to `near` of several; white space as one. Code points."""
    words = quote.split()
    if not words:
        return None
    places = [found.span() for found in re.finditer(r"\s+".join(map(re.escape, words)), text)]
    return min(places, key=lambda place: abs(place[0] - near), default=None)


@transaction.atomic
def say(
    *, submission: Submission, fingerprint: str, channel: int, quote: str, near: int = 0, words: str, by: User,
    now: datetime,
) -> Comment:  # fmt: skip
    """Keep a remark on `quote` in the text for `channel`. It decides nothing.

    Raises PermissionDenied, Conflict as a decision does; ValidationError by field.
    """
    review.take(submission, fingerprint, by)
    spoken = next((one for one in channels_of(submission.post) if one.pk == channel), None)
    words, text = _clean(words), submission.version.text_for(spoken) if spoken else ""
    place = find(text, quote[:LONGEST_QUOTE], near=near)
    problems = {}
    if spoken is None or place is None:
        problems["quote"] = "These words are not in the text. Choose a sentence, or copy the words exactly."
    if not 0 < len(words) <= LONGEST:
        problems["words"] = f"Write your comment, in up to {LONGEST} characters."
    if submission.comments.count() >= MOST:
        problems["words"] = f"There are {MOST} comments already. Say the rest when you send it back."
    if problems or place is None or spoken is None:
        raise ValidationError(problems)
    comment = Comment.objects.create(
        submission=submission, post=submission.post, version=submission.version, channel=spoken, start=place[0],
        end=place[1], quote=text[place[0] : place[1]], words=words, by=by, at=now,
    )  # fmt: skip
    audit.record(by, "post.commented", submission.post, now=now, comment=comment.pk, version=submission.version.number)
    return comment


@transaction.atomic
def finish(*, comment: Comment, by: User, now: datetime) -> Comment:
    """Its author, or a colleague of theirs, has seen to it. Raises PermissionDenied, Conflict."""
    for channel in channels_of(comment.post):
        require(by, "draft_for", channel)
    if not Comment.objects.filter(pk=comment.pk, done_at__isnull=True).update(done_by=by, done_at=now):
        raise Conflict("This is marked as done already.")
    audit.record(by, "post.comment_done", comment.post, now=now, comment=comment.pk)
    return comment


def on(post: Post, version: Version | None) -> list[Placed]:
    """Every comment of the update and where its words stand in `version`; open ones first. One query."""
    said = post.comments.select_related("by", "done_by", "channel", "version").order_by("pk")
    placed = [_place(comment, version) for comment in said]
    return sorted(placed, key=lambda one: one.comment.done_at is not None)


def marks(placed: Iterable[Placed], channel: Channel) -> list[tuple[int, int, str]]:
    """For a preview: what is open on this channel's words."""
    return [
        (one.start, one.end, f"{one.comment.by}: {one.comment.words}")
        for one in placed
        if one.comment.channel_id == channel.pk and one.comment.done_at is None
        and one.start is not None and one.end is not None
    ]  # fmt: skip


def sentences(said: Iterable[tuple[Channel, str]]) -> list[tuple[int, str, str]]:
    """What can be chosen without a mouse: (channel, its network, a sentence), a text that is the same twice once."""
    told: dict[str, Channel] = {}
    for channel, text in said:
        told.setdefault(text, channel)
    return [
        (channel.pk, channel.get_network_display() if len(told) > 1 else "", sentence)
        for text, channel in told.items()
        for sentence in map(str.strip, re.split(r"(?<=[.!?…])\s+|\n+", text))
        if sentence
    ]


def _place(comment: Comment, version: Version | None) -> Placed:
    text = str(version.texts.get(str(comment.channel_id), "")) if version else ""
    place = find(text, comment.quote, near=comment.start)
    return Placed(comment, *place) if place else Placed(comment)


def _clean(words: str) -> str:
    """Without characters that nobody sees and that could turn the text around them."""
    seen = (sign for sign in words if sign == "\n" or unicodedata.category(sign) != "Cc")
    return _TURNS.sub("", "".join(seen)).strip()
