"""What the rules said and what people decided about a post, in the order it happened. Reads only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from accounts.audit import subject_of
from accounts.models import AuditEntry, Channel
from policy.declarations import in_words
from policy.findings import Shown, count_in_words, show
from policy.models import Declaration, Disagreement, Escalation, Needs, Override, Review, Submission, Verdict
from posts.models import Post

_LASTS = settings.APPROVAL_LASTS_HOURS
Ending = Submission.Ending
CAME_BACK = {
    Ending.TIME_PASSED: "Its time passed before it was approved: choose a new time.",
    Ending.MISSED: "Its time passed before it went out: choose a new time.",
    Ending.LAPSED: f"Its approval lasted {_LASTS} hours and ran out before its time: send it for review again.",
}
_TITLES = {
    Needs.NOBODY: "nobody needs to agree",
    Needs.MENTOR: "a mentor must agree",
    Needs.MENTOR_TWO: "two reviewers must agree",
    Needs.DMC: "the DMC must agree",
    Needs.DMC_SECOND: "two people at the DMC must agree",
    Needs.CHANGE: "it must change first",
}


@dataclass(frozen=True)
class Event:
    """One step. who: in words, "" for the console itself. tone: "", "good" or "wrong"."""

    at: datetime
    title: str
    who: str = ""
    note: str = ""
    tone: str = ""
    findings: Sequence[Shown] = ()
    rules: str = ""
    until: datetime | None = None


@dataclass(frozen=True)
class Story:
    """events: oldest first. back: why the post is with its author again, None when it is not."""

    events: Sequence[Event]
    back: Event | None


def tell(post: Post) -> Story:
    """Everything that was said and done about it, in a fixed number of queries: eight."""
    channels = [target.channel for target in post.targets.select_related("channel")]
    told = sorted(
        [
            *_verdicts(post, channels),
            *_declarations(post),
            *_reviews(post),
            *_overrides(post),
            *_dissent(post),
            *_unanswered(post),
            *_by_itself(post),
        ],
        key=lambda event: event.at,
    )
    last = next((event for event in reversed(told) if event.tone), None)
    returned = post.state == Post.State.DRAFT and last is not None and last.tone == "wrong"
    return Story(told, last if returned else None)


def _verdicts(post: Post, channels: Sequence[Channel]) -> Iterator[Event]:
    """Each answer of the check once: at its minute a post is checked for every channel, most often alike."""
    said = None
    for verdict in Verdict.objects.filter(version__post=post).select_related("version").order_by("pk"):
        again, said = said, (verdict.version_id, verdict.moment, verdict.needs, verdict.findings, verdict.rules_version)
        if said == again:
            continue
        blocked = verdict.needs == Needs.CHANGE
        found = count_in_words(len(verdict.findings)).lower()
        yield Event(
            at=verdict.at,
            title=f"{_MOMENTS[Verdict.Moment(verdict.moment)]}: {found}; {_TITLES[Needs(verdict.needs)]}",
            who=f"version {verdict.version.number}",
            tone="wrong" if blocked else "good" if verdict.needs == Needs.NOBODY else "",
            findings=show(verdict.findings, channels),
            rules=verdict.rules_version,
        )


def _reviews(post: Post) -> Iterator[Event]:
    tones = {"approve": "good", "send_back": "wrong", "reject": "wrong"}
    reviews = Review.objects.filter(submission__post=post).select_related("by", "version").order_by("pk")
    for review in reviews:
        reason = f", {review.get_reason_display().lower()}" if review.reason else ""
        if review.decision == Review.Decision.APPROVE and review.note:
            reason = ", with a suggestion for next time"
        yield Event(
            at=review.at,
            title=f"{review.get_decision_display()}{reason}",
            who=f"{review.by}, version {review.version.number}",
            note=review.note,
            tone=tones.get(review.decision, ""),
            until=review.expires_at,
        )


def _dissent(post: Post) -> Iterator[Event]:
    for asked in Disagreement.objects.filter(post=post).select_related("by", "review__by"):
        title = f"Disagreed with {asked.review.by}: the DMC decides"
        yield Event(asked.at, title, str(asked.by), asked.why, tone="good")


def _declarations(post: Post) -> Iterator[Event]:
    for declared in Declaration.objects.filter(version__post=post).select_related("by", "version"):
        said = " ".join(f"{question} {answer}." for question, answer, _ in in_words(declared))
        yield Event(declared.at, "Declared by its author", f"{declared.by}, version {declared.version.number}", said)


def _overrides(post: Post) -> Iterator[Event]:
    """What the DMC was asked to let through, with its reason, and each answer with its rationale."""
    people = ("asked_by", "decided_by", "seconded_by", "version")
    for asked in Override.objects.filter(submission__post=post).select_related(*people).order_by("pk"):
        what = f"{asked.rule} on {', '.join(f'“{words}”' for words in asked.words)}" if asked.words else asked.rule
        version = f"version {asked.version.number}"
        yield Event(
            asked.asked_at, f"Asked the DMC to let through {what}", f"{asked.asked_by}, {version}", asked.reason
        )
        if asked.decision and asked.decided_at:
            tone = "good" if asked.decision == Override.Decision.GRANTED else "wrong"
            title = f"{asked.get_decision_display()}: {what}"
            yield Event(asked.decided_at, title, f"{asked.decided_by}, {version}", asked.rationale, tone)
        if asked.seconded_at:
            yield Event(asked.seconded_at, f"Agreed as the second person: {what}", str(asked.seconded_by), tone="good")


def _unanswered(post: Post) -> Iterator[Event]:
    for asked in Escalation.objects.filter(submission__post=post).select_related("to"):
        who = str(asked.to) if asked.to else f"{asked.told} {'person' if asked.told == 1 else 'people'}"
        title = f"Nobody had answered in {asked.waited} minutes. {asked.get_step_display()}"
        yield Event(asked.at, title, who, "" if asked.told else "Nobody there can decide on it now.")


def _by_itself(post: Post) -> Iterator[Event]:
    """What was done without a decision: taken back, run out, stopped before it went out."""
    entries = AuditEntry.objects.filter(subject=subject_of(post), action__in=_RETURNS).select_related("by")
    for entry in entries.order_by("pk"):
        if entry.action == "post.withdrawn":
            yield Event(entry.at, "Taken back to draft", who=str(entry.by), tone="good")
        else:
            why = CAME_BACK.get(entry.facts.get("why", ""), str(entry.facts.get("reason", "")))
            yield Event(entry.at, "Came back to its author", note=why, tone="wrong")


_RETURNS = ("post.withdrawn", "post.expired", "post.not_released", "post.judged_again")
_MOMENTS = {
    Verdict.Moment.SUBMIT: "Checked when sent",
    Verdict.Moment.RELEASE: "Checked again before going out",
    Verdict.Moment.CLAIM: "Checked again at its minute",
    Verdict.Moment.OVERRIDE: "Checked without what was let through",
    Verdict.Moment.AGAIN: "Checked again while it waited",
}
