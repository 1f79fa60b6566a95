"""All state in one SQLite file: it survives `kill -9` and can be inspected with any SQLite tool."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

Row = sqlite3.Row

SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS accounts (
  id TEXT PRIMARY KEY, network TEXT NOT NULL, handle TEXT NOT NULL, name TEXT NOT NULL, about TEXT NOT NULL DEFAULT '',
  followers INTEGER NOT NULL, created_at INTEGER NOT NULL,
  suspended INTEGER NOT NULL DEFAULT 0, locked INTEGER NOT NULL DEFAULT 0, long_posts INTEGER NOT NULL DEFAULT 0,
  link TEXT NOT NULL DEFAULT '', picture INTEGER NOT NULL DEFAULT 0);
CREATE UNIQUE INDEX IF NOT EXISTS account_handle ON accounts (network, handle COLLATE NOCASE);
CREATE TABLE IF NOT EXISTS people (id TEXT PRIMARY KEY, name TEXT NOT NULL, has_pages INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS tokens (
  token TEXT PRIMARY KEY, kind TEXT NOT NULL, secret TEXT NOT NULL DEFAULT '', account TEXT NOT NULL DEFAULT '',
  person TEXT NOT NULL DEFAULT '', scopes TEXT NOT NULL DEFAULT '', facts TEXT NOT NULL DEFAULT '{}',
  created_at INTEGER NOT NULL, expires_at INTEGER, dead TEXT);
CREATE INDEX IF NOT EXISTS token_account ON tokens (account);
CREATE TABLE IF NOT EXISTS nonces (nonce TEXT PRIMARY KEY, seen_at INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS nonce_age ON nonces (seen_at);
CREATE TABLE IF NOT EXISTS posts (
  id TEXT PRIMARY KEY, network TEXT NOT NULL, account TEXT NOT NULL REFERENCES accounts (id),
  sent TEXT NOT NULL, stored TEXT NOT NULL, canonical TEXT NOT NULL, entities TEXT NOT NULL DEFAULT '{}',
  media TEXT NOT NULL DEFAULT '[]', link TEXT NOT NULL DEFAULT '', reply_to TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL, published_at INTEGER, visible_at INTEGER NOT NULL, deleted_at INTEGER, edited_at INTEGER,
  grown_s INTEGER NOT NULL DEFAULT 0, likes INTEGER NOT NULL DEFAULT 0, replies INTEGER NOT NULL DEFAULT 0,
  shares INTEGER NOT NULL DEFAULT 0, impressions INTEGER NOT NULL DEFAULT 0, clicks INTEGER NOT NULL DEFAULT 0,
  request_count INTEGER NOT NULL DEFAULT 1);
CREATE INDEX IF NOT EXISTS post_timeline ON posts (account, published_at);
CREATE TABLE IF NOT EXISTS media (
  id TEXT PRIMARY KEY, network TEXT NOT NULL, account TEXT NOT NULL, content BLOB NOT NULL, sha256 TEXT NOT NULL,
  mime TEXT NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL, has_metadata INTEGER NOT NULL,
  alt TEXT NOT NULL DEFAULT '', caption TEXT NOT NULL DEFAULT '', category TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL, looks INTEGER NOT NULL DEFAULT 0, expected INTEGER NOT NULL DEFAULT 0,
  post TEXT NOT NULL DEFAULT '', created_at INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS chunks (media TEXT NOT NULL, segment INTEGER NOT NULL, content BLOB NOT NULL,
  PRIMARY KEY (media, segment));
CREATE TABLE IF NOT EXISTS comments (
  id TEXT PRIMARY KEY, post TEXT NOT NULL, parent TEXT NOT NULL DEFAULT '', author TEXT NOT NULL,
  author_name TEXT NOT NULL, message TEXT NOT NULL, created_at INTEGER NOT NULL, hidden INTEGER NOT NULL DEFAULT 0);
CREATE INDEX IF NOT EXISTS comment_post ON comments (post, created_at);
CREATE TABLE IF NOT EXISTS windows (name TEXT PRIMARY KEY, opened_at INTEGER NOT NULL, used INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS faults (id INTEGER PRIMARY KEY AUTOINCREMENT, rule TEXT NOT NULL, seen INTEGER NOT NULL,
  fired INTEGER NOT NULL, remaining INTEGER);
CREATE TABLE IF NOT EXISTS callbacks (network TEXT PRIMARY KEY, url TEXT NOT NULL, verify_token TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS subscriptions (page TEXT PRIMARY KEY, fields TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS letters (
  id INTEGER PRIMARY KEY AUTOINCREMENT, page TEXT NOT NULL, post TEXT NOT NULL, verb TEXT NOT NULL,
  happens_at INTEGER NOT NULL, due_at INTEGER NOT NULL, tries INTEGER NOT NULL DEFAULT 0,
  met INTEGER NOT NULL DEFAULT 0, fault INTEGER, copies INTEGER NOT NULL DEFAULT 1,
  wrong_key INTEGER NOT NULL DEFAULT 0, held INTEGER NOT NULL DEFAULT 0, overtaken INTEGER NOT NULL DEFAULT 0,
  status INTEGER, outcome TEXT NOT NULL DEFAULT '');
CREATE INDEX IF NOT EXISTS letter_outstanding ON letters (happens_at) WHERE outcome = '';
CREATE INDEX IF NOT EXISTS letter_of_post ON letters (post);
CREATE TABLE IF NOT EXISTS reads (day INTEGER NOT NULL, post TEXT NOT NULL, PRIMARY KEY (day, post));
CREATE TABLE IF NOT EXISTS requests (
  id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, method TEXT NOT NULL, path TEXT NOT NULL,
  auth TEXT NOT NULL, account TEXT NOT NULL, body_sha256 TEXT NOT NULL, status INTEGER NOT NULL,
  outcome TEXT NOT NULL, fault INTEGER);
"""


