"""Dressy footwear: pumps, loafers and ballet flats, seen from the side as a pair."""

from __future__ import annotations

from training.demo_store.canvas import Canvas, Cloth, rounded
from training.demo_store.footwear import GROUND, SIZES_EU, draw_pair
from training.demo_store.outline import Outline, d
from training.demo_store.palette import BRASS, INK, Color, mix
from training.demo_store.product_type import Facts, ProductType

_SOLE = Color("Sole", "", "#4a3d34", "")


_WOMEN = ("36", "37", "38", "39", "40", "41")


def draw_pump(canvas: Canvas, facts: Facts) -> None:
    """A pump: heel, toe and strap are seen."""
    draw_pair(canvas, facts, _pump, 6)


def _pump(canvas: Canvas, facts: Facts) -> None:
    color = facts.color
    lift = {"kitten heel": 34, "stiletto heel": 92, "block heel": 62}[facts["heel"]]
    pointed = facts["toe"] == "pointed toe"
    tip = 56 if pointed else 72
    back = GROUND - lift
    _pump_heel(canvas, facts["heel"], back, color)
    inside = Outline.at(158, GROUND - 34).curve(200, GROUND - 60, 260, back - 62, 322, back - 58)
    inside = inside.curve(300, back - 20, 230, back + 4, 158, GROUND - 34)
    canvas.path(inside.closed(), mix(color.base, INK, 0.45))
    upper = (
        Outline.at(tip, GROUND - 8)
        .curve(tip + (16 if pointed else -4), GROUND - 26, 104, GROUND - 44, 142, GROUND - 46)
        .curve(166, GROUND - 34, 178, GROUND - 16 - lift * 0.06, 206, GROUND - 24 - lift * 0.2)
        .curve(252, back - 22 + lift * 0.08, 296, back - 36, 322, back - 60)
        .curve(334, back - 66, 340, back - 52, 337, back - 40)
        .curve(333, back - 20, 336, back - 6, 330, back + 2)
        .curve(290, back + 6, 236, GROUND - 10 - lift * 0.25, 190, GROUND - 4)
        .line(tip + 10, GROUND - 2)
        .curve(tip, GROUND - 2, tip - 3, GROUND - 5, tip, GROUND - 8)
        .closed()
    )
    canvas.form(upper, facts.cloth(0.7), "down")
    with canvas.clip(upper):
        canvas.shine(tip + 24, GROUND - 16, 140, GROUND - 38, -6, 10, 0.4)
        canvas.shine(250, back - 14, 326, back - 34, 4, 7, 0.25)
    sole = d("M", tip + 2, GROUND - 3, "L", 188, GROUND - 2)
    sole = d(sole, "C", 236, GROUND - 8 - lift * 0.25, 288, back + 6, 330, back + 3)
    canvas.path(sole, stroke=_SOLE.base, width=4.5)
    if facts["strap"] == "ankle strap":
        ankle_ring(canvas, color, 290, back - 78)


def ankle_ring(canvas: Canvas, color: Color, x: float, y: float) -> None:
    """A strap round an invisible ankle, with a buckle, tied to the heel counter."""
    canvas.path(d("M", 326, y + 34, "L", 328, y + 2), stroke=color.dark, width=9)
    canvas.path(d("M", x - 40, y, "A", 40, 13, 0, 0, 1, x + 40, y), stroke=mix(color.base, INK, 0.4), width=9)
    front = d("M", x - 40, y, "A", 40, 13, 0, 0, 0, x + 40, y)
    canvas.path(front, stroke=color.deep, width=12)
    canvas.path(front, stroke=color.base, width=9.5)
    canvas.rect(x - 8, y + 5, 13, 15, 2.5, stroke=BRASS.base, width=2.8)


