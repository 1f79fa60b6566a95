"""Puts many rows into a table at once, by COPY on PostgreSQL. Triggers and constraints hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from django.core.management.color import no_style
from django.db import connection, models

LINES = 5000

Cell = str | int | None


def load(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """rows: a cell for each column, moments as "YYYY-MM-DD HH:MM:SS" in UTC, JSON as text, no tab or backslash."""
    names = ", ".join(f'"{model._meta.get_field(name).column}"' for name in columns)
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            marks = ", ".join("?" * len(columns))
            cursor.connection.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)  # noqa: S608
            return
        waiting = iter(rows)
        with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
            while lines := [_line(row) for row in islice(waiting, LINES)]:
                copy.write("".join(lines))


def finish(*loaded: type[models.Model]) -> None:
    """Keys were given by hand: the next ones follow them. And the planner knows the tables."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), loaded):
            cursor.execute(statement)
        cursor.execute("ANALYZE")


def _line(row: Sequence[Cell]) -> str:
    return "\t".join(["\\N" if cell is None else str(cell) for cell in row]) + "\n"
