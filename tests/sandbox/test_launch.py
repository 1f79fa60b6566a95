from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import requests

from sandbox.launch import ROOT, start
from sandbox.seed import Keys
from tests.sandbox.conftest import Control, client_for


def sandbox(*options: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "sandbox", *options]
    return subprocess.run(
        command, cwd=ROOT, env={**os.environ, **(env or {})}, capture_output=True, text=True, timeout=20, check=False
    )


def test_everything_survives_kill_9(data_folder: Path) -> None:
    first = start(data_folder, seed=5)
    control = Control(first.url)
    account = control.account("x")
    token = control.token(account["id"])
    kept = client_for(first.url, token).create_tweet(text="Still here?", user_auth=True).data["id"]
    fault = control.fault({"kind": "status", "code": 500}, "nobody", times=3)
    control.config(timeline_lag_s=7)
    control.call("POST", "/tick", hours=48)
    control.call("POST", "/clock", advance_s=3600)
    before = control.posts(account["id"])[0]
    first.kill()
    with start(data_folder) as second:
        control, client = Control(second.url), client_for(second.url, token)
        after = control.posts(account["id"])[0]
        assert (after["id"], after["text"], after["metrics"]) == (kept, "Still here?", before["metrics"])
        assert client.get_tweets([kept], user_auth=True).data[0].text == "Still here?"
        assert [rule["id"] for rule in control.call("GET", "/faults")["faults"]] == [fault]
        assert control.call("GET", "/config")["timeline_lag_s"] == 7
        assert control.call("GET", "/clock")["offset_s"] == 3600


def test_reset_forgets_everything(data_folder: Path) -> None:
    with start(data_folder) as running:
        control = Control(running.url)
        account = control.account("facebook")
        control.call("POST", "/posts", account=account["id"], text="Forget me.")
        control.call("POST", "/reset", seed=9)
        assert account["id"] not in [row["id"] for row in control.call("GET", "/accounts")["accounts"]]
        assert control.call("GET", "/posts")["posts"] == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_stops_cleanly_when_told(data_folder: Path, number: int) -> None:
    command = [sys.executable, "-m", "sandbox", "--port", "0", "--data", str(data_folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        told = json.loads(process.stdout.readline())
        assert told["pid"] == process.pid
        assert requests.get(f"{told['url']}/_sandbox/health", timeout=5).status_code == 200
        process.send_signal(number)
        assert process.wait(5) == 0


@pytest.mark.skipif(sys.platform != "linux", reason="asks the Linux kernel")
def test_dies_with_the_process_that_started_it(data_folder: Path) -> None:
    script = (
        "import sys, pathlib; from sandbox.launch import start;"
        "running = start(pathlib.Path(sys.argv[1])); print(running.pid, flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", script, str(data_folder)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        child = int(parent.stdout.readline())
        parent.kill()
        deadline = time.monotonic() + 5
        while is_running(child) and time.monotonic() < deadline:
            time.sleep(0.02)
        assert not is_running(child)


def is_running(pid: int) -> bool:
    """A zombie that nobody has collected yet counts as gone."""
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_refuses_any_address_but_loopback(data_folder: Path) -> None:
    done = sandbox("--data", str(data_folder), "--host", "0.0.0.0")
    assert done.returncode == 1
    assert "loopback" in done.stderr


def test_refuses_a_real_key_without_printing_it(data_folder: Path) -> None:
    done = sandbox("--data", str(data_folder), env={"X_CONSUMER_SECRET": "realsecret"})
    assert done.returncode == 1
    assert "X_CONSUMER_SECRET" in done.stderr
    assert "realsecret" not in done.stderr


def test_keys_come_from_the_environment(data_folder: Path) -> None:
    with start(data_folder, env={"X_BEARER_TOKEN": "sbx_other_bearer"}) as running:
        for token, status in (("sbx_other_bearer", 200), (Keys().X_BEARER_TOKEN, 401)):
            headers = {"authorization": f"Bearer {token}"}
            answer = requests.get(f"{running.url}/x/2/tweets?ids=1", headers=headers, timeout=5)
            assert answer.status_code == status


def test_request_log_masks_secrets(page: Any, control: Control) -> None:
    page.call("GET", "me")
    log = control.call("GET", "/requests?limit=20000")["requests"]
    mine = [row for row in log if row["account"] == page.id]
    assert mine[-1]["auth"] == "page"
    assert page.token not in json.dumps(mine)


def test_ground_truth_filters_by_network_account_and_time(make_page: Any, control: Control) -> None:
    page = make_page()
    control.call("POST", "/posts", account=page.id, text="Old.", created_at="2026-01-05T10:00:00Z")
    new = page.post("New.")
    found = control.call("GET", f"/posts?network=facebook&account={page.handle}&since={int(time.time()) - 60}")["posts"]
    assert [post["id"] for post in found] == [new]