def _pump_heel(canvas: Canvas, heel: str, back: float, color: Color) -> None:
    if heel == "block heel":
        path = d("M", 284, back - 8, "L", 334, back - 8, "L", 330, GROUND, "L", 290, GROUND, "Z")
    else:
        slim = 5 if heel == "stiletto heel" else 8
        path = d("M", 290, back - 4, "C", 316, back + 8, 322, GROUND - 30, 322, GROUND, "h", slim)
        path += d(" C", 330, GROUND - 30, 337, back + 16, 335, back - 8, "Z")
    canvas.form(path, Cloth(color), "round")
    canvas.path(path, INK, opacity=0.14)


def _low_shoe(canvas: Canvas, facts: Facts, pointed: bool, throat: float) -> str:
    """Sole, dark inside and upper of a flat slip-on shoe; ``throat`` is where its opening begins."""
    color = facts.color
    tip = 58 if pointed else 70
    inside = Outline.at(throat, 252).curve(200, 226, 270, 212, 322, 216).curve(310, 262, 220, 276, throat, 252)
    canvas.path(inside.closed(), mix(color.base, INK, 0.45))
    upper = (
        Outline.at(tip, 290)
        .curve(tip + 2, 268, 100, 254, throat - 14, 246)
        .curve(throat - 2, 243, throat + 4, 248, throat + 12, 258)
        .curve(214, 262, 286, 250, 318, 218)
        .curve(330, 208, 338, 218, 336, 234)
        .curve(332, 258, 338, 276, 336, 294)
        .line(tip + 4, 296)
        .closed()
    )
    canvas.form(upper, facts.cloth(0.7), "down")
    return upper


def draw_loafer(canvas: Canvas, facts: Facts) -> None:
    """A loafer with an apron seam and a strap, tassels or nothing on it."""
    draw_pair(canvas, facts, _loafer, 4)


def _loafer(canvas: Canvas, facts: Facts) -> None:
    color = facts.color
    upper = _low_shoe(canvas, facts, False, 196)
    with canvas.clip(upper):
        canvas.path(d("M", 84, 268, "C", 118, 268, 160, 270, 200, 258), stroke=color.deep, width=2.4)
        canvas.stitch(d("M", 84, 273, "C", 118, 273, 160, 276, 202, 264), color)
        canvas.shine(90, 264, 160, 250, -7, 9, 0.34)
        canvas.seam(d("M", 300, 232, "C", 298, 254, 296, 274, 300, 296), color)
        if facts["trim"] != "plain":
            band = Outline.at(158, 240).line(186, 238).curve(204, 258, 222, 276, 226, 298).line(196, 298)
            canvas.form(band.curve(190, 278, 176, 256, 158, 240).closed(), color, "soft", 1.6)
    if facts["trim"] == "penny strap":
        canvas.path(d("M", 166, 248, "l", 12, -5, "l", 9, 9, "l", -12, 5, "Z"), mix(color.base, INK, 0.6))
    elif facts["trim"] == "tassel":
        for dx in (0, 14):
            canvas.path(d("M", 172, 244, "q", -14 - dx, 4, -18 - dx, 14), stroke=color.deep, width=3)
            canvas.form(d("M", 151 - dx, 256, "l", 6, 0, "l", 4, 18, "h", -14, "Z"), color, "soft", 1.2)
    elif facts["trim"] == "metal bit":
        canvas.path(d("M", 166, 246, "L", 206, 268), stroke=BRASS.base, width=5)
        for x, y in ((168, 247), (205, 268)):
            canvas.ellipse(x, y, 6, stroke=BRASS.base, width=3.4)
    sole = d("M", 66, 292, "H", 340, "V", GROUND, "H", 284, "V", 302, "H", 84, "Q", 68, 302, 66, 292, "Z")
    canvas.form(sole, _SOLE, "down")


def draw_ballet_flat(canvas: Canvas, facts: Facts) -> None:
    """A flat with a low opening, a thin sole and perhaps a bow."""
    draw_pair(canvas, facts, _ballet_flat, 0)


