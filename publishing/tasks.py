"""Doors of the clock. Rows are the queue: a lost message is found at the next tick, a doubled one loses the claim."""

from __future__ import annotations

import os

from celery import Task, shared_task
from django.utils import timezone

from publishing import delivery, due, reconcile


@shared_task
def release_due() -> None:
    for post in due.posts_to_release(now=timezone.now()):
        if delivery.release(post=post, now=timezone.now()):
            prepare_post.delay(post.pk)


@shared_task
def prepare_post(post_id: int) -> None:
    for delivery_id in due.deliveries_of(post_id):
        delivery.prepare(delivery_id=delivery_id, now=timezone.now())


@shared_task
def deliver_due() -> None:
    delivery.sweep_dead(now=timezone.now())
    delivery.miss_late(now=timezone.now())
    for delivery_id in due.deliveries_to_send(now=timezone.now()):
        deliver.apply_async([delivery_id], expires=10)


@shared_task(bind=True)
def deliver(self: Task, delivery_id: int) -> None:
    delivery.deliver(delivery_id=delivery_id, worker=worker_name(self), clock=timezone.now)


@shared_task
def reconcile_due() -> None:
    for delivery_id in due.deliveries_to_look_for(now=timezone.now()):
        look.apply_async([delivery_id], expires=10)


@shared_task
def look(delivery_id: int) -> None:
    reconcile.reconcile(delivery_id=delivery_id, now=timezone.now())


def worker_name(task: Task) -> str:
    return f"{task.request.hostname}/{os.getpid()}"
