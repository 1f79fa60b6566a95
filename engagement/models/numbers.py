"""What came back: when to ask for it again, and the numbers at each moment."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.models import Channel
from publishing.models import Delivery


class Watch(models.Model):
    """When to ask next for the numbers of one published delivery. `next_at` empty: finished or gone."""

    delivery = models.OneToOneField(Delivery, models.PROTECT, related_name="watch")
    next_at = models.DateTimeField(null=True)
    asked = models.PositiveSmallIntegerField(default=0)
    insights_at = models.DateTimeField(
        null=True, blank=True, help_text="When to ask next for what only the channel's own login is told."
    )
    gone_at = models.DateTimeField(null=True, blank=True, help_text="When the network first said it has no such post.")
    public = models.BooleanField(default=True, help_text="Its day counts it. False once it was taken down.")

    class Meta:
        verbose_name_plural = "watches"
        indexes = [
            models.Index(fields=["next_at"], condition=Q(next_at__isnull=False), name="watch_due"),
            models.Index(fields=["insights_at"], condition=Q(insights_at__isnull=False), name="watch_insights_due"),
        ]

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


class Answer(models.Model):
    """What a network really said of one post, kept for RAW_ANSWERS_DAYS and gone at once when the post is."""

    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="answers")
    at = models.DateTimeField()
    body = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["at"], name="answer_by_age")]

    def __str__(self) -> str:
        return f"answer about {self.delivery} at {self.at:%d %b %H:%M}"


class Followers(models.Model):
    """How many follow a channel, once a UTC day."""

    channel = models.ForeignKey(Channel, models.PROTECT, related_name="followers")
    day = models.DateField()
    count = models.PositiveIntegerField()

    class Meta:
        ordering = ["channel", "day"]
        constraints = [models.UniqueConstraint(fields=["channel", "day"], name="one_count_of_followers_a_day")]

    def __str__(self) -> str:
        return f"{self.count} follow {self.channel}"
