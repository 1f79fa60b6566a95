from __future__ import annotations

import io
import os
import struct
import zlib

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from posts import imaging
from posts.imaging import LARGEST, LONGEST_SIDE, picture_from

SECRETS = [b"Exif", b"GPS", b"Canon of Ada", b"http://ns.adobe.com/xap", b"ICC_PROFILE", b"Serial-4711", b"51.5468"]


def encoded(picture: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def plain(size: tuple[int, int] = (64, 48), mode: str = "RGB") -> Image.Image:
    return Image.linear_gradient("L").resize(size).convert(mode)


def phone_exif(*, orientation: int = 1) -> Image.Exif:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.Model] = "Canon of Ada"
    exif[ExifTags.Base.BodySerialNumber] = "Serial-4711"
    exif.get_ifd(ExifTags.IFD.GPSInfo).update({1: "N", 2: (51.0, 32.0, 48.0), 3: "W", 4: (0.0, 2.0, 35.0)})
    return exif


def told_everything(kind: str) -> bytes:
    xmp = b'<x:xmpmeta xmlns:x="http://ns.adobe.com/xap/1.0/" exif:GPSLatitude="51.5468"/>'
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    options: dict[str, object] = {"exif": phone_exif(), "icc_profile": srgb}
    if kind == "PNG":
        notes = PngInfo()
        notes.add_text("Comment", "Canon of Ada")
        notes.add_itxt("XML:com.adobe.xmp", xmp.decode())
        options["pnginfo"] = notes
    else:
        options["xmp"] = xmp
    return encoded(plain(), kind, **options)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_but_the_picture_is_left(kind: str) -> None:
    upload = told_everything(kind)
    assert b"Canon of Ada" in upload
    made = picture_from(upload)
    assert not [secret for secret in SECRETS if secret in made.content]
    kept = Image.open(io.BytesIO(made.content))
    assert not kept.getexif() and not {"exif", "xmp", "icc_profile", "comment"} & set(kept.info)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_place_in_the_upload_is_noticed(kind: str) -> None:
    assert picture_from(told_everything(kind)).had_location
    assert not picture_from(encoded(plain(), kind)).had_location


def test_a_place_told_in_xmp_alone_is_noticed() -> None:
    upload = encoded(plain(), "JPEG", xmp=b'<x exif:GPSLatitude="51,32.8N"/>')
    assert picture_from(upload).had_location


def test_a_picture_taken_sideways_stands_upright() -> None:
    made = picture_from(encoded(plain((64, 48)), "JPEG", exif=phone_exif(orientation=6)))
    assert (made.width, made.height) == (48, 64)


@pytest.mark.parametrize(
    ("upload", "mime"),
    [
        (encoded(plain(), "JPEG"), "image/jpeg"),
        (encoded(plain(), "PNG"), "image/png"),
        (encoded(plain(mode="P"), "GIF"), "image/png"),
        (encoded(plain(), "WEBP"), "image/jpeg"),
        (encoded(plain(mode="RGBA"), "WEBP"), "image/jpeg"),
        (encoded(plain(mode="CMYK"), "JPEG"), "image/jpeg"),
        (encoded(plain(mode="1"), "PNG"), "image/png"),
        (encoded(plain(mode="LA"), "PNG"), "image/png"),
    ],
)
def test_every_kind_becomes_one_both_networks_show(upload: bytes, mime: str) -> None:
    made = picture_from(upload)
    kept = Image.open(io.BytesIO(made.content))
    kept.load()
    assert made.mime == mime == Image.MIME[kept.format]
    assert kept.mode in {"RGB", "RGBA"}
    assert kept.size == (made.width, made.height)


def test_a_see_through_picture_stays_see_through() -> None:
    glass = Image.new("RGBA", (20, 20), (255, 0, 0, 40))
    made = picture_from(encoded(glass, "WEBP"))
    assert made.mime == "image/png"
    assert Image.open(io.BytesIO(made.content)).getpixel((5, 5))[3] == 40


