"""Start a sandbox as a child process and wait until it answers. Standard library only, for tests and tools."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).resolve().parent.parent


class Running:
    """A sandbox that accepts connections at `url`. A context manager: leaving it stops the process."""

    def __init__(self, process: subprocess.Popen[str], url: str, port: int) -> None:
        self._process = process
        self.url = url
        self.port = port

    @property
    def pid(self) -> int:
        return self._process.pid

    def env(self) -> dict[str, str]:
        """The base URLs that send the console's clients here."""
        return {
            "X_API_BASE_URL": self.url + "/x",
            "X_WWW_BASE_URL": self.url + "/x-www",
            "FACEBOOK_GRAPH_BASE_URL": self.url + "/fb",
            "FACEBOOK_WWW_BASE_URL": self.url + "/fb-www",
        }

    def stop(self) -> None:
        """Ask it to end and wait; kill it after five seconds."""
        self._process.terminate()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self.kill()
        self._close()

    def kill(self) -> None:
        """End it at once, as `kill -9` does."""
        self._process.kill()
        self._process.wait()
        self._close()

    def _close(self) -> None:
        if self._process.stdout:
            self._process.stdout.close()

    def __enter__(self) -> Running:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def start(data: Path, port: int = 0, env: Mapping[str, str] | None = None, seed: int = 1) -> Running:
    """Run `python -m sandbox` with its state in `data`. `env` is added to this process's environment.

    The sandbox ends with the thread that started it. Raises RuntimeError when it does not come up.
    """
    command = [
        sys.executable,
        "-m",
        "sandbox",
        "--port",
        str(port),
        "--data",
        str(data),
        "--seed",
        str(seed),
        "--die-with-parent",
    ]
    process = subprocess.Popen(  # noqa: S603
        command, cwd=ROOT, env={**os.environ, **(env or {})}, stdout=subprocess.PIPE, text=True
    )
    line = process.stdout.readline() if process.stdout else ""
    if not line:
        raise RuntimeError(f"the sandbox did not start (exit {process.wait()})")
    told = json.loads(line)
    return Running(process, told["url"], told["port"])
