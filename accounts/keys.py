"""Keys of rows as a page sends them back."""

from __future__ import annotations

import re

# As many figures as a database's largest whole number surely holds.
_KEY = re.compile(r"[0-9]{1,18}", re.ASCII)


def key_in(said: object) -> int | None:
    """The whole number that was sent, None when it is none. Only 0 to 9: `str.isdigit` takes "²" for a figure too."""
    text = str(said)
    return int(text) if _KEY.fullmatch(text) else None
