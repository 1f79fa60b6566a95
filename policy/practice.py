"""Practice: ten updates that nobody outside ever sees, and a mentor's word on each (domain.md C.1, gate 4).

Who practises may write and hand in. `review.submit` refuses whatever somebody who practises had a hand in, and
whatever was handed in here, for ever; and the route of a practising author's words is nobody's to agree to.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from accounts import audit, mentoring, notices, rights
from accounts.channels import AUTHORS, channels_for, holders, stage_of
from accounts.errors import Conflict
from accounts.models import Appointment, Stage, Team, User
from policy import check, editions, facts
from policy.findings import keep
from policy.models import PracticeDraft, Review
from policy.reviewers import channels_of
from posts import copies
from posts.drafting import seal
from posts.models import Post, Target, Version

Kind = PracticeDraft.Kind
# Gate 4: of the last ten, eight; among the ten at least so many of each kind.
TEN, EIGHT = 10, 8
AT_LEAST = {Kind.APPEAL: 2, Kind.RESULT: 1}
HANDED, ANSWERED = "practice.handed", "practice.answered"
LONGEST = 1_000


@dataclass(frozen=True)
class Progress:
    """How far the practice has come. decided: of the last ten with an answer, `agreed` of them; kinds: of those ten."""

    waiting: int
    decided: int
    agreed: int
    kinds: dict[str, int]

    @property
    def missing(self) -> list[str]:
        """What the gate still asks for, in sentences; nothing once its evidence is there."""
        found = []
        if self.decided < TEN:
            found.append(f"{TEN - self.decided} more to hand in and hear of: ten in all.")
        if self.agreed < EIGHT:
            found.append(
                f"The mentor agrees with {self.agreed} of the last {self.decided}; eight of ten are asked for."
            )
        for kind, least in AT_LEAST.items():
            if self.kinds.get(kind, 0) < least:
                found.append(
                    f"At least {least} of the ten must be: {kind.label.lower()}. So far {self.kinds.get(kind, 0)}."
                )
        return found

    @property
    def is_enough(self) -> bool:
        return not self.missing


def practises(user: User, team: Team, now: datetime) -> bool:
    return stage_of(user, team, now) == Stage.PRACTICE


def anywhere(user: User, now: datetime) -> bool:
    """Whether this person practises for any team."""
    held = Appointment.objects.active(now).filter(user=user, role__in=AUTHORS, stage=Stage.PRACTICE)
    return held.exists()


def progress(user: User) -> Progress:
    """An update and its copies count once, by the last answer. Two queries, and one per copy that was not handed in."""
    answered = PracticeDraft.objects.filter(author=user, decided_at__isnull=False).order_by("-decided_at", "-pk")
    rows = list(answered.values_list("post", "post__copied_from", "kind", "agreed"))
    began = copies.first_of({post: original for post, original, *_ in rows})
    newest: dict[int, tuple[str, bool]] = {}
    for post, _, kind, agreed in rows:
        newest.setdefault(began[post], (kind, agreed))
    last = list(newest.values())[:TEN]
    kinds: dict[str, int] = {}
    for kind, _ in last:
        kinds[kind] = kinds.get(kind, 0) + 1
    waiting = PracticeDraft.objects.filter(author=user, decided_at__isnull=True).count()
    return Progress(waiting, len(last), sum(bool(agreed) for _, agreed in last), kinds)


@transaction.atomic
def hand_in(*, post: Post, kind: str, by: User, now: datetime) -> PracticeDraft:
    """Give a draft to the mentor. It is closed as it stands, and never goes out.

    Raises PermissionDenied for another's draft; Conflict when it is no draft or was handed in; ValidationError for who
    does not practise, for no such kind, and when it is not complete.
    """
    post.refresh_from_db(from_queryset=Post.objects.select_for_update(of=("self",)))
    for channel in channels_of(post):
        rights.require(by, "draft_for", channel)
    if post.author_id != by.pk:
        raise PermissionDenied("Whoever wrote it hands it in.")
    if post.state != Post.State.DRAFT or PracticeDraft.objects.filter(post=post).exists():
        raise Conflict("You have handed this in already. Write a new one, or copy this one.")
    if not practises(by, post.team, now):
        raise ValidationError("You no longer practise here: send it as an update.", code="practice")
    if kind not in Kind.values:
        raise ValidationError({"kind": "Say what it is."})
    version = seal(post=post, now=now)
    found = check.judge(facts.content(version), facts.around(version, now=now), editions.in_force(now))
    made = PracticeDraft.objects.create(
        post=post, version=version, author=by, kind=kind, findings=keep(found.findings), handed_at=now
    )
    audit.record(by, "practice.handed_in", post, now=now, version=version.number, kind=kind)
    _tell(made, now)
    return made


@transaction.atomic
def decide(
    *, draft: PracticeDraft, agrees: bool, reason: str = "", note: str = "", by: User, now: datetime
) -> PracticeDraft:
    """The mentor agrees, or says with a reason code and a kind sentence why not yet.

    Raises PermissionDenied without `review_for` on each of its channels, and for one's own; Conflict when somebody was
    first; ValidationError where a no has no reason or no sentence.
    """
    row = PracticeDraft.objects.select_for_update(of=("self",)).select_related("post", "author").get(pk=draft.pk)
    require_mentor(row, by)
    if row.decided_at is not None:
        raise Conflict(f"{row.by} has answered this already. Nothing was changed.")
    problems = {}
    if not agrees and reason not in Review.Reason.values:
        problems["reason"] = "Choose a reason."
    if not agrees and not note.strip():
        problems["note"] = "Say in a sentence what would make it ready."
    if problems:
        raise ValidationError(problems)
    row.agreed, row.reason, row.note = agrees, "" if agrees else reason, note.strip()[:LONGEST]
    row.by, row.decided_at = by, now
    row.save(update_fields=["agreed", "reason", "note", "by", "decided_at"])
    audit.record(by, "practice.answered", row.post, now=now, agreed=agrees, reason=row.reason)
    notices.settle(about=row, kinds=[HANDED], now=now)
    word = (
        f"{by} agrees with an update you practised with."
        if agrees
        else f"{by} has written to you about a practice update."
    )
    link = reverse("policy:practice_draft", kwargs={"pk": row.pk})
    notices.give(to=[row.author], kind=ANSWERED, about=row, words=word, link=link, now=now)
    return row


def why_not(post: Post, now: datetime, *others: User) -> str:
    """Why it must not go out: it was practised with, or one of its hands or `others` practises. "" where neither is."""
    if PracticeDraft.objects.filter(post=post).exists():
        return "This was handed in as practice, so it never goes out. Copy it to begin again."
    hands = {*others, *User.objects.filter(pk__in=writers(post))}
    if any(practises(person, post.team, now) for person in hands):
        return "Nothing goes out while its author practises. Hand it to your mentor instead."
    return ""


def refuse(post: Post, by: User, now: datetime) -> None:
    """Raises ValidationError (code practice) for what `why_not` speaks against."""
    if said := why_not(post, now, by):
        raise ValidationError(said, code="practice")


def writers(post: Post) -> set[int]:
    """Whose words these are or were: its author, and whoever made a version of it. What was set aside never stood."""
    return {post.author_id, *post.versions.filter(aside=False).values_list("made_by", flat=True)}


def readable(user: User) -> QuerySet[PracticeDraft]:
    """One's own, and those that one may answer."""
    return PracticeDraft.objects.filter(Q(author=user) | Q(pk__in=answerable(user).values("pk")))


