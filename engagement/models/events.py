"""What happened in London or to the survey while its figures moved: shown on their charts, explaining nothing."""

from __future__ import annotations

from django.db import models


class KnownEvent(models.Model):
    """A day that a reader of the survey should know of. break_in: the survey itself changed, so figures do not join."""

    day = models.DateField()
    name = models.CharField(max_length=120)
    break_in = models.BooleanField(default=False)

    class Meta:
        ordering = ["day", "pk"]
        constraints = [models.UniqueConstraint(fields=["day", "name"], name="one_event_per_day_and_name")]

    def __str__(self) -> str:
        return self.name
