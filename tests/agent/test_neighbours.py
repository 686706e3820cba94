from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from agent.state import DialogueState, fold
from agent.understanding import RuleUnderstanding
from agent.vocabulary import Vocabulary
from agent.words import tokenise
from store.schemas import Item
from tests.agent.small_store import small_shop, small_understanding

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


def _watches(home: Path) -> RuleUnderstanding:
    dials, straps = ("black dial", "white dial", "blue dial"), ("Black", "White", "Red")
    watches = tuple(
        Item(
            f"W{n}", f"Round watch, {strap.lower()}", "A watch.", 50.0, None, "USD", product_type="Bags > Watches",
            attributes={"color": (strap,), "dial": (dial,), "lume": (("hands lume",) if n % 2 else ())},
        )
        for n, (dial, strap) in enumerate(product(dials, straps))
    )  # fmt: skip
    return small_understanding(small_shop(home, watches))


@pytest.mark.parametrize(
    "text", ["dial not black not white", "no black dial, no white dial", "dial neither black nor white"]
)
def test_a_colour_beside_the_name_of_a_part_is_said_of_that_part(tmp_path: Path, text: str) -> None:
    state, understanding = DialogueState(), _watches(tmp_path)
    for message in ("watches", text):
        state = fold(state, understanding.understand(message, state))
    assert state.constraints.exclude == {"dial": ("black dial", "white dial")}
    assert state.constraints.exclude_words == ("black dial", "white dial")  # a black strap would do
    assert state.need.include == {}


def test_a_wish_for_a_part_may_name_its_colour_behind_it(tmp_path: Path) -> None:
    understanding, empty = _watches(tmp_path), DialogueState()
    assert understanding.understand("a watch, the dial in white", empty).include == {"dial": ("white dial",)}
    both = understanding.understand("a watch with a black dial, red", empty).include
    assert both == {"dial": ("black dial",), "color": ("Red",)}


def test_the_bare_name_of_what_all_things_of_a_kind_have_is_no_wish(tmp_path: Path) -> None:
    understanding, empty = _watches(tmp_path), DialogueState()
    assert understanding.understand("a watch with a small dial", empty).include == {}
    assert understanding.understand("a watch with lume", empty).include == {"lume": ("hands lume",)}


@pytest.mark.parametrize(
    ("text", "colours"),
    [
        ("a gift for someone who loves coffee", []),
        ("a coffee table", []),
        ("a red wine", []),
        ("a dress in wine", ["Red"]),
        ("a wine red dress", ["Red"]),
        ("coffee coloured boots", ["Brown"]),
        ("a red dress", ["Red"]),
    ],
)
def test_a_drink_is_a_colour_only_where_it_is_said_to_be(text: str, colours: list[str]) -> None:
    vocabulary = Vocabulary({"category": {"Dresses": 1}, "color": {"Red": 2, "Brown": 1}})
    found = {
        value
        for m in vocabulary.mentions(tokenise(text), text)
        if m.sense.fact == "color"
        for value in m.sense.values
    }
    assert sorted(found) == colours
