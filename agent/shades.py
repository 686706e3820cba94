"""How light and how bright colours are, by the words that shops name them with.

General knowledge of colour names, on a scale from 0 (black, dull) to 10 (white, glaring); no store's own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from itertools import pairwise

from agent.shopping_words import BASIC_COLOURS, COLOUR_FAMILY
from agent.words import Token, stem


class Tone(StrEnum):
    """In which way a colour is to differ from another."""

    LIGHTER = "lighter"
    DARKER = "darker"
    BRIGHTER = "brighter"
    DULLER = "duller"


_LIGHTNESS: dict[str, int] = {
    "white": 10, "ivory": 9, "cream": 9, "ecru": 9, "bone": 9, "nude": 8, "skin": 8, "beige": 8, "sand": 8,
    "peach": 8, "yellow": 8, "lemon": 9, "lavender": 8, "lilac": 8, "mint": 8, "sky": 8, "aqua": 8, "blush": 8,
    "silver": 7, "pink": 7, "rose": 7, "coral": 7, "salmon": 7, "lime": 7, "apricot": 7, "gold": 6, "mustard": 6,
    "orange": 6, "tan": 6, "camel": 6, "khaki": 6, "sage": 6, "turquoise": 6, "cyan": 6, "mauve": 6, "taupe": 5,
    "grey": 5, "gray": 5, "steel": 5, "copper": 5, "magenta": 5, "fuchsia": 5, "red": 4, "blue": 4, "green": 4,
    "royal": 4, "cobalt": 4, "emerald": 4, "rust": 4, "terracotta": 4, "bronze": 4, "purple": 3, "violet": 3,
    "teal": 3, "olive": 3, "brown": 3, "denim": 3, "cognac": 3, "forest": 2, "plum": 2, "maroon": 2, "burgundy": 2,
    "wine": 2, "chocolate": 2, "coffee": 2, "indigo": 2, "charcoal": 2, "slate": 2, "graphite": 2, "anthracite": 1,
    "navy": 1, "black": 0,
}  # fmt: skip
_BRIGHTNESS: dict[str, int] = {
    "fluorescent": 10, "neon": 10, "red": 8, "orange": 8, "yellow": 8, "pink": 8, "magenta": 8, "fuchsia": 8,
    "lime": 8, "coral": 8, "turquoise": 8, "royal": 7, "cobalt": 7, "emerald": 7, "gold": 7, "blue": 6, "green": 6,
    "purple": 6, "teal": 5, "white": 4,
}  # fmt: skip
_SHIFT = {"light": 3, "pale": 3, "baby": 3, "pastel": 3, "dark": -3, "deep": -2}
_MIDDLE, _DULL = 5, 2
# "In light colours": how all of them are to be.
_PALETTES = {
    "light": Tone.LIGHTER, "pale": Tone.LIGHTER, "pastel": Tone.LIGHTER, "dark": Tone.DARKER, "deep": Tone.DARKER,
    "bright": Tone.BRIGHTER, "bold": Tone.BRIGHTER, "vivid": Tone.BRIGHTER, "loud": Tone.BRIGHTER,
    "muted": Tone.DULLER, "subtle": Tone.DULLER, "neutral": None,
}  # fmt: skip
_COLOURS = frozenset(map(stem, ("colour", "color", "tone", "shade", "hue")))
_NEUTRAL = frozenset(("white", "grey", "gray", "black", "beige", "brown"))
_CLEARLY = {
    Tone.LIGHTER: 7,
    Tone.DARKER: 3,
    Tone.BRIGHTER: 7,
    Tone.DULLER: 4,
}  # where nothing is there to differ from


def lightness(colour: str) -> int | None:
    """How light a colour is; None where its name tells nothing ("Multi").

    >>> lightness("Navy Blue"), lightness("Light Blue"), lightness("Multi")
    (1, 7, None)
    """
    words = re.findall(r"[a-z]+", colour.lower())
    known = [_LIGHTNESS[word] for word in words if word in _LIGHTNESS]
    if not known:
        return None
    return max(known, key=lambda level: abs(level - _MIDDLE)) + sum(_SHIFT.get(word, 0) for word in words)


def brightness(colour: str) -> int | None:
    """How much a colour stands out; None where its name tells nothing."""
    words = re.findall(r"[a-z]+", colour.lower())
    level = lightness(colour)
    if level is None:
        return None
    loud = max((_BRIGHTNESS.get(word, _DULL) for word in words), default=_DULL)
    return min(loud, level + 2) if level < _MIDDLE - 1 else loud  # navy is a blue, and none that stands out


def toned(tone: Tone, colours: Iterable[str], than: Iterable[str]) -> tuple[str, ...]:
    """Of these colours those that differ so from the others, of the same family where there are such.

    >>> toned(Tone.LIGHTER, ("Black", "White", "Light Blue"), ("Blue",))
    ('Light Blue',)
    """
    scale = lightness if tone in (Tone.LIGHTER, Tone.DARKER) else brightness
    up = tone in (Tone.LIGHTER, Tone.BRIGHTER)
    own = list(than)
    known = [level for colour in own if (level := scale(colour)) is not None]
    limit = (max(known) if up else min(known)) if known else _CLEARLY[tone] - (1 if up else -1)
    rated = [(colour, level) for colour in colours if (level := scale(colour)) is not None]
    beyond = [(colour, level) for colour, level in rated if (level > limit if up else level < limit)]
    families = {basic for colour in own if (basic := family(colour))}
    same = [colour for colour, _ in beyond if family(colour) in families]
    clear = [c for c, level in beyond if (level >= _CLEARLY[tone] if up else level <= _CLEARLY[tone])]
    return tuple(same or clear or [colour for colour, _ in beyond])


def palettes(tokens: Sequence[Token]) -> list[int]:
    """Places of the words that tell how colours are to be: "light" of "in light colours".

    >>> from agent.words import tokenise
    >>> palettes(tokenise("pastel tones and a dark dress"))
    [0]
    """
    return [at for at, (a, b) in enumerate(pairwise(tokens)) if a.text in _PALETTES and b.stem in _COLOURS]


def in_palette(word: str, colours: Iterable[str]) -> tuple[str, ...]:
    """Of these colours those that are so: the light ones, the neutral ones.

    >>> in_palette("neutral", ("Red", "Cream", "Black")), in_palette("pale", ("Red", "Cream", "Black"))
    (('Cream', 'Black'), ('Cream',))
    """
    tone = _PALETTES[word]
    if tone is None:
        return tuple(colour for colour in colours if family(colour) in _NEUTRAL)
    return toned(tone, colours, ())


def not_darker(colours: Iterable[str], base: str) -> tuple[str, ...]:
    """The colours that may be a light one of the base: no navy is a light blue."""
    return _kept(colours, base, 1)


def not_lighter(colours: Iterable[str], base: str) -> tuple[str, ...]:
    """The colours that may be a dark one of the base."""
    return _kept(colours, base, -1)


def _kept(colours: Iterable[str], base: str, sign: int) -> tuple[str, ...]:
    middle = lightness(base)
    if middle is None:
        return tuple(colours)
    return tuple(c for c in colours if (level := lightness(c)) is None or (level - middle) * sign >= 0)


def family(colour: str) -> str:
    """The basic colour that people would call a colour, "" where its name tells none."""
    words = re.findall(r"[a-z]+", colour.lower())
    basic = [word for word in words if word in BASIC_COLOURS] or [
        COLOUR_FAMILY[w] for w in words if w in COLOUR_FAMILY
    ]
    return basic[-1] if basic else ""
