"""Posts that went out, with what their networks said of them."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from accounts.models import Channel, Team, User
from engagement import rollups
from engagement.models import ConfidenceFigure, Measure, Snapshot, SurveyFile
from posts.models import Post, Target, Version
from publishing.models import Delivery
from sandbox.launch import Running, start
from tests.conftest import Cast

NUMBERS = itertools.count(1)
PUBLISHED_FILE = Path(__file__).resolve().parents[3] / "shared/data/pas/pas_borough_quarterly.csv"

Count = int | None


@dataclass
class Teller:
    """Makes posts that are public, as they stand after the last attempt succeeded."""

    by: User

    def __call__(
        self, *channels: Channel, at: datetime, text: str = "We met residents.", said: Sequence[Snapshot | None] = ()
    ) -> Post:
        """said: for each channel in turn what its network counted; None or nothing: not a word yet."""
        post = Post.objects.create(
            team=channels[0].team, author=self.by, state=Post.State.SENT, created_at=at, updated_at=at
        )
        texts = {str(channel.pk): text for channel in channels}
        version = Version.objects.create(post=post, number=1, texts=texts, made_by=self.by, made_at=at, sealed_at=at)
        post.current = version
        post.save(update_fields=["current"])
        for channel, snapshot in itertools.zip_longest(channels, said):
            self._deliver(channel, version, at, snapshot)
        add_up(at)
        return post

    def _deliver(self, channel: Channel, version: Version, at: datetime, snapshot: Snapshot | None) -> None:
        delivery = publish(channel, version, at)
        if snapshot is not None:
            snapshot.delivery, snapshot.at = delivery, snapshot.at or at
            snapshot.save()


def add_up(now: datetime) -> None:
    """As the clock does, for everything that is public."""
    rollups.mark_deliveries(Delivery.objects.all(), now=now)
    rollups.fold(now=now)


def publish(channel: Channel, version: Version, at: datetime, remote_id: str = "") -> Delivery:
    remote_id = remote_id or f"77{next(NUMBERS):016d}"
    return Delivery.objects.create(
        target=Target.objects.create(post=version.post, channel=channel),
        channel=channel,
        version=version,
        fingerprint="f" * 64,
        state=Delivery.State.PUBLISHED,
        publish_at=at,
        send_by=at,
        due_at=at,
        remote_id=remote_id,
        permalink=f"https://x.com/i/{remote_id}",
        published_at=at,
        created_at=at,
    )


def counted(
    *,
    impressions: Count = None,
    reactions: Count = None,
    replies: Count = None,
    shares: Count = None,
    at: datetime | None = None,
) -> Snapshot:
    """What a network said; whatever is left out it did not say. at: None, when the post went out."""
    return Snapshot(at=at, impressions=impressions, reactions=reactions, replies=replies, shares=shares)


@pytest.fixture
def tell(cast: Cast) -> Teller:
    return Teller(cast.tess)


Figures = Callable[..., None]


@pytest.fixture
def figures(cast: Cast, now: datetime) -> Figures:
    """figures("informed", cast.hackney, {date: share}, london={date: share}, illustrative=False)"""

    def write(
        measure: str,
        team: Team,
        shares: dict[date, float],
        *,
        london: dict[date, float] | None = None,
        illustrative: bool = False,
    ) -> None:
        name = "illustrative" if illustrative else "published.csv"
        file = SurveyFile.objects.create(name=name, sha256=name.ljust(64, "0"), content=b"", imported_at=now)
        rows = [(team, wave, share) for wave, share in shares.items()]
        rows += [(None, wave, share) for wave, share in (london or {}).items()]
        ConfidenceFigure.objects.bulk_create(
            ConfidenceFigure(
                measure=Measure.objects.get(code=measure),
                team=where,
                wave=wave,
                share=Decimal(str(share)),
                file=file,
                illustrative=illustrative,
            )
            for where, wave, share in rows
        )

    return write


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with start(tmp_path_factory.mktemp("sandbox")) as running:
        yield running
