"""Furniture: armchairs, chairs and side tables, seen from the front."""

from __future__ import annotations

from training.demo_store.canvas import Canvas, ellipse, rounded
from training.demo_store.outline import Outline, d
from training.demo_store.palette import INK, PAPER, Color
from training.demo_store.product_type import Facts, ProductType
from training.demo_store.wares import DARK, WOODS, deeper, frustum, grain, paler, stuff, tube

_SIDES = (-1, 1)


def draw_armchair(canvas: Canvas, facts: Facts) -> None:
    """Back, arms and legs decide the outline; the cover shows colour and pattern."""
    cloth, dark = facts.cloth(1.2), deeper(facts.color, 0.16)
    canvas.ground_shadow(200, 352, 132)
    legs = facts["legs"]
    if legs != "no visible legs":
        color = WOODS["Walnut"] if legs == "wooden legs" else DARK
        for s in _SIDES:
            tube(
                canvas, d("M", 200 + s * 104, 300, "L", 200 + s * 114, 352), color, 10 if legs == "wooden legs" else 5
            )
            tube(
                canvas,
                d("M", 200 + s * 62, 300, "L", 200 + s * 66, 340),
                deeper(color),
                8 if legs == "wooden legs" else 4,
            )
    low = 318 if legs != "no visible legs" else 350
    back = _armchair_back(facts["back"])
    canvas.form(back, cloth, "soft", 1.8)
    with canvas.clip(back):
        if facts["back"] == "buttoned back":
            _buttons(canvas, facts.color)
        else:
            canvas.fold(146, 110, 140, 236, 6, 14)
            canvas.fold(256, 110, 262, 236, -6, 14)
        canvas.path(d("M", 90, 200, "H", 310, "V", 260, "H", 90, "Z"), INK, opacity=0.12)
    seat = rounded(104, 222, 192, 52, 20)
    canvas.form(rounded(100, 256, 200, low - 256, 10), facts.plain(), "down")
    canvas.form(seat, cloth, "down", 1.8)
    canvas.path(d("M", 116, 266, "Q", 200, 280, 284, 266), stroke=INK, width=3, opacity=0.2)
    for s in _SIDES:
        x = 200 + s * 112
        canvas.form(rounded(x - 26, 186, 52, low - 186, 24), cloth, "round", 1.8)
        canvas.form(ellipse(x, 210, 22, 21), dark, "ball", 1.4)
        canvas.ellipse(x, 210, 13, 12, stroke=facts.color.light, width=1.6, opacity=0.6)


def _armchair_back(back: str) -> str:
    if back == "wing back":
        return (
            Outline.at(200, 58)
            .curve(250, 54, 288, 58, 306, 84)
            .curve(326, 110, 322, 170, 316, 220)
            .line(290, 262)
            .line(200, 262)
            .mirrored()
        )
    if back == "round back":
        return Outline.at(200, 96).curve(286, 96, 316, 140, 316, 220).line(290, 262).line(200, 262).mirrored()
    return (
        Outline.at(200, 86).line(272, 86).curve(296, 86, 300, 100, 300, 116).line(296, 262).line(200, 262).mirrored()
    )


def _buttons(canvas: Canvas, color: Color) -> None:
    for row in range(4):
        for column in range(-2, 3):
            x, y = 200 + column * 38 + (19 if row % 2 else 0), 114 + row * 32
            for s in _SIDES:
                canvas.path(
                    d("M", x, y, "Q", x + s * 8, y + 18, x + s * 19, y + 32), stroke=INK, width=2.4, opacity=0.2
                )
            canvas.button(x, y, 5, color)


def draw_chair(canvas: Canvas, facts: Facts) -> None:
    """A painted wooden chair: back, armrests, seat, legs."""
    wood, paint = stuff(facts.material, facts.color), facts.color
    canvas.ground_shadow(200, 354, 96)
    for s in _SIDES:
        tube(canvas, d("M", 200 + s * 58, 236, "L", 200 + s * 64, 340), deeper(wood), 8)
        tube(canvas, d("M", 200 + s * 62, 232, "L", 200 + s * 60, 66), paint, 10)
    _chair_back(canvas, facts)
    if facts["armrests"] == "curved armrests":
        for s in _SIDES:
            tube(canvas, d("M", 200 + s * 96, 176, "L", 200 + s * 92, 240), wood, 8)
            tube(canvas, d("M", 200 + s * 62, 164, "Q", 200 + s * 88, 164, 200 + s * 104, 178), paint, 12)
    tube(canvas, d("M", 124, 296, "H", 276), deeper(wood), 6)
    for s in _SIDES:
        tube(canvas, d("M", 200 + s * 82, 250, "L", 200 + s * 92, 356), wood, 11)
    seat = d("M", 136, 218, "H", 264, "Q", 272, 218, 276, 226, "L", 300, 250, "Q", 302, 264, 290, 264, "H", 110)
    seat = d(seat, "Q", 98, 264, 100, 250, "L", 124, 226, "Q", 128, 218, 136, 218, "Z")
    if facts["seat"] == "padded seat":
        canvas.form(rounded(100, 248, 200, 22, 8), wood, "down")
        shape = d("M", 138, 212, "H", 262, "Q", 286, 214, 298, 244, "Q", 300, 258, 284, 258)
        shape = d(shape, "H", 116, "Q", 100, 258, 102, 244, "Q", 114, 214, 138, 212, "Z")
        canvas.form(
            shape,
            facts.color,
            "ball",
        )
        canvas.path(d("M", 108, 250, "Q", 200, 262, 292, 250), stroke=paint.trim, width=1.6, dash="5 4", opacity=0.8)
    else:
        canvas.form(seat, paint, "down")
        canvas.shine(136, 240, 230, 226, 4, 7, 0.3)


