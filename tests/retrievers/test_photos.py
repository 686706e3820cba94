"""Every bad photo of the list: it opens as a person would see it, or one friendly sentence says why not."""

from __future__ import annotations

import io
import resource
import time
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from retrievers.errors import PhotoError
from retrievers.photos import MAX_SIDE, open_photo

RED, BLUE, WHITE = (220, 30, 30), (30, 30, 220), (255, 255, 255)


@pytest.fixture
def halves() -> Image.Image:
    """Red above blue, so that turning and cutting can be seen."""
    image = Image.new("RGB", (300, 200), RED)
    image.paste(BLUE, (0, 100, 300, 200))
    return image


def near(pixel: object, colour: tuple[int, int, int], tolerance: int = 40) -> bool:
    return bool(np.abs(np.subtract(pixel, colour)).max() <= tolerance)  # type: ignore[arg-type]


def message_of(path: Path) -> str:
    with pytest.raises(PhotoError) as caught:
        open_photo(path)
    return str(caught.value)


def is_one_friendly_sentence(message: str) -> bool:
    return message.count(".") == 1 and message.endswith(".") and "please" in message and "Error" not in message


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "gif", "bmp", "tiff"])
def test_plain_photo(tmp_path: Path, halves: Image.Image, suffix: str) -> None:
    halves.save(tmp_path / f"photo.{suffix}")
    photo = open_photo(tmp_path / f"photo.{suffix}")
    assert (photo.mode, photo.size) == ("RGB", (300, 200))
    assert near(photo.getpixel((150, 20)), RED)
    assert near(photo.getpixel((150, 180)), BLUE)


@pytest.mark.parametrize(
    ("orientation", "red_at"), [(1, (150, 20)), (3, (150, 180)), (6, (180, 150)), (8, (20, 150))]
)
def test_exif_rotation_is_applied(
    tmp_path: Path, halves: Image.Image, orientation: int, red_at: tuple[int, int]
) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    halves.save(tmp_path / "turned.jpg", exif=exif)
    assert near(open_photo(tmp_path / "turned.jpg").getpixel(red_at), RED)


def test_broken_exif_is_ignored(tmp_path: Path, halves: Image.Image) -> None:
    halves.save(tmp_path / "exif.jpg", exif=b"Exif\x00\x00MM\x00\x2a\xff\xff\xff\xff garbage")
    assert open_photo(tmp_path / "exif.jpg").size == (300, 200)


def test_cmyk(tmp_path: Path, halves: Image.Image) -> None:
    halves.convert("CMYK").save(tmp_path / "print.jpg")
    assert near(open_photo(tmp_path / "print.jpg").getpixel((150, 20)), RED, 60)


def test_transparency_becomes_white(tmp_path: Path) -> None:
    image = Image.new("RGBA", (100, 100), (0, 0, 0, 0))
    image.paste((*RED, 255), (30, 30, 70, 70))
    image.save(tmp_path / "cutout.png")
    photo = open_photo(tmp_path / "cutout.png")
    assert near(photo.getpixel((5, 5)), WHITE, 3)
    assert near(photo.getpixel((50, 50)), RED, 3)


def test_transparent_palette_becomes_white(tmp_path: Path) -> None:
    image = Image.new("P", (100, 100), 0)
    image.putpalette([0, 0, 0, *RED])
    image.paste(1, (30, 30, 70, 70))
    image.save(tmp_path / "palette.png", transparency=0)
    photo = open_photo(tmp_path / "palette.png")
    assert near(photo.getpixel((5, 5)), WHITE, 3)
    assert near(photo.getpixel((50, 50)), RED, 3)


def test_deep_grey(tmp_path: Path) -> None:
    Image.fromarray(np.linspace(0, 65535, 10000, dtype=np.uint16).reshape(100, 100)).save(tmp_path / "grey.png")
    photo = open_photo(tmp_path / "grey.png")
    assert near(photo.getpixel((50, 50)), (128, 128, 128), 4)


