"""The record nobody can change. Triggers refuse UPDATE and DELETE on both databases."""

from __future__ import annotations

from django.db import models

from accounts.models.people import User


class AuditEntry(models.Model):
    """One thing that happened. `subject` is "room.model:pk"; `facts` never holds a secret or a draft's text."""

    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", help_text="Empty: the console itself.")
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=80)
    facts = models.JSONField(default=dict)

    class Meta:
        ordering = ["pk"]
        # The page of a post or a channel asks for its whole story.
        indexes = [models.Index(fields=["subject", "id"], name="audit_by_subject")]

    def __str__(self) -> str:
        return f"{self.action} {self.subject}"


class AuditSeal(models.Model):
    """The link of one entry in the chain: digest = HMAC-SHA-256(key, previous digest + canonical JSON of the entry)."""

    position = models.PositiveBigIntegerField(unique=True)
    entry = models.OneToOneField(AuditEntry, models.PROTECT, related_name="seal")
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return f"seal {self.position}"
