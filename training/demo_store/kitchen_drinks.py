"""Kitchenware for hot drinks: mugs, kettles, teapots and coffee makers."""

from __future__ import annotations

from training.demo_store.canvas import Canvas, Cloth, ellipse, rounded
from training.demo_store.outline import Outline, d
from training.demo_store.palette import INK, METAL, PAPER
from training.demo_store.product_type import Facts, ProductType
from training.demo_store.wares import (
    DARK,
    LEAN,
    STEEL,
    WOODS,
    deeper,
    frustum,
    grain,
    knob,
    lid,
    mouth,
    paler,
    stuff,
    tube,
)

_METAL_COLORS = ("Silver", "Black", "Red", "Blue", "Green", "White", "Yellow", "Pink", "Teal", "Light Blue", "Orange")


def draw_mug(canvas: Canvas, facts: Facts) -> None:
    """Body by shape, handle at the right, drink inside."""
    color = facts.color
    canvas.ground_shadow(196, 330, 92)
    handle = facts["handle"]
    if handle == "loop handle":
        tube(canvas, d("M", 262, 176, "C", 336, 160, 336, 290, 260, 276), color, 17)
    elif handle == "angular handle":
        tube(canvas, d("M", 262, 178, "L", 318, 178, "L", 302, 272, "L", 260, 272), color, 15)
    shape, half = facts["shape"], {"straight": 80, "rounded": 82, "tapered": 92}[facts["shape"]]
    path = {
        "straight": frustum(190, 146, 80, 322, 78),
        "rounded": Outline.at(272, 146).curve(290, 230, 280, 320, 232, 326).bend(212, 330, 190, 330).mirrored(190),
        "tapered": frustum(190, 146, 92, 322, 62),
    }[shape]
    mouth(canvas, 190, 146, half, color, "#5a3a26" if color.name != "Brown" else "#c9a27a", 6)
    canvas.ellipse(178, 147, half * 0.5, half * LEAN * 0.5, fill="#a9754c", opacity=0.55)
    canvas.form(path, facts.cloth(0.95), "round", 1.8)
    with canvas.clip(path):
        if facts["finish"] == "dipped":
            canvas.form(
                d("M", 80, 262, "Q", 190, 284, 300, 262, "V", 350, "H", 80, "Z"), paler(color, 0.72), "round", 1
            )
        elif facts["finish"] == "speckled":
            _speckles(canvas, "#fffdf8" if color.is_dark else INK)
    canvas.shine(190 - half + 16, 306, 190 - half + 18, 166, 4, 11, 0.45)
    canvas.path(
        d("M", 190 - half, 146, "A", half, half * LEAN, 0, 0, 0, 190 + half, 146), stroke=color.lighter, width=2.6
    )


def _speckles(canvas: Canvas, ink: str) -> None:
    for i in range(58):
        canvas.ellipse(98 + i * 61 % 186, 168 + i * 37 % 158, 1.6 + i % 3 * 0.9, fill=ink, opacity=0.7)


def draw_kettle(canvas: Canvas, facts: Facts) -> None:
    """Spout to the left; stovetop kettles have the handle on top, electric ones stand on a base."""
    color, electric = facts.color, facts["heating"] == "electric"
    canvas.ground_shadow(200, 342, 104)
    grip = DARK if color.name != "Black" else WOODS["Beech"]
    if electric:
        canvas.form(frustum(204, 328, 92, 342, 98), DARK, "round")
        tube(canvas, d("M", 262, 160, "C", 348, 148, 346, 286, 276, 304), grip, 17)
    if facts["spout"] == "gooseneck":
        tube(canvas, d("M", 132, 290, "C", 76, 290, 104, 176, 62, 150), color, 12)
    else:
        spout = d("M", 140, 214, "L", 72, 158, "L", 66, 180, "L", 124, 268, "Z")
        canvas.form(spout, color, "soft")
    path = _kettle_body(facts["spout"], electric)
    if not electric:
        tube(canvas, d("M", 136, 196, "C", 116, 50, 292, 50, 272, 196), STEEL if color.name != "Silver" else DARK, 8)
        tube(canvas, d("M", 160, 101, "C", 180, 83, 228, 83, 248, 101), grip, 17)
    canvas.form(path, color, "round", 1.8)
    with canvas.clip(path):
        canvas.shine(150, 320, 164, 196, 8, 14, 0.5)
        canvas.path(d("M", 90, 318, "Q", 204, 338, 320, 318), stroke=INK, width=2, opacity=0.3)
    top = 150 if electric else 182
    lid(canvas, 204, top, 52 if electric else 58, paler(color, 0.12), 12)
    knob(canvas, 204, top - 24, 10, grip)


