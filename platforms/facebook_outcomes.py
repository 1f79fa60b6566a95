"""Facebook's answers, row by row of its error table, as what the house does next.

The HTTP status is not reliable there: the error's code decides, then the status.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

import requests

from platforms.base import Limit
from platforms.errors import LoginExpired, PlatformError, Refused, Throttled
from platforms.outcomes import answered_at, body, minutes_after, no_answer, quote, read_json_header, unclear

RECONNECT = "Connect the Page again."
TOKEN = {102, 190}
PERMISSION = {3, 10, *range(200, 300)}
THROTTLE = {4, 17, 32, 341, 613, *range(80000, 80015)}
SERVICE = {1, 2}
DUPLICATE = 506
BLOCKED = 368
# Facebook stops the Page or the person behind it, whatever the post says.
ACCOUNT = {BLOCKED, 1404078, 1404112, 4854002}
REQUEST_TIMEOUT = 408
STOP_AT = 90  # per cent of a limit: the rest is for people who answer residents
A_SHARE_COUNTS = timedelta(minutes=5)

LOST: dict[int, str] = {
    458: "The person who connected this Page has removed our app.",
    459: "Facebook wants the person who connected this Page to sign in there and confirm something.",
    460: "The person who connected this Page has changed their Facebook password.",
    463: "The login for this Page has expired.",
    464: "Facebook wants the person who connected this Page to confirm their account.",
    467: "The login for this Page is no longer valid.",
}
# Seen in the field; the code beside them says less.
TOO_FAST = 1390008
ALREADY_POSTED = 1366051
TEMPORARY = {1363047, 1609010}
REFUSALS: dict[int, str] = {
    1366046: "Facebook says the picture is too large.",
    1346003: "Facebook says the post looks abusive.",
    1404102: "Facebook says the post looks abusive.",
    1404078: "Facebook wants the Page to complete its publishing authorisation.",
    1404112: "Facebook has limited the account behind this Page.",
    4854002: "Facebook wants the person behind this Page to confirm their identity.",
    1609005: "Facebook could not open the link in the post.",
}


def facebook_failure(answer: requests.Response | None, error: Exception, *, write: bool) -> PlatformError:
    """The class of platforms.errors that a failed Graph call is. Never Doubtful unless `write`."""
    if answer is None:
        return no_answer("Facebook", error, write=write)
    problem = graph_error(answer)
    if problem:
        return _by_code(answer, problem, write=write)
    return _by_status(answer, write=write)


def graph_error(answer: requests.Response) -> dict[str, Any]:
    """The `error` object of an answer, or an empty one."""
    found = body(answer).get("error")
    return found if isinstance(found, dict) else {}


def _by_code(answer: requests.Response, problem: dict[str, Any], *, write: bool) -> PlatformError:
    code, subcode, status = _number(problem.get("code")), _number(problem.get("error_subcode")), answer.status_code
    name = f"{code}/{subcode}" if subcode else str(code)
    if {code, subcode} & TEMPORARY:
        return unclear("Facebook", "had a temporary problem", code=name, status=status, write=write)
    if code in TOKEN:
        reason = LOST.get(subcode, "Facebook no longer accepts the login for this Page.")
        return LoginExpired(f"{reason} {RECONNECT}", code=name, status=status)
    if code in THROTTLE or subcode == TOO_FAST:
        reason = "Facebook asks us to wait before the next call."
        return Throttled(reason, retry_at=minutes_after(answer, _wait(answer)), code=name, status=status)
    if (refusal := _refusal(code, subcode, problem)) is not None:
        reason, duplicate = refusal
        account = bool({code, subcode} & ACCOUNT) and not duplicate
        return Refused(reason, code=name, status=status, duplicate=duplicate, account=account)
    if code in PERMISSION:
        reason = f"The login for this Page lost a permission it needs. {RECONNECT}"
        return LoginExpired(reason, code=name, status=status)
    if code in SERVICE or problem.get("is_transient") is True or status >= 500:
        return unclear("Facebook", f"answered with an error ({name})", code=name, status=status, write=write)
    return Refused(f"Facebook refused this: {_words(problem)}", code=name, status=status)


def _refusal(code: int, subcode: int, problem: dict[str, Any]) -> tuple[str, bool] | None:
    """Reason and whether it says 'already posted', where nothing was created for a reason of content or policy."""
    if code == DUPLICATE or subcode == ALREADY_POSTED:
        return "Facebook says this was already posted.", True
    reason = REFUSALS.get(subcode) or REFUSALS.get(code)
    if reason:
        return reason, False
    if code == BLOCKED:
        said = f"{problem.get('message')} {problem.get('error_user_msg')}".lower()
        if "already posted" in said:
            return "Facebook says this was already posted.", True
        return "Facebook has stopped this Page from posting for a while.", False
    return (f"Facebook refused this: {_words(problem)}", False) if code == 100 else None


def _by_status(answer: requests.Response, *, write: bool) -> PlatformError:
    status = answer.status_code
    if status == 401:
        return LoginExpired(f"Facebook no longer accepts the login for this Page. {RECONNECT}", code="401", status=401)
    if status == 429:
        wait = minutes_after(answer, _wait(answer))
        return Throttled("Facebook asks us to wait before the next call.", retry_at=wait, code="429", status=429)
    if 400 <= status < 500 and status != REQUEST_TIMEOUT:
        return Refused(f"Facebook refused this ({status}).", code=str(status), status=status)
    what = "gave an answer that cannot be read" if answer.ok else f"answered with an error ({status})"
    return unclear("Facebook", what, code=str(status), status=status, write=write)


def _wait(answer: requests.Response) -> float:
    """Minutes until access is regained, 0 when Facebook does not say."""
    return max(_estimates(answer), default=0)


def _estimates(answer: requests.Response) -> Iterator[float]:
    for entries in read_json_header(answer, "x-business-use-case-usage").values():
        for entry in entries if isinstance(entries, list) else ():
            minutes = entry.get("estimated_time_to_regain_access") if isinstance(entry, dict) else None
            if isinstance(minutes, int | float):
                yield float(minutes)


def facebook_limits(answer: requests.Response | None) -> tuple[Limit, ...]:
    """Facebook tells shares of a limit, not calls: what is left up to the share at which we stop by ourselves.

    Its own window slides, so a share counts for a few minutes, or for as long as it says itself.
    """
    if answer is None or (now := answered_at(answer)) is None:
        return ()
    until = minutes_after(answer, _wait(answer)) or now + A_SHARE_COUNTS
    page = [entry for entries in read_json_header(answer, "x-business-use-case-usage").values() for entry in entries]
    app = [read_json_header(answer, "x-app-usage")]
    used = ((_used(page), False), (_used(app), True))
    return tuple(Limit(max(0, STOP_AT - share), until, everyone) for share, everyone in used if share is not None)


def _used(entries: Iterable[Any]) -> int | None:
    """The highest share in per cent, None when nothing was said."""
    names = ("call_count", "total_time", "total_cputime")
    said = [entry.get(name) for entry in entries if isinstance(entry, dict) for name in names]
    return max((int(share) for share in said if isinstance(share, int | float)), default=None)


def _number(value: object) -> int:
    return int(value) if isinstance(value, int | str) and str(value).lstrip("-").isdigit() else 0


def _words(problem: dict[str, Any]) -> str:
    return quote(problem.get("error_user_msg") or problem.get("message") or "no reason")
