"""What waits for a person today, duty by duty. Reads only, each duty in a fixed number of queries.

A duty is a right held somewhere, never a role: whoever may draft sees the author's part, whoever may review the
reviewer's, and one person may see several.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from accounts import mentoring, stages
from accounts.channels import (
    channels_for,
    red_for,
    teams_for,
    unwell,
)
from accounts.models import (
    Appointment,
    AuditEntry,
    AuditSeal,
    Channel,
    CoachingNote,
    Credential,
    Role,
    Seat,
    StageProposal,
    Team,
    User,
    Workshop,
)
from accounts.provisioning import board
from accounts.training import Standing, qualified
from engagement import pages, periods, sums, wording
from engagement.pages import PatchPage
from policy import editions, holds, practice
from policy.models import Hold, Review, Submission
from policy.queue import Item, queue_for
from policy.reading.dates import london_day as day_of
from policy.reviewers import waiting
from posts.models import Post, Target
from posts.reading import listed
from publishing.models import Delivery, Incident
from publishing.story import NEEDS_YOU
from smconsole import moments, pulse

SHOWN = 6
WEEK = 7  # days
TROUBLE_LASTS = timedelta(days=4)
SOON = timedelta(days=7)


@dataclass(frozen=True)
class Numbers:
    """What a stretch of days brought. None is unknown, which is never zero; `silent` posts have no numbers yet."""

    posts: int
    silent: int
    impressions: int | None
    reactions: int | None
    replies: int | None


@dataclass(frozen=True)
class Returned:
    """A draft that came back. `review`: the reviewer's words, None when the clock sent it back."""

    post: Post
    review: Review | None
    why: str


@dataclass(frozen=True)
class Author:
    """What one writes. held: a hold stops every channel of theirs. drafts_count: theirs and their colleagues'.

    red: channels of theirs through which nothing goes out.
    """

    held: bool
    red: list[Channel]
    going_out: list[Post]
    going_out_count: int
    returned: list[Returned]
    waiting: list[Submission]
    drafts: list[Post]
    drafts_count: int
    week: Numbers


@dataclass(frozen=True)
class Reviewer:
    """The queue of one person: how many, since when the oldest waits, and the one to open now (the most risk first)."""

    count: int
    oldest: datetime | None
    first: Item | None


@dataclass(frozen=True)
class Adrift:
    """Deliveries that wait for a person who may open their post, the newest first. updates: how many posts in all.

    incidents: open ones, of posts that are being or were taken down.
    """

    shown: list[Delivery]
    updates: int
    incidents: list[Incident]


@dataclass(frozen=True)
class Danger:
    """Something that is not safe right now. url_name and key: where to mend it, or ""."""

    words: str
    detail: str
    tone: str
    url_name: str = ""
    key: int | str = ""
    moment: datetime | None = None


@dataclass(frozen=True)
class Administrator:
    dangers: list[Danger]
    live: int


@dataclass(frozen=True)
class Manager:
    """patch: the teams as Numbers shows them. month: what the same stretch of days brought."""

    boroughs: list[Team]
    patch: PatchPage
    voiceless: int
    unwell: int
    month: Numbers


@dataclass(frozen=True)
class Signatory:
    """Channels on their way that wait for one's signature or answer. first: the longest waiting."""

    count: int
    first: list[Channel]


@dataclass(frozen=True)
class Learner:
    """How one's own training stands. workshop: the next one that one has a place in; note: the last one for them."""

    standing: Standing
    workshop: Workshop | None
    note: CoachingNote | None
    mentor: User | None
    practises: bool


@dataclass(frozen=True)
class Coach:
    """Check-ins that are due, the longest first, and practice updates that wait for an answer."""

    due: list[mentoring.Due]
    due_count: int
    practice: int


@dataclass(frozen=True)
class Compliance:
    """The record. sealed_to: the moment of the newest sealed entry; loose: newer entries that wait for their seal."""

    sealed: int
    sealed_to: datetime | None
    loose: int
    latest: list[Post]


def author(user: User, now: datetime) -> Author:
    mine = channels_for(user, "draft_for")
    keys = list(mine.values_list("pk", flat=True))
    posts = _with_faces(Post.objects.filter(pk__in=Target.objects.filter(channel__in=keys).values("post")))
    today = Q(current__publish_at__isnull=True) | Q(current__publish_at__lt=moments.day_end(now))
    going_out = posts.filter(today, state__in=[Post.State.APPROVED, Post.State.RELEASED])
    drafts = _with_faces(Post.objects.filter(author=user, state=Post.State.DRAFT))
    returned = _returned(drafts)
    return Author(
        held=_held_back(mine, now),
        red=red_for(user),
        going_out=list(going_out.order_by(F("current__publish_at").asc(nulls_first=True))[:SHOWN]),
        going_out_count=going_out.count(),
        returned=returned,
        waiting=list(waiting().filter(post__author=user).prefetch_related("post__targets__channel")[:SHOWN]),
        drafts=list(drafts.exclude(pk__in=[item.post.pk for item in returned]).order_by("-updated_at")[:3]),
        drafts_count=listed(user, Post.State.DRAFT).count(),
        week=_numbers(keys, WEEK, now),
    )


