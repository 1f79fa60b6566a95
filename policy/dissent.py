"""Which rejection stands, and what became of an author's disagreement. `policy.disagreements` asks and opens it."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Exists, OuterRef

from accounts.errors import Conflict
from policy.models import Disagreement, Review, Submission
from posts import copies
from posts.models import Post

Decision = Review.Decision
REJECTED = "The DMC has rejected this update, so it cannot be sent again. Copy it as a new draft instead."
_LIFTS = (Decision.APPROVE, Decision.SEND_BACK)


def rejection(post: Post) -> Review | None:
    """The DMC's no that stands: none where it was lifted after its author disagreed."""
    return _standing([post.pk])


def rejected_before(post: Post) -> Review | None:
    """The DMC's no that stands on what this was copied from, directly or through other copies."""
    before = copies.originals(post)
    return _standing(before) if before else None


def _standing(posts: Collection[int]) -> Review | None:
    lifted = Disagreement.objects.filter(review=OuterRef("pk"), answer__decision__in=_LIFTS)
    said = Review.objects.filter(~Exists(lifted), submission__post__in=posts, decision=Decision.REJECT)
    return said.select_related("by").order_by("-pk").first()


def refuse_rejected(post: Post) -> None:
    """Raises Conflict when it may not be sent again."""
    if rejection(post) is not None:
        raise Conflict(REJECTED)


def answer(submission: Submission, review: Review) -> Disagreement | None:
    """Keep the DMC's decision beside the disagreement that asked for it, if one did."""
    asked = Disagreement.objects.filter(submission=submission, answer__isnull=True).select_related("review__by").first()
    if asked is not None:
        asked.answer = review
        asked.save(update_fields=["answer"])
    return asked
