"""Lamps and candles: the shade, the stand and the light are what a shopper looks at."""

from __future__ import annotations

from training.demo_store.canvas import Canvas, Cloth, ellipse, rounded
from training.demo_store.outline import Outline, d
from training.demo_store.palette import BRASS, INK, PAPER, mix
from training.demo_store.product_type import Facts, ProductType
from training.demo_store.wares import (
    CREAM,
    DARK,
    WOODS,
    deeper,
    flame,
    frustum,
    grain,
    halo,
    knob,
    mouth,
    stuff,
    tube,
)

_LIT = "#fff3cf"
_SHADES = {
    "drum": (0.92, 1.0, 1.0),
    "cone": (0.4, 1.12, 1.05),
    "pleated": (0.62, 1.06, 1.0),
    "tapered": (0.74, 1.02, 0.9),
}


def lampshade(canvas: Canvas, facts: Facts, cx: float, top: float, half: float, height: float) -> None:
    """A lit shade of the named shape; ``half`` is half its usual width."""
    shape = facts["lampshade"]
    if shape == "globe":
        _globe(canvas, facts, cx, top + height * 0.5, half * 0.86)
        return
    if shape == "dome":
        _dome(canvas, facts, cx, top, half * 1.12, height * 0.86)
        return
    upper, lower, tall = _SHADES[shape]
    path = frustum(cx, top, half * upper, top + height * tall, half * lower)
    mouth(canvas, cx, top, half * upper, facts.color, _LIT, 3)
    canvas.form(path, facts.cloth(0.9), "round")
    with canvas.clip(path):
        if shape == "pleated":
            for i in range(-7, 8):
                line = d("M", cx + i * half * upper / 7.5, top, "L", cx + i * half * lower / 7.5, top + height + 14)
                canvas.path(line, stroke=INK, width=3, opacity=0.16)
        halo(canvas, cx, top + height * tall, half, 0.55, _LIT)
    for y, wide in ((top + 3, half * upper), (top + height * tall - 3, half * lower)):
        band = d("M", cx - wide, y, "A", wide, wide * 0.13, 0, 0, 0, cx + wide, y)
        canvas.path(band, stroke=facts.color.trim, width=3.4, opacity=0.8)


def _globe(canvas: Canvas, facts: Facts, cx: float, cy: float, radius: float) -> None:
    canvas.form(ellipse(cx, cy, radius), facts.cloth(0.9), "ball")
    halo(canvas, cx, cy, radius * 0.9, 0.6, _LIT)
    canvas.shine(cx - radius * 0.66, cy + radius * 0.1, cx - radius * 0.2, cy - radius * 0.68, 9, 9, 0.5)


def _dome(canvas: Canvas, facts: Facts, cx: float, top: float, half: float, height: float) -> None:
    low = top + height
    canvas.ellipse(cx, low, half, half * 0.15, fill=_LIT, stroke=facts.color.deep)
    path = d(
        *("M", cx - half, low, "C", cx - half, top + height * 0.3, cx - half * 0.55, top, cx, top),
        *("C", cx + half * 0.55, top, cx + half, top + height * 0.3, cx + half, low),
        *("A", half, half * 0.1, 0, 0, 0, cx - half, low, "Z"),
    )
    canvas.form(path, facts.cloth(0.9), "round")
    canvas.shine(cx - half * 0.74, low - 14, cx - half * 0.26, top + 16, 9, 9, 0.4)
    knob(canvas, cx, top - 5, 6, stuff(facts.material, deeper(facts.color)))


def draw_table_lamp(canvas: Canvas, facts: Facts) -> None:
    """Base and shade are both seen; the base shows the material, the shade the colour."""
    body = stuff(facts.material, deeper(facts.color, 0.12))
    canvas.ground_shadow(200, 344, 84)
    halo(canvas, 200, 132, 176, 0.42)
    if facts["base"] == "tripod base":
        for x, y in ((200, 336), (146, 346), (254, 346)):
            tube(canvas, d("M", 200, 190, "L", x, y), body, 9)
        canvas.form(rounded(184, 188, 32, 16, 6), body, "round")
    else:
        _foot(canvas, facts["base"], facts)
    tube(canvas, d("M", 200, 168, "L", 200, 200), BRASS, 6)
    lampshade(canvas, facts, 200, 62, 84, 118)


