"""What was promised for a day, against what the networks show."""

from __future__ import annotations

from django.db import models


class DailyReport(models.Model):
    """One London day. expected = confirmed + failed + missed + doubtful + lost; `lost` never became a delivery."""

    day = models.DateField(unique=True)
    expected = models.PositiveIntegerField()
    confirmed = models.PositiveIntegerField()
    failed = models.PositiveIntegerField()
    missed = models.PositiveIntegerField()
    doubtful = models.PositiveIntegerField()
    lost = models.PositiveIntegerField(help_text="Approved, and its time passed before it was released.")
    taken_down = models.PositiveIntegerField(help_text="Of the confirmed: how many have been taken down since.")
    late_p99 = models.FloatField(null=True, help_text="Seconds from the promise, of the confirmed.")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-day"]

    def __str__(self) -> str:
        return f"report of {self.day}"

    @property
    def open(self) -> int:
        """How many of the expected are not confirmed."""
        return self.expected - self.confirmed
