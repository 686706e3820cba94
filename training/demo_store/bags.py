"""Bags: backpacks, totes and handbags."""

from __future__ import annotations

from training.demo_store.canvas import Canvas, Cloth, rounded
from training.demo_store.outline import Outline, d
from training.demo_store.palette import BRASS, INK, PAPER, Color, mix
from training.demo_store.product_type import Facts, ProductType

_TAN = Color("Tan", "Brown", "#a8713f", "White")


_SIDES = (-1, 1)


def draw_strap(canvas: Canvas, path: str, color: Color, width: float) -> None:
    """A band seen from its flat side: edge, face and a lit line."""
    canvas.path(path, stroke=color.deep, width=width)
    canvas.path(path, stroke=color.base, width=width - 3)
    canvas.path(path, stroke=PAPER, width=1.2, opacity=0.25)


def _trim(facts: Facts) -> Color:
    """Handles and patches: tan leather on cloth bags, the bag's own colour on leather ones."""
    cloth = facts.material in ("Canvas", "Waxed Canvas", "Cotton", "Organic Cotton", "Jute", "Straw")
    return _TAN if cloth and facts.color.name not in ("Brown", "Orange") else facts.color


def draw_backpack(canvas: Canvas, facts: Facts) -> None:
    """A backpack: closure (zip, flap or roll top) and front pocket are seen; the back shows its straps."""
    canvas.ground_shadow(200, 352, 112, 15)
    back = facts["closure"]
    cloth, color, trim = facts.cloth(), facts.color, _trim(facts)
    draw_strap(canvas, d("M", 182, 76, "C", 182, 44, 218, 44, 218, 76), trim, 11)
    for s in _SIDES:
        draw_strap(
            canvas,
            d("M", 200 + s * 84, 150, "C", 200 + s * 122, 190, 200 + s * 120, 270, 200 + s * 92, 326),
            color,
            15,
        )
    body = (
        Outline.at(200, 68)
        .curve(254, 68, 288, 92, 292, 150)
        .curve(296, 220, 298, 280, 294, 330)
        .curve(292, 348, 280, 352, 262, 352)
        .line(200, 352)
        .mirrored()
    )
    canvas.form(body, cloth, "round")
    if facts.view == "back":
        _backpack_straps(canvas, body, color)
        return
    with canvas.clip(body):
        canvas.fold(126, 150, 134, 330, 5, 8)
        canvas.fold(282, 130, 276, 330, -5, 8)
    _front_pocket(canvas, facts, trim)
    if back == "flap":
        _flap(canvas, facts, trim)
    elif back == "roll top":
        _roll_top(canvas, facts, trim)
    else:
        canvas.path(
            d("M", 128, 190, "C", 124, 104, 168, 92, 200, 92, "C", 232, 92, 276, 104, 272, 190),
            stroke=color.deep,
            width=5,
        )
        canvas.path(
            d("M", 128, 190, "C", 124, 104, 168, 92, 200, 92, "C", 232, 92, 276, 104, 272, 190),
            stroke="#d5d8de",
            width=2,
            dash="1.5 2.6",
        )
        canvas.form(rounded(268, 186, 8, 22, 3), trim, "soft", 1)
        canvas.form(rounded(172, 128, 56, 34, 6), trim, "soft", 1.3)
        canvas.stitch(rounded(176, 132, 48, 26, 4), trim)


def _backpack_straps(canvas: Canvas, body: str, color: Color) -> None:
    with canvas.clip(body):
        canvas.path(rounded(140, 120, 120, 210, 26), mix(color.base, INK, 0.14), color.deep, 1.4)
        for y in (170, 215, 260):
            canvas.path(d("M", 152, y, "Q", 200, y + 12, 248, y), stroke=color.deep, width=2, opacity=0.5)
    for s in _SIDES:
        strap = d("M", 200 + s * 22, 92, "C", 200 + s * 62, 120, 200 + s * 70, 200, 200 + s * 60, 250)
        canvas.path(strap, stroke=color.deep, width=30)
        canvas.path(strap, stroke=color.dark, width=27)
        canvas.path(strap, stroke=color.trim, width=1.2, dash="4 3", opacity=0.7)
        draw_strap(canvas, d("M", 200 + s * 60, 250, "L", 200 + s * 80, 332), color, 9)
        canvas.rect(200 + s * 60 - 9, 244, 18, 14, 3, stroke="#d5d8de", width=3)


