"""An empty database for the length of a block, on the engine this console uses; its own is not touched."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def database() -> Iterator[None]:
    """SQLite in memory, or on PostgreSQL a database of its own name, migrated; gone afterwards.

    On PostgreSQL the console's role needs the right to create databases. Not for a process that serves people: every
    query of this process goes there meanwhile.
    """
    own, test = connection.settings_dict["NAME"], connection.settings_dict["TEST"]
    if connection.vendor == "postgresql":
        test["NAME"] = f"throwaway_{os.getpid()}"
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(own, verbosity=0)
