from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from agent.state import DialogueState, fold
from agent.understanding import RuleUnderstanding
from agent.utterance import Intent, Order, Utterance, Values
from store.schemas import Item
from tests.agent.conftest import Talk
from tests.agent.small_store import items, small_shop, small_understanding

CARDS = DialogueState(cards=("DR0", "DR1", "DR2"))  # 15 (on sale), 35, 50


def said(understanding: RuleUnderstanding, text: str, state: DialogueState = CARDS) -> Utterance:
    return understanding.understand(text, state)


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("a red dress", ("Dresses",)),
        ("show me trainers", ("Sneakers",)),
        ("a lamp for my boots", ("Table Lamps",)),
        ("boots to go with my blue dress", ("Boots",)),
        ("a jacket or a dress", ("Jackets", "Dresses")),
    ],
)
def test_types(text: str, category: tuple[str, ...], understanding: RuleUnderstanding) -> None:
    assert set(said(understanding, text).type_values) == set(category)


def test_the_light_of_a_lamp_is_no_other_kind(talk: Talk) -> None:
    lamps = ("TA0", "TA1")
    for text in ("something with a warm light", "warm light", "more light please"):
        assert len(talk("a lamp", text, cards=lamps).needs) == 1
    need = talk("a table lamp with a warm light", cards=()).need
    assert (need.type_words, need.text) == ("table lamp", "warm light")
    assert talk("a dress", "a bright light").need.type_values == ("Table Lamps",)


def test_a_whole_wish_in_one_sentence(understanding: RuleUnderstanding) -> None:
    wish = said(understanding, "I need a blue or green jacket without a hood under $60, no leather, for my wife")
    assert wish.type_values == ("Jackets",)
    assert set(wish.include["color"]) == {"Blue", "Green"}
    assert wish.exclude == {"hood": ("hooded",), "material": ("Leather", "Vegan leather", "Suede")}
    assert wish.price_max == 60
    assert wish.recipient == {"gender": ("Women",)}


def test_cheaper_is_measured_against_the_cards(understanding: RuleUnderstanding) -> None:
    assert said(understanding, "cheaper please").price_max == pytest.approx(14.99)
    assert said(understanding, "hmm, too dear").relative_price == "cheaper"
    assert said(understanding, "that is over my budget").relative_price == "cheaper"
    second = said(understanding, "the second one, but cheaper")
    assert (second.intent, second.references) == (Intent.MORE_LIKE, ("DR1",))
    assert second.price_max == pytest.approx(34.99)


def test_a_cheaper_one_may_be_of_any_kind_that_was_asked_for(talk: Talk, understanding: RuleUnderstanding) -> None:
    wide = talk("apparel", cards=CARDS.cards)
    assert said(understanding, "the second one, but cheaper", wide).type_values == ()
    assert said(understanding, "something like the second one", wide).type_values == ("Dresses",)


def test_facts_inside_a_reference_are_no_new_wishes(understanding: RuleUnderstanding) -> None:
    wish = said(understanding, "the blue one but with long sleeves")
    assert (wish.references, wish.include) == (("DR1",), {"sleeve": ("long",)})


def test_an_unknown_thing_is_named_not_guessed(understanding: RuleUnderstanding) -> None:
    assert said(understanding, "do you have laptops?").unknown_type == "laptops"


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("u have lipstick?", "lipstick"),
        ("got any umbrellas", "umbrellas"),
        ("got umbrellas?", "umbrellas"),
        ("what about zorbex", "zorbex"),
        ("laptops", "laptops"),
        ("do you have cashmere", ""),
        ("how about evening", ""),
        ("any waterproof ones", ""),
    ],
)
def test_another_thing_in_the_middle_of_a_conversation(text: str, thing: str, talk: Talk) -> None:
    assert talk("blue dresses", text).need.unknown_type == thing


@pytest.mark.parametrize("text", ["", "🙂", "?!", "the the the"])
def test_messages_without_meaning_are_unclear(text: str, understanding: RuleUnderstanding) -> None:
    assert said(understanding, text, DialogueState()).intent is Intent.UNCLEAR


def test_hostile_messages_are_only_text(understanding: RuleUnderstanding) -> None:
    for text in ("<script>alert(1)</script>", "'; DROP TABLE items; --", "x" * 10_000, "{{7*7}}"):
        assert said(understanding, text).intent in (Intent.SEARCH, Intent.UNCLEAR)


