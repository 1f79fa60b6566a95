"""Which networks there are. Adding one is its file, a line here, and its units in platforms/text.py."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from platforms.base import Capabilities, Connector, Credentials, Network
from platforms.config import Config
from platforms.facebook import Facebook
from platforms.facebook_connect import FacebookDialog
from platforms.x import X
from platforms.x_connect import XOAuth1, XOAuth2

NETWORKS: Mapping[str, type[X] | type[Facebook]] = {"x": X, "facebook": Facebook}
CONNECTORS: Mapping[str, Callable[[Config], Connector]] = {
    "x": XOAuth1,
    "x-oauth2": XOAuth2,
    "facebook": FacebookDialog,
}

# Where one call with the app's own key reads the numbers of any channel's posts.
APP_READERS: Mapping[str, Callable[[Config], Network]] = {"x": X.for_app}


def open_network(
    config: Config, network: str, credentials: Credentials, *, handle: str = "", external_id: str = ""
) -> Network:
    """One channel's voice, for one task. Raises KeyError for a network we do not have."""
    return NETWORKS[network](config, credentials, handle=handle, external_id=external_id)


def open_connector(config: Config, key: str) -> Connector:
    """The connect pages by key of CONNECTORS ("x" is OAuth 1.0a)."""
    return CONNECTORS[key](config)


def capabilities(network: str) -> Capabilities:
    return NETWORKS[network].capabilities
