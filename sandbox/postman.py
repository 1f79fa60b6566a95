"""Delivers webhooks in a thread of its own: nobody who posts waits for whoever listens."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import threading
from urllib.parse import urlsplit

from sandbox import faults, hooks
from sandbox.mishaps import Fault
from sandbox.store import Row
from sandbox.wire import Reply, Request, json_reply
from sandbox.world import World

GAPS_S = (1, 5, 30)  # Facebook goes on for 36 hours
HELD_S = 30  # what is to arrive out of order waits so long for something to be behind
POLL_S = 0.2  # while something is outstanding or planned
SENDING = threading.Lock()


class Postman(threading.Thread):
    """Sleeps until somebody listens and something has happened."""

    def __init__(self, world: World) -> None:
        super().__init__(name="postman", daemon=True)
        self.world = world
        self.stopped = False

    def run(self) -> None:
        while not self.stopped:
            busy = self.world.listened_to and self._has_letters()
            self.world.bell.wait(POLL_S if busy else None)
            self.world.bell.clear()
            if self.world.listened_to and not self.stopped:
                deliver(self.world)

    def stop(self) -> None:
        self.stopped = True
        self.world.bell.set()
        if self.is_alive():
            self.join(2)

    def _has_letters(self) -> bool:
        return bool(self.world.store.row("SELECT 1 FROM letters WHERE outcome = '' LIMIT 1"))


def flush(world: World, request: Request) -> Reply:
    """POST /webhooks/flush: everything outstanding, now and in one go; answers how many deliveries were taken.

    Runs outside any transaction: whoever listens may ask the sandbox something meanwhile.
    """
    return json_reply({"delivered": deliver(world, hurry=True)})


def deliver(world: World, *, hurry: bool = False) -> int:
    """Everything that is due; hurry: delayed and held ones and those to be tried again too. Returns how many arrived.

    One thread at a time, so that order means something.
    """
    with SENDING:
        done, arrived = set[int](), 0
        while letter := _next(world, done, hurry=hurry):
            arrived += _handle(world, letter, hurry=hurry)
            done.add(letter["id"])
        held = [row for row in hooks.outstanding(world, world.now()) if hurry and row["held"]]
        return arrived + sum(_send(world, row) for row in held)


def _next(world: World, done: set[int], *, hurry: bool) -> Row | None:
    """What another overtook comes as soon as it has been overtaken, though it was looked at before."""
    now = world.now()
    for row in hooks.outstanding(world, now):
        ready = row["id"] not in done or row["overtaken"]
        if ready and not (row["held"] and hurry) and (row["due_at"] <= now or hurry):
            return row
    return None


def _handle(world: World, letter: Row, *, hurry: bool) -> int:
    """What its fault makes of it, the first time; then on its way."""
    if not letter["met"]:
        fault = faults.pick_for_hook(world, letter["page"])
        world.store.run("UPDATE letters SET met = 1 WHERE id = ?", letter["id"])
        if fault is not None and not _goes_on(world, letter, fault, hurry=hurry):
            return 0
    row = world.store.row("SELECT * FROM letters WHERE id = ?", letter["id"])
    return _send(world, row) if row else 0


def _goes_on(world: World, letter: Row, fault: Fault, *, hurry: bool) -> bool:
    """Note what the fault wants. False: nothing is sent for the time being, or ever."""
    action, now = fault.action, world.now()
    wrong_key, copies = int(bool(action.get("bad_signature"))), 1 + int(fault.number("duplicate"))
    sql = "UPDATE letters SET fault = ?, wrong_key = ?, copies = ? WHERE id = ?"
    world.store.run(sql, fault.id, wrong_key, copies, letter["id"])
    if action.get("drop"):
        world.store.run("UPDATE letters SET outcome = 'dropped' WHERE id = ?", letter["id"])
        return False
    if action.get("reorder"):
        world.store.run("UPDATE letters SET held = 1, due_at = ? WHERE id = ?", now + HELD_S * 1000, letter["id"])
        return False
    if action.get("delay_s") and not hurry:
        later = now + int(fault.number("delay_s") * 1000)
        world.store.run("UPDATE letters SET due_at = ? WHERE id = ?", later, letter["id"])
        return False
    return True


def _send(world: World, letter: Row) -> int:
    """Every copy of it. Returns how many were taken; what was not taken is tried again a few times."""
    callback = world.store.row("SELECT url FROM callbacks WHERE network = 'facebook'")
    body = hooks.render(world, letter)
    if callback is None or body is None:
        world.store.run("UPDATE letters SET outcome = 'no news' WHERE id = ?", letter["id"])
        return 0
    statuses = [_post(world, callback["url"], body, wrong_key=letter["wrong_key"]) for _ in range(letter["copies"])]
    taken = sum(200 <= status < 300 for status in statuses)
    tries = letter["tries"] + 1
    outcome = "delivered" if taken else "given up" if tries > len(GAPS_S) else ""
    again = world.now() + GAPS_S[min(tries, len(GAPS_S)) - 1] * 1000
    sql = "UPDATE letters SET outcome = ?, tries = ?, status = ?, due_at = ?, held = 0, overtaken = 0 WHERE id = ?"
    world.store.run(sql, outcome, tries, statuses[-1], again, letter["id"])
    behind = "UPDATE letters SET held = 0, overtaken = 1, due_at = 0 WHERE page = ? AND id < ? AND held = 1"
    world.store.run(behind, letter["page"], letter["id"])
    return taken


def _post(world: World, url: str, body: bytes, *, wrong_key: bool) -> int:
    """The status of the answer; 0 when there was none."""
    key = "sbx_of_somebody_else" if wrong_key else world.keys.FACEBOOK_APP_SECRET
    signature = "sha256=" + hmac.new(key.encode(), body, hashlib.sha256).hexdigest()
    headers = {"Content_Type": "application/json", "X_Hub_Signature_256": signature, "User_Agent": "facebookplatform"}
    try:
        return hooks.call(urlsplit(url), "POST", body=body, **headers)[0]
    except (OSError, http.client.HTTPException):
        return 0
