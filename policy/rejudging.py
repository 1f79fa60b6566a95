"""Posts that wait or are approved are judged again when a rule set is published or a period opens.

What got worse does not keep its yes: an approved post goes back to its author with the reason; one that waits goes
back when its words must change, and otherwise waits on, for the DMC if it is the DMC's now. Nothing is ever made
easier behind a reviewer's back. Posts on their way out are asked again by publishing, at release and at the claim.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse

from accounts import audit, notices
from accounts.models import Notice, Team, User
from policy import approvals, review
from policy.content import Severity
from policy.expiry import end
from policy.models import Needs, Rejudging, Submission, Verdict
from posts.models import Post

Ending = Submission.Ending
AT_ONCE = 100
_SERIOUS = Severity.DMC.rank


@transaction.atomic
def judge_waiting(
    *, reason: str, by: User | None, now: datetime, scope: Team | None, due_at: datetime | None = None
) -> Rejudging:
    """Ask for a round over `scope` (None: the whole force), at once or at `due_at`. The clock does it (`work`).

    reason: a sentence that authors read, "A pre-election period began in Hackney."
    """
    whole_force = scope is None or scope.kind == Team.Kind.FORCE
    asked = Rejudging.objects.create(
        team=None if whole_force else scope, reason=reason[:200], asked_by=by, asked_at=now, due_at=due_at or now
    )
    audit.record(by, "rejudging.asked", asked, now=now, reason=asked.reason, due_at=asked.due_at.isoformat())
    return asked


def work(*, now: datetime) -> int:
    """Do what is due: a short transaction per post. Returns how many were judged; run as often as you like."""
    judged = 0
    for asked in Rejudging.objects.filter(done_at__isnull=True, due_at__lte=now).select_related("team"):
        posts = list(_waiting(asked)[:AT_ONCE])
        judged += sum(_judge(post, asked, now) for post in posts)
        if len(posts) < AT_ONCE:
            _finish(asked, now)
    return judged


def is_worse(before: Verdict, after: Verdict) -> bool:
    """Whether the later verdict asks for more agreement, or finds something serious that nobody had seen."""
    heavier = approvals.weight(after.needs) > approvals.weight(before.needs)
    return heavier or not _serious(after) <= _serious(before)


def _serious(verdict: Verdict) -> set[str]:
    return {kept["rule"] for kept in verdict.findings if Severity(kept["severity"]).rank <= _SERIOUS}


def _waiting(asked: Rejudging) -> QuerySet[Post]:
    """What this round has still to judge; a round that broke off goes on where it was."""
    done = Verdict.objects.filter(version=OuterRef("current"), moment=Verdict.Moment.AGAIN, at__gte=asked.due_at)
    posts = Post.objects.filter(~Exists(done), state__in=[Post.State.IN_REVIEW, Post.State.APPROVED])
    if asked.team is not None:
        posts = posts.filter(team__in=asked.team.covered())
    return posts.order_by("pk")


def _judge(post: Post, asked: Rejudging, now: datetime) -> bool:
    with transaction.atomic():
        post.refresh_from_db(from_queryset=Post.objects.select_for_update(of=("self",)))
        version = post.current
        if version is None or not _waiting(asked).filter(pk=post.pk).exists():
            return False
        before = Verdict.objects.filter(version=version, moment__in=Verdict.ASKED).order_by("-pk").first()
        after = review.judge_again(version=version, moment=Verdict.Moment.AGAIN, now=now)
        moved = _follow(post, after, asked, now) if before is None or is_worse(before, after) else {}
        Rejudging.objects.filter(pk=asked.pk).update(judged=F("judged") + 1, **moved)
    return True


def _follow(post: Post, verdict: Verdict, asked: Rejudging, now: datetime) -> dict[str, F]:
    """What becomes of a post that is judged worse; the counter of the round that it moves."""
    if post.state == Post.State.APPROVED or verdict.needs == Needs.CHANGE:
        _return(post, verdict, asked, now)
        return {"returned": F("returned") + 1}
    lighter = [needs for needs in Needs.values if approvals.weight(needs) < approvals.weight(verdict.needs)]
    waiting = Submission.objects.filter(post=post, closed_at__isnull=True, needs__in=lighter)
    if waiting.update(needs=verdict.needs):
        audit.record(None, "post.raised", post, now=now, reason=asked.reason, needs=verdict.needs)
        return {"raised": F("raised") + 1}
    return {}


def _return(post: Post, verdict: Verdict, asked: Rejudging, now: datetime) -> None:
    was = post.state
    end(post, Ending.JUDGED_AGAIN, now)
    audit.record(None, "post.judged_again", post, now=now, was=was, reason=asked.reason, needs=verdict.needs)
    lost = "lost its approval and came back" if was == Post.State.APPROVED else "came back"
    notices.give(
        to={post.author, *_agreed(post)},
        kind="post.judged_again",
        about=post,
        words=f"{post.team.full_name}: an update {lost}. {asked.reason} Open it to see what the check found.",
        link=reverse("posts:post", kwargs={"pk": post.pk}),
        urgency=Notice.Urgency.SOON,
        now=now,
    )


def _agreed(post: Post) -> QuerySet[User]:
    """Who had sent or approved this version."""
    of_version = Q(reviews__version=post.current_id) | Q(pk__in=post.submissions.values("by"))
    return User.objects.filter(of_version, is_active=True).distinct()


def _finish(asked: Rejudging, now: datetime) -> None:
    with transaction.atomic():
        if Rejudging.objects.filter(pk=asked.pk, done_at__isnull=True).update(done_at=now):
            asked.refresh_from_db()
            counts = {name: getattr(asked, name) for name in ("judged", "returned", "raised")}
            audit.record(None, "rejudging.done", asked, now=now, **counts)
