"""What speaks for an author's next stage, counted from rows (domain.md C.2). It decides nothing: two people do."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from itertools import takewhile

from accounts.models import Appointment, ShadowReview, Stage, StageChange
from accounts.models.people import LONDON
from accounts.training import qualified
from policy import practice
from policy.models import Override, PracticeDraft, Submission
from posts.models import Post

POSTS, DAYS, IN_A_ROW = 30, 60, 20
SHADOWS, SHADOW_SHARE = 10, 90
_READ = 200  # submissions looked back upon


@dataclass(frozen=True)
class Point:
    """One thing that C.2 asks for. met: None where the console does not know it."""

    what: str
    value: str
    wanted: str
    met: bool | None


def evidence(appointment: Appointment, *, now: datetime) -> list[Point]:
    """What the step above this stage asks for, or led to the last one, and how it stands. A fixed number of queries."""
    trained = _training(appointment, now)
    if appointment.stage == Stage.PRACTICE:
        return [*_practised(appointment), trained]
    if appointment.stage == Stage.PROBATION:
        return [*_written(appointment, now), trained]
    return [*_shadowed(appointment), trained]


def kept(points: list[Point]) -> list[dict[str, object]]:
    """As a proposal keeps them."""
    return [asdict(point) for point in points]


def in_a_row(appointment: Appointment) -> int:
    """How many of this author's last posts were approved as they were first sent, up to the newest that was not."""
    own = Submission.objects.filter(
        post__author=appointment.user, post__team__in=appointment.team.covered(), closed_at__isnull=False
    )
    back = (Submission.Ending.SENT_BACK, Submission.Ending.REFUSED, Submission.Ending.REJECTED)
    answered = own.filter(ending__in=(Submission.Ending.APPROVED, *back)).order_by("-closed_at", "-pk")
    rows = list(answered.values_list("post", "ending")[:_READ])
    changed = {post for post, ending in rows if ending in back}
    # A post that was approved, taken back and approved again is one post.
    posts = dict.fromkeys(post for post, _ in rows)
    return len(list(takewhile(lambda post: post not in changed, posts)))


def began_at(appointment: Appointment) -> datetime:
    """Since when this author has stood at this stage."""
    last = StageChange.objects.filter(appointment=appointment, became=appointment.stage).order_by("-at").first()
    if last is not None:
        return last.at
    return datetime.combine(appointment.starts_on, datetime.min.time(), LONDON)


def _written(appointment: Appointment, now: datetime) -> list[Point]:
    began = began_at(appointment)
    days = (now - began) // timedelta(days=1)
    mine = Post.objects.filter(author=appointment.user, team__in=appointment.team.covered(), created_at__gte=began)
    sent = mine.filter(state__in=[Post.State.RELEASED, Post.State.SENT]).count()
    streak = in_a_row(appointment)
    refused = Override.objects.filter(
        submission__post__in=mine.values("pk"), decision=Override.Decision.REFUSED
    ).count()  # fmt: skip
    return [
        Point("Days on probation", str(days), f"at least {DAYS}", days >= DAYS),
        Point("Updates published in that time", str(sent), f"at least {POSTS}", sent >= POSTS),
        Point("In a row, approved as first sent", str(streak), f"at least {IN_A_ROW}", streak >= IN_A_ROW),
        Point("Questions to the DMC that were refused", str(refused), "none", refused == 0),
        Point("Replies to residents within their time", "not known: the console has no inbox yet", "in time", None),
    ]


def _practised(appointment: Appointment) -> list[Point]:
    done = practice.progress(appointment.user)
    ten = f"{done.agreed} of the last {done.decided}"
    points = [Point("Practice updates the mentor agrees with", ten, "8 of 10", done.decided >= 10 and done.agreed >= 8)]
    for kind, least in practice.AT_LEAST.items():
        got, label = done.kinds.get(kind, 0), PracticeDraft.Kind(kind).label
        points.append(Point(f"Of those, {label.lower()}", str(got), f"at least {least}", got >= least))
    return points


def _shadowed(appointment: Appointment) -> list[Point]:
    last = list(ShadowReview.objects.filter(author=appointment.user).values_list("agreed", flat=True)[:SHADOWS])
    share = 100 * sum(last) // len(last) if last else 0
    met = len(last) >= SHADOWS and share >= SHADOW_SHARE
    said = f"{sum(last)} of the last {len(last)}"
    return [Point("Shadow reviews that came to the same as the DMC", said, f"{SHADOW_SHARE}% of {SHADOWS}", met)]


def _training(appointment: Appointment, now: datetime) -> Point:
    standing = qualified(appointment.user, now)
    until = standing.until
    value = f"until {until.day} {until:%B %Y}" if standing.stands and until else "does not stand"
    return Point("Training", value, "stands", standing.stands)
