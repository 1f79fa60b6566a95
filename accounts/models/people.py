"""People and their appointments: who holds which role where, from when to when."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Expression, Q

from accounts.models.teams import Team

LONDON = ZoneInfo("Europe/London")


class User(AbstractUser):
    """A member of staff. Never deleted: what they did stays theirs."""

    rank = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        return " ".join(part for part in (self.rank, self.get_full_name() or self.username) if part)


class Role(models.TextChoices):
    """The roles of domain.md C.6 that work in the console today. What each may do: `accounts.roles.ROLE_MAY`."""

    SERGEANT = "sergeant", "Sergeant"
    CONTRIBUTOR = "contributor", "Contributor"
    PEER = "peer", "Peer reviewer"
    MENTOR = "mentor", "DMC mentor"
    DMC_EDITOR = "dmc_editor", "DMC duty editor"
    DMC_ADMIN = "dmc_admin", "DMC administrator"
    HEAD = "head", "Head of DMC"
    MANAGER = "manager", "Borough manager"
    COMPLIANCE = "compliance", "Compliance officer"
    INFOSEC = "infosec", "Information security"
    CONTACT_CENTRE = "contact_centre", "Contact centre"


class Stage(models.TextChoices):
    """How far an author has come, from the first to the last (domain.md C.2). Who practises never publishes."""

    PRACTICE = "practice", "Practice"
    PROBATION = "probation", "Probation"
    TRUSTED = "trusted", "Trusted"
    READY = "ready", "Mentor-ready"

    @property
    def rank(self) -> int:
        return list(Stage).index(self)

    @property
    def is_trusted(self) -> bool:
        """Whether this author's plain posts go without a reader."""
        return self.rank >= Stage.TRUSTED.rank

    def on(self, day: date, until: date | None) -> Stage:
        """What counts of it on that London day. until: its last day where it must be renewed; afterwards it is
        probation, until it is renewed."""
        over = until is not None and until < day
        return Stage.PROBATION if self.is_trusted and over else self


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def active(self, now: datetime) -> AppointmentQuerySet:
        """Those that count at `now`. Dates are London days, both ends included."""
        return self.counting(now, now.astimezone(LONDON).date())

    def counting(self, now: datetime | Expression, today: date | Expression) -> AppointmentQuerySet:
        """The same, told which London day it is."""
        return self.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=today),
            Q(ended_at__isnull=True) | Q(ended_at__gt=now),
            starts_on__lte=today,
        )


class Appointment(models.Model):
    """One person in one role over one team and everything below it. Written by `accounts.appointing` alone, its stage
    by `accounts.stages`."""

    user = models.ForeignKey(User, models.PROTECT, related_name="appointments")
    role = models.CharField(max_length=20, choices=Role)
    team = models.ForeignKey(Team, models.PROTECT, related_name="appointments")
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.PROBATION)
    stage_until = models.DateField(
        null=True, blank=True, help_text="Last London day on which trusted and above count. Empty: no end is known."
    )
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    applied = models.BooleanField(default=False, help_text="Its rights are written. Kept by `accounts.rights`.")

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="appointment_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} as {self.get_role_display()} of {self.team}"

    def stage_on(self, day: date) -> Stage:
        return Stage(self.stage).on(day, self.stage_until)

    def counts(self, now: datetime, today: date) -> bool:
        """Of one row what `AppointmentQuerySet.counting` asks of many."""
        ended = self.ended_at is not None and self.ended_at <= now
        return self.starts_on <= today and (self.ends_on is None or self.ends_on >= today) and not ended
