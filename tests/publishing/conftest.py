"""A network that does what a test says, and a publishing desk that speaks to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from accounts.models import Channel
from platforms.base import Found, Identity, Limit, Outgoing, Picture, Published, Shown, Staged
from platforms.errors import Doubtful, PlatformError
from posts.models import Post
from publishing import delivery as sending
from publishing import due, overdue, release
from publishing.models import Delivery
from sandbox.launch import Running, start
from tests.conftest import Cast
from tests.factories import make_post


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A sandbox of the module's own: its faults and posts are nobody else's."""
    with start(tmp_path_factory.mktemp("sandbox")) as running:
        yield running


@dataclass
class ScriptedNetwork:
    """Keeps what is public in `live`. `answers`: for each publish in turn None (it works) or an error to raise.

    A Doubtful marked `done` publishes before it raises, as a network does whose answer was lost.
    """

    now: Callable[[], datetime]
    answers: list[PlatformError | None] = field(default_factory=list)
    looks: list[PlatformError | None] = field(default_factory=list)
    live: list[Found] = field(default_factory=list)
    alts: list[str | None] = field(default_factory=list)
    sent: int = 0
    staged: int = 0
    at_the_socket: Callable[[], None] | None = None
    told: tuple[Limit, ...] = ()
    verify_trouble: Exception | None = None

    def publish(self, outgoing: Outgoing) -> Published:
        self.sent += 1
        if self.at_the_socket:
            self.at_the_socket()
        answer = self.answers.pop(0) if self.answers else None
        if answer is None or getattr(answer, "done", False):
            remote_id = f"{9000 + self.sent}"
            post = Found(remote_id, f"https://x.com/i/{remote_id}", outgoing.text, len(outgoing.pictures), self.now())
            self.live.append(post)
        if answer is not None:
            raise answer
        return Published(post.remote_id, post.permalink)

    def find(self, *, since: datetime) -> tuple[Found, ...]:
        trouble = self.looks.pop(0) if self.looks else None
        if trouble is not None:
            raise trouble
        return tuple(post for post in self.live if post.created_at >= since)

    def limits(self) -> tuple[Limit, ...]:
        return self.told

    def look(self, remote_id: str) -> Shown | None:
        if self.looks:
            trouble = self.looks.pop(0)
            if trouble is not None:
                raise trouble
        post = next((post for post in self.live if post.remote_id == remote_id), None)
        return post and Shown(
            post.remote_id, post.permalink, post.text, tuple(self.alts[: post.pictures]), post.created_at
        )

    def stage(self, picture: Picture) -> Staged:
        self.staged += 1
        self.alts.append(picture.alt)
        return Staged(f"media-{self.staged}", None)

    def verify(self) -> Identity:
        if self.verify_trouble:
            raise self.verify_trouble
        return Identity("1000000000000000001", "MPSHomerton", "Homerton Police")

    def remove(self, remote_id: str) -> None:
        self.live = [post for post in self.live if post.remote_id != remote_id]

    def metrics(self, remote_ids: Sequence[str]) -> dict[str, None]:
        return dict.fromkeys(remote_ids)


def lost_answer() -> Doubtful:
    """The post is public; the answer never came."""
    error = Doubtful("X did not answer in time.")
    error.done = True  # type: ignore[attr-defined]
    return error


@dataclass
class Desk:
    """Where the clock stands, what the network does, and the steps a worker takes."""

    cast: Cast
    network: ScriptedNetwork
    moment: datetime

    def clock(self) -> datetime:
        return self.moment

    def wait(self, **span: float) -> None:
        self.moment += timedelta(**span)

    def approved(self, *, channels: Sequence[Channel] = (), **facts: object) -> Post:
        post = make_post(self.cast, "approved", channels=channels or [self.cast.x], now=self.moment, **facts)
        return Post.objects.select_related("current").get(pk=post.pk)

    def released(self, **facts: object) -> Delivery:
        post = self.approved(**facts)
        assert release.release(post=post, now=self.moment)
        return Delivery.objects.get(target__post=post, state=Delivery.State.WAITING)

    def settle_overdue(self) -> int:
        """What the clock does each second. Returns how many rows it found."""
        dead, late = due.claims_of_the_dead(now=self.moment), due.deliveries_too_late(now=self.moment)
        for pk in dead:
            overdue.take_back(delivery_id=pk, now=self.moment)
        for pk in late:
            overdue.miss(delivery_id=pk, now=self.moment)
        return len(dead) + len(late)

    def deliver(self, delivery: Delivery, worker: str = "one") -> Delivery:
        sending.deliver(delivery_id=delivery.pk, worker=worker, clock=self.clock)
        delivery.refresh_from_db()
        return delivery


@pytest.fixture
def desk(cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch) -> Desk:
    made = Desk(cast, ScriptedNetwork(now=lambda: made.moment), now)
    monkeypatch.setattr("accounts.logins.network_for", lambda channel, *, now: made.network)
    return made
