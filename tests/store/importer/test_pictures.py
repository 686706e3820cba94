import io
from pathlib import Path

import pytest
from PIL import Image

from store.importer import pictures
from store.importer.pictures import LONG_SIDE, LocalPictures, PictureShelf, make_small


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


RED = Image.new("RGB", (40, 20), "red")


@pytest.mark.parametrize("kind", ["JPEG", "WEBP"])
def test_small_plain_pictures_are_kept_as_they_are(kind: str) -> None:
    data = encoded(RED, kind)
    assert make_small(data)[0] == data


def test_large_pictures_are_made_small() -> None:
    small, suffix = make_small(encoded(Image.new("RGB", (3000, 1500), "red"), "JPEG"))
    assert suffix == ".webp"
    assert opened(small).size == (LONG_SIDE, LONG_SIDE // 2)


def test_a_rotated_photo_is_turned_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    small, _ = make_small(encoded(RED, "JPEG", exif=exif))
    assert opened(small).size == (20, 40)
    assert not opened(small).getexif()


@pytest.mark.parametrize("mode", ["CMYK", "L", "P", "RGBA", "I;16", "1", "LA"])
def test_every_mode_becomes_rgb(mode: str) -> None:
    image = Image.new(mode, (30, 30))
    small, _ = make_small(encoded(image, "TIFF" if mode == "CMYK" else "PNG"))
    assert opened(small).mode == "RGB"


def test_transparency_lies_on_white_and_sixteen_bits_keep_their_light() -> None:
    clear, _ = make_small(encoded(Image.new("RGBA", (30, 30), (255, 0, 0, 0)), "PNG"))
    grey, _ = make_small(encoded(Image.new("I;16", (30, 30), 128 * 256), "PNG"))
    assert min(opened(clear).getpixel((5, 5))) > 250  # type: ignore[type-var, arg-type]
    assert abs(opened(grey).getpixel((5, 5))[0] - 128) < 4  # type: ignore[index, operator]


def test_of_an_animation_the_first_frame() -> None:
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("blue", "red")]
    small, _ = make_small(encoded(frames[0], "GIF", save_all=True, append_images=frames[1:]))
    red, _, blue = opened(small).getpixel((5, 5))  # type: ignore[misc]
    assert blue > 200 > 50 > red


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.4 not a picture", "not a picture"),
        (b"", "not a picture"),
        (encoded(Image.effect_noise((400, 400), 90).convert("RGB"), "JPEG")[:5000], "damaged"),
        (encoded(Image.effect_noise((400, 400), 90).convert("RGB"), "PNG")[:5000], "damaged"),
    ],
)
def test_what_is_no_picture_gives_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        make_small(data)


def test_bombs_are_refused_before_they_are_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    data = encoded(Image.new("1", (9000, 9000)), "PNG")
    with pytest.raises(ValueError, match="9000x9000 pixels"):
        make_small(data)
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 1000)
    with pytest.raises(ValueError, match="too many pixels"):
        make_small(data)


def test_paths_stay_below_the_source(tmp_path: Path) -> None:
    shop, outside = tmp_path / "shop", tmp_path / "private.jpg"
    (shop / "images").mkdir(parents=True)
    outside.write_bytes(b"secret")
    (shop / "a.jpg").write_bytes(b"a")
    (shop / "images" / "b.jpg").write_bytes(b"b")
    (shop / "link.jpg").symlink_to(outside)
    local = LocalPictures.below(shop)
    assert local.read("a.jpg") == b"a"
    assert local.read("images\\b.jpg") == local.read("b.jpg") == b"b"
    assert local.read(str(shop / "a.jpg")) == b"a"
    for reference in ("../private.jpg", "link.jpg", str(outside), "images/../../private.jpg"):
        with pytest.raises(ValueError, match="--images"):
            local.read(reference)


def test_references_that_are_no_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    local = LocalPictures.below(tmp_path)
    (tmp_path / "big.jpg").write_bytes(b"12345")
    monkeypatch.setattr(pictures, "MOST_BYTES", 4)
    for reference, reason in [
        ("absent.jpg", "no such file"),
        (".", "no such file"),
        ("a\0b", "not a file name"),
        ("x" * 2000, "not a file name"),
        ("x" * 300, "not a file name|no such file"),
        ("file:///etc/passwd", "neither"),
        ("data:image/png;base64,xx", "neither"),
        ("big.jpg", "larger"),
    ]:
        with pytest.raises(ValueError, match=reason):
            local.read(reference)


def test_the_shelf_keeps_each_picture_once(tmp_path: Path) -> None:
    shelf = PictureShelf(tmp_path)
    data = encoded(RED, "PNG")
    name, is_new = shelf.put(data)
    assert (name.startswith("pictures/"), is_new, shelf.has(name)) == (True, True, True)
    written = (tmp_path / name).stat().st_mtime_ns
    assert shelf.put(data) == (name, False)
    assert (tmp_path / name).stat().st_mtime_ns == written
    other, _ = shelf.put(encoded(RED, "JPEG"))
    shelf.keep_only({other})
    assert (shelf.has(name), shelf.has(other)) == (False, True)
