"""X: tweepy's own client on our session, and one channel's voice through it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any, ClassVar, TypeVar

import tweepy

from platforms.base import (
    Capabilities,
    Credentials,
    Found,
    Identity,
    Insights,
    Limit,
    Metrics,
    Outgoing,
    Picture,
    Profile,
    Published,
    Shown,
    Staged,
)
from platforms.config import X_API, Config
from platforms.errors import Doubtful, Refused
from platforms.outcomes import answered_at, ask
from platforms.session import open_session
from platforms.text import LIMITS
from platforms.x_outcomes import x_failure, x_limits

Answered = TypeVar("Answered")

# Only for the author, and for 30 days (platforms.md 1.3): the field, then the count inside it.
PRIVATE = (
    "non_public_metrics.url_link_clicks",
    "non_public_metrics.user_profile_clicks",
    "non_public_metrics.engagements",
    "organic_metrics.impression_count",
)
PROFILE_FIELDS = ["description", "entities", "profile_image_url", "url"]
# The picture X gives an account that has none of its own.
GREY = "/default_profile_images/"
SCOPES = ("tweet.read", "tweet.write", "users.read", "media.write", "offline.access")
PAGE_SIZE = 100
GONE = 404
NO_CONTENT = 204
_SHORT_LINK = re.compile(r"https://t\.co/\w+")
_MEDIA_LINK = re.compile(r"/status/(\d+)/(?:photo|video)/\d+$")


class XClient(tweepy.Client):  # type: ignore[misc]
    """tweepy's client with our session, and the v2 picture upload that tweepy 4.17 does not have."""

    def __init__(self, config: Config, credentials: Credentials) -> None:
        self.signed = credentials.kind == "oauth1"
        keys = (config.x_consumer_key, config.x_consumer_secret, credentials.token, credentials.secret)
        super().__init__(None if self.signed else credentials.token, *(keys if self.signed else ()), return_type=dict)
        self.session = open_session(config)

    def upload_picture(self, picture: Picture) -> dict[str, Any]:
        """POST /2/media/upload in one shot. `Client.request` only knows JSON, so the session is asked directly."""
        answer = self.session.request(
            "POST",
            f"{X_API}/2/media/upload",
            data={"media_category": "tweet_image", "media_type": picture.mime},
            files={"media": (picture.name, picture.data, picture.mime)},
            headers={"User-Agent": self.user_agent} | ({} if self.signed else self._bearer()),
            auth=self._signature() if self.signed else None,
        )
        if not answer.ok:
            raise tweepy.HTTPException(answer)
        uploaded: dict[str, Any] = answer.json()["data"]
        return uploaded

    def describe_picture(self, media_id: str, alt: str) -> None:
        """POST /2/media/metadata: the words for who cannot see the picture."""
        words = {"id": media_id, "metadata": {"alt_text": {"text": alt}}}
        self._make_request("POST", "/2/media/metadata", json=words, user_auth=self.signed)

    def _bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.bearer_token}"}

    def _signature(self) -> Any:
        keys = (self.consumer_key, self.consumer_secret, self.access_token, self.access_token_secret)
        return tweepy.OAuth1UserHandler(*keys).apply_auth()


