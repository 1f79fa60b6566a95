"""Proof of publication: the post read back from its network, beside what was sent. Kept, and told where they differ."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from accounts import audit, logins
from accounts.models import Channel
from platforms import errors
from platforms.base import Shown
from platforms.text import canonical
from publishing import money, pausing, telling
from publishing.models import Delivery, Proof
from publishing.reconcile import UNKNOWN_ID
from publishing.settling import load

NOT_SEEN = "It is not to be seen on the network."
# Whatever is said from outside, nothing is read twice sooner than so.
APART = timedelta(seconds=60)
TRY_AGAIN = timedelta(minutes=10)


def prove(*, delivery_id: int, now: datetime) -> None:
    """One reading. What is not shown yet is looked for again; what cannot be read keeps its place in the plan."""
    delivery = load(delivery_id)
    if not _take(delivery, now=now):
        return
    if delivery.remote_id.startswith(UNKNOWN_ID):
        _end_plan(delivery)
        return  # a person saw it, at an address that does not tell its id: there is nothing to ask for
    try:
        shown = logins.network_for(delivery.channel, now=now).look(delivery.remote_id)
    except errors.PlatformError as trouble:
        pausing.note(network=delivery.channel.network, trouble=trouble, now=now)
        if isinstance(trouble, errors.LoginExpired) and _is_last(delivery, now=now):
            _end_plan(delivery)  # a person must connect it anew first
        return
    last = _is_last(delivery, now=now)
    if shown is not None:
        money.spend_on_reads({delivery.remote_id: delivery.channel}, now=now)
    with transaction.atomic():
        before = Proof.objects.filter(delivery=delivery).first()
        differences = [NOT_SEEN] if shown is None else list(differing(delivery, shown))
        if shown is None:
            _keep(delivery, now=now, differences=differences)
        else:
            _seen(delivery, shown, differences, before, now=now)
        if last or not differences:
            _end_plan(delivery)
        if differences and last and not _is_told(delivery, differences, before):
            telling.tell_differs(delivery, now=now)


def hasten(*, remote_ids: Collection[str], now: datetime) -> int:
    """Somebody says that these posts are gone: those that are ours and public are read back now. Returns how many.

    Only the moment of the reading changes; what was read within a minute is read a minute later.
    """
    public = Delivery.objects.filter(channel__network=Channel.Network.FACEBOOK, state=Delivery.State.PUBLISHED)
    ours = public.filter(remote_id__in=remote_ids).exclude(remote_id="")  # said again, or a long list finds no index
    lately = Q(proof__looked_at__gt=now - APART)
    with transaction.atomic():
        return _move(ours.exclude(lately), to=now) + _move(ours.filter(lately), to=now + APART)


def _move(rows: QuerySet[Delivery], *, to: datetime) -> int:
    """To an earlier reading than planned, or to one more. A row that somebody is settling now is left to them."""
    later = rows.filter(Q(prove_at__isnull=True) | Q(prove_at__gt=to)).order_by("pk")
    mine = later.select_for_update(of=("self",), skip_locked=True).values_list("pk", flat=True)
    return Delivery.objects.filter(pk__in=list(mine)).update(prove_at=to)


def purge(*, deliveries: Collection[int], now: datetime) -> int:
    """Their networks have these posts no more: what was read back of them goes (platforms.md 7). Returns how many.

    Our own approved words, that the post was seen, when, and what differed stay. Harmless when done already.
    """
    with transaction.atomic():
        kept = Proof.objects.select_for_update(of=("self",)).filter(delivery__in=deliveries, purged_at__isnull=True)
        rows = list(kept.select_related("delivery"))
        for row in rows:
            facts = {
                "remote_id": row.delivery.remote_id,
                "first_seen": str(row.first_seen_at or ""),
                "looks": row.looks,
            }
            audit.record(None, "proof.purged", row.delivery, now=now, **facts)
        Proof.objects.filter(pk__in=[row.pk for row in rows]).update(text="", alts=[], permalink="", purged_at=now)
    return len(rows)


def _take(delivery: Delivery, *, now: datetime) -> bool:
    """One reader at a time: the next reading is planned before this one. True when this caller may read.

    After the last planned one too, until it has ended: a network that does not answer, or a worker that dies, would
    else be the end of it.
    """
    following = _following(delivery, now=now) or now + TRY_AGAIN
    mine = Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.PUBLISHED, prove_at__lte=now)
    taken = bool(mine.update(prove_at=following))
    delivery.prove_at = following if taken else delivery.prove_at
    return taken


def _following(delivery: Delivery, *, now: datetime) -> datetime | None:
    planned = [delivery.published_at + timedelta(seconds=seconds) for seconds in settings.PROVE_AFTER_SECONDS]
    return next((moment for moment in planned if moment > now), None)


def _is_last(delivery: Delivery, *, now: datetime) -> bool:
    return _following(delivery, now=now) is None


def _end_plan(delivery: Delivery) -> None:
    """No more readings; but for one that somebody's word has brought meanwhile."""
    Delivery.objects.filter(pk=delivery.pk, prove_at=delivery.prove_at).update(prove_at=None)


def _is_told(delivery: Delivery, differences: list[str], before: Proof | None) -> bool:
    """The last planned reading said the same, so people know."""
    last = delivery.published_at + timedelta(seconds=settings.PROVE_AFTER_SECONDS[-1])
    return before is not None and before.differences == differences and before.looked_at >= last


def _seen(delivery: Delivery, shown: Shown, differences: list[str], before: Proof | None, *, now: datetime) -> None:
    facts = {"text": shown.text, "pictures": len(shown.alts), "alts": list(shown.alts), "permalink": shown.permalink}
    facts["purged_at"] = None
    _keep(delivery, now=now, differences=differences, **facts)
    Proof.objects.filter(delivery=delivery, first_seen_at__isnull=True).update(first_seen_at=now)
    # Where it differs, the network may only be slow with a picture or its words.
    if not differences and (before is None or before.differences):
        audit.record(None, "delivery.proved", delivery, now=now, remote_id=delivery.remote_id)


def differing(delivery: Delivery, shown: Shown) -> Iterator[str]:
    """In words, what the network shows otherwise than it was sent."""
    sent = delivery.version.shown()
    if canonical(shown.text) != canonical(delivery.version.text_for(delivery.channel)):
        yield "The words are not those that were sent."
    if len(shown.alts) != len(sent):
        yield f"It shows {len(shown.alts)} of {len(sent)} pictures."
        return
    lost = [picture.position + 1 for picture, alt in zip(sent, shown.alts, strict=True) if (alt or "") != picture.alt]
    if lost:
        yield f"The description of picture {', '.join(map(str, lost))} is not what was sent."


def _keep(delivery: Delivery, *, now: datetime, differences: list[str], **facts: object) -> None:
    first = {"permalink": delivery.permalink, **facts}
    row, made = Proof.objects.get_or_create(
        delivery=delivery, defaults={**first, "differences": differences, "looked_at": now, "looks": 1}
    )
    if not made:
        said = {**facts, "differences": differences, "looked_at": now, "looks": row.looks + 1}
        Proof.objects.filter(pk=row.pk).update(**said)