def test_constraints_can_be_given_up(talk: Talk) -> None:
    state = talk("red dress under 40, no silk", "any colour is fine", "forget the budget", "silk is ok after all")
    assert state.constraints.to_json() == {"include": {"category": ["Dresses"]}}


def test_or_widens_and_actually_replaces(talk: Talk) -> None:
    assert talk("a red dress", "or green").need.include["color"] == ("Red", "Green")
    assert talk("a red dress", "actually green").need.include["color"] == ("Green",)


def test_questions_name_the_facts_they_are_about(understanding: RuleUnderstanding) -> None:
    assert said(understanding, "what is the second one made of?").asked == ("material",)
    assert said(understanding, "how much is the first one?").asked == ("price",)


def test_superlatives_sort(understanding: RuleUnderstanding) -> None:
    assert said(understanding, "the cheapest boots").order is Order.CHEAPEST


def test_sizes_are_the_stores_own(understanding: RuleUnderstanding) -> None:
    assert said(understanding, "a dress in size m").include["size"] == ("M",)


def test_after_a_thing_that_is_not_carried_the_next_noun_is_a_thing_of_its_own(tmp_path: Path) -> None:
    facts = {"color": ("Black",), "holds": ("Felt pen pouch",)}
    pouch = Item("TR1", "Travel kit with pouch", product_type="Kits > Kits", attributes=facts)
    shop = small_shop(tmp_path, (*items(), pouch))
    rules = small_understanding(shop)
    state = fold(DialogueState(), rules.understand("do you have laptops?", DialogueState()))
    assert state.need.unknown_type == "laptops"
    assert fold(state, rules.understand("a pouch then", state)).need.unknown_type == "pouch"


def test_what_goes_with_a_card_is_a_thing_of_its_own_with_the_card_s_moods(understanding: RuleUnderstanding) -> None:
    heard = said(understanding, "which boots would match the second one?")
    assert (heard.intent, heard.type_values, heard.references) == (Intent.SEARCH, ("Boots",), ())
    assert "work" in heard.text.split()  # the occasion of the second dress


def test_new_cards_are_what_it_means_from_then_on(talk: Talk) -> None:
    assert talk("a red dress", "what is the first one made of?", "boots").talked_about == ""


def test_a_wish_means_what_the_kind_in_hand_has(tmp_path: Path) -> None:
    boots = [replace(i, attributes={**i.attributes, "back": ("round",)}) for i in items() if i.category == "Boots"]
    mugs = [replace(i, attributes={**i.attributes, "shape": ("round",)}) for i in items() if i.category == "Mugs"]
    reads = small_understanding(small_shop(tmp_path, (*boots, *mugs)))
    assert reads.understand("round mugs", DialogueState()).include == {"shape": ("round",)}
    assert reads.understand("round boots", DialogueState()).include == {"back": ("round",)}


def test_a_word_of_other_kinds_values_only_ranks(tmp_path: Path) -> None:
    boots = [i for i in items() if i.category == "Boots"]
    mugs = [
        replace(i, attributes={**i.attributes, "hold": ("angled strap",)}) for i in items() if i.category == "Mugs"
    ]
    reads = small_understanding(small_shop(tmp_path, (*boots, *mugs)))
    heard = reads.understand("boots with a strap", DialogueState())
    assert (heard.include, heard.text) == ({}, "strap")


def test_refused_words_that_the_store_never_says_are_no_conditions(understanding: RuleUnderstanding) -> None:
    heard = said(understanding, "a dress, not the bride lol", DialogueState())
    assert heard.exclude_words == ()
    assert heard.unanswered == ("bride",)


def test_mistyped_words_count_in_every_part_of_a_message(understanding: RuleUnderstanding) -> None:
    assert said(understanding, "somthing cheapper").price_max == pytest.approx(14.99)
    assert said(understanding, "a dress, not blck").exclude["color"] == ("Black",)


def test_a_place_without_a_card_is_told(talk: Talk, understanding: RuleUnderstanding) -> None:
    assert said(understanding, "the fifth one").intent is Intent.NO_SUCH_CARD
    assert said(understanding, "the third one").intent is Intent.DETAILS


def test_what_ends_a_message_holds_for_all_that_it_wants(understanding: RuleUnderstanding) -> None:
    wish = said(understanding, "a dress and a jacket for a party under 150", DialogueState())
    assert (wish.price_max, wish.include["occasion"]) == (150, ("Party",))
    assert (wish.then[0].price_max, wish.then[0].type_values) == (150, ("Jackets",))
    own = said(understanding, "a dress under 90 and boots under 60", DialogueState())
    assert (own.price_max, own.then[0].price_max) == (90, 60)


