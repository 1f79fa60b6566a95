"""Did it go? One delivery that counts per target, every attempt kept. Rows are the queue."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from datetime import datetime, timedelta
from functools import cache

from django.conf import settings
from django.db import IntegrityError, connection, models, transaction
from django.db.models import Exists, Q, QuerySet

from accounts.models import Channel
from accounts.statements import Question, Update, Value
from posts.models import Media, Target, Version
from publishing.models.commits import in_no_hurry


def _undoable() -> AbstractContextManager[object]:
    """One statement needs no transaction of its own; inside another it needs a savepoint to fail alone."""
    return transaction.atomic() if connection.in_atomic_block else nullcontext()


class Delivery(models.Model):
    """One post's way to one channel. Only `claim` and `settle` move `state`, as conditional UPDATEs (design 3).

    publish_at is the promise, due_at the next try, send_by the last moment. Lateness is measured from the promise.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting for its time"
        SENDING = "sending", "Going out"
        PUBLISHED = "published", "Published"
        UNCONFIRMED = "unconfirmed", "We are checking"
        FAILED = "failed", "Refused"
        MISSED = "missed", "Missed its time"
        CANCELLED = "cancelled", "Cancelled"
        TAKING_DOWN = "taking_down", "Being taken down"
        TAKEN_DOWN = "taken_down", "Taken down"

    MOVES = {
        State.WAITING: {State.SENDING, State.MISSED, State.FAILED, State.CANCELLED},
        State.SENDING: {State.PUBLISHED, State.WAITING, State.FAILED, State.MISSED, State.UNCONFIRMED},
        State.UNCONFIRMED: {State.PUBLISHED, State.WAITING, State.FAILED, State.MISSED},
        State.PUBLISHED: {State.TAKING_DOWN},
        State.TAKING_DOWN: {State.TAKEN_DOWN},
        State.TAKEN_DOWN: {State.TAKING_DOWN},  # it came to light again
        State.FAILED: set(),
        State.MISSED: set(),
        State.CANCELLED: set(),
    }

    target = models.ForeignKey(Target, models.PROTECT, related_name="deliveries")
    channel = models.ForeignKey(
        Channel, models.PROTECT, related_name="deliveries", help_text="The target's, kept here too: its lane."
    )
    version = models.ForeignKey(Version, models.PROTECT, related_name="deliveries")
    fingerprint = models.CharField(max_length=64, help_text="Of the version that was approved.")
    state = models.CharField(max_length=12, choices=State, default=State.WAITING)
    publish_at = models.DateTimeField()
    send_by = models.DateTimeField()
    due_at = models.DateTimeField()
    offered_until = models.DateTimeField(null=True, blank=True, help_text="A worker was told of it; told again then.")
    tries = models.PositiveSmallIntegerField(default=0)
    worker = models.CharField(max_length=120, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    remote_id = models.CharField(max_length=80, blank=True)
    permalink = models.URLField(max_length=300, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True, help_text="In words, why it stands where it stands.")
    look_at = models.DateTimeField(null=True, blank=True, help_text="When to look at the timeline next.")
    looked_at = models.DateTimeField(null=True, blank=True, help_text="When the last look began.")
    looks = models.PositiveSmallIntegerField(default=0, help_text="Complete look-ups that found nothing.")
    blind_looks = models.PositiveSmallIntegerField(default=0, help_text="Look-ups in a row that failed.")
    copies = models.PositiveSmallIntegerField(default=1, help_text="How many of it a look found on the network.")
    prove_at = models.DateTimeField(null=True, blank=True, help_text="When to read it back from the network.")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["publish_at", "pk"]
        verbose_name_plural = "deliveries"
        indexes = [
            # The due-query of every second, and the look-ups of the doubtful.
            models.Index(fields=["due_at"], condition=Q(state="waiting"), name="delivery_due"),
            models.Index(fields=["look_at"], condition=Q(look_at__isnull=False), name="delivery_look"),
            models.Index(fields=["claimed_at"], condition=Q(state="sending"), name="delivery_sending"),
            models.Index(fields=["prove_at"], condition=Q(prove_at__isnull=False), name="delivery_prove"),
            # Who of a channel was sent last (its lane's spacing), and what a person must still settle.
            models.Index(fields=["channel", "claimed_at"], name="delivery_lane"),
            models.Index(fields=["publish_at"], condition=Q(state="unconfirmed"), name="delivery_in_doubt"),
            models.Index(fields=["publish_at"], condition=Q(copies__gt=1), name="delivery_doubled"),
            # A day's or an hour's plan (report, calendar, meters), and what became public lately.
            models.Index(fields=["publish_at"], name="delivery_planned"),
            models.Index(fields=["published_at"], condition=Q(published_at__isnull=False), name="delivery_public"),
            # What a ward told in a span: by the time alone, a plan made for any ward reads the whole force's.
            models.Index(
                fields=["channel", "published_at"],
                condition=Q(published_at__isnull=False),
                name="delivery_of_channel",
            ),
        ]
        constraints = [
            # A target may try again only after nothing became public: it never has two deliveries that could.
            models.UniqueConstraint(
                fields=["target"],
                condition=~Q(state__in=["failed", "missed", "cancelled"]),
                name="one_delivery_that_counts_per_target",
            ),
            # One lane per channel: two of its posts are never in flight together.
            models.UniqueConstraint(
                fields=["channel"], condition=Q(state="sending"), name="one_delivery_in_flight_per_channel"
            ),
            models.UniqueConstraint(
                fields=["remote_id"], condition=~Q(remote_id=""), name="one_delivery_per_remote_post"
            ),
            models.CheckConstraint(
                name="published_means_an_id",
                condition=~Q(state="published") | (~Q(remote_id="") & Q(published_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"delivery {self.pk} ({self.state})"

    def claim(self, *, worker: str, now: datetime) -> bool:
        """Take it, if it still waits, is due and in time, and its channel's lane is free. True when this caller won."""
        apart = timedelta(seconds=settings.LANE_SPACING_SECONDS[self.channel.network])
        mine = {"pk": self.pk, "channel": self.channel_id, "tries": self.tries}
        taken = {"state": self.State.SENDING, "worker": worker, "claimed_at": now, "tries": self.tries + 1}
        taken |= {"offered_until": None}
        try:
            with _undoable():
                lately = {"since": now - apart, "until": now + apart}
                won = bool(_CLAIM.run_on(**mine, **lately, now=now, worker=worker, next=self.tries + 1))
        except IntegrityError:
            return False  # at this very moment another post of the channel set out
        self._know(taken if won else {})
        return won

    def _know(self, columns: dict[str, object]) -> None:
        """What an UPDATE has just written, without asking the database for it."""
        for name, value in columns.items():
            setattr(self, name, value)

    def decline(self) -> None:
        """Not now (its lane was taken): the next tick may offer it again."""
        Delivery.objects.filter(pk=self.pk, state=self.State.WAITING).update(offered_until=None)

    def arm(self, *, now: datetime) -> bool:
        """Say that the socket is about to open. False when the claim was lost meanwhile (a sweep, another worker)."""
        won = bool(self.question_of_arming(now=now).answer())
        self.claimed_at = now if won else self.claimed_at
        return won

    def question_of_arming(self, *, now: datetime) -> Question:
        """The UPDATE of `arm`."""
        return _ARM.of(pk=self.pk, worker=self.worker, tries=self.tries, now=now)

    def settle(self, state: str, *, was: str, **facts: object) -> bool:
        """Move from `was` to `state` with `facts` (column values). True when the row was as this caller knows it.

        Fenced by the try, and while sending by the claim too: a slow worker never undoes what another has begun.
        """
        if state not in self.MOVES[self.State(was)]:
            raise ValueError(f"a delivery never moves from {was} to {state}")
        fence = {"tries": self.tries} | ({"claimed_at": self.claimed_at} if was == self.State.SENDING else {})
        moved = {"state": state, **facts}
        into = {f"to_{name}": value for name, value in moved.items()}
        won = bool(_settling(tuple(moved), was == self.State.SENDING).run_on(pk=self.pk, was=was, **fence, **into))
        self._know(moved if won else {})
        return won

    def tried_in_doubt(self) -> bool:
        """Whether an earlier try, not the last, may have become public."""
        return self.tries > 1 and self.attempts.filter(outcome=Attempt.Outcome.DOUBTFUL, number__lt=self.tries).exists()

    NOT_PUBLIC = (State.FAILED, State.MISSED, State.CANCELLED)
    WAS_PUBLIC = (State.PUBLISHED, State.TAKING_DOWN, State.TAKEN_DOWN)
    FINAL = (*WAS_PUBLIC, *NOT_PUBLIC)

    @property
    def lateness(self) -> timedelta | None:
        """How long after the promise it became public."""
        return self.published_at - self.publish_at if self.published_at else None


_PK, _NOW = Value("pk", Delivery), Value("now", Delivery, "claimed_at")
_WORKER, _TRIES = Value("worker", Delivery, "worker"), Value("tries", Delivery, "tries")


def _claimable() -> QuerySet[Delivery]:
    """Still waiting, due and in time; and nothing of its channel is in flight, or set out so lately that the next must
    keep its distance.
    """
    channel, since, until = Value("channel", Channel), *(Value(name, Delivery, "due_at") for name in ("since", "until"))
    lately = Q(claimed_at__gt=since, claimed_at__lt=until)  # bounded: a clock may be set back
    lane = Delivery.objects.filter(Q(state=Delivery.State.SENDING) | lately, channel=channel).exclude(pk=_PK)
    mine = Delivery.objects.filter(pk=_PK, state=Delivery.State.WAITING, tries=_TRIES)
    return in_no_hurry(mine.filter(~Exists(lane), due_at__lte=_NOW, send_by__gte=_NOW))


_CLAIM = Update(
    _claimable, state=Delivery.State.SENDING, worker=_WORKER, claimed_at=_NOW, tries=Value("next", Delivery, "tries"),
    offered_until=None,
)  # fmt: skip
_ARM = Update(
    lambda: Delivery.objects.filter(
        pk=_PK, state=Delivery.State.SENDING, worker=_WORKER, tries=_TRIES, send_by__gte=_NOW
    ),
    claimed_at=_NOW,
)


@cache
def _settling(columns: tuple[str, ...], claimed: bool) -> Update:
    """From "was" to what these columns become. claimed: fenced by the claim too."""
    fence = {"claimed_at": Value("claimed_at", Delivery, "claimed_at")} if claimed else {}
    mine = {"pk": _PK, "state": Value("was", Delivery, "state"), "tries": _TRIES, **fence}
    into = {name: Value(f"to_{name}", Delivery, name) for name in columns}
    return Update(lambda: Delivery.objects.filter(**mine), **into)


class Attempt(models.Model):
    """One request that could make something public, written before the socket opens."""

    class Outcome(models.TextChoices):
        OPEN = "open", "No answer yet"
        PUBLISHED = "published", "Published"
        REFUSED = "refused", "Refused"
        LOGIN_EXPIRED = "login_expired", "Sign-in expired"
        THROTTLED = "throttled", "Asked to wait"
        UNREACHABLE = "unreachable", "Not reached"
        DOUBTFUL = "doubtful", "No trustworthy answer"
        DUPLICATE = "duplicate", "The network says it already has this"

    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="attempts")
    number = models.PositiveSmallIntegerField()
    worker = models.CharField(max_length=120)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=14, choices=Outcome, default=Outcome.OPEN)
    detail = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["delivery", "number"], name="one_attempt_per_number")]

    def __str__(self) -> str:
        return f"attempt {self.number} of {self.delivery}"


class StagedPicture(models.Model):
    """A picture the network already holds for a delivery, so that the minute itself needs one request."""

    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="staged")
    media = models.ForeignKey(Media, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    remote_id = models.CharField(max_length=80)
    expires_at = models.DateTimeField(null=True, blank=True)
    staged_at = models.DateTimeField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["delivery", "position"], name="one_staged_picture_per_position")]

    def __str__(self) -> str:
        return f"staged picture {self.position} of {self.delivery}"


