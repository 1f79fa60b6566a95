"""Years of posts that went out, in one sweep from the oldest to the newest, with what the networks said of them."""

from __future__ import annotations

import io
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from random import Random

from django.core.files.base import ContentFile
from django.db import models, transaction
from PIL import Image

from engagement.models import Snapshot, Watch
from engagement.scale import loading, shape
from engagement.scale.force import Force
from engagement.scale.loading import Cell
from engagement.scale.shape import Brought
from posts.models import Media, Post, Target, Version, VersionPicture
from publishing.models import Delivery

CHUNK = 25_000  # posts a transaction
BOTH = 0.4  # of the posts go to both networks
DESCRIBED = 0.9  # of the pictures have words for who cannot see them
BUSY = 0.8  # spread of how much a ward says: borough accounts ran from 31 to 2,359 posts a year
OPENING, CLOSING = 8, 20  # hours
COLUMNS: dict[type[models.Model], str] = {
    Post: "id team author state current revision created_at updated_at",
    Version: "id post number texts send_within template fingerprint aside made_by made_at sealed_at publish_at",
    VersionPicture: "version media position alt",
    Target: "id post channel dropped",
    Delivery: "id target channel version fingerprint state publish_at send_by due_at tries worker claimed_at remote_id "
    "permalink published_at reason looks blind_looks copies created_at",
    Watch: "delivery next_at asked public",
    Snapshot: "delivery at impressions reactions replies shares",
}
SAYINGS = (
    "You asked us about bikes left on the pavement in {0} Road. We moved {1} of them today with the council.",
    "We arrested a man after a report of theft near {0} Road. Thank you to the {1} people who called.",
    "Meet us at {0} library on Thursday at {1} past six. What should we look at next?",
    "Speed checks in {0} Road this morning: {1} drivers were stopped and spoken to.",
    "Have you seen anything in {0} Road since {1} o'clock? Please call 101.",
    "We took a warrant to an address near {0} Road and seized drugs in {1} bags.",
    "Patrols on foot around {0} Road this week after {1} calls from neighbours.",
)
LINK = " https://www.met.police.uk/area/{0}"


@dataclass
class Made:
    """What one sweep has made. kept: what each delivery brought in the end, on the networks that say."""

    posts: int = 0
    deliveries: int = 0
    snapshots: int = 0
    kept: list[Brought] = field(default_factory=list)


