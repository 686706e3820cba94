from __future__ import annotations

import pytest

from agent.vocabulary import Vocabulary

LONG, SHORT = ("Long Sleeves",), ("Short Sleeves",)


@pytest.mark.parametrize(
    ("phrase", "values"), [("full sleeves", LONG), ("full-sleeved", LONG), ("half sleeves", SHORT), ("half", ())]
)
def test_sleeves_are_called_otherwise_elsewhere(phrase: str, values: tuple[str, ...]) -> None:
    vocabulary = Vocabulary({"sleeve_length": {"Long Sleeves": 2, "Short Sleeves": 2, "Sleeveless": 1}})
    sense = vocabulary.sense(phrase)
    assert (sense.values if sense else ()) == values


def test_a_stores_own_word_stays() -> None:
    facts = {"sleeve_length": {"Long Sleeves": 2, "Short Sleeves": 2, "Half Sleeves": 1}}
    sense = Vocabulary(facts).sense("half sleeves")
    assert sense is not None
    assert sense.values == ("Half Sleeves",)


def test_a_store_without_such_sleeves_is_not_asked_for_them() -> None:
    assert Vocabulary({"pocket": {"Laptop sleeve": 1}}).sense("full sleeves") is None
