"""Earlier pictures that should not be shown again without a thought, and whether a new one looks like one of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.db.models import Q

from policy.content import BARRED, Resembles
from policy.reading.dates import london_day
from posts.declarations import about, take_down_on
from posts.likeness import alike
from posts.models import Media, VersionPicture


class Known(NamedTuple):
    """media, post: of the earlier picture. sha256: of its bytes."""

    media: int
    post: int
    sha256: str
    look: str
    resembles: Resembles


def known_besides(post: int) -> list[Known]:
    """What the DMC withdrew anywhere; what was taken down, and the custody pictures, of every post but this one."""
    return [*_withdrawn(post), *_declared(post)]


def of(media: Media, known: Sequence[Known]) -> Resembles | None:
    """The first of the known that this picture looks like. Itself counts only where the DMC withdrew it."""
    return next((one.resembles for one in known if _is_like(one, media)), None)


def _is_like(one: Known, media: Media) -> bool:
    if one.media == media.pk:
        return one.resembles.why == BARRED
    return one.sha256 == media.sha256 or alike(one.look, media.look)


def _withdrawn(besides: int) -> Iterator[Known]:
    """What the DMC withdrew is known in its own post too; what was merely taken down is not."""
    rows = Media.objects.filter(~Q(barred_why="") | ~Q(look="") & ~Q(post=besides), withdrawn_at__isnull=False)
    told = rows.order_by("pk").values_list("pk", "post", "sha256", "look", "withdrawn_at", "barred_why")
    known = [
        Known(pk, post, sha256, look, Resembles(BARRED if why else "withdrawn", london_day(on)))
        for pk, post, sha256, look, on, why in told
    ]
    yield from sorted(known, key=lambda one: one.resembles.why != BARRED)


def _declared(besides: int) -> Iterator[Known]:
    """Custody pictures, by what their authors said."""
    rows = VersionPicture.objects.filter(answers__has_key="about", version__sealed_at__isnull=False)
    rows = rows.exclude(media__look="").exclude(version__post=besides)
    told = rows.values_list("media", "version__post", "media__sha256", "media__look", "answers")
    for pk, post, sha256, look, answers in told:
        if "custody" not in about(answers):
            continue
        yield Known(pk, post, sha256, look, Resembles("case", take_down_on(answers)))
