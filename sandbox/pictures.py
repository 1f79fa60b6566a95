"""What a picture or clip is, by its bytes alone: type, size, and whether it still carries metadata."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

JPEG_SIZES = frozenset({0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})
PNG_METADATA = frozenset({b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"})
WEBP_METADATA = frozenset({b"EXIF", b"XMP "})


@dataclass(frozen=True)
class Look:
    mime: str
    width: int = 0
    height: int = 0
    has_metadata: bool = False


def look(content: bytes) -> Look | None:
    """None when the bytes are no picture or clip that the networks take, or break off."""
    try:
        return _look(content)
    except (struct.error, IndexError):
        return None


def _look(content: bytes) -> Look | None:
    if content.startswith(b"\xff\xd8\xff"):
        return _jpeg(content)
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return _png(content)
    if content[:6] in {b"GIF87a", b"GIF89a"}:
        width, height = struct.unpack("<HH", content[6:10])
        return Look("image/gif", width, height, b"\x21\xfe" in content)
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return _webp(content)
    if content[4:8] == b"ftyp":
        return Look("video/mp4")
    return None


def _jpeg_segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    at = 2
    while content[at] == 0xFF and content[at + 1] != 0xDA:
        (length,) = struct.unpack(">H", content[at + 2 : at + 4])
        yield content[at + 1], content[at + 4 : at + 2 + length]
        at += 2 + length


def _jpeg(content: bytes) -> Look | None:
    size, has_metadata = None, False
    for marker, segment in _jpeg_segments(content):
        if marker in JPEG_SIZES:
            height, width = struct.unpack(">HH", segment[1:5])
            size = (width, height)
        # Exif and XMP travel in APP1, IPTC in APP13; APP2 is the colour profile, which a picture needs.
        has_metadata = has_metadata or marker in {0xE1, 0xED, 0xFE}
    return Look("image/jpeg", *size, has_metadata) if size else None


def _png(content: bytes) -> Look:
    width, height = struct.unpack(">II", content[16:24])
    at, has_metadata = 8, False
    while at + 8 <= len(content):
        (length,), kind = struct.unpack(">I", content[at : at + 4]), content[at + 4 : at + 8]
        has_metadata = has_metadata or kind in PNG_METADATA
        at += 12 + length
    return Look("image/png", width, height, has_metadata)


def _webp(content: bytes) -> Look:
    at, width, height, has_metadata = 12, 0, 0, False
    while at + 8 <= len(content):
        kind, (length,) = content[at : at + 4], struct.unpack("<I", content[at + 4 : at + 8])
        if kind == b"VP8X":
            width = int.from_bytes(content[at + 12 : at + 15], "little") + 1
            height = int.from_bytes(content[at + 15 : at + 18], "little") + 1
        elif kind == b"VP8 " and not width:
            width, height = (side & 0x3FFF for side in struct.unpack("<HH", content[at + 14 : at + 18]))
        elif kind == b"VP8L" and not width:
            (bits,) = struct.unpack("<I", content[at + 9 : at + 13])
            width, height = (bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1
        has_metadata = has_metadata or kind in WEBP_METADATA
        at += 8 + length + length % 2
    return Look("image/webp", width, height, has_metadata)