class Preflight(models.Model):
    """What a look ahead found, a day, an hour and ten minutes before the time: early enough to do something.

    problems: [{"what", "words"}], empty when everything is ready. what: one of `What`.
    """

    class Ahead(models.TextChoices):
        DAY = "day", "A day before"
        HOUR = "hour", "An hour before"
        MINUTES = "minutes", "Ten minutes before"

    class What(models.TextChoices):
        CREDENTIAL = "credential", "Sign-in"
        PERMISSION = "permission", "Permission"
        PROFILE = "profile", "Account"
        MEDIA = "media", "Pictures"
        VERDICT = "verdict", "Approval and check"
        HOLD = "hold", "Hold"

    target = models.ForeignKey(Target, models.PROTECT, related_name="preflights")
    version = models.ForeignKey(Version, models.PROTECT, related_name="preflights")
    ahead = models.CharField(max_length=8, choices=Ahead)
    problems = models.JSONField(default=list)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "target", "ahead"], name="one_preflight_per_version_and_moment")
        ]

    def __str__(self) -> str:
        return f"preflight ({self.ahead}) of {self.version} for {self.target}"


class Proof(models.Model):
    """What the network shows of a published post, read back from it: evidence that outlives the post.

    differences: in our own words, what is not as it was sent; empty when words, pictures and alt texts are. alts: as
    the network gives them, in order; null where it does not tell. Once the network has the post no more, what it gave
    (text, alts, permalink) is emptied; that it was seen, when, and what differed stay.
    """

    delivery = models.OneToOneField(Delivery, models.PROTECT, related_name="proof")
    permalink = models.URLField(max_length=300)
    text = models.TextField(blank=True)
    pictures = models.PositiveSmallIntegerField(default=0)
    alts = models.JSONField(default=list)
    differences = models.JSONField(default=list)
    first_seen_at = models.DateTimeField(null=True, blank=True, help_text="Empty: never seen.")
    looked_at = models.DateTimeField()
    looks = models.PositiveSmallIntegerField(default=0)
    purged_at = models.DateTimeField(
        null=True, blank=True, help_text="When what was read back went, since the network has the post no more."
    )

    class Meta:
        ordering = ["-looked_at"]

    def __str__(self) -> str:
        return f"proof of {self.delivery}"


class Allowance(models.Model):
    """A token bucket as the network fills it: how many calls are left of one kind, and until when that counts.

    Kept only while little is left, so that the usual post costs no row. name: "x/app", "x/account/<channel>",
    "facebook/account/<channel>".
    """

    name = models.CharField(max_length=80, unique=True)
    left = models.PositiveIntegerField()
    resets_at = models.DateTimeField()
    reason = models.CharField(max_length=300, blank=True)
    told_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.left} of {self.name}"
