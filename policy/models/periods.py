"""Times in which the same words weigh differently: elections, mourning, known events, live cases."""

from __future__ import annotations

from datetime import date, datetime

from django.db import models
from django.db.models import F, Q

from accounts.models import Team, User
from accounts.models.people import LONDON
from accounts.statements import Value
from posts.models import Post


class PeriodQuerySet(models.QuerySet["Period"]):
    def on(self, day: date | Value, now: datetime | Value) -> PeriodQuerySet:
        """Those that are in force on that London day, as far as is known at `now`."""
        return self.standing(now).filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=day), agreed_at__lte=now, starts_on__lte=day
        )

    def standing(self, now: datetime | Value) -> PeriodQuerySet:
        """Neither closed nor dropped."""
        return self.filter(Q(closed_at__isnull=True) | Q(closed_at__gt=now))


class Period(models.Model):
    """A time over a team and everything below it (empty: the whole force). Written by policy.periods.

    starts_on, ends_on: London days, both included; without a last day it lasts until it is closed. An election and
    mourning count once a second person has agreed (`agreed_at`), and a second one closes them before their last day.
    The other kinds are the calendar of known events: one person enters them, and on their first day a watch opens.
    """

    class Kind(models.TextChoices):
        ELECTION = "election", "Pre-election period"
        MOURNING = "mourning", "Mourning"
        TRIAL = "trial", "Trial"
        INQUEST = "inquest", "Inquest"
        ANNIVERSARY = "anniversary", "Anniversary"
        FUNERAL = "funeral", "Funeral"
        OTHER = "other", "Other event"

    # What changes how a post is judged, and so takes two people.
    WEIGHTY = (Kind.ELECTION, Kind.MOURNING)

    kind = models.CharField(max_length=12, choices=Kind)
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="periods")
    name = models.CharField(max_length=120, help_text='"Local elections, 7 May".')
    message = models.CharField(max_length=300, blank=True, help_text="What it means for those who write, in words.")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    agreed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    agreed_at = models.DateTimeField(null=True, blank=True)
    close_asked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    watched_at = models.DateTimeField(null=True, blank=True, help_text="When its first day was acted on.")
    watch = models.ForeignKey("policy.Hold", models.PROTECT, null=True, blank=True, related_name="+")

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on", "pk"]
        indexes = [
            # Asked by every page and every check.
            models.Index(fields=["starts_on"], condition=Q(closed_at__isnull=True), name="period_standing")
        ]
        constraints = [
            models.CheckConstraint(
                name="a_period_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="a_weighty_period_is_agreed_by_a_second",
                condition=~Q(kind__in=["election", "mourning"])
                | Q(agreed_by__isnull=True)
                | ~Q(agreed_by=F("entered_by")),
            ),
            models.CheckConstraint(
                name="a_weighty_period_is_closed_by_two",
                condition=~Q(kind__in=["election", "mourning"])
                | Q(close_asked_by__isnull=True)
                | Q(closed_by__isnull=True)
                | ~Q(closed_by=F("close_asked_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.name}"

    @property
    def is_weighty(self) -> bool:
        return self.kind in self.WEIGHTY

    @property
    def scope_name(self) -> str:
        return self.team.full_name if self.team else "the whole force"

    @property
    def is_watched(self) -> bool:
        """Its watch is on, and tells everybody by itself."""
        return self.watch is not None and self.watch.released_at is None

    def is_on(self, day: date, now: datetime) -> bool:
        """Of one row what `PeriodQuerySet.on` asks of many."""
        stands = self.closed_at is None or self.closed_at > now
        agreed = self.agreed_at is not None and self.agreed_at <= now
        return stands and agreed and self.starts_on <= day and (self.ends_on is None or self.ends_on >= day)

    def has_begun(self, now: datetime) -> bool:
        return self.agreed_at is not None and self.starts_on <= now.astimezone(LONDON).date()


class LiveCase(models.Model):
    """What a post is about is before a court, or may come there. On until a person closes it with the outcome.

    It is put on by the check for every arrest or charge (policy.live_cases), or by a person.
    """

    class Outcome(models.TextChoices):
        CONVICTED = "convicted", "Convicted and sentenced"
        ACQUITTED = "acquitted", "Acquitted"
        STOPPED = "stopped", "Case stopped or no further action"
        NEVER = "never", "It never was a live case"

    post = models.ForeignKey(Post, models.PROTECT, related_name="live_cases")
    why = models.CharField(max_length=200, help_text="What put it on, in words.")
    opened_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    opened_at = models.DateTimeField()
    keeper = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", help_text="Answers for it since a handover."
    )
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    note = models.CharField(max_length=300, blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["opened_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["post"], condition=Q(closed_at__isnull=True), name="one_open_live_case_per_post"
            ),
            models.CheckConstraint(
                name="a_live_case_is_closed_by_a_person_with_its_outcome",
                condition=Q(closed_at__isnull=True) | (Q(closed_by__isnull=False) & ~Q(outcome="")),
            ),
        ]

    def __str__(self) -> str:
        return f"live case of {self.post}"
