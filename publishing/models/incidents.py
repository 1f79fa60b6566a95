"""What was taken down, from where, with what was there before; and what stands still meanwhile."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q

from accounts.models import Channel, User
from posts.models import Post
from publishing.models.deliveries import Delivery


class Incident(models.Model):
    """A published post that had to come down: why, how it went, and what was learnt. Open until a person closes it."""

    class Kind(models.TextChoices):
        WRONG = "wrong", "Wrong or misleading"
        PERSONAL = "personal", "Personal data or somebody's safety"
        COURT = "court", "Live case or contempt of court"
        FOUND = "found", "The person was found or arrested"
        OVER = "over", "Its removal date has come"
        ACCOUNT = "account", "It was not ours: the account is compromised"
        OTHER = "other", "Something else"

    class Breach(models.TextChoices):
        """Is it a personal data breach? The ICO is told within 72 hours of when we knew."""

        UNKNOWN = "", "Not decided yet"
        NO = "no", "No"
        YES = "yes", "Yes"

    BREACH_WITHIN = timedelta(hours=72)

    post = models.ForeignKey(Post, models.PROTECT, related_name="incidents")
    kind = models.CharField(max_length=10, choices=Kind)
    reason = models.CharField(max_length=300)
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    breach = models.CharField(max_length=4, choices=Breach, blank=True)
    outcome = models.CharField(max_length=1000, blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["post"], condition=Q(closed_at__isnull=True), name="one_open_incident_per_post"
            ),
            models.CheckConstraint(
                name="a_closed_incident_says_how_it_ended",
                condition=Q(closed_at__isnull=True) | (Q(closed_by__isnull=False) & ~Q(outcome="") & ~Q(breach="")),
            ),
        ]

    def __str__(self) -> str:
        return f"incident {self.pk} of {self.post}"

    @property
    def breach_until(self) -> datetime:
        return self.opened_at + self.BREACH_WITHIN


class Removal(models.Model):
    """The way of one delivery off its network. `due_at` empty: nothing more is tried by the console.

    evidence, kept before anything is removed: {"sent": {...}, "live": [{"remote_id", "permalink", "text", "pictures",
    "created_at"}], "trouble": ""}. extra: ids of further copies that are taken down with it.
    """

    delivery = models.OneToOneField(Delivery, models.PROTECT, related_name="removal")
    incident = models.ForeignKey(Incident, models.PROTECT, related_name="removals")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    evidence = models.JSONField(default=dict)
    evidence_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True, help_text="In words, why it is still there.")
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", help_text="Who removed it by hand."
    )
    checked_at = models.DateTimeField(null=True, blank=True, help_text="When the network's timeline showed it gone.")

    class Meta:
        ordering = ["asked_at", "pk"]
        # The due-query of every second.
        indexes = [models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="removal_due")]

    def __str__(self) -> str:
        return f"removal of {self.delivery}"

    def claim(self, *, now: datetime, until: datetime) -> bool:
        """Take this try, if it is still due. Should the worker die, the next may take it from `until`."""
        mine = Removal.objects.filter(pk=self.pk, due_at__lte=now, tries=self.tries)
        won = mine.update(claimed_at=now, due_at=until, tries=self.tries + 1)
        if won:
            self.refresh_from_db()
        return bool(won)


class RemovalAttempt(models.Model):
    """One request that could take something down, written before the socket opens."""

    class Outcome(models.TextChoices):
        OPEN = "open", "No answer yet"
        REMOVED = "removed", "Taken down"
        REFUSED = "refused", "Refused"
        LOGIN_EXPIRED = "login_expired", "Sign-in expired"
        THROTTLED = "throttled", "Asked to wait"
        UNREACHABLE = "unreachable", "Not reached"
        DOUBTFUL = "doubtful", "No trustworthy answer"

    removal = models.ForeignKey(Removal, models.PROTECT, related_name="attempts")
    number = models.PositiveSmallIntegerField()
    remote_id = models.CharField(max_length=80)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=14, choices=Outcome, default=Outcome.OPEN)
    detail = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"attempt {self.number} of {self.removal}"


class Freeze(models.Model):
    """Nothing goes out on this channel after an incident, until a named person lifts it."""

    channel = models.ForeignKey(Channel, models.PROTECT, related_name="freezes")
    incident = models.ForeignKey(Incident, models.PROTECT, related_name="freezes")
    frozen_at = models.DateTimeField()
    lifted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["frozen_at", "pk"]
        constraints = [
            # Asked at every claim.
            models.UniqueConstraint(
                fields=["channel", "incident"], condition=Q(lifted_at__isnull=True), name="one_freeze_per_incident"
            ),
            models.CheckConstraint(
                name="a_freeze_is_lifted_by_somebody",
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"freeze of {self.channel}"


class RemovalDate(models.Model):
    """The day on which an appeal must come down. Kept for its post; a task says when it has come."""

    post = models.OneToOneField(Post, models.PROTECT, related_name="removal_date")
    remove_at = models.DateTimeField()
    why = models.CharField(max_length=120)
    set_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    set_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["remove_at"]

    def __str__(self) -> str:
        return f"removal date of {self.post}"
