"""The same two clients posting, with nothing of the console around them. A job comes in, the moments go out."""

from __future__ import annotations

import json
import os
import sys
import time
from typing import Any

from platforms.base import Credentials, Outgoing
from platforms.config import Config
from platforms.registry import open_network


def main(job: dict[str, Any]) -> dict[str, float]:
    config = Config.from_env(os.environ)
    work = [(item["network"], item["handle"], item["id"], _login(item), item["text"]) for item in job["work"]]
    time.sleep(max(0.0, job["start"] - time.time()))
    for network, handle, external_id, login, text in work:
        open_network(config, network, login, handle=handle, external_id=external_id).publish(Outgoing(text))
    return {"ended": time.time()}


def _login(item: dict[str, Any]) -> Credentials:
    return Credentials(kind=item["kind"], token=item["token"], secret=item["secret"])


if __name__ == "__main__":
    print(json.dumps(main(json.load(sys.stdin))))