class X:
    """One account on X. Costs money per call: see docs.x.com, pricing."""

    network: ClassVar[str] = "x"
    capabilities: ClassVar[Capabilities] = Capabilities(
        text_limit=LIMITS["x"],
        max_pictures=4,
        picture_types=("image/jpeg", "image/png", "image/webp"),
        max_picture_bytes=5_000_000,
        max_alt=1000,
        metrics_batch=100,
        has_duplicate_guard=True,
        post_insights=PRIVATE,
    )

    def __init__(self, config: Config, credentials: Credentials, *, handle: str = "", external_id: str = "") -> None:
        self.www = config.x_www
        self.handle = handle.removeprefix("@")
        self.credentials = credentials
        self.client = XClient(config, credentials)
        self.external_id = external_id or _id_in(credentials)

    @classmethod
    def for_app(cls, config: Config) -> X:
        """Reads public metrics for posts of any channel with the app's own key; may do nothing else."""
        return cls(config, Credentials(kind="app", token=config.x_bearer_token))

    def verify(self) -> Identity:
        fields = {"user_fields": ["protected"], "user_auth": self.client.signed}
        person, access = self._ask(partial(self._me, fields))
        problems = []
        if access == "read":
            problems.append("This login may only read. Allow the app to post, then connect again.")
        if self.credentials.kind == "oauth2":
            missing = [scope for scope in SCOPES if scope not in self.credentials.scopes]
            problems += [f"The permission {scope} is missing. Connect again and allow it." for scope in missing]
        if person.get("protected") is True:
            problems.append("The account is protected: the public cannot see its posts.")
        return Identity(str(person["id"]), str(person["username"]), str(person["name"]), tuple(problems))

    def profile(self) -> Profile:
        asked = {"user_fields": PROFILE_FIELDS, "user_auth": self.client.signed}
        return self._ask(lambda: _profile(self._me(asked)[0]))

    def stage(self, picture: Picture) -> Staged:
        """Nothing is public until the post, so a lost answer is Unreachable, never Doubtful."""
        staged = self._ask(partial(self._upload, picture))
        if picture.alt:
            self._ask(partial(self.client.describe_picture, staged.remote_id, picture.alt))
        return staged

    def publish(self, outgoing: Outgoing) -> Published:
        post_id = self._ask(partial(self._create, outgoing), write=True)
        return Published(post_id, self._permalink(post_id))

    def limits(self) -> tuple[Limit, ...]:
        return x_limits(self.client.session.last)

    def find(self, *, since: datetime) -> tuple[Found, ...]:
        found: list[Found] = []
        page: str | None = None
        owner = self.external_id or self.verify().external_id
        while True:
            posts, page = self._ask(partial(self._timeline, owner, since, page))
            found += posts
            if page is None:
                return tuple(sorted(found, key=lambda post: post.created_at, reverse=True))

    def look(self, remote_id: str) -> Shown | None:
        return self._ask(partial(self._shown, remote_id))

    def remove(self, remote_id: str) -> None:
        """Already gone counts as removed. Doubtful means: look whether it is still there; removing again is safe."""
        try:
            removed = self._ask(partial(self._delete, remote_id), write=True)
        except (Refused, Doubtful) as failure:
            if failure.status in (GONE, NO_CONTENT):
                return
            raise
        if not removed:
            raise Refused("X did not take the post down.", code="not-deleted", status=200)

    def metrics(self, remote_ids: Sequence[str]) -> Mapping[str, Metrics | None]:
        """An id X says nothing about is left out: unknown, not gone. One call for every hundred ids."""
        found: dict[str, Metrics | None] = {}
        for start in range(0, len(remote_ids), PAGE_SIZE):
            found |= self._ask(partial(self._counts, list(remote_ids[start : start + PAGE_SIZE])))
        return found

    @property
    def insights_version(self) -> str:
        return "2"

    def insights(self, remote_ids: Sequence[str], metrics: Sequence[str]) -> Mapping[str, Insights | None]:
        """One call for every hundred ids. An id X says nothing about is left out; a field it refuses is unknown."""
        found: dict[str, Insights | None] = {}
        for start in range(0, len(remote_ids), PAGE_SIZE):
            found |= self._ask(partial(self._private, list(remote_ids[start : start + PAGE_SIZE]), metrics))
        return found

    def account_insights(self, metrics: Sequence[str], *, day: date) -> Insights:
        """X tells nothing of a whole account."""
        return Insights(dict.fromkeys(metrics))

    def followers(self, external_ids: Sequence[str]) -> Mapping[str, int]:
        """One call for every hundred accounts."""
        found: dict[str, int] = {}
        for start in range(0, len(external_ids), PAGE_SIZE):
            found |= self._ask(partial(self._followers, list(external_ids[start : start + PAGE_SIZE])))
        return found

    def _ask(self, call: Callable[[], Answered], *, write: bool = False) -> Answered:
        return ask(self.client.session, x_failure, call, write=write)

    def _permalink(self, post_id: str) -> str:
        return f"{self.www}/{self.handle}/status/{post_id}" if self.handle else f"{self.www}/i/web/status/{post_id}"

    # What follows runs inside `ask`: a misshapen answer raises KeyError, TypeError or ValueError and is classified.

    def _me(self, fields: Mapping[str, Any]) -> tuple[dict[str, Any], str]:
        person = self.client.get_me(**fields)["data"]
        _ = person["id"], person["username"], person["name"]
        return person, str(self.client.session.answered.headers.get("x-access-level", ""))

    def _upload(self, picture: Picture) -> Staged:
        uploaded = self.client.upload_picture(picture)
        if (uploaded.get("processing_info") or {}).get("state") == "failed":
            raise Refused("X could not read the picture.", code="InvalidMedia", status=200)
        now = answered_at(self.client.session.answered)
        seconds = uploaded.get("expires_after_secs")
        expires = now + timedelta(seconds=int(seconds)) if now and seconds else None
        return Staged(_number(uploaded["id"]), expires)

    def _create(self, outgoing: Outgoing) -> str:
        media = [picture.remote_id for picture in outgoing.pictures] or None
        text = outgoing.text or None
        return _number(self.client.create_tweet(text=text, media_ids=media, user_auth=self.client.signed)["data"]["id"])

    def _delete(self, remote_id: str) -> bool:
        return self.client.delete_tweet(remote_id, user_auth=self.client.signed)["data"]["deleted"] is True

    def _timeline(self, owner: str, since: datetime, page: str | None) -> tuple[list[Found], str | None]:
        answer = self.client.get_users_tweets(
            owner,
            start_time=since,
            max_results=PAGE_SIZE,
            pagination_token=page,
            tweet_fields=["created_at", "entities", "attachments"],
            user_auth=self.client.signed,
        )
        if answer.get("errors"):
            raise ValueError("incomplete timeline")
        return [self._found(post) for post in answer.get("data", ())], answer["meta"].get("next_token")

    def _found(self, post: Mapping[str, Any]) -> Found:
        post_id = _number(post["id"])
        pictures = len((post.get("attachments") or {}).get("media_keys", ()))
        created = datetime.fromisoformat(post["created_at"]).astimezone(UTC)
        return Found(post_id, self._permalink(post_id), sent_text(post), pictures, created)

    def _shown(self, remote_id: str) -> Shown | None:
        answer = self.client.get_tweets(
            [remote_id],
            tweet_fields=["created_at", "entities", "attachments"],
            expansions=["attachments.media_keys"],
            media_fields=["alt_text"],
            user_auth=self.client.signed,
        )
        if not answer.get("data"):
            _require_told(answer, remote_id)
            return None
        (post,) = answer["data"]
        found = self._found(post)
        words = {media["media_key"]: media.get("alt_text") for media in (answer.get("includes") or {}).get("media", ())}
        keys = (post.get("attachments") or {}).get("media_keys", ())
        return Shown(found.remote_id, found.permalink, found.text, tuple(map(words.get, keys)), found.created_at)

    def _followers(self, ids: list[str]) -> dict[str, int]:
        answer = self.client.get_users(ids=ids, user_fields=["public_metrics"], user_auth=self.client.signed)
        return {str(one["id"]): int(one["public_metrics"]["followers_count"]) for one in answer.get("data", ())}

    def _counts(self, ids: list[str]) -> dict[str, Metrics | None]:
        answer = self.client.get_tweets(ids, tweet_fields=["public_metrics"], user_auth=self.client.signed)
        missing: dict[str, Metrics | None] = dict.fromkeys(_missing(answer))
        return missing | {str(post["id"]): _metrics(post["public_metrics"]) for post in answer.get("data", ())}

    def _private(self, ids: list[str], metrics: Sequence[str]) -> dict[str, Insights | None]:
        fields = sorted({metric.partition(".")[0] for metric in metrics})
        answer = self.client.get_tweets(ids, tweet_fields=fields, user_auth=self.client.signed)
        missing: dict[str, Insights | None] = dict.fromkeys(_missing(answer))
        told = {
            str(post["id"]): Insights({metric: _count_in(post, metric) for metric in metrics})
            for post in answer.get("data", ())
        }
        return missing | told


