"""The sandbox's control interface, as far as the demonstration needs it."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any
from urllib.request import Request, urlopen

from platforms.base import Credentials, Identity
from platforms.config import Config

RULES = "https://www.met.police.uk/house-rules"
BIO = "{}. Not for reporting crime: call 101, or 999 in an emergency. House rules: www.met.police.uk/house-rules"


class Simulation:
    """Only for base URLs that lead to a sandbox: raises ValueError for anything else."""

    def __init__(self, config: Config) -> None:
        if not config.sandboxed or not config.x_api.startswith("http://127.0.0.1:"):
            raise ValueError("The demonstration only ever speaks to a sandbox on this machine.")
        self._base = f"{config.x_api.removesuffix('/x')}/_sandbox"
        self._shifted = timedelta(0)

    def open_account(self, *, network: str, handle: str, name: str) -> Identity:
        shown = {"about": BIO.format(name), "link": RULES, "picture": True}
        made = self._post("accounts", {"network": network, "handle": handle, "name": name, **shown})
        return Identity(external_id=str(made["id"]), handle=str(made["handle"]), name=str(made["name"]))

    def credentials(self, *, network: str, account: str) -> Credentials:
        kind = "oauth1" if network == "x" else "page"
        minted = self._post("tokens", {"network": network, "account": account, "kind": kind})
        return Credentials(kind=kind, token=str(minted["token"]), secret=str(minted.get("secret", "")))

    def be_followed(self, account: str, followers: int) -> None:
        self._post(f"accounts/{account}", {"followers": followers})

    def be_at(self, moment: datetime, *, now: datetime) -> None:
        """Set the sandbox's clock to `moment`; `be_at(now, now=now)` brings it back."""
        wanted = moment - now
        self._post("clock", {"advance_s": (wanted - self._shifted).total_seconds()})
        self._shifted = wanted

    def fail(self, rule: dict[str, Any]) -> None:
        self._post("faults", rule)

    def _post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        headers = {"content-type": "application/json"}
        request = Request(f"{self._base}/{path}", json.dumps(body).encode(), headers)  # noqa: S310  loopback, checked above
        with urlopen(request, timeout=10) as answer:  # noqa: S310
            return dict(json.loads(answer.read()))
