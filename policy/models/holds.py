"""What stops everything, and what may go out nevertheless."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.models import Channel, Team, User
from posts.models import Version


class Hold(models.Model):
    """A stop of one scope: a team and everything below it (empty: the whole force), or one channel; either only for
    posts about a topic. In force from its row's commit until two people have released it. policy.holds moves it.

    What it stops is asked at the claim (`policy.clearances`), so a job already queued is stopped too.
    """

    class Level(models.IntegerChoices):
        """domain.md B.6."""

        WATCH = 1, "H1 Watch"
        LOCAL = 2, "H2 Local hold"
        FORCE = 3, "H3 Force hold"
        STOP = 4, "H4 Stop"

    level = models.PositiveSmallIntegerField(choices=Level)
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="holds")
    channel = models.ForeignKey(Channel, models.PROTECT, null=True, blank=True, related_name="holds")
    topic = models.CharField(
        max_length=120, blank=True, help_text="Words, by commas: only posts that hold one of them."
    )
    reason = models.CharField(max_length=300)
    message = models.CharField(max_length=300, blank=True, help_text="What sergeants are told to do meanwhile.")
    owner = models.ForeignKey(User, models.PROTECT, related_name="+")
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True, help_text="When those it stops were told.")
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    review_at = models.DateTimeField()
    alarm_at = models.DateTimeField(null=True, blank=True, help_text="When to remind next: to confirm or to review.")
    release_asked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    released_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-opened_at"]
        indexes = [
            # Asked at every claim and by every page.
            models.Index(fields=["level"], condition=Q(released_at__isnull=True), name="hold_in_force")
        ]
        constraints = [
            models.CheckConstraint(
                name="a_hold_is_released_by_two",
                condition=Q(released_by__isnull=True) | ~Q(released_by=models.F("release_asked_by")),
            ),
            models.CheckConstraint(
                name="a_hold_is_confirmed_by_a_second",
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=models.F("opened_by")),
            ),
            models.CheckConstraint(
                name="a_channel_s_hold_names_its_team",
                condition=Q(channel__isnull=True) | Q(team__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"hold on {self.scope_name}"

    @property
    def scope_name(self) -> str:
        """What is stopped, in words."""
        where = str(self.channel) if self.channel else self.team.full_name if self.team else "the whole force"
        return f"{where}, about {self.topic}" if self.topic else where


class Clearance(models.Model):
    """This exact version may go out in spite of this hold. Asked for by who may send it, given by the DMC.

    On a watch (H1) whoever may send the post gives it: that is the re-confirmation.
    """

    class Ground(models.TextChoices):
        """Why. All but the last are the allow-list of a force hold (domain.md B.6)."""

        SAFETY = "safety", "Critical safety"
        LEGAL = "legal", "Legally required"
        CORPORATE = "corporate", "Shares the corporate post"
        CORRECTION = "correction", "Corrects a fact"
        AGAIN = "again", "Looked at again"

    hold = models.ForeignKey(Hold, models.PROTECT, related_name="clearances")
    version = models.ForeignKey(Version, models.PROTECT, related_name="clearances")
    fingerprint = models.CharField(max_length=64)
    ground = models.CharField(max_length=10, choices=Ground)
    note = models.CharField(max_length=300, blank=True)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    given_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    given_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["hold", "version"], name="one_clearance_per_hold_and_version")]

    def __str__(self) -> str:
        return f"clearance of {self.version} for {self.hold}"
