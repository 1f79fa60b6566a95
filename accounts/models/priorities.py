"""What residents of a place asked its team to work on, what was done, and what came of it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from accounts.models.people import User
from accounts.models.teams import Team


class PriorityQuerySet(models.QuerySet["Priority"]):
    def open(self) -> PriorityQuerySet:
        """Those that residents are still to be told about."""
        return self.filter(closed_on__isnull=True)


class Priority(models.Model):
    """One thing that residents asked for. Open while `closed_on` is empty. Written by `accounts.priorities` alone.

    set_on, closed_on: London days. source: who set it or where it was published. origin: what an import knows it by
    again, empty for what a person wrote.
    """

    class Ending(models.TextChoices):
        DONE = "done", "Residents agreed that it is done"
        SUPERSEDED = "superseded", "Another priority took its place"
        DROPPED = "dropped", "It was set by mistake"

    team = models.ForeignKey(Team, models.PROTECT, related_name="priorities")
    words = models.CharField(max_length=600)
    set_on = models.DateField()
    source = models.CharField(max_length=120)
    origin = models.CharField(max_length=64, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    ending = models.CharField(max_length=10, choices=Ending, blank=True)
    superseded_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="supersedes")
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    objects = PriorityQuerySet.as_manager()

    class Meta:
        ordering = ["-set_on", "pk"]
        verbose_name_plural = "priorities"
        # Pages and the writing page ask for a team's open ones.
        indexes = [models.Index(fields=["team"], condition=Q(closed_on__isnull=True), name="priority_open")]
        constraints = [
            models.UniqueConstraint(
                fields=["team", "origin"], condition=~Q(origin=""), name="one_priority_per_team_and_origin"
            ),
            models.CheckConstraint(
                name="a_closed_priority_says_how_it_ended",
                condition=Q(closed_on__isnull=True, ending="") | Q(closed_on__isnull=False) & ~Q(ending=""),
            ),
            models.CheckConstraint(
                name="a_priority_closes_after_it_was_set",
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("set_on")),
            ),
            models.CheckConstraint(
                name="only_a_superseded_priority_names_another",
                condition=Q(superseded_by__isnull=True) | Q(ending="superseded"),
            ),
        ]

    def __str__(self) -> str:
        return self.words if len(self.words) <= 80 else f"{self.words[:79].rstrip()}…"

    @property
    def is_open(self) -> bool:
        return self.closed_on is None


class PriorityStep(models.Model):
    """Something done about a priority, or what came of it, on a London day. Struck out rather than deleted."""

    class Kind(models.TextChoices):
        ACTION = "action", "What we did"
        RESULT = "result", "What came of it"

    priority = models.ForeignKey(Priority, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=6, choices=Kind)
    words = models.CharField(max_length=600)
    on = models.DateField()
    struck_at = models.DateTimeField(null=True, blank=True, help_text="Taken back since then: it counts no more.")
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.words}"


class PriorityChange(models.Model):
    """One change of a priority, kept for ever: what was said before. Written in the change's own transaction.

    what: "words", "set_on", "source", "ending", "step", "struck". was, became: as people read it.
    """

    priority = models.ForeignKey(Priority, models.PROTECT, related_name="changes")
    what = models.CharField(max_length=10)
    was = models.CharField(max_length=600, blank=True)
    became = models.CharField(max_length=600, blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.what} of priority {self.priority_id}"
