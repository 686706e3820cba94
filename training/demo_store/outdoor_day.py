"""A day out: coolers, parasols and trekking poles."""

from __future__ import annotations

import itertools

from training.demo_store.canvas import Canvas, ellipse, rounded
from training.demo_store.outline import d
from training.demo_store.palette import INK, METAL, PAPER
from training.demo_store.product_type import Facts, ProductType
from training.demo_store.wares import DARK, STEEL, WOODS, deeper, frustum, paler, tube

_SIDES = (-1, 1)


def draw_cooler(canvas: Canvas, facts: Facts) -> None:
    """A box with a lid, carried by a bar, by side grips or by a strap; wheels where it has them."""
    color = facts.color
    white = paler(STEEL, 0.8) if color.name != "White" else STEEL
    canvas.ground_shadow(200, 346, 136)
    handle = facts["handle"]
    if handle == "bar handle":
        bar = d("M", 84, 222, "L", 92, 96, "Q", 94, 84, 106, 84, "H", 294, "Q", 306, 84, 308, 96, "L", 316, 222)
        tube(canvas, bar, DARK, 11)
    elif handle == "shoulder strap":
        tube(canvas, d("M", 84, 200, "C", 70, 20, 330, 20, 316, 200), DARK, 9)
    box = d("M", 72, 196, "H", 328, "L", 316, 318, "Q", 314, 336, 296, 336, "H", 104, "Q", 86, 336, 84, 318, "Z")
    canvas.form(box, facts.cloth(1.1), "soft", 1.8)
    with canvas.clip(box):
        canvas.path(d("M", 60, 196, "H", 340, "V", 210, "H", 60, "Z"), INK, opacity=0.2)
        canvas.path(d("M", 60, 300, "H", 340, "V", 350, "H", 60, "Z"), INK, opacity=0.1)
        canvas.shine(104, 320, 98, 216, 4, 12, 0.35)
    canvas.form(rounded(150, 232, 100, 52, 10), paler(color, 0.2), "down", 1.2)
    canvas.path(d("M", 168, 262, "l", 22, -20, "l", 12, 12, "l", 14, -14, "l", 18, 22, "Z"), PAPER, opacity=0.8)
    top = d("M", 78, 158, "Q", 200, 148, 322, 158, "Q", 338, 160, 338, 176, "V", 196, "H", 62)
    top = d(top, "V", 176, "Q", 62, 160, 78, 158, "Z")
    canvas.form(top, white, "down", 1.8)
    for x in (130, 270):
        canvas.form(rounded(x - 12, 186, 24, 30, 5), DARK, "down", 1.2)
    if handle == "side grips":
        for s in _SIDES:
            tube(canvas, d("M", 200 + s * 126, 214, "q", s * 26, 6, s * 20, 44), DARK, 9)
    if facts["wheels"] == "two wheels":
        for x in (110, 290):
            canvas.form(ellipse(x, 332, 25), DARK, "ball", 1.6)
            canvas.ellipse(x, 332, 11, fill=METAL.base, stroke=METAL.deep, width=1.4)


def draw_parasol(canvas: Canvas, facts: Facts) -> None:
    """A garden parasol on its foot: canopy by shape, edge and foot are seen."""
    color = facts.color
    deep = facts["canopy"] == "deep canopy"
    rise = 44 if deep else 74
    low = 204 if deep else 190
    grip = WOODS["Oak"]
    canvas.ground_shadow(200, 352, 84)
    if facts["foot"] == "cross foot":
        for x, y in ((118, 344), (282, 344), (160, 356), (240, 356)):
            tube(canvas, d("M", 200, 336, "L", x, y), DARK, 9)
    else:
        canvas.form(frustum(200, 338, 58, 352, 62), DARK, "round")
        canvas.ellipse(200, 338, 58, 7.6, fill=DARK.light, stroke=DARK.deep, width=1.3)
    canvas.form(frustum(200, 306, 15, 340, 17), DARK, "round", 1.3)
    tube(canvas, d("M", 200, 40, "V", 310), grip, 9)
    ribs = (48, 124, 200, 276, 352)
    scallops = "".join(d("Q", (a + b) / 2, low - 24, b, low) for a, b in itertools.pairwise(ribs))
    path = d("M", 48, low, scallops, "C", 344, rise + 36, 268, rise - 4, 200, rise - 4)
    path = d(path, "C", 132, rise - 4, 56, rise + 36, 48, low, "Z")
    inner = d("M", 60, low - 6, "Q", 200, low + 16, 340, low - 6, "Q", 200, low - 70, 60, low - 6, "Z")
    canvas.path(inner, color.deep)
    with canvas.lifted(6):
        if facts["edge"] == "ruffled edge":
            _ruffle(canvas, facts, ribs, low)
        canvas.form(path, facts.cloth(1.2), "soft", 1.8)
        with canvas.clip(path):
            for x, bend in ((124, 16), (276, -16)):
                panel = d("M", 200, rise - 4, "Q", x + bend, rise + 40, x, low)
                canvas.path(panel, stroke=INK, width=3, opacity=0.25)
            canvas.path(d("M", 200, rise - 4, "V", low), stroke=INK, width=3, opacity=0.2)
            canvas.path(
                d("M", 200, rise - 4, "Q", 292, rise + 40, 276, low, "L", 360, low + 10, "V", 40, "Z"),
                INK,
                opacity=0.12,
            )
            canvas.shine(78, low - 26, 150, rise + 18, 18, 13, 0.35)
        if facts["edge"] == "contrast edge":
            canvas.path(d("M", 48, low, scallops), stroke=color.trim, width=8)
    canvas.form(d("M", 194, rise, "L", 200, rise - 30, "L", 206, rise, "Z"), grip, "soft", 1.2)


