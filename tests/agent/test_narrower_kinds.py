"""Kinds of one store that are called alike: tanks that are bras, tops that are tanks."""

from __future__ import annotations

import pytest

from agent.state import DialogueState, fold
from agent.understanding import RuleUnderstanding
from agent.wording import request
from store.schemas import Item
from tests.agent.small_store import items, small_shop, small_understanding


@pytest.fixture(scope="module")
def gym(tmp_path_factory: pytest.TempPathFactory) -> RuleUnderstanding:
    """Understanding of the small store with what one wears for sports."""
    worn = (
        ("T0", "Atlas tank", "Tanks", "Tank"),
        ("B0", "Nora tank", "Bras & Tanks", "Tank"),
        ("B1", "Celeste bra", "Bras & Tanks", "Bra"),
        ("H0", "Hero hoodie", "Hoodies", "Pullover"),
        ("P0", "Sahara leggings", "Pants", "Leggings"),
        ("P1", "Thorpe track pant", "Pants", "Track"),
    )
    black = {"color": ("Black",)}
    more = tuple(
        Item(item_id, title, product_type=f"Apparel > {kind}", attributes={**black, "style_bottom": (style,)})
        for item_id, title, kind, style in worn
    )
    strap = Item("S0", "Yoga strap", product_type="Gear > Straps", attributes={**black, "size": ("8 foot",)})
    return small_understanding(small_shop(tmp_path_factory.mktemp("gym"), (*items(), *more, strap)))


@pytest.mark.parametrize(
    ("text", "kinds", "called"),
    [
        ("show me tank tops", {"Tanks", "Bras & Tanks"}, "tank tops"),
        ("I said tanks, not all tops", {"Tanks", "Bras & Tanks"}, "tanks"),
        ("tanks or tops", {"Tanks", "Bras & Tanks", "Hoodies"}, "tanks or tops"),
        ("tops", {"Tanks", "Bras & Tanks", "Hoodies"}, "tops"),
        ("sports bra", {"Bras & Tanks"}, "bra"),
        ("leggings", {"Pants"}, "leggings"),
    ],
)
def test_the_narrower_of_two_words_names_the_kind(
    text: str, kinds: set[str], called: str, gym: RuleUnderstanding
) -> None:
    said = gym.understand(text, DialogueState())
    assert (set(said.type_values), said.type_words) == (kinds, called)
    assert (said.exclude, said.text) == ({}, "sports" if "sports" in text else "")


def test_a_kind_that_is_a_part_of_the_wanted_one_is_still_refused(gym: RuleUnderstanding) -> None:
    assert gym.understand("tops, but no tanks", DialogueState()).exclude["category"] == ("Bras & Tanks", "Tanks")


def test_what_things_are_called_by_a_value_is_a_need_of_its_own(gym: RuleUnderstanding) -> None:
    leggings = fold(DialogueState(), gym.understand("black leggings", DialogueState()))
    assert request(leggings, "USD") == "black leggings"
    bras = fold(leggings, gym.understand("bras", leggings))
    assert (bras.need.type_values, bras.need.include) == (("Bras & Tanks",), {})
    back = fold(bras, gym.understand("leggings please", bras))
    assert (back.focus, back.need) == (0, leggings.need)
    pants = fold(DialogueState(), gym.understand("pants", DialogueState()))
    narrowed = gym.understand("leggings", pants)
    assert (narrowed.type_values, narrowed.include) == ((), {"style_bottom": ("Leggings",)})


def test_a_number_is_no_size_of_another_kind(gym: RuleUnderstanding) -> None:
    bras = fold(DialogueState(), gym.understand("bras", DialogueState()))
    assert gym.understand("for a size 8", bras).include == {}
    assert gym.understand("a yoga strap, 8 foot", bras).include["size"] == ("8 foot",)


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("pants or leggings", ()),
        ("leggings or pants", ()),
        ("pants, leggings if possible", ("Leggings",)),
    ],
)
def test_a_kind_or_a_style_of_it_is_the_kind(text: str, style: tuple[str, ...], gym: RuleUnderstanding) -> None:
    said = gym.understand(text, DialogueState())
    assert said.type_values == ("Pants",)
    assert {**said.include, **said.preferred}.get("style_bottom", ()) == style
    assert said.unanswered == ()
