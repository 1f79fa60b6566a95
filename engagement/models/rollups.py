"""What the numbers add up to by day, so that a page never counts a million posts. All of it can be counted again."""

from __future__ import annotations

from django.db import models

from accounts.models import Channel, Team


class Tally(models.Model):
    """Counts of the posts that became public on one London day. A sum is empty where nothing of it is known.

    updates: posts that became public here first, so that a post on two networks is one update. known: posts of which
    the network has said anything. pictures, described: pictures shown, and those with words for who cannot see them.
    asking: posts that ask residents something.
    """

    day = models.DateField()
    updates = models.PositiveIntegerField(default=0)
    posts = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    asking = models.PositiveIntegerField(default=0)
    pictures = models.PositiveIntegerField(default=0)
    described = models.PositiveIntegerField(default=0)
    impressions = models.PositiveBigIntegerField(null=True)
    reactions = models.PositiveBigIntegerField(null=True)
    replies = models.PositiveBigIntegerField(null=True)
    shares = models.PositiveBigIntegerField(null=True)

    class Meta:
        abstract = True


class ChannelDay(Tally):
    """One channel on one day. brought: [[form, topic, answers or null]] of each post (engagement/topics.py)."""

    channel = models.ForeignKey(Channel, models.PROTECT, related_name="days")
    last_at = models.DateTimeField(help_text="When its last post of the day became public.")
    brought = models.JSONField(default=list)

    class Meta:
        ordering = ["channel", "day"]
        constraints = [models.UniqueConstraint(fields=["channel", "day"], name="one_row_per_channel_and_day")]
        # A day's areas are added up from it; who told how much lately is read from the index alone.
        indexes = [models.Index(fields=["day"], include=["channel", "updates", "last_at"], name="channel_day_by_day")]

    def __str__(self) -> str:
        return f"{self.channel} on {self.day}"


class AreaDay(Tally):
    """A borough or the force, and everything below it, on one network and day.

    spreads: {form or "#topic": {answers as text: posts}}; above 99, answers are rounded to two figures.
    """

    team = models.ForeignKey(Team, models.PROTECT, related_name="area_days")
    network = models.CharField(max_length=10, choices=Channel.Network)
    spreads = models.JSONField(default=dict)

    class Meta:
        ordering = ["team", "network", "day"]
        constraints = [models.UniqueConstraint(fields=["team", "network", "day"], name="one_row_per_area_and_day")]
        indexes = [models.Index(fields=["day"], name="area_day_by_day")]

    def __str__(self) -> str:
        return f"{self.team} on {self.network}, {self.day}"


class StaleDay(models.Model):
    """A channel's day whose posts or numbers have changed since it was added up. Rows are the queue."""

    channel = models.ForeignKey(Channel, models.PROTECT, related_name="+")
    day = models.DateField()
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "day"], name="one_mark_per_channel_and_day")]
        indexes = [models.Index(fields=["day"], name="stale_day")]

    def __str__(self) -> str:
        return f"{self.channel} on {self.day} is to be added up"


class StaleArea(models.Model):
    """A day on which some channel's row has changed since the areas were added up."""

    day = models.DateField(unique=True)
    since = models.DateTimeField()

    def __str__(self) -> str:
        return f"areas of {self.day} are to be added up"
