from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from agent.outfits import MATCHING, asks_what_goes_with, completing, owned
from agent.realiser import not_fitting
from agent.shop import Shop, speller_of
from agent.shop_sense import ShopSense
from agent.shopping_agent import ShoppingAgent
from agent.state import DialogueState, Need
from agent.understanding import RuleUnderstanding
from agent.unheard import unfitting
from agent.utterance import Intent, Utterance
from tests.agent.small_store import items, talk
from tests.agent.test_understanding import said
from tests.retrievers.small_shop import picture


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("what goes with it?", True),
        ("what would I wear with the second one", True),
        ("anything that would look good with that?", True),
        ("complete the look", True),
        ("how should I style it?", True),
        ("what matches the second one?", True),
        ("anything that would match it?", True),
        ("something that complements that one", True),
        ("what matches my budget?", False),
        ("which of these matches the description?", False),
        ("something that matches this photo", False),
        ("a dress with pockets", False),
        ("what is it made of?", False),
        ("which of them comes with a hood?", False),
    ],
)
def test_asking_what_goes_with_a_thing(text: str, asks: bool) -> None:
    assert asks_what_goes_with(text) is asks


def test_what_goes_with_an_item_are_other_kinds_for_the_same_people_and_occasions(
    understanding: RuleUnderstanding,
) -> None:
    heard = said(understanding, "what goes with the second one, under 60?", DialogueState(cards=("DR0", "DR1")))
    assert heard.intent is Intent.SEARCH
    assert set(heard.type_values) == {"Sneakers", "Boots", "Jackets"}
    assert heard.preferred == {"gender": ("Women",)}
    assert (heard.text, heard.price_max) == ("work", 60)


def test_a_kind_that_is_named_is_what_goes_with_it(understanding: RuleUnderstanding) -> None:
    assert said(understanding, "what shoes go with it? boots?").type_values != ()
    assert said(understanding, "which boots go with it?").type_values == ("Boots",)


def test_nothing_completes_a_kind_that_nobody_knows_of(shop: Shop) -> None:
    lamp = next(item for item in shop.catalog.items if item.category == "Table Lamps")
    assert completing(Utterance(), lamp, shop.vocabulary) is None  # the store has neither vases nor side tables


def test_the_kinds_that_complete_a_thing_take_turns(agent: ShoppingAgent) -> None:
    dress, more = talk(agent, "a dress", "what goes with the first one?")
    kinds = [agent.card(item_id).item.category for item_id in more.state.cards]
    assert len(set(kinds[:3])) == 3
    assert MATCHING in more.text
    assert dress.state.needs[0] == more.state.needs[0]  # the dress is not forgotten


@pytest.mark.parametrize(
    "text",
    [
        "matching boots",
        "boots to match it",
        "boots that match the second one",
        "boots the same colour as the second one",
    ],
)
def test_what_shall_match_is_rather_in_the_same_colour(text: str, understanding: RuleUnderstanding) -> None:
    heard = said(understanding, text, DialogueState(cards=("DR0", "DR1"), talked_about="DR1"))
    assert (heard.type_values, heard.preferred) == (("Boots",), {"color": ("Blue",)})
    assert "match" not in heard.text


def test_a_colour_that_is_named_is_what_matches(understanding: RuleUnderstanding) -> None:
    heard = said(understanding, "matching black boots", DialogueState(cards=("DR0",)))
    assert (heard.include, heard.preferred) == ({"color": ("Black",)}, {})
    assert said(understanding, "boots to go with it", DialogueState(cards=("DR0",))).preferred == {}


def test_what_is_matched_is_the_thing_itself_and_none_of_what_completes_it(understanding: RuleUnderstanding) -> None:
    pieces = DialogueState(cards=("DR0", "DR2"), needs=(Need(type_fact="category", type_words=MATCHING),))
    assert said(understanding, "boots to match please", pieces).preferred == {}
    of_blue = replace(pieces, needs=(replace(pieces.need, companion="DR1"),))
    assert said(understanding, "boots to match please", of_blue).preferred == {"color": ("Blue",)}
    assert said(understanding, "boots to match the first", of_blue).preferred == {"color": ("Red",)}


