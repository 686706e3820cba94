"""Rest and light outdoors: hammocks and lanterns."""

from __future__ import annotations

from training.demo_store.canvas import Canvas, ellipse, rounded
from training.demo_store.outline import d
from training.demo_store.palette import INK, PAPER
from training.demo_store.product_type import Facts, ProductType
from training.demo_store.wares import STEEL, WOODS, deeper, flame, frustum, halo, lid, paler, tube

_SIDES = (-1, 1)


def draw_hammock(canvas: Canvas, facts: Facts) -> None:
    """Hung from a stand or from two ropes, with bars, fringe or net."""
    color = facts.color
    if facts["stand"] == "wooden stand":
        canvas.ground_shadow(200, 352, 150)
        wood = WOODS["Oak"]
        tube(canvas, d("M", 24, 106, "C", 50, 412, 350, 412, 376, 106), wood, 13)
        tube(canvas, d("M", 110, 350, "H", 290), wood, 12)
    bed = d("M", 66, 170, "C", 112, 346, 288, 346, 334, 170, "C", 284, 236, 116, 236, 66, 170, "Z")
    if facts["edge"] == "fringed edge":
        for i in range(27):
            t = i / 26
            x, y = 78 + t * 244, 184 + 456 * t * (1 - t)
            canvas.path(d("M", x, y, "q", 3, 18, -1 + i % 3, 36), stroke=paler(color, 0.55).base, width=3.2)
    for x, y, end in ((66, 170, 24), (334, 170, 376)):
        s = 1 if x < 200 else -1
        for k in range(5):
            canvas.path(d("M", end, 104, "L", x + s * k * 5, y + 2 + k * 12), stroke="#b89b6b", width=2)
        canvas.ellipse(end, 104, 5.5, stroke=STEEL.deep, width=3.4)
    canvas.form(bed, facts.cloth(1.2), "down", 1.8)
    with canvas.clip(bed):
        canvas.path(
            d("M", 66, 170, "C", 116, 236, 284, 236, 334, 170, "V", 206, "C", 284, 262, 116, 262, 66, 206, "Z"),
            INK,
            opacity=0.16,
        )
        for x in (130, 170, 230, 270):
            canvas.fold(x, 210, 200 + (x - 200) * 0.7, 312, (200 - x) * 0.06, 9)
    if facts["edge"] == "spreader bars":
        for x1, y1, x2, y2 in ((58, 152, 108, 262), (342, 152, 292, 262)):
            tube(canvas, d("M", x1, y1, "L", x2, y2), WOODS["Beech"], 9)
    canvas.form(rounded(92, 190, 72, 38, 16), paler(color, 0.5), "ball", 1.4)


def draw_lantern(canvas: Canvas, facts: Facts) -> None:
    """Glass, cap and handle; a flame or a lamp lights it."""
    color = facts.color
    canvas.ground_shadow(200, 344, 80)
    halo(canvas, 200, 218, 150, 0.55)
    if facts["handle"] == "wire handle":
        tube(canvas, d("M", 140, 150, "C", 128, 20, 272, 20, 260, 150), STEEL, 5)
    elif facts["handle"] == "rope handle":
        tube(canvas, d("M", 168, 118, "C", 150, 40, 250, 40, 232, 118), WOODS["Rattan"], 8)
    shape = facts["shape"]
    half = {"round": 70, "tall": 52, "square": 66}[shape]
    glass = ellipse(200, 222, 74, 68) if shape == "round" else rounded(200 - half, 146, half * 2, 154, 8)
    canvas.path(glass, canvas.glow("#fffbe6", "#f4d98c", 0.5, 0.6, 0.75), "#8b979f", 1.8)
    if facts["light"] == "candle light":
        canvas.form(frustum(200, 248, 20, 298, 20), paler(WOODS["Beech"], 0.6), "round", 1)
        flame(canvas, 200, 248, 34)
    else:
        canvas.form(rounded(186, 186, 28, 84, 13), paler(STEEL, 0.75), "round", 1)
        canvas.ellipse(200, 226, 30, 44, fill=PAPER, opacity=0.55)
    if shape == "square":
        for x in (134, 200, 266):
            canvas.form(rounded(x - 4, 146, 8, 154, 2), color, "round", 1.1)
    else:
        for s in _SIDES:
            bow = d("M", 200 + s * half * 0.8, 148, "Q", 200 + s * (half + 20), 222, 200 + s * half * 0.8, 300)
            tube(canvas, bow, color, 6)
        canvas.path(d("M", 200 - half, 222, "Q", 200, 240, 200 + half, 222), stroke=color.deep, width=3)
    canvas.shine(200 - half + 18, 270, 200 - half + 18, 176, 5, 8, 0.7)
    canvas.form(frustum(200, 296, half + 8, 336, half + 16), color, "round", 1.8)
    canvas.ellipse(200, 296, half + 8, (half + 8) * 0.13, fill=color.light, stroke=color.deep, width=1.2)
    canvas.form(frustum(200, 138, half + 8, 152, half + 8), color, "round", 1.6)
    lid(canvas, 200, 138, half + 8, color, 22)
    canvas.form(frustum(200, 92, 20, 108, 26), deeper(color, 0.12), "round", 1.4)


TYPES: tuple[ProductType, ...] = (
    ProductType(
        "Outdoor",
        "Hammocks",
        "hammock",
        draw_hammock,
        families=2,
        price=(35, 189),
        title="{material} {noun} with {edge} and {stand}",
        materials=("Cotton", "Recycled Nylon"),
        visible={
            "stand": ("no stand", "wooden stand"),
            "edge": ("fringed edge", "plain edge", "spreader bars"),
        },
        patterns=("Solid", "Striped", "Geometric"),
        occasions=("Holiday", "Camping", "Weekend"),
        seasons=("Spring", "Summer"),
        detail=(80, 120, 200),
        zoom=1.02,
        scene="floor",
    ),
    ProductType(
        "Outdoor",
        "Lanterns",
        "lantern",
        draw_lantern,
        families=3,
        price=(15, 69),
        title="{shape} {material} {noun} with {handle} and {light}",
        materials=("Steel", "Aluminium", "Recycled Plastic"),
        visible={
            "shape": ("round", "tall", "square"),
            "handle": ("wire handle", "rope handle", "no handle"),
            "light": ("candle light", "LED light"),
        },
        occasions=("Camping", "Evening", "Festival"),
        detail=(100, 110, 200),
        zoom=1.05,
        scene="floor",
    ),
)
