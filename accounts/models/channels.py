"""A channel is a social account that belongs to the force, never to the person who uses it."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from accounts.models.people import User
from accounts.models.teams import Team


class Channel(models.Model):
    """One voice of one team on one network.

    `external_id` is the network's own id of the account or Page, known once connected. Only `go_live` and `break_down`
    move `state`.
    """

    class Network(models.TextChoices):
        X = "x", "X"
        FACEBOOK = "facebook", "Facebook"

    class State(models.TextChoices):
        NEW = "new", "Not connected"
        LIVE = "live", "Connected"
        BROKEN = "broken", "Needs reconnecting"
        CLOSED = "closed", "Closed"

    team = models.ForeignKey(Team, models.PROTECT, related_name="channels")
    network = models.CharField(max_length=10, choices=Network)
    handle = models.CharField(max_length=60, help_text="Without the @. On Facebook, the Page's short name.")
    name = models.CharField(max_length=120, help_text="The display name the public sees.")
    external_id = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.NEW)
    problem = models.CharField(max_length=300, blank=True, help_text="In words, what is wrong. Empty when nothing is.")
    verified_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    # Networks charge for the look; whoever keeps the money takes them from here (publishing.money).
    unpaid_looks = models.PositiveSmallIntegerField(
        default=0, help_text="Times the network told a person who this account is, not yet counted as spending."
    )

    class Meta:
        ordering = ["team__name", "network"]
        permissions = [
            ("see_posts", "See drafts and posts"),
            ("draft_for", "Write drafts"),
            ("submit_for", "Send posts on their way"),
            ("review_for", "Review as a mentor"),
            ("review_dmc", "Decide for the DMC"),
            ("take_down", "Take a post down"),
            ("connect", "Connect to the network"),
        ]
        constraints = [
            models.UniqueConstraint(
                name="one_channel_per_external_account",
                fields=["network", "external_id"],
                condition=~Q(external_id=""),
            ),
            models.UniqueConstraint(Lower("handle"), "network", name="one_channel_per_handle_and_network"),
        ]

    def __str__(self) -> str:
        return f"{self.public_name} on {self.get_network_display()}"

    @property
    def public_name(self) -> str:
        """What the public knows it by: an @handle on X, a Page's display name on Facebook."""
        return f"@{self.handle}" if self.network == self.Network.X else self.name

    @property
    def is_live(self) -> bool:
        return self.state == self.State.LIVE

    def go_live(self, *, now: datetime) -> bool:
        """Proved to work at `now`. False when the channel is closed, which no proof undoes."""
        open_ones = Channel.objects.filter(pk=self.pk).exclude(state=self.State.CLOSED)
        return bool(open_ones.update(state=self.State.LIVE, problem="", verified_at=now))

    def break_down(self, reason: str) -> bool:
        """The network no longer accepts its login. False when it was not live, so trouble is told once."""
        live = Channel.objects.filter(pk=self.pk, state=self.State.LIVE)
        return bool(live.update(state=self.State.BROKEN, problem=reason[:300]))

    @classmethod
    def break_down_all(cls, channels: models.QuerySet[Channel], reason: str) -> int:
        """The same for each of these that is live. Returns how many were."""
        live = cls.objects.filter(pk__in=channels.values("pk"), state=cls.State.LIVE)
        return live.update(state=cls.State.BROKEN, problem=reason[:300])


class Credential(models.Model):
    """What a channel speaks with, encrypted (`accounts.vault`). One per channel; replaced whole, never half."""

    channel = models.OneToOneField(Channel, models.PROTECT, related_name="credential")
    sealed = models.BinaryField()
    kind = models.CharField(max_length=10)
    expires_at = models.DateTimeField(null=True, blank=True)
    stored_at = models.DateTimeField()
    renewing_until = models.DateTimeField(null=True, blank=True, help_text="Somebody is renewing it until then.")
    revoked_at = models.DateTimeField(null=True, blank=True, help_text="Never used again; to be ended at the network.")

    def __str__(self) -> str:
        return f"{self.kind} credential of {self.channel}"


class ConnectionQuerySet(models.QuerySet["Connection"]):
    def open(self, now: datetime) -> ConnectionQuerySet:
        return self.filter(finished_at__isnull=True, expires_at__gt=now)


class Connection(models.Model):
    """A person's walk through a network's connect pages, from the button to the way back."""

    channel = models.ForeignKey(Channel, models.PROTECT, related_name="connections")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    connector = models.CharField(max_length=20)
    state = models.CharField(max_length=64, unique=True, help_text="Digest of the random word that comes back.")
    sealed = models.BinaryField(help_text="What must be kept until the person returns, encrypted.")
    started_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    returned_at = models.DateTimeField(null=True, blank=True, help_text="The word works once.")
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = ConnectionQuerySet.as_manager()

    def __str__(self) -> str:
        return f"connection of {self.channel} begun {self.started_at:%d %b %H:%M}"