@pytest.mark.parametrize("text", ["what goes with this?", "what would you wear with this?"])
def test_what_goes_with_a_photo_is_what_completes_the_thing_in_it(text: str, shop: Shop, tmp_path: Path) -> None:
    shown = understanding_showing(shop, ("Boots",))
    said = shown.understand(text, DialogueState(), str(tmp_path / "boots.png"))
    assert said.intent is Intent.SEARCH
    assert "Jackets" in said.type_values
    assert "Boots" not in said.type_values
    assert not said.photo
    unsure = understanding_showing(shop, ()).understand(text, DialogueState(), "a.png")
    assert unsure.photo == "a.png"


def understanding_showing(shop: Shop, kinds: tuple[str, ...]) -> RuleUnderstanding:
    """The rules, to which every photo shows a thing of these kinds."""
    held = shop.held
    sense = ShopSense(
        shop.catalog.get, lambda _: (), shop.is_thing, shop.called, lambda _: kinds, shop.recorded, held,
        shop.rules_out, shop.colourways, True, shop.passes,
    )  # fmt: skip
    return RuleUnderstanding(shop.vocabulary, speller_of(shop), sense)


@pytest.mark.parametrize(
    ("text", "has_photo", "kind"),
    [
        ("I have this black dress, complete the look", True, "Dresses"),
        ("complete the look for these boots", True, "Boots"),
        ("what goes with my black dress?", False, "Dresses"),
        ("I have a linen dress, what goes with it?", False, "Dresses"),
        ("I've already got some black boots, what would I wear with them", False, "Boots"),
        ("what goes with this dress?", False, ""),
        ("I need boots, what goes with them?", False, ""),
        ("I have to find boots, what goes with them?", False, ""),
        ("what boots go with it?", True, ""),
        ("what goes with my hair?", False, ""),
    ],
)
def test_what_the_shopper_has_is_named_with_its_kind(text: str, has_photo: bool, kind: str, shop: Shop) -> None:
    own = owned(text, has_photo, shop.vocabulary)
    assert (own.kind.category if own else "") == kind


@pytest.mark.parametrize(
    ("text", "has_photo"),
    [("I have this black dress, complete the look", True), ("what goes with my black dress?", False)],
)
def test_what_one_has_is_completed(
    text: str, has_photo: bool, tmp_path: Path, understanding: RuleUnderstanding
) -> None:
    picture("red").save(tmp_path / "photo.png")
    heard = understanding.understand(text, DialogueState(), str(tmp_path / "photo.png") if has_photo else "")
    assert (heard.intent, heard.type_words, heard.photo, heard.include) == (Intent.SEARCH, MATCHING, "", {})
    assert {"Boots", "Sneakers"} < set(heard.type_values)
    assert "Dresses" not in heard.type_values


def test_the_dress_is_still_what_things_go_with_when_shoes_lie_on_the_table(agent: ShoppingAgent) -> None:
    dress, boots, jacket, more = talk(
        agent, "a dress", "the second, which boots go with it?", "and a jacket for it", "complete the outfit"
    )
    second = dress.state.cards[1]
    assert [turn.state.need.companion for turn in (boots, jacket, more)] == [second] * 3
    assert [turn.state.need.type_values for turn in (boots, jacket)] == [("Boots",), ("Jackets",)]
    assert "Jackets" in more.state.need.type_values  # of a dress, and not of a jacket
    assert "Dresses" not in more.state.need.type_values


def test_what_is_for_somebody_goes_with_nothing(understanding: RuleUnderstanding) -> None:
    assert understanding.understand("boots for them", DialogueState(cards=("DR0", "DR1"))).companion == ""
    dresses = DialogueState(cards=("DR0", "DR1"), talked_about="DR0")
    assert understanding.understand("a red dress for it", dresses).companion == ""


def test_a_lamp_that_suits_a_card_asks_for_no_more_such_cards(understanding: RuleUnderstanding) -> None:
    state = DialogueState(cards=("MU0", "MU1"))
    heard = understanding.understand("do you have a table lamp that suits this mug?", state)
    assert (heard.type_values, heard.companion) == (("Table Lamps",), "MU0")
    assert understanding.understand("a dress that would suit me", DialogueState()).type_values == ("Dresses",)


def test_that_no_kind_that_goes_best_is_shown_is_told() -> None:
    dress, _, boots, *_ = (items()[at] for at in (0, 6, 12))
    wanted = Utterance(preferred={"category": ("Sneakers",)}, companion=dress.item_id)
    assert not_fitting(unfitting(wanted, [boots])) == ["There are no sneakers among these."]
    assert not_fitting(unfitting(replace(wanted, preferred={"category": ("Boots",)}), [boots])) == []
    assert unfitting(replace(wanted, companion=""), [boots]) == ()
