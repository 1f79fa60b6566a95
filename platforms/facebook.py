"""Facebook Pages: facebook-sdk's own client on our session, and one Page's voice through it."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any, ClassVar, TypeVar
from urllib.parse import parse_qsl, urlencode, urlsplit

import facebook

from platforms import facebook_insights
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
from platforms.config import Config
from platforms.errors import LoginExpired, Refused
from platforms.facebook_insights import NOT_THERE
from platforms.facebook_outcomes import facebook_failure, facebook_limits
from platforms.links import find_urls
from platforms.outcomes import ask
from platforms.session import open_session
from platforms.text import LIMITS

Answered = TypeVar("Answered")

NEEDED = ("pages_manage_posts", "pages_read_engagement")
PAGE_SIZE = 100
BATCH = 50
PACIFIC_DAY = timedelta(hours=33)  # from midnight UTC until that day has ended on the Pacific coast too
COUNTS = "shares,comments.limit(0).summary(true),reactions.limit(0).summary(true)"
PROFILE_FIELDS = "id,name,username,about,description,website,picture{is_silhouette}"
POST_FIELDS = "id,message,created_time,permalink_url,attachments{media_type,subattachments}"
PHOTO = "media_type,target{id}"
SHOWN_FIELDS = f"id,message,created_time,permalink_url,attachments{{{PHOTO},subattachments{{{PHOTO}}}}}"
SECRETS = ("access_token", "appsecret_proof")


class PageGraph(facebook.GraphAPI):  # type: ignore[misc]
    """facebook-sdk's client with a living Graph version, a proof of the app's secret, and strict answers.

    Every request raises platforms.errors; nothing but a 2xx JSON answer without `error` is a result.
    """

    def __init__(self, config: Config, token: str | None = None) -> None:
        session = open_session(config)
        super().__init__(access_token=token, session=session)
        self.version = f"v{config.graph_version}"
        self.www = config.facebook_www
        self.app_id, self.app_secret = config.facebook_app_id, config.facebook_app_secret

    def request(
        self,
        path: str,
        args: Mapping[str, Any] | None = None,
        post_args: Mapping[str, Any] | None = None,
        files: Mapping[str, Any] | None = None,
        method: str | None = None,
    ) -> Any:
        """Staging a picture is no write: it stays unseen, so trying again is harmless."""
        query, form = dict(args or {}), dict(post_args) if post_args is not None else None
        self._prove(query, form)
        write = (form is not None or method == "DELETE") and files is None
        call = partial(self._strict, path, query, form, files, method)
        return ask(self.session, facebook_failure, call, write=write)

    def get_auth_url(self, app_id: str, canvas_url: str, perms: Sequence[str] | None = None, **kwargs: Any) -> str:
        """The dialog's address, at the configured host and version."""
        asked = {"client_id": app_id, "redirect_uri": canvas_url, "scope": ",".join(perms or ()), **kwargs}
        return f"{self.www}/{self.version}/dialog/oauth?{urlencode(asked)}"

    def get_pages(self, parent: str, connection: str, **args: Any) -> Iterator[dict[str, Any]]:
        """Every item of a connection, by cursor. (The parent class's own walk needs a token in the `next` link.)"""
        seen: set[str] = set()
        while True:
            answer = self.get_connections(parent, connection, **args)
            yield from answer["data"]
            following = (answer.get("paging") or {}).get("next")
            if not following:
                return
            if following in seen:
                raise ValueError("the list goes round in circles")
            seen.add(following)
            args |= {name: value for name, value in parse_qsl(urlsplit(following).query) if name not in SECRETS}

    def _strict(
        self,
        path: str,
        args: dict[str, Any],
        post_args: dict[str, Any] | None,
        files: Mapping[str, Any] | None,
        method: str | None,
    ) -> Any:
        result = super().request(path, args=args, post_args=post_args, files=files, method=method)
        if not self.session.answered.ok:
            raise ValueError("an error status with a body that names no error")
        return result

    def _prove(self, query: dict[str, Any], form: dict[str, Any] | None) -> None:
        """appsecret_proof beside the token, wherever the parent class puts that."""
        place = form if form else query
        token = place.get("access_token") or query.get("access_token") or self.access_token
        if token and self.app_secret:
            digest = hmac.new(self.app_secret.encode(), str(token).encode(), hashlib.sha256).hexdigest()
            place["appsecret_proof"] = digest


