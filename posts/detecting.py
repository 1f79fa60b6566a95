"""Where a detector of faces and number plates that runs on our own machines can be plugged in. Off unless configured.

`SMCONSOLE_PICTURE_DETECTOR` names a callable, "package.module.function", that takes the bytes of a picture as it will
be sent (JPEG or PNG, upright, at most 2,048 pixels a side) and gives a `Counted`. It is asked once, when a picture is
added, in the request: a second is the most an author will wait for. It must answer for every picture (0 and 0 where it
sees nothing), must not send the picture anywhere, and names nobody. It only makes the questions more pointed: people
decide.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Counted:
    """How many faces and how many readable number plates a detector saw."""

    faces: int = 0
    plates: int = 0


Detector = Callable[[bytes], Counted]


def count(content: bytes) -> Counted:
    """What the configured detector sees; nothing where none is configured."""
    if not settings.PICTURE_DETECTOR:
        return Counted()
    detect: Detector = import_string(settings.PICTURE_DETECTOR)
    return detect(content)
