"""Requests that were signed beforehand, sent as fast as the sandbox answers: what it can take alone."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import os
import sys
import threading
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import requests
from requests_oauthlib import OAuth1

Prepared = tuple[str, bytes, dict[str, str]]


def main(job: dict[str, Any]) -> dict[str, float]:
    channels = job["channels"]
    ready = [_prepare(channels[number % len(channels)], f"Sent ahead {number}") for number in range(job["posts"])]
    waiting, lock, failed = iter(ready), threading.Lock(), list[int]()
    hands = [threading.Thread(target=_send, args=(waiting, lock, failed)) for _ in range(job["hands"])]
    began = time.monotonic()
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    if failed:
        raise SystemExit(f"{len(failed)} posts were refused, the first with {failed[0]}")
    return {"posts_per_s": len(ready) / (time.monotonic() - began)}


def _prepare(channel: dict[str, Any], text: str) -> Prepared:
    """One create request, byte for byte as it will leave."""
    if channel["network"] == "x":
        keys = (os.environ["X_CONSUMER_KEY"], os.environ["X_CONSUMER_SECRET"], channel["token"], channel["secret"])
        url = f"{os.environ['X_API_BASE_URL']}/2/tweets"
        made = requests.Request("POST", url, json={"text": text}, auth=OAuth1(*keys)).prepare()
    else:
        secret = os.environ["FACEBOOK_APP_SECRET"].encode()
        proof = hmac.new(secret, channel["token"].encode(), hashlib.sha256).hexdigest()
        form = {"message": text, "access_token": channel["token"], "appsecret_proof": proof}
        url = f"{os.environ['FACEBOOK_GRAPH_BASE_URL']}/v25.0/{channel['id']}/feed"
        made = requests.Request("POST", url, data=form).prepare()
    body = made.body if isinstance(made.body, bytes) else str(made.body).encode()
    headers = {name: value.decode() if isinstance(value, bytes) else value for name, value in made.headers.items()}
    return made.path_url, body, headers


def _send(waiting: Iterator[Prepared], lock: threading.Lock, failed: list[int]) -> None:
    connection = http.client.HTTPConnection(urlsplit(os.environ["SANDBOX_URL"]).netloc)
    while True:
        with lock:
            ready = next(waiting, None)
        if ready is None:
            return
        path, body, headers = ready
        connection.request("POST", path, body=body, headers=headers)
        answer = connection.getresponse()
        answer.read()
        if not 200 <= answer.status < 300:
            failed.append(answer.status)


if __name__ == "__main__":
    print(json.dumps(main(json.load(sys.stdin))))
