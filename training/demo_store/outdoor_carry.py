"""On the way: water bottles and trekking backpacks."""

from __future__ import annotations

from training.demo_store.canvas import Canvas, Cloth, ellipse, rounded
from training.demo_store.outline import Outline, d
from training.demo_store.palette import INK, METAL, PAPER
from training.demo_store.product_type import Facts, ProductType
from training.demo_store.wares import DARK, STEEL, WOODS, deeper, frustum, paler, tube

_SIDES = (-1, 1)


def draw_bottle(canvas: Canvas, facts: Facts) -> None:
    """Slim, wide or with a sleeve; the lid tells how one drinks."""
    color = facts.color
    half = {"slim": 46, "wide": 62, "sports": 54}[facts["body"]]
    canvas.ground_shadow(200, 352, half + 26)
    neck = half * 0.62
    top = 128
    side = Outline.at(200 + neck, top).curve(200 + neck, top + 26, 200 + half, top + 20, 200 + half, top + 58)
    if facts["body"] == "sports":
        side = side.line(200 + half, 200).bend(200 + half - 24, 236, 200 + half, 272)
    path = (
        side.line(200 + half, 336)
        .bend(200 + half, 351, 184 + half, 352)
        .bend(200 + half / 2, 357, 200, 357)
        .mirrored()
    )
    canvas.form(path, facts.cloth(0.9), "round", 1.8)
    with canvas.clip(path):
        if facts["grip"] == "rubber grip":
            canvas.form(rounded(120, 244, 160, 64, 4), DARK if color.name != "Black" else STEEL, "round", 1.2)
            for y in (256, 268, 280, 292):
                canvas.path(d("M", 130, y, "H", 270), stroke=PAPER, width=2, opacity=0.25)
        canvas.form(rounded(120, 334, 160, 24, 0), METAL, "round", 1)
        canvas.shine(200 - half + 14, 330, 200 - half + 14, top + 54, 3, 11, 0.5)
    _bottle_lid(canvas, facts, neck, top)


def _bottle_lid(canvas: Canvas, facts: Facts, neck: float, top: float) -> None:
    cap = DARK if facts.color.name != "Black" else WOODS["Bamboo"]
    kind = facts["lid"]
    if kind == "loop lid":
        tube(
            canvas,
            d("M", 200 - neck * 0.7, top - 28, "C", 200 - neck, 46, 200 + neck, 46, 200 + neck * 0.7, top - 28),
            cap,
            10,
        )
    elif kind == "straw lid":
        tube(canvas, d("M", 204, top - 30, "L", 204, 72, "Q", 206, 56, 232, 54), paler(facts.color, 0.3), 10)
    elif kind == "bamboo lid":
        cap = WOODS["Bamboo"]
    canvas.form(frustum(200, top - 34, neck + 5, top + 4, neck + 6), cap, "round", 1.6)
    canvas.form(ellipse(200, top - 34, neck + 5, (neck + 5) * 0.15), paler(cap, 0.15), "down", 1.3)
    for i in range(-3, 4):
        canvas.path(d("M", 200 + i * neck * 0.28, top - 24, "v", 22), stroke=INK, width=2, opacity=0.25)


def draw_backpack(canvas: Canvas, facts: Facts) -> None:
    """A tall pack: lid or roll top, side pockets, a mat below."""
    color, dark = facts.color, deeper(facts.color, 0.22)
    with canvas.lifted(11):
        for s in _SIDES:
            tube(
                canvas,
                d("M", 200 + s * 40, 88, "C", 200 + s * 132, 96, 200 + s * 130, 260, 200 + s * 84, 306),
                dark,
                13,
            )
        tube(canvas, d("M", 178, 72, "C", 178, 40, 222, 40, 222, 72), DARK, 7)
        if facts["pockets"] == "side pockets":
            for s in _SIDES:
                x = 200 + s * 100
                canvas.form(rounded(x - 28, 210, 56, 104, 18), Cloth(dark), "round", 1.6)
                canvas.path(d("M", x - 24, 232, "H", x + 24), stroke=color.trim, width=4)
        body = d("M", 126, 116, "Q", 128, 80, 164, 78, "H", 236, "Q", 272, 80, 274, 116, "L", 290, 300)
        body = d(body, "Q", 290, 340, 254, 342, "H", 146, "Q", 110, 340, 110, 300, "Z")
        canvas.form(body, facts.cloth(1.1), "soft", 1.8)
        with canvas.clip(body):
            canvas.fold(140, 130, 130, 320, 6, 13)
            canvas.shine(156, 300, 158, 150, 5, 12, 0.22)
        canvas.form(rounded(140, 216, 120, 98, 18), facts.plain(), "down", 1.6)
        canvas.zipper(250, 236, 152, 236, color)
        for x in (158, 242):
            canvas.path(d("M", x, 118, "V", 214), stroke=DARK.base, width=7)
            canvas.form(rounded(x - 9, 176, 18, 14, 3), STEEL, "down", 1)
        _pack_top(canvas, facts)
        if facts["mat"] == "sleeping mat":
            _mat(canvas, facts)


