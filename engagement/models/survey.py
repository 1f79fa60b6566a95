"""What the survey says, figure by figure, and the file that each figure came from."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.models import Team, User


class Measure(models.Model):
    """One question of the survey. `published_as` is its exact name in the published file."""

    code = models.SlugField(unique=True)
    published_as = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=80)
    question = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name


class SurveyFile(models.Model):
    """A file as it was imported: kept, so that any figure can be traced to it."""

    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    imported_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    imported_at = models.DateTimeField()

    class Meta:
        ordering = ["-imported_at"]

    def __str__(self) -> str:
        return self.name


class ConfidenceFigure(models.Model):
    """A share (0 to 1) of one borough, or of London, for the twelve months that end at `wave`.

    team empty: London as a whole. The publisher gives no sample size: about 400 a borough (domain.md D.1).
    """

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="figures")
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="confidence")
    wave = models.DateField()
    share = models.DecimalField(max_digits=5, decimal_places=4)
    file = models.ForeignKey(SurveyFile, models.PROTECT, related_name="figures")
    illustrative = models.BooleanField(default=False, help_text="Made for the demonstration; not from the survey.")

    class Meta:
        ordering = ["measure", "team", "wave"]
        constraints = [
            models.UniqueConstraint(fields=["measure", "team", "wave"], name="one_figure_per_borough_and_wave"),
            models.UniqueConstraint(
                fields=["measure", "wave"], condition=Q(team__isnull=True), name="one_london_figure_per_wave"
            ),
            models.CheckConstraint(name="a_share_is_a_proportion", condition=Q(share__gte=0, share__lte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.team or 'London'} {self.wave}"
