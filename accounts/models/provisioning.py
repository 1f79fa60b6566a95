"""The way to a channel: who asks for it and why, who signed which gate on what evidence, what waits for whom."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from accounts.models.channels import Channel
from accounts.models.people import User


class Application(models.Model):
    """Why a team should have this channel and who would keep it. Its handle and name are the channel's own.

    posting_ends_on: the London day on which the owner's posting ends, as HR has it. The evidence, the answers and
    what each signatory saw are `Signature` rows; what waits is `Waiting` rows. Written by `accounts.provisioning`.
    """

    channel = models.OneToOneField(Channel, models.PROTECT, related_name="application")
    audience = models.TextField(max_length=600)
    asked = models.TextField(max_length=1000, help_text="What residents asked for.")
    why_here = models.TextField(max_length=1000, help_text="Why e-mail or the borough's channel is not enough.")
    owner = models.ForeignKey(User, models.PROTECT, related_name="+")
    deputy = models.ForeignKey(User, models.PROTECT, related_name="+")
    mentor = models.ForeignKey(User, models.PROTECT, related_name="+")
    cover = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="Who covers leave.")
    posting_ends_on = models.DateField(null=True, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField(help_text="What is signed is signed of this state.")
    ended_at = models.DateTimeField(null=True, blank=True, help_text="Launched, refused or taken back.")

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"application for {self.channel}"


class Signature(models.Model):
    """What one person decided at one gate, and on what. Append-only: a later row of the same seat counts instead.

    seat: a key of `accounts.provisioning.gates.SEATS`. evidence: written by the signatory. facts: what the console
    knew at that moment, [{"words", "good"}].
    """

    class Decision(models.TextChoices):
        SIGNED = "signed", "Signed"
        RETURNED = "returned", "Sent back"
        VOIDED = "voided", "No longer counts"

    application = models.ForeignKey(Application, models.PROTECT, related_name="signatures")
    gate = models.PositiveSmallIntegerField()
    seat = models.CharField(max_length=12)
    decision = models.CharField(max_length=8, choices=Decision)
    role = models.CharField(max_length=60, help_text="In which capacity, as the table of gates names it.")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", help_text="Empty: the console itself.")
    at = models.DateTimeField()
    evidence = models.TextField(max_length=1000, blank=True)
    facts = models.JSONField(default=list)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["application", "seat"], name="signature_by_seat")]

    def __str__(self) -> str:
        return f"gate {self.gate} of {self.application}: {self.get_decision_display().lower()}"


class Waiting(models.Model):
    """Whose turn it is: one row for each signature that could be given now. Rebuilt from the signatures."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="waiting")
    seat = models.CharField(max_length=12)
    gate = models.PositiveSmallIntegerField()
    since = models.DateTimeField()

    class Meta:
        ordering = ["gate", "seat"]
        verbose_name_plural = "waiting"
        constraints = [models.UniqueConstraint(fields=["application", "seat"], name="one_wait_per_seat")]
        indexes = [models.Index(fields=["seat", "since"], name="waiting_by_seat")]

    def __str__(self) -> str:
        return f"{self.seat} of {self.application}"


class ProfileCheck(models.Model):
    """What the public saw of an account at one moment, as its network told it, and what was wrong with it.

    profile: the fields of `platforms.base.Profile`. findings: [{"name", "good", "words"}].
    """

    channel = models.ForeignKey(Channel, models.PROTECT, related_name="profile_checks")
    profile = models.JSONField(default=dict)
    findings = models.JSONField(default=list)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["channel", "-at"], name="profile_check_latest")]

    def __str__(self) -> str:
        return f"profile of {self.channel} on {self.at:%d %b %Y}"

    @property
    def is_good(self) -> bool:
        return all(finding["good"] for finding in self.findings)


class Impersonation(models.Model):
    """An account that may pretend to be one of ours. It is about an account, never about the person behind it.

    handle, name, url: as the public sees them. likes: the channel of the register that it looks like, where one is.
    """

    class Kind(models.TextChoices):
        PRETENDS = "pretends", "It pretends to be the police"
        OFFICER = "officer", "An officer's own, used like an official one"
        PARODY = "parody", "A parody or a fan, and says so"

    class Outcome(models.TextChoices):
        REMOVED = "removed", "The network removed it"
        CHANGED = "changed", "It was changed so that nobody is misled"
        REFUSED = "refused", "The network left it up"
        OFFICIAL = "official", "Its officer was offered an official channel"
        LEFT_ALONE = "left_alone", "Genuine parody or fan account: left alone"
        MISTAKEN = "mistaken", "It was one of ours, or nothing"

    network = models.CharField(max_length=10, choices=Channel.Network)
    handle = models.CharField(max_length=60)
    name = models.CharField(max_length=120, blank=True)
    url = models.URLField(max_length=300, blank=True)
    kind = models.CharField(max_length=10, choices=Kind)
    seen = models.TextField(max_length=1000, help_text="What it says or does that misleads.")
    risky = models.BooleanField(default=False, help_text="Somebody may come to harm: the public is told.")
    likes = models.ForeignKey(Channel, models.PROTECT, null=True, blank=True, related_name="lookalikes")
    screenshot = models.FileField(upload_to="impersonations/", blank=True)
    reported_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    reported_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-reported_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="a_closed_impersonation_has_an_outcome",
                condition=Q(closed_at__isnull=True, outcome="") | (Q(closed_at__isnull=False) & ~Q(outcome="")),
            ),
            # Reported twice is one matter.
            models.UniqueConstraint(
                "network", Lower("handle"), condition=Q(closed_at__isnull=True),
                name="one_open_impersonation_per_account",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"report of @{self.handle} on {self.get_network_display()}"


class ImpersonationStep(models.Model):
    """One thing done about it. Append-only."""

    class Kind(models.TextChoices):
        SCREENSHOT = "screenshot", "Screenshot kept"
        REPORTED = "reported", "Reported to the network"
        NOTICE = "notice", "The public was told"
        NOTE = "note", "Note"
        CLOSED = "closed", "Closed"

    matter = models.ForeignKey(Impersonation, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=Kind)
    words = models.CharField(max_length=600)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.matter}"
