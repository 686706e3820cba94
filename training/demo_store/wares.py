"""Parts that hard goods share: turned bodies, mouths, tubes, woods, lit glow.

Everything is seen from slightly above, so that round things show an ellipse at their mouth and a curved foot.
Knows no single product type; clothes have ``garment``.
"""

from __future__ import annotations

from training.demo_store.canvas import Canvas
from training.demo_store.outline import d
from training.demo_store.palette import BRASS, INK, METAL, PAPER, Color, mix

LEAN = 0.13  # height of an ellipse that stands for a level circle, as a share of its width

WOODS = {
    "Oak": Color("Oak", "Brown", "#c99c66", "Beige"),
    "Walnut": Color("Walnut", "Brown", "#75503a", "Beige"),
    "Beech": Color("Beech", "Beige", "#dcb98c", "Brown"),
    "Acacia": Color("Acacia", "Brown", "#a56c40", "Beige"),
    "Bamboo": Color("Bamboo", "Beige", "#dfc283", "Brown"),
    "Rattan": Color("Rattan", "Beige", "#cfa76d", "Brown"),
    "Cork": Color("Cork", "Brown", "#c89b69", "Beige"),
}
STEEL = Color("Steel", "Grey", "#b9bec7", "White")
DARK = Color("Graphite", "Black", "#3a3c44", "White")
CREAM = Color("Cream", "White", "#f2e8d5", "Brown")
LEAF = Color("Leaf", "Green", "#4d8b57", "White")
_METALS = {"Brass": BRASS, "Steel": DARK, "Stainless Steel": METAL, "Aluminium": METAL, "Cast Iron": DARK}


def stuff(material: str, otherwise: Color) -> Color:
    """The natural colour of a wood or metal; ``otherwise`` for what comes in any colour."""
    return WOODS.get(material) or _METALS.get(material) or otherwise


def deeper(color: Color, share: float = 0.2) -> Color:
    """The same colour a little darker; for second parts of a product of one colour."""
    return Color(color.name, color.family, mix(color.base, INK, share), color.companion)


def paler(color: Color, share: float = 0.35) -> Color:
    """The same colour a little lighter."""
    return Color(color.name, color.family, mix(color.base, PAPER, share), color.companion)


def frustum(cx: float, top: float, half_top: float, bottom: float, half_bottom: float, lean: float = LEAN) -> str:
    """Path of a standing tube or cone: ``half_top`` and ``half_bottom`` are radii at the two heights."""
    return d(
        *("M", cx - half_top, top, "A", half_top, half_top * lean, 0, 0, 0, cx + half_top, top),
        *("L", cx + half_bottom, bottom, "A", half_bottom, half_bottom * lean, 0, 0, 1, cx - half_bottom, bottom),
        "Z",
    )


def mouth(
    canvas: Canvas, cx: float, cy: float, radius: float, color: Color, inside: str = "", wall: float = 5
) -> None:
    """The open top of a vessel: a lit rim and what is seen in it."""
    canvas.ellipse(cx, cy, radius, radius * LEAN, fill=color.light, stroke=color.deep, width=1.4)
    shadow = canvas.gradient(mix(color.base, INK, 0.62), mix(color.base, INK, 0.3))
    inner = max(1.0, radius - wall)
    canvas.ellipse(cx, cy + 0.6, inner, max(0.6, inner * LEAN - 0.8), fill=inside or shadow)


def lid(canvas: Canvas, cx: float, cy: float, radius: float, color: Color, rise: float = 16) -> None:
    """A domed lid that sits on a mouth at height ``cy``."""
    dome = d(
        *("M", cx - radius, cy, "C", cx - radius * 0.9, cy - rise, cx - radius * 0.4, cy - rise * 1.5),
        *(cx, cy - rise * 1.5, "C", cx + radius * 0.4, cy - rise * 1.5, cx + radius * 0.9, cy - rise),
        *(cx + radius, cy, "A", radius, radius * LEAN, 0, 0, 1, cx - radius, cy, "Z"),
    )
    canvas.form(dome, color, "ball")
    canvas.shine(cx - radius * 0.62, cy - rise * 0.6, cx - radius * 0.1, cy - rise * 1.25, 3, 5, 0.4)


def knob(canvas: Canvas, cx: float, cy: float, radius: float, color: Color) -> None:
    """A small ball to lift a lid by."""
    canvas.ellipse(cx, cy + radius, radius * 0.6, radius * 0.4, fill=color.deep)
    circle = d("M", cx - radius, cy, "a", radius, radius, 0, 1, 1, radius * 2, 0)
    canvas.form(d(circle, "a", radius, radius, 0, 1, 1, -radius * 2, 0, "Z"), color, "ball", 1.3)


def tube(canvas: Canvas, path: str, color: Color, width: float) -> None:
    """A round bar or pipe along an open path: outline, body, a line of light."""
    canvas.path(path, stroke=color.deep, width=width + 2.6)
    canvas.path(path, stroke=color.base, width=width)
    with canvas.moved(dx=-width * 0.16, dy=-width * 0.14):
        canvas.path(path, stroke=color.lighter, width=max(1.0, width * 0.26), opacity=0.75)


def grain(canvas: Canvas, path: str, left: float, top: float, width: float, height: float, color: Color) -> None:
    """Wood grain along the longer side of a box, kept within ``path``."""
    with canvas.clip(path):
        along = width >= height
        steps = max(3, int((height if along else width) // 11))
        for i in range(1, steps):
            at, sway = i / steps, (5, -4, 3, -6)[i % 4]
            if along:
                y = top + height * at
                line = d("M", left, y, "Q", left + width * 0.4, y + sway, left + width, y - sway * 0.3)
            else:
                x = left + width * at
                line = d("M", x, top, "Q", x + sway, top + height * 0.4, x - sway * 0.3, top + height)
            canvas.path(line, stroke=color.deep, width=1.2, opacity=0.28)


def halo(canvas: Canvas, cx: float, cy: float, radius: float, strength: float = 0.5, light: str = "#ffe9ad") -> None:
    """Warm light around a lit lamp or flame."""
    rings = 28
    for i in range(rings):
        canvas.ellipse(cx, cy, radius * (1 - i / rings), fill=light, opacity=strength / rings * 1.4)


def flame(canvas: Canvas, x: float, y: float, height: float = 26) -> None:
    """A candle flame on its wick; (x, y) is the foot of the wick."""
    canvas.path(d("M", x, y, "L", x, y - 9), stroke=INK, width=2)
    tip, low = y - 7 - height, y - 6
    for share, paint in ((1.0, "#f7b23c"), (0.6, "#fff0b8")):
        w, h = 7.5 * share, (low - tip) * share
        canvas.path(
            d(
                *(
                    "M",
                    x,
                    low - h,
                    "C",
                    x + w * 0.4,
                    low - h * 0.62,
                    x + w,
                    low - h * 0.42,
                    x + w * 0.9,
                    low - h * 0.22,
                ),
                *("C", x + w * 0.7, low + 1, x - w * 0.7, low + 1, x - w * 0.9, low - h * 0.22),
                *("C", x - w, low - h * 0.42, x - w * 0.4, low - h * 0.62, x, low - h, "Z"),
            ),
            paint,
        )
