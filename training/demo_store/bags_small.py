"""Small bags: crossbody bags and wallets."""

from __future__ import annotations

from training.demo_store.bags import draw_strap
from training.demo_store.canvas import Canvas, Cloth, rounded
from training.demo_store.outline import Outline, d
from training.demo_store.palette import BRASS, INK
from training.demo_store.product_type import Facts, ProductType


def draw_crossbody(canvas: Canvas, facts: Facts) -> None:
    """A small bag on a long strap: its shape and closure are seen."""
    canvas.ground_shadow(200, 338, 104, 13)
    color = facts.color
    draw_strap(canvas, d("M", 116, 244, "C", 60, 30, 340, 30, 284, 244), color, 11)
    canvas.rect(113, 114, 24, 18, 4, stroke=BRASS.base, width=3.4)
    shapes = {
        "half-moon": Outline.at(200, 208).line(290, 208).curve(306, 210, 300, 338, 200, 338).mirrored(),
        "box": rounded(112, 208, 176, 130, 16),
        "round": Outline.at(200, 190).curve(304, 190, 304, 340, 200, 340).mirrored(),
    }
    path = shapes[facts["shape"]]
    canvas.form(path, facts.cloth(), "ball" if facts["shape"] == "round" else "soft")
    with canvas.clip(path):
        canvas.shine(136, 232, 150, 318, -6, 14, 0.24)
        if facts["closure"] == "flap":
            flap = d("M", 90, 180, "H", 310, "V", 240, "Q", 290, 282, 200, 286, "Q", 110, 282, 90, 240, "Z")
            canvas.form(flap, facts.cloth(), "soft")
    if facts["closure"] == "flap":
        canvas.ellipse(200, 278, 10, fill=BRASS.base, stroke=BRASS.deep, width=1.4)
    else:
        canvas.zipper(268, 226, 130, 226, color)
        canvas.path(d("M", 270, 232, "q", 8, 16, 4, 32), stroke=color.deep, width=5)


def draw_wallet(canvas: Canvas, facts: Facts) -> None:
    """A wallet, lying: bifold, long or card holder; its closure is seen."""
    color = facts.color
    width, height = {"bifold": (190, 150), "long": (256, 136), "card holder": (176, 124)}[facts["shape"]]
    x, y = 200 - width / 2, 200 - height / 2
    with canvas.moved(turn=-9), canvas.lifted(7):
        canvas.form(rounded(x + 6, y + 7, width, height, 12), Cloth(color), "flat")
        canvas.path(rounded(x + 6, y + 7, width, height, 12), INK, opacity=0.28)
        if facts["shape"] == "card holder":
            for i, tint in enumerate(("#e8e2d4", "#b9cbd8", "#d8b9a8")):
                canvas.rect(x + 16, y - 26 + i * 9, width - 32, 60, 7, tint, INK, 0.8)
        canvas.form(rounded(x, y, width, height, 12), facts.cloth(), "soft")
        canvas.stitch(rounded(x + 7, y + 7, width - 14, height - 14, 7), color)
        canvas.shine(x + 20, y + height - 18, x + 60, y + 14, -6, 12, 0.2)
        _wallet_closure(canvas, facts, x, y, width, height)


def _wallet_closure(canvas: Canvas, facts: Facts, x: float, y: float, width: float, height: float) -> None:
    color = facts.color
    if facts["closure"] == "snap":
        canvas.form(rounded(x + width - 52, y + height / 2 - 17, 60, 34, 15), color, "soft")
        canvas.ellipse(x + width - 34, y + height / 2, 9, fill=BRASS.base, stroke=BRASS.deep, width=1.4)
    elif facts["closure"] == "zip":
        canvas.zipper(x + width - 14, y + 3, x + 10, y + 3, color)
        canvas.path(d("M", x + width - 12, y + 10, "q", 16, 14, 14, 34), stroke=color.deep, width=6)
    else:
        canvas.seam(d("M", x, y + height * 0.42, "H", x + width), color)


TYPES: tuple[ProductType, ...] = (
    ProductType(
        "Bags & Accessories",
        "Crossbody Bags",
        "crossbody bag",
        draw_crossbody,
        families=3,
        price=(35, 139),
        title="{material} {shape} {noun}",
        materials=("Vegan Leather", "Leather", "Canvas", "Suede"),
        visible={"shape": ("half-moon", "box", "round"), "closure": ("zip", "flap")},
        patterns=("Solid", "Leopard", "Geometric"),
        genders=("female", "unisex"),
        occasions=("Everyday", "Travel", "Party"),
        views=("detail",),
        detail=(110, 170, 180),
        scene="floor",
        zoom=1.08,
    ),
    ProductType(
        "Bags & Accessories",
        "Wallets",
        "wallet",
        draw_wallet,
        families=3,
        price=(19, 79),
        title="{material} {shape} {noun}",
        materials=("Leather", "Vegan Leather", "Canvas"),
        visible={"shape": ("bifold", "long", "card holder"), "closure": ("snap", "zip", "open")},
        genders=("male", "female"),
        views=("detail",),
        detail=(190, 110, 160),
        zoom=1.12,
    ),
)
