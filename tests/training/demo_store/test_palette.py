from __future__ import annotations

from training.demo_store.palette import COLORS, mix


def test_mix_runs_from_the_first_colour_to_the_second() -> None:
    assert mix("#102030", "#ffffff", 0) == "#102030"
    assert mix("#102030", "#ffeedd", 1) == "#ffeedd"
    assert mix("#000000", "#ffffff", 0.5) == "#808080"


def test_companions_and_families_are_colours_that_exist() -> None:
    for color in COLORS.values():
        assert color.companion in COLORS
        assert color.companion != color.name
        assert color.family in COLORS


def test_shades_go_from_light_to_deep() -> None:
    def brightness(value: str) -> int:
        return sum(int(value[i : i + 2], 16) for i in (1, 3, 5))

    for color in COLORS.values():
        shades = [color.lighter, color.light, color.base, color.dark, color.deep]
        assert [brightness(shade) for shade in shades] == sorted(map(brightness, shades), reverse=True)
