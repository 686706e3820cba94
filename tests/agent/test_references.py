from __future__ import annotations

import pytest

from agent.compared_cards import each_named, named_apart
from agent.references import resolve
from agent.shop import Shop
from agent.state import DialogueState
from agent.understanding import RuleUnderstanding
from agent.utterance import Intent

CARDS = ("DR0", "DR1", "JA3")  # linen red 15 (sale), silk blue 35, leather black 65


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("the second one", ["DR1"]),
        ("number 3", ["JA3"]),
        ("#1 please", ["DR0"]),
        ("the last one", ["JA3"]),
        ("the first two", ["DR0", "DR1"]),
        ("compare the first and the third", ["DR0", "JA3"]),
        ("the cheapest one", ["DR0"]),
        ("the most expensive", ["JA3"]),
        ("the blue one", ["DR1"]),
        ("is that leather?", []),
        ("is that leather jacket warm?", ["JA3"]),
        ("that jacket", ["JA3"]),
        ("the leather jacket, black", ["JA3"]),
        ("what's the difference between 1 and 3", ["DR0", "JA3"]),
        ("how do 2 and 3 differ?", ["DR1", "JA3"]),
        ("is 1 or 2 cheaper?", ["DR0", "DR1"]),
        ("compare one and three", ["DR0", "JA3"]),
        ("table lamp first", []),
        ("boots first, then a dress", []),
        ("the jacket first", []),
        ("show me the first", ["DR0"]),
        ("a pack of 2 or 3 mugs", []),
        ("between 1 and 3 dollars", []),
        ("under 60 but not the cheapest", []),
        ("the ninth one", []),
        ("lowest price first", []),
        ("how long does the battery last?", []),
        ("on second thought under 60", []),
        ("hide the ones with long sleeves", []),
        ("the one with long sleeves", ["DR1"]),
        ("red dresses", []),
        ("I need it by the 2nd", []),
        ("my anniversary is on the 2nd", []),
        ("before 2nd please", []),
        ("it's our 1st anniversary", []),
        ("our first wedding anniversary", []),
        ("my 3rd order here", []),
        ("I ordered 2 last week", []),
        ("for his 3rd birthday", []),
        ("on the 2nd of march", []),
        ("tell me more on the 2nd one", ["DR1"]),
        ("what about the 2nd", ["DR1"]),
        ("add the 3rd to my order", ["JA3"]),
    ],
)
def test_cards_are_found(text: str, ids: list[str], shop: Shop) -> None:
    cards = [shop.catalog.get(item_id) for item_id in CARDS]
    found = [ref.item_id for ref in resolve(text, cards, "", shop.vocabulary) if not ref.weak]
    assert found == ids


def test_it_means_what_was_talked_about(shop: Shop) -> None:
    cards = [shop.catalog.get(item_id) for item_id in CARDS]
    reference = resolve("is it washable?", cards, "DR1", shop.vocabulary)[0]
    assert reference.item_id == "DR1"
    assert reference.weak


def test_nothing_is_pointed_at_before_anything_was_shown(shop: Shop) -> None:
    assert resolve("the second one", [], "", shop.vocabulary) == ()


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("which is warmer, the silk dress or the leather jacket?", ["DR1", "JA3"]),
        ("compare linen with black", ["DR0", "JA3"]),
        ("which dress is longer, or wider?", []),
        ("compare silk and velvet", []),
    ],
)
def test_a_comparison_names_cards_by_their_titles(text: str, ids: list[str], shop: Shop) -> None:
    cards = [shop.catalog.get(item_id) for item_id in CARDS]
    assert [ref.item_id for ref in named_apart(text, cards)] == ids


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("the cheapest to my list", ["DR0"]),
        ("put the cheapest on my wish list", ["DR0"]),
        ("the cheapest into the basket", ["DR0"]),
        ("the cheapest dress", []),
    ],
)
def test_the_cheapest_is_put_somewhere(text: str, ids: list[str], shop: Shop) -> None:
    cards = [shop.catalog.get(item_id) for item_id in CARDS]
    assert [ref.item_id for ref in resolve(text, cards, "", shop.vocabulary)] == ids


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("what is it made of for number 2?", []),
        ("the second, how long does it last", []),
        ("the third one: is it warm?", []),
        ("does it fit the second floor?", ["DR0"]),
        ("is it the first?", ["DR0"]),
        ("is it warm?", ["DR0"]),
    ],
)
def test_it_is_no_card_that_is_not_there(text: str, ids: list[str], shop: Shop) -> None:
    assert [ref.item_id for ref in resolve(text, [shop.catalog.get("DR0")], "", shop.vocabulary)] == ids


