"""How the Graph API says no."""

from __future__ import annotations

import secrets
from typing import Any

from sandbox.wire import Refusal, Reply, json_reply

GRAPH_JSON = "application/json; charset=UTF-8"


def problem(
    message: str, code: int, *, subcode: int = 0, status: int = 400, kind: str = "OAuthException", **extra: Any
) -> Reply:
    error: dict[str, Any] = {"message": message, "type": kind, "code": code, **extra}
    if subcode:
        error["error_subcode"] = subcode
    return json_reply({"error": {**error, "fbtrace_id": "A" + secrets.token_urlsafe(16)}}, status, GRAPH_JSON)


def refuse(message: str, code: int, **more: Any) -> Refusal:
    return Refusal(problem(message, code, **more))


def parameter(message: str, **more: Any) -> Refusal:
    return refuse(f"(#100) {message}", 100, **more)


def unknown_object(object_id: str, method: str = "get") -> Refusal:
    message = (
        f"Unsupported {method.lower()} request. Object with ID '{object_id}' does not exist, cannot be loaded due to "
        "missing permissions, or does not support this operation. Please read the Graph API documentation at "
        "https://developers.facebook.com/docs/graph-api"
    )
    return refuse(message, 100, subcode=33, kind="GraphMethodException")


def permission(name: str) -> Refusal:
    return refuse(f"(#200) Requires {name} permission to manage the object", 200, status=403)


SESSION_ENDED = {
    "458": "Error validating access token: The user has not authorized application.",
    "460": "Error validating access token: The session has been invalidated because the user changed their password.",
    "463": "Error validating access token: Session has expired.",
    "467": "The access token is invalid since the user has logged out.",
}


def token_refused(subcode: str = "") -> Refusal:
    message = SESSION_ENDED.get(subcode, "Invalid OAuth access token - Cannot parse access token")
    return refuse(message, 190, subcode=int(subcode or 0), status=401)


def duplicate() -> Reply:
    return problem(
        "Duplicate status message",
        506,
        subcode=1455006,
        error_user_title="Duplicate Status Update",
        error_user_msg="This status update is identical to the last one you posted. Try posting something different.",
        is_transient=False,
    )


def throttled(code: int = 4) -> Reply:
    return problem(f"(#{code}) Application request limit reached", code, status=403, is_transient=True)


def service(code: int = 2, status: int = 500) -> Reply:
    return problem(
        "An unexpected error has occurred. Please retry your request later.", code, status=status, is_transient=True
    )


def unknown_path(path: str) -> Reply:
    return problem(f"Unknown path components: {path}", 2500)
