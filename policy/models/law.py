"""Rule sets as published law, and the changes proposed to them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.models import User


class RuleSet(models.Model):
    """One edition of the posting policy. Never changed and never deleted: the database refuses both.

    It is in force from `starts_at` until the next one starts. body: every rule's setting and the word lists
    (`policy.law`); digest: its SHA-256. engine: the fingerprint of the code it was signed with. The first edition is
    the console's own, as delivered: nobody's names stand on it.
    """

    number = models.PositiveIntegerField(unique=True)
    starts_at = models.DateTimeField()
    published_at = models.DateTimeField()
    why = models.TextField()
    body = models.JSONField()
    digest = models.CharField(max_length=64)
    engine = models.CharField(max_length=40)
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(
                name="two_people_sign_an_edition",
                condition=Q(number=1)
                | Q(proposed_by__isnull=False, signed_by__isnull=False) & ~Q(proposed_by=models.F("signed_by")),
            ),
            models.CheckConstraint(
                name="no_edition_starts_before_it_is_published", condition=Q(starts_at__gte=models.F("published_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"edition {self.number}"


class Proposal(models.Model):
    """A change of the law on its way to two signatures. Open while `closed_at` is empty.

    changes: {"rules": {id: {field: value}}, "words": {list: {"add": [...], "remove": [...]}}}, laid over the newest
    edition when it is tried and when it is signed. Only `proposed_by` edits it, and only somebody else signs it.
    """

    why = models.TextField()
    changes = models.JSONField(default=dict)
    starts_at = models.DateTimeField(null=True, blank=True, help_text="Empty: as soon as it is signed.")
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    edition = models.OneToOneField(RuleSet, models.PROTECT, null=True, blank=True, related_name="proposal")

    class Meta:
        ordering = ["-proposed_at", "-pk"]

    def __str__(self) -> str:
        return f"proposal {self.pk}"


class Trial(models.Model):
    """A proposal tried on every case and on the last real posts. Rows are the queue: due while `done_at` is empty.

    begun_at: a worker has it since then; another takes it over only when that one must have died.

    base, engine and digest say what was tried: another edition, other code or another change makes it worthless.
    """

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="trials")
    base = models.ForeignKey(RuleSet, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    engine = models.CharField(max_length=40)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    findings = models.JSONField(default=dict)

    class Meta:
        ordering = ["-pk"]
        indexes = [
            # The clock's due-query of every few seconds.
            models.Index(fields=["asked_at"], condition=Q(done_at__isnull=True), name="trial_due")
        ]

    def __str__(self) -> str:
        return f"trial {self.pk} of {self.proposal}"
