"""What a post is about may come before a court: the flag is on for every arrest and charge until a person closes it.

Proceedings are active from an arrest on, also while somebody is released under investigation (domain.md B.1), so
nothing closes it by itself.
"""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet

from accounts import audit
from accounts.channels import channels_for
from accounts.errors import Conflict
from accounts.models import User
from accounts.statements import Exists, Question, Value
from policy.models import LiveCase
from policy.reading.passage import Passage
from posts.models import Post, Target, Version
from posts.template_catalogue import TEMPLATES

Outcome = LiveCase.Outcome
# Of the words of court those that tell of proceedings still to come: after a sentence they are over.
_BEFORE_COURT = frozenset(
    ("charged with", "been charged", "appear in court", "appeared in court", "appear at court", "on trial")
)
_WHY = "The update tells of an arrest or a charge."


def is_live(post: Post) -> bool:
    """Whether proceedings are active in what this post is about."""
    return bool(question(post).answer())


def question(post: Post) -> Question:
    """What `is_live` asks."""
    return _LIVE.of(post=post.pk)


_LIVE = Exists(lambda: LiveCase.objects.filter(post=Value("post", Post), closed_at__isnull=True))


def of(post: Post) -> LiveCase | None:
    """The open one of this post."""
    return LiveCase.objects.filter(post=post, closed_at__isnull=True).first()


def tells_of_arrest(text: str) -> bool:
    """Whether a text tells that somebody was arrested, held or charged. Recall first: a person closes what is none."""
    passage = Passage(text)
    charged = (passage.lower[hit.start : hit.end] for hit in passage.hits("charged"))
    return bool(passage.hits("arrest", "not_arrest")) or not _BEFORE_COURT.isdisjoint(charged)


def notice(*, version: Version, now: datetime) -> LiveCase | None:
    """Put the flag on where the words ask for it. Once closed by a person, the same words leave it closed."""
    post = version.post
    template = TEMPLATES.get(version.template)
    tells = (template is not None and template.live_case) or any(map(tells_of_arrest, set(version.texts.values())))
    if not tells or LiveCase.objects.filter(post=post).exists():
        return None
    return _open(post, _WHY, None, now)


@transaction.atomic
def put_on(*, post: Post, why: str, by: User, now: datetime) -> LiveCase:
    """By a person who knows what no word tells. Raises PermissionDenied, ValidationError, Conflict."""
    _require(by, post)
    if not why.strip():
        raise ValidationError({"why": "Say in a few words what is before a court."})
    if is_live(post):
        raise Conflict("This is a live case already. Nothing was changed.")
    return _open(post, why.strip()[:200], by, now)


@transaction.atomic
def close(*, case: LiveCase, outcome: str, note: str = "", by: User, now: datetime) -> LiveCase:
    """How it ended. Raises PermissionDenied; ValidationError without an outcome; Conflict when somebody was first."""
    _require(by, case.post)
    if outcome not in Outcome.values:
        raise ValidationError({"outcome": "Choose how it ended."})
    open_ones = LiveCase.objects.filter(pk=case.pk, closed_at__isnull=True)
    if not open_ones.update(outcome=outcome, note=note.strip()[:300], closed_by=by, closed_at=now):
        case.refresh_from_db()
        raise Conflict(f"{case.closed_by} has closed this: {case.get_outcome_display().lower()}. Nothing was changed.")
    case.refresh_from_db()
    audit.record(by, "live_case.closed", case.post, now=now, case=case.pk, outcome=outcome, note=case.note)
    return case


def open_for(user: User) -> QuerySet[LiveCase]:
    """The open ones on posts this person may see, the oldest first."""
    seen = LiveCase.objects.filter(closed_at__isnull=True, post__in=Post.objects.visible_to(user))
    return seen.select_related("post__team__parent", "post__author", "post__current", "opened_by", "keeper")


def may_close(user: User, post: Post) -> bool:
    """Who may send the post, or decides for the DMC, on every channel of it."""
    spoken = set(Target.objects.filter(post=post).values_list("channel", flat=True))
    return bool(spoken) and any(
        spoken <= set(channels_for(user, perm).values_list("pk", flat=True)) for perm in ("submit_for", "review_dmc")
    )


def _require(user: User, post: Post) -> None:
    if not may_close(user, post):
        raise PermissionDenied("Only who may send this update, or the DMC, says how its case stands.")


def _open(post: Post, why: str, by: User | None, now: datetime) -> LiveCase:
    case = LiveCase.objects.create(post=post, why=why, opened_by=by, opened_at=now)
    audit.record(by, "live_case.opened", post, now=now, case=case.pk, why=why)
    return case
