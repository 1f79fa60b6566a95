"""Metrics that a network has retired: not asked for again for a while, and shown as not available since a day."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from engagement.models import RetiredMetric
from platforms.base import Insights

logger = logging.getLogger(__name__)
RETRY = timedelta(days=30)


def living(network: str, version: str, metrics: Sequence[str], *, now: datetime) -> list[str]:
    """Those to ask for: not refused yet, or refused so long ago that this caller tries again."""
    rows = RetiredMetric.objects.filter(network=network, version=version, metric__in=metrics)
    # One asker tries again, the others go on without: the conditional UPDATE decides who.
    refused = {row.metric for row in rows if not _mine_to_try(row, now)}
    return [metric for metric in metrics if metric not in refused]


def settle(network: str, version: str, answers: Iterable[Insights], *, now: datetime) -> None:
    """Keep what was refused as retired; forget it of a metric that is told again."""
    refused: dict[str, str] = {}
    told: set[str] = set()
    for answer in answers:
        refused |= answer.retired
        told |= {metric for metric, value in answer.values.items() if value is not None}
    for metric, words in refused.items():
        facts = {"since": now, "said": words[:300], "asked_at": now}
        _, fresh = RetiredMetric.objects.get_or_create(network=network, metric=metric, version=version, defaults=facts)
        if fresh:
            logger.warning("%s %s refuses the metric %s: not asked for again for a month", network, version, metric)
    RetiredMetric.objects.filter(network=network, metric__in=told).delete()


def since(network: str) -> dict[str, datetime]:
    """When each metric was refused first, whatever the version that refused it last."""
    rows = RetiredMetric.objects.filter(network=network).order_by("-since")
    return {row.metric: row.since for row in rows}


def _mine_to_try(row: RetiredMetric, now: datetime) -> bool:
    if row.asked_at > now - RETRY:
        return False
    return bool(RetiredMetric.objects.filter(pk=row.pk, asked_at=row.asked_at).update(asked_at=now))
