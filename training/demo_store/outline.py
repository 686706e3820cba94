"""Outlines: SVG path data built step by step, with the mirror that symmetric things are drawn by.

Most products are symmetric about a vertical axis, so an artist writes the right half from the top centre to
the bottom centre and ``mirrored`` adds the left one. Coordinates are those of ``canvas.Canvas`` (400 x 400,
y down). Knows nothing of colour.
"""

from __future__ import annotations

from dataclasses import dataclass

Point = tuple[float, float]


def num(value: float) -> str:
    """A coordinate in at most two decimals, the same on every machine.

    >>> num(3.0), num(-0.001), num(1.256)
    ('3', '0', '1.26')
    """
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def d(*parts: str | float) -> str:
    """Join path commands and numbers to SVG path data.

    >>> d("M", 1, 2.50, "L", 3, 4, "Z")
    'M 1 2.5 L 3 4 Z'
    """
    return " ".join(part if isinstance(part, str) else num(part) for part in parts)


@dataclass(frozen=True, slots=True)
class _Step:
    """One cubic segment, as every segment is kept; a straight line has its control points on its ends."""

    start: Point
    control1: Point
    control2: Point
    end: Point


@dataclass(frozen=True, slots=True)
class Outline:
    """An open path of lines and curves; every method returns a new, longer one.

    >>> Outline.at(200, 50).line(260, 50).line(260, 90).line(200, 90).mirrored().count("C")
    6
    """

    first: Point
    steps: tuple[_Step, ...] = ()

    @classmethod
    def at(cls, x: float, y: float) -> Outline:
        """Start at a point."""
        return cls((x, y))

    @property
    def end(self) -> Point:
        """The last point so far."""
        return self.steps[-1].end if self.steps else self.first

    def line(self, x: float, y: float) -> Outline:
        """A straight line to (x, y)."""
        return self._add(self.end, (x, y), (x, y))

    def curve(self, x1: float, y1: float, x2: float, y2: float, x: float, y: float) -> Outline:
        """A cubic curve to (x, y) by two control points."""
        return self._add((x1, y1), (x2, y2), (x, y))

    def bend(self, cx: float, cy: float, x: float, y: float) -> Outline:
        """A quadratic curve to (x, y) by one control point."""
        sx, sy = self.end
        return self._add(
            (sx + (cx - sx) * 2 / 3, sy + (cy - sy) * 2 / 3), (x + (cx - x) * 2 / 3, y + (cy - y) * 2 / 3), (x, y)
        )

    def mirrored(self, axis: float = 200) -> str:
        """Close the shape by its mirror image about the vertical line x = ``axis``; gives path data."""
        back = tuple(
            _Step(*((2 * axis - x, y) for x, y in (step.end, step.control2, step.control1, step.start)))
            for step in reversed(self.steps)
        )
        joined = self if self.end[0] == axis else self.line(2 * axis - self.end[0], self.end[1])
        return Outline(joined.first, joined.steps + back).closed()

    def closed(self) -> str:
        """Path data, closed to its first point."""
        return f"{self.open()} Z"

    def open(self) -> str:
        """Path data as drawn, not closed."""
        parts: list[str | float] = ["M", *self.first]
        for step in self.steps:
            parts += ["C", *step.control1, *step.control2, *step.end]
        return d(*parts)

    def _add(self, control1: Point, control2: Point, end: Point) -> Outline:
        return Outline(self.first, (*self.steps, _Step(self.end, control1, control2, end)))
