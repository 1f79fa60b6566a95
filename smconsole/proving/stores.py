"""A database and a broker to throw away. Where a server is named in the environment it is used; its data never are."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import redis
from psycopg import sql

from smconsole import broker, embedded
from smconsole.child import Child, bury

SPARE = range(15, 0, -1)  # Redis's numbered databases; 0 is the one everybody uses
TAKEN = "smconsole:throw-away"
PASSWORD = "throw-away"  # noqa: S105  of a broker on loopback that lives for a minute


class Unusable(Exception):
    """The named server does not let us make something of our own; the message says so in words."""


@contextmanager
def database(folder: Path) -> Iterator[str]:
    """The address of an empty database: on the server of DATABASE_URL where that is PostgreSQL, else a file."""
    named = os.environ.get("DATABASE_URL", "")
    if not named or named.startswith("sqlite"):
        yield f"sqlite:///{folder / 'console.sqlite3'}"
        return
    name = f"smconsole_throwaway_{os.getpid()}_{secrets.token_hex(3)}"
    _tell(named, sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    try:
        yield urlunsplit(urlsplit(named)._replace(path=f"/{name}"))
    finally:
        _tell(named, sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _tell(url: str, statement: sql.Composed) -> None:
    try:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(statement)
    except psycopg.Error as sorry:
        raise Unusable(f"PostgreSQL does not let us have a database of our own: {sorry}") from None


def break_connections(url: str) -> None:
    """What a restarting PostgreSQL does to everybody. A SQLite file has no server to restart."""
    if not url.startswith("sqlite"):
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@contextmanager
def queue(folder: Path) -> Iterator[str]:
    """The address of an empty broker: an unused numbered database of REDIS_URL, else a server of our own."""
    named = os.environ.get("REDIS_URL", "")
    if named:
        yield from _spare_number(named)
        return
    port = embedded.pick_port(0)
    child = Child(broker.program(folder / "broker", port, PASSWORD, dict(os.environ)), folder / "broker.log")
    child.start()
    try:
        yield f"redis://:{PASSWORD}@127.0.0.1:{port}/0"
    finally:
        if child.pid:
            bury(child.pid)


def _spare_number(named: str) -> Iterator[str]:
    for number in SPARE:
        url = urlunsplit(urlsplit(named)._replace(path=f"/{number}"))
        server = redis.Redis.from_url(url)
        try:
            free = server.dbsize() == 0 and server.set(TAKEN, os.getpid(), nx=True, ex=3600)
        except redis.RedisError as sorry:
            raise Unusable(f"The broker at REDIS_URL does not answer: {sorry}") from None
        if free:
            try:
                yield url
            finally:
                server.flushdb()
                server.close()
            return
        server.close()
    raise Unusable("Every numbered database of the broker at REDIS_URL is in use.")


def forget(url: str) -> None:
    """What a broker does that was flushed, or restarted without its memory."""
    with redis.Redis.from_url(url) as server:
        server.flushdb()
        server.set(TAKEN, os.getpid(), ex=3600)
