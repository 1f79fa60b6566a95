"""Teams: whose voice a channel is. Force, boroughs, wards, units, corporate."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Team(models.Model):
    """A group of people with a place or a purpose. `code` is the ONS code of a borough or ward, else our own.

    The code is the key: eleven ward names occur in two boroughs.
    """

    class Kind(models.TextChoices):
        FORCE = "force", "Force"
        BOROUGH = "borough", "Borough"
        WARD = "ward", "Ward"
        UNIT = "unit", "Specialist unit"
        CORPORATE = "corporate", "Corporate"

    kind = models.CharField(max_length=10, choices=Kind)
    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=120)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")

    class Meta:
        ordering = ["name", "code"]
        permissions = [
            ("provision", "Open and connect channels of this team"),
            ("read_audit", "Read how the record of this team stands"),
            ("keep_policy", "Keep the registers and the rules of the posting policy"),
            ("stop_all", "Open holds of level 3 and 4"),
            ("sign_borough", "Sign for the borough on the way to a channel"),
            ("sign_dmc", "Sign for the DMC on the way to a channel"),
            ("sign_records", "Sign that a channel's records are in order"),
            ("keep_security", "Sign that a channel is secure, and stop one that is not"),
            ("end_sessions", "See where people are signed in, end it, and take a lost second factor away"),
            ("export_audit", "Export the record of a post or a channel"),
        ]
        constraints = [
            models.CheckConstraint(
                name="only_the_force_stands_alone", condition=Q(kind="force") | Q(parent__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def full_name(self) -> str:
        """The name with its borough, since a ward's name alone is not unique."""
        return f"{self.name}, {self.parent.name}" if self.kind == self.Kind.WARD and self.parent else self.name

    def covered(self) -> models.QuerySet[Team]:
        """This team and every team below it (force, borough, ward: three floors at most)."""
        return Team.objects.filter(Q(pk=self.pk) | Q(parent=self.pk) | Q(parent__parent=self.pk))

    def covering(self) -> list[Team]:
        """This team and those above it, from here upwards."""
        chain: list[Team] = [self]
        while chain[-1].parent is not None:
            chain.append(chain[-1].parent)
        return chain