@dataclass
class Sweep:
    """From `now` minus `days` until now. Fixed by its luck: the same numbers give the same database."""

    force: Force
    posts: int
    days: int
    now: datetime
    luck: Random
    made: Made = field(default_factory=Made)

    def __post_init__(self) -> None:
        self.talk = [self.luck.lognormvariate(0, BUSY) for _ in self.force.wards]
        self.sight = 0

    def run(self) -> Iterator[int]:
        """Yields how many posts there are, chunk by chunk."""
        moments = self._moments()
        while self.made.posts < self.posts:
            with transaction.atomic():
                rows: dict[type[models.Model], list[tuple[Cell, ...]]] = defaultdict(list)
                for _ in range(min(CHUNK, self.posts - self.made.posts)):
                    self._post(rows, next(moments))
                for model, columns in COLUMNS.items():
                    loading.load(model, columns.split(), rows[model])
                    if model is Post and not self.sight:
                        self.sight = self._sight(rows[Post][0])
            yield self.made.posts
        loading.finish(*COLUMNS)

    def _moments(self) -> Iterator[datetime]:
        """In order; by day as evenly as the number allows, by daylight."""
        first = (self.now - timedelta(days=self.days)).replace(hour=0, minute=0, second=0, microsecond=0)
        for day in range(self.days):
            count = self.posts * (day + 1) // self.days - self.posts * day // self.days
            seconds = sorted(self.luck.randint(OPENING * 3600, CLOSING * 3600) for _ in range(count))
            yield from (first + timedelta(days=day, seconds=second) for second in seconds)

    def _sight(self, post: tuple[Cell, ...]) -> int:
        """One picture that all posts with a picture show: what is measured is rows, not files."""
        bytes_of_it = io.BytesIO()
        Image.new("RGB", (320, 320), (200, 212, 226)).save(bytes_of_it, "JPEG")
        data = bytes_of_it.getvalue()
        facts = {"sha256": sha256(data).hexdigest(), "mime": "image/jpeg", "width": 320, "height": 320}
        media = Media(post_id=post[0], size=len(data), original_name="scale.jpg", uploaded_by_id=post[2], **facts)
        media.uploaded_at = self.now
        media.file.save("scale.jpg", ContentFile(data), save=False)
        media.save()
        return media.pk

    def _post(self, rows: dict[type[models.Model], list[tuple[Cell, ...]]], at: datetime) -> None:
        luck, made = self.luck, self.made
        ward, author, x, facebook = luck.choices(self.force.wards, self.talk)[0]
        made.posts += 1
        key, when = made.posts, f"{at:%Y-%m-%d %H:%M:%S}"
        form = luck.choices([name for name, _ in shape.FORMS], [share for _, share in shape.FORMS])[0]
        text = luck.choice(SAYINGS).format(ward.name, luck.randint(2, 40))
        text += LINK.format(ward.code) if form == "link" else ""
        channels = [x, facebook] if luck.random() < BOTH else [x if luck.random() < 0.5 else facebook]
        texts = json.dumps(dict.fromkeys(map(str, channels), text))
        rows[Post].append((key, ward.pk, author.pk, "sent", key, 1, when, when))
        mark = sha256(f"{key}{text}".encode()).hexdigest()
        rows[Version].append((key, key, 1, texts, 30, "", mark, 0, author.pk, when, when, when))
        if form == "picture":
            alt = f"Officers in {ward.name}" if luck.random() < DESCRIBED else ""
            rows[VersionPicture].append((key, self.sight or 1, 0, alt))
        for channel in channels:
            self._delivery(rows, key, channel, mark, form, at)

    def _delivery(
        self,
        rows: dict[type[models.Model], list[tuple[Cell, ...]]],
        post: int,
        channel: int,
        mark: str,
        form: str,
        at: datetime,
    ) -> None:
        made, key = self.made, self.made.deliveries + 1
        made.deliveries = key
        when, late = f"{at:%Y-%m-%d %H:%M:%S}", f"{at + timedelta(minutes=30):%Y-%m-%d %H:%M:%S}"
        remote, link = f"7{key:017d}", f"https://x.com/i/7{key:017d}"
        promise = (key, key, channel, post, mark, "published", when, late, when)
        kept = (1, "scale", when, remote, link, when, "", 0, 0, 1, when)
        rows[Target].append((key, post, channel, 0))
        rows[Delivery].append((*promise, *kept))
        self._numbers(rows, key, form, at)

    def _numbers(
        self, rows: dict[type[models.Model], list[tuple[Cell, ...]]], delivery: int, form: str, at: datetime
    ) -> None:
        brought = shape.brought(self.luck, form)
        self.made.kept.append(brought)
        asked, following = 0, None
        for age, share in shape.GROWTH:
            moment = at + timedelta(days=age)
            if moment > self.now:
                following = following or f"{max(moment, self.now + timedelta(days=1)):%Y-%m-%d %H:%M:%S}"
                continue
            asked += 1
            grown = [
                int(count * share)
                for count in (brought.impressions, brought.reactions, brought.replies, brought.shares)
            ]
            rows[Snapshot].append((delivery, f"{moment:%Y-%m-%d %H:%M:%S}", *grown))
        self.made.snapshots += asked
        rows[Watch].append((delivery, following, asked, 1))


def sweep(force: Force, *, posts: int, days: int, now: datetime, seed: int = 1) -> Sweep:
    return Sweep(force, posts, days, now.astimezone(UTC), Random(seed))  # noqa: S311  measures, guards nothing
