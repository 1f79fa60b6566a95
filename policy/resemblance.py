"""Earlier pictures that should not be shown again without a thought, and whether a new one looks like one of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from policy.content import Resembles
from policy.reading.dates import london_day
from posts.declarations import about, take_down_on
from posts.likeness import alike
from posts.models import Media, VersionPicture


class Known(NamedTuple):
    """media, post: of the earlier picture."""

    media: int
    post: int
    look: str
    resembles: Resembles


def known_besides(post: int) -> list[Known]:
    """What was withdrawn, and the custody pictures, of every post but this one."""
    return [*_withdrawn(post), *_declared(post)]


def of(media: Media, known: Sequence[Known]) -> Resembles | None:
    """The first of the known that this picture looks like. A withdrawn copy of itself counts, itself does not."""
    return next((one.resembles for one in known if one.media != media.pk and alike(one.look, media.look)), None)


def _withdrawn(besides: int) -> Iterator[Known]:
    rows = Media.objects.filter(withdrawn_at__isnull=False).exclude(look="").exclude(post=besides)
    for pk, post, look, on in rows.values_list("pk", "post", "look", "withdrawn_at"):
        yield Known(pk, post, look, Resembles("withdrawn", london_day(on)))


def _declared(besides: int) -> Iterator[Known]:
    """Custody pictures, by what their authors said."""
    rows = VersionPicture.objects.filter(answers__has_key="about", version__sealed_at__isnull=False)
    rows = rows.exclude(media__look="").exclude(version__post=besides)
    for pk, post, look, answers in rows.values_list("media", "version__post", "media__look", "answers"):
        if "custody" not in about(answers):
            continue
        yield Known(pk, post, look, Resembles("case", take_down_on(answers)))