def _ballet_flat(canvas: Canvas, facts: Facts) -> None:
    color = facts.color
    upper = _low_shoe(canvas, facts, facts["toe"] == "pointed toe", 142)
    with canvas.clip(upper):
        canvas.shine(84, 282, 130, 258, -6, 9, 0.36)
        canvas.fold(150, 268, 230, 282, -4, 8)
    edge = d("M", 130, 246, "C", 142, 244, 148, 254, 154, 258, "C", 214, 262, 286, 250, 318, 218)
    canvas.path(edge, stroke=color.dark, width=4)
    if facts["trim"] == "bow":
        for s in (-1, 1):
            loop = d("M", 138, 248, "C", 138 + s * 10, 230, 138 + s * 30, 234, 138 + s * 27, 248)
            canvas.form(f"{loop} C {138 + s * 28} 258 {138 + s * 10} 258 138 248 Z", color, "soft", 1.3)
        canvas.form(rounded(132, 242, 12, 12, 4), color, "ball", 1.2)
    if facts["strap"] == "ankle strap":
        strap = d("M", 204, 258, "C", 214, 236, 244, 214, 270, 212)
        canvas.path(strap, stroke=color.deep, width=10)
        canvas.path(strap, stroke=color.base, width=7.5)
        canvas.rect(230, 222, 11, 12, 2, stroke=BRASS.base, width=2.4)
    canvas.form(d("M", 66, 293, "H", 338, "V", GROUND - 4, "H", 82, "Q", 68, GROUND - 5, 66, 293, "Z"), _SOLE, "down")


TYPES: tuple[ProductType, ...] = (
    ProductType(
        "Footwear",
        "Pumps",
        "pumps",
        draw_pump,
        families=4,
        price=(55, 169),
        title="{material} {toe} {noun}",
        materials=("Leather", "Patent Leather", "Suede", "Vegan Leather", "Satin"),
        visible={
            "heel": ("stiletto heel", "block heel", "kitten heel"),
            "toe": ("pointed toe", "round toe"),
            "strap": ("no strap", "ankle strap"),
        },
        sizes=_WOMEN,
        genders=("female",),
        occasions=("Work", "Party", "Wedding guest", "Evening"),
        views=("detail", "back"),
        detail=(40, 180, 180),
        scene="floor",
        zoom=1.06,
    ),
    ProductType(
        "Footwear",
        "Loafers",
        "loafers",
        draw_loafer,
        families=4,
        price=(69, 179),
        title="{material} {noun}",
        materials=("Leather", "Suede", "Vegan Leather", "Vegan Suede"),
        visible={"trim": ("penny strap", "tassel", "metal bit", "plain")},
        colors=("Black", "Brown", "Burgundy", "Navy", "Red", "Blue", "Green", "Beige", "White", "Yellow"),
        sizes=SIZES_EU,
        genders=("male", "female"),
        occasions=("Work", "Everyday"),
        seasons=("Spring", "Summer", "Autumn"),
        views=("detail", "back"),
        detail=(70, 150, 180),
        scene="floor",
        zoom=1.1,
    ),
    ProductType(
        "Footwear",
        "Ballet Flats",
        "ballet flats",
        draw_ballet_flat,
        families=3,
        price=(39, 99),
        title="{material} {toe} {noun}",
        materials=("Leather", "Vegan Leather", "Velvet", "Satin"),
        visible={
            "toe": ("round toe", "pointed toe"),
            "trim": ("bow", "plain"),
            "strap": ("no strap", "ankle strap"),
        },
        patterns=("Solid", "Leopard", "Dotted"),
        sizes=_WOMEN,
        genders=("female",),
        occasions=("Everyday", "Work"),
        seasons=("Spring", "Summer"),
        views=("detail",),
        detail=(60, 160, 170),
        scene="floor",
        zoom=1.1,
    ),
)
