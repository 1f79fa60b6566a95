"""A second, blind look at a decision, kept beside it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.models import User
from policy.models.decisions import Review


class SecondLook(models.Model):
    """A drawn decision that somebody else judges without knowing it. Nothing follows for the update.

    decision: empty while it waits. Once decided it is never changed.
    """

    class Decision(models.TextChoices):
        READY = "ready", "Ready"
        NOT_READY = "not_ready", "Not ready"

    review = models.OneToOneField(Review, models.PROTECT, related_name="second_look")
    asked_at = models.DateTimeField()
    decision = models.CharField(max_length=10, choices=Decision, blank=True)
    reason = models.CharField(max_length=20, choices=Review.Reason, blank=True)
    note = models.TextField(blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [
            # The list of a reviewer asks for what waits.
            models.Index(fields=["asked_at"], condition=Q(decision=""), name="second_look_waits")
        ]
        constraints = [
            models.CheckConstraint(
                name="a_second_look_is_somebodys",
                condition=Q(decision="", by__isnull=True, at__isnull=True)
                | (~Q(decision="") & Q(by__isnull=False, at__isnull=False)),
            ),
            models.CheckConstraint(name="not_ready_has_a_reason", condition=~Q(decision="not_ready") | ~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"second look at {self.review}"
