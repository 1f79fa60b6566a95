"""What came back: when to ask for it again, and the numbers at each moment."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from publishing.models import Delivery


class Watch(models.Model):
    """When to ask next for the numbers of one published delivery. `next_at` empty: finished or gone."""

    delivery = models.OneToOneField(Delivery, models.PROTECT, related_name="watch")
    next_at = models.DateTimeField(null=True)
    asked = models.PositiveSmallIntegerField(default=0)
    gone_at = models.DateTimeField(null=True, blank=True, help_text="When the network first said it has no such post.")
    public = models.BooleanField(default=True, help_text="Its day counts it. False once it was taken down.")

    class Meta:
        verbose_name_plural = "watches"
        indexes = [models.Index(fields=["next_at"], condition=Q(next_at__isnull=False), name="watch_due")]

    def __str__(self) -> str:
        return f"watch on {self.delivery}"


class Snapshot(models.Model):
    """The numbers of one delivery at one moment. Empty is unknown, which is never zero."""

    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="snapshots")
    at = models.DateTimeField()
    impressions = models.PositiveBigIntegerField(null=True)
    reactions = models.PositiveBigIntegerField(null=True)
    replies = models.PositiveBigIntegerField(null=True)
    shares = models.PositiveBigIntegerField(null=True)
    clicks = models.PositiveBigIntegerField(null=True)

    class Meta:
        ordering = ["delivery", "at"]
        constraints = [models.UniqueConstraint(fields=["delivery", "at"], name="one_snapshot_per_moment")]

    def __str__(self) -> str:
        return f"numbers of {self.delivery} at {self.at:%d %b %H:%M}"
