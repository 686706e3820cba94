"""Accessories that are carried or put on: sunglasses, watches and umbrellas."""

from __future__ import annotations

from training.demo_store.canvas import Canvas, Cloth, ellipse, rounded
from training.demo_store.outline import Outline, d
from training.demo_store.palette import BRASS, COLORS, INK, METAL, PAPER, mix
from training.demo_store.product_type import Facts, ProductType

_SIDES = (-1, 1)


_METALS = {"silver": METAL, "gold": BRASS, "black": COLORS["Black"]}


def draw_sunglasses(canvas: Canvas, facts: Facts) -> None:
    """Sunglasses from the front: frame shape and lens tint are seen."""
    color = facts.color
    lens = {"grey lenses": "#4a4f58", "brown lenses": "#7a4f2e", "mirrored lenses": "#7fb2d6"}[facts["lens"]]
    canvas.ground_shadow(200, 276, 140, 12, 0.3)
    for s in _SIDES:
        canvas.path(
            d("M", 200 + s * 142, 176, "C", 200 + s * 156, 160, 200 + s * 120, 146, 200 + s * 92, 140),
            stroke=color.deep,
            width=9,
        )
    for s in _SIDES:
        x = 200 + s * 76
        shape = _lens_path(facts["shape"], x, s)
        canvas.path(shape, canvas.gradient(mix(lens, INK, 0.35), mix(lens, PAPER, 0.35)))
        with canvas.clip(shape):
            canvas.path(d("M", x - 50, 260, "L", x - 6, 140, "h", 22, "L", x - 24, 260, "Z"), PAPER, opacity=0.16)
        thin = facts["frame"] == "thin frame"
        canvas.path(shape, stroke=color.deep, width=8 if thin else 16)
        canvas.path(shape, stroke=color.base, width=5.5 if thin else 12.5)
        canvas.path(shape, stroke=PAPER, width=1.2, opacity=0.3)
        canvas.form(rounded(200 + s * 141 - 7, 166, 14, 17, 4), color, "soft", 1.2)
    bridge = d("M", 186, 196, "Q", 200, 176, 214, 196)
    canvas.path(bridge, stroke=color.deep, width=11)
    canvas.path(bridge, stroke=color.base, width=8)


def _lens_path(shape: str, x: float, s: int) -> str:
    if shape == "round":
        return ellipse(x, 206, 54)
    if shape == "square":
        return rounded(x - 58, 160, 116, 94, 18)
    if shape == "cat-eye":
        tip = Outline.at(x - s * 54, 178).curve(x - s * 10, 166, x + s * 40, 164, x + s * 72, 146)
        return (
            tip.curve(x + s * 70, 226, x + s * 30, 252, x, 252)
            .curve(x - s * 40, 252, x - s * 56, 214, x - s * 54, 178)
            .closed()
        )
    drop = Outline.at(x - s * 50, 172).curve(x - s * 10, 160, x + s * 50, 160, x + s * 60, 176)
    return (
        drop.curve(x + s * 66, 240, x + s * 20, 268, x - s * 8, 262)
        .curve(x - s * 44, 252, x - s * 58, 204, x - s * 50, 172)
        .closed()
    )


def draw_watch(canvas: Canvas, facts: Facts) -> None:
    """A wrist watch, upright: strap in the product's colour, case shape, metal and dial are seen."""
    color, metal = facts.color, _METALS[facts["case"]]
    dial = {"white dial": "#f6f3ec", "black dial": "#2a2b31", "blue dial": "#2f4d80"}[facts["dial"]]
    square = facts["shape"] == "square"
    with canvas.lifted():
        for sign in _SIDES:
            near, far = 200 + sign * 62, 200 + sign * 168
            strap = d("M", 166, near, "L", 234, near, "L", 226, far, "Q", 200, far + sign * 14, 174, far, "Z")
            canvas.form(strap, facts.plain(), "round")
            canvas.stitch(d("M", 173, near, "L", 180, far), color)
            canvas.stitch(d("M", 227, near, "L", 220, far), color)
        for i in range(4):
            canvas.ellipse(200, 312 + i * 13, 2.6, fill=INK, opacity=0.55)
        canvas.rect(172, 24, 56, 18, 4, stroke=metal.base, width=5)
        canvas.form(rounded(278, 191, 16, 18, 4), Cloth(metal), "down", 1.2)
        case = rounded(122, 122, 156, 156, 30) if square else ellipse(200, 200, 82)
        face = rounded(136, 136, 128, 128, 20) if square else ellipse(200, 200, 68)
        canvas.form(case, Cloth(metal), "soft")
        canvas.path(face, canvas.glow(mix(dial, PAPER, 0.14), dial, 0.4, 0.35), metal.deep, 1.6)
        _watch_hands(canvas, "#2a2b31" if facts["dial"] == "white dial" else "#f6f3ec", square)


