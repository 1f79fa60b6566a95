"""Where the networks are and which app we are there, from the environment alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

X_API = "https://api.x.com"
X_WWW = "https://x.com"
GRAPH = "https://graph.facebook.com"
FACEBOOK_WWW = "https://www.facebook.com"


@dataclass(frozen=True)
class Config:
    """Base URLs without a trailing slash, and the keys of the one app per network."""

    x_api: str = X_API
    x_www: str = X_WWW
    x_consumer_key: str = field(default="", repr=False)
    x_consumer_secret: str = field(default="", repr=False)
    x_client_id: str = field(default="", repr=False)
    x_client_secret: str = field(default="", repr=False)
    x_bearer_token: str = field(default="", repr=False)
    graph: str = GRAPH
    facebook_www: str = FACEBOOK_WWW
    facebook_app_id: str = field(default="", repr=False)
    facebook_app_secret: str = field(default="", repr=False)
    graph_version: str = "25.0"
    # Seconds to wait for the answer to a write; None is the session's own long patience.
    write_timeout: float | None = None

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Config:
        return cls(
            x_api=env.get("X_API_BASE_URL", X_API).rstrip("/"),
            x_www=env.get("X_WWW_BASE_URL", X_WWW).rstrip("/"),
            x_consumer_key=env.get("X_CONSUMER_KEY", ""),
            x_consumer_secret=env.get("X_CONSUMER_SECRET", ""),
            x_client_id=env.get("X_CLIENT_ID", ""),
            x_client_secret=env.get("X_CLIENT_SECRET", ""),
            x_bearer_token=env.get("X_BEARER_TOKEN", ""),
            graph=env.get("FACEBOOK_GRAPH_BASE_URL", GRAPH).rstrip("/"),
            facebook_www=env.get("FACEBOOK_WWW_BASE_URL", FACEBOOK_WWW).rstrip("/"),
            facebook_app_id=env.get("FACEBOOK_APP_ID", ""),
            facebook_app_secret=env.get("FACEBOOK_APP_SECRET", ""),
            graph_version=env.get("FACEBOOK_GRAPH_VERSION", "25.0").removeprefix("v"),
            write_timeout=float(env["NETWORK_WRITE_TIMEOUT"]) if env.get("NETWORK_WRITE_TIMEOUT") else None,
        )

    @property
    def sandboxed(self) -> bool:
        """True when every base URL has left the real hosts."""
        real = {X_API, X_WWW, GRAPH, FACEBOOK_WWW}
        return not real & {self.x_api, self.x_www, self.graph, self.facebook_www}
