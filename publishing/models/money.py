"""What the networks charge, what was spent, and what may be. Money is whole millionths of a US dollar ("micros")."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from accounts.models import Channel, Team, User


class Kind(models.TextChoices):
    """What a network charges for (platforms.md 5.1)."""

    CREATE = "create", "Post without a link"
    CREATE_LINK = "create_link", "Post with a link"
    MEDIA = "media", "Description of a picture"
    READ = "read", "Post read back"
    USER = "user", "Account looked at"
    DELETE = "delete", "Post deleted"


class Price(models.Model):
    """What one call of a kind costs from a day on. Never changed: a new price is a new row."""

    network = models.CharField(max_length=10, choices=Channel.Network)
    kind = models.CharField(max_length=12, choices=Kind)
    micros = models.PositiveIntegerField(help_text="Millionths of a US dollar for each call.")
    from_day = models.DateField(help_text="The first UTC day on which it is charged.")
    source = models.CharField(max_length=300, help_text="Where this price was read.")
    set_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        ordering = ["network", "kind", "-from_day", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} on {self.get_network_display()} from {self.from_day}"


class Spent(models.Model):
    """How many priced calls of a kind a place made on a UTC day. Counts only: what they cost follows from `Price`.

    team: the borough of the channel, or the force where there is none.
    """

    day = models.DateField()
    network = models.CharField(max_length=10, choices=Channel.Network)
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "spent"
        constraints = [
            models.UniqueConstraint(fields=["day", "network", "team", "kind"], name="one_row_of_spending_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.count} of {self.kind} on {self.day}"


class ReadOnce(models.Model):
    """A post that was read on a UTC day: reading it again on that day is free. Kept for two days."""

    day = models.DateField()
    remote_id = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "remote_id"], name="one_priced_reading_a_day")]

    def __str__(self) -> str:
        return f"{self.remote_id} on {self.day}"


class Budget(models.Model):
    """What a borough, or the whole force, may spend in a UTC month. The last `reserve` of it is for urgent posts."""

    team = models.OneToOneField(Team, models.PROTECT, related_name="budget")
    micros = models.PositiveBigIntegerField()
    reserve = models.PositiveBigIntegerField(default=0, help_text="Micros of it that only urgent posts may use.")
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        ordering = ["team__name"]
        constraints = [
            models.CheckConstraint(name="a_reserve_is_part_of_its_budget", condition=Q(reserve__lte=F("micros")))
        ]

    def __str__(self) -> str:
        return f"budget of {self.team}"


class Pause(models.Model):
    """Everything that a network charges for stands still, until an administrator resumes it."""

    network = models.CharField(max_length=10, choices=Channel.Network)
    reason = models.CharField(max_length=300)
    since = models.DateTimeField()
    resumed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    resumed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-since", "-pk"]
        constraints = [
            # Asked at every tick that has something due.
            models.UniqueConstraint(
                fields=["network"], condition=Q(resumed_at__isnull=True), name="one_open_pause_per_network"
            ),
            models.CheckConstraint(
                name="a_pause_is_ended_by_somebody",
                condition=Q(resumed_at__isnull=True, resumed_by__isnull=True)
                | Q(resumed_at__isnull=False, resumed_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"pause of {self.get_network_display()}"
