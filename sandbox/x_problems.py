"""How X says no: problem documents of the v2 interface and numbered errors of the OAuth 1.0a one."""

from __future__ import annotations

from typing import Any

from sandbox.wire import Refusal, Reply, json_reply

PROBLEMS = "https://api.twitter.com/2/problems/"
DUPLICATE = "You are not allowed to create a Tweet with duplicate content."


def problem(status: int, title: str, detail: str = "", kind: str = "about:blank", **extra: Any) -> Reply:
    return json_reply({"title": title, "detail": detail or title, "type": kind, "status": status, **extra}, status)


def refuse(status: int, title: str, detail: str = "", kind: str = "about:blank", **extra: Any) -> Refusal:
    return Refusal(problem(status, title, detail, kind, **extra))


def numbered(status: int, code: int, message: str) -> Reply:
    return json_reply({"errors": [{"code": code, "message": message}]}, status)


def unauthorized() -> Refusal:
    return refuse(401, "Unauthorized")


def forbidden(detail: str = "Forbidden") -> Refusal:
    return refuse(403, "Forbidden", detail)


def suspended() -> Refusal:
    detail = "The user used for authentication is suspended"
    return refuse(403, "Forbidden", detail, PROBLEMS + "user-suspended")


def invalid(parameter: str, value: Any, message: str) -> Refusal:
    """400 in the shape of v2; `parameter` is what was wrong with the request."""
    error = {"parameters": {parameter: [value]}, "message": message}
    body = {
        "errors": [error],
        "title": "Invalid Request",
        "detail": "One or more parameters to your request was invalid.",
        "type": PROBLEMS + "invalid-request",
    }
    return Refusal(json_reply(body, 400))


def too_many(shape: str = "problem") -> Reply:
    """429 in one of the two documented shapes."""
    if shape == "numbered":
        return numbered(429, 88, "Rate limit exceeded")
    return problem(429, "Too Many Requests")


def credits_depleted(account: str) -> Reply:
    detail = "Your enrolled account does not have any credits to fulfill this request."
    return problem(402, "CreditsDepleted", detail, PROBLEMS + "credits", account_id=account)


def unknown_path() -> Reply:
    return problem(404, "Not Found")


def missing(resource: str, parameter: str, value: str) -> dict[str, Any]:
    """One entry of `errors` in an otherwise successful answer."""
    return {
        "value": value,
        "detail": f"Could not find {resource} with {parameter}: [{value}].",
        "title": "Not Found Error",
        "resource_type": resource,
        "parameter": parameter,
        "resource_id": value,
        "type": PROBLEMS + "resource-not-found",
    }


def field_refused(value: str, field: str) -> dict[str, Any]:
    return {
        "resource_id": value,
        "field": field,
        "parameter": "id",
        "resource_type": "tweet",
        "section": "data",
        "detail": f"Sorry, you are not authorized to access '{field}' on the Tweet with ids : [{value}].",
        "title": "Field Authorization Error",
        "type": PROBLEMS + "not-authorized-for-field",
    }