class Facebook:
    """One Page on Facebook."""

    network: ClassVar[str] = "facebook"
    capabilities: ClassVar[Capabilities] = Capabilities(
        text_limit=LIMITS["facebook"],
        max_pictures=10,
        picture_types=("image/jpeg", "image/png"),
        max_picture_bytes=4_000_000,
        max_alt=1000,
        metrics_batch=BATCH,
        has_duplicate_guard=False,
        post_insights=facebook_insights.POST,
        account_insights=facebook_insights.PAGE,
    )

    def __init__(self, config: Config, credentials: Credentials, *, handle: str = "", external_id: str = "") -> None:
        self.graph = PageGraph(config, credentials.token)
        self.handle = handle
        self.external_id = external_id

    def verify(self) -> Identity:
        page = self._read(lambda: _with_id(self.graph.get_object("me", fields="id,name,username")))
        about = self._read(self._debug)
        if about.get("is_valid") is not True:
            raise LoginExpired(
                "Facebook no longer accepts the login for this Page. Connect the Page again.", code="190"
            )
        problems = [] if about.get("type") == "PAGE" else ["This is a person's login, not a Page's."]
        granted = about.get("scopes") or ()
        problems += [f"The permission {scope} is missing. Connect again and allow it." for scope in missing_of(granted)]
        return Identity(str(page["id"]), str(page.get("username") or ""), str(page.get("name") or ""), tuple(problems))

    def profile(self) -> Profile:
        return self._read(lambda: _profile(_with_id(self.graph.get_object("me", fields=PROFILE_FIELDS))))

    def stage(self, picture: Picture) -> Staged:
        """As an unpublished photo of the Page, with its alt text."""
        words = {"published": "false"} | ({"alt_text_custom": picture.alt} if picture.alt else {})
        image = (picture.name, picture.data, picture.mime)
        upload = partial(self.graph.put_photo, image, album_path=f"{self._page()}/photos", **words)
        return Staged(str(self._read(lambda: _with_id(upload()))["id"]))

    def publish(self, outgoing: Outgoing) -> Published:
        form = {"message": outgoing.text} if outgoing.text else {}
        if outgoing.pictures:
            form["attached_media"] = json.dumps([{"media_fbid": picture.remote_id} for picture in outgoing.pictures])
        create = partial(self.graph.put_object, self._page(), "feed", **form)
        post = self._ask(lambda: _with_id(create()), write=True)
        return Published(str(post["id"]), self._permalink(str(post["id"])))

    def limits(self) -> tuple[Limit, ...]:
        return facebook_limits(self.graph.session.last)

    def find(self, *, since: datetime) -> tuple[Found, ...]:
        moment = int(since.timestamp())
        pages = partial(self.graph.get_pages, self._page(), "published_posts", fields=POST_FIELDS, limit=PAGE_SIZE)
        found = self._read(lambda: [self._found(post) for post in pages(since=moment)])
        recent = (post for post in found if post.created_at.timestamp() >= moment)
        return tuple(sorted(recent, key=lambda post: post.created_at, reverse=True))

    def look(self, remote_id: str) -> Shown | None:
        """The post, then the words of each of its photos: a call for each."""
        try:
            post = self._read(lambda: _with_id(self.graph.get_object(remote_id, fields=SHOWN_FIELDS)))
        except Refused as failure:
            if failure.code in NOT_THERE:
                return None
            raise
        found = self._read(lambda: self._found(post))
        alts = tuple(self._alt_of(photo) for photo in _photos(post))
        return Shown(found.remote_id, found.permalink, found.text, alts, found.created_at)

    def _alt_of(self, photo: str) -> str | None:
        node = self._read(lambda: _with_id(self.graph.get_object(photo, fields="id,alt_text_custom")))
        words = node.get("alt_text_custom")
        return str(words) if words else None

    def remove(self, remote_id: str) -> None:
        """Already gone counts as removed. Doubtful means: look whether it is still there; removing again is safe."""
        try:
            answer = self._ask(partial(self.graph.delete_object, remote_id), write=True)
        except Refused as failure:
            if failure.code not in NOT_THERE:
                raise
            self._read(lambda: _with_id(self.graph.get_object(self._page(), fields="id")))
            return  # "not there" also means "not yours"; the Page answered, so the login is alive and it is gone
        if not (isinstance(answer, dict) and answer.get("success") is True):
            raise Refused("Facebook did not take the post down.", code="not-deleted", status=200)

    def metrics(self, remote_ids: Sequence[str]) -> Mapping[str, Metrics | None]:
        """Node counts, at most fifty ids a call. One bad id fails a whole call, which is then asked id by id."""
        found: dict[str, Metrics | None] = {}
        for start in range(0, len(remote_ids), BATCH):
            ids = list(remote_ids[start : start + BATCH])
            try:
                found |= self._read(partial(self._counts, ids))
            except Refused:
                found |= {post_id: self._counts_of(post_id) for post_id in ids}
        return found

    def followers(self, external_ids: Sequence[str]) -> Mapping[str, int]:
        """A call for each Page: its own login sees it alone."""
        return {page: self._read(partial(self._followers, page)) for page in external_ids}

    @property
    def insights_version(self) -> str:
        return str(self.graph.version)

    def insights(self, remote_ids: Sequence[str], metrics: Sequence[str]) -> Mapping[str, Insights | None]:
        """A call for each post. What is found retired is not asked again for the rest."""
        found: dict[str, Insights | None] = {}
        living = list(metrics)
        for post_id in remote_ids:
            found[post_id] = one = self._insights_of(post_id, living)
            living = [name for name in living if one is None or name not in one.retired]
        return found

    def account_insights(self, metrics: Sequence[str], *, day: date) -> Insights:
        """Facebook's days are the Pacific coast's: this one is over at 9 UTC on the next."""
        since = datetime.combine(day, time(), UTC)
        bounds = [int(moment.timestamp()) for moment in (since, since + PACIFIC_DAY)]
        span = {"period": "day", "since": bounds[0], "until": bounds[1]}

        def of_page(names: Sequence[str]) -> Mapping[str, int | None]:
            return self._read(
                lambda: facebook_insights.values(self._insights(self._page(), names, **span), names, day=day)
            )

        return facebook_insights.read(of_page, metrics)

    def _insights_of(self, post_id: str, metrics: Sequence[str]) -> Insights | None:
        def of_post(names: Sequence[str]) -> Mapping[str, int | None]:
            return self._read(lambda: facebook_insights.values(self._insights(post_id, names), names))

        try:
            return facebook_insights.read(of_post, metrics) if metrics else Insights()
        except Refused as failure:
            if failure.code in NOT_THERE:
                return None
            raise

    def _insights(self, owner: str, names: Sequence[str], **span: Any) -> Any:
        return self.graph.get_connections(owner, "insights", metric=",".join(names), **span)

    def _followers(self, page: str) -> int:
        return int(self.graph.get_object(page, fields="id,followers_count")["followers_count"])

    def _page(self) -> str:
        self.external_id = self.external_id or self.verify().external_id
        return self.external_id

    def _permalink(self, post_id: str) -> str:
        page, _, post = post_id.rpartition("_")
        return f"{self.graph.www}/{page}/posts/{post}" if page else f"{self.graph.www}/{post_id}"

    def _read(self, call: Callable[[], Answered]) -> Answered:
        return self._ask(call, write=False)

    def _ask(self, call: Callable[[], Answered], *, write: bool) -> Answered:
        """PageGraph asks already; this also classifies an answer that has the wrong shape."""
        return ask(self.graph.session, facebook_failure, call, write=write)

    def _debug(self) -> dict[str, Any]:
        about: dict[str, Any] = self.graph.debug_access_token(
            self.graph.access_token, self.graph.app_id, self.graph.app_secret
        )["data"]
        return about

    def _found(self, post: Mapping[str, Any]) -> Found:
        post_id = str(post["id"])
        link = str(post.get("permalink_url") or self._permalink(post_id))
        created = datetime.strptime(post["created_time"], "%Y-%m-%dT%H:%M:%S%z").astimezone(UTC)
        return Found(post_id, link, str(post.get("message") or ""), _pictures(post), created)

    def _counts(self, ids: list[str]) -> dict[str, Metrics | None]:
        nodes = self.graph.get_objects(ids, fields=COUNTS)
        return {post_id: _metrics(nodes[post_id]) for post_id in ids}

    def _counts_of(self, post_id: str) -> Metrics | None:
        try:
            return self._read(lambda: _metrics(self.graph.get_object(post_id, fields=COUNTS)))
        except Refused as failure:
            if failure.code in NOT_THERE:
                return None
            raise


