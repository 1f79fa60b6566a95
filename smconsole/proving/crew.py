"""What is done inside the proving ground's console: for each line [verb, {arguments}] one line of answer, in JSON."""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import DatabaseError, connection  # noqa: E402
from django.db.models import Case, Count, F, Q, Value, When  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts import logins, vault  # noqa: E402
from accounts.models import Channel  # noqa: E402
from posts.models import Post  # noqa: E402
from publishing.models import Delivery, Preflight  # noqa: E402
from smconsole.proving import crew_holding, crew_paying, crowd  # noqa: E402

SETTLED = {*Delivery.FINAL, Delivery.State.UNCONFIRMED}


def migrate() -> dict[str, Any]:
    """An empty console. PROVING_KEEPS, a folder: what migrating made there (SQLite alone) is made once, then copied."""
    folder = os.environ.get("PROVING_KEEPS", "")
    if not folder or connection.vendor != "sqlite":
        call_command("migrate", verbosity=0)
        return {}
    kept = Path(folder) / "migrated.sqlite3"
    if kept.exists():
        shutil.copyfile(kept, connection.settings_dict["NAME"])
        return {}
    call_command("migrate", verbosity=0)
    made = kept.with_suffix(f".{os.getpid()}")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(made)])
    made.rename(kept)
    return {}


def stage(
    posts: int,
    channels: int,
    start_in: float,
    over: float,
    pictures_every: int,
    send_within: int = 30,
    prefix: str = "w",
) -> dict[str, Any]:
    """Channels and approved posts, the first due `start_in` seconds from now, the last `over` seconds later."""
    now = timezone.now()
    voices = crowd.voices(channels, prefix=prefix, now=now)
    start = (now + timedelta(seconds=start_in)).replace(microsecond=0)
    moments = [start + timedelta(seconds=over * number / max(1, posts)) for number in range(posts)]
    crowd.approved_posts(voices, moments, pictures_every=pictures_every, send_within=send_within, now=now)
    return {"start": start.timestamp()}


def open_channels(channels: int, prefix: str) -> dict[str, Any]:
    crowd.voices(channels, prefix=prefix, now=timezone.now())
    return {}


def logins_of(prefix: str) -> list[dict[str, Any]]:
    """What the channels of `stage` or `open` speak with, for processes that post without the console."""
    known = Channel.objects.filter(handle__regex=rf"^{prefix}\d+$").select_related("credential").order_by("pk")
    opened = [(channel, logins.unpack(vault.open(channel.credential.sealed))) for channel in known]
    return [
        {
            "network": channel.network,
            "handle": channel.handle,
            "id": channel.external_id,
            "kind": login.kind,
            "token": login.token,
            "secret": login.secret,
        }
        for channel, login in opened
    ]


def texts(posts: int) -> list[str]:
    return [crowd.words(number) for number in range(posts)]


def settle_released(posts: int, at_most: float) -> dict[str, int]:
    """Wait until every post has its delivery, looked at and staged ten minutes ahead."""
    until = time.monotonic() + at_most
    ready = Preflight.objects.filter(ahead=Preflight.Ahead.MINUTES)
    refused = Post.objects.filter(state=Post.State.DRAFT)
    while ready.count() < posts and not refused.exists() and time.monotonic() < until:
        time.sleep(0.2)
    return {"ready": ready.count()}


def promise(start_in: float, over: float) -> dict[str, float]:
    """Their second is near: the same deliveries, promised for a full second a moment from now."""
    start = (timezone.now() + timedelta(seconds=start_in)).replace(microsecond=0)
    rows = list(Delivery.objects.order_by("pk"))
    for number, row in enumerate(rows):
        row.publish_at = row.due_at = start + timedelta(seconds=over * number / len(rows))
        row.send_by = row.publish_at + timedelta(minutes=30)
    Delivery.objects.bulk_update(rows, ["publish_at", "due_at", "send_by"], batch_size=200)
    return {"start": start.timestamp()}


def settle(posts: int, patience: float, at_most: float) -> dict[str, int]:
    """Wait until nothing moves any more: {state: deliveries}, with those still looked for as "looking".

    What has waited `patience` seconds for a network that will not have it runs out of time, as in life.
    """
    until, last_moved = time.monotonic() + at_most, time.monotonic()
    before: dict[str, int] = {}
    while time.monotonic() < until:
        standing = _standing()
        if standing != before:
            before, last_moved = standing, time.monotonic()
        moving = set(standing) - SETTLED
        if not moving and sum(standing.values()) >= posts:
            break
        if moving == {Delivery.State.WAITING} and not _paid() and time.monotonic() - last_moved > patience:
            _let_time_run_out()
        time.sleep(0.5)
    return before


def _paid() -> bool:
    """Whether a network stood still for money and goes on now."""
    return crew_paying.top_up()["resumed"] > 0


def _standing() -> dict[str, int]:
    looking = Q(state=Delivery.State.UNCONFIRMED, look_at__isnull=False)
    named = Case(When(looking, then=Value("looking")), default=F("state"))
    return dict(Delivery.objects.order_by().values_list(named).annotate(number=Count("pk")))


def _let_time_run_out() -> None:
    waiting = Delivery.objects.filter(state=Delivery.State.WAITING)
    waiting.update(send_by=timezone.now() - timedelta(seconds=1))


def report() -> list[dict[str, Any]]:
    rows = Delivery.objects.select_related("channel", "version").prefetch_related("version__pictures__media")
    return [
        {
            "account": row.channel.external_id,
            "network": row.channel.network,
            "text": row.version.text_for(row.channel),
            "pictures": [[kept.media.sha256, kept.alt] for kept in row.version.pictures.all()],
            "state": row.state,
            "remote_id": row.remote_id,
            "reason": row.reason,
            "tries": row.tries,
            "publish_at": row.publish_at.timestamp(),
            "begun_at": _unix(row.claimed_at),
            "published_at": _unix(row.published_at),
        }
        for row in rows.order_by("pk")
    ]


def _unix(moment: datetime | None) -> float | None:
    return moment.timestamp() if moment else None


VERBS = {
    "migrate": migrate,
    "stage": stage,
    "open": open_channels,
    "logins": logins_of,
    "texts": texts,
    "settle_released": settle_released,
    "promise": promise,
    "settle": settle,
    "report": report,
    "appoint_administrator": crew_paying.appoint_administrator,
    "top_up": crew_paying.top_up,
    "appoint_heads": crew_holding.appoint_heads,
    "fall_due": crew_holding.fall_due,
    "hold_in_burst": crew_holding.hold_in_burst,
    "after": crew_holding.after,
    "let_go": crew_holding.let_go,
}


def main() -> None:
    for line in sys.stdin:
        verb, arguments = json.loads(line)
        try:
            answer = VERBS[verb](**arguments)
        except DatabaseError:  # the database was made to drop everybody: the second time it answers
            connection.close()
            answer = VERBS[verb](**arguments)
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
