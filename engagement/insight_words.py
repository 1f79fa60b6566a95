"""What a network tells only the account itself, in words: the number, "not known", or since when there is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from accounts.models import Channel
from engagement import retired
from engagement.dashboard import Line
from engagement.models import AccountInsight, PostInsight
from engagement.periods import day_of
from platforms import registry

LABELS = {
    "post_media_view": "Times seen",
    "post_total_media_view_unique": "People who saw it",
    "post_clicks": "Clicks",
    "post_reactions_by_type_total": "Reactions of every kind",
    "page_media_view": "Times that anything of the Page was seen",
    "page_total_media_view_unique": "People who saw anything of it",
    "page_post_engagements": "Reactions, comments, shares and clicks",
    "page_follows": "Followers",
    "page_daily_follows_unique": "New followers",
    "non_public_metrics.url_link_clicks": "Clicks on its link",
    "non_public_metrics.user_profile_clicks": "Visits to the profile",
    "non_public_metrics.engagements": "Everything done with it",
    "organic_metrics.impression_count": "Times seen without advertising",
}
UNKNOWN = "not known"
LATELY = timedelta(days=30)  # an older number of an account says nothing of it as it is


@dataclass(frozen=True)
class Standing:
    """One metric where its number would stand. day: of the number; None where there is none."""

    label: str
    words: str
    day: date | None


def of_lines(lines: Sequence[Line]) -> dict[int, list[Standing]]:
    """By delivery; nothing of those about which no network was asked. Two queries at most for each network."""
    rows = PostInsight.objects.filter(delivery__in=[line.delivery.pk for line in lines]).order_by("day", "pk")
    by_delivery: dict[int, list[PostInsight]] = {}
    for row in rows:
        by_delivery.setdefault(row.delivery_id, []).append(row)
    asked = [line for line in lines if line.delivery.pk in by_delivery]
    gone = {network: retired.since(network) for network in {line.channel.network for line in asked}}
    return {
        line.delivery.pk: _standings(
            registry.capabilities(line.channel.network).post_insights,
            by_delivery[line.delivery.pk],
            gone[line.channel.network],
        )
        for line in asked
    }


def of_channel(channel: Channel, *, since: date) -> list[Standing]:
    """The last numbers of a whole account since a day; empty where none were asked for. Two queries."""
    rows = list(AccountInsight.objects.filter(channel=channel, day__gte=since).order_by("day", "pk"))
    metrics = registry.capabilities(channel.network).account_insights
    return _standings(metrics, rows, retired.since(channel.network)) if rows else []


def not_available(since: datetime) -> str:
    """ "not available since 3 March 2026"."""
    return f"not available since {day_of(since):%-d %B %Y}"


def _standings(
    metrics: Sequence[str], rows: Sequence[PostInsight | AccountInsight], gone: dict[str, datetime]
) -> list[Standing]:
    last = {row.metric: row for row in rows if row.value is not None}
    return [_standing(metric, last.get(metric), gone.get(metric)) for metric in metrics]


def _standing(metric: str, row: PostInsight | AccountInsight | None, since: datetime | None) -> Standing:
    label = LABELS.get(metric, metric)
    missing = not_available(since) if since else UNKNOWN
    if row is None:
        return Standing(label, missing, None)
    return Standing(label, f"{row.value:,} ({missing})" if since else f"{row.value:,}", row.day)