def _front_pocket(canvas: Canvas, facts: Facts, trim: Color) -> None:
    color = facts.color
    shape = Outline.at(200, 226).line(262, 226).bend(274, 228, 276, 244).line(276, 316)
    path = shape.bend(274, 334, 256, 334).line(200, 334).mirrored()
    canvas.form(path, facts.plain(), "soft")
    canvas.stitch(
        d("M", 132, 254, "V", 314, "Q", 134, 326, 150, 326, "H", 250, "Q", 266, 326, 268, 314, "V", 254), color
    )
    if facts["closure"] == "zip":
        canvas.zipper(258, 240, 144, 240, color)
    else:
        canvas.form(rounded(192, 222, 16, 40, 4), trim, "soft", 1.2)
        canvas.rect(189, 240, 22, 14, 3, stroke=BRASS.base, width=3)


def _flap(canvas: Canvas, facts: Facts, trim: Color) -> None:
    path = (
        Outline.at(200, 62)
        .curve(262, 62, 296, 84, 298, 130)
        .curve(300, 166, 296, 190, 284, 206)
        .bend(246, 220, 200, 220)
        .mirrored()
    )
    canvas.form(path, facts.cloth(), "soft")
    with canvas.clip(path):
        canvas.stitch(d("M", 112, 196, "Q", 200, 224, 288, 196), facts.color)
    for s in _SIDES:
        canvas.form(rounded(200 + s * 48 - 8, 150, 16, 104, 5), trim, "soft", 1.2)
        canvas.rect(200 + s * 48 - 12, 206, 24, 18, 3, stroke=BRASS.base, width=3.4)


def _roll_top(canvas: Canvas, facts: Facts, trim: Color) -> None:
    roll = Outline.at(200, 54).line(280, 54).curve(296, 54, 296, 92, 280, 92).line(200, 94).mirrored()
    canvas.form(roll, facts.plain(), "down")
    canvas.seam(d("M", 118, 74, "H", 282), facts.color)
    canvas.form(rounded(191, 46, 18, 150, 5), trim, "soft", 1.2)
    canvas.rect(186, 146, 28, 20, 3, stroke=BRASS.base, width=3.6)


def draw_tote(canvas: Canvas, facts: Facts) -> None:
    """An open shopping bag: handle length, shape and pattern are seen."""
    canvas.ground_shadow(200, 346, 118, 14)
    trim = _trim(facts)
    top = 172 if facts["handle"] == "long handles" else 150
    reach = 40 if facts["handle"] == "long handles" else 84
    wide = 112 if facts["shape"] == "wide" else 90
    behind = d("M", 160, top, "C", 160, reach - 8, 240, reach - 8, 240, top)
    canvas.path(behind, stroke=trim.deep, width=12)
    inside = d("M", 200 - wide, top, "Q", 200, top - 20, 200 + wide, top, "Q", 200, top + 16, 200 - wide, top, "Z")
    canvas.path(inside, mix(facts.color.base, INK, 0.5), facts.color.deep, 1.4)
    body = (
        Outline.at(200, top + 9)
        .bend(200 + wide * 0.6, top + 8, 200 + wide, top)
        .line(200 + wide - (16 if facts["shape"] == "wide" else 2), 336)
        .bend(200 + wide - 20, 347, 200 + wide - 36, 347)
        .line(200, 347)
        .mirrored()
    )
    canvas.form(body, facts.cloth(), "soft")
    with canvas.clip(body):
        canvas.fold(130, top + 30, 140, 330, 6, 12)
        canvas.fold(276, top + 24, 262, 334, -6, 14)
        canvas.stitch(d("M", 200 - wide, top + 13, "Q", 200, top + 30, 200 + wide, top + 13), facts.color)
    for s in _SIDES:
        canvas.form(rounded(200 + s * 40 - 8, top + 3, 16, 42, 3), trim, "soft", 1.2)
        canvas.path(
            d("M", 200 + s * 40 - 5, top + 20, "l", 10, 18, "m", 0, -18, "l", -10, 18), stroke=trim.trim, width=1.4
        )
    draw_strap(canvas, d("M", 160, top + 12, "C", 160, reach + 8, 240, reach + 8, 240, top + 12), trim, 13)
    if facts["closure"] == "zip":
        canvas.zipper(200 + wide - 14, top + 1, 200 - wide + 10, top + 1, facts.color)


def draw_handbag(canvas: Canvas, facts: Facts) -> None:
    """A structured handbag: handle, shape and closure are seen."""
    canvas.ground_shadow(200, 338, 124, 15)
    color = facts.color
    flare = {"trapeze": 22, "boxy": 0, "bucket": -14}[facts["shape"]]
    top, wide = 178, 98
    if facts["handle"] == "chain strap":
        _chain(canvas, top)
    else:
        peak = 76 if facts["handle"] == "top handle" else 36
        spread = 48 if facts["handle"] == "top handle" else 76
        draw_strap(
            canvas,
            d("M", 200 - spread, top + 8, "C", 200 - spread, peak, 200 + spread, peak, 200 + spread, top + 8),
            color,
            15,
        )
    body = (
        Outline.at(200, top)
        .line(200 + wide - flare - 12, top)
        .bend(200 + wide - flare, top, 200 + wide - flare + 1, top + 14)
        .curve(200 + wide, 240, 200 + wide + 8, 290, 200 + wide + 8, 318)
        .bend(200 + wide + 6, 338, 200 + wide - 14, 338)
        .line(200, 338)
        .mirrored()
    )
    canvas.form(body, facts.cloth(), "soft")
    with canvas.clip(body):
        canvas.shine(118, 200, 112, 318, 4, 12, 0.22)
        canvas.path(d("M", 60, 322, "H", 340), stroke=color.deep, width=2, opacity=0.6)
    for s in _SIDES if facts["handle"] != "chain strap" else ():
        spread = 48 if facts["handle"] == "top handle" else 76
        canvas.ellipse(200 + s * spread, top + 12, 9, stroke=BRASS.base, width=4)
    _handbag_closure(canvas, facts, body, top, wide - flare)


