"""A handover that is still to come: the leaver's last day, and who takes over."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from accounts.models.people import User


class Handover(models.Model):
    """Rows are the queue: open until `closed_at`, due from `due_at`, 23:59 in London on the last day."""

    leaver = models.ForeignKey(User, models.PROTECT, related_name="handovers")
    to = models.ForeignKey(User, models.PROTECT, related_name="takeovers")
    last_day = models.DateField()
    due_at = models.DateTimeField()
    until = models.DateField(null=True, blank=True, help_text="Last day of a successor who only covers.")
    planned_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    called_off_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    trouble = models.CharField(max_length=500, blank=True, help_text="What could not be moved, in words.")

    class Meta:
        ordering = ["-planned_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["leaver"], condition=Q(closed_at__isnull=True), name="one_open_handover_per_leaver"
            ),
            models.CheckConstraint(name="nobody_takes_over_from_themselves", condition=~Q(leaver=F("to"))),
        ]

    def __str__(self) -> str:
        return f"{self.leaver} hands over to {self.to} on {self.last_day}"
