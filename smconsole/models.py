"""The console's own pulse."""

from __future__ import annotations

from django.db import models


class Pulse(models.Model):
    """When a part of the machine was last seen alive. name: "beat" (when beat sent the tick) or "worker"."""

    name = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} at {self.at:%H:%M:%S}"
