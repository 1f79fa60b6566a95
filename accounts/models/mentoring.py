"""Mentoring: who is paired with whom, when they spoke, and what helps. Stages: who proposed what, and what changed."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from accounts.models.people import Appointment, Stage, User


class Pairing(models.Model):
    """A mentor and an author, with somebody who stands in. Open while `ended_at` is empty."""

    mentor = models.ForeignKey(User, models.PROTECT, related_name="mentoring")
    author = models.ForeignKey(User, models.PROTECT, related_name="pairings")
    backup = models.ForeignKey(User, models.PROTECT, related_name="standing_in")
    began_at = models.DateTimeField()
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["began_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["author"], condition=Q(ended_at__isnull=True), name="one_open_pairing_per_author"
            ),
            models.CheckConstraint(
                name="three_people_in_a_pairing",
                condition=~Q(mentor=F("author")) & ~Q(backup=F("author")) & ~Q(backup=F("mentor")),
            ),
        ]
        indexes = [models.Index(fields=["mentor"], condition=Q(ended_at=None), name="pairing_open_by_mentor")]

    def __str__(self) -> str:
        return f"{self.mentor} with {self.author}"


class CheckIn(models.Model):
    """That mentor and author spoke, and what of it is worth keeping. Both read it, and the DMC."""

    author = models.ForeignKey(User, models.PROTECT, related_name="check_ins")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    on = models.DateField()
    words = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["author", "-on"], name="check_in_of_author")]

    def __str__(self) -> str:
        return f"check-in with {self.author} on {self.on}"


class CoachingNote(models.Model):
    """What helps this author. They read it, as do their mentors and the DMC; nobody else."""

    author = models.ForeignKey(User, models.PROTECT, related_name="coaching_notes")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    words = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["author", "-at"], name="note_of_author")]

    def __str__(self) -> str:
        return f"note for {self.author}"


class ShadowReview(models.Model):
    """A review that a trusted author tried beside the DMC, and whether both came to the same. Kept by the mentor."""

    author = models.ForeignKey(User, models.PROTECT, related_name="shadow_reviews")
    agreed = models.BooleanField()
    on = models.DateField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"shadow review of {self.author}"


class StageProposal(models.Model):
    """That an author should go one stage up, or stay a year longer: one person says it, a second agrees. Open while
    `closed_at` is empty.

    evidence: what both saw, as [{"what", "value", "wanted", "met"}], met None where the console does not know.
    """

    class Ending(models.TextChoices):
        AGREED = "agreed", "Agreed"
        DECLINED = "declined", "Not yet"
        OVERTAKEN = "overtaken", "Overtaken by another change"

    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="stage_proposals")
    was = models.CharField(max_length=10, choices=Stage)
    to = models.CharField(max_length=10, choices=Stage)
    why = models.TextField()
    evidence = models.JSONField(default=list)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    ending = models.CharField(max_length=10, choices=Ending, blank=True)
    words = models.TextField(blank=True, help_text="Of the second person.")

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["appointment"], condition=Q(closed_at__isnull=True), name="one_open_stage_proposal"
            ),
            models.CheckConstraint(
                name="two_people_agree_on_a_stage", condition=~Q(ending="agreed") | ~Q(by=F("closed_by"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.appointment} to {self.get_to_display()}"

    @property
    def renews(self) -> bool:
        return self.was == self.to


class StageChange(models.Model):
    """That an appointment's stage was changed or renewed, by whom and why. Never changed: the database refuses."""

    class Kind(models.TextChoices):
        UP = "up", "Two people agreed"
        RENEWED = "renewed", "Renewed for a year"
        HARM = "harm", "An update did harm"
        TRAINING = "training", "Training ran out"
        BLIND = "blind", "Blind checks disagreed"
        DMC = "dmc", "Decision of the DMC"

    BY_TWO = (Kind.UP, Kind.RENEWED)

    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="stage_changes")
    was = models.CharField(max_length=10, choices=Stage)
    became = models.CharField(max_length=10, choices=Stage)
    kind = models.CharField(max_length=10, choices=Kind)
    why = models.TextField()
    way_back = models.TextField(blank=True)
    evidence = models.JSONField(default=list)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    second = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="up_by_two_down_with_a_way_back",
                condition=Q(kind__in=["up", "renewed"], second__isnull=False) & ~Q(second=F("by"))
                | ~Q(kind__in=["up", "renewed"]) & ~Q(why="") & ~Q(way_back=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.appointment}: {self.was} to {self.became}"