def test_all_of_them_is_no_pick(understanding: RuleUnderstanding) -> None:
    state = DialogueState(cards=("DR1", "DR2", "DR3", "DR4"))  # from 35
    wish = said(understanding, "all of them are too expensive", state)
    assert (wish.intent, wish.references) == (Intent.SEARCH, ())
    assert wish.price_max == pytest.approx(34.99)
    assert said(understanding, "compare all of them", state).references == ("DR1", "DR2", "DR3")


def test_something_cosy_is_no_kind_of_thing(understanding: RuleUnderstanding) -> None:
    assert not said(understanding, "hmm something cosy for the evening", DialogueState()).unknown_type


def test_a_wish_means_the_fact_in_which_such_things_have_it(tmp_path: Path) -> None:
    def stocked(item: Item) -> Item:
        if item.category == "Mugs":
            return replace(item, attributes={**item.attributes, "rim": ("gold",)})
        gold = item.category == "Dresses" and item.values("color") == ("Beige",)
        return replace(item, attributes={**item.attributes, "color": ("Gold",)}) if gold else item

    rules = small_understanding(small_shop(tmp_path, tuple(map(stocked, items()))))
    assert said(rules, "a gold dress", DialogueState()).include == {"color": ("Gold",)}
    assert said(rules, "a gold mug", DialogueState()).include == {"rim": ("gold",)}
    assert said(rules, "gold boots", DialogueState()).include == {"color": ("Gold",)}  # which no record has


def test_a_measure_that_only_titles_tell_is_held_to(tmp_path: Path) -> None:
    sizes = {"Red": 24, "Blue": 27, "Navy": 34}
    stocked = tuple(
        replace(item, title=f"{sizes.get(item.values('color')[0], 40)} inch {item.title}")
        if item.category == "Mugs"
        else item
        for item in items()
    )
    shop = small_shop(tmp_path, stocked)
    rules = small_understanding(shop)
    state = fold(DialogueState(), rules.understand("a mug bigger than 24 inch", DialogueState()))
    found = shop.facts.allowed(state.constraints)
    assert {item.values("title_measure") for item, fits in zip(stocked, found, strict=True) if fits} == {
        ("27 inch",),
        ("34 inch",),
        ("40 inch",),
    }
    bigger = rules.understand("a bigger one?", state.with_cards(("MU1",)))
    assert set(bigger.include["title_measure"]) == {"34 inch", "40 inch"}


def test_what_is_needed_may_be_said_without_who_needs_it(understanding: RuleUnderstanding) -> None:
    assert said(understanding, "need headphones for the gym, my old ones broke").unknown_type == "headphones"
    assert said(understanding, "hey, need a silk dress").type_values == ("Dresses",)


def test_a_number_asked_anew_takes_the_place_of_one_in_another_fact(tmp_path: Path) -> None:
    held = ("capacity", ("14 litres",)), ("volume", ("45 l",))
    mugs = (item for item in items() if item.category == "Mugs")
    stocked = tuple(
        replace(item, attributes={**item.attributes, held[n % 2][0]: held[n % 2][1]}) for n, item in enumerate(mugs)
    )
    rules = small_understanding(small_shop(tmp_path, stocked))
    state = fold(DialogueState(), rules.understand("a mug of 14 litres", DialogueState()))
    asked = fold(state, rules.understand("something bigger, at least 40 l", state.with_cards(("MU0",))))
    assert (asked.need.include, asked.need.measured) == ({"volume": ("45 l",)}, {"volume": ("at least 40 l",)})


@pytest.mark.parametrize(
    ("text", "include"),
    [
        ("a dress for the office", {"occasion": ("Work",)}),
        ("a jacket for a job interview", {"occasion": ("Work",)}),
        ("a dress for a night out", {"occasion": ("Party",)}),
        ("a jacket for hiking", {}),
    ],
)
def test_purposes_are_known_by_other_words(text: str, include: Values, understanding: RuleUnderstanding) -> None:
    assert said(understanding, text).include == include


def test_short_sleeves_are_no_shorts_and_a_relative_clause_compares_nothing(tmp_path: Path) -> None:
    named = tuple(
        replace(item, product_type="Apparel > Shorts") if item.category == "Jackets" else item for item in items()
    )
    rules = small_understanding(small_shop(tmp_path, named))
    assert said(rules, "something with short sleeves").type_values == ()
    assert said(rules, "a short, please").type_values == ("Shorts",)
    sized = said(rules, "in my size, which is L", CARDS)
    assert (sized.intent, sized.include) == (Intent.SEARCH, {"size": ("L",)})