def signatory(user: User) -> Signatory:
    waiting_here = board.to_sign(user)
    first = list(waiting_here[:3])
    return Signatory(len(first) if len(first) < 3 else waiting_here.count(), first)


def learner(user: User, now: datetime) -> Learner:
    seats = Seat.objects.filter(user=user, left_at__isnull=True, workshop__cancelled_at__isnull=True)
    coming = seats.filter(workshop__starts_at__gt=now).select_related("workshop").order_by("workshop__starts_at")
    seat = coming.first()
    note = user.coaching_notes.select_related("by").first()
    mentor = next(iter(mentoring.mentors_of(user)), None)
    workshop = seat.workshop if seat else None
    return Learner(qualified(user, now), workshop, note, mentor, practice.anywhere(user, now))


def coach(user: User, now: datetime) -> Coach:
    mine = mentoring.pairings_of(user).filter(mentor=user)
    due = [one for one in mentoring.due_list(mine, now=now) if one.is_due(day_of(now))]
    paired = practice.answerable(user).filter(decided_at__isnull=True, author__in=mine.order_by().values("author"))
    return Coach(due[:SHOWN], len(due), paired.count())


def reviewer(user: User) -> Reviewer:
    waiting_now = queue_for(user)
    return Reviewer(len(waiting_now.items), waiting_now.oldest, next(iter(waiting_now.items), None))


def adrift(user: User, seen: QuerySet[Post], now: datetime) -> Adrift:
    """What went wrong on the way out, for those who write for the channel or may take a post down there."""
    channels = Channel.objects.filter(
        Q(pk__in=channels_for(user, "draft_for").values("pk")) | Q(pk__in=channels_for(user, "take_down").values("pk"))
    )
    found = _troubled(channels, now).filter(target__post__in=seen)
    open_now = Incident.objects.filter(closed_at__isnull=True, post__in=seen.values("pk"))
    return Adrift(
        list(found[:SHOWN]),
        found.order_by().values("target__post").distinct().count(),
        list(open_now.select_related("post__team__parent", "opened_by")[:SHOWN]),
    )


def administrator(user: User, now: datetime) -> Administrator:
    channels = channels_for(user, "connect")
    keys = list(channels.values_list("pk", flat=True))
    dead = unwell(channels).order_by("state", "team__name")
    dangers = [
        *(
            Danger(sign.problem, "Nothing goes out until it is back.", "wrong")
            for sign in pulse.read(now=now)
            if sign.problem
        ),
        *(
            _held(hold)
            for hold in Hold.objects.filter(released_at__isnull=True).select_related(
                "team__parent", "channel", "opened_by"
            )
        ),
        *_unsigned(now),
        *(_proposed(one) for one in stages.waiting(user)[:SHOWN]),
        *(_unwell(channel) for channel in dead),
        *(_ending(credential) for credential in _ending_soon(keys, now)),
    ]
    return Administrator(dangers, live=channels.filter(state=Channel.State.LIVE).count())


def _unsigned(now: datetime) -> list[Danger]:
    """The code that judges is newer than what the DMC signed."""
    law = editions.in_force(now)
    if law.is_of_this_engine:
        return []
    idle = f"{len(law.unsigned)} new rules judge nothing until then. " if law.unsigned else ""
    detail = f"{idle}Propose an edition, have it tried, and have it signed."
    return [Danger(f"The rule engine has changed since edition {law.number} was signed", detail, "care", "policy:law")]


def _proposed(one: StageProposal) -> Danger:
    stage, whose = one.get_to_display().lower(), one.appointment
    what = f"“{stage}” for another year" if one.renews else f"“{stage}”"
    words = f"{whose.user}: {what} waits for a second person"
    return Danger(words, f"{whose.team.full_name}. {one.by} proposes it.", "care", "policy:stage", whose.pk, one.at)


def manager(user: User, now: datetime) -> Manager | None:
    """The boroughs a person looks after; None for who looks after none, or after the whole force."""
    teams = list(teams_for(user, "view_team"))
    boroughs = [team for team in teams if team.kind == Team.Kind.BOROUGH]
    if not boroughs or any(team.kind == Team.Kind.FORCE for team in teams):
        return None
    patch = pages.patch(teams, now=now)
    keys = list(Channel.objects.filter(team__in=teams).values_list("pk", flat=True))
    return Manager(
        boroughs=boroughs,
        patch=patch,
        voiceless=sum(not place.channels for place in patch.places if place.team.kind == Team.Kind.WARD),
        unwell=unwell(Channel.objects.filter(pk__in=keys)).count(),
        month=_numbers(keys, pages.SHORT, now),
    )


