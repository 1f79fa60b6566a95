"""Every miss becomes a case (domain.md B.3): filed on a post by a mentor or the DMC, decided by the DMC."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from accounts import audit
from accounts.errors import Conflict
from accounts.models import User
from policy.casebook import Case
from policy.keeping import may_keep, require_keeper
from policy.models import FiledCase
from policy.reviewers import channels_of
from policy.rules import RULES
from posts.models import Post

Decision = FiledCase.Decision
KNOWN = frozenset(rule.id for rule in RULES)


def may_file(user: User, post: Post) -> bool:
    """Who reviews for one of its channels, and who keeps the policy."""
    rights = ("accounts.review_for", "accounts.review_dmc")
    reviews = any(user.has_perm(right, channel) for channel in channels_of(post) for right in rights)
    return reviews or may_keep(user)


@transaction.atomic
def file(*, post: Post, fires: bool, rule: str, why: str, by: User, now: datetime) -> FiledCase:
    """ "A rule should have caught this" (fires), or "this should not have fired". rule: "" for whichever.

    The words are those of the post as they stand. Raises PermissionDenied, ValidationError, Conflict.
    """
    if not may_file(by, post):
        raise PermissionDenied("Mentors and the DMC file cases.")
    _require_sense(fires, rule, why)
    version = post.current
    channel = next(iter(channels_of(post)), None)
    text = version.text_for(channel) if version and channel else ""
    if not text.strip() or channel is None:
        raise ValidationError("There are no words on this post yet.")
    try:
        with transaction.atomic():
            case = FiledCase.objects.create(
                post=post, network=channel.network, ward=post.team.name, text=text, fires=fires, rule=rule,
                why=why.strip(), filed_by=by, filed_at=now,
            )  # fmt: skip
    except IntegrityError as twice:
        raise Conflict("The same has been filed for this post and waits for the DMC. Nothing was added.") from twice
    audit.record(by, "case.filed", case, now=now, rule=rule, fires=fires, post=post.pk)
    return case


@transaction.atomic
def accept(*, case: FiledCase, text: str, rule: str, by: User, now: datetime) -> FiledCase:
    """Take it into the cases; from now on every trial and every count asks it. The text may have names taken out."""
    if not text.strip():
        raise ValidationError({"text": "A case needs its words."})
    if rule and rule not in KNOWN:
        raise ValidationError({"rule": f"There is no rule {rule}."})
    _open(case, by)
    case.text, case.rule = text, rule
    return _decide(case, Decision.ACCEPTED, "", by, now)


@transaction.atomic
def decline(*, case: FiledCase, note: str, by: User, now: datetime) -> FiledCase:
    """Leave it out, with a reason for whoever filed it. Raises PermissionDenied, Conflict, ValidationError."""
    if not note.strip():
        raise ValidationError({"note": "Say why, in a sentence: whoever filed it reads it."})
    _open(case, by)
    return _decide(case, Decision.DECLINED, note.strip(), by, now)


def waiting() -> QuerySet[FiledCase]:
    return FiledCase.objects.filter(decision="").select_related("filed_by", "post__team__parent")


def decided() -> QuerySet[FiledCase]:
    return (
        FiledCase.objects.exclude(decision="").select_related("filed_by", "decided_by").order_by("-decided_at", "-pk")
    )


def accepted() -> list[Case]:
    """The accepted ones in the shape of the shipped cases. One query."""
    kept = FiledCase.objects.filter(decision=Decision.ACCEPTED).order_by("pk")
    return [
        Case(one.rule, one.fires, one.text, {"network": one.network, "ward": one.ward}, f"filed {one.pk}")
        for one in kept
    ]


def _require_sense(fires: bool, rule: str, why: str) -> None:
    problems = {}
    if rule and rule not in KNOWN:
        problems["rule"] = f"There is no rule {rule}."
    if not fires and not rule:
        problems["rule"] = "Choose the rule that should have stayed quiet."
    if not why.strip():
        problems["why"] = "Say why, in a sentence: the DMC decides by it."
    if problems:
        raise ValidationError(problems)


def _open(case: FiledCase, by: User) -> None:
    require_keeper(by)
    case.refresh_from_db(from_queryset=FiledCase.objects.select_for_update(of=("self",)))
    if case.decision:
        raise Conflict(f"{case.decided_by} was first: “{case.get_decision_display().lower()}”. Nothing was changed.")


def _decide(case: FiledCase, decision: str, note: str, by: User, now: datetime) -> FiledCase:
    case.decision, case.note, case.decided_by, case.decided_at = decision, note, by, now
    case.save(update_fields=["text", "rule", "decision", "note", "decided_by", "decided_at"])
    audit.record(by, f"case.{decision}", case, now=now, rule=case.rule, fires=case.fires)
    return case