def missing_of(granted: Sequence[str]) -> list[str]:
    """The permissions publishing needs that were not granted."""
    return [scope for scope in NEEDED if scope not in granted]


def _profile(page: Mapping[str, Any]) -> Profile:
    """A Page introduces itself twice, short and long; its picture is a silhouette until it has one."""
    said = [str(page[name]) for name in ("about", "description") if page.get(name)]
    links = [str(page["website"])] if page.get("website") else []
    links += [text[start:end] for text in said for start, end in find_urls(text)]
    picture = (page.get("picture") or {}).get("data") or {}
    names = str(page.get("username") or ""), str(page.get("name") or "")
    return Profile(str(page["id"]), *names, "\n".join(said), tuple(links), picture.get("is_silhouette") is False)


def _pictures(post: Mapping[str, Any]) -> int:
    attached = (post.get("attachments") or {}).get("data", ())
    inside = [len((item.get("subattachments") or {}).get("data", ())) for item in attached]
    return sum(count or int(item.get("media_type") == "photo") for item, count in zip(attached, inside, strict=True))


def _photos(post: Mapping[str, Any]) -> list[str]:
    """The ids of its photos in order."""
    attached = (post.get("attachments") or {}).get("data", ())
    parts = [part for item in attached for part in ((item.get("subattachments") or {}).get("data") or [item])]
    return [str(part["target"]["id"]) for part in parts if part.get("media_type") == "photo"]


def _metrics(node: Mapping[str, Any]) -> Metrics:
    """Facebook leaves `shares` out of a node that has none: there, absent is zero."""
    return Metrics(
        reactions=_total(node, "reactions"),
        replies=_total(node, "comments"),
        shares=int((node.get("shares") or {"count": 0})["count"]),
        raw={name: node[name] for name in ("shares", "comments", "reactions") if name in node},
    )


def _total(node: Mapping[str, Any], name: str) -> int | None:
    count = ((node.get(name) or {}).get("summary") or {}).get("total_count")
    return None if count is None else int(count)


def _with_id(answer: Any) -> dict[str, Any]:
    """Raises ValueError unless the answer names what was made."""
    if not (isinstance(answer, dict) and answer.get("id")):
        raise ValueError("no id in the answer")
    return answer
