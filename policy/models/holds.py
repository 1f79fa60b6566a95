"""What stops everything."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.models import Team, User


class Hold(models.Model):
    """A stop. `team` empty: the whole force. In force from `opened_at` until two people have released it.

    What it stops is asked at the claim (`policy.holds`), so a job already queued is stopped too.
    """

    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="holds")
    reason = models.CharField(max_length=300)
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    release_asked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    released_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-opened_at"]
        constraints = [
            models.CheckConstraint(
                name="a_hold_is_released_by_two",
                condition=Q(released_by__isnull=True) | ~Q(released_by=models.F("release_asked_by")),
            )
        ]

    def __str__(self) -> str:
        return f"hold on {self.team or 'the whole force'}"

    @property
    def scope_name(self) -> str:
        """What is stopped, in words."""
        return self.team.full_name if self.team else "the whole force"
