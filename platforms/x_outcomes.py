"""X's answers, row by row of its error table, as what the house does next."""

from __future__ import annotations

from datetime import datetime

import requests

from platforms.base import Limit
from platforms.errors import LoginExpired, PlatformError, Refused, Throttled
from platforms.outcomes import body, from_unix, no_answer, quote, unclear

DUPLICATE = "duplicate content"
CAPPED = ("usage-capped", "usagecapexceeded", "usage cap")
# Windows that X reports besides the endpoint's own; when one is used up its reset is the one that counts.
DAILY = ("x-app-limit-24hour", "x-user-limit-24hour")
REQUEST_TIMEOUT = 408
SUSPENDED = "user-suspended"

FORBIDDEN: dict[str, tuple[type[PlatformError], str]] = {
    "oauth1-permissions": (LoginExpired, "The login for X may only read. Connect the account again."),
    "unsupported-authentication": (Refused, "X does not accept this kind of login for this call."),
    "client-forbidden": (Refused, "X does not let our app make this call."),
}


def x_failure(answer: requests.Response | None, error: Exception, *, write: bool) -> PlatformError:
    """The class of platforms.errors that a failed X call is. Never Doubtful unless `write`."""
    if answer is None:
        return no_answer("X", error, write=write)
    status = answer.status_code
    if status == 401:
        return LoginExpired("X no longer accepts this login. Connect the account again.", code="401", status=status)
    if status == 402:
        return Throttled("The credit with X is used up.", everyone=True, code=_kind(answer), status=status)
    if status == 403:
        return _forbidden(answer)
    if status == 429:
        return _throttled(answer)
    if 400 <= status < 500 and status != REQUEST_TIMEOUT:
        return Refused(f"X refused this: {_words(answer)}", code=_kind(answer), status=status)
    what = "gave an answer that cannot be read" if answer.ok else f"answered with an error ({status})"
    return unclear("X", what, code=str(status), status=status, write=write)


def _forbidden(answer: requests.Response) -> PlatformError:
    kind, words = _kind(answer), _words(answer)
    if DUPLICATE in answer.text.lower():
        return Refused("X says this was already posted.", code="duplicate", status=403, duplicate=True)
    if kind == SUSPENDED:
        return Refused("X has suspended this account.", code=kind, status=403, account=True)
    if kind in FORBIDDEN:
        outcome, reason = FORBIDDEN[kind]
        return outcome(reason, code=kind, status=403)
    return Refused(f"X refused this: {words}", code=kind, status=403)


def _throttled(answer: requests.Response) -> Throttled:
    if any(mark in answer.text.lower() for mark in CAPPED):
        reason = "The console has used all it may ask of X this month."
        return Throttled(reason, everyone=True, code="usage-capped", status=429)
    reset, everyone = _reset(answer)
    reason = "X asks us to wait before the next call."
    return Throttled(reason, retry_at=reset, everyone=everyone, code="429", status=429)


def _reset(answer: requests.Response) -> tuple[datetime | None, bool]:
    for window in DAILY:
        if answer.headers.get(f"{window}-remaining") == "0":
            return from_unix(answer.headers.get(f"{window}-reset")), window == DAILY[0]
    return from_unix(answer.headers.get("x-rate-limit-reset")), False


def x_limits(answer: requests.Response | None) -> tuple[Limit, ...]:
    """The endpoint's own window, and the daily ones of account and app."""
    if answer is None:
        return ()
    windows = {"x-rate-limit": False, DAILY[0]: True, DAILY[1]: False}
    found = []
    for window, everyone in windows.items():
        left, resets_at = (
            answer.headers.get(f"{window}-remaining", ""),
            from_unix(answer.headers.get(f"{window}-reset")),
        )
        if left.isdecimal() and resets_at is not None:
            found.append(Limit(int(left), resets_at, everyone))
    return tuple(found)


def _kind(answer: requests.Response) -> str:
    """The last part of the problem's address, the old numeric code, or the status."""
    found = body(answer)
    kind = str(found.get("type") or "").rpartition("/")[2]
    if kind and kind != "about:blank":
        return kind
    errors = found.get("errors")
    first = errors[0] if isinstance(errors, list) and errors and isinstance(errors[0], dict) else found
    return str(first.get("code") or answer.status_code)


def _words(answer: requests.Response) -> str:
    found = body(answer)
    errors = found.get("errors")
    first = errors[0] if isinstance(errors, list) and errors and isinstance(errors[0], dict) else {}
    return quote(
        first.get("message") or found.get("detail") or found.get("message") or found.get("title") or "no reason"
    )
