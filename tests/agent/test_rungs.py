from __future__ import annotations

from agent.rungs import on_rungs


def test_heights_are_the_values_of_a_shop_on_those_rungs() -> None:
    found = on_rungs({"heel": ("Flat", "Kitten", "Stiletto"), "color": ("Red",)})
    assert found[("low", "heel")] == ("heel", ("Flat", "Kitten"))
    assert found[("high", "heel")] == ("heel", ("Stiletto",))
    assert ("medium", "heel") not in found
    assert on_rungs({"color": ("Red",)}) == {}