def test_what_is_tight_is_no_pair_of_tights_and_at_home_no_department(tmp_path: Path) -> None:
    kinds = {"Jackets": "Apparel > Tights", "Mugs": "Home > Mugs"}
    named = tuple(replace(item, product_type=kinds.get(item.category, item.product_type)) for item in items())
    rules = small_understanding(small_shop(tmp_path, named))
    assert said(rules, "a dress, not tight").exclude == {}
    assert said(rules, "black tights").type_values == ("Tights",)
    assert said(rules, "something red for evenings at home").type_values == ()
    assert said(rules, "something red for the home").type_values == ("Home",)


def test_the_same_brand_is_that_of_the_item_in_question(understanding: RuleUnderstanding) -> None:
    asked = said(understanding, "boots of the same brand", DialogueState(cards=("DR1", "DR2")))
    assert (asked.include, asked.type_values) == ({"brand": ("Nordhavn",)}, ("Boots",))
    second = said(
        understanding, "anything else by the same maker as the second one", DialogueState(cards=("DR1", "DR2"))
    )
    assert second.include == {"brand": ("Marlow",)}
    assert said(understanding, "boots of the same brand", DialogueState()).include == {}


def test_something_more_of_it_is_a_search_beside_the_card_that_is_named(understanding: RuleUnderstanding) -> None:
    asked = said(understanding, "the red one looks cheap. anything more elegant?", CARDS)
    assert asked.intent is Intent.SEARCH
    assert "elegant" in asked.text


def test_a_limit_beside_cheaper_is_the_limit(talk: Talk) -> None:
    need = talk("dresses", "70 is my limit, but cheaper is better").need
    assert (need.price_max, need.order) == (70, Order.CHEAPEST)


def test_a_bare_number_takes_the_unit_of_the_one_before(tmp_path: Path) -> None:
    tents = tuple(
        replace(
            item,
            product_type="Outdoor > Tents",
            attributes={**item.attributes, "capacity": (f"{2 + 2 * (n % 2)}-person",)},
        )
        for n, item in enumerate(items()[:6])
    )
    understanding = small_understanding(small_shop(tmp_path, tents))
    state = fold(DialogueState(), understanding.understand("a tent for 2 people", DialogueState()))
    said = understanding.understand("what about 4?", state)
    assert (said.include, said.price_max) == ({"capacity": ("4-person",)}, None)
    assert understanding.understand("what about 90?", state).price_max == 90


def test_what_is_wanted_is_not_refused_in_the_same_breath(understanding: RuleUnderstanding) -> None:
    said_so = said(understanding, "I have nothing in red yet, so a red dress")
    assert (said_so.include, said_so.exclude, said_so.exclude_phrases) == ({"color": ("Red",)}, {}, {})


def test_a_department_that_has_nothing_of_the_kind_is_none(understanding: RuleUnderstanding) -> None:
    assert "product_type" not in said(understanding, "I need apparel money, so show me a mug").include


def test_a_judgment_of_one_card_refuses_no_value(talk: Talk, understanding: RuleUnderstanding) -> None:
    rejected = understanding.understand("the red one is ugly", talk("red dresses", cards=("DR0", "DR1")))
    assert (rejected.rejected, rejected.exclude, rejected.exclude_words) == (("DR0",), {}, ())


def test_no_deal_breaker_gives_up_the_fact(understanding: RuleUnderstanding) -> None:
    given_up = said(understanding, "silk is not a deal breaker")
    assert (given_up.include, given_up.exclude) == ({}, {})


def test_where_nothing_has_a_price_a_bound_is_told_and_leaves_everything(tmp_path: Path) -> None:
    unpriced = tuple(replace(item, price=None, sale_price=None) for item in items())
    rules = small_understanding(small_shop(tmp_path, unpriced))
    found = rules.understand("a dress under 50", DialogueState())
    assert (found.price_max, found.unanswered) == (None, ("price",))


def test_not_knowing_what_to_give_somebody_refuses_nothing(understanding: RuleUnderstanding) -> None:
    said = understanding.understand("my sister turns forty and I've no clue what to give her", DialogueState())
    assert (said.exclude, said.exclude_words, said.unanswered) == ({}, (), ())
