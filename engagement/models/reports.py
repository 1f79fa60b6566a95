"""Oversight reports: asked for by a person, made by the clock, kept with every figure as it was."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from accounts.models import Team, User


class Report(models.Model):
    """One report on one area and period. Rows are the queue: due while `done_at` is empty.

    first, last: London days, both included. begun_at: a worker has it since then. step of steps: how far it is.
    figures: what engagement.oversight.making wrote, never changed afterwards: {"period", "previous", "figures": [...],
    "months": [...], "survey": {...}}.
    """

    team = models.ForeignKey(Team, models.PROTECT, related_name="reports")
    first = models.DateField()
    last = models.DateField()
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    step = models.PositiveSmallIntegerField(default=0)
    steps = models.PositiveSmallIntegerField(default=0)
    figures = models.JSONField(default=dict)
    paper = models.BinaryField(null=True, editable=False, help_text="The same as a PDF, made together with them.")

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = [
            # The clock's due-query of every few seconds.
            models.Index(fields=["asked_at"], condition=Q(done_at__isnull=True), name="report_due")
        ]
        constraints = [
            models.CheckConstraint(name="a_report_ends_after_it_begins", condition=Q(last__gte=F("first"))),
        ]

    def __str__(self) -> str:
        return f"report on {self.team}, {self.first} to {self.last}"

    @property
    def percent(self) -> int:
        return round(100 * self.step / self.steps) if self.steps else 0
