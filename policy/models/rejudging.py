"""What waits or is approved is judged again when the law or the times change."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.models import Team, User


class Rejudging(models.Model):
    """One round: from `due_at` on, every post of `team` and below (empty: of the force) that waits or is approved.

    Rows are the queue: due while `done_at` is empty. raised: left waiting, but for the DMC now.
    """

    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=200)
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    judged = models.PositiveIntegerField(default=0)
    returned = models.PositiveIntegerField(default=0)
    raised = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["due_at", "pk"]
        indexes = [
            # The clock's due-query of every few seconds.
            models.Index(fields=["due_at"], condition=Q(done_at__isnull=True), name="rejudging_due")
        ]

    def __str__(self) -> str:
        return f"rejudging {self.pk}: {self.reason}"