def _foot(canvas: Canvas, base: str, facts: Facts) -> None:
    body = stuff(facts.material, deeper(facts.color, 0.12))
    start = Outline.at(200, 198).line(212, 198)
    if base == "round base":
        path = (
            start.line(213, 210)
            .curve(268, 222, 268, 312, 226, 330)
            .line(230, 342)
            .bend(215, 347, 200, 347)
            .mirrored()
        )
    else:
        path = (
            start.curve(214, 250, 216, 290, 218, 326)
            .line(248, 331)
            .line(250, 340)
            .bend(226, 348, 200, 348)
            .mirrored()
        )
    canvas.form(path, body, "round")
    if facts.material in WOODS:
        grain(canvas, path, 150, 198, 100, 150, body)
    elif base == "round base":
        canvas.shine(166, 306, 178, 234, 8, 10, 0.5)
    else:
        canvas.shine(190, 322, 192, 214, 2, 4, 0.5)


def draw_floor_lamp(canvas: Canvas, facts: Facts) -> None:
    """A tall lamp; the stand decides the outline."""
    pole = stuff(facts.material, facts.color)
    stand = facts["stand"]
    halo(canvas, 274 if stand == "arc stand" else 200, 100, 134, 0.42)
    if stand == "tripod stand":
        canvas.ground_shadow(200, 360, 84)
        for x, y in ((206, 346), (138, 364), (262, 364)):
            tube(canvas, d("M", 200, 150, "L", x, y), pole, 7)
        canvas.form(rounded(187, 142, 26, 20, 6), pole, "round")
        lampshade(canvas, facts, 200, 42, 64, 92)
        return
    cx = 200 if stand == "straight stand" else 136
    canvas.ground_shadow(cx, 358, 58)
    canvas.form(frustum(cx, 350, 44, 358, 46), pole, "round")
    canvas.ellipse(cx, 350, 44, 5.7, fill=pole.light, stroke=pole.deep, width=1.2)
    if stand == "straight stand":
        tube(canvas, d("M", 200, 130, "L", 200, 350), pole, 6)
        lampshade(canvas, facts, 200, 42, 64, 92)
    else:
        arc = d("M", cx, 350, "L", cx, 150, "C", cx, 20, 270, 6, 274, 104)
        tube(canvas, arc, pole, 6)
        lampshade(canvas, facts, 274, 98, 50, 66)


def draw_candle(canvas: Canvas, facts: Facts) -> None:
    """A jar or a pillar, with one flame or three."""
    wicks = (200,) if facts["wicks"] == "one wick" else (172, 200, 228)
    if facts["holder"] == "pillar":
        _pillar(canvas, facts, wicks)
    elif facts["holder"] == "taper":
        _taper(canvas, facts, wicks)
    else:
        _jar(canvas, facts, wicks)


def _pillar(canvas: Canvas, facts: Facts, wicks: tuple[int, ...]) -> None:
    half = 58 if len(wicks) == 1 else 78
    canvas.ground_shadow(200, 342, half + 14)
    halo(canvas, 200, 128, 110, 0.6)
    path = frustum(200, 150, half, 336, half)
    canvas.form(path, facts.cloth(0.9), "round")
    canvas.ellipse(200, 150, half, half * 0.13, fill=facts.color.lighter, stroke=facts.color.deep, width=1.4)
    canvas.ellipse(200, 151, half - 8, half * 0.13 - 2, fill=mix(facts.color.base, _LIT, 0.6))
    drip = d("M", 200 + half * 0.5, 157, "q", 7, 22, 2, 40, "q", -6, 8, -11, 0, "q", 0, -20, -3, -38, "Z")
    canvas.path(drip, facts.color.light, facts.color.deep, 1, 0.8)
    for x in wicks:
        flame(canvas, x, 152, 30)


