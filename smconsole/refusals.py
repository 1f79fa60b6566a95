"""Expected answers in the log: a line each, no traceback."""

from __future__ import annotations

import logging

UNREADY = "/readyz"
APART = 60.0  # seconds between two lines that say "not ready"


class Brief(logging.Filter):
    """For every handler, before the one that writes tracebacks down.

    An answer below 500 is something a person or a browser did, never a fault of ours. "Not ready" is asked for every
    few seconds while the console starts: one warning a minute is enough. A 500 keeps its traceback.
    """

    last_unready = 0.0

    def filter(self, record: logging.LogRecord) -> bool:
        status = getattr(record, "status_code", None)
        if status is not None and status < 500:
            record.exc_info = record.exc_text = None
        if status != 503 or getattr(getattr(record, "request", None), "path", "") != UNREADY:
            return True
        record.levelno, record.levelname = logging.WARNING, "WARNING"
        recent = 0 <= record.created - self.last_unready < APART
        self.last_unready = self.last_unready if recent else record.created
        return not recent
