from __future__ import annotations

import logging
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from platforms.base import Credentials
from platforms.config import Config
from platforms.redaction import TALKATIVE, RedactSecrets, quieten, scrub
from platforms.x import X


@pytest.mark.parametrize(
    "line",
    [
        "Headers: {'Authorization': 'Bearer s3cret-value'}",
        "authorization: Basic s3cret-value==",
        'Authorization: OAuth oauth_consumer_key="k", oauth_token="s3cret-value", oauth_signature="a%2Bb"',
        "GET /v25.0/me?fields=id&access_token=s3cret-value HTTP/1.1",
        "https://graph.facebook.com/v25.0/me?access_token=s3cret-value",
        "Max retries exceeded with url: /v25.0/1?appsecret_proof=s3cret-value (Caused by",
        "{'access_token': 's3cret-value', 'a': 1}",
        '{"refresh_token":"s3cret-value"}',
        "oauth_token=a&oauth_token_secret=s3cret-value",
        "body b'client_secret=s3cret-value'",
        "token sbx_s3cret-value seen",
        "token 1750000000000000001-sbx_s3cret-value seen",
        "set-cookie: s3cret-value",
    ],
)
def test_no_secret_stays_in_a_line(line: str) -> None:
    assert "s3cret-value" not in scrub(line)


@pytest.mark.parametrize(
    "line",
    ["Delivery 12 is published.", "Is it open? Yes = today", "code=190 subcode=463", "POST /2/tweets 201", "3 > 2"],
)
def test_ordinary_lines_stay_as_they_are(line: str) -> None:
    assert scrub(line) == line


@given(st.text(max_size=200))
def test_scrubbing_twice_changes_nothing_more(line: str) -> None:
    assert scrub(scrub(line)) == scrub(line)


def logged(write: object) -> str:
    sink = StringIO()
    handler = logging.StreamHandler(sink)
    handler.addFilter(RedactSecrets())
    logger = logging.getLogger("tests.redaction")
    logger.addHandler(handler)
    logger.propagate = False
    try:
        write(logger)  # type: ignore[operator]
    finally:
        logger.removeHandler(handler)
    return sink.getvalue()


def test_arguments_and_tracebacks_are_cleaned_too() -> None:
    def write(logger: logging.Logger) -> None:
        logger.warning("asked %s", "https://x.example/?token=s3cret-value")
        try:
            raise ConnectionError("url: /me?access_token=s3cret-value")
        except ConnectionError:
            logger.exception("failed with Bearer %s", "s3cret-value")

    shown = logged(write)
    assert "s3cret-value" not in shown
    assert "ConnectionError" in shown


def test_the_libraries_never_log_at_debug(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logging.getLogger(), "level", logging.DEBUG)
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.DEBUG)
    quieten()
    assert not any(logging.getLogger(f"{name}.client").isEnabledFor(logging.DEBUG) for name in TALKATIVE)


def test_credentials_and_keys_do_not_show_themselves() -> None:
    login = Credentials("oauth2", "s3cret-value", "s3cret-value", "s3cret-value")
    config = Config(x_consumer_secret="s3cret-value", x_bearer_token="s3cret-value", facebook_app_secret="s3cret-value")
    assert "s3cret-value" not in f"{login!r} {config!r} {X(config, login)!r}"
