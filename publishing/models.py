"""Did it go? One delivery that counts per target, every attempt kept. Rows are the queue."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q

from posts.models import Media, Target, Version


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

    MOVES = {
        State.WAITING: {State.SENDING, State.MISSED, State.FAILED, State.CANCELLED},
        State.SENDING: {State.PUBLISHED, State.WAITING, State.FAILED, State.MISSED, State.UNCONFIRMED},
        State.UNCONFIRMED: {State.PUBLISHED, State.WAITING, State.FAILED, State.MISSED},
        State.PUBLISHED: set(),
        State.FAILED: set(),
        State.MISSED: set(),
        State.CANCELLED: set(),
    }

    target = models.ForeignKey(Target, models.PROTECT, related_name="deliveries")
    version = models.ForeignKey(Version, models.PROTECT, related_name="deliveries")
    fingerprint = models.CharField(max_length=64, help_text="Of the version that was approved.")
    state = models.CharField(max_length=12, choices=State, default=State.WAITING)
    publish_at = models.DateTimeField()
    send_by = models.DateTimeField()
    due_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    worker = models.CharField(max_length=120, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    remote_id = models.CharField(max_length=80, blank=True)
    permalink = models.URLField(max_length=300, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True, help_text="In words, why it stands where it stands.")
    look_at = models.DateTimeField(null=True, blank=True, help_text="When to look at the timeline next.")
    looks = models.PositiveSmallIntegerField(default=0, help_text="Complete look-ups that found nothing.")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["publish_at", "pk"]
        verbose_name_plural = "deliveries"
        indexes = [
            # The due-query of every second, and the look-ups of the doubtful.
            models.Index(fields=["due_at"], condition=Q(state="waiting"), name="delivery_due"),
            models.Index(fields=["look_at"], condition=Q(look_at__isnull=False), name="delivery_look"),
            models.Index(fields=["claimed_at"], condition=Q(state="sending"), name="delivery_sending"),
        ]
        constraints = [
            # A target may try again only after nothing became public: it never has two deliveries that could.
            models.UniqueConstraint(
                fields=["target"],
                condition=~Q(state__in=["failed", "missed", "cancelled"]),
                name="one_delivery_that_counts_per_target",
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
        """Take it, if it is still waiting, due and in time. True when this caller won."""
        won = Delivery.objects.filter(pk=self.pk, state=self.State.WAITING, due_at__lte=now, send_by__gte=now).update(
            state=self.State.SENDING, worker=worker, claimed_at=now, tries=F("tries") + 1
        )
        if won:
            self.refresh_from_db()
        return bool(won)

    def arm(self, *, now: datetime) -> bool:
        """Say that the socket is about to open. False when the claim was lost meanwhile (a sweep, another worker)."""
        mine = {"pk": self.pk, "state": self.State.SENDING, "worker": self.worker, "tries": self.tries}
        won = bool(Delivery.objects.filter(**mine, send_by__gte=now).update(claimed_at=now))
        self.claimed_at = now if won else self.claimed_at
        return won

    def settle(self, state: str, *, was: str, **facts: object) -> bool:
        """Move from `was` to `state` with `facts` (column values). True when the row was as this caller knows it.

        Fenced by the try, and while sending by the claim too: a slow worker never undoes what another has begun.
        """
        if state not in self.MOVES[self.State(was)]:
            raise ValueError(f"a delivery never moves from {was} to {state}")
        fence = {"tries": self.tries} | ({"claimed_at": self.claimed_at} if was == self.State.SENDING else {})
        won = Delivery.objects.filter(pk=self.pk, state=was, **fence).update(state=state, **facts)
        if won:
            self.refresh_from_db()
        return bool(won)

    def tried_in_doubt(self) -> bool:
        """Whether an earlier try, not the last, may have become public."""
        return self.attempts.filter(outcome=Attempt.Outcome.DOUBTFUL, number__lt=self.tries).exists()

    NOT_PUBLIC = (State.FAILED, State.MISSED, State.CANCELLED)
    FINAL = (State.PUBLISHED, *NOT_PUBLIC)

    @property
    def lateness(self) -> timedelta | None:
        """How long after the promise it became public."""
        return self.published_at - self.publish_at if self.published_at else None


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
