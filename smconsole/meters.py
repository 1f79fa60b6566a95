"""What a machine reads of the console: numbers for Prometheus, taken from the rows when it asks.

Every query goes through an index over what is open or recent, so a scrape costs the same with a million posts sent.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Count, Min
from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import generate_latest
from prometheus_client.registry import Collector

from accounts.models import Channel, Notice
from policy.models import Hold, Submission
from publishing import money
from publishing.models import Attempt, Delivery, Pause, Removal
from smconsole import pulse

State = Delivery.State
OPEN = (State.WAITING, State.SENDING, State.UNCONFIRMED)
WINDOW = timedelta(hours=1)
QUANTILES = (0.5, 0.95, 0.99, 1.0)


def exposition(*, now: datetime) -> bytes:
    """The text that Prometheus reads."""
    registry = CollectorRegistry()
    registry.register(Meters(now))
    return generate_latest(registry)


class Meters(Collector):
    """One scrape, at one moment."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def collect(self) -> Iterator[GaugeMetricFamily]:
        yield from (self._deliveries(), self._lateness(), self._attempts(), self._queue_age(), self._channels())
        yield from self._waiting()
        yield from self._money()
        yield self._pulse()

    def describe(self) -> list[GaugeMetricFamily]:
        return []  # or registering would ask the database

    def _deliveries(self) -> GaugeMetricFamily:
        """Open ones whenever they are from; final ones of the last hour's plan."""
        family = GaugeMetricFamily(
            "smconsole_deliveries", "Deliveries by state: all open ones, final ones planned in the last hour.",
            labels=["state", "network"],
        )  # fmt: skip
        opened = Delivery.objects.filter(state__in=OPEN)
        recent = Delivery.objects.filter(publish_at__gt=self.now - WINDOW, publish_at__lte=self.now)
        for rows in (opened, recent.exclude(state__in=OPEN)):
            counted = rows.order_by().values_list("state", "channel__network").annotate(Count("pk"))
            for state, network, count in counted:
                family.add_metric([state, network], count)
        return family

    def _lateness(self) -> GaugeMetricFamily:
        family = GaugeMetricFamily(
            "smconsole_lateness_seconds", "From the promise to public, of what became public in the last hour.",
            labels=["quantile"],
        )  # fmt: skip
        moments = Delivery.objects.filter(published_at__gt=self.now - WINDOW).values_list("publish_at", "published_at")
        late = sorted((public - promised).total_seconds() for promised, public in moments)
        for quantile in QUANTILES if late else ():
            family.add_metric([str(quantile)], late[min(len(late) - 1, int(quantile * len(late)))])
        return family

    def _attempts(self) -> GaugeMetricFamily:
        family = GaugeMetricFamily(
            "smconsole_attempts", "Attempts on what was planned in the last hour, by how they ended.",
            labels=["outcome", "network"],
        )  # fmt: skip
        recent = Attempt.objects.filter(delivery__publish_at__gt=self.now - WINDOW)
        counted = recent.order_by().values_list("outcome", "delivery__channel__network").annotate(Count("pk"))
        for outcome, network, count in counted:
            family.add_metric([outcome, network], count)
        return family

    def _queue_age(self) -> GaugeMetricFamily:
        due = Delivery.objects.filter(state=State.WAITING, due_at__lte=self.now).aggregate(oldest=Min("due_at"))
        age = (self.now - due["oldest"]).total_seconds() if due["oldest"] else 0.0
        return GaugeMetricFamily("smconsole_queue_age_seconds", "How long the oldest due delivery has waited.", age)

    def _channels(self) -> GaugeMetricFamily:
        family = GaugeMetricFamily("smconsole_channels", "Channels by state.", labels=["state", "network"])
        counted = Channel.objects.order_by().values_list("state", "network").annotate(Count("pk"))
        for state, network, count in counted:
            family.add_metric([state, network], count)
        return family

    def _waiting(self) -> Iterator[GaugeMetricFamily]:
        counts = {
            "smconsole_reviews_waiting": Submission.objects.filter(closed_at__isnull=True),
            "smconsole_holds_in_force": Hold.objects.filter(released_at__isnull=True),
            "smconsole_removals_waiting": Removal.objects.filter(due_at__isnull=False, removed_at__isnull=True),
            "smconsole_mails_due": Notice.objects.filter(mail_at__lte=self.now, closed_at__isnull=True),
            "smconsole_notices_unanswered": Notice.objects.filter(closed_at__isnull=True, needs_answer=True),
        }
        for name, rows in counts.items():
            yield GaugeMetricFamily(name, "Rows that wait now.", rows.count())

    def _money(self) -> Iterator[GaugeMetricFamily]:
        """In US dollars, of this UTC month. A budget's place is its team's code."""
        spent = GaugeMetricFamily("smconsole_spent_dollars", "Spent on X this UTC month.")
        left = GaugeMetricFamily(
            "smconsole_budget_left_dollars", "Left of a month's budget before its reserve; below zero inside it.",
            labels=["team"],
        )  # fmt: skip
        costs = money.costs(since=money.month_start(self.now), until=money.utc_day(self.now))
        spent.add_metric([], sum(costs.values()) / money.MICROS)
        for purse in money.purses(now=self.now):
            left.add_metric([purse.team.code], purse.left / money.MICROS)
        yield spent
        yield left
        paused = Pause.objects.filter(resumed_at__isnull=True).count()
        yield GaugeMetricFamily("smconsole_networks_paused", "Networks that stand still for want of credit.", paused)

    def _pulse(self) -> GaugeMetricFamily:
        family = GaugeMetricFamily(
            "smconsole_seen_seconds_ago", "When the clock and a worker were last seen.", labels=["part"]
        )
        for sign in pulse.read(now=self.now):
            if sign.age is not None:
                family.add_metric([sign.name], sign.age)
        return family
