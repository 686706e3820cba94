"""Things to eat from: bowls and plates."""

from __future__ import annotations

from math import cos, pi, sin

from training.demo_store.canvas import Canvas, Cloth, ellipse, rounded
from training.demo_store.outline import Outline, d
from training.demo_store.palette import BRASS, INK, PAPER
from training.demo_store.product_type import Facts, ProductType
from training.demo_store.wares import CREAM, deeper, paler

_LEAN = 0.3  # bowls are looked into


def draw_bowl(canvas: Canvas, facts: Facts) -> None:
    """Depth and foot make the outline; inside and rim are seen from above."""
    color = facts.color
    half, low = {"deep": (122, 318), "shallow": (146, 286), "wide-rimmed": (148, 292)}[facts["depth"]]
    top = 178
    footed = facts["foot"] == "high foot"
    canvas.ground_shadow(200, 346 if footed else low + 12, 96)
    if footed:
        stem = Outline.at(200, low - 16).line(232, low - 16).curve(228, low + 14, 240, 336, 254, 344)
        canvas.form(stem.bend(228, 352, 200, 352).mirrored(), color, "round")
    else:
        canvas.form(rounded(156, low - 8, 88, 18, 7), deeper(color), "round")
    body = (
        Outline.at(200 + half, top).curve(200 + half * 0.94, top + 66, 256, low, 232, low).line(200, low).mirrored()
    )
    canvas.form(body, facts.cloth(0.9), "round", 1.8)
    canvas.shine(200 - half * 0.78, top + 64, 200 - half * 0.46, low - 18, 10, 10, 0.4)
    canvas.form(ellipse(200, top, half, half * _LEAN), color, "down", 1.8)
    rim = 0.8 if facts["depth"] == "wide-rimmed" else 0.93
    inside = paler(color, 0.5) if facts["inside"] == "plain inside" else CREAM
    canvas.path(
        ellipse(200, top + 1, half * rim, half * _LEAN * rim),
        canvas.gradient(inside.dark, inside.light),
        color.deep,
        1.3,
    )
    canvas.ellipse(200, top + half * 0.12, half * 0.5, half * _LEAN * 0.42, fill=PAPER, opacity=0.22)
    if facts["inside"] == "gold inside":
        gold = canvas.gradient(BRASS.dark, BRASS.lighter)
        canvas.path(ellipse(200, top + 1, half * rim, half * _LEAN * rim), gold, BRASS.deep, 1.3)
    canvas.path(
        d("M", 200 - half, top, "A", half, half * _LEAN, 0, 0, 0, 200 + half, top), stroke=color.lighter, width=2.6
    )


def draw_plate(canvas: Canvas, facts: Facts) -> None:
    """From above: outline, rim and what is painted on it."""
    color, shape = facts.color, facts["shape"]
    with canvas.lifted(9):
        canvas.form(_plate(shape, 146), facts.cloth(), "soft", 2)
        well = paler(color, 0.2) if facts["rim"] == "plain rim" else CREAM
        if color.name == "White":
            well = paler(color, 0.5)
        inner = _plate("round" if shape == "scalloped" else shape, 98)
        canvas.form(inner, Cloth(well), "flat", 0)
        canvas.path(inner, stroke=INK, width=3.4, opacity=0.16)
        with canvas.moved(dx=1.4, dy=2):
            canvas.path(inner, stroke=PAPER, width=2, opacity=0.65)
        if facts["rim"] == "gold rim":
            canvas.path(_plate(shape, 142), stroke=BRASS.base, width=6)
            canvas.path(_plate(shape, 141), stroke=BRASS.lighter, width=1.6)
        elif facts["rim"] == "double rim":
            for reach, width in ((136, 3.4), (108, 3.4)):
                canvas.path(_plate(shape, reach), stroke=color.trim, width=width)
        canvas.shine(110, 250, 170, 110, 26, 14, 0.22)


def _plate(shape: str, reach: float) -> str:
    if shape == "square":
        return rounded(200 - reach * 0.92, 200 - reach * 0.92, reach * 1.84, reach * 1.84, 36)
    if shape == "oval":
        return ellipse(200, 200, reach * 1.08, reach * 0.76)
    if shape == "scalloped":
        points = 16
        parts: list[str | float] = ["M", 200 + reach * 0.95, 200]
        for i in range(points):
            middle, end = (i + 0.5) * 2 * pi / points, (i + 1) * 2 * pi / points
            parts += ["Q", 200 + reach * 1.1 * cos(middle), 200 + reach * 1.1 * sin(middle)]
            parts += [200 + reach * 0.95 * cos(end), 200 + reach * 0.95 * sin(end)]
        return d(*parts, "Z")
    return ellipse(200, 200, reach)


TYPES: tuple[ProductType, ...] = (
    ProductType(
        "Kitchen",
        "Bowls",
        "bowl",
        draw_bowl,
        families=3,
        price=(9, 45),
        title="{depth} {material} {noun} with {foot} and {inside}",
        materials=("Stoneware", "Porcelain", "Ceramic"),
        visible={
            "depth": ("deep", "shallow", "wide-rimmed"),
            "foot": ("low foot", "high foot"),
            "inside": ("plain inside", "cream inside", "gold inside"),
        },
        patterns=("Solid", "Dotted", "Striped", "Geometric"),
        occasions=("Breakfast", "Dinner", "Everyday"),
        detail=(60, 110, 190),
        scene="floor",
    ),
    ProductType(
        "Kitchen",
        "Plates",
        "plate",
        draw_plate,
        families=3,
        price=(8, 39),
        title="{shape} {material} {noun} with {rim}",
        materials=("Porcelain", "Stoneware", "Ceramic"),
        visible={
            "shape": ("round", "scalloped", "square", "oval"),
            "rim": ("plain rim", "gold rim", "double rim"),
        },
        extras={"diameter": ("21 cm", "24 cm", "27 cm")},
        patterns=("Solid", "Floral", "Gingham", "Dotted"),
        occasions=("Dinner", "Everyday", "Gift"),
        detail=(60, 60, 190),
    ),
)
