"""Keeps secrets out of the log: no bearer, no signature, no query string, no token, whoever logs."""

from __future__ import annotations

import logging
import re

REMOVED = "[removed]"
# At DEBUG these print request headers, whole URLs and bodies.
TALKATIVE = ("tweepy", "oauthlib", "requests_oauthlib", "urllib3")

_NAMES = (
    "access_token|refresh_token|input_token|fb_exchange_token|oauth_token_secret|oauth_token|oauth_verifier|"
    "oauth_signature|oauth_consumer_key|client_secret|code_verifier|appsecret_proof|set-cookie|cookie"
)
_RULES = (
    (re.compile(r"(?i)\b(bearer|basic)\s+[^\s\"',;}]+"), rf"\1 {REMOVED}"),
    (re.compile(r"(?i)\b(oauth)\s+(?:[\w-]+=\"[^\"]*\"(?:,\s*)?)+"), rf"\1 {REMOVED}"),
    (re.compile(r"\?[^\s\"'<>?]*=[^\s\"'<>]*"), f"?{REMOVED}"),
    (re.compile(rf"(?i)\b({_NAMES})(b?[\"']?\s*[=:]\s*b?[\"']?)[^\s&\"',;}}]+"), rf"\1\2{REMOVED}"),
    (re.compile(r"(/feed/)[\w-]{16,}"), rf"\1{REMOVED}"),  # the key of a private calendar stands in its address
    (re.compile(r"(?:\b\d+-)?\bsbx_[\w-]+|\bEAA[A-Za-z0-9]{16,}"), REMOVED),
)


def scrub(text: str) -> str:
    """`text` without anything that looks like a secret."""
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text


class RedactSecrets(logging.Filter):
    """For every handler. Rewrites the record, so what is formatted later is clean too."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = scrub(record.getMessage()), ()
        if record.exc_info:
            record.exc_text = scrub(logging.Formatter().formatException(record.exc_info))
        return True


def quieten() -> None:
    """Never let the client libraries log below INFO."""
    for name in TALKATIVE:
        logger = logging.getLogger(name)
        logger.setLevel(max(logger.getEffectiveLevel(), logging.INFO))
