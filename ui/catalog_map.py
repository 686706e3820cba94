"""The map of a catalog as an SVG picture: one dot an item, one colour a first code, and what these codes mean.

Titles come out of a catalog and are escaped here, backticks too: the template that the picture goes into stands in a
JavaScript template string when it is filled.
"""

from __future__ import annotations

from collections.abc import Collection
from html import escape as escape_html

from retrievers.atlas import Atlas, Point

SIDE = 400  # units of the picture's width
MARGIN = 8
LINE = 19
NAMED_CODES = 12  # the largest groups are named below the map
GOLDEN_ANGLE = 137.508  # degrees: neighbouring numbers get colours far apart


def map_svg(atlas: Atlas, marked: Collection[str] = ()) -> str:
    """The map with a legend; items of ``marked`` stand out. Hovering over a dot names its item."""
    points = sorted(atlas.points, key=lambda point: point.item_id in marked)  # marked ones on top
    dots = "".join(_dot(point, point.item_id in marked) for point in points)
    codes = list(atlas.first_codes)[:NAMED_CODES]
    legend = "".join(_legend(atlas, code, SIDE + LINE * (row + 1)) for row, code in enumerate(codes))
    height = SIDE + LINE * (len(codes) + 1)
    name = "Map of the catalog: near products are alike, one colour is one first code"
    return (
        f'<svg class="map" viewBox="0 0 {SIDE} {height}" role="img" aria-label="{name}"'
        f' font-size="13" fill="currentColor">'
        f"{dots}{legend}</svg>"
    )


def _dot(point: Point, marked: bool) -> str:
    x, y = (MARGIN + at * (SIDE - 2 * MARGIN) for at in (point.x, 1 - point.y))
    size = 'r="6" stroke="currentColor" stroke-width="2"' if marked else 'r="3" fill-opacity=".75"'
    title = _escape(f"{point.title} (code {point.code})")
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" {size} fill="{code_color(point.code)}"><title>{title}</title></circle>'


def _legend(atlas: Atlas, code: int, y: int) -> str:
    words = ", ".join(atlas.words((code,))) or "mixed"
    text = _escape(f"{code}: {words} ({atlas.first_codes[code]})")
    return f'<circle cx="14" cy="{y - 4}" r="6" fill="{code_color(code)}"/><text x="28" y="{y}">{text}</text>'


def code_color(code: int) -> str:
    """The colour of a first code, to be seen on light and dark paper."""
    return f"hsl({code * GOLDEN_ANGLE % 360:.0f} {60 + code % 3 * 12}% {44 + code % 2 * 10}%)"


def _escape(text: str) -> str:
    return escape_html(text).replace("`", "&#96;")
