from __future__ import annotations

import pytest

from agent.spelling import Speller

SPELLER = Speller(
    ("boots", "boot", "umbrella", "lantern", "skirt", "shirt", "cushion", "black", "block"), ("marlow", "kettle")
)


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
        ("blck", "black"),  # as near to block, which is said far less
        ("Somthing SIMMILAR, please!", "something similar, please!"),
        ("marlow", "marlow"),
        ("hoodless", "hoodless"),  # no hoodies, but without a hood
        ("xyzzyq", "xyzzyq"),
        ("atleast 3 m", "at least 3 m"),
        ("upto 40 litres, lessthan 2 kg", "up to 40 litres, less than 2 kg"),
    ],
)
def test_only_what_nobody_knows_and_one_word_explains_is_corrected(typed: str, meant: str) -> None:
    assert SPELLER.correct(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("analog watches", "analogue watches"),
        ("a fibre strap", "a fiber strap"),
        ("odorless", "odorless"),
        ("boots for her, or fire", "boots for her, or fire"),
        ("tier", "tier"),
    ],
)
def test_a_word_that_is_spelt_in_two_ways_is_read_as_the_store_spells_it(typed: str, meant: str) -> None:
    assert Speller(("analogue", "fiber", "four", "tire"), ()).correct(typed) == meant


def test_letters_of_a_model_are_no_mistyped_word() -> None:
    speller = Speller(["pass", "drill"], [])
    assert speller.correct("GE PFSS9PKY") == "GE PFSS9PKY"
    assert speller.correct("a dril 18 V") == "a drill 18 V"


def test_a_rare_word_is_the_one_that_the_store_says_behind_the_word_before() -> None:
    speller = Speller(("leash", "coat"), ("dog",), pairs=(("dog", "leash"), ("dog", "coat")))
    assert speller.correct("a dog leah please") == "a dog leash please"
    for text in ("leah", "for leah", "how much does the dog cost", "cat leah"):
        assert speller.correct(text) == text