class Store:
    """One connection behind one lock: a request is one transaction, committed before its answer leaves."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.RLock()
        self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._db.row_factory = sqlite3.Row
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=NORMAL")
        self._db.execute("PRAGMA busy_timeout=5000")
        self._db.executescript(SCHEMA)
        self._bring_up_to_date()

    def _bring_up_to_date(self) -> None:
        """A world that an older sandbox began has no profiles yet."""
        known = {row["name"] for row in self._db.execute("PRAGMA table_info(accounts)")}
        for name, kind in (("link", "TEXT NOT NULL DEFAULT ''"), ("picture", "INTEGER NOT NULL DEFAULT 0")):
            if name not in known:
                self._db.execute(f"ALTER TABLE accounts ADD COLUMN {name} {kind}")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; nests into the outermost one."""
        with self._lock:
            if self._db.in_transaction:
                yield
                return
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def run(self, sql: str, *values: Any) -> int:
        """Execute one statement; answers how many rows changed."""
        with self._lock:
            return self._db.execute(sql, values).rowcount

    def insert(self, table: str, **columns: Any) -> int:
        """Insert one row; answers its rowid. Table and column names come from this package only."""
        names, marks = ", ".join(columns), ", ".join("?" * len(columns))
        with self._lock:
            cursor = self._db.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(columns.values()))  # noqa: S608
        return cursor.lastrowid or 0

    def rows(self, sql: str, *values: Any) -> list[Row]:
        with self._lock:
            return self._db.execute(sql, values).fetchall()

    def row(self, sql: str, *values: Any) -> Row | None:
        found = self.rows(sql, *values)
        return found[0] if found else None

    def recall(self, name: str, default: Any = None) -> Any:
        """A remembered value (JSON)."""
        found = self.row("SELECT value FROM meta WHERE name = ?", name)
        return json.loads(found["value"]) if found else default

    def remember(self, name: str, value: Any) -> None:
        self.run("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", name, json.dumps(value))

    def empty(self) -> None:
        for table in self.rows("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"):
            self.run(f"DELETE FROM {table['name']}")  # noqa: S608

    def close(self) -> None:
        with self._lock:
            self._db.close()
