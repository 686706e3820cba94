from __future__ import annotations

from pathlib import Path

import pytest

from agent.state import DialogueState, fold
from agent.understanding import RuleUnderstanding
from agent.utterance import Intent, Order
from agent.wording import request
from store.schemas import Item
from tests.agent.conftest import Talk
from tests.agent.small_store import items, small_shop, small_understanding


@pytest.mark.parametrize("text", ["nail polish", "nail polish in the same colour", "do you have nail polish?"])
def test_a_thing_that_no_type_covers_is_named(text: str, understanding: RuleUnderstanding) -> None:
    assert understanding.understand(text, DialogueState()).unknown_type == "nail polish"


@pytest.mark.parametrize("text", ["anything of brand Zorro?", "show me your bestsellers", "the popular ones"])
def test_brands_and_what_sells_best_name_no_thing(text: str, talk: Talk, understanding: RuleUnderstanding) -> None:
    said = understanding.understand(text, talk("dresses"))
    assert (said.unknown_type, said.type_values) == ("", ())


def test_what_sells_best_comes_as_what_is_rated_best(understanding: RuleUnderstanding) -> None:
    said = understanding.understand("bestsellers?", DialogueState())
    assert (said.order, said.text) == (Order.TOP_RATED, "bestsellers")


@pytest.mark.parametrize(
    ("text", "saved"),
    [("two of them please", "DR1"), ("ok take it", "DR1"), ("great, get both", "")],
)
def test_what_is_taken_is_the_thing_in_hand(text: str, saved: str, understanding: RuleUnderstanding) -> None:
    state = DialogueState(cards=("DR0", "DR1", "DR2"), talked_about="DR1")
    said = understanding.understand(text, state)
    assert said.intent is Intent.LIKE
    assert said.liked == ((saved,) if saved else ("DR0", "DR1"))
    assert fold(state, said).liked == said.liked


def test_again_shows_the_same_search(talk: Talk, understanding: RuleUnderstanding) -> None:
    state = talk("red dresses")
    assert understanding.understand("actually show me the others again", state).intent is Intent.SEARCH
    assert understanding.understand("show me that again", DialogueState()).intent is Intent.UNCLEAR


def test_for_a_table_is_where_it_shall_stand(talk: Talk, understanding: RuleUnderstanding) -> None:
    assert talk("a mug", "for my table lamp").need.type_values == ("Mugs",)
    assert talk("for my boots", cards=()).need.type_values == ("Boots",)


def test_a_long_first_message_names_what_it_begins_with(understanding: RuleUnderstanding) -> None:
    said = understanding.understand("a laptop for university, light, with a good battery please", DialogueState())
    assert said.unknown_type == "laptop"
    said = understanding.understand("my sister likes gardening and cooking and all of that stuff", DialogueState())
    assert said.unknown_type == ""


def test_a_thing_that_no_text_names_is_a_need_of_its_own(talk: Talk, understanding: RuleUnderstanding) -> None:
    state = talk("dresses", cards=("DR0", "DR1"))
    assert understanding.understand("a surfboard", state).unknown_type == "surfboard"
    for text in ("a foldable one", "a bit fancier", "a little bigger"):
        assert understanding.understand(text, state).unknown_type == ""


@pytest.mark.parametrize("text", ["any silk inside?", "anything left?"])
def test_parts_and_places_are_no_things(text: str, talk: Talk, understanding: RuleUnderstanding) -> None:
    assert understanding.understand(text, talk("dresses", cards=("DR0", "DR1"))).unknown_type == ""


def test_of_a_kind_and_a_narrower_one_the_narrower_is_wanted(talk: Talk) -> None:
    assert talk("evening shoes, sneakers, in red or black").need.type_values == ("Sneakers",)
    assert set(talk("shoes or sneakers").need.type_values) > {"Sneakers"}


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
    ("text", "thing"),
    [
        ("and earrings", "earrings"),
        ("earrings?", "earrings"),
        ("a clutch?", "clutch"),
        ("what about earrings", "earrings"),
        ("ok, a surfboard then", "surfboard"),
        ("and a surfboard too please", "surfboard"),
        ("and red?", ""),
        ("and something cheaper?", ""),
        ("ok thanks", ""),
        ("and long sleeves?", ""),
        ("nice and short?", ""),
        ("and for summer?", ""),
        ("and flat?", ""),
        ("a bit brighter then", ""),
    ],
)
def test_a_thing_not_carried_is_heard_whatever_small_words_stand_beside_it(
    text: str, thing: str, talk: Talk, understanding: RuleUnderstanding
) -> None:
    assert understanding.understand(text, talk("dresses", cards=("DR0", "DR1"))).unknown_type == thing


def test_a_whole_department_is_named_once(tmp_path: Path) -> None:
    rules = small_understanding(small_shop(tmp_path))
    state = fold(DialogueState(), rules.understand("brown footwear", DialogueState()))
    assert "with" not in request(state, "USD")
    assert rules.understand("an outfit for an interview", DialogueState()).type_values == ("Apparel",)


def test_back_to_a_thing_that_is_no_type_of_the_store(talk: Talk, understanding: RuleUnderstanding) -> None:
    state = talk("do you have surfboards?", "boots", cards=())
    back = understanding.understand("and back to the surfboards", state)
    assert (back.unknown_type, fold(state, back).focus) == ("surfboards", 0)
    assert understanding.understand("back to the red ones", state).unknown_type == ""


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


def test_what_is_to_be_completed_is_no_kind(talk: Talk, understanding: RuleUnderstanding) -> None:
    state = talk("dresses", cards=("DR0", "DR1"))
    assert "Apparel" not in understanding.understand("complete the outfit", state).type_values
