"""Boots and rain boots, seen from the side as a pair."""

from __future__ import annotations

from training.demo_store.canvas import Canvas, Cloth, rounded
from training.demo_store.footwear import GROUND, SIZES_EU, draw_pair, flat_sole
from training.demo_store.outline import Outline, d
from training.demo_store.palette import COLORS, INK, Color, mix
from training.demo_store.product_type import Facts, ProductType

_GUM = Color("Gum", "Brown", "#c08a4e", "White")


def draw_boot(canvas: Canvas, facts: Facts) -> None:
    """A boot: shaft height, heel and closure are seen."""
    shaft = {"ankle": 130, "mid-calf": 84, "knee-high": 36}[facts["shaft"]]
    with canvas.moved(scale={"ankle": 1, "mid-calf": 0.95, "knee-high": 0.88}[facts["shaft"]], about=(200, 330)):
        draw_pair(
            canvas,
            facts,
            lambda c, f: _boot(c, f, shaft),
            {"ankle": 16, "mid-calf": 34, "knee-high": 46}[facts["shaft"]],
        )


def _boot(canvas: Canvas, facts: Facts, shaft: float) -> None:
    color, heel = facts.color, facts["heel"]
    lift = {"flat heel": 0, "block heel": 14, "high heel": 26}[heel]
    base = 284
    canvas.ellipse(260, shaft - 1, 62, 11, mix(color.base, INK, 0.5), color.deep)
    upper = (
        Outline.at(76, base)
        .curve(72, 252, 96, 240, 130, 234)
        .curve(170, 226, 196, 210, 200, 182 - lift)
        .curve(204, 160, 200, shaft + 40, 198, shaft)
        .bend(262, shaft + 14, 322, shaft)
        .curve(324, shaft + 50, 318, 196 - lift, 326, 230 - lift)
        .curve(332, 250 - lift, 328, base - lift, 324, base - lift)
        .curve(270, base - lift, 240, base, 190, base)
        .closed()
    )
    canvas.form(upper, facts.cloth(), "round")
    with canvas.clip(upper):
        canvas.seam(d("M", 130, 236, "C", 150, 254, 170, 268, 172, base + 4), color, 1.6)
        canvas.fold(206, 196 - lift, 262, 214 - lift, 7, 9)
        canvas.fold(204, 214 - lift, 250, 232 - lift, 6, 8)
        canvas.shine(214, shaft + 16, 218, 170 - lift, -4, 10, 0.26)
        canvas.shine(96, 256, 150, 240, -6, 9, 0.26)
        _boot_closure(canvas, facts, shaft, lift)
    canvas.path(d("M", 198, shaft, "Q", 262, shaft + 14, 322, shaft), stroke=color.deep, width=4)
    _boot_sole(canvas, heel, lift, base)


def _boot_closure(canvas: Canvas, facts: Facts, shaft: float, lift: float) -> None:
    color, closure = facts.color, facts["closure"]
    if closure == "elastic sides":
        path = d("M", 236, shaft - 10, "L", 292, shaft - 10, "L", 278, 206 - lift)
        path = d(path, "Q", 264, 220 - lift, 250, 206 - lift, "Z")
        canvas.form(path, Cloth(color, weave="rib"), "flat", 1.4)
        canvas.path(path, INK, opacity=0.25)
    elif closure == "zip":
        canvas.zipper(276, shaft + 12, 276, 236 - lift, color)
    else:
        count = max(5, int((236 - shaft) / 21))
        for i in range(count):
            share = i / (count - 1)
            y = 232 + (shaft + 12 - 232) * share
            x = 150 + 58 * min(1, share * 2.2) ** 0.7
            canvas.path(d("M", x - 22, y - 9, "L", x + 20, y + 5), stroke=color.trim, width=4.4)
            canvas.ellipse(x + 22, y + 6, 3, fill="#d9dbe0", stroke=INK, width=0.8)