def _chair_back(canvas: Canvas, facts: Facts) -> None:
    paint = facts.color
    rail = d("M", 128, 62, "Q", 200, 40, 272, 62, "L", 270, 92, "Q", 200, 72, 130, 92, "Z")
    if facts["back"] == "solid back":
        panel = d("M", 128, 62, "Q", 200, 40, 272, 62, "L", 266, 176, "Q", 200, 186, 134, 176, "Z")
        canvas.form(panel, facts.cloth())
        canvas.shine(146, 160, 144, 80, 5, 9, 0.3)
        return
    if facts["back"] == "spindle back":
        for i in range(-3, 4):
            tube(canvas, d("M", 200 + i * 17, 82, "L", 200 + i * 15, 226), paint, 5)
    else:
        for y in (114, 152, 190):
            canvas.form(
                d("M", 138, y, "Q", 200, y - 12, 262, y, "v", 18, "Q", 200, y + 6, 138, y + 18, "Z"), paint, "down"
            )
    canvas.form(rail, paint, "down")


def draw_side_table(canvas: Canvas, facts: Facts) -> None:
    """A painted top on a wooden or metal foot, with or without a shelf."""
    wood = stuff(facts.material, facts.color)
    canvas.ground_shadow(200, 352, 100)
    if facts["foot"] == "pedestal":
        canvas.form(frustum(200, 340, 58, 350, 66), wood, "round")
        canvas.ellipse(200, 340, 58, 7.5, fill=wood.light, stroke=wood.deep, width=1.2)
        body = (
            Outline.at(200, 170)
            .line(214, 170)
            .curve(208, 230, 210, 290, 226, 342)
            .bend(214, 347, 200, 347)
            .mirrored()
        )
        canvas.form(body, wood, "round")
    else:
        spread = 84 if facts["foot"] == "three legs" else 92
        inner = (0,) if facts["foot"] == "three legs" else (-52, 52)
        for x in inner:
            tube(canvas, d("M", 200 + x * 0.9, 180, "L", 200 + x, 340), deeper(wood), 10)
        if facts["shelf"] == "lower shelf":
            canvas.form(ellipse(200, 290, 84, 13), facts.color, "down")
            canvas.form(frustum(200, 290, 84, 297, 84), deeper(facts.color, 0.1), "round")
        for s in _SIDES:
            tube(canvas, d("M", 200 + s * 66, 180, "L", 200 + s * spread, 352), wood, 11)
    if facts["foot"] == "pedestal" and facts["shelf"] == "lower shelf":
        canvas.form(frustum(200, 262, 62, 269, 62), deeper(facts.color, 0.1), "round")
        canvas.form(ellipse(200, 262, 62, 9), facts.color, "down")
    _table_top(canvas, facts, wood)


def _table_top(canvas: Canvas, facts: Facts, wood: Color) -> None:
    if facts["top"] == "round top":
        canvas.form(frustum(200, 168, 124, 182, 124), deeper(facts.color, 0.12), "round")
        top = ellipse(200, 168, 124, 124 * 0.16)
    else:
        canvas.form(rounded(76, 176, 248, 18, 3), deeper(facts.color, 0.12), "down")
        top = d("M", 104, 146, "H", 296, "L", 324, 178, "H", 76, "Z")
    canvas.form(top, paler(facts.color, 0.12), "down")
    with canvas.clip(top):
        canvas.path(d("M", 60, 190, "L", 190, 140, "h", 60, "L", 130, 200, "Z"), PAPER, opacity=0.22)
    if facts.material in WOODS:
        grain(canvas, top, 70, 146, 260, 44, wood)


TYPES: tuple[ProductType, ...] = (
    ProductType(
        "Home",
        "Armchairs",
        "armchair",
        draw_armchair,
        families=3,
        price=(249, 899),
        title="{material} {noun} with {back} and {legs}",
        materials=("Velvet", "Linen", "Corduroy", "Wool Blend"),
        visible={
            "back": ("wing back", "round back", "square back", "buttoned back"),
            "legs": ("wooden legs", "metal legs", "no visible legs"),
        },
        patterns=("Solid", "Floral", "Herringbone", "Striped"),
        occasions=("Reading", "Everyday"),
        detail=(85, 50, 200),
        zoom=1.03,
        scene="floor",
        care="Vacuum or spot clean",
    ),
    ProductType(
        "Home",
        "Chairs",
        "chair",
        draw_chair,
        families=3,
        price=(59, 229),
        title="{material} {noun} with {back}, {seat} and {armrests}",
        materials=("Beech", "Oak", "Walnut"),
        visible={
            "back": ("slatted back", "spindle back", "solid back"),
            "seat": ("wooden seat", "padded seat"),
            "armrests": ("no armrests", "curved armrests"),
        },
        occasions=("Dinner", "Everyday", "Work"),
        detail=(95, 40, 200),
        zoom=1.05,
        scene="floor",
    ),
    ProductType(
        "Home",
        "Side Tables",
        "side table",
        draw_side_table,
        families=2,
        price=(49, 199),
        title="{top} {material} {noun} with {foot} and {shelf}",
        materials=("Oak", "Steel"),
        visible={
            "top": ("round top", "square top"),
            "foot": ("three legs", "pedestal", "four legs"),
            "shelf": ("no shelf", "lower shelf"),
        },
        occasions=("Everyday", "Housewarming", "Reading"),
        detail=(70, 110, 190),
        scene="floor",
        care="Wipe clean with a damp cloth",
    ),
)
