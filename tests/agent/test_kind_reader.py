from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from agent.state import DialogueState, fold
from agent.understanding import RuleUnderstanding
from agent.utterance import Intent, Order
from agent.wording import request
from store.schemas import Item
from tests.agent.conftest import Talk
from tests.agent.small_store import items, small_shop, small_understanding
from tests.retrievers.small_shop import picture


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
    outfit = rules.understand("an outfit for an interview", DialogueState())
    assert {"Dresses", "Boots"} < {*outfit.type_values}
    assert "Mugs" not in outfit.type_values


def test_back_to_a_thing_that_is_no_type_of_the_store(talk: Talk, understanding: RuleUnderstanding) -> None:
    state = talk("do you have surfboards?", "boots", cards=())
    back = understanding.understand("and back to the surfboards", state)
    assert (back.unknown_type, fold(state, back).focus) == ("surfboards", 0)
    assert understanding.understand("back to the red ones", state).unknown_type == ""


def test_what_is_to_be_completed_is_no_kind(talk: Talk, understanding: RuleUnderstanding) -> None:
    state = talk("dresses", cards=("DR0", "DR1"))
    assert "Apparel" not in understanding.understand("complete the outfit", state).type_values


@pytest.mark.parametrize(
    "text",
    [
        "the newest",
        "taller",
        "the longest",
        "newer than 2020",
        "heavier please",
        "light colours",
        "too short, really",
    ],
)
def test_how_a_thing_shall_be_is_no_thing_of_its_own(text: str, talk: Talk, understanding: RuleUnderstanding) -> None:
    lit = talk("table lamps", cards=("TA0", "TA1"))
    state = fold(lit, understanding.understand(text, lit))
    assert (state.need.type_values, state.need.unknown_type) == (("Table Lamps",), "")


@pytest.mark.parametrize(("text", "thing"), [("a cleaner", "cleaner"), ("do you have staplers?", "staplers")])
def test_a_thing_in_er_is_a_thing(text: str, thing: str, talk: Talk, understanding: RuleUnderstanding) -> None:
    assert understanding.understand(text, talk("boots")).unknown_type == thing


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("hair dryer for travel", "hair dryer"),
        ("beard trimmer", "beard trimmer"),
        ("i need a hand warmer", "hand warmer"),
        ("number 2", "number"),
    ],
)
def test_a_thing_in_er_is_one_behind_the_noun_that_tells_which(
    text: str, thing: str, understanding: RuleUnderstanding
) -> None:
    assert understanding.understand(text, DialogueState()).unknown_type == thing


def test_one_kind_tells_no_types_of_another_apart(tmp_path: Path) -> None:
    boots = next(item for item in items() if item.category.endswith("Boots"))
    rain = replace(boots, item_id="RAIN", product_type="Outdoor > Rain Boots", title="Rain boots", item_group_id="")
    said = small_understanding(small_shop(tmp_path, (*items(), rain))).understand("boots, shoes", DialogueState())
    assert said.type_words == "boots or shoes"
    assert {"Rain Boots", "Sneakers"} <= {*said.type_values}


def test_what_a_fact_tells_is_no_thing(tmp_path: Path) -> None:
    dated = [replace(item, attributes={**item.attributes, "published": ("2019",)}) for item in items()]
    rules = small_understanding(small_shop(tmp_path, tuple(dated)))
    state = fold(DialogueState(), rules.understand("do you have atlases?", DialogueState()))
    assert rules.understand("published after 2020", state).unknown_type == ""


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("sofa for a small flat, i have a cat so nothing that scratches easily", "sofa"),
        ("corner sofa for our living room, we have two kids and a dog", "corner sofa"),
        ("i have a job interview next week, need everything head to toe", ""),
        ("everything for a wedding", ""),
        ("my cat loves to sleep on everything that is warm and soft here", ""),
    ],
)
def test_a_longer_sentence_begins_with_its_thing(text: str, thing: str, understanding: RuleUnderstanding) -> None:
    assert understanding.understand(text, DialogueState()).unknown_type == thing


def test_from_head_to_toe_is_about_no_toe(tmp_path: Path) -> None:
    shod = [
        replace(i, attributes={**i.attributes, "toe": ("round toe",)}) if i.category == "Boots" else i
        for i in items()
    ]
    rules = small_understanding(small_shop(tmp_path, tuple(shod)))
    assert rules.understand("everything head to toe for work", DialogueState()).include == {"occasion": ("Work",)}
    assert "toe" in rules.understand("boots with a round toe", DialogueState()).include