def _missing(answer: Mapping[str, Any]) -> list[str]:
    """The posts that X says it does not have; an error about a field is none about its post."""
    errors = (error for error in answer.get("errors", ()) if "field" not in error)
    return [str(error.get("resource_id") or error.get("value")) for error in errors]


def _count_in(post: Mapping[str, Any], metric: str) -> int | None:
    field, _, name = metric.partition(".")
    count = (post.get(field) or {}).get(name)
    return None if count is None else int(count)


def sent_text(post: Mapping[str, Any]) -> str:
    """A timeline's text as it was sent: short links expanded, the pictures' own link dropped, `&amp;` undone."""
    links = {link["url"]: link for link in (post.get("entities") or {}).get("urls", ())}

    def expand(match: re.Match[str]) -> str:
        link = links.get(match.group())
        if link is None:
            return match.group()
        target = str(link.get("expanded_url") or link["url"])
        shown = _MEDIA_LINK.search(target)
        # Only the post's own pictures: a link to somebody else's picture is part of the words.
        own = shown is not None and shown.group(1) == str(post["id"])
        return "" if "media_key" in link or own else target

    text = _SHORT_LINK.sub(expand, str(post["text"]))
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").rstrip()


def _require_told(answer: Mapping[str, Any], remote_id: str) -> None:
    """Raises ValueError unless X itself says that it does not have the post: silence is no absence."""
    missing = {str(error.get("resource_id") or error.get("value")) for error in answer.get("errors", ())}
    if remote_id not in missing:
        raise ValueError("neither the post nor a word about it")