def _kettle_body(spout: str, electric: bool) -> str:
    if electric:
        return frustum(204, 150, 58, 328, 90) if spout == "gooseneck" else frustum(204, 150, 64, 328, 86)
    side = Outline.at(264, 182).curve(318, 196, 326, 300, 296, 330)
    return side.bend(250, 346, 204, 346).mirrored(204)


def draw_teapot(canvas: Canvas, facts: Facts) -> None:
    """Round or tall, with the handle at the side or over the top."""
    color, tall = facts.color, facts["shape"] == "tall"
    canvas.ground_shadow(200, 342, 100)
    high = 150 if tall else 192
    if facts["handle"] == "top handle":
        tube(
            canvas, d("M", 140, high + 22, "C", 120, high - 116, 280, high - 116, 260, high + 22), WOODS["Bamboo"], 10
        )
    else:
        tube(canvas, d("M", 272, high + 26, "C", 356, high + 4, 352, 306, 274, 300), color, 14)
    spout = d("M", 138, 312, "C", 86, 306, 104, 232, 62, high + 16, "L", 82, high + 8)
    spout = d(spout, "C", 116, 220, 124, 236, 146, 246, "Z")
    canvas.form(spout, color, "soft", 1.8)
    body = {
        "tall": Outline.at(248, 150).curve(270, 200, 292, 300, 264, 336).bend(232, 346, 200, 346),
        "round": Outline.at(246, 192).curve(306, 204, 322, 320, 254, 340).bend(228, 346, 200, 346),
        "hexagonal": Outline.at(246, 192).line(294, 262).line(262, 338).bend(228, 346, 200, 346),
    }[facts["shape"]].mirrored()
    canvas.form(body, facts.cloth(0.9), "ball" if facts["shape"] == "round" else "round", 1.8)
    with canvas.clip(body):
        if facts["shape"] == "hexagonal":
            canvas.path(d("M", 106, 262, "H", 294, "V", 350, "H", 106, "Z"), INK, opacity=0.12)
        canvas.shine(128, 306, 140, high + 44, 10, 12, 0.5)
    lid(canvas, 200, high, 50, deeper(color, 0.06), 15)
    knob(canvas, 200, high - 31, 11, color if facts["handle"] == "side handle" else WOODS["Bamboo"])


def draw_coffee_maker(canvas: Canvas, facts: Facts) -> None:
    """A French press, a moka pot or a dripper over a jug."""
    {"french press": _french_press, "moka pot": _moka_pot, "pour-over": _pour_over}[facts["brewing"]](canvas, facts)


def _french_press(canvas: Canvas, facts: Facts) -> None:
    color = facts.color
    canvas.ground_shadow(196, 346, 84)
    tube(canvas, d("M", 260, 168, "C", 336, 160, 334, 310, 262, 304), color, 15)
    tube(canvas, d("M", 196, 52, "V", 150), METAL, 6)
    knob(canvas, 196, 50, 13, color)
    glass = rounded(134, 146, 124, 190, 8)
    canvas.path(glass, "#dfe9ee", "#8b979f", 2)
    canvas.path(rounded(138, 214, 116, 118, 5), canvas.gradient("#4a2c1c", "#2f1c12"))
    canvas.ellipse(196, 214, 58, 7, fill="#6d4630")
    canvas.shine(150, 322, 150, 166, 2, 10, 0.5)
    for y in (160, 300):
        canvas.form(rounded(130, y, 132, 24, 5), Cloth(color, facts.pattern), "round")
    for x in (142, 196, 250):
        canvas.form(rounded(x - 5, 180, 10, 124, 3), color, "round", 1.2)
    canvas.form(rounded(128, 318, 136, 26, 8), color, "round")
    lid(canvas, 196, 148, 70, color, 11)