def test_first_frame_of_an_animation(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (80, 80), colour) for colour in (RED, BLUE)]
    frames[0].save(tmp_path / "moving.gif", save_all=True, append_images=frames[1:])
    assert near(open_photo(tmp_path / "moving.gif").getpixel((40, 40)), RED, 10)


def test_truncated_jpeg_keeps_what_is_there(tmp_path: Path) -> None:
    noise = np.random.default_rng(0).integers(0, 255, (400, 400, 3)).astype(np.uint8)
    noise[:100] = RED
    buffer = io.BytesIO()
    Image.fromarray(noise).save(buffer, "JPEG", quality=90)
    (tmp_path / "cut.jpg").write_bytes(buffer.getvalue()[: len(buffer.getvalue()) // 2])
    assert near(open_photo(tmp_path / "cut.jpg").getpixel((200, 50)), RED)


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "gif"])
def test_header_without_picture_is_refused(tmp_path: Path, halves: Image.Image, suffix: str) -> None:
    buffer = io.BytesIO()
    halves.save(buffer, {"jpg": "JPEG"}.get(suffix, suffix))
    whole = buffer.getvalue()
    palette = 3 * 2 ** ((whole[10] & 7) + 1)  # of a GIF
    cut = {"jpg": 0x270, "png": 41, "webp": 40, "gif": 13 + palette}[suffix]
    (tmp_path / f"cut.{suffix}").write_bytes(whole[:cut])
    assert is_one_friendly_sentence(message_of(tmp_path / f"cut.{suffix}"))


def test_60_megapixels_are_quick_and_small(tmp_path: Path) -> None:
    Image.new("RGB", (9000, 6700), BLUE).save(tmp_path / "huge.jpg")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.process_time()
    photo = open_photo(tmp_path / "huge.jpg")
    assert time.process_time() - started < 2
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000  # KiB; decoded whole it has 180 MB
    assert max(photo.size) == MAX_SIDE
    assert near(photo.getpixel((500, 300)), BLUE)


def test_decompression_bomb(tmp_path: Path) -> None:
    """A PNG of 30,000 x 30,000 pixels in a few hundred bytes of header and zeros."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return len(data).to_bytes(4) + body + zlib.crc32(body).to_bytes(4)

    side = (30_000).to_bytes(4)
    header = chunk(b"IHDR", side + side + b"\x08\x02\x00\x00\x00")
    (tmp_path / "bomb.png").write_bytes(
        b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(bytes(100_000))) + chunk(b"IEND", b"")
    )
    started = time.monotonic()
    assert is_one_friendly_sentence(message_of(tmp_path / "bomb.png"))
    assert time.monotonic() - started < 1


def test_large_file(tmp_path: Path) -> None:
    """20 MB of noise that no format shrinks."""
    noise = np.random.default_rng(0).integers(0, 255, (2600, 2600, 3)).astype(np.uint8)
    Image.fromarray(noise).save(tmp_path / "large.bmp")
    assert (tmp_path / "large.bmp").stat().st_size > 20_000_000
    assert max(open_photo(tmp_path / "large.bmp").size) == MAX_SIDE


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("document.jpg", b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"),
        ("empty.jpg", b""),
        ("text.png", b"this is not a picture"),
        ("page.jpg", b"<html><script>alert(1)</script></html>"),
        ("drawing.jpg", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n"),
    ],
)
def test_not_a_picture(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    message = message_of(tmp_path / name)
    assert is_one_friendly_sentence(message)
    assert "JPEG" in message


def test_missing_file(tmp_path: Path) -> None:
    assert "no longer there" in message_of(tmp_path / "gone.jpg")


def test_folder_instead_of_a_file(tmp_path: Path) -> None:
    assert is_one_friendly_sentence(message_of(tmp_path))


def test_too_many_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, halves: Image.Image) -> None:
    halves.save(tmp_path / "photo.bmp")
    monkeypatch.setattr("retrievers.photos.MAX_BYTES", 1000)
    assert is_one_friendly_sentence(message_of(tmp_path / "photo.bmp"))
