"""Quality against milliseconds as a small SVG: one panel for each measure, one line for each curve.

Knows points, no store and no system.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

WIDTH, HEIGHT, LEFT, TOP, GAP = 360, 220, 52, 46, 70
COLOURS = ("#1f5fa8", "#b3541e", "#3c7d3c", "#7a3b8f")
LEAST_MS = 0.05  # nothing takes no time on a logarithmic axis
TICKS = 4


@dataclass(frozen=True, slots=True)
class Series:
    """A named line: milliseconds, and the measures there."""

    name: str
    points: Sequence[tuple[float, Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class Axis:
    """From values between ``low`` and ``high`` to pixels between ``start`` and ``end``."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """The pixel of a value."""
        return self.start + (value - self.low) / max(self.high - self.low, 1e-9) * (self.end - self.start)


def draw(title: str, series: Sequence[Series], measures: Sequence[str]) -> str:
    """The whole picture; milliseconds are on a logarithmic axis."""
    width = LEFT + len(measures) * (WIDTH + GAP)
    height = TOP + HEIGHT + 62
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" '
        f'font-size="11"><rect width="{width}" height="{height}" fill="#fff"/>',
        f'<text x="{LEFT}" y="20" font-size="13">{escape(title)}</text>',
    ]
    for place, measure in enumerate(measures):
        parts += _panel(measure, series, LEFT + place * (WIDTH + GAP))
    for place, each in enumerate(series):
        x, y = LEFT + place * 110, height - 10
        parts.append(f'<rect x="{x}" y="{y - 9}" width="10" height="10" fill="{COLOURS[place % len(COLOURS)]}"/>')
        parts.append(f'<text x="{x + 15}" y="{y}">{escape(each.name)}</text>')
    return "\n".join([*parts, "</svg>\n"])


def _panel(measure: str, series: Sequence[Series], left: float) -> list[str]:
    values = [float(point[measure]) for each in series for _, point in each.points]
    times = [_log(ms) for each in series for ms, _ in each.points]
    x = Axis(math.floor(min(times)), math.ceil(max(times)), left, left + WIDTH)
    margin = 0.1 * max(max(values) - min(values), 0.01)
    y = Axis(min(values) - margin, max(values) + margin, TOP + HEIGHT, TOP)
    parts = [f'<text x="{left}" y="{TOP - 8}">{escape(measure)}, by milliseconds of reranking (median)</text>']
    parts += _frame(x, y)
    for each, colour in zip(series, COLOURS * len(series), strict=False):
        places = [
            (x.at(_log(ms)), y.at(float(point[measure]))) for ms, point in sorted(each.points, key=lambda p: p[0])
        ]
        line = " ".join(f"{px:.1f},{py:.1f}" for px, py in places)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="1.5"/>')
        parts += [f'<circle cx="{px:.1f}" cy="{py:.1f}" r="3" fill="{colour}"/>' for px, py in places]
    return parts


def _frame(x: Axis, y: Axis) -> list[str]:
    parts = [f'<path d="M{x.start} {y.end}V{y.start}H{x.end}" fill="none" stroke="#555"/>']
    for power in range(int(x.low), int(x.high) + 1):
        at = x.at(power)
        parts.append(f'<text x="{at:.1f}" y="{y.start + 16}" text-anchor="middle">{10.0**power:g}</text>')
    for tick in range(TICKS + 1):
        value = y.low + (y.high - y.low) * tick / TICKS
        at = y.at(value)
        parts.append(f'<path d="M{x.start} {at:.1f}H{x.end}" stroke="#eee"/>')
        parts.append(f'<text x="{x.start - 6}" y="{at + 4:.1f}" text-anchor="end">{value:.3f}</text>')
    return parts


def _log(ms: float) -> float:
    return math.log10(max(ms, LEAST_MS))
