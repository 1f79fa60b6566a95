"""What the house and a network say to each other.

Only these frozen values cross the border: no tweepy, facebook-sdk or requests object leaves this
room, and nothing from Django enters it. Every instant is an aware UTC `datetime`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol


@dataclass(frozen=True)
class Credentials:
    """What a channel needs to speak. `repr` never shows a secret.

    kind: "oauth1" (token + secret), "oauth2" (token + refresh_token + expires_at) or "page".
    """

    kind: str
    token: str = field(repr=False)
    secret: str = field(default="", repr=False)
    refresh_token: str = field(default="", repr=False)
    expires_at: datetime | None = None
    scopes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Picture:
    """One picture as it will be sent: the bytes, their type and the words for who cannot see it."""

    data: bytes = field(repr=False)
    mime: str
    alt: str
    name: str


@dataclass(frozen=True)
class Staged:
    """A picture the network holds but does not show. Staging is repeatable: nothing is public."""

    remote_id: str
    expires_at: datetime | None = None


@dataclass(frozen=True)
class Outgoing:
    """Exactly what becomes public: the approved text and the staged pictures in order."""

    text: str
    pictures: tuple[Staged, ...] = ()


@dataclass(frozen=True)
class Limit:
    """What the network's own headers say: how many calls of the last kind are left, and until when that counts.

    everyone: of our whole app, not of this one account.
    """

    left: int
    resets_at: datetime
    everyone: bool = False


@dataclass(frozen=True)
class Published:
    """The network's well-formed answer that a post exists."""

    remote_id: str
    permalink: str


@dataclass(frozen=True)
class Found:
    """A post seen on the channel's own timeline, its text brought back to what was sent.

    Compare it by `platforms.text.canonical`: networks add a scheme to addresses and change white space.
    """

    remote_id: str
    permalink: str
    text: str
    pictures: int
    created_at: datetime


@dataclass(frozen=True)
class Shown:
    """One post as the network shows it, its text brought back to what was sent.

    alts: the words for each picture in order, None where the network does not tell.
    """

    remote_id: str
    permalink: str
    text: str
    alts: tuple[str | None, ...]
    created_at: datetime


@dataclass(frozen=True)
class Metrics:
    """Counts of one post. `None` is unknown, which is never zero.

    reactions: likes on X; all reactions on Facebook. shares: reposts and quotes on X; shares on Facebook.
    """

    impressions: int | None = None
    reactions: int | None = None
    replies: int | None = None
    shares: int | None = None
    clicks: int | None = None
    raw: Mapping[str, Any] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Insights:
    """What a network tells only the account itself, by metric. A value of `None` is unknown, which is never zero.

    retired: the metrics that it refuses as no longer there, with its own words.
    """

    values: Mapping[str, int | None] = field(default_factory=dict)
    retired: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Identity:
    """Whom a credential speaks for. `problems` says in words what keeps it from publishing."""

    external_id: str
    handle: str
    name: str
    problems: tuple[str, ...] = ()

    @property
    def may_publish(self) -> bool:
        return not self.problems


@dataclass(frozen=True)
class Profile:
    """An account as the public sees it. bio: with its links spelt out. links: those beside and inside it.

    has_picture: it shows one of its own, not the network's grey default.
    """

    external_id: str
    handle: str
    name: str
    bio: str
    links: tuple[str, ...]
    has_picture: bool


@dataclass(frozen=True)
class Capabilities:
    """What a network allows. text_limit in the network's own units (see `Network.length`).

    post_insights, account_insights: the metrics that it tells only the account itself.
    """

    text_limit: int
    max_pictures: int
    picture_types: tuple[str, ...]
    max_picture_bytes: int
    max_alt: int
    metrics_batch: int
    has_duplicate_guard: bool
    post_insights: tuple[str, ...] = ()
    account_insights: tuple[str, ...] = ()


class Network(Protocol):
    """One channel's voice on one network. Built for one task, used by one thread.

    Every verb raises only `platforms.errors.PlatformError` subclasses. Reads never raise `Doubtful`.
    """

    @property
    def capabilities(self) -> Capabilities: ...

    def verify(self) -> Identity:
        """Who the credential speaks for and whether it may publish."""

    def profile(self) -> Profile:
        """What the public sees of the account the credential speaks for."""

    def stage(self, picture: Picture) -> Staged:
        """Give the network a picture with its alt text, without showing it. Repeatable."""

    def publish(self, outgoing: Outgoing) -> Published:
        """Create the post: one network write, never retried. Raises Doubtful when it may be public."""

    def limits(self) -> tuple[Limit, ...]:
        """What the headers of the last answer said of the calls that are left; empty when they said nothing."""

    def find(self, *, since: datetime) -> tuple[Found, ...]:
        """Every post of this channel since `since`, all pages, newest first. Incomplete raises."""

    def look(self, remote_id: str) -> Shown | None:
        """One post read back, None when the network does not have it."""

    def remove(self, remote_id: str) -> None:
        """Delete a post. Already gone counts as removed."""

    def metrics(self, remote_ids: Sequence[str]) -> Mapping[str, Metrics | None]:
        """Counts by post id, `None` for a post the network no longer has. At most `metrics_batch` ids."""

    def followers(self, external_ids: Sequence[str]) -> Mapping[str, int]:
        """How many follow each of these accounts; an account the network says nothing about is left out."""

    @property
    def insights_version(self) -> str:
        """Which version of the network's interface answers: what a metric means may change with it."""

    def insights(self, remote_ids: Sequence[str], metrics: Sequence[str]) -> Mapping[str, Insights | None]:
        """Of this account's own posts, `None` for one that the network no longer has. At most `metrics_batch` ids."""

    def account_insights(self, metrics: Sequence[str], *, day: date) -> Insights:
        """Of the whole account on one day that is over where the network counts."""


@dataclass(frozen=True)
class Pending:
    """A connection that has begun: where to send the person, and what to keep (encrypted) until they return."""

    url: str
    keep: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True)
class Grant:
    """One identity that the person allowed us to speak for, with what is needed to do so."""

    identity: Identity
    credentials: Credentials


class Connector(Protocol):
    """A network's own connect pages, from our side."""

    def begin(self, *, callback_url: str, state: str) -> Pending:
        """Start. `state` comes back in the callback (OAuth 1.0a keeps it in `keep`)."""

    def finish(self, *, keep: Mapping[str, str], params: Mapping[str, str], callback_url: str) -> tuple[Grant, ...]:
        """Exchange what the callback brought. Raises `Declined` when the person said no."""
