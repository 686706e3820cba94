from __future__ import annotations

import io

from PIL import Image

from training.demo_store.canvas import PIXELS, Canvas, Cloth, ellipse, webp
from training.demo_store.palette import COLORS


def _drawing() -> Canvas:
    canvas = Canvas()
    canvas.ground_shadow(200, 330, 90)
    with canvas.lifted():
        canvas.form(ellipse(200, 200, 100), Cloth(COLORS["Red"], "Dotted"), "ball")
    with canvas.clip(ellipse(200, 200, 100)):
        canvas.fold(150, 120, 180, 280)
    return canvas


def test_the_same_drawing_gives_the_same_bytes() -> None:
    assert webp(_drawing().svg()) == webp(_drawing().svg())


def test_a_picture_is_a_square_webp_of_the_promised_size() -> None:
    picture = Image.open(io.BytesIO(webp(_drawing().svg())))
    assert picture.format == "WEBP"
    assert picture.size == (PIXELS, PIXELS)
    assert PIXELS >= 384


def test_a_form_is_filled_with_its_colour() -> None:
    canvas = Canvas()
    canvas.form(ellipse(200, 200, 120), COLORS["Blue"], "flat")
    picture = Image.open(io.BytesIO(webp(canvas.svg()))).convert("RGB")
    red, green, blue = picture.getpixel((PIXELS // 2, PIXELS // 2))  # type: ignore[misc]
    assert (abs(red - 0x2E) < 8, abs(green - 0x6F) < 8, abs(blue - 0xD0) < 8) == (True, True, True)


def test_a_clip_keeps_what_is_drawn_inside() -> None:
    canvas = Canvas()
    with canvas.clip(ellipse(200, 200, 50)):
        canvas.rect(0, 0, 400, 400, fill="#ff0000")
    picture = Image.open(io.BytesIO(webp(canvas.svg()))).convert("RGB")
    assert picture.getpixel((200, 200))[0] > 240  # type: ignore[index]
    assert picture.getpixel((40, 40))[0] < 20  # type: ignore[index]


def test_equal_definitions_are_kept_once() -> None:
    canvas = Canvas()
    assert canvas.gradient("#000000", "#ffffff") == canvas.gradient("#000000", "#ffffff")
    assert canvas.svg().count("<linearGradient") == 1


def test_a_window_shows_a_part_of_the_picture() -> None:
    assert 'viewBox="100 50 120 120"' in _drawing().svg((100, 50, 120))
