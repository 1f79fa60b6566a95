"""What an author says of a post that layer 1 would show to a mentor."""

from __future__ import annotations

from django.db import models

from accounts.models import User
from posts.models import Version


class Declaration(models.Model):
    """Three taps (domain.md B.3), for exactly the words, pictures, channels and time of `fingerprint`. Kept as said."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="declarations")
    fingerprint = models.CharField(max_length=64)
    arrested = models.BooleanField(help_text="Is anyone arrested or charged?")
    identifiable = models.BooleanField(help_text="Could anyone be identified?")
    finished = models.BooleanField(help_text="Is it finished?")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"declaration on {self.version} by {self.by}"

    @property
    def says_risk(self) -> bool:
        return self.arrested or self.identifiable or not self.finished
