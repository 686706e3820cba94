from __future__ import annotations

import pytest

from agent.vocabulary import Vocabulary
from agent.words import tokenise

SHOP = Vocabulary(
    {
        "light": {"full sun": 2, "partial shade": 1, "shade": 1},
        "color": {"Dark green": 2, "Blue": 1},
        "material": {"Vegan leather": 1, "Suede": 1},
        "oily skin": {"yes": 1},
        "acne-prone skin": {"yes": 1},
        "category": {"Skin creams": 3},
    }
)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("for full shade", ["shade"]),
        ("half shade", ["partial shade"]),
        ("full sun or shade", ["full sun", "shade"]),
        ("a full tank", []),
        ("something in dark blue", ["Blue"]),
        ("something dark, blue", ["Dark green", "Blue"]),
        ("something dark", ["Dark green"]),
        ("leather suede", ["Vegan leather", "Suede"]),
    ],
)
def test_a_word_that_goes_before_another_value_is_none_of_its_own(text: str, values: list[str]) -> None:
    assert [m.sense.values[0] for m in SHOP.mentions(tokenise(text))] == values


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("oily, acne-prone skin", ["oily skin", "acne-prone skin"]),
        ("acne-prone or oily skin", ["acne-prone skin", "oily skin"]),
        ("oily hair and acne-prone skin", ["acne-prone skin"]),
        ("oily skin creams", ["oily skin"]),
    ],
)
def test_a_noun_said_once_belongs_to_all_before_it(text: str, facts: list[str]) -> None:
    assert [m.sense.fact for m in SHOP.mentions(tokenise(text)) if not m.sense.is_type] == facts


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("solid wood only", {"Solid oak", "Solid walnut"}),
        ("wood", {"Solid oak", "Oak veneer", "Solid walnut"}),
        ("solid", {"Solid oak", "Solid walnut"}),
    ],
)
def test_two_words_that_share_values_mean_those(text: str, values: set[str]) -> None:
    shop = Vocabulary({"material": {"Solid oak": 1, "Oak veneer": 1, "Solid walnut": 1, "Steel": 2}})
    (mention,) = shop.mentions(tokenise(text))
    assert {*mention.sense.values} == values
