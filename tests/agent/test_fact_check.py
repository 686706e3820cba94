from __future__ import annotations

import pytest

from agent.fact_check import check, grounds, sentences
from agent.shop import Shop
from tests.agent.conftest import Talk


@pytest.mark.parametrize(
    ("sentence", "kinds"),
    [
        ("The silk dress, blue is $35.", []),
        ("It is within your $60.", []),
        ("The silk dress is $34.", ["number"]),
        ("It also comes in green.", ["fact"]),
        ("It is made of leather.", ["fact"]),
        ("A lovely mug for you.", ["fact"]),
        ("You will love the Azure Horizon dress.", ["name"]),
        ("And there is free shipping today.", ["promise"]),
        ("It is 90% off.", ["promise", "number"]),
        ("What occasion is it for?", []),
    ],
)
def test_claims_without_ground_are_found(sentence: str, kinds: list[str], shop: Shop, talk: Talk) -> None:
    state = talk("a blue dress under 60")
    given = grounds([shop.catalog.get("DR1")], state, "a blue dress under 60")
    assert [violation.kind for violation in check(sentence, given, shop.vocabulary)] == kinds


def test_what_the_shopper_said_may_be_repeated(shop: Shop, talk: Talk) -> None:
    state = talk("no leather please")
    given = grounds([], state, "no leather please")
    assert check("Nothing in leather, as you wished.", given, shop.vocabulary) == ()


def test_sentences_join_up_to_the_text() -> None:
    text = "One at $3.50 here. Two! Three?\nAnd four"
    assert "".join(sentences(text)) == text
    assert len(sentences(text)) == 4
