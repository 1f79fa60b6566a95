"""How well the rules do, counted by the clock and kept."""

from __future__ import annotations

from django.db import models


class QualityRun(models.Model):
    """One count. cases: how many were judged, accepted ones among them; since: how far back decisions were read."""

    at = models.DateTimeField()
    edition = models.PositiveIntegerField()
    engine = models.CharField(max_length=40)
    cases = models.PositiveIntegerField()
    accepted = models.PositiveIntegerField()
    posts = models.PositiveIntegerField()
    since = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"quality at {self.at:%Y-%m-%d %H:%M}"


class QualityFigure(models.Model):
    """Four numbers about one rule or layer from one kind of evidence.

    caught of should: recall. wrong of quiet: false alarms. subject: a rule's id, or "layer 1", "layer 2", "layer 3".
    """

    class Source(models.TextChoices):
        CASES = "cases", "The cases"
        DECISIONS = "decisions", "Recent decisions"

    run = models.ForeignKey(QualityRun, models.CASCADE, related_name="figures")
    source = models.CharField(max_length=10, choices=Source)
    subject = models.CharField(max_length=40)
    caught = models.PositiveIntegerField()
    should = models.PositiveIntegerField()
    wrong = models.PositiveIntegerField()
    quiet = models.PositiveIntegerField()

    class Meta:
        ordering = ["subject"]
        constraints = [
            models.UniqueConstraint(fields=["run", "source", "subject"], name="one_figure_per_run_and_subject"),
            models.CheckConstraint(
                name="no_more_than_there_were",
                condition=models.Q(caught__lte=models.F("should"), wrong__lte=models.F("quiet")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} from {self.source}"