def test_sixteen_bits_of_grey_are_scaled_not_burnt_out() -> None:
    deep = Image.new("I;16", (8, 8), 0x8000)
    made = picture_from(encoded(deep, "PNG"))
    assert Image.open(io.BytesIO(made.content)).getpixel((4, 4)) == (128, 128, 128)


def test_the_same_upload_gives_the_same_bytes() -> None:
    upload = told_everything("JPEG")
    assert picture_from(upload).sha256 == picture_from(upload).sha256


def test_a_large_picture_is_made_smaller_and_light_enough() -> None:
    noise = Image.frombytes("RGB", (2200, 1500), os.urandom(2200 * 1500 * 3))
    made = picture_from(encoded(noise, "PNG", compress_level=0))
    assert len(made.content) <= LARGEST
    assert max(made.width, made.height) <= LONGEST_SIDE


def test_what_is_still_too_heavy_at_the_lowest_quality_shrinks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imaging, "LARGEST", 20_000)
    noise = Image.frombytes("RGB", (300, 300), os.urandom(300 * 300 * 3))
    made = picture_from(encoded(noise, "PNG"))
    assert len(made.content) <= 20_000
    assert made.width < 300


def png_of_size(width: int, height: int) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"")), (b"IEND", b"")]
    body = b"".join(
        struct.pack(">I", len(what)) + name + what + struct.pack(">I", zlib.crc32(name + what)) for name, what in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.parametrize("size", [(60_000, 60_000), (8_000, 8_000), (30_000, 10)])
def test_a_picture_that_would_unpack_to_too_much_is_refused_unpacked(size: tuple[int, int]) -> None:
    with pytest.raises(ValidationError, match=r"too large|not a picture"):
        picture_from(png_of_size(*size))


def test_a_moving_picture_is_refused() -> None:
    frames = [plain(mode="P"), plain(mode="P").rotate(90)]
    moving = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])
    with pytest.raises(ValidationError, match="moves"):
        picture_from(moving)


@pytest.mark.parametrize("brand", [b"heic", b"mif1", b"avif"])
def test_apples_format_is_refused_with_what_to_do(brand: bytes) -> None:
    with pytest.raises(ValidationError, match="Most Compatible"):
        picture_from(b"\x00\x00\x00\x18ftyp" + brand + b"\x00" * 40)


@pytest.mark.parametrize(
    "upload",
    [
        b"",
        b"%PDF-1.7",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"\xff\xd8\xff\xe0",
        encoded(plain(), "BMP"),
        encoded(plain(), "TIFF"),
        encoded(plain(), "JPEG")[:200],
        encoded(plain((3, 3)), "PNG"),
    ],
)
def test_what_is_no_picture_is_refused_in_words(upload: bytes) -> None:
    with pytest.raises(ValidationError):
        picture_from(upload)


@given(st.binary(max_size=400))
def test_random_bytes_never_crash_it(upload: bytes) -> None:
    with pytest.raises(ValidationError):
        picture_from(upload)


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(["JPEG", "PNG", "GIF", "WEBP"]),
    st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 255)), min_size=1, max_size=12),
    st.integers(0, 60),
)
def test_a_damaged_picture_is_kept_clean_or_refused(kind: str, hits: list[tuple[int, int]], cut: int) -> None:
    upload = bytearray(encoded(plain(mode="P"), kind) if kind == "GIF" else told_everything(kind))
    for place, value in hits:
        upload[place % len(upload)] = value
    try:
        made = picture_from(bytes(upload[: len(upload) - cut]))
    except ValidationError:
        return
    assert b"Canon of Ada" not in made.content
    assert made.mime in {"image/jpeg", "image/png"}


@pytest.mark.parametrize(
    "first",
    [
        b"\x00\x00\x00\x18ftypmp42",
        b"\x00\x00\x00\x14ftypqt  ",
        b"\x1aE\xdf\xa3\x01\x00\x00\x00",
        b"RIFF\x00\x00\x00\x00AVI LIST",
    ],
    ids=["mp4", "quicktime", "webm", "avi"],
)
def test_video_is_refused_with_the_reason(first: bytes) -> None:
    with pytest.raises(ValidationError, match="takes still pictures only"):
        imaging.picture_from(first + b"\x00" * 200)
