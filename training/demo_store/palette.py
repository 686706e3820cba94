"""The colours of the demo store: about sixteen plain names a shopper would say, each with its shades.

A product has exactly one ``Color``; everything in its picture (light, shadow, outline, pattern) is mixed from
it, so that a colourway reads as one colour at a glance. ``family`` groups near names: navy is a kind of blue.
Knows nothing of products. Mixing is integer arithmetic, so that pictures are the same on every machine.
"""

from __future__ import annotations

from dataclasses import dataclass

INK = "#1d1e24"  # the darkest shadow; never pure black
PAPER = "#fffdf8"  # the brightest light; never pure white


def mix(first: str, second: str, share: float) -> str:
    """Blend two "#rrggbb" colours; ``share`` of the second from 0 to 1.

    >>> mix("#000000", "#ffffff", 0.5)
    '#808080'
    """
    weight = round(share * 1000)
    pairs = ((int(first[i : i + 2], 16), int(second[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{(a * (1000 - weight) + b * weight + 500) // 1000:02x}" for a, b in pairs)


@dataclass(frozen=True, slots=True)
class Color:
    """A named colour. ``companion`` names the colour it is paired with in two-colour patterns."""

    name: str
    family: str
    base: str  # "#rrggbb"
    companion: str

    @property
    def is_dark(self) -> bool:
        """Whether light details (stitches, patterns) read better on it than dark ones."""
        red, green, blue = (int(self.base[i : i + 2], 16) for i in (1, 3, 5))
        return red * 299 + green * 587 + blue * 114 < 128_000

    @property
    def lighter(self) -> str:
        """Strong highlight."""
        return mix(self.base, PAPER, 0.55)

    @property
    def light(self) -> str:
        """Lit side."""
        return mix(self.base, PAPER, 0.25)

    @property
    def dark(self) -> str:
        """Shaded side, insides, second material of the same colour."""
        return mix(self.base, INK, 0.22)

    @property
    def deep(self) -> str:
        """Outlines, seams, deep folds."""
        return mix(self.base, INK, 0.45)

    @property
    def trim(self) -> str:
        """A hue of the same colour that stands out from the base: light on dark colours, dark on light ones."""
        return mix(self.base, PAPER, 0.4) if self.is_dark else mix(self.base, INK, 0.28)


_COLORS = (
    Color("Black", "Black", "#303138", "White"),
    Color("White", "White", "#f4f1ea", "Navy"),
    Color("Grey", "Grey", "#9b9fa8", "White"),
    Color("Navy", "Blue", "#2a3b6b", "White"),
    Color("Blue", "Blue", "#2e6fd0", "White"),
    Color("Light Blue", "Blue", "#a3c9ea", "White"),
    Color("Teal", "Green", "#1d8a8a", "Beige"),
    Color("Green", "Green", "#3a9457", "White"),
    Color("Olive", "Green", "#7d7f48", "Beige"),
    Color("Yellow", "Yellow", "#f3c63a", "White"),
    Color("Orange", "Orange", "#ec7c34", "Beige"),
    Color("Red", "Red", "#d4323c", "White"),
    Color("Burgundy", "Red", "#7c2440", "Pink"),
    Color("Pink", "Pink", "#f0a1b9", "White"),
    Color("Purple", "Purple", "#7d55ad", "White"),
    Color("Brown", "Brown", "#84573a", "Beige"),
    Color("Beige", "Beige", "#dcc8a6", "Brown"),
    Color("Silver", "Grey", "#c3c8cf", "Grey"),
    Color("Gold", "Yellow", "#d9b25c", "White"),
)
COLORS: dict[str, Color] = {color.name: color for color in _COLORS}

METAL = COLORS["Silver"]
BRASS = COLORS["Gold"]

BRIGHTS = ("Red", "Blue", "Green", "Yellow", "Orange", "Pink", "Purple", "Teal", "Light Blue")
NEUTRALS = ("Black", "White", "Grey", "Navy", "Beige", "Brown", "Olive", "Burgundy")
EVERY_COLOR = BRIGHTS + NEUTRALS
# What is worn over other clothes, cut or tailored.
COAT_COLORS = (
    "Black", "Navy", "Olive", "Brown", "Red", "Blue", "Green", "Beige",
    "Grey", "Burgundy", "Yellow", "Teal",
)  # fmt: skip
