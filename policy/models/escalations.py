"""An update that nobody answered in time, and who was asked next."""

from __future__ import annotations

from django.db import models

from accounts.models import User
from policy.models.decisions import Submission


class Escalation(models.Model):
    """Nobody answered, so somebody else was asked. Never changed. It approves nothing.

    told: how many people were asked; to: the back-up mentor, empty for the DMC desk.
    """

    class Step(models.TextChoices):
        BACKUP = "backup", "The back-up mentor was asked"
        DESK = "desk", "The DMC desk was asked"

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="escalations")
    step = models.CharField(max_length=6, choices=Step)
    to = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    told = models.PositiveSmallIntegerField()
    waited = models.PositiveIntegerField(help_text="Minutes, when it was done.")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["submission", "step"], name="each_step_of_asking_once")]

    def __str__(self) -> str:
        return f"{self.step} for {self.submission}"
