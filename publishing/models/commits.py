"""Which commits may reach PostgreSQL's disk a moment after they are answered (docs/decisions/0031).

Only those that a crash of the server may undo: a claim (the row waits again, and whoever held it can no longer arm it)
and a success (the attempt stands open, so the sweep doubts it and reconciliation finds the post). Never the attempt
itself: it is on the disk before the socket opens.
"""

from __future__ import annotations

from typing import TypeVar

from django.db import connection
from django.db.models import CharField, Func, QuerySet
from django.db.models.base import Model


class _InNoHurry(Func):
    """Takes effect with the statement that holds it, until its transaction ends; has the value "off"."""

    template = "set_config('synchronous_commit', 'off', true)"
    output_field = CharField()


Row = TypeVar("Row", bound=Model)


def in_no_hurry(rows: QuerySet[Row]) -> QuerySet[Row]:
    """The same rows; the transaction of an UPDATE of them commits without waiting for the disk."""
    if connection.vendor != "postgresql":
        return rows
    return rows.alias(commit=_InNoHurry()).filter(commit="off")