@pytest.mark.parametrize("text", ["what is it made of for number 2?", "the second, how long does it last"])
def test_a_card_that_is_not_there_is_not_the_first(text: str, understanding: RuleUnderstanding) -> None:
    assert understanding.understand(text, DialogueState(cards=("DR0",))).intent is Intent.NO_SUCH_CARD


def test_the_first_two_are_rejected_and_no_word_is(understanding: RuleUnderstanding) -> None:
    said = understanding.understand("not the first two", DialogueState(cards=CARDS))
    assert (said.rejected, said.exclude_words) == (CARDS[:2], ())


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("the cheapest one", []),
        ("ok, show me the most expensive one please", []),
        ("the cheapest of these", ["DR0"]),
        ("is the cheapest one in wool?", ["DR0"]),
        ("save the cheapest one", ["DR0"]),
        ("the second one", ["DR1"]),
    ],
)
def test_of_a_full_table_the_cheapest_alone_is_that_of_all_that_fit(text: str, ids: list[str], shop: Shop) -> None:
    cards = [shop.catalog.get(f"DR{n}") for n in range(6)]
    assert [ref.item_id for ref in resolve(text, cards, "", shop.vocabulary)] == ids


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("not a mug, he broke his last one", []),
        ("my second one was too short", []),
        ("her very first one", []),
        ("your last one", ["JA3"]),
        ("compare the cheapest and the most expensive", ["DR0", "JA3"]),
        ("the cheapest one, not the most expensive", ["DR0"]),
        ("compare the red one and the black one", ["DR0", "JA3"]),
        ("not the red one", ["DR0"]),
    ],
)
def test_own_things_are_no_cards_and_both_ends_of_the_prices_are(text: str, ids: list[str], shop: Shop) -> None:
    cards = [shop.catalog.get(item_id) for item_id in CARDS]
    assert [ref.item_id for ref in resolve(text, cards, "", shop.vocabulary) if not ref.weak] == ids


@pytest.mark.parametrize("text", ["no not that", "not this", "Nah, not it please."])
def test_what_is_denied_in_a_word_makes_way_for_something_else(text: str, understanding: RuleUnderstanding) -> None:
    said = understanding.understand(text, DialogueState(cards=CARDS))
    assert (said.intent, said.references) == (Intent.SOMETHING_ELSE, ())


@pytest.mark.parametrize(
    ("text", "intent"),
    [("no, not that one", Intent.REJECT), ("is it not linen?", Intent.DETAILS)],
)
def test_it_is_not_denied_by_every_no(text: str, intent: Intent, understanding: RuleUnderstanding) -> None:
    said = understanding.understand(text, DialogueState(cards=CARDS, talked_about="DR0"))
    assert (said.intent, said.references) == (intent, ("DR0",))


@pytest.mark.parametrize("text", ["the ones before that", "and the one after that"])
def test_what_came_before_that_is_not_the_first_card(text: str, understanding: RuleUnderstanding) -> None:
    assert understanding.understand(text, DialogueState(cards=CARDS)).references == ()


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("compare the green and the beige one", ("green", "beige")),
        ("compare the red one with the green one", ("green",)),
        ("what is the difference between the red and the green one", ("green",)),
    ],
)
def test_a_comparison_with_what_is_not_there_says_so(
    text: str, missing: tuple[str, ...], understanding: RuleUnderstanding
) -> None:
    said = understanding.understand(text, DialogueState(cards=CARDS))
    assert (said.intent, said.unanswered) == (Intent.NO_SUCH_CARD, missing)


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("the beige one looks good", ("beige",)),
        ("does the beige one have pockets?", ("beige",)),
        ("save the beige linen one", ("beige linen",)),
        ("I hate the beige one, it's dull", ("beige",)),
    ],
)
def test_a_card_that_is_spoken_of_and_not_there_is_missed(
    text: str, missing: tuple[str, ...], understanding: RuleUnderstanding
) -> None:
    said = understanding.understand(text, DialogueState(cards=CARDS))
    assert (said.intent, said.unanswered) == (Intent.NO_SUCH_CARD, missing)