def test_what_stands_behind_a_thing_only_tells_what_it_is_like(tmp_path: Path) -> None:
    titles = ("Handheld shower head", "Ceiling fan in brushed nickel", "Plain towel ring with nickel finish")
    rules = small_understanding(
        small_shop(
            tmp_path, tuple(Item(f"H{n}", t, t, attributes={"color": ("Grey",)}) for n, t in enumerate(titles))
        )
    )
    said = rules.understand("shower head brushed nickel", DialogueState())
    assert (said.unknown_type, said.text) == ("shower head", "brushed nickel")
    fans = fold(DialogueState(), rules.understand("a ceiling fan", DialogueState()))
    assert rules.understand("nickel", fans).unknown_type == ""
    assert rules.understand("a towel ring", fans).unknown_type == "towel ring"


def _stocked(tmp_path: Path, *sold: tuple[str, str, Mapping[str, tuple[str, ...]]]) -> RuleUnderstanding:
    more = tuple(
        Item(f"N{n}", title, title, 9.0, None, "USD", product_type=kind, attributes={"color": ("Grey",), **facts})
        for n, (title, kind, facts) in enumerate(sold)
    )
    return small_understanding(small_shop(tmp_path, (*items(), *more)))


@pytest.fixture(scope="module")
def pets(tmp_path_factory: pytest.TempPathFactory) -> RuleUnderstanding:
    kinds = [(way, pet) for way in ("Dry", "Wet") for pet in ("dog", "cat")]
    sold = [(f"{way} food for {pet}s", f"Pets > {way} {pet} food", {"species": (pet.title(),)}) for way, pet in kinds]
    return _stocked(tmp_path_factory.mktemp("pets"), *sold)


@pytest.mark.parametrize(
    ("messages", "kinds", "called"),
    [
        (("dry food for my senior dog",), {"Dry dog food", "Dry cat food"}, "dry food"),
        (("wet food",), {"Wet dog food", "Wet cat food"}, "wet food"),
        (("food",), {"Dry dog food", "Dry cat food", "Wet dog food", "Wet cat food"}, "food"),
        (("tasty food for a dry mouth",), {"Dry dog food", "Dry cat food", "Wet dog food", "Wet cat food"}, "food"),
        (("dry food for my dog", "wet then"), {"Wet dog food", "Wet cat food"}, "wet food"),
        (("dog food", "dry"), {"Dry dog food"}, "dry food"),
        (("dry food for my dog", "grey ones"), {"Dry dog food", "Dry cat food"}, "dry food"),
    ],
)
def test_other_words_tell_which_types_of_a_kind_are_meant(
    messages: tuple[str, ...], kinds: set[str], called: str, pets: RuleUnderstanding
) -> None:
    state = DialogueState()
    for message in messages:
        state = fold(state, pets.understand(message, state))
    assert (set(state.need.type_values), state.need.type_words) == (kinds, called)
    assert len(state.needs) == 1
    if "dog" in messages[0]:
        assert state.need.include["species"] == ("Dog",)


def test_two_kinds_side_by_side_are_the_thing_of_that_name(tmp_path: Path) -> None:
    rules = _stocked(
        tmp_path,
        ("Oslo sofa", "Home > Sofas", {}),
        ("Tromso sofa bed, navy", "Home > Sofas", {}),
        ("Dvala bed frame", "Home > Beds", {}),
        ("Blyth bed lamp", "Home > Lamps", {}),
    )
    assert rules.understand("the cheapest sofa bed", DialogueState()).unknown_type == "sofa bed"
    assert rules.understand("a bed", DialogueState()).type_values == ("Beds",)
    assert rules.understand("a sofa or a bed", DialogueState()).type_values == ("Sofas", "Beds")
    assert rules.understand("bed lamp", DialogueState()).unknown_type == ""  # a lamp, as its last word says


def test_a_kind_in_a_reference_is_no_wish(talk: Talk, understanding: RuleUnderstanding, tmp_path: Path) -> None:
    picture("red").save(tmp_path / "photo.png")
    state = talk("dresses", cards=("DR0", "DR1"))
    said = understanding.understand(
        "boots like these in the colour of the first dress", state, str(tmp_path / "photo.png")
    )
    assert said.type_values == ("Boots",)
    assert understanding.understand("the first dress in blue", state).type_values == ("Dresses",)


def test_a_kind_that_is_no_name_of_a_thing_is_told_as_a_section(tmp_path: Path) -> None:
    sold = (("The Salt Road", "Crime"), ("Knots", "Crafts"), ("Winter Harbour", "Crime"))
    black = {"color": ("Black",)}
    books = tuple(
        Item(str(n), title, title, 9.0, product_type=k, attributes=black) for n, (title, k) in enumerate(sold)
    )
    rules = small_understanding(small_shop(tmp_path, books))
    state = fold(DialogueState(), rules.understand("crime", DialogueState()))
    assert request(state, "USD") == "pieces in crime"
    assert request(fold(state, rules.understand("crime in black", state)), "USD") == "black pieces in crime"


