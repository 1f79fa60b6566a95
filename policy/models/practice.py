"""Practice: updates that are never public, and what a mentor said of each (domain.md C.1, gate 4)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.models import User
from policy.models.decisions import Review
from posts.models import Post, Version


class PracticeDraft(models.Model):
    """One update that an author practised with. Bound to the version handed in; its post is never sent.

    findings: what the check said, as a Verdict keeps it. Undecided while `decided_at` is empty.
    """

    class Kind(models.TextChoices):
        APPEAL = "appeal", "An appeal for help"
        RESULT = "result", "The result of a warrant"
        OTHER = "other", "Anything else from the ward"

    post = models.OneToOneField(Post, models.PROTECT, related_name="practice")
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    author = models.ForeignKey(User, models.PROTECT, related_name="practice_drafts")
    kind = models.CharField(max_length=10, choices=Kind)
    findings = models.JSONField(default=list)
    handed_at = models.DateTimeField()
    agreed = models.BooleanField(null=True, blank=True)
    reason = models.CharField(max_length=20, choices=Review.Reason, blank=True)
    note = models.TextField(blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["handed_at", "pk"]
        indexes = [
            models.Index(fields=["author", "-decided_at"], name="practice_of_author"),
            models.Index(fields=["handed_at"], condition=Q(decided_at=None), name="practice_waiting"),
        ]
        constraints = [
            models.CheckConstraint(
                name="a_practice_answer_is_whole",
                condition=Q(decided_at__isnull=True, agreed__isnull=True, by__isnull=True)
                | Q(decided_at__isnull=False, agreed=True, by__isnull=False)
                | Q(decided_at__isnull=False, agreed=False, by__isnull=False) & ~Q(reason="") & ~Q(note=""),
            ),
            models.CheckConstraint(name="nobody_agrees_with_their_own_practice", condition=~Q(by=models.F("author"))),
        ]

    def __str__(self) -> str:
        return f"practice with {self.post}"