def _ruffle(canvas: Canvas, facts: Facts, ribs: tuple[int, ...], low: float) -> None:
    shade = paler(facts.color, 0.35) if facts.color.is_dark else deeper(facts.color, 0.14)
    for a, b in itertools.pairwise(ribs):
        for i in range(6):
            t = (i + 0.5) / 6
            x, y = a + (b - a) * t, low - 48 * t * (1 - t)
            canvas.form(ellipse(x, y + 2, 8.4, 11), shade, "down", 1)


def draw_poles(canvas: Canvas, facts: Facts) -> None:
    """A pair, crossed: grip, lock and basket."""
    with canvas.lifted(9):
        for turn in (-17, 17):
            with canvas.moved(turn=turn):
                _pole(canvas, facts)


def _pole(canvas: Canvas, facts: Facts) -> None:
    color = facts.color
    tube(canvas, d("M", 200, 120, "V", 250), color, 13)
    tube(canvas, d("M", 200, 240, "V", 348), paler(STEEL, 0.2), 9)
    if facts["lock"] == "lever lock":
        canvas.form(rounded(189, 226, 22, 24, 4), DARK, "round", 1.2)
        canvas.form(rounded(208, 222, 10, 32, 4), color, "soft", 1.2)
    else:
        canvas.form(rounded(188, 222, 24, 32, 7), deeper(color, 0.2), "round", 1.2)
        for x in (194, 200, 206):
            canvas.path(d("M", x, 228, "V", 248), stroke=INK, width=1.6, opacity=0.4)
    canvas.path(d("M", 200, 346, "V", 366), stroke="#6d747e", width=4)
    canvas.form(ellipse(200, 340, 23, 6.5), DARK, "down", 1.2)
    canvas.path(d("M", 194, 52, "C", 120, 70, 140, 150, 194, 96), stroke=DARK.base, width=9)
    grip = d("M", 186, 48, "Q", 200, 36, 214, 48, "L", 211, 74, "Q", 218, 84, 211, 94)
    grip = d(grip, "L", 209, 132, "H", 191, "L", 189, 94)
    grip = d(grip, "Q", 182, 84, 189, 74, "Z")
    canvas.form(grip, WOODS["Cork"] if facts["grip"] == "cork grip" else DARK, "round", 1.6)
    if facts["grip"] == "cork grip":
        for i in range(16):
            canvas.ellipse(192 + i * 7 % 17, 54 + i * 5, 1.6, 1.1, fill=WOODS["Cork"].deep, opacity=0.6)
    else:
        for y in range(60, 126, 9):
            canvas.path(d("M", 191, y, "H", 209), stroke=PAPER, width=1.8, opacity=0.3)
    canvas.form(frustum(200, 44, 15, 54, 14), color, "round", 1.2)


TYPES: tuple[ProductType, ...] = (
    ProductType(
        "Outdoor",
        "Coolers",
        "cooler",
        draw_cooler,
        families=2,
        price=(35, 179),
        title="{volume} {noun} with {handle} and {wheels}",
        materials=("Recycled Plastic", "Aluminium"),
        visible={
            "handle": ("bar handle", "side grips", "shoulder strap"),
            "wheels": ("no wheels", "two wheels"),
        },
        extras={"volume": ("12 l", "24 l", "36 l")},
        occasions=("Picnic", "Camping", "Holiday"),
        seasons=("Spring", "Summer"),
        detail=(60, 130, 190),
        scene="floor",
    ),
    ProductType(
        "Outdoor",
        "Parasols",
        "parasol",
        draw_parasol,
        families=3,
        price=(39, 169),
        title="{material} garden {noun} with {canopy}, {edge} and {foot}",
        materials=("Recycled Polyester", "Canvas"),
        visible={
            "canopy": ("flat canopy", "deep canopy"),
            "edge": ("plain edge", "contrast edge", "ruffled edge"),
            "foot": ("round foot", "cross foot"),
        },
        patterns=("Solid", "Striped", "Dotted", "Floral", "Checked"),
        occasions=("Holiday", "Picnic", "Weekend"),
        seasons=("Spring", "Summer"),
        detail=(60, 40, 190),
        scene="floor",
        care="Brush off and dry open",
    ),
    ProductType(
        "Outdoor",
        "Trekking Poles",
        "trekking poles",
        draw_poles,
        families=2,
        price=(29, 129),
        title="{material} {noun} with {grip} and {lock}",
        materials=("Aluminium",),
        visible={"grip": ("cork grip", "foam grip"), "lock": ("lever lock", "twist lock")},
        occasions=("Trekking", "Sport"),
        detail=(60, 30, 190),
        zoom=1.16,
    ),
)
