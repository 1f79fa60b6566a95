"""A channel is a social account that belongs to the force, never to the person who uses it."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from accounts.errors import Conflict
from accounts.models.people import User
from accounts.models.teams import Team


class Channel(models.Model):
    """One voice of one team on one network.

    `external_id` is the network's own id of the account or Page, known once connected. Two questions, two columns:
    `state`, does its login work (only `go_live` and `break_down` move it), and `life`, may it speak (only `enter`).
    """

    class Network(models.TextChoices):
        X = "x", "X"
        FACEBOOK = "facebook", "Facebook"

    class State(models.TextChoices):
        NEW = "new", "Not connected"
        LIVE = "live", "Connected"
        BROKEN = "broken", "Needs reconnecting"
        CLOSED = "closed", "Closed"

    class Life(models.TextChoices):
        """From the application to the archive (domain.md C.1, C.4)."""

        APPLIED = "applied", "Applied for"
        PREPARING = "preparing", "Being made ready"
        LIVE = "live", "Live"
        DORMANT = "dormant", "Dormant"
        HANDOVER = "handover", "Being handed over"
        SUSPENDED = "suspended", "Suspended"
        COMPROMISED = "compromised", "Compromised"
        CLOSING = "closing", "Closing"
        CLOSED = "closed", "Closed"
        REFUSED = "refused", "Not granted"

    # A suspended or compromised one goes back to what it was, to nothing else (`life_before`).
    MOVES = {
        Life.APPLIED: {Life.PREPARING, Life.REFUSED},
        Life.PREPARING: {Life.LIVE, Life.REFUSED, Life.SUSPENDED, Life.COMPROMISED},
        Life.LIVE: {Life.DORMANT, Life.HANDOVER, Life.CLOSING, Life.SUSPENDED, Life.COMPROMISED},
        Life.DORMANT: {Life.LIVE, Life.HANDOVER, Life.CLOSING, Life.SUSPENDED, Life.COMPROMISED},
        Life.HANDOVER: {Life.LIVE, Life.DORMANT, Life.CLOSING, Life.SUSPENDED, Life.COMPROMISED},
        Life.CLOSING: {Life.LIVE, Life.CLOSED, Life.SUSPENDED, Life.COMPROMISED},
        Life.SUSPENDED: {
            Life.PREPARING,
            Life.LIVE,
            Life.DORMANT,
            Life.HANDOVER,
            Life.CLOSING,
            Life.COMPROMISED,
            Life.CLOSED,
        },
        Life.COMPROMISED: {Life.PREPARING, Life.LIVE, Life.DORMANT, Life.HANDOVER, Life.CLOSING, Life.CLOSED},
        Life.CLOSED: set(),
        Life.REFUSED: set(),
    }
    BEFORE_LAUNCH = (Life.APPLIED, Life.PREPARING)
    STOPPED = (Life.SUSPENDED, Life.COMPROMISED)
    OVER = (Life.CLOSED, Life.REFUSED)
    MAY_SPEAK = (Life.LIVE, Life.DORMANT, Life.HANDOVER, Life.CLOSING)

    team = models.ForeignKey(Team, models.PROTECT, related_name="channels")
    network = models.CharField(max_length=10, choices=Network)
    handle = models.CharField(max_length=60, help_text="Without the @. On Facebook, the Page's short name.")
    name = models.CharField(max_length=120, help_text="The display name the public sees.")
    external_id = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.NEW)
    problem = models.CharField(max_length=300, blank=True, help_text="In words, what is wrong. Empty when nothing is.")
    # What was there before the console kept lives, and what the console itself sets up, is live.
    life = models.CharField(max_length=12, choices=Life, default=Life.LIVE)
    life_since = models.DateTimeField(null=True, blank=True)
    life_before = models.CharField(max_length=12, blank=True, help_text="What a stopped channel goes back to.")
    life_reason = models.CharField(max_length=300, blank=True, help_text="In words, why it was stopped or closes.")
    new_home = models.CharField(max_length=200, blank=True, help_text="Where a closing channel sends its readers.")
    quiet_told = models.PositiveSmallIntegerField(
        default=0, help_text="The last step of the clock of silence that was told, in days."
    )
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
            ("review_peer", "Review routine updates of peers"),
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
            # A closed channel keeps its handle for ever; what was never granted never had one.
            models.UniqueConstraint(
                Lower("handle"), "network", name="one_channel_per_handle_and_network", condition=~Q(life="refused")
            ),
        ]
        # The board asks by stage, the oldest first.
        indexes = [models.Index(fields=["life", "life_since"], name="channel_life")]

    def __str__(self) -> str:
        return f"{self.public_name} on {self.get_network_display()}"

    @property
    def public_name(self) -> str:
        """What the public knows it by: an @handle on X, a Page's display name on Facebook."""
        return f"@{self.handle}" if self.network == self.Network.X else self.name

    @property
    def is_live(self) -> bool:
        return self.state == self.State.LIVE

    @property
    def may_speak(self) -> bool:
        """Whether its life allows anything to go out; whether its login works is another question (`is_live`)."""
        return self.life in self.MAY_SPEAK

    @property
    def trouble(self) -> str:
        """Why nothing can go out there now, in words; empty when it can. The same on every page."""
        if self.life in (*self.STOPPED, *self.OVER):
            return f"{self.get_life_display()}: nothing goes out there. {self.life_reason}".strip()
        if self.life in self.BEFORE_LAUNCH:
            return "Not live yet: what you write for it is kept until its last gate is signed."
        if self.state == self.State.BROKEN:
            return f"Needs reconnecting: nothing goes out there. {self.problem}".strip()
        if self.state == self.State.NEW:
            return "Not connected yet: nothing goes out there until a DMC administrator has connected it."
        return ""

    def enter(self, life: str, *, reason: str = "", now: datetime) -> str:
        """Move to `life`, if the row allows it where it really is. Gives back what it was.

        Raises Conflict when that is no legal move, or when somebody was first.
        """
        was = self.life
        if life not in self.MOVES[self.Life(was)] or not self._goes_back_to(life):
            raise Conflict(f"{self} is now “{self.get_life_display().lower()}”, so that cannot be done.")
        columns = {"life": life, "life_since": now, "life_reason": reason[:300], "life_before": self._before(life)}
        if life in self.OVER:
            columns |= {"state": self.State.CLOSED, "problem": ""}
        if not Channel.objects.filter(pk=self.pk, life=was, life_before=self.life_before).update(**columns):
            raise Conflict(f"Somebody has just changed {self}. Nothing was done: look at it again.")
        for name, value in columns.items():
            setattr(self, name, value)
        return was

    def _goes_back_to(self, life: str) -> bool:
        """A stopped channel becomes what it was, or is over."""
        return self.life not in self.STOPPED or life in (self.life_before, self.Life.COMPROMISED, self.Life.CLOSED)

    def _before(self, life: str) -> str:
        if life not in self.STOPPED:
            return ""
        return self.life_before if self.life in self.STOPPED else self.life

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
    warned_at = models.DateTimeField(null=True, blank=True, help_text="When it was told that it ends soon.")
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
