"""What a failed call means for the house: one function per network, the last answer before the exception.

The libraries' own exceptions cannot be trusted: tweepy's constructor fails on a list or a null, facebook-sdk
calls an HTML page a message and a 500 with `{}` a success. So the answer on the wire decides, and the exception
only where there was no answer.
"""

from __future__ import annotations

import json
import ssl
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Protocol, TypeVar

import facebook
import requests
import tweepy
import urllib3

from platforms.errors import Doubtful, PlatformError, Unreachable
from platforms.redaction import scrub
from platforms.session import RoutedSession

Answered = TypeVar("Answered")

ON_THE_WAY = (requests.RequestException, urllib3.exceptions.HTTPError)
IN_THE_PARSER = (
    tweepy.TweepyException,
    facebook.GraphAPIError,
    AttributeError,
    TypeError,
    LookupError,
    ValueError,
    RecursionError,
)
NEVER_SENT = (
    requests.ConnectTimeout,
    requests.exceptions.InvalidURL,
    requests.exceptions.InvalidSchema,
    requests.exceptions.MissingSchema,
    requests.exceptions.InvalidHeader,
)
NEVER_CONNECTED = (urllib3.exceptions.NewConnectionError, urllib3.exceptions.ConnectTimeoutError)
HANDSHAKE = (
    "HANDSHAKE",
    "CERTIFICATE_VERIFY",
    "WRONG_VERSION",
    "UNSUPPORTED_PROTOCOL",
    "PROTOCOL_VERSION",
    "HTTP_REQUEST",
)
LONGEST_QUOTE = 200


class Classify(Protocol):
    def __call__(self, answer: requests.Response | None, error: Exception, *, write: bool) -> PlatformError: ...


def ask(session: RoutedSession, classify: Classify, call: Callable[[], Answered], *, write: bool) -> Answered:
    """Make one call, its reading of the answer included, and raise only PlatformError when it fails.

    write: the call makes something public or takes it away, so no trustworthy answer means Doubtful.
    The library's exception is dropped, not chained: it can hold a URL with a token in it.
    """
    session.last = None
    try:
        return call()
    except ON_THE_WAY as error:
        failure = classify(session.last, error, write=write)
    except IN_THE_PARSER as error:
        if session.last is None:
            raise  # nothing was asked, so this is our own mistake
        failure = classify(session.last, error, write=write)
    raise failure


def no_answer(network: str, error: Exception, *, write: bool) -> PlatformError:
    """No answer came. Unreachable when nothing can have left this machine."""
    if isinstance(error, NEVER_SENT) or any(_before_sending(cause) for cause in _causes(error)):
        return Unreachable(f"{network} could not be reached. Nothing was sent.", code=type(error).__name__)
    return unclear(network, "did not answer", code=type(error).__name__, write=write)


def unclear(network: str, what: str, *, write: bool, code: str = "", status: int | None = None) -> PlatformError:
    if write:
        return Doubtful(f"{network} {what}. It may have been done all the same.", code=code, status=status)
    return Unreachable(f"{network} {what}.", code=code, status=status)


def body(answer: requests.Response) -> dict[str, Any]:
    """The answer's JSON object, or an empty one. Of a list, its first object."""
    try:
        found = answer.json()
    except (ValueError, RecursionError):
        return {}
    if isinstance(found, list):
        found = next((item for item in found if isinstance(item, dict)), {})
    return found if isinstance(found, dict) else {}


def quote(words: object) -> str:
    """The network's own words, made safe to show: one line, short, without secrets."""
    text = scrub(" ".join(str(words or "").split()))
    return text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"


def answered_at(answer: requests.Response) -> datetime | None:
    """The network's own clock when it answered."""
    try:
        moment = parsedate_to_datetime(answer.headers.get("date", ""))
    except (TypeError, ValueError):
        return None
    return moment.astimezone(UTC) if moment.tzinfo else None


def minutes_after(answer: requests.Response, minutes: float) -> datetime | None:
    start = answered_at(answer)
    return start + timedelta(minutes=minutes) if start and minutes > 0 else None


def from_unix(seconds: str | None) -> datetime | None:
    try:
        return datetime.fromtimestamp(int(seconds or ""), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def read_json_header(answer: requests.Response, name: str) -> Mapping[str, Any]:
    try:
        found = json.loads(answer.headers.get(name, "{}"))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The exception and everything wrapped in it: requests keeps urllib3's in `args`, urllib3 in `reason`.

    Not `__context__`: that may be another call's failure, handled while this one was made.
    """
    seen: set[int] = set()
    waiting: list[object] = [error]
    while waiting:
        cause = waiting.pop()
        if isinstance(cause, BaseException) and id(cause) not in seen:
            seen.add(id(cause))
            yield cause
            waiting += [*cause.args, getattr(cause, "reason", None)]


def _before_sending(cause: BaseException) -> bool:
    if isinstance(cause, NEVER_CONNECTED):
        return True
    return isinstance(cause, ssl.SSLError) and any(mark in str(cause.reason or "") for mark in HANDSHAKE)
