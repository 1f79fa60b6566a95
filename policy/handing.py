"""What a writer who leaves hands over of this room: open live cases, and the verdicts on what is planned."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse

from accounts import audit
from accounts.channels import AUTHORS
from accounts.handing import Part, Thing
from accounts.models import Appointment, User
from accounts.rights import may
from policy import rejudging
from policy.expiry import end
from policy.models import LiveCase, Review, Submission
from posts.models import Post


def held(user: User) -> list[Thing]:
    return list(map(_thing, _open_cases(user)))


def move(*, leaver: User, to: User, by: User, now: datetime) -> None:
    """The successor keeps each open case; what waits or is approved is judged again, for the name on it is another.

    Raises ValidationError where the successor has approved one of the updates: it would become their own.
    """
    going = Post.objects.filter(author=leaver, state__in=[Post.State.APPROVED, Post.State.RELEASED])
    if Review.objects.filter(version__in=going.values("current"), by=to, decision=Review.Decision.APPROVE).exists():
        raise ValidationError({"to": "This person has approved one of these updates. Nobody approves their own."})
    for case in _open_cases(leaver):
        LiveCase.objects.filter(pk=case.pk).update(keeper=to)
        audit.record(by, "live_case.handed_over", case.post, now=now, case=case.pk, was=leaver.pk, became=to.pk)
    waiting = Post.objects.filter(author=leaver, state__in=[Post.State.IN_REVIEW, Post.State.APPROVED])
    for team in {post.team_id: post.team for post in waiting.select_related("team")}.values():
        reason = f"{leaver.display_name} handed it over to {to.display_name}."
        rejudging.judge_waiting(reason=reason, by=by, now=now, scope=team)


def freeze(*, leaver: User, by: User | None, now: datetime) -> list[str]:
    """What waits or is approved is a draft again where its author writes no more; whatever was agreed is void."""
    frozen = []
    waiting = Post.objects.filter(author=leaver, state__in=[Post.State.IN_REVIEW, Post.State.APPROVED])
    for post in waiting.select_for_update(of=("self",)).order_by("pk"):
        if not may(leaver, "draft_for", [target.channel for target in post.targets.select_related("channel")]):
            was = post.state
            end(post, Submission.Ending.AUTHOR_LEFT, now)
            audit.record(by, "post.frozen", post, now=now, was=was)
            frozen.append(audit.subject_of(post))
    return frozen


def unowned(*, now: datetime) -> list[Thing]:
    """Open live cases whose keeper, or else author, writes for the team no more."""
    writing = Appointment.objects.active(now).filter(role__in=AUTHORS, user__is_active=True)
    over = Q(team=OuterRef("post__team")) | Q(team=OuterRef("post__team__parent"))
    over |= Q(team=OuterRef("post__team__parent__parent"))
    kept = Exists(writing.filter(over, user=Coalesce(OuterRef("keeper"), OuterRef("post__author"))))
    cases = LiveCase.objects.filter(~kept, closed_at__isnull=True)
    return list(map(_thing, cases.select_related("post__current", "post__team__parent").order_by("pk")))


def _thing(case: LiveCase) -> Thing:
    return Thing(
        kind="Open live cases",
        subject=audit.subject_of(case),
        words=(case.post.current.opening if case.post.current else "") or "An update without words",
        detail=f"{case.post.team.full_name}: {case.why}",
        link=reverse("policy:close_live_case", kwargs={"pk": case.pk}),
    )


def _open_cases(user: User) -> QuerySet[LiveCase]:
    """Those this person keeps: on what they wrote, sent or not, unless another was given it since."""
    mine = Q(keeper=user) | Q(keeper__isnull=True, post__author=user)
    return LiveCase.objects.filter(mine, closed_at__isnull=True).select_related("post__current", "post__team__parent")


PART = Part(held, move, freeze, unowned)