def _profile(person: Mapping[str, Any]) -> Profile:
    """X shortens every address of a profile; `entities` says what stood there."""
    entities = person.get("entities") or {}
    inside = (entities.get("description") or {}).get("urls") or []
    beside = (entities.get("url") or {}).get("urls") or []
    bio = str(person.get("description") or "")
    for link in inside:
        bio = bio.replace(str(link["url"]), str(link.get("expanded_url") or link["url"]))
    links = [str(link.get("expanded_url") or link["url"]) for link in (*beside, *inside)]
    picture = str(person.get("profile_image_url") or "")
    return Profile(
        str(person["id"]), str(person["username"]), str(person["name"]), bio, tuple(links),
        has_picture=bool(picture) and GREY not in picture,
    )  # fmt: skip


def _metrics(counts: Mapping[str, Any]) -> Metrics:
    return Metrics(
        impressions=counts.get("impression_count"),
        reactions=counts.get("like_count"),
        replies=counts.get("reply_count"),
        shares=_sum(counts.get("retweet_count"), counts.get("quote_count")),
        raw=dict(counts),
    )


def _sum(first: int | None, second: int | None) -> int | None:
    return None if first is None or second is None else first + second


def _number(value: object) -> str:
    """A post's or picture's id. Raises ValueError when it is none."""
    if not (isinstance(value, str | int) and str(value).isdecimal()):
        raise ValueError("no id in the answer")
    return str(value)


def _id_in(credentials: Credentials) -> str:
    """An OAuth 1.0a token begins with the account's id, which saves a priced call."""
    number, dash, _ = credentials.token.partition("-")
    return number if credentials.kind == "oauth1" and dash and number.isdecimal() else ""
