from __future__ import annotations

import pytest

from agent.utterance import Values
from tests.agent.conftest import Talk


@pytest.mark.parametrize(
    ("text", "include"),
    [
        ("black boots, I changed my mind, make them navy, actually no, red", {"color": ("Red",)}),
        ("boots, navy, actually no, black", {"color": ("Black",)}),
        ("boots, navy, wait no black", {"color": ("Black",)}),
        ("boots, navy, sorry I meant black", {"color": ("Black",)}),
        ("red boots, sorry, black boots", {"color": ("Black",)}),
        ("boots in black, or rather navy", {"color": ("Navy",)}),
        ("red or blue boots, actually green", {"color": ("Green",)}),
        ("boots in red, oh wait, blue or green", {"color": ("Blue", "Green")}),
        ("black boots, make it leather", {"color": ("Black",), "material": ("Leather",)}),
        ("red boots that are actually suede", {"color": ("Red",), "material": ("Suede",)}),
        ("I can't wait, red boots or blue ones", {"color": ("Red", "Blue")}),
        ("black rather than navy boots", {"color": ("Black",)}),
    ],
)
def test_what_is_taken_back_in_the_same_message_does_not_count(text: str, include: Values, talk: Talk) -> None:
    need = talk(text).need
    assert (need.include, need.type_values, need.text) == (include, ("Boots",), "")


def test_a_refusal_before_a_correction_stays_and_one_after_it_takes_the_wish_back(talk: Talk) -> None:
    assert talk("boots, not black, actually navy").need.exclude == {"color": ("Black",)}
    need = talk("red boots, actually not red").need
    assert (need.include, need.exclude) == ({}, {"color": ("Red",)})


def test_another_kind_may_be_what_is_meant(talk: Talk) -> None:
    assert talk("a jacket, actually boots").need.type_values == ("Boots",)
