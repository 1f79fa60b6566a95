"""How an area lies on the map: simplified when it is imported, drawn as it stands."""

from __future__ import annotations

from django.db import models

from accounts.models.teams import Team


class AreaShape(models.Model):
    """The outline of one ward or borough as an SVG path, written by `accounts.outlines` alone.

    path: whole numbers on one plane for all areas, x to the east and y to the south, `outlines.UNIT` metres each.
    left, top, right, bottom: the box around it, on the same plane.
    """

    team = models.OneToOneField(Team, models.PROTECT, primary_key=True, related_name="shape")
    path = models.TextField()
    left = models.IntegerField()
    top = models.IntegerField()
    right = models.IntegerField()
    bottom = models.IntegerField()
    imported_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"outline of {self.team}"
