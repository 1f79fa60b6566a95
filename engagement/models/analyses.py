"""What was asked of the figures and what came out, kept so that it can be worked out again to the digit."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.models import Team, User
from engagement.models.survey import Measure


class Population(models.Model):
    """How many people live in a borough, by year, as a published file says."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="population")
    year = models.PositiveSmallIntegerField()
    people = models.PositiveIntegerField()
    source = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["team", "year"]
        constraints = [models.UniqueConstraint(fields=["team", "year"], name="one_population_a_year")]

    def __str__(self) -> str:
        return f"{self.team} {self.year}"


class Analysis(models.Model):
    """One question: the data as they were, the settings, the code, the answer. Only `claim` and `finish` move it.

    data: the tables, as `engagement.analysis.run` takes them. data_version: the survey files' hashes and a digest of
    `data`. outcome empty: every measure at once (the panel of associations).
    """

    class Method(models.TextChoices):
        ASSOCIATION = "association", "Association between boroughs"
        PAIRS = "pairs", "Every association at once"
        PANEL = "panel", "Boroughs over years"
        LAUNCH = "launch", "Before and after accounts began"

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        WORKING = "working", "Being worked out"
        DONE = "done", "Done"
        REFUSED = "refused", "The data cannot bear it"

    method = models.CharField(max_length=11, choices=Method)
    outcome = models.ForeignKey(Measure, models.PROTECT, null=True, related_name="analyses")
    exposure = models.CharField(max_length=40, blank=True)
    settings = models.JSONField(default=dict)
    data = models.JSONField(default=dict)
    data_version = models.JSONField(default=dict)
    code_version = models.CharField(max_length=120, blank=True)
    result = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    step = models.CharField(max_length=80, blank=True)
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    again_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="again")
    same = models.BooleanField(null=True, help_text="Worked out again: whether every digit is the same.")

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name_plural = "analyses"
        indexes = [
            models.Index(fields=["asked_at"], condition=Q(state__in=["waiting", "working"]), name="analyses_to_do")
        ]

    def __str__(self) -> str:
        return f"{self.get_method_display()}: {self.outcome or 'every measure'}, {self.exposure or 'every exposure'}"

    @property
    def is_over(self) -> bool:
        return self.state in (self.State.DONE, self.State.REFUSED)

    def claim(self, *, now: object, stale: object) -> bool:
        """Take it to work on; also one that a worker took before `stale` and never finished."""
        free = Q(state=self.State.WAITING) | Q(state=self.State.WORKING, claimed_at__lt=stale)
        taken = type(self).objects.filter(free, pk=self.pk).update(state=self.State.WORKING, claimed_at=now)
        return bool(taken)

    def finish(self, **facts: object) -> None:
        """Keep the answer. facts: result, code_version, done_at and whatever else was found out."""
        result = facts.get("result")
        refused = isinstance(result, dict) and "refused" in result
        state = self.State.REFUSED if refused else self.State.DONE
        type(self).objects.filter(pk=self.pk).update(state=state, step="", **facts)
        self.refresh_from_db()
