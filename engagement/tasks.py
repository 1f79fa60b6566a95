"""Doors of the clock."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from engagement import analyses, following, insights, metrics, reports, rollups, uploads


@shared_task
def collect_due() -> None:
    metrics.start_watching(now=timezone.now())
    metrics.stop_watching(now=timezone.now())
    for batch in metrics.due_batches(now=timezone.now()):
        collect.apply_async([batch], expires=60)


@shared_task
def collect(watch_ids: list[int]) -> None:
    metrics.collect(watch_ids=watch_ids, now=timezone.now())


@shared_task
def sweep() -> None:
    """Whatever the clock's look at the last days has missed, however old."""
    metrics.start_watching(now=timezone.now(), lately=None)


@shared_task
def fold() -> None:
    rollups.fold(now=timezone.now())


@shared_task
def make_reports() -> None:
    reports.work(now=timezone.now())


@shared_task
def take_survey_in() -> None:
    uploads.work(now=timezone.now())


@shared_task
def answer_questions() -> None:
    for pk in analyses.due(now=timezone.now()):
        answer.apply_async([pk], expires=60)


@shared_task
def answer(analysis_id: int) -> None:
    analyses.work(analysis_id=analysis_id, now=timezone.now())


@shared_task
def count_followers() -> None:
    following.count_followers(now=timezone.now())


@shared_task
def plan_insights() -> None:
    insights.plan(now=timezone.now())


@shared_task
def insights_due() -> None:
    for batch in insights.due_batches(now=timezone.now()):
        collect_insights.apply_async([batch], expires=60)


@shared_task
def collect_insights(watch_ids: list[int]) -> None:
    insights.collect(watch_ids=watch_ids, now=timezone.now())


@shared_task
def page_insights_due() -> None:
    for pk in insights.due_pages(now=timezone.now()):
        collect_page_insights.apply_async([pk], expires=1700)


@shared_task
def collect_page_insights(channel_id: int) -> None:
    insights.collect_page(channel_id=channel_id, now=timezone.now())


@shared_task
def forget_answers() -> None:
    metrics.forget_answers(now=timezone.now())