def _boot_sole(canvas: Canvas, heel: str, lift: float, base: float) -> None:
    dark = Color("Sole", "", "#3a322d", "")
    sole = (
        Outline.at(72, base - 4)
        .curve(130, base - 3, 210, base - 2, 250, base - 4 - lift * 0.5)
        .curve(280, base - 4 - lift, 310, base - 4 - lift, 330, base - 4 - lift)
        .line(330, base + 8 - lift)
        .curve(290, base + 8 - lift, 262, base + 8 - lift * 0.3, 230, GROUND - 8)
        .line(92, GROUND - 4)
        .curve(74, GROUND - 6, 68, base + 8, 72, base - 4)
    )
    canvas.form(sole.closed(), dark, "down")
    inset = {"flat heel": 0, "block heel": 4, "high heel": 22}[heel]
    block = Outline.at(252 + inset, base + 5 - lift).line(330, base + 5 - lift).line(328 - inset * 0.4, GROUND)
    canvas.form(block.line(258 + inset, GROUND).closed(), dark, "round")
    canvas.path(d("M", 92, GROUND - 3, "H", 226), stroke=INK, width=5)


def draw_rain_boot(canvas: Canvas, facts: Facts) -> None:
    """A rubber boot with a ribbed sole and a pull tab or a buckle."""
    short = facts["shaft"] == "ankle"
    with canvas.moved(scale=1 if short else 0.9, about=(200, 330)):
        draw_pair(canvas, facts, lambda c, f: _rain_boot(c, f, 142 if short else 52), 16 if short else 42)


def _rain_boot(canvas: Canvas, facts: Facts, shaft: float) -> None:
    color = facts.color
    canvas.ellipse(260, shaft - 1, 70, 12, mix(color.base, INK, 0.5), color.deep)
    upper = (
        Outline.at(72, 284)
        .curve(62, 242, 92, 232, 128, 230)
        .curve(168, 228, 194, 206, 196, 176)
        .line(190, shaft)
        .bend(260, shaft + 16, 330, shaft)
        .curve(330, 180, 324, 220, 334, 284)
        .closed()
    )
    canvas.form(upper, facts.cloth(), "round")
    with canvas.clip(upper):
        canvas.path(d("M", 180, shaft + 18, "Q", 260, shaft + 34, 340, shaft + 18), stroke=color.dark, width=9)
        canvas.path(d("M", 50, 270, "C", 150, 262, 260, 262, 350, 270), stroke=color.dark, width=8)
        canvas.shine(208, shaft + 30, 212, 190, -3, 15, 0.42)
        canvas.shine(88, 254, 150, 238, -9, 13, 0.42)
        if facts["detail"] == "side buckle":
            canvas.form(rounded(270, shaft + 26, 80, 14, 4), color, "flat", 1.2)
            canvas.rect(284, shaft + 23, 18, 20, 3, stroke="#d9dbe0", width=3.6)
    canvas.path(d("M", 190, shaft, "Q", 260, shaft + 16, 330, shaft), stroke=color.deep, width=4)
    if facts["detail"] == "pull tab":
        canvas.path(d("M", 316, shaft - 2, "q", 10, -20, 18, 4), stroke=color.deep, width=6)
    flat_sole(canvas, COLORS["Black"] if color.name != "Black" else _GUM)


TYPES: tuple[ProductType, ...] = (
    ProductType(
        "Footwear",
        "Boots",
        "boots",
        draw_boot,
        families=5,
        price=(79, 239),
        title="{material} {shaft} {noun}",
        materials=("Leather", "Suede", "Vegan Leather", "Nubuck", "Patent Leather"),
        visible={
            "shaft": ("ankle", "mid-calf", "knee-high"),
            "heel": ("flat heel", "block heel", "high heel"),
            "closure": ("elastic sides", "zip", "laces"),
        },
        colors=("Black", "Brown", "Red", "Blue", "Green", "Beige", "Burgundy", "Navy", "Grey", "White"),
        sizes=SIZES_EU,
        genders=("female", "male"),
        occasions=("Everyday", "Work", "Evening"),
        seasons=("Autumn", "Winter"),
        views=("detail", "back"),
        detail=(150, 90, 190),
        scene="floor",
    ),
    ProductType(
        "Footwear",
        "Rain Boots",
        "rain boots",
        draw_rain_boot,
        families=3,
        price=(35, 89),
        title="{shaft} {noun}",
        materials=("Rubber",),
        visible={"shaft": ("mid-calf", "ankle"), "detail": ("pull tab", "side buckle")},
        patterns=("Solid", "Dotted", "Floral"),
        sizes=SIZES_EU,
        genders=("unisex", "female"),
        occasions=("Outdoor", "Everyday"),
        seasons=("Spring", "Autumn", "Winter"),
        views=("detail",),
        detail=(150, 90, 190),
        scene="floor",
    ),
)