def answerable(user: User) -> QuerySet[PracticeDraft]:
    """Those whose every channel this person reviews, without those they had a hand in."""
    reviewed = channels_for(user, "review_for").order_by().values("pk")
    # Asked of each draft: there are few of them, and a force has a million targets.
    targets = Target.objects.order_by().filter(post=OuterRef("post"))
    within, beyond = Exists(targets.filter(channel__in=reviewed)), Exists(targets.exclude(channel__in=reviewed))
    own = Exists(Version.objects.filter(post=OuterRef("post"), made_by=user, aside=False))
    return PracticeDraft.objects.filter(within, ~beyond, ~own).exclude(author=user)


def require_mentor(draft: PracticeDraft, user: User) -> None:
    """Raises PermissionDenied unless this person reviews on every channel of it, and it is not theirs."""
    channels = channels_of(draft.post)
    if not channels or draft.author_id == user.pk or user.pk in writers(draft.post):
        raise PermissionDenied("Nobody answers for their own words. Somebody else has to.")
    for channel in channels:
        rights.require(user, "review_for", channel)


def _tell(made: PracticeDraft, now: datetime) -> None:
    """The mentor and who stands in; while nobody is named, whoever reviews there."""
    named = mentoring.mentors_of(made.author)
    reviewing = holders("review_for", *channels_of(made.post)).exclude(pk=made.author_id)
    desk = named or list(reviewing.exclude(pk__in=holders("review_dmc", *channels_of(made.post)).values("pk")))
    notices.give(
        desk=desk,
        kind=HANDED,
        about=made,
        words=f"{made.author} has handed in a practice update: {made.get_kind_display().lower()}.",
        link=reverse("policy:practice_draft", kwargs={"pk": made.pk}),
        urgency=notices.Urgency.QUIET,
        now=now,
    )