def _taper(canvas: Canvas, facts: Facts, wicks: tuple[int, ...]) -> None:
    arms = (200,) if len(wicks) == 1 else (120, 200, 280)
    canvas.ground_shadow(200, 350, 70)
    holder = DARK if facts.color.name != "Black" else BRASS
    for x in arms:
        halo(canvas, x, 82, 62, 0.5)
    if len(arms) > 1:
        tube(canvas, d("M", 120, 236, "C", 120, 296, 280, 296, 280, 236), holder, 8)
    tube(canvas, d("M", 200, 240, "L", 200, 336), holder, 10)
    canvas.form(frustum(200, 336, 46, 347, 54), holder, "round")
    canvas.ellipse(200, 336, 46, 6, fill=holder.light, stroke=holder.deep, width=1.2)
    for x in arms:
        canvas.form(frustum(x, 112, 12, 228, 15), facts.cloth(0.6), "round")
        canvas.ellipse(x, 112, 12, 2.2, fill=facts.color.lighter)
        canvas.form(frustum(x, 224, 22, 240, 14), holder, "round")
        canvas.ellipse(x, 224, 22, 3, fill=holder.light, stroke=holder.deep, width=1)
        canvas.form(frustum(x, 200, 13.6, 226, 14.6), facts.cloth(0.6), "round", 0)
        flame(canvas, x, 112, 26)


def _jar(canvas: Canvas, facts: Facts, wicks: tuple[int, ...]) -> None:
    half = 68 if len(wicks) == 1 else 86
    canvas.ground_shadow(200, 342, half + 14)
    halo(canvas, 200, 150, 112, 0.6)
    mouth(canvas, 200, 170, half, facts.color, CREAM.base, 6)
    canvas.ellipse(200, 174, half - 6, half * 0.13 - 2, fill=_LIT)
    for x in wicks:
        flame(canvas, x, 176, 28)
    path = frustum(200, 170, half, 334, half - 4)
    canvas.form(path, facts.cloth(0.9), "round")
    canvas.form(rounded(166, 226, 68, 58, 6), Cloth(CREAM), "flat", 1)
    canvas.path(
        d("M", 180, 246, "H", 220, "M", 186, 258, "H", 214, "M", 192, 270, "H", 208), stroke=INK, opacity=0.55
    )
    canvas.shine(200 - half + 12, 322, 200 - half + 10, 186, 2, 9, 0.5)
    canvas.path(d("M", 200 + half - 8, 190, "V", 318), stroke=PAPER, width=3, opacity=0.25)


TYPES: tuple[ProductType, ...] = (
    ProductType(
        "Home",
        "Table Lamps",
        "table lamp",
        draw_table_lamp,
        families=3,
        price=(35, 145),
        title="{material} {noun} with {lampshade} lampshade and {base}",
        materials=("Ceramic", "Brass", "Oak", "Walnut"),
        visible={
            "lampshade": ("drum", "cone", "dome", "pleated", "globe"),
            "base": ("round base", "column base", "tripod base"),
        },
        patterns=("Solid", "Striped", "Floral", "Checked", "Dotted"),
        occasions=("Reading", "Everyday", "Housewarming"),
        detail=(100, 50, 200),
        zoom=1.1,
        scene="floor",
        care="Dust with a dry cloth",
    ),
    ProductType(
        "Home",
        "Floor Lamps",
        "floor lamp",
        draw_floor_lamp,
        families=3,
        price=(79, 289),
        title="{material} {noun} with {lampshade} lampshade and {stand}",
        materials=("Steel", "Brass", "Oak", "Beech"),
        visible={
            "lampshade": ("drum", "cone", "dome", "tapered"),
            "stand": ("straight stand", "tripod stand", "arc stand"),
        },
        patterns=("Solid", "Striped", "Geometric"),
        occasions=("Reading", "Everyday", "Housewarming"),
        detail=(100, 20, 200),
        scene="floor",
        care="Dust with a dry cloth",
    ),
    ProductType(
        "Home",
        "Candles",
        "candle",
        draw_candle,
        families=3,
        price=(9, 42),
        title="{scent} {holder} {noun} with {wicks}",
        materials=("Soy Wax", "Beeswax"),
        visible={"holder": ("jar", "pillar", "taper"), "wicks": ("one wick", "three wicks")},
        extras={"scent": ("vanilla", "cedar", "fig", "sea salt", "lavender", "orange blossom")},
        patterns=("Solid", "Striped", "Dotted", "Floral"),
        occasions=("Gift", "Evening", "Dinner"),
        detail=(105, 90, 190),
        zoom=1.22,
        scene="floor",
    ),
)
