"""The private address of a person's calendar feed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.models import User


class CalendarKey(models.Model):
    """Who knows it reads what this person may see. Only its digest is kept; revoked, it is dead at once."""

    user = models.ForeignKey(User, models.PROTECT, related_name="calendar_keys")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(revoked_at__isnull=True), name="one_calendar_key_per_person"
            )
        ]

    def __str__(self) -> str:
        return f"calendar key of {self.user}"
