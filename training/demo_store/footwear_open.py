"""Sandals and slippers, seen from the side as a pair."""

from __future__ import annotations

from training.demo_store.canvas import Canvas, Cloth, rounded
from training.demo_store.footwear import GROUND, SIZES_EU, draw_pair
from training.demo_store.footwear_dress import ankle_ring
from training.demo_store.outline import Outline, d
from training.demo_store.palette import BRASS, INK, PAPER, Color, mix
from training.demo_store.product_type import Facts, ProductType

_SOLE = Color("Sole", "", "#4a3d34", "")


_CORK = Color("Cork", "", "#c79d6a", "")


def draw_sandal(canvas: Canvas, facts: Facts) -> None:
    """A sandal: straps and heel are seen."""
    draw_pair(canvas, facts, _sandal, 4)


def _sandal(canvas: Canvas, facts: Facts) -> None:
    heel = facts["heel"]
    lift = {"flat heel": 8, "wedge heel": 62, "block heel": 58}[heel]
    top = GROUND - 26
    back = GROUND - 18 - lift
    _sandal_straps(canvas, facts, top, back, behind=True)
    foot = (
        Outline.at(64, top + 4)
        .curve(110, top - 8, 170, top - 6, 214, top - lift * 0.3)
        .curve(250, back - 2, 290, back - 6, 338, back - 4)
    )
    if heel == "wedge heel":
        body = foot.curve(342, back + 30, 338, GROUND - 20, 336, GROUND).line(90, GROUND)
        path = body.curve(66, GROUND, 58, top + 14, 64, top + 4).closed()
        canvas.form(path, Cloth(_CORK, weave="basket"), "soft")
    else:
        body = foot.line(336, back + 10).curve(
            290, back + 12, 250, top + 16 - lift * 0.3, 214, GROUND - 6 - lift * 0.12
        )
        path = body.line(90, GROUND).curve(66, GROUND, 58, top + 14, 64, top + 4).closed()
        canvas.form(path, _CORK if heel == "flat heel" else _SOLE, "down")
        if heel == "block heel":
            block = d("M", 288, back + 6, "L", 337, back + 4, "L", 334, GROUND, "H", 292, "Z")
            canvas.form(block, _SOLE, "round")
    canvas.path(foot.open(), stroke=mix(_CORK.base, PAPER, 0.45), width=5)
    _sandal_straps(canvas, facts, top, back, behind=False)


def _sandal_straps(canvas: Canvas, facts: Facts, top: float, back: float, behind: bool) -> None:
    """Bands over the foot; with ``behind`` only their far, inner sides, to be drawn before the sole."""
    style = facts["strap"]
    bands = ((84, top + 8, 66, 50), (168, top + 4, 62, 72)) if style == "two straps" else ((88, top + 8, 46, 46),)
    for x, y, wide, high in bands:
        _band(canvas, facts, x, y, wide, high, behind)
    if style == "two straps":
        for x, y, wide, high in bands if not behind else ():
            canvas.rect(x + wide * 0.5, y - high * 0.5, 15, 17, 3, stroke=BRASS.base, width=3)
        return
    if not behind and style == "t-strap":
        bar = d("M", 124, top - 34, "C", 170, top - 54, 210, back - 66, 254, back - 70)
        canvas.path(bar, stroke=facts.color.deep, width=12)
        canvas.path(bar, stroke=facts.color.base, width=9.5)
    if behind:
        canvas.path(d("M", 328, back, "L", 328, back - 40), stroke=facts.color.dark, width=13)
    else:
        ankle_ring(canvas, facts.color, 290, back - 70)
        canvas.path(
            d("M", 316, back - 2, "C", 322, back - 20, 324, back - 40, 326, back - 62),
            stroke=facts.color.base,
            width=11,
        )


