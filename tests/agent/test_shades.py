from __future__ import annotations

import pytest

from agent.shades import Tone, brightness, lightness, not_darker, not_lighter, toned

STORE = ("Red", "Navy", "Blue", "Light Blue", "Yellow", "Black", "White", "Multi")


@pytest.mark.parametrize(
    ("tone", "than", "found"),
    [
        (Tone.LIGHTER, ("Blue",), ("Light Blue",)),
        (Tone.DARKER, ("Blue",), ("Navy",)),
        (Tone.DARKER, ("Navy",), ("Black",)),
        (Tone.LIGHTER, ("Black",), ("Light Blue", "Yellow", "White")),
        (Tone.BRIGHTER, ("Blue",), ("Red", "Yellow")),
        (Tone.LIGHTER, (), ("Light Blue", "Yellow", "White")),
        (Tone.DARKER, (), ("Navy", "Black")),
        (Tone.LIGHTER, ("White",), ()),
    ],
)
def test_colours_beyond_others(tone: Tone, than: tuple[str, ...], found: tuple[str, ...]) -> None:
    assert toned(tone, STORE, than) == found


def test_light_and_dark_ones_of_a_colour() -> None:
    assert not_darker(("Blue", "Navy", "Light Blue", "Multi"), "blue") == ("Blue", "Light Blue", "Multi")
    assert not_lighter(("Blue", "Navy", "Light Blue"), "blue") == ("Blue", "Navy")
    assert not_darker(("Puce",), "puce") == ("Puce",)


def test_what_a_name_does_not_tell() -> None:
    assert (lightness("Multi"), brightness("Multi")) == (None, None)
    dull, loud = brightness("Navy Blue"), brightness("Fluorescent Green")
    assert dull is not None
    assert loud is not None
    assert dull < loud
