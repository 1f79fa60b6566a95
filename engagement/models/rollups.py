"""What the numbers add up to by day, so that a page never counts a million posts. All of it can be counted again."""

from __future__ import annotations

from django.db import models

from accounts.models import Channel, Team

SUMS = ("impressions", "reactions", "replies", "shares")
COUNTS = ("updates", "posts", "known", "asking", "pictures", "described")


class Tally(models.Model):
    """Counts of the posts that became public in one stretch of London days. Nothing known: an empty sum.

    updates: posts that became public here first, so that a post on two networks is one update. known: posts of which
    the network has said anything. pictures, described: pictures shown, and those with words for who cannot see them.
    asking: posts that ask residents something.
    """

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
    """One channel on one day. brought: [[form, topic, answers]] of each post (engagement/topics.py).

    answers: what it had brought when it was a week old (engagement/ageing.py); null where nobody knows.
    """

    day = models.DateField()
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

    spreads: {form or "#topic": {answers at a week's age, as text: posts}}; above 99, rounded to two figures.
    """

    day = models.DateField()
    team = models.ForeignKey(Team, models.PROTECT, related_name="area_days")
    network = models.CharField(max_length=10, choices=Channel.Network)
    spreads = models.JSONField(default=dict)

    class Meta:
        ordering = ["team", "network", "day"]
        constraints = [models.UniqueConstraint(fields=["team", "network", "day"], name="one_row_per_area_and_day")]
        indexes = [models.Index(fields=["day"], name="area_day_by_day")]

    def __str__(self) -> str:
        return f"{self.team} on {self.network}, {self.day}"


class AreaMonth(Tally):
    """The days of a borough or the force in one calendar month, added up. month: its first day."""

    month = models.DateField()
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    network = models.CharField(max_length=10, choices=Channel.Network)
    spreads = models.JSONField(default=dict)

    class Meta:
        ordering = ["team", "network", "month"]
        constraints = [models.UniqueConstraint(fields=["team", "network", "month"], name="one_row_per_area_and_month")]
        indexes = [models.Index(fields=["month"], name="area_month_by_month")]

    def __str__(self) -> str:
        return f"{self.team} on {self.network}, {self.month:%B %Y}"


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


class StaleMonth(models.Model):
    """A month of which some day's areas have changed since it was added up; `since`: when the last one did."""

    month = models.DateField(unique=True)
    since = models.DateTimeField()

    def __str__(self) -> str:
        return f"areas of {self.month:%B %Y} are to be added up"