def _pack_top(canvas: Canvas, facts: Facts) -> None:
    color = facts.color
    if facts["closure"] == "roll top":
        for i, y in enumerate((58, 76, 92)):
            canvas.form(rounded(128 - i * 2, y, 144 + i * 4, 24, 12), deeper(color, 0.08 * (i + 1)), "down", 1.6)
        for x in (142, 258):
            canvas.form(rounded(x - 7, 56, 14, 62, 4), DARK, "down", 1)
        return
    path = d("M", 118, 124, "Q", 114, 70, 150, 64, "Q", 200, 54, 250, 64, "Q", 286, 70, 282, 124)
    path = d(path, "Q", 200, 142, 118, 124, "Z")
    canvas.form(path, facts.plain(), "down", 1.8)
    canvas.path(d("M", 128, 112, "Q", 200, 128, 272, 112), stroke=color.trim, width=2, dash="5 4")
    canvas.shine(134, 104, 210, 72, 8, 9, 0.25)


def _mat(canvas: Canvas, facts: Facts) -> None:
    mat = deeper(facts.color, 0.35) if not facts.color.is_dark else paler(facts.color, 0.35)
    canvas.form(rounded(84, 326, 232, 44, 22), mat, "down", 1.8)
    for x in (86, 314):
        canvas.ellipse(x + (8 if x < 200 else -8), 348, 12, 20, stroke=mat.deep, width=2)
        canvas.ellipse(x + (8 if x < 200 else -8), 348, 6, 11, stroke=mat.deep, width=1.8)
    for x in (150, 250):
        canvas.form(rounded(x - 6, 322, 12, 52, 4), DARK, "down", 1)


TYPES: tuple[ProductType, ...] = (
    ProductType(
        "Outdoor",
        "Water Bottles",
        "water bottle",
        draw_bottle,
        families=3,
        price=(12, 45),
        title="{capacity} {body} {material} {noun} with {lid} and {grip}",
        materials=("Stainless Steel", "Aluminium", "Recycled Plastic"),
        visible={
            "body": ("slim", "wide", "sports"),
            "lid": ("loop lid", "straw lid", "bamboo lid", "screw lid"),
            "grip": ("smooth grip", "rubber grip"),
        },
        extras={"capacity": ("500 ml", "750 ml", "1 l")},
        patterns=("Solid", "Camouflage", "Dotted", "Colour-block"),
        occasions=("Trekking", "Everyday", "Sport"),
        detail=(105, 40, 190),
        scene="floor",
        care="Wash by hand",
    ),
    ProductType(
        "Outdoor",
        "Trekking Backpacks",
        "trekking backpack",
        draw_backpack,
        families=3,
        price=(69, 239),
        title="{volume} {material} {noun} with {closure}, {pockets} and {mat}",
        materials=("Recycled Nylon", "Waxed Canvas", "Nylon"),
        visible={
            "closure": ("flap lid", "roll top"),
            "pockets": ("side pockets", "no side pockets"),
            "mat": ("no mat", "sleeping mat"),
        },
        extras={"volume": ("30 l", "45 l", "60 l")},
        patterns=("Solid", "Camouflage", "Colour-block"),
        occasions=("Trekking", "Travel", "Camping"),
        detail=(105, 50, 190),
        care="Spot clean and air dry",
    ),
)