@pytest.mark.parametrize(
    ("text", "meant"), [("4k", {"resolution": ("4K",)}), ("IPS", {"panel": ("IPS",)}), ("90", {})]
)
def test_short_values_are_said_by_themselves(text: str, meant: dict[str, tuple[str, ...]], tmp_path: Path) -> None:
    shown = {"panel": ("IPS",), "resolution": ("4K",)}
    rules = _stocked(tmp_path, ("Astera monitor", "Tech > Monitors", shown), ("Lumio monitor", "Tech > Monitors", {}))
    state = fold(DialogueState(), rules.understand("a monitor under 500", DialogueState()))
    said = rules.understand(text, state)
    assert said.include == meant
    assert (said.price_max is None) == bool(meant)


def test_a_word_of_one_value_is_no_condition(tmp_path: Path) -> None:
    told = {"size_fit": ("Dial width: 35 mm",), "dial_shape": ("Round",), "format": ("Board book",)}
    rules = _stocked(tmp_path, ("Guess watch", "Worn > Watches", told), ("Puma watch", "Worn > Watches", {}))
    state = fold(DialogueState(), rules.understand("a watch", DialogueState()))
    assert rules.understand("round dial", state).include == {"dial_shape": ("Round",)}
    assert rules.understand("a book on history", DialogueState()).include == {}
    assert rules.understand("board book", DialogueState()).include == {"format": ("Board book",)}
    assert rules.understand("brass lamps", DialogueState()).include == {"material": ("Brass",)}


@pytest.mark.parametrize(
    "text",
    ["sailing", "gardening please", "I adore surfing", "oven safe please", "allergy friendly"],
)
def test_an_activity_or_what_a_thing_stands_is_no_kind(text: str, understanding: RuleUnderstanding) -> None:
    assert understanding.understand(text, DialogueState()).unknown_type == ""


@pytest.mark.parametrize(
    ("text", "thing"), [("do you have a safe?", "safe"), ("bedding", "bedding"), ("a railing", "railing")]
)
def test_what_ends_so_and_is_a_thing_is_named(text: str, thing: str, understanding: RuleUnderstanding) -> None:
    assert understanding.understand(text, DialogueState()).unknown_type == thing


@pytest.mark.parametrize("text", ["hurrah", "plain wear", "you forgot the colour"])
def test_what_titles_name_is_carried_where_nothing_has_a_kind(text: str, tmp_path: Path) -> None:
    shop = small_shop(tmp_path, tuple(replace(item, product_type="") for item in items()))
    understanding = small_understanding(shop)
    state = fold(DialogueState(), understanding.understand("a dress", DialogueState()))
    assert understanding.understand(text, state).unknown_type == ""
    assert understanding.understand("boots", state).unknown_type == "boots"
    assert understanding.understand("surfboards", state).unknown_type == "surfboards"


def test_a_colour_is_no_thing(tmp_path: Path) -> None:
    plain = small_understanding(small_shop(tmp_path, tuple(replace(item, product_type="") for item in items())))
    state = fold(DialogueState(), plain.understand("a dress", DialogueState()))
    assert [plain.understand(text, state).unknown_type for text in ("do you have a pink colour?", "pink")] == ["", ""]
    assert plain.understand("do you have a pink surfboard?", state).unknown_type.endswith("surfboard")


@pytest.mark.parametrize("text", ["I'll go for it", "ok we will stick with that one then", "I'm going to go with it"])
def test_going_for_the_card_in_hand_chooses_it(text: str, understanding: RuleUnderstanding) -> None:
    state = DialogueState(cards=("DR0", "DR1", "DR2"), talked_about="DR1")
    assert understanding.understand(text, state).liked == ("DR1",)


@pytest.mark.parametrize("text", ["I'll go for it in blue", "will it go with it", "I'll go with boots"])
def test_going_for_more_than_the_card_saves_nothing(text: str, understanding: RuleUnderstanding) -> None:
    state = DialogueState(cards=("DR0", "DR1", "DR2"), talked_about="DR1")
    assert understanding.understand(text, state).intent is not Intent.LIKE


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("do you have a saucer for it?", "saucer"),
        ("I need some coasters for it", "coasters"),
        ("do you have the measurements for it?", ""),
        ("I want a cheaper one for it", ""),
        ("do you have it in a saucer?", ""),
    ],
)
def test_what_is_for_a_card_is_another_thing(
    text: str, thing: str, talk: Talk, understanding: RuleUnderstanding
) -> None:
    state = talk("mugs", cards=("MU0", "MU1"))
    assert understanding.understand(text, state).unknown_type == thing
