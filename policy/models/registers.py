"""What the force knows and the check asks."""

from __future__ import annotations

from datetime import date, datetime

from django.db import models
from django.db.models import Q

from accounts.models import User


class RegisterEntryQuerySet(models.QuerySet["RegisterEntry"]):
    def in_force(self, now: datetime, today: date) -> RegisterEntryQuerySet:
        """Those that count at `now`; today: the London day of it. The last day of an entry counts."""
        return self.filter(
            Q(retired_at__isnull=True) | Q(retired_at__gt=now),
            Q(ends_on__isnull=True) | Q(ends_on__gte=today),
            added_at__lte=now,
        )


class RegisterEntry(models.Model):
    """One line of a register. Never deleted: it is retired, or its last day passes. Written by `policy.registers`.

    key: the value as two people would both mean it, so that nothing stands twice. reference: where the proof is kept.
    """

    class Kind(models.TextChoices):
        PARTNER = "partner", "Partner handle"
        NUMBER = "number", "Published number"
        OPERATION = "operation", "Operation name"
        PLACE = "place", "Place"
        SCHOOL = "school", "School"
        STREET = "street", "Street"
        VENUE = "venue", "Venue"
        CASE = "case", "Live case"
        CONSENT = "consent", "Consent to be named"
        TEMPLATE = "template", "Approved template"

    kind = models.CharField(max_length=10, choices=Kind)
    value = models.CharField(max_length=120)
    key = models.CharField(max_length=120, editable=False)
    note = models.CharField(max_length=300, blank=True)
    reference = models.CharField(max_length=120, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    added_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()
    retired_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    retired_at = models.DateTimeField(null=True, blank=True)
    retired_why = models.CharField(max_length=300, blank=True)

    objects = RegisterEntryQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "value"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"], condition=Q(retired_at__isnull=True), name="one_register_entry_per_key"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.value}"
