"""Training: what a person did of it, workshops and who came, and the scenario test with the questions asked."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from accounts.models.people import User
from accounts.models.teams import Team


class Part(models.TextChoices):
    """What gate 3 asks for (domain.md C.1). Each lasts a year."""

    LAW = "law", "The law"
    PRIVACY = "privacy", "Privacy"
    ACCESSIBILITY = "accessibility", "Accessibility"
    SECURITY = "security", "Security"
    WORKSHOP = "workshop", "Workshop with the DMC"
    SCENARIOS = "scenarios", "Scenario test"


LESSONS = (Part.LAW, Part.PRIVACY, Part.ACCESSIBILITY, Part.SECURITY)


class Workshop(models.Model):
    """A day with the DMC. agenda: one point to a line. Written by `accounts.training.workshops` alone."""

    title = models.CharField(max_length=120)
    team = models.ForeignKey(Team, models.PROTECT, related_name="+", help_text="Who provisions it gives it.")
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=200)
    capacity = models.PositiveSmallIntegerField()
    agenda = models.TextField(blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True, help_text="When attendance was taken.")
    taken_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(name="a_workshop_holds_somebody", condition=Q(capacity__gte=1)),
            models.CheckConstraint(
                name="attendance_has_a_name",
                condition=Q(taken_at__isnull=True, taken_by__isnull=True)
                | Q(taken_at__isnull=False, taken_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def points(self) -> list[str]:
        """Its agenda, point by point."""
        return [point.strip() for point in self.agenda.splitlines() if point.strip()]


class Seat(models.Model):
    """A person's place in a workshop, until they give it up. came: None until attendance is taken."""

    workshop = models.ForeignKey(Workshop, models.PROTECT, related_name="seats")
    user = models.ForeignKey(User, models.PROTECT, related_name="seats")
    booked_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    came = models.BooleanField(null=True, blank=True)

    class Meta:
        ordering = ["booked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["workshop", "user"], condition=Q(left_at__isnull=True), name="one_seat_per_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} at {self.workshop}"


class Completion(models.Model):
    """A part of the training that a person did, on a London day; it counts up to `until`, that day included.

    Never removed: what was kept by mistake is struck, and counts no more.
    """

    class Origin(models.TextChoices):
        HERE = "here", "In this console"
        ATTENDANCE = "attendance", "Attendance taken by the DMC"
        FILE = "file", "Brought in by the DMC"

    user = models.ForeignKey(User, models.PROTECT, related_name="completions")
    part = models.CharField(max_length=15, choices=Part)
    on = models.DateField()
    until = models.DateField()
    origin = models.CharField(max_length=10, choices=Origin)
    workshop = models.ForeignKey(Workshop, models.PROTECT, null=True, blank=True, related_name="completions")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    struck_at = models.DateTimeField(null=True, blank=True)
    struck_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    struck_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-on", "-pk"]
        indexes = [
            models.Index(fields=["user", "part", "until"], condition=Q(struck_at=None), name="completion_counts")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "part", "on"], condition=Q(struck_at__isnull=True), name="one_completion_a_day"
            ),
            models.CheckConstraint(name="a_completion_lasts", condition=Q(until__gte=F("on"))),
        ]

    def __str__(self) -> str:
        return f"{self.get_part_display()} by {self.user} on {self.on}"


class Sitting(models.Model):
    """One go at the scenario test. Closed ones are never changed: the database refuses.

    questions: list of {"key", "theme", "situation", "answers": [words], "right": place, "why", "source",
    "given": place or None}, in the order asked, as they were worded then.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="sittings")
    questions = models.JSONField()
    opened_at = models.DateTimeField()
    closes_at = models.DateTimeField(help_text="Whatever has no answer by then counts as wrong.")
    closed_at = models.DateTimeField(null=True, blank=True)
    right = models.PositiveSmallIntegerField(default=0)
    passed = models.BooleanField(default=False)

    class Meta:
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(closed_at__isnull=True), name="one_open_sitting_per_person"
            )
        ]

    def __str__(self) -> str:
        return f"scenario test of {self.user}"

    @property
    def at(self) -> int | None:
        """The place of the first question without an answer; None when each has one."""
        return next((place for place, asked in enumerate(self.questions) if asked["given"] is None), None)


class TrainingReminder(models.Model):
    """That a person was told how their training stands: `left` days before its end on `until`; -1: it has ended."""

    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    until = models.DateField()
    left = models.SmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "until", "left"], name="told_of_training_once")]

    def __str__(self) -> str:
        return f"reminder to {self.user}"
