"""The policies that people work by: documents, their versions, and who has said that they read them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from accounts.models import User


class Document(models.Model):
    """One policy. Its text is in its versions; the newest published one is in force. Written by policy.documents."""

    class Body(models.TextChoices):
        DMC = "dmc", "Directorate of Media and Communication"
        DOI = "doi", "Directorate of Information"

    key = models.SlugField(max_length=40, unique=True)
    title = models.CharField(max_length=120)
    body = models.CharField(max_length=5, choices=Body, help_text="Who owns it.")
    owner = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="Who answers for its review.")
    review_on = models.DateField(help_text="By when it is looked at again.")
    remind_at = models.DateTimeField(null=True, blank=True, help_text="When to remind the owner next.")

    class Meta:
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title


class DocumentVersion(models.Model):
    """One version of a document: in writing, signed by one person, published by a second; then it never changes.

    text: Markdown. demands: everybody attests again; attestations to earlier ones count on until `attest_by`.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    summary = models.TextField(help_text="What it says, in a few plain sentences.")
    text = models.TextField()
    changes = models.TextField(blank=True, help_text="What is new, for those who know the last one.")
    demands = models.BooleanField(default=True)
    attest_by = models.DateField(null=True, blank=True)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["document", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="one_document_version_per_number"),
            models.UniqueConstraint(
                fields=["document"], condition=Q(published_at__isnull=True), name="one_document_version_in_writing"
            ),
            models.CheckConstraint(
                name="a_document_version_is_published_by_two",
                condition=Q(published_at__isnull=True)
                | (Q(signed_by__isnull=False, published_by__isnull=False) & ~Q(published_by=F("signed_by"))),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document}, version {self.number}"


class Attestation(models.Model):
    """Somebody has read this version and will follow it; good until `expires_on`, that day included. Never changed."""

    version = models.ForeignKey(DocumentVersion, models.PROTECT, related_name="attestations")
    by = models.ForeignKey(User, models.PROTECT, related_name="attestations")
    at = models.DateTimeField()
    expires_on = models.DateField()
    remind_at = models.DateTimeField(null=True, blank=True, help_text="When to remind next; empty: no more.")

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            # The clock's due-query.
            models.Index(fields=["remind_at"], condition=Q(remind_at__isnull=False), name="attestation_reminder")
        ]

    def __str__(self) -> str:
        return f"{self.by} attested to {self.version}"
