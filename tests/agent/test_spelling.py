from __future__ import annotations

import pytest

from agent.spelling import Speller
from agent.words import tokenise

SPELLER = Speller(("boots", "boot", "umbrella", "lantern", "skirt", "shirt", "cushion"), ("marlow", "kettle"))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("umbrela", "umbrella"),
        ("lantren", "lantern"),
        ("a cusion", "a cushion"),
        ("ketle", "kettle"),
        ("witout", "without"),
        ("boats", "boats"),  # English, and something else
        ("shkirt", "shkirt"),  # as near to shirt as to skirt
        ("marlow", "marlow"),
        ("xyzzyq", "xyzzyq"),
    ],
)
def test_only_what_nobody_knows_and_one_word_explains_is_corrected(typed: str, meant: str) -> None:
    assert " ".join(token.text for token in SPELLER.correct(tokenise(typed))) == meant


def test_a_correction_keeps_its_place_in_the_text() -> None:
    (token,) = SPELLER.correct(tokenise("  umbrela"))
    assert (token.start, token.end) == (2, 9)
