"""Structured logs: an event and a few known facts, never a text, a token, an address with its query, or a name.

Only the keys in `KNOWN` are written, whoever logs what. In service a line is JSON; embedded it is plain.
"""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import Any

import structlog
from django.http import HttpRequest
from django_structlog.middlewares import RequestMiddleware

from platforms.redaction import scrub

# What may stand beside an event. Ids, states, counts and durations; no words that a person wrote.
KNOWN = (
    "request", "code", "request_id", "user_id", "task", "delivery", "post", "channel", "network", "state", "was",
    "removal", "hold", "level_of_hold", "report", "seconds", "count", "notices", "trouble",
)  # fmt: skip


def configure() -> None:
    """structlog hands its events to the standard handlers, whose filters and formatter have the last word."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.filter_by_level,
            structlog.stdlib.render_to_log_kwargs,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


class Structured(logging.Formatter):
    """One record, one line: time, level, logger, event, and the known facts. shape: "json" or "plain"."""

    def __init__(self, shape: str = "json", **kwargs: Any) -> None:
        super().__init__()
        self.shape = shape

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        said = {name: vars(record).get(name) for name in KNOWN}
        # Django hangs the whole request on its records; its words are an address with its query.
        facts = {name: _plain(value) for name, value in said.items() if isinstance(value, str | int | float)}
        head = {"at": at, "level": record.levelname, "logger": record.name, "event": scrub(record.getMessage())}
        trace = record.exc_text or (scrub(self.formatException(record.exc_info)) if record.exc_info else "")
        if self.shape == "json":
            return json.dumps({**head, **facts, **({"trace": trace} if trace else {})}, ensure_ascii=False)
        line = " ".join([*head.values(), *(f"{name}={value}" for name, value in facts.items())])
        return f"{line}\n{trace}" if trace else line


def _plain(value: str | int | float) -> str | int | float:
    return scrub(value)[:200] if isinstance(value, str) else value


class Requests(RequestMiddleware):
    """One line per answered request, with the pattern of its address: a private feed's key stands in the address."""

    def format_request(self, request: HttpRequest) -> str:
        match = request.resolver_match
        return f"{request.method} /{match.route}" if match else f"{request.method} (no such address)"

    def bind_user_id(self, request: HttpRequest) -> None:
        """Only where the person is known already: a log line asks the database nothing."""
        user = getattr(request, "_cached_user", None)
        if user is not None and user.pk is not None:
            structlog.contextvars.bind_contextvars(user_id=user.pk)