def _moka_pot(canvas: Canvas, facts: Facts) -> None:
    color, grip = facts.color, DARK if facts.color.name != "Black" else WOODS["Walnut"]
    canvas.ground_shadow(196, 346, 84)
    tube(canvas, d("M", 252, 124, "L", 322, 118, "L", 314, 214), grip, 16)
    canvas.form(d("M", 140, 116, "L", 96, 104, "L", 142, 168, "Z"), color, "soft")
    upper = d("M", 136, 112, "H", 258, "L", 232, 214, "H", 162, "Z")
    lower = d("M", 158, 226, "H", 236, "L", 268, 338, "Q", 196, 352, 126, 338, "Z")
    for path, facets in (
        (upper, ((174, 112, 184, 214), (222, 112, 212, 214))),
        (lower, ((180, 226, 168, 344), (214, 226, 226, 344))),
    ):
        canvas.form(path, facts.cloth(), "round", 1.8)
        with canvas.clip(path):
            for x1, y1, x2, y2 in facets:
                canvas.path(d("M", x1, y1, "L", x2, y2), stroke=INK, width=2, opacity=0.3)
                canvas.path(d("M", x1 + 3, y1, "L", x2 + 3, y2), stroke=PAPER, width=3, opacity=0.3)
    canvas.form(rounded(150, 210, 94, 20, 6), METAL, "round")
    canvas.form(d("M", 132, 112, "L", 196, 78, "L", 262, 112, "Z"), paler(color, 0.15), "soft", 1.8)
    knob(canvas, 197, 70, 11, grip)
    canvas.ellipse(242, 270, 6, fill=METAL.base, stroke=METAL.deep, width=1.4)


def _pour_over(canvas: Canvas, facts: Facts) -> None:
    color = facts.color
    canvas.ground_shadow(196, 346, 86)
    tube(canvas, d("M", 250, 238, "C", 316, 226, 314, 326, 254, 318), paler(STEEL, 0.3), 9)
    jug = Outline.at(232, 206).curve(240, 240, 288, 270, 282, 328).bend(280, 346, 196, 346).mirrored(196)
    canvas.path(jug, "#dfe9ee", "#8b979f", 2)
    with canvas.clip(jug):
        canvas.path(d("M", 90, 284, "H", 300, "V", 360, "H", 90, "Z"), canvas.gradient("#57341f", "#2f1c12"))
        canvas.ellipse(196, 284, 80, 7, fill="#7a5236")
    canvas.shine(126, 330, 158, 226, 6, 10, 0.5)
    tube(canvas, d("M", 256, 118, "C", 322, 112, 306, 182, 240, 174), color, 11)
    mouth(canvas, 196, 96, 92, color, "#f7f1e6", 5)
    cone = d("M", 104, 96, "A", 92, 12, 0, 0, 0, 288, 96, "L", 222, 194, "H", 170, "Z")
    canvas.form(cone, facts.cloth(0.9), "round", 1.8)
    canvas.form(frustum(196, 194, 62, 206, 64), color, "round")
    canvas.shine(132, 118, 176, 186, -3, 9, 0.4)


def draw_storage_jar(canvas: Canvas, facts: Facts) -> None:
    """A jar with the lid that closes it."""
    color, tall = facts.color, facts["shape"] == "tall"
    canvas.ground_shadow(200, 344, 88)
    half, top = (66, 122) if tall else (86, 168)
    body = frustum(200, top, half, 334, half)
    if facts["shape"] == "round":
        body = Outline.at(272, 168).curve(312, 196, 312, 316, 256, 338).bend(228, 346, 200, 346).mirrored()
        half = 72
    canvas.form(body, facts.cloth(0.9), "round", 1.8)
    canvas.shine(200 - half + 14, 320, 200 - half + 14, top + 34, 3, 11, 0.42)
    wood = stuff("Cork" if facts["lid"] == "cork lid" else "Acacia", color)
    if facts["lid"] == "clip lid":
        lid(canvas, 200, top, half + 3, paler(color, 0.2), 12)
        canvas.form(rounded(197 - half, top - 2, half * 2 + 6, 9, 3), DARK, "round", 1)
        tube(canvas, d("M", 200 + half, top - 12, "l", 14, 30, "l", -16, 26), METAL, 4)
        return
    canvas.form(frustum(200, top - 20, half - 2, top + 6, half - 4), wood, "round")
    canvas.form(ellipse(200, top - 20, half - 2, (half - 2) * LEAN), paler(wood, 0.15), "down")
    if facts["lid"] == "cork lid":
        for i in range(26):
            canvas.ellipse(146 + i * 41 % 110, top - 8 + i * 7 % 12, 1.8, 1.2, fill=wood.deep, opacity=0.5)
    else:
        grain(canvas, frustum(200, top - 20, half - 2, top + 6, half - 4), 120, top - 20, 160, 40, wood)
        knob(canvas, 200, top - 34, 11, wood)


