"""What a test does inside a rig's console; the last line printed is JSON.

`people`: the cast and their teams, no channel yet. `stage N EVERY`: also two connected channels and N approved posts
that fall due one after another. `report`: where every delivery stands.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import datetime, timedelta
from typing import Any
from urllib.request import Request, urlopen

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smconsole.settings")
django.setup()

from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts import logins, opening, rights  # noqa: E402
from accounts.models import Channel  # noqa: E402
from platforms.base import Credentials, Identity  # noqa: E402
from policy import review  # noqa: E402
from posts import drafting, pictures  # noqa: E402
from posts.models import Post  # noqa: E402
from publishing.models import Delivery  # noqa: E402
from smconsole.demonstration.pictures import draw  # noqa: E402
from tests import conftest  # noqa: E402

EVERY_THIRD_HAS_A_PICTURE = 3


def people() -> dict[str, Any]:
    """The cast in their teams, with real passwords, and Homerton's two channels, not connected yet."""
    call_command("migrate", verbosity=0)
    teams, now = conftest._teams(), timezone.now()
    made = conftest._people(teams)
    rights.sync_people([user.pk for user in made.values()], now=now)
    for network, handle in (("x", "MPSHomerton"), ("facebook", "HomertonPolice")):
        facts = {"network": network, "handle": handle, "name": "Homerton Police"}
        opening.open_channel(team=teams["homerton"], **facts, by=None, now=now)
    return {"people": sorted(made)}


def stage(count: int, every: float) -> dict[str, Any]:
    """`count` posts on both of Homerton's channels, the first due in three seconds, then one `every` seconds."""
    call_command("migrate", verbosity=0)
    teams = conftest._teams()
    cast, channels = conftest._people(teams), conftest._channels(teams)
    now = timezone.now()
    rights.sync_people([user.pk for user in cast.values()], now=now)
    for name in ("x", "page"):
        _connect(channels[name], cast["sam"], now)
    ours = [channels["x"], channels["page"]]
    for number in range(count):
        _approve(number, ours, cast["tess"], now + timedelta(seconds=3 + number * every))
    return {"posts": Post.objects.filter(state=Post.State.APPROVED).count()}


def _connect(channel: Channel, by: Any, now: datetime) -> None:
    made = _ask("accounts", network=channel.network, handle=channel.handle, name=channel.name, id=channel.external_id)
    kind = "oauth1" if channel.network == "x" else "page"
    minted = _ask("tokens", network=channel.network, account=made["id"], kind=kind)
    logins.keep_credentials(
        channel=channel,
        identity=Identity(str(made["id"]), made["handle"], made["name"]),
        credentials=Credentials(kind, minted["token"], minted.get("secret", "")),
        by=by,
        now=now,
    )


def _approve(number: int, channels: list[Channel], author: Any, publish_at: datetime) -> None:
    now = timezone.now()
    said = {
        channel.pk: f"Update number {number} from the ward team. See met.police.uk & tell us <more>."
        for channel in channels
    }
    post = drafting.draft(channels=channels, texts=said, publish_at=publish_at, by=author, now=now)
    if number % EVERY_THIRD_HAS_A_PICTURE == 0:
        upload = SimpleUploadedFile("street.jpg", draw(f"street {number}"), "image/jpeg")
        media = pictures.add(post=post, upload=upload, by=author, now=now)
        post.refresh_from_db()
        drafting.revise(
            post=post, revision=post.revision, channels=channels, texts=said,
            alts={media.pk: f"A drawing of street {number}"}, answers={media.pk: {"people": "nobody"}},
            publish_at=publish_at, send_within=30, by=author, now=now,
        )  # fmt: skip
        post.refresh_from_db()
    review.submit(post=post, by=author, now=now)


def _ask(what: str, **body: Any) -> dict[str, Any]:
    request = Request(f"{os.environ['SANDBOX_URL']}/_sandbox/{what}", json.dumps(body).encode())
    request.add_header("content-type", "application/json")
    with urlopen(request, timeout=10) as answer:
        return dict(json.load(answer))


def report() -> list[dict[str, Any]]:
    rows = Delivery.objects.select_related("target__channel", "version").order_by("pk")
    return [
        {
            "post": row.target.post_id,
            "network": row.target.channel.network,
            "state": row.state,
            "remote_id": row.remote_id,
            "text": row.version.text_for(row.target.channel),
            "alts": [picture.alt for picture in row.version.pictures.all()],
            "hashes": [picture.media.sha256 for picture in row.version.pictures.select_related("media")],
            "reason": row.reason,
            "tries": row.tries,
        }
        for row in rows
    ]


VERBS = {"people": people, "stage": lambda count, every: stage(int(count), float(every)), "report": report}

if __name__ == "__main__":
    verb, *rest = sys.argv[1:]
    print(json.dumps(VERBS[verb](*rest)))