def compliance(seen: QuerySet[Post]) -> Compliance:
    last = AuditSeal.objects.select_related("entry").order_by("-position").first()
    newer = AuditEntry.objects.filter(pk__gt=last.entry_id if last else 0)
    latest = _with_faces(seen).order_by("-updated_at")[:SHOWN]
    return Compliance(last.position if last else 0, last.entry.at if last else None, newer.count(), list(latest))


def _with_faces(posts: QuerySet[Post]) -> QuerySet[Post]:
    return posts.select_related("current", "team__parent", "author").prefetch_related("targets__channel")


def _held_back(channels: QuerySet[Channel], now: datetime) -> bool:
    """Whether holds stop all of these channels. The two teams above each come along: `stops` asks for them."""
    in_force = holds.all_in_force(now=now)
    if not in_force:
        return False
    teams = {channel.team for channel in channels.select_related("team__parent__parent")}
    return bool(teams) and all(any(holds.stops(hold, team) for hold in in_force) for team in teams)


def _returned(drafts: QuerySet[Post]) -> list[Returned]:
    ends = Submission.Ending
    back = [ends.SENT_BACK, ends.REJECTED, ends.TIME_PASSED, ends.MISSED, ends.LAPSED, ends.JUDGED_AGAIN]
    latest = Submission.objects.filter(post=OuterRef("pk")).order_by("-opened_at", "-pk")
    posts = list(drafts.annotate(ending=Subquery(latest.values("ending")[:1])).filter(ending__in=back)[:SHOWN])
    said = (ends.SENT_BACK, ends.REJECTED)
    no = [Review.Decision.SEND_BACK, Review.Decision.REJECT]
    sent_back = Review.objects.filter(submission__post__in=posts, decision__in=no)
    words = {
        review.submission.post_id: review for review in sent_back.select_related("by", "submission").order_by("at")
    }
    return [
        Returned(
            post,
            words.get(post.pk) if post.ending in said else None,  # type: ignore[attr-defined]
            ends(post.ending).label,  # type: ignore[attr-defined]
        )
        for post in posts
    ]


def _troubled(channels: QuerySet[Channel], now: datetime) -> QuerySet[Delivery]:
    """Deliveries that wait for a person, unless a later one of the same target has taken over."""
    later = Delivery.objects.filter(target=OuterRef("target"), pk__gt=OuterRef("pk"))
    return (
        Delivery.objects.filter(
            ~Exists(later), target__channel__in=channels, state__in=NEEDS_YOU, publish_at__gt=now - TROUBLE_LASTS
        )
        .select_related("target__channel__team__parent", "target__post", "version")
        .order_by("-publish_at")
    )


def _numbers(channels: Iterable[int], days: int, now: datetime) -> Numbers:
    stretch = periods.last(days, now=now)
    summed = sums.add(sums.of_channels(channels, since=stretch.first, until=stretch.last))
    counts = summed.numbers
    return Numbers(summed.updates, summed.silent, counts.impressions, counts.reactions, counts.replies)


def _held(hold: Hold) -> Danger:
    scope = wording.upper_first(hold.scope_name)
    words = f"{scope} is on hold" if hold.level > Hold.Level.WATCH else f"{scope} is being watched"
    return Danger(words, f"{hold.reason} Opened by {hold.opened_by}.", "wrong", moment=hold.opened_at)


def _unwell(channel: Channel) -> Danger:
    words = f"{channel.team.full_name}: {channel.get_network_display()} is not connected yet"
    if channel.state == Channel.State.BROKEN:
        words = f"{channel.team.full_name}: {channel.get_network_display()} needs reconnecting"
    return Danger(words, channel.problem, "care", "accounts:channel", channel.pk)


def _ending_soon(channels: Iterable[int], now: datetime) -> QuerySet[Credential]:
    """Sign-ins that the console cannot renew by itself."""
    page = Credential.objects.filter(channel__in=channels, channel__state=Channel.State.LIVE, kind="page")
    return page.filter(expires_at__lt=now + SOON).select_related("channel__team__parent").order_by("expires_at")


def _ending(credential: Credential) -> Danger:
    channel = credential.channel
    words = f"{channel.team.full_name}: the sign-in to {channel.get_network_display()} ends soon"
    return Danger(words, "Connect it again before then.", "care", "accounts:channel", channel.pk, credential.expires_at)


def of_contact_centre(user: User, now: datetime) -> bool:
    """Whether this person waits for the inbox: the role holds no right until there is one."""
    return Appointment.objects.active(now).filter(user=user, role=Role.CONTACT_CENTRE).exists()