def _watch_hands(canvas: Canvas, ink: str, square: bool) -> None:
    for hour in range(12):
        with canvas.moved(turn=hour * 30):
            long = hour % 3 == 0
            canvas.path(
                d("M", 200, 140 if not square else 144, "v", 13 if long else 7), stroke=ink, width=4 if long else 2
            )
    for turn, reach, width in ((-58, 36, 5), (62, 50, 3.6)):
        with canvas.moved(turn=turn):
            canvas.path(d("M", 200, 208, "V", 200 - reach), stroke=ink, width=width)
    with canvas.moved(turn=190):
        canvas.path(d("M", 200, 214, "V", 148), stroke="#d4323c", width=1.6)
    canvas.ellipse(200, 200, 4.4, fill=ink)
    canvas.path(
        d("M", 152, 232, "A", 58, 58, 0, 0, 1, 176, 148, "L", 188, 152, "A", 48, 48, 0, 0, 0, 164, 228, "Z"),
        PAPER,
        opacity=0.13,
    )


def draw_umbrella(canvas: Canvas, facts: Facts) -> None:
    """An open umbrella, slightly tilted: canopy and handle are seen."""
    color = facts.color
    with canvas.moved(turn=-9), canvas.lifted():
        grip = mix("#8a5a35", INK, 0.05) if facts["handle"] == "wooden crook" else "#3a3b42"
        canvas.path(d("M", 200, 60, "V", 318), stroke="#8d9199", width=6)
        canvas.path(d("M", 200, 60, "V", 318), stroke="#d6d9de", width=2.4)
        if facts["handle"] == "wooden crook":
            hook = d("M", 200, 282, "V", 336, "C", 200, 366, 158, 366, 158, 338)
            canvas.path(hook, stroke=mix(grip, INK, 0.4), width=15)
            canvas.path(hook, stroke=grip, width=12)
        else:
            canvas.form(rounded(190, 282, 20, 76, 9), COLORS["Black"], "round")
        under = d("M", 52, 214, "Q", 200, 260, 348, 214, "Q", 200, 170, 52, 214, "Z")
        canvas.path(under, mix(color.base, INK, 0.5))
        rim = Outline.at(52, 216).curve(60, 116, 126, 62, 200, 62).curve(274, 62, 340, 116, 348, 216)
        for x in (298, 249, 200, 151, 102):
            rim = rim.bend(x + 24.5, 196, x, 218 + (8 if x == 200 else 4))
        dome = rim.bend(76, 196, 52, 216).closed()
        canvas.form(dome, facts.cloth(), "ball")
        with canvas.clip(dome):
            for x in (102, 151, 200, 249, 298):
                canvas.seam(d("M", 200, 62, "Q", 200 + (x - 200) * 0.9, 120, x, 222), color, 2)
        canvas.form(rounded(196, 46, 8, 20, 3), COLORS["Black"], "round", 1)


_WORN = "Bags & Accessories"


TYPES: tuple[ProductType, ...] = (
    ProductType(
        _WORN,
        "Sunglasses",
        "sunglasses",
        draw_sunglasses,
        families=3,
        price=(25, 119),
        title="{shape} {noun}",
        materials=("Acetate", "Recycled Plastic"),
        visible={
            "shape": ("round", "square", "cat-eye", "aviator"),
            "lens": ("grey lenses", "brown lenses", "mirrored lenses"),
            "frame": ("thick frame", "thin frame"),
        },
        occasions=("Everyday", "Holiday"),
        seasons=("Spring", "Summer"),
        views=("detail",),
        detail=(60, 130, 150),
        scene="floor",
        zoom=1.06,
    ),
    ProductType(
        _WORN,
        "Watches",
        "watch",
        draw_watch,
        families=4,
        price=(49, 199),
        title="{shape} {case} {noun} with {material} strap",
        materials=("Leather", "Vegan Leather", "Nylon", "Silicone"),
        visible={
            "shape": ("round", "square"),
            "dial": ("white dial", "black dial", "blue dial"),
            "case": ("silver", "gold", "black"),
        },
        genders=("unisex", "male", "female"),
        occasions=("Work", "Everyday", "Evening"),
        views=("detail", "tilted"),
        detail=(110, 110, 180),
        care="Wipe clean with a damp cloth",
    ),
    ProductType(
        _WORN,
        "Umbrellas",
        "umbrella",
        draw_umbrella,
        families=3,
        price=(19, 59),
        title="{material} {noun}",
        materials=("Recycled Polyester", "Nylon"),
        visible={"handle": ("wooden crook", "straight grip")},
        patterns=("Solid", "Dotted", "Striped", "Floral", "Checked"),
        occasions=("Everyday", "Travel"),
        seasons=("Spring", "Autumn", "Winter"),
        views=("detail",),
        detail=(80, 60, 190),
        care="Dry open before folding",
    ),
)
