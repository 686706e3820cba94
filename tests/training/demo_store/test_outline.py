from __future__ import annotations

import re

from training.demo_store.outline import Outline, d, num


def test_numbers_have_at_most_two_decimals_and_no_minus_zero() -> None:
    assert [num(3.0), num(-0.001), num(1.256), num(-2.5)] == ["3", "0", "1.26", "-2.5"]


def test_path_data_joins_commands_and_numbers() -> None:
    assert d("M", 1, 2.50, "L", 3, 4, "Z") == "M 1 2.5 L 3 4 Z"


def test_a_mirrored_outline_is_symmetric_and_closed() -> None:
    path = Outline.at(200, 50).line(260, 50).curve(270, 60, 280, 90, 240, 120).bend(220, 130, 210, 130).mirrored()
    numbers = [float(number) for number in re.findall(r"-?[\d.]+", path)]
    points = {(x, y) for x, y in zip(numbers[::2], numbers[1::2], strict=True)}
    assert path.endswith("Z")
    for x, y in points:
        assert any(abs(400 - x - other) < 0.02 and abs(y - level) < 0.02 for other, level in points)
