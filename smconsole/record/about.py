"""What belongs to a post or to a channel: found by following who points at it. Reads only."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast, Concat

from accounts.models import AuditEntry, Channel, Connection, Credential
from posts.models import Post

ROOMS = ("accounts", "posts", "policy", "publishing")
# Never part of a record: what opens a network, and the log-in walks to it.
SECRET: tuple[type[models.Model], ...] = (Credential, Connection)
# Where the way does not go on: a channel's posts have records of their own.
DEPTH = {Post: 4, Channel: 2}
Thing = Post | Channel


@cache
def paths(kind: type[models.Model]) -> dict[type[models.Model], str]:
    """Every model whose rows hang on a post (or channel), with the way from its row to it: "delivery__target__post"."""
    stop = {Post} if kind is Channel else {Channel}
    found: dict[type[models.Model], str] = {}
    edge: dict[type[models.Model], str] = {kind: ""}
    for _ in range(DEPTH.get(kind, 1)):  # type: ignore[call-overload]
        reached: dict[type[models.Model], str] = {}
        for model, field in _links():
            target = field.related_model
            if target in edge and model not in found and model is not kind and model not in stop | set(SECRET):
                reached.setdefault(model, "__".join(part for part in (field.name, edge[target]) if part))
        if kind is Channel:
            reached = {model: way for model, way in reached.items() if model not in paths(Post)}
        found |= reached
        edge = reached
    return found


def rows_of(thing: Thing) -> Iterator[tuple[type[models.Model], QuerySet[Any]]]:
    """The thing's own row, then every kind of row that hangs on it, in the order of their rooms."""
    yield type(thing), type(thing)._base_manager.filter(pk=thing.pk)
    ways = paths(type(thing))
    for model in sorted(ways, key=lambda one: (ROOMS.index(one._meta.app_label), one._meta.model_name or "")):
        yield model, model._base_manager.filter(**{ways[model]: thing.pk}).order_by("pk")


def entries_of(thing: Thing) -> QuerySet[AuditEntry]:
    """The audit of it and of all that hangs on it, in the order in which it was written down. One query to know what
    hangs on it; the entries themselves are asked for by name, so that their index leads there.
    """
    subjects = [_subjects(model, rows) for model, rows in rows_of(thing)]
    names = [row["name_of_row"] for row in subjects[0].union(*subjects[1:], all=True)]
    return AuditEntry.objects.filter(subject__in=names).order_by("pk")


def _subjects(model: type[models.Model], rows: QuerySet[Any]) -> QuerySet[Any]:
    name = Concat(Value(f"{model._meta.label_lower}:"), Cast(F("pk"), CharField()), output_field=CharField())
    return rows.order_by().annotate(name_of_row=name).values("name_of_row")


def _links() -> Iterator[tuple[type[models.Model], Any]]:
    for model in apps.get_models():
        if model._meta.app_label in ROOMS:
            for field in model._meta.concrete_fields:
                # What may be empty leads elsewhere more often than here, unless it names the post or channel itself.
                if field.is_relation and (not field.null or field.related_model in DEPTH):
                    yield model, field
