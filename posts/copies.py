"""From what an update was copied, however many times over. Reads only."""

from __future__ import annotations

from collections.abc import Mapping

from posts.models import Post


def originals(post: Post) -> list[int]:
    """The keys of everything it was copied from, the nearest first. A query for each copy after the first."""
    return _line(post.pk, _parents({post.pk: post.copied_from_id}))


def first_of(known: Mapping[int, int | None]) -> dict[int, int]:
    """For each of these updates (key, and of what it was copied from) the one that all its copying began with.

    A query for each generation of copies that is not among them.
    """
    parents = _parents(known)
    return {pk: (_line(pk, parents) or [pk])[-1] for pk in known}


def _parents(known: Mapping[int, int | None]) -> dict[int, int | None]:
    """Of what each of these was copied from, and those in turn."""
    parents = dict(known)
    while beyond := {pk for pk in parents.values() if pk is not None and pk not in parents}:
        parents |= dict(Post.objects.filter(pk__in=beyond).order_by().values_list("pk", "copied_from"))
    return parents


def _line(pk: int, parents: Mapping[int, int | None]) -> list[int]:
    line: list[int] = []
    above = parents.get(pk)
    while above is not None:
        line.append(above)
        above = parents.get(above)
    return line
