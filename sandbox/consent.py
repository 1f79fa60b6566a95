"""What the connect pages of both networks share: which address may be returned to, and how one gets there."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

from sandbox.wire import Reply, redirect
from sandbox.world import World


def may_return_to(world: World, url: str) -> bool:
    """Any loopback address over http, or one that the switch `redirect_urls` names exactly."""
    parts = urlsplit(url)
    local = parts.scheme == "http" and parts.hostname in {"127.0.0.1", "localhost"} and not parts.fragment
    return local or url in world.flag("redirect_urls")


def send_back(url: str, fragment: str = "", **answer: str) -> Reply:
    joint = "&" if urlsplit(url).query else "?"
    return redirect(f"{url}{joint}{urlencode(answer)}{fragment}")
