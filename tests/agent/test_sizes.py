from __future__ import annotations

import pytest

from agent.sizes import asked_size, fitting_sizes


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("trousers in size 34", "34"),
        ("trainers, women 39", "39"),
        ("men's 44 please", ""),
        ("have you got it in XXL?", "xxl"),
        ("in medium please", "m"),
        ("in 41, please", "41"),
        ("in 2024 styles", ""),
        ("trainers in UK 9 please", "uk 9"),
        ("size eu 42", "eu 42"),
        ("jeans with a 34 waist", "34"),
        ("waist 32", "32"),
        ("a high waist", ""),
        ("what size is it", ""),
        ("a large lamp", ""),
    ],
)
def test_sizes_are_read(text: str, size: str) -> None:
    assert asked_size(text) == size


def test_double_sizes_fit_either() -> None:
    assert fitting_sizes("m", ("S/M", "M", "XL", "One Size")) == ("S/M", "M")


def test_a_bare_number_fits_every_system_and_a_named_one_its_own() -> None:
    sizes = ("UK9", "US9", "US 9", "EURO42", "US9.5", "9Y", "8/9", "30")
    assert fitting_sizes("9", sizes) == ("UK9", "US9", "US 9", "8/9")
    assert fitting_sizes("uk 9", sizes) == ("UK9",)
    assert fitting_sizes("eu 42", sizes) == ("EURO42",)