TYPES: tuple[ProductType, ...] = (
    ProductType(
        "Kitchen",
        "Mugs",
        "mug",
        draw_mug,
        families=4,
        price=(8, 26),
        title="{capacity} {finish} {shape} {material} {noun} with {handle}",
        materials=("Stoneware", "Porcelain", "Ceramic"),
        visible={
            "shape": ("straight", "rounded", "tapered"),
            "handle": ("loop handle", "angular handle", "no handle"),
            "finish": ("glossy", "dipped", "speckled"),
        },
        extras={"capacity": ("250 ml", "330 ml", "400 ml")},
        patterns=("Solid", "Floral", "Dotted", "Striped", "Checked"),
        occasions=("Breakfast", "Gift", "Everyday"),
        detail=(85, 115, 200),
        zoom=1.1,
        scene="floor",
    ),
    ProductType(
        "Kitchen",
        "Kettles",
        "kettle",
        draw_kettle,
        families=3,
        price=(29, 129),
        title="{capacity} {heating} {material} {noun} with {spout} spout",
        materials=("Stainless Steel", "Enamelled Steel"),
        visible={"heating": ("stovetop", "electric"), "spout": ("short", "gooseneck")},
        extras={"capacity": ("1 l", "1.5 l", "1.7 l")},
        colors=_METAL_COLORS,
        occasions=("Breakfast", "Everyday", "Housewarming"),
        detail=(55, 70, 200),
        zoom=1.06,
        scene="floor",
        care="Descale with vinegar, wipe clean",
    ),
    ProductType(
        "Kitchen",
        "Teapots",
        "teapot",
        draw_teapot,
        families=2,
        price=(24, 79),
        title="{shape} {material} {noun} with {handle}",
        materials=("Porcelain", "Stoneware"),
        visible={"shape": ("round", "tall", "hexagonal"), "handle": ("side handle", "top handle")},
        extras={"capacity": ("600 ml", "1 l", "1.2 l")},
        patterns=("Solid", "Floral", "Dotted"),
        occasions=("Tea", "Gift", "Breakfast"),
        detail=(55, 120, 200),
        zoom=1.06,
        scene="floor",
    ),
    ProductType(
        "Kitchen",
        "Coffee Makers",
        "coffee maker",
        draw_coffee_maker,
        families=3,
        price=(22, 89),
        title="{cups} {brewing} {noun}",
        materials=("Aluminium", "Borosilicate Glass", "Stainless Steel"),
        visible={"brewing": ("french press", "moka pot", "pour-over")},
        extras={"cups": ("2-cup", "4-cup", "6-cup")},
        colors=_METAL_COLORS,
        occasions=("Breakfast", "Gift", "Everyday"),
        views=("detail", "tilted"),
        detail=(90, 50, 190),
        scene="floor",
        care="Wash by hand",
    ),
    ProductType(
        "Kitchen",
        "Storage Jars",
        "storage jar",
        draw_storage_jar,
        families=2,
        price=(9, 35),
        title="{shape} {material} {noun} with {lid}",
        materials=("Ceramic", "Stoneware"),
        visible={"shape": ("wide", "tall", "round"), "lid": ("cork lid", "wooden lid", "clip lid")},
        extras={"capacity": ("500 ml", "1 l", "1.8 l")},
        patterns=("Solid", "Gingham", "Striped"),
        occasions=("Everyday", "Housewarming"),
        detail=(105, 90, 190),
        zoom=1.15,
        scene="floor",
    ),
)
