"""Who may decide on what. Nobody decides on words that are partly their own, whatever roles they hold."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from accounts.channels import channels_for, holders
from accounts.models import Channel, User
from accounts.rights import require
from policy.models import Disagreement, Needs, Review, Submission, Verdict
from posts.models import Post, Target

NOT_YOURS = "Nobody reviews their own words. Somebody else has to decide on this one."

NOT_AGAIN = "Its author disagrees with your decision. Somebody else at the DMC decides on that."


NOT_ROUTINE = "You review routine updates here. This one asks for more, so a mentor or the DMC decides."
_MORE = Verdict.objects.filter(version=OuterRef("version"), moment__in=Verdict.ASKED, routine=False)
# It waits for one person because of how far its author has come, and never for anything else (`routes.is_routine`).
_ROUTINE = Q(~Exists(_MORE), needs=Needs.MENTOR)


def waiting() -> QuerySet[Submission]:
    """Everything that really waits: open, and the post still stands as it was submitted."""
    return Submission.objects.filter(
        closed_at__isnull=True, post__state=Post.State.IN_REVIEW, version=F("post__current")
    ).select_related("post__team__parent", "post__author", "version", "by")


def waiting_for(user: User) -> QuerySet[Submission]:
    """What this person may decide on now: the right over every one of its channels, and no words of their own in it."""
    mentor, dmc = channels_for(user, "review_for"), channels_for(user, "review_dmc")
    as_mentor = Q(needs__in=(Needs.MENTOR, Needs.MENTOR_TWO)) & ~Q(post__in=posts_beyond(mentor, dmc))
    as_peer = _ROUTINE & ~Q(post__in=posts_beyond(mentor, channels_for(user, "review_peer")))
    as_dmc = Q(needs__in=(Needs.DMC, Needs.DMC_SECOND)) & ~Q(post__in=posts_beyond(dmc))
    first_of_two = Review.objects.filter(by=user, decision=Review.Decision.APPROVE, submission__closed_at__isnull=True)
    theirs = Q(post__author=user) | Q(by=user) | Q(post__in=Post.objects.filter(versions__made_by=user))
    theirs |= Q(disagreement__review__by=user)
    return (
        waiting().filter(as_mentor | as_peer | as_dmc).exclude(theirs).exclude(pk__in=first_of_two.values("submission"))
    )


def deciders(submission: Submission, right: str) -> QuerySet[User]:
    """Who holds `right` ("review_dmc") on every channel of it and may still decide: whom it is any use to ask."""
    people = User.objects.exclude(pk__in=_shut_out(submission))
    for channel in channels_of(submission.post):
        people = people.filter(pk__in=holders(right, channel).order_by().values("pk"))
    return people.order_by("pk")


def may_decide(submission: Submission, user: User) -> bool:
    """Whether this person may decide on it as it waits now."""
    return waiting_for(user).filter(pk=submission.pk).exists()


def _shut_out(submission: Submission) -> set[int]:
    """Whoever wrote, changed or sent it, decided what is disagreed with, or was the first of two."""
    post = submission.post
    hands = post.versions.order_by().values_list("made_by")
    contested = Disagreement.objects.filter(submission=submission).order_by().values_list("review__by")
    agreed = submission.reviews.filter(decision=Review.Decision.APPROVE).order_by().values_list("by")
    known = (pk for (pk,) in hands.union(contested, agreed))
    return {post.author_id, submission.by_id, *known}


def has_own_words(submission: Submission, user: User) -> bool:
    """Whether this person wrote, changed or sent the post, in any of its versions."""
    post = submission.post
    return user.pk in (post.author_id, submission.by_id) or post.versions.filter(made_by=user).exists()


def decides_for_dmc(submission: Submission, user: User) -> bool:
    """Whether this person's yes counts as the DMC's, on every channel of the post."""
    spoken = set(submission.post.targets.values_list("channel", flat=True))
    return spoken <= set(channels_for(user, "review_dmc").values_list("pk", flat=True))


def require_reviewer(submission: Submission, user: User) -> None:
    """Raises PermissionDenied unless this person reviews, for every channel, and did not write it."""
    channels = channels_of(submission.post)
    if not channels or has_own_words(submission, user):
        raise PermissionDenied(NOT_YOURS)
    if Disagreement.objects.filter(submission=submission, review__by=user).exists():
        raise PermissionDenied(NOT_AGAIN)
    if is_peer_only(channels, user):
        _require_peer(submission, channels, user)


def is_peer_only(channels: Iterable[Channel], user: User) -> bool:
    """Whether this person decides on these by nothing more than a peer reviewer's right."""
    return not all(_may_mentor(user, channel) for channel in channels)


def _may_mentor(user: User, channel: Channel) -> bool:
    return any(user.has_perm(f"accounts.{right}", channel) for right in ("review_for", "review_dmc"))


def _require_peer(submission: Submission, channels: list[Channel], user: User) -> None:
    for channel in channels:
        if not _may_mentor(user, channel) and not user.has_perm("accounts.review_peer", channel):
            require(user, "review_for", channel)
    if not Submission.objects.filter(_ROUTINE, pk=submission.pk).exists():
        raise PermissionDenied(NOT_ROUTINE)


def require_reach(submission: Submission, user: User) -> None:
    """Raises PermissionDenied when the submission is for the DMC and this person does not decide for it."""
    if submission.is_the_dmc_s:
        for channel in channels_of(submission.post):
            require(user, "review_dmc", channel)


def channels_of(post: Post) -> list[Channel]:
    return [target.channel for target in post.targets.select_related("channel")]


def posts_beyond(*allowed: QuerySet[Channel]) -> QuerySet[Target]:
    """Posts with a channel that is in none of `allowed`."""
    beyond = Target.objects.all()
    for channels in allowed:
        beyond = beyond.exclude(channel__in=channels.values("pk"))
    return beyond.values("post")