def _band(canvas: Canvas, facts: Facts, x: float, y: float, wide: float, high: float, behind: bool) -> None:
    """One band that arches over the foot from the near side of the sole at (x, y)."""
    top = y - high
    if behind:
        inner = Outline.at(x + wide * 0.5, top).curve(
            x + wide + 34, top - 4, x + wide + 30, y - 20, x + wide + 22, y - 4
        )
        canvas.path(inner.line(x + wide * 0.6, y).closed(), mix(facts.color.base, INK, 0.45))
        return
    path = (
        Outline.at(x, y + 2)
        .curve(x - 2, y - high * 0.6, x + 10, top + 6, x + 30, top)
        .bend(x + 44, top - 5, x + wide * 0.7 + 12, top)
        .curve(x + wide * 0.86, top + 14, x + wide - 4, y - high * 0.4, x + wide, y + 2)
        .bend(x + wide / 2, y + 6, x, y + 2)
        .closed()
    )
    canvas.form(path, facts.cloth(0.6), "soft", 1.5)
    with canvas.clip(path):
        canvas.shine(x + 8, y - 6, x + 26, top + 6, -5, 8, 0.3)


def draw_slipper(canvas: Canvas, facts: Facts) -> None:
    """A soft house shoe with a lining that shows at the opening; open or closed at the heel."""
    draw_pair(canvas, facts, _slipper, 0)


def _slipper(canvas: Canvas, facts: Facts) -> None:
    color, mule = facts.color, facts["back"] == "open back"
    fur = mix("#f3ead9", color.base, 0.08)
    canvas.form(rounded(66, 288, 274, 18, 9), _SOLE, "down")
    if mule:
        canvas.form(rounded(150, 270, 188, 22, 11), Color("Lining", "", fur, ""), "down")
    heel = 214 if mule else 336
    upper = Outline.at(66, 292).curve(58, 236, 116, 214, 172, 214)
    if mule:
        upper = upper.curve(204, 216, 214, 250, 216, 292)
    else:
        upper = upper.curve(200, 226, 280, 244, 322, 222).curve(342, 216, 338, 270, heel, 292)
    canvas.form(upper.closed(), facts.cloth(), "ball")
    with canvas.clip(upper.closed()):
        canvas.fold(80, 268, 180, 276, -10, 9)
        if facts.pattern == "Solid":
            canvas.stitch(d("M", 84, 272, "C", 90, 240, 130, 230, 176, 234), color)
    trim = (
        d("M", 166, 212, "C", 204, 216, 214, 246, 216, 286)
        if mule
        else d("M", 166, 212, "C", 200, 224, 280, 244, 324, 218)
    )
    canvas.path(trim, stroke=mix(fur, INK, 0.2), width=21)
    canvas.path(trim, stroke=fur, width=18)


TYPES: tuple[ProductType, ...] = (
    ProductType(
        "Footwear",
        "Sandals",
        "sandals",
        draw_sandal,
        families=4,
        price=(29, 119),
        title="{material} {strap} {noun}",
        materials=("Leather", "Vegan Leather", "Suede", "EVA"),
        visible={
            "strap": ("two straps", "ankle strap", "t-strap"),
            "heel": ("flat heel", "wedge heel", "block heel"),
        },
        patterns=("Solid", "Leopard"),
        sizes=SIZES_EU,
        genders=("female", "unisex"),
        occasions=("Holiday", "Everyday", "Party"),
        seasons=("Summer",),
        views=("detail", "back"),
        detail=(70, 160, 180),
        scene="floor",
        zoom=1.06,
    ),
    ProductType(
        "Footwear",
        "Slippers",
        "slippers",
        draw_slipper,
        families=3,
        price=(19, 59),
        title="{material} {back} {noun}",
        materials=("Wool", "Vegan Suede", "Fleece", "Suede"),
        visible={"back": ("open back", "closed back")},
        patterns=("Solid", "Checked", "Fair Isle", "Dotted"),
        sizes=SIZES_EU,
        genders=("unisex", "female", "male"),
        occasions=("Home",),
        seasons=("Autumn", "Winter"),
        views=("detail",),
        detail=(60, 160, 180),
        scene="floor",
        zoom=1.08,
    ),
)
