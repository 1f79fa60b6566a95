"""From any uploaded bytes to a clean still picture, or a refusal in words. Pure: no database, no files."""

from __future__ import annotations

import hashlib
import io
import struct
import zlib
from dataclasses import dataclass, field, replace

from django.core.exceptions import ValidationError
from PIL import ExifTags, Image, ImageCms, ImageOps

from posts.likeness import look_of

FORMATS = ("JPEG", "PNG", "GIF", "WEBP")
# X takes 5 MB, Facebook 4 MB (platforms.md 1.5, 2.5); the smaller holds for both, with room for the multipart frame.
LARGEST = 3_900_000
# Facebook shows at most 2,048 pixels a side, so nothing that anybody could see is lost.
LONGEST_SIDE = 2048
SHORTEST_SIDE = 4
# A 50 megapixel phone camera passes; what unpacks to more is refused before it is unpacked.
MOST_PIXELS = 51_000_000
LONGEST_UPLOADED_SIDE = 20_000
QUALITIES = (88, 80, 70, 60)

_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"heif", b"avif", b"avis"}
# What Pillow's decoders raise on bytes that are not what they claim to be.
_UNREADABLE = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    OverflowError,
    EOFError,
    RuntimeError,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
)


@dataclass(frozen=True)
class Picture:
    """A picture as it will be sent. mime: image/jpeg or image/png. look: posts/likeness.py."""

    content: bytes = field(repr=False)
    mime: str
    width: int
    height: int
    had_location: bool
    look: str = ""

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def picture_from(uploaded: bytes) -> Picture:
    """Turn what was uploaded into a picture both networks show. The same bytes give the same picture.

    Turned upright, in sRGB, at most LONGEST_SIDE pixels a side and LARGEST bytes, without any metadata.
    Raises ValidationError for everything else.
    """
    _refuse_heic(uploaded)
    _refuse_video(uploaded)
    try:
        opened = Image.open(io.BytesIO(uploaded), formats=FORMATS)
    except _UNREADABLE as error:
        raise _unreadable() from error
    _refuse_unfit(opened)
    had_location = _tells_a_place(opened, uploaded)
    lossless = opened.format in {"PNG", "GIF"}
    try:
        clean = _clean(opened)
        made = _encode(clean, lossless=lossless or clean.mode == "RGBA", had_location=had_location)
        return replace(made, look=look_of(_on_white(clean)))
    except _UNREADABLE as error:
        raise _unreadable() from error


def _unreadable() -> ValidationError:
    return ValidationError("This file is not a picture we can read. Choose a JPEG, PNG, GIF or WebP picture.")


def _refuse_heic(uploaded: bytes) -> None:
    if uploaded[4:8] == b"ftyp" and uploaded[8:12] in _HEIC_BRANDS:
        raise ValidationError(
            "This picture is in Apple's HEIC format, which X and Facebook do not show. On your iPhone open Settings, "
            "Camera, Formats and choose “Most Compatible” for new pictures; for this one, take a screenshot of it "
            "and add that."
        )


_VIDEO = ("ftyp", "moov", "mdat", "wide", "free", "skip")  # MP4 and QuickTime: a box's name after its length


def _refuse_video(uploaded: bytes) -> None:
    box = uploaded[4:8].decode("latin-1")
    matroska, avi = uploaded[:4] == b"\x1aE\xdf\xa3", uploaded[:4] == b"RIFF" and uploaded[8:12] == b"AVI "
    still = box == "ftyp" and uploaded[8:12] in (b"avif", b"avis", *_HEIC_BRANDS)
    if matroska or avi or uploaded[:4] == b"\x00\x00\x01\xba" or (box in _VIDEO and not still):
        raise ValidationError(
            "This is a video, and the console takes still pictures only: nothing here can check captions, voices or "
            "the radio in a video. Ask the DMC to publish it, or choose a still picture."
        )


def _refuse_unfit(opened: Image.Image) -> None:
    width, height = opened.size
    if width * height > MOST_PIXELS or max(width, height) > LONGEST_UPLOADED_SIDE:
        raise ValidationError(
            f"This picture is too large: {width:,} by {height:,} pixels. The most is 51 million pixels and "
            f"{LONGEST_UPLOADED_SIDE:,} on one side."
        )
    if min(width, height) < SHORTEST_SIDE:
        raise ValidationError(f"This picture is too small: it must be at least {SHORTEST_SIDE} pixels each way.")
    if opened.format != "MPO" and _moves(opened):  # MPO: a phone's JPEG that carries a second view
        raise ValidationError("This picture moves. Add a still picture instead.")


def _moves(opened: Image.Image) -> bool:
    try:
        return bool(getattr(opened, "is_animated", False))
    except _UNREADABLE:
        return False


def _tells_a_place(opened: Image.Image, uploaded: bytes) -> bool:
    """EXIF's GPS block, or its XMP twin, which stands as plain text in the file."""
    try:
        gps = opened.getexif().get_ifd(ExifTags.IFD.GPSInfo)
    except _UNREADABLE:
        gps = {}
    return bool(gps) or b"GPSLatitude" in uploaded


def _clean(opened: Image.Image) -> Image.Image:
    opened.draft(None, (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is unpacked at the size we need, not at its own
    opened.load()
    upright = _upright(opened)
    plain = _in_srgb(upright)
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    # A fresh image of the pixels alone: whatever hung on the upload stays behind.
    return Image.frombytes(plain.mode, plain.size, plain.tobytes())


def _upright(opened: Image.Image) -> Image.Image:
    try:
        return ImageOps.exif_transpose(opened)
    except _UNREADABLE:
        return opened  # its EXIF block is broken; the picture is not


def _in_srgb(picture: Image.Image) -> Image.Image:
    mode = "RGBA" if _is_see_through(picture) else "RGB"
    profile = picture.info.get("icc_profile")
    if picture.mode.startswith("I"):  # 16 bits of grey: convert() would clip, not scale
        picture = picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    elif profile and picture.mode in {"RGB", "RGBA", "CMYK", "L"}:
        picture = _by_profile(picture, profile, mode)
    return picture.convert(mode)


def _by_profile(picture: Image.Image, profile: bytes, mode: str) -> Image.Image:
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        matched = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, *_UNREADABLE):
        return picture
    return matched if matched is not None else picture


def _is_see_through(picture: Image.Image) -> bool:
    if not (picture.mode in {"RGBA", "LA", "PA", "La", "RGBa"} or "transparency" in picture.info):
        return False
    lowest, _ = picture.convert("RGBA").getchannel("A").getextrema()
    return bool(lowest < 255)


def _encode(picture: Image.Image, *, lossless: bool, had_location: bool) -> Picture:
    if lossless:
        content = _saved(picture, "PNG", optimize=True)
        if len(content) <= LARGEST:
            return Picture(content, "image/png", *picture.size, had_location)
    return _encode_jpeg(_on_white(picture), had_location=had_location)


def _encode_jpeg(picture: Image.Image, *, had_location: bool) -> Picture:
    while True:
        for quality in QUALITIES:
            content = _saved(picture, "JPEG", quality=quality, optimize=True, subsampling="4:2:0")
            if len(content) <= LARGEST:
                return Picture(content, "image/jpeg", *picture.size, had_location)
        picture = picture.resize((picture.width * 3 // 4 or 1, picture.height * 3 // 4 or 1), Image.Resampling.LANCZOS)


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode != "RGBA":
        return picture
    ground = Image.new("RGB", picture.size, "white")
    ground.paste(picture, mask=picture.getchannel("A"))
    return ground


def _saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()
