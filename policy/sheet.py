"""One post as its reviewer, or its author about to send it, reads it. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError

from accounts.channels import stage_of
from accounts.models import Channel, Stage, User
from policy import (
    approvals,
    check,
    comments,
    declarations,
    dissent,
    editions,
    facts,
    holds,
    overrides,
    routes,
    seconding,
)
from policy.comments import Placed
from policy.findings import Kept, Shown, marks, show, tally
from policy.models import Declaration, Disagreement, Hold, Needs, Review, SecondLook, Submission, Verdict
from policy.review import lowest_stage
from posts.differences import Difference, differences
from posts.drafting import check_complete
from posts.fingerprint import fingerprint
from posts.models import Post, Version, VersionPicture

_NOTES = 3
_FEW, _WORST = 8, 6  # findings


@dataclass(frozen=True)
class Seen:
    """One channel's text with the places of its findings, for {% preview %}."""

    channel: Channel
    text: str
    marks: Sequence[tuple[int, int, str]]


@dataclass(frozen=True)
class Page:
    """What is about to be public, and what the rules say of it."""

    post: Post
    version: Version
    seen: Sequence[Seen]
    pictures: Sequence[VersionPicture]
    findings: Sequence[Shown]
    hold: Hold | None
    stage: Stage
    outlives: bool

    @property
    def publish_at(self) -> datetime | None:
        return self.version.publish_at

    @property
    def at_first(self) -> Sequence[Shown]:
        """The worst findings: all of them while they are few, so that nothing below them is buried."""
        return self.findings if len(self.findings) <= _FEW else self.findings[:_WORST]

    @property
    def beyond(self) -> Sequence[Shown]:
        return self.findings[len(self.at_first) :]

    @property
    def beyond_in_words(self) -> str:
        return tally(self.beyond)


@dataclass(frozen=True)
class Sheet(Page):
    """A page with what a reviewer needs besides. before: the last version somebody saw; None on a first look.

    declared, answers: what its author said to the three taps, if they were asked. first: where two must agree, the yes
    of the first. comments: what was said of single words so far. dissent: why its author disagrees, and with what.
    rejected_before: it is a copy of what the DMC had rejected.
    """

    submission: Submission
    verdict: Verdict
    declared: Declaration | None
    answers: Sequence[tuple[str, str, bool]]
    first: Review | None
    before: Version | None
    changes: Sequence[Difference]
    coaching: Sequence[Review]
    referral: Review | None
    comments: Sequence[Placed]
    dissent: Disagreement | None
    rejected_before: Review | None


@dataclass(frozen=True)
class Proposal(Page):
    """A page with what would happen if it were sent now. fingerprint: of exactly what is shown. asks: three taps by its
    author may stand in for the mentor.
    """

    needs: Needs
    asks: bool
    fingerprint: str


def for_author(post: Post, *, user: User, now: datetime) -> Proposal:
    """What would happen if this person sent it now: judged afresh, kept nowhere."""
    version = _current(post)
    stage = lowest_stage(version, now, user)
    around, law = facts.around(version, now=now), editions.in_force(now)
    judgement = check.judge(facts.content(version), around, law)
    standing, kept = overrides.lay_over(judgement, version)
    page = _page(post, version, kept, stage, now)
    seen = fingerprint(version)
    asked = {"law": law, "stage": stage, "team": post.team, "around": around}
    needs = routes.needs(standing, **asked, declared=declarations.clears(version, seen))
    lighter = routes.needs(standing, **asked, declared=True)
    asks = stage.is_trusted and approvals.weight(lighter) < approvals.weight(needs)
    return Proposal(**vars(page), needs=needs, asks=asks, fingerprint=seen)


def what_is_missing(post: Post, *, now: datetime) -> list[str]:
    """Why it cannot be sent yet, in sentences; the same rules as at sending."""
    version = _current(post)
    if dissent.rejection(post) is not None:
        return [dissent.REJECTED]
    try:
        check_complete(post, version, now)
    except ValidationError as incomplete:
        return list(incomplete.messages)
    return []


def for_reviewer(submission: Submission, *, user: User, now: datetime) -> Sheet:
    """The submitted version with its kept verdict, what changed, and what this author was told lately."""
    post, version = submission.post, submission.version
    verdict = version.verdicts.filter(moment__in=Verdict.ASKED).latest("pk")
    stage = stage_of(post.author, post.team, now)
    said = comments.on(post, version)
    page = _page(post, version, verdict.findings, stage, now, said)
    before = last_seen(version)
    names = {seen.channel.pk: seen.channel.get_network_display() for seen in page.seen}
    declared = declarations.standing(version, version.fingerprint)
    referrals = submission.reviews.filter(decision=Review.Decision.REFER).select_related("by")
    return Sheet(
        **vars(page),
        submission=submission,
        verdict=verdict,
        declared=declared,
        answers=declarations.in_words(declared) if declared else (),
        first=seconding.first(submission, now=now),
        before=before,
        changes=differences(before, version, names) if before else [],
        coaching=_coaching(post, user),
        referral=referrals.last(),
        comments=said,
        dissent=_dissent(submission),
        rejected_before=dissent.rejected_before(post),
    )


def for_second_look(look: SecondLook, *, now: datetime) -> Page:
    """The version that was decided on with the findings of that moment, and nothing that anybody said of it."""
    version, post = look.review.version, look.review.version.post
    before = version.verdicts.filter(moment__in=Verdict.ASKED, at__lte=look.review.at)
    verdict = before.order_by("-pk").first()
    return _page(post, version, verdict.findings if verdict else [], Stage.PROBATION, now)


def _dissent(submission: Submission) -> Disagreement | None:
    asked = Disagreement.objects.filter(submission=submission)
    return asked.select_related("by", "review__by").first()


def last_seen(version: Version) -> Version | None:
    """The version before this one that a reviewer saw, else the last that was closed."""
    earlier = version.post.versions.filter(number__lt=version.number, sealed_at__isnull=False, aside=False)
    seen = earlier.filter(submissions__isnull=False).order_by("-number").first()
    return seen or earlier.order_by("-number").first()


def _page(
    post: Post, version: Version, kept: Sequence[Kept], stage: Stage, now: datetime, said: Sequence[Placed] = ()
) -> Page:
    channels = [target.channel for target in post.targets.select_related("channel")]
    pictures = list(version.pictures.select_related("media"))
    lasts_until = now + timedelta(hours=settings.APPROVAL_LASTS_HOURS)
    return Page(
        post=post,
        version=version,
        seen=[
            Seen(channel, version.text_for(channel), [*marks(kept, channel), *comments.marks(said, channel)])
            for channel in channels
        ],
        pictures=pictures,
        findings=show(kept, channels, [str(picture.media_id) for picture in pictures]),
        hold=holds.in_force(post.team, now=now),
        stage=stage,
        outlives=version.publish_at is not None and version.publish_at >= lasts_until,
    )


def _coaching(post: Post, user: User) -> list[Review]:
    """The last words other reviewers left for this author, as far as this reviewer may see those posts."""
    theirs = Review.objects.filter(
        submission__post__author=post.author, submission__post__in=Post.objects.visible_to(user)
    ).exclude(note="")
    to_author = theirs.exclude(decision=Review.Decision.REFER)
    return list(to_author.select_related("by", "submission__post").order_by("-pk")[:_NOTES])


def _current(post: Post) -> Version:
    version = post.current
    if version is None:
        raise Post.DoesNotExist(f"{post} has no words yet")
    return version
