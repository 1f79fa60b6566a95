"""Draws the demonstration's pictures, so that no photograph of a real place or person is needed."""

from __future__ import annotations

import io
import zlib

from PIL import Image, ImageDraw

SIZE = (1200, 675)
_PALETTES = [
    ("#cfe3f1", "#7aa6c2", "#0b2545", "#e8b04a"),
    ("#e6ede0", "#8fb07b", "#2f4f3a", "#d9824a"),
    ("#f3e6da", "#c99b76", "#5a3b2e", "#4a7fb0"),
    ("#20304d", "#3c5583", "#0b1626", "#f2d27a"),
]


def draw(name: str) -> bytes:
    """A flat street scene as JPEG; the same name gives the same picture."""
    seed = zlib.crc32(name.encode())
    sky, far, near, accent = _PALETTES[seed % len(_PALETTES)]
    image = Image.new("RGB", SIZE, sky)
    pen = ImageDraw.Draw(image)
    _houses(pen, seed, far)
    pen.rectangle([0, 500, 1200, 675], fill=near)
    pen.polygon([(520, 675), (680, 675), (620, 500), (580, 500)], fill=sky)
    for place in range(5):
        _tree(pen, 90 + place * 255 + (seed >> place) % 60, far, near)
    for place in range(3):
        left = 220 + place * 330 + (seed >> (place + 5)) % 90
        pen.ellipse([left, 420, left + 34, 454], fill=accent)
        pen.rounded_rectangle([left - 8, 456, left + 42, 560], 16, fill=accent)
    kept = io.BytesIO()
    image.save(kept, "JPEG", quality=88)
    return kept.getvalue()


def _houses(pen: ImageDraw.ImageDraw, seed: int, colour: str) -> None:
    for place in range(8):
        left = place * 155
        top = 230 + (seed >> place) % 120
        pen.rectangle([left, top, left + 140, 500], fill=colour)
        pen.polygon([(left, top), (left + 70, top - 60), (left + 140, top)], fill=colour)


def _tree(pen: ImageDraw.ImageDraw, left: int, leaves: str, trunk: str) -> None:
    pen.rectangle([left + 26, 420, left + 40, 520], fill=trunk)
    pen.ellipse([left, 330, left + 70, 440], fill=leaves, outline=trunk, width=3)
