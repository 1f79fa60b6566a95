"""Connecting an account on X: OAuth 1.0a and OAuth 2.0 with PKCE, and renewing the second.

Plain calls on our session instead of tweepy's handlers: those wrap every failure into one exception whose text is
the answer's body, set no timeout, and refuse a base URL that is not https.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlencode

from requests.auth import HTTPBasicAuth
from requests_oauthlib import OAuth1

from platforms.base import Credentials, Grant, Identity, Pending
from platforms.config import X_API, Config
from platforms.errors import Declined, LoginExpired, Refused
from platforms.outcomes import answered_at, ask, quote
from platforms.session import RoutedSession, open_session
from platforms.x import SCOPES, X
from platforms.x_outcomes import x_failure

DECLINED = "The connection was cancelled on X."


class XOAuth1:
    """OAuth 1.0a: the token does not expire, so nobody has to renew it for an unattended account."""

    network: ClassVar[str] = "x"

    def __init__(self, config: Config) -> None:
        self.config = config
        self.session = open_session(config)

    def begin(self, *, callback_url: str, state: str) -> Pending:
        auth = OAuth1(self.config.x_consumer_key, self.config.x_consumer_secret, callback_uri=callback_url)
        token = ask(self.session, x_failure, partial(self._form, "request_token", auth), write=False)
        if token.get("oauth_callback_confirmed") != "true":
            raise Refused("X did not confirm our address for coming back.", code="callback")
        url = f"{self.config.x_api}/oauth/authorize?{urlencode({'oauth_token': token['oauth_token']})}"
        return Pending(url, {"state": state, "token": token["oauth_token"], "secret": token["oauth_token_secret"]})

    def finish(self, *, keep: Mapping[str, str], params: Mapping[str, str], callback_url: str) -> tuple[Grant, ...]:
        """The identity is what X says beside the token, which saves a priced call; `verify` says more."""
        if params.get("denied"):
            raise Declined(DECLINED)
        if not hmac.compare_digest(params.get("oauth_token", "").encode(), keep["token"].encode()):
            raise Refused("This answer from X belongs to another connection. Start again.", code="token-mismatch")
        auth = OAuth1(
            self.config.x_consumer_key,
            self.config.x_consumer_secret,
            keep["token"],
            keep["secret"],
            verifier=params.get("oauth_verifier", ""),
        )
        token = ask(self.session, x_failure, partial(self._form, "access_token", auth), write=False)
        handle = token.get("screen_name", "")
        person = Identity(token.get("user_id") or token["oauth_token"].partition("-")[0], handle, handle)
        return (Grant(person, Credentials("oauth1", token["oauth_token"], token["oauth_token_secret"])),)

    def _form(self, endpoint: str, auth: OAuth1) -> dict[str, str]:
        answer = self.session.request("POST", f"{X_API}/oauth/{endpoint}", auth=auth)
        answer.raise_for_status()
        fields = {name: values[0] for name, values in parse_qs(answer.text, strict_parsing=True).items()}
        _ = fields["oauth_token"], fields["oauth_token_secret"]
        return fields


class XOAuth2:
    """OAuth 2.0 with PKCE: least privilege, two hours, renewed with a single-use refresh token."""

    network: ClassVar[str] = "x"

    def __init__(self, config: Config) -> None:
        self.config = config
        self.session = open_session(config)

    def begin(self, *, callback_url: str, state: str) -> Pending:
        verifier = secrets.token_urlsafe(64)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        asked = {
            "response_type": "code",
            "client_id": self.config.x_client_id,
            "redirect_uri": callback_url,
            "scope": " ".join(SCOPES),
            "state": state,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        return Pending(
            f"{self.config.x_www}/i/oauth2/authorize?{urlencode(asked)}", {"state": state, "verifier": verifier}
        )

    def finish(self, *, keep: Mapping[str, str], params: Mapping[str, str], callback_url: str) -> tuple[Grant, ...]:
        """`expires_at` follows X's own clock and is None when X does not send it. The code lives thirty seconds."""
        if params.get("error") == "access_denied":
            raise Declined(DECLINED)
        if params.get("error") or not params.get("code"):
            raise Refused(f"X did not connect the account: {quote(params.get('error'))}", code="authorize")
        form = {
            "grant_type": "authorization_code",
            "code": params["code"],
            "redirect_uri": callback_url,
            "code_verifier": keep["verifier"],
        }
        pair = ask(self.session, x_failure, partial(_exchange, self.session, self.config, form), write=False)
        credentials = _credentials(pair, answered_at(self.session.answered), Credentials("oauth2", ""))
        return (Grant(X(self.config, credentials).verify(), credentials),)


def refresh(config: Config, credentials: Credentials, now: datetime) -> Credentials:
    """A new pair for an "oauth2" login. The old one is dead at once: save the new one before using it.

    Raises LoginExpired (a person must connect again), Throttled, Unreachable (try again later) or Doubtful: X may
    have replaced the pair and the answer was lost. Callers hold a lock per channel.
    """
    if not credentials.refresh_token:
        raise LoginExpired("This login cannot be renewed. Connect the account again.", code="no-refresh-token")
    form = {"grant_type": "refresh_token", "refresh_token": credentials.refresh_token}
    session = open_session(config)
    try:
        pair = ask(session, x_failure, partial(_exchange, session, config, form), write=True)
    except Refused as failure:
        if failure.status is None:
            raise  # refused by our own session, nothing was sent
        reason = "X no longer accepts this login. Connect the account again."
        raise LoginExpired(reason, code=failure.code, status=failure.status) from None
    return _credentials(pair, now, credentials)


def revoke(config: Config, credentials: Credentials) -> None:
    """End an "oauth2" login at X: what renews it first, then what speaks. Raises like every call."""
    session = open_session(config)
    for token in filter(None, (credentials.refresh_token, credentials.token)):
        ask(session, x_failure, partial(_revoke, session, config, token), write=False)


def _revoke(session: RoutedSession, config: Config, token: str) -> None:
    auth = HTTPBasicAuth(config.x_client_id, config.x_client_secret) if config.x_client_secret else None
    form = {"token": token} | ({} if auth else {"client_id": config.x_client_id})
    session.request("POST", f"{X_API}/2/oauth2/revoke", data=form, auth=auth).raise_for_status()


def _exchange(session: RoutedSession, config: Config, form: dict[str, str]) -> dict[str, Any]:
    """A confidential app proves itself with Basic, a public one names itself in the form."""
    auth = HTTPBasicAuth(config.x_client_id, config.x_client_secret) if config.x_client_secret else None
    named = form | ({} if auth else {"client_id": config.x_client_id})
    answer = session.request("POST", f"{X_API}/2/oauth2/token", data=named, auth=auth)
    answer.raise_for_status()
    pair: dict[str, Any] = answer.json()
    if not (isinstance(pair["access_token"], str) and pair["access_token"]):
        raise ValueError("no token in the answer")
    return pair


def _credentials(pair: Mapping[str, Any], now: datetime | None, old: Credentials) -> Credentials:
    seconds = pair.get("expires_in")
    return Credentials(
        kind="oauth2",
        token=pair["access_token"],
        refresh_token=str(pair.get("refresh_token") or old.refresh_token),
        expires_at=now + timedelta(seconds=int(seconds)) if now and seconds else None,
        scopes=tuple(str(pair.get("scope") or "").split()) or old.scopes,
    )
