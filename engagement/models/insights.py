"""What a network tells only the account itself: by metric, with the version of the interface that said it."""

from __future__ import annotations

from django.db import models

from accounts.models import Channel
from publishing.models import Delivery


class PostInsight(models.Model):
    """One metric of one post, as told on a UTC day. value empty: asked, and not told; that is never zero."""

    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="insights")
    metric = models.CharField(max_length=60)
    version = models.CharField(max_length=10, help_text="Of the network's interface, as “v25.0”.")
    day = models.DateField()
    value = models.PositiveBigIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["delivery", "day", "pk"]
        constraints = [models.UniqueConstraint(fields=["delivery", "metric", "day"], name="one_post_insight_a_day")]

    def __str__(self) -> str:
        return f"{self.metric} of {self.delivery} on {self.day:%d %b}"


class AccountInsight(models.Model):
    """One metric of a whole account for one day. value empty: asked, and not told; that is never zero."""

    channel = models.ForeignKey(Channel, models.PROTECT, related_name="insights")
    metric = models.CharField(max_length=60)
    version = models.CharField(max_length=10, help_text="Of the network's interface, as “v25.0”.")
    day = models.DateField()
    value = models.PositiveBigIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["channel", "day", "pk"]
        constraints = [models.UniqueConstraint(fields=["channel", "metric", "day"], name="one_account_insight_a_day")]

    def __str__(self) -> str:
        return f"{self.metric} of {self.channel} on {self.day:%d %b}"


class RetiredMetric(models.Model):
    """A metric that a network refuses as no longer there. Asked again now and then; the row goes when it is told."""

    network = models.CharField(max_length=10, choices=Channel.Network)
    metric = models.CharField(max_length=60)
    version = models.CharField(max_length=10)
    since = models.DateTimeField(help_text="When it was refused first.")
    said = models.CharField(max_length=300, help_text="The network's own words.")
    asked_at = models.DateTimeField()

    class Meta:
        ordering = ["network", "metric"]
        constraints = [models.UniqueConstraint(fields=["network", "metric", "version"], name="one_row_per_retired")]

    def __str__(self) -> str:
        return f"{self.metric} ({self.network} {self.version})"