@pytest.mark.parametrize(
    "text",
    ["the blue one looks good", "do you have the beige one?", "I want the green one", "a beige one would be good"],
)
def test_what_is_there_or_wished_for_is_not_missed(text: str, understanding: RuleUnderstanding) -> None:
    assert understanding.understand(text, DialogueState(cards=CARDS)).intent is not Intent.NO_SUCH_CARD


@pytest.mark.parametrize(
    ("text", "cards"),
    [
        ("not the beige one, a blue dress", ()),
        ("is the beige one washable?", ()),
        ("show me bags, the beige one is nice", CARDS),
        ("the beige one is too small, I need a bigger dress", CARDS),
    ],
)
def test_before_cards_and_where_a_kind_is_named_no_card_is_missed(
    text: str, cards: tuple[str, ...], understanding: RuleUnderstanding
) -> None:
    assert understanding.understand(text, DialogueState(cards=cards)).intent is not Intent.NO_SUCH_CARD


@pytest.mark.parametrize(
    "text", ["compare the red and the blue one", "compare the weights of the green ones", "compare them"]
)
def test_a_comparison_of_what_is_there_is_one(text: str, understanding: RuleUnderstanding) -> None:
    assert understanding.understand(text, DialogueState(cards=CARDS)).intent is not Intent.NO_SUCH_CARD


def test_which_is_better_rated_is_one_of_the_cards(understanding: RuleUnderstanding) -> None:
    said = understanding.understand("which one is better rated?", DialogueState(cards=CARDS))
    assert (said.intent, said.references, said.asked) == (Intent.DETAILS, ("JA3",), ("rating",))


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("compare the first and the best rated", ["DR0", "JA3"]),
        ("compare the third with the best rated one", ["JA3", "DR1"]),  # the best of the others
        ("what's the difference between the second and the cheapest?", ["DR1", "DR0"]),
        ("compare the most expensive and the first", ["JA3", "DR0"]),
        ("compare the sleeves of the first", []),
        ("compare the first and a velvet one", []),
    ],
)
def test_each_part_of_a_comparison_names_its_card(text: str, ids: list[str], shop: Shop) -> None:
    cards = [shop.catalog.get(item_id) for item_id in CARDS]
    assert [ref.item_id for ref in each_named(text, cards, shop.vocabulary)] == ids


def test_a_comparison_with_the_best_rated_is_one(understanding: RuleUnderstanding) -> None:
    said = understanding.understand("compare the first and the best rated", DialogueState(cards=CARDS))
    assert (said.intent, said.references) == (Intent.COMPARE, ("DR0", "JA3"))
    said = understanding.understand("which of these is the best rated?", DialogueState(cards=CARDS))
    assert (said.intent, said.references) == (Intent.DETAILS, ("JA3",))


def test_of_cards_with_one_price_none_is_the_cheaper(understanding: RuleUnderstanding) -> None:
    state = DialogueState(cards=("DR1", "JA1", "DR2"))  # 35, 35, 50
    for text in ("the cheaper of the first two", "the cheapest of the first two"):
        said = understanding.understand(text, state)
        assert (said.intent, said.references) == (Intent.COMPARE, ("DR1", "JA1")), text
    assert understanding.understand("the cheaper of the last two", state).references == ("JA1",)


@pytest.mark.parametrize(
    "text", ["the second one in black", "like the third one, but not red", "the fourth one in cotton"]
)
def test_a_card_that_is_not_there_is_told_whatever_else_is_wished(
    text: str, understanding: RuleUnderstanding
) -> None:
    assert understanding.understand(text, DialogueState(cards=("DR0",))).intent is Intent.NO_SUCH_CARD
    cards = ("DR0", "DR1", "DR2", "JA0")
    assert understanding.understand(text, DialogueState(cards=cards)).intent is Intent.MORE_LIKE


def test_a_wish_on_its_floor_names_no_card(understanding: RuleUnderstanding) -> None:
    for text in ("a red lamp for the second floor", "boots in black, the first order was late"):
        assert understanding.understand(text, DialogueState(cards=("DR0",))).intent is Intent.SEARCH, text
