"""What the survey says, figure by figure, and the file that each figure came from."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.models import Team, User


class Measure(models.Model):
    """One question of the survey. `published_as` is its exact name in the published file."""

    class Better(models.TextChoices):
        HIGHER = "higher", "Higher is better"
        LOWER = "lower", "Lower is better"
        NEITHER = "neither", "Neither is better"

    class Part(models.TextChoices):
        """What a measure is for in an analysis, said before anybody looks (domain.md D.7)."""

        NONE = "", "None"
        OUTCOME = "outcome", "Declared outcome"
        SECONDARY = "secondary", "Second outcome"
        FALSIFICATION = "falsification", "Falsification: posts could not plausibly move it"

    code = models.SlugField(unique=True)
    published_as = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=80)
    question = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField(default=0)
    unit = models.CharField(max_length=60, default="per cent of people asked")
    better = models.CharField(max_length=8, choices=Better, default=Better.HIGHER)
    months = models.PositiveSmallIntegerField(default=12, help_text="So many months' interviews stand behind a figure.")
    sample_size = models.PositiveIntegerField(
        null=True, blank=True, help_text="Interviews a borough, where the publisher says; empty: about 400 by design."
    )
    source = models.CharField(max_length=200, default="MOPAC Public Attitude Survey, London Datastore")
    part = models.CharField(max_length=13, choices=Part, default=Part.NONE, blank=True)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name

    @property
    def sample(self) -> str:
        """How many were asked, in words."""
        return f"{self.sample_size:,}" if self.sample_size else "about 400"


class Spelling(models.Model):
    """Another name under which the survey's files write a borough. A ward never stands here: too few are asked."""

    written = models.CharField(max_length=120, unique=True, help_text="In plain form: small letters, no signs.")
    team = models.ForeignKey(Team, models.PROTECT, related_name="spellings", limit_choices_to={"kind": "borough"})
    added_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["written"]

    def __str__(self) -> str:
        return self.written


class SurveyFile(models.Model):
    """A file as it was imported: kept, so that any figure can be traced to it. The counts are of its data lines."""

    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    imported_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    imported_at = models.DateTimeField()
    published_on = models.DateField(null=True, blank=True, help_text="When the publisher put it out.")
    dialect = models.JSONField(default=dict)
    rows = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    corrected = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-imported_at", "-pk"]

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


class Correction(models.Model):
    """A figure that a later file gives differently: what stood there, what stands there since, and by which files."""

    figure = models.ForeignKey(ConfidenceFigure, models.PROTECT, related_name="corrections")
    was = models.DecimalField(max_digits=5, decimal_places=4)
    became = models.DecimalField(max_digits=5, decimal_places=4)
    was_file = models.ForeignKey(SurveyFile, models.PROTECT, related_name="overtaken")
    file = models.ForeignKey(SurveyFile, models.PROTECT, related_name="corrections")
    was_illustrative = models.BooleanField(default=False)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.figure}: {self.was} became {self.became}"


class SurveyUpload(models.Model):
    """A file that somebody chose on the page, on its way in: read by the clock, shown, confirmed, imported.

    `understood` holds what was found out (engagement/uploads.py `understood`). Only `move` writes the state.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Being read"
        READ = "read", "Waiting for your yes"
        REFUSED = "refused", "Refused"
        CONFIRMED = "confirmed", "Being imported"
        IMPORTED = "imported", "Imported"
        DROPPED = "dropped", "Left out"

    MOVES = {
        State.WAITING: {State.READ, State.REFUSED, State.DROPPED},
        State.READ: {State.CONFIRMED, State.DROPPED},
        State.CONFIRMED: {State.IMPORTED, State.REFUSED},
    }

    name = models.CharField(max_length=200)
    content = models.BinaryField()
    published_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    understood = models.JSONField(default=dict)
    file = models.ForeignKey(SurveyFile, models.PROTECT, null=True, related_name="uploads")

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(
                fields=["at"], condition=Q(state__in=["waiting", "confirmed"]), name="survey_uploads_to_work_on"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def move(self, state: str, **facts: object) -> bool:
        """Take the next step, as a conditional UPDATE. Whether it was this caller who took it."""
        fit = [before for before, after in self.MOVES.items() if state in after]
        won = bool(type(self).objects.filter(pk=self.pk, state__in=fit).update(state=state, **facts))
        if won:
            self.refresh_from_db()
        return won
