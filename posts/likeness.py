"""Whether two pictures look alike, told by a small hash of their brightness that survives resizing and re-encoding.

A difference hash: the picture in grey, 9 by 8 cells; each of the 64 bits says whether a cell is darker than the one to
its right. Pictures that are copies of one another differ in a few bits, others in about half of them.
"""

from __future__ import annotations

from PIL import Image

ACROSS, DOWN = 8, 8
# Of 64. Copies that were resized and saved at low quality stay at a few; unrelated pictures are far above ten.
ALIKE = 6
NOTICED = 3  # of 255: what saving with loss adds to an even field is no difference
FEATURELESS = 4  # with so few bits set (or left) a picture is one plain field, like every other plain field


def look_of(picture: Image.Image) -> str:
    """Sixteen hexadecimal figures; "" for a plain field, which looks like every other."""
    grey = picture.convert("L").resize((ACROSS + 1, DOWN), Image.Resampling.BOX)
    cells = grey.tobytes()
    bits = 0
    for row in range(DOWN):
        start = row * (ACROSS + 1)
        for column in range(ACROSS):
            bits = bits << 1 | (cells[start + column] + NOTICED < cells[start + column + 1])
    plain = not FEATURELESS <= bits.bit_count() <= ACROSS * DOWN - FEATURELESS
    return "" if plain else f"{bits:016x}"


def alike(one: str, other: str) -> bool:
    return bool(one and other) and (int(one, 16) ^ int(other, 16)).bit_count() <= ALIKE
