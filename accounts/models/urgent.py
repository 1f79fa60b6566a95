"""An appointment that could not wait: made by one person, confirmed by a second, looked at afterwards."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.models.people import Appointment, User


class Urgent(models.Model):
    """Rows are the queue: `accounts.breakglass.watch` ends what nobody confirmed by `confirm_by`, and what is over."""

    appointment = models.OneToOneField(Appointment, models.PROTECT, related_name="urgent")
    reason = models.CharField(max_length=300)
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    confirm_by = models.DateTimeField()
    until = models.DateTimeField()
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True, help_text="It has ended, one way or another.")
    reviewed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True, blank=True)
    finding = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-opened_at", "-pk"]
        indexes = [
            # The clock's question.
            models.Index(fields=["until"], condition=Q(closed_at__isnull=True), name="urgent_open")
        ]

    def __str__(self) -> str:
        return f"urgent: {self.appointment}"

    @property
    def lapsed(self) -> bool:
        """Nobody confirmed it in time."""
        return self.closed_at is not None and self.confirmed_at is None
