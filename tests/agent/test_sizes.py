from __future__ import annotations

import pytest

from agent.sizes import asked_size, fitting_sizes


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("trousers in size 34", "34"),
        ("have you got it in XXL?", "xxl"),
        ("in medium please", "m"),
        ("in 41, please", "41"),
        ("in 2024 styles", ""),
        ("what size is it", ""),
        ("a large lamp", ""),
    ],
)
def test_sizes_are_read(text: str, size: str) -> None:
    assert asked_size(text) == size


def test_double_sizes_fit_either() -> None:
    assert fitting_sizes("m", ("S/M", "M", "XL", "One Size")) == ("S/M", "M")