def _chain(canvas: Canvas, top: float) -> None:
    path = d("M", 122, top + 10, "C", 110, 40, 290, 40, 278, top + 10)
    canvas.path(path, stroke=BRASS.deep, width=9, dash="10 5")
    canvas.path(path, stroke=BRASS.base, width=6, dash="10 5")


def _handbag_closure(canvas: Canvas, facts: Facts, body: str, top: float, half: float) -> None:
    color = facts.color
    if facts["closure"] == "flap":
        flap = (
            Outline.at(200, top - 4)
            .line(200 + half - 8, top - 4)
            .bend(200 + half + 4, top - 2, 200 + half + 4, top + 14)
        )
        path = flap.curve(200 + half, 244, 254, 268, 200, 268).mirrored()
        canvas.form(path, facts.cloth(), "soft")
        with canvas.clip(path):
            canvas.shine(134, top + 8, 176, 252, 14, 12, 0.22)
        canvas.form(rounded(186, 252, 28, 26, 6), Cloth(BRASS), "soft", 1.3)
        canvas.path(d("M", 200, 260, "v", 10), stroke=BRASS.deep, width=3)
        return
    with canvas.clip(body):
        if facts["closure"] == "zip":
            canvas.zipper(200 + half - 10, top + 14, 200 - half + 8, top + 14, color)
        else:
            canvas.path(d("M", 200 - half, top + 12, "H", 200 + half), stroke=color.deep, width=2)
            canvas.form(rounded(188, top - 8, 24, 62, 8), color, "soft", 1.6)
            canvas.ellipse(200, top + 38, 7, fill=BRASS.base, stroke=BRASS.deep, width=1.2)
    canvas.form(rounded(182, 262, 36, 26, 4), color, "soft", 1.2)
    canvas.stitch(rounded(186, 266, 28, 18, 2), color)


TYPES: tuple[ProductType, ...] = (
    ProductType(
        "Bags & Accessories",
        "Backpacks",
        "backpack",
        draw_backpack,
        families=4,
        price=(39, 149),
        title="{material} {closure} {noun}",
        materials=("Canvas", "Leather", "Recycled Nylon", "Vegan Leather", "Waxed Canvas"),
        visible={"closure": ("zip", "flap", "roll top")},
        extras={"capacity": ("14 litres", "18 litres", "22 litres"), "laptop": ("13-inch laptop", "15-inch laptop")},
        patterns=("Solid", "Camouflage", "Geometric", "Floral"),
        occasions=("Everyday", "Work", "Travel"),
        views=("back", "detail"),
        scene="floor",
    ),
    ProductType(
        "Bags & Accessories",
        "Tote Bags",
        "tote bag",
        draw_tote,
        families=4,
        price=(19, 159),
        title="{material} {shape} {noun}",
        materials=("Canvas", "Organic Cotton", "Leather", "Vegan Leather", "Jute"),
        visible={
            "handle": ("short handles", "long handles"),
            "shape": ("classic", "wide"),
            "closure": ("open top", "zip"),
        },
        patterns=("Solid", "Striped", "Floral", "Gingham", "Colour-block"),
        genders=("female", "unisex"),
        occasions=("Everyday", "Work", "Holiday"),
        views=("detail",),
        detail=(110, 110, 180),
        scene="floor",
    ),
    ProductType(
        "Bags & Accessories",
        "Handbags",
        "handbag",
        draw_handbag,
        families=4,
        price=(59, 249),
        title="{material} {shape} {noun}",
        materials=("Leather", "Vegan Leather", "Suede", "Patent Leather"),
        visible={
            "handle": ("top handle", "shoulder strap", "chain strap"),
            "shape": ("trapeze", "boxy", "bucket"),
            "closure": ("flap", "zip", "tab"),
        },
        genders=("female",),
        occasions=("Work", "Evening", "Everyday"),
        views=("detail",),
        detail=(110, 150, 180),
        scene="floor",
        zoom=1.06,
    ),
)
