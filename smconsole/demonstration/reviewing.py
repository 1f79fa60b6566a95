"""What reviewers and authors say to each other: a comment on words, a disagreement with the DMC, a rejection."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from django.db.models import Q

from accounts.models import Channel, User
from policy import calibrating, comments, disagreements, review
from policy.models import Review, SecondLook, Submission
from posts import drafting
from posts.models import Post

QUOTE, REMARK = "the lads", "Neighbours may not know who you mean. Say the team, or what they did."
BIN = (
    "Homerton: the knife bin by the library was emptied on Monday. 31 blades will not be carried again. It is never "
    "locked and nobody is asked for a name."
)
TOO_SOON = "Strong and useful. Could it wait until Monday, when the schools team says the same?"
WHY = "The library put its own notice up today, and neighbours are asking us. On Monday it is old news."
CUP = "What a night: our five-a-side team beat three boroughs and brought the cup home to Brockley. Up the Kells!"
NOT_OURS = "A night to be proud of, and one for the staff page: residents follow this channel for their ward."
Reason = Review.Reason


def comment(post: Post, *, by: User, now: datetime) -> None:
    waiting = post.submissions.get(closed_at__isnull=True)
    channel = post.targets.all()[0].channel
    seen = {"submission": waiting, "fingerprint": waiting.fingerprint, "by": by, "now": now}
    comments.say(**seen, channel=channel.pk, quote=QUOTE, words=REMARK)


def tell(people: Mapping[str, User], *, now: datetime) -> None:
    """One that its author disagrees about, and one that the DMC rejected."""
    minutes = timedelta(minutes=1)
    waiting = _send(people["sergeant"], BIN, now=now - 95 * minutes)
    _say_no(waiting, review.send_back, Reason.TIMING, TOO_SOON, by=people["mentor"], now=now - 80 * minutes)
    disagreements.disagree(post=waiting.post, why=WHY, by=people["sergeant"], now=now - 22 * minutes)
    waiting = _send(people["brockley"], CUP, now=now - 26 * 60 * minutes)
    _say_no(waiting, review.reject, Reason.OFF_TOPIC, NOT_OURS, by=people["editor"], now=now - 25 * 60 * minutes)
    _look_twice(people, now=now)


def _look_twice(people: Mapping[str, User], *, now: datetime) -> None:
    """A few of the mentor's decisions, judged again by the editor. Too few to say anything, and it says so.

    Not those that chance drew when they were made: of an older one nobody is asked any more.
    """
    decided = Review.objects.filter(by=people["mentor"], decision=Review.Decision.APPROVE).order_by("pk")
    drawn = SecondLook.objects.values("review")
    for number, said in enumerate(decided.exclude(pk__in=drawn)[:9]):
        look = calibrating.ask(said, now=now - timedelta(days=3))
        if number < 6:
            ready = {"decision": "ready"} if number else {"decision": "not_ready", "reason": Reason.ACCURACY}
            calibrating.judge(look=look, **ready, by=people["editor"], now=now - timedelta(days=2))


def voices_of(by: User) -> list[Channel]:
    """What this person speaks through: live, connected, and of a team they still write for."""
    theirs = Q(team__appointments__user=by, team__appointments__ended_at__isnull=True)
    return list(Channel.objects.filter(theirs, state=Channel.State.LIVE, life=Channel.Life.LIVE).distinct())


def _send(by: User, text: str, *, now: datetime) -> Submission:
    channels = voices_of(by)
    post = drafting.draft(channels=channels, texts={channel.pk: text for channel in channels}, by=by, now=now)
    review.submit(post=post, by=by, now=now)
    return Submission.objects.get(post=post)


def _say_no(
    waiting: Submission, verb: Callable[..., Review], reason: str, note: str, *, by: User, now: datetime
) -> None:
    seen = {"submission": waiting, "fingerprint": waiting.fingerprint, "by": by, "now": now}
    verb(**seen, reason=reason, note=note)
