"""Doors of the clock. Rows are the queue: each tick hands out ids, and each id is a task of its own, except that where
many deliveries are due at once a message carries a share of them.

So one bad row stops nobody else; a lost message is found at the next tick; a doubled one finds nothing to do.
"""

from __future__ import annotations

import os

from celery import Task, shared_task
from django.utils import timezone

from accounts.provisioning import dormancy
from accounts.ticking import hand_out
from posts.models import Post
from publishing import appeals, delivery, due, money, overdue, preflight, proof, reconcile, removal, report
from publishing import release as releasing

STALE = due.OFFER_LASTS.seconds  # then the message of a delivery is worth nothing: its row is offered again


@shared_task
def release_due() -> None:
    hand_out(release, zip(due.posts_to_release(now=timezone.now())), most=due.RELEASES)


@shared_task
def release(post_id: int) -> None:
    post = Post.objects.select_related("current").get(pk=post_id)
    if releasing.release(post=post, now=timezone.now()):
        prepare.delay(post_id)


@shared_task
def prepare(post_id: int) -> None:
    for delivery_id in due.deliveries_of(post_id):
        releasing.prepare(delivery_id=delivery_id, now=timezone.now())


@shared_task
def look_ahead_due() -> None:
    hand_out(look_ahead, due.posts_to_look_ahead_for(now=timezone.now()))


@shared_task
def look_ahead(post_id: int, ahead: str) -> None:
    post = Post.objects.select_related("current").get(pk=post_id)
    preflight.look_ahead(post=post, ahead=ahead, now=timezone.now())


@shared_task
def deliver_due() -> None:
    for share in due.shares(due.offer(now=timezone.now())):
        deliver.apply_async(share, expires=STALE)


@shared_task(bind=True)
def deliver(self: Task, *delivery_ids: int) -> None:
    """One after the other; whatever stops that, the rest goes on in a message of its own, to whoever is free."""
    worker = f"{self.request.hostname}/{os.getpid()}"
    until, rest = timezone.now() + due.SHARE_LASTS, list(delivery_ids)
    try:
        while rest and timezone.now() < until:
            delivery.deliver(delivery_id=rest.pop(0), worker=worker, clock=timezone.now)
    finally:
        if rest:
            deliver.apply_async(rest, expires=STALE)


@shared_task
def settle_overdue() -> None:
    hand_out(take_back, zip(due.claims_of_the_dead(now=timezone.now())))
    hand_out(miss, zip(due.deliveries_too_late(now=timezone.now())))


@shared_task
def take_back(delivery_id: int) -> None:
    overdue.take_back(delivery_id=delivery_id, now=timezone.now())


@shared_task
def miss(delivery_id: int) -> None:
    overdue.miss(delivery_id=delivery_id, now=timezone.now())


@shared_task
def prove_due() -> None:
    hand_out(prove, zip(due.deliveries_to_prove(now=timezone.now())))


@shared_task
def prove(delivery_id: int) -> None:
    proof.prove(delivery_id=delivery_id, now=timezone.now())


@shared_task
def reconcile_due() -> None:
    hand_out(look, zip(due.deliveries_to_look_for(now=timezone.now())))


@shared_task
def look(delivery_id: int) -> None:
    reconcile.reconcile(delivery_id=delivery_id, now=timezone.now())


@shared_task
def take_down_due() -> None:
    removal.begin_late(now=timezone.now())
    hand_out(remove, zip(removal.due(now=timezone.now())))


@shared_task
def remove(removal_id: int) -> None:
    removal.remove(removal_id=removal_id, clock=timezone.now)


@shared_task
def make_report() -> None:
    report.make_due(now=timezone.now())


@shared_task
def tell_appeals() -> None:
    for date_id in appeals.due(now=timezone.now()):
        appeals.tell(date_id=date_id, now=timezone.now())


@shared_task
def forget_reads() -> None:
    money.forget_reads(now=timezone.now())


@shared_task
def count_looks() -> None:
    money.count_looks(now=timezone.now())


@shared_task
def watch_silence() -> None:
    dormancy.watch(last_spoke=due.last_public, now=timezone.now())
