"""Keeps secrets out of the logs."""

from __future__ import annotations

import logging
import re

_SECRETS = re.compile(r"(?i)(bearer\s+|access_token=|oauth_token=|oauth_signature=|code=)[^\s&\"',]+|(?<=\?)[^\s\"']+")


class Redact(logging.Filter):
    """Blanks bearer tokens and query strings in what is about to be written."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = _SECRETS.sub(lambda hit: f"{hit.group(1) or ''}[hidden]", record.getMessage())
        record.args = ()
        return True
