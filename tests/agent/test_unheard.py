from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from agent.shopping_agent import ShoppingAgent
from agent.state import DialogueState
from agent.understanding import RuleUnderstanding
from agent.unheard import longest, mentions, unread, wished
from store.schemas import Item
from store.transcripts import Transcripts
from tests.agent.small_store import items, small_agent, small_shop, talk


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("dresses with side pockets", ("side pockets",)),
        ("it must be machine washable", ("machine washable",)),
        ("which ones are dishwasher safe?", ("dishwasher safe",)),
        ("a dishwasher-safe mug", ("dishwasher-safe",)),
        ("over-ear please", ("over-ear",)),
        ("boots that are insulated", ("insulated",)),
        ("a red dress for the opera", ()),  # a purpose ranks, and is no property
        ("a cute dress", ()),
        ("boots that go with flannel", ()),
        ("dresses that are cute", ()),
        ("a dress without pockets", ()),
    ],
)
def test_properties_that_no_fact_stands_for(
    text: str, phrases: tuple[str, ...], understanding: RuleUnderstanding
) -> None:
    assert wished(text, understanding.understand(text, DialogueState(cards=("DR0", "DR1")))) == phrases


@pytest.mark.parametrize(
    ("fact", "value", "mentioned"),
    [
        ("waterproof", "IP68", True),
        ("waterproof", "No", False),
        ("waterproof_rating", "IP68", False),
        ("flavour", "Lamb", False),
    ],
)
def test_a_record_mentions_what_it_holds_a_fact_of(fact: str, value: str, mentioned: bool) -> None:
    item = items()[0]
    assert mentions(replace(item, attributes={**item.attributes, fact: (value,)}), "waterproof") is mentioned


def test_words_that_stand_side_by_side_are_one_phrase() -> None:
    assert unread("a rug for the living room or the hall", ("living", "room", "hall")) == ("living room", "hall")


@pytest.mark.parametrize(
    ("text", "mentioned"),
    [
        ("Machine wash at 30.", True),
        ("Not machine washable.", False),
        ("Wash by hand. Sewn by machine.", False),
        ("Hand wash", False),
    ],
)
def test_a_record_mentions_what_one_sentence_asserts(text: str, mentioned: bool) -> None:
    assert mentions(replace(items()[0], description=text), "machine washable") is mentioned


@pytest.fixture
def pockets(transcripts: Transcripts, tmp_path: Path) -> ShoppingAgent:
    """The store, where of the dresses the last two have pockets."""

    def told(item: Item) -> Item:
        more = " With side pockets." if item.item_id in ("DR4", "DR5") else ""
        return replace(item, description=item.description + more, availability="in_stock")

    return small_agent(small_shop(tmp_path, tuple(map(told, items()))), transcripts, tmp_path)


@pytest.mark.parametrize("text", ["dresses with side pockets", "dresses that have side pockets"])
def test_what_only_some_records_mention_is_told_and_they_come_first(pockets: ShoppingAgent, text: str) -> None:
    (told,) = talk(pockets, text)
    assert "Of these, only the first and the second have “side pockets” on record." in told.text
    assert set(told.state.cards[:2]) == {"DR4", "DR5"}


def test_what_no_record_mentions_is_told_beside_other_wishes(agent: ShoppingAgent) -> None:
    (told,) = talk(agent, "silk dresses with side pockets")
    assert "None of these records mentions “side pockets”" in told.text
    (quiet,) = talk(agent, "a cute silk dress")
    assert "mentions" not in quiet.text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("silk dresses, ideally in beige", "beige"),
        ("high heel boots, suede if possible", "suede"),
        ("silk dresses, ideally in blue", ""),  # one of them is
        ("silk dresses, ideally in blue or beige", ""),
    ],
)
def test_preferences_that_no_card_meets_are_told(agent: ShoppingAgent, text: str, words: str) -> None:
    (told,) = talk(agent, text)
    assert (f"None of these meets your preference for {words}." in told.text) is bool(words)
    assert ("your preference" in told.text) is bool(words)


def test_another_currency_is_noted_in_a_store_of_things_to_read_by(transcripts: Transcripts, tmp_path: Path) -> None:
    lit = tuple(
        replace(item, attributes={**item.attributes, "occasion": ("Reading",)}) if item.item_id == "TA0" else item
        for item in items()
    )
    (told,) = talk(small_agent(small_shop(tmp_path, lit), transcripts, tmp_path), "mugs under £60")
    assert "Prices in this store are in USD" in told.text


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("digital mugs", ("digital",)),
        ("boots, quick dry, under 60", ("quick dry",)),
        ("jackets for my kids, a boy of 4 and a girl aged 9", ("kids", "boy of 4", "girl aged 9")),
        ("boots for my son, 8 years old", ("son, 8 years old",)),
        ("cute boots", ()),
        ("nice boots, thanks", ()),
        ("boots, lovely and cosy", ()),
        ("boots for my opera nights", ()),
    ],
)
def test_what_stands_before_the_thing_or_apart_is_a_property(
    text: str, phrases: tuple[str, ...], understanding: RuleUnderstanding
) -> None:
    assert wished(text, understanding.understand(text, DialogueState())) == phrases


def test_what_another_phrase_says_too_is_told_once() -> None:
    assert longest(["8 years old", "son, 8 years old", "old school"]) == ["son, 8 years old", "old school"]


def test_all_that_no_record_tells_is_told(agent: ShoppingAgent) -> None:
    (end,) = talk(agent, "hooded waterproof sneakers for a gala, quick dry")
    assert "marked for hooded" in end.text
    assert "“quick dry”" in end.text


def test_a_comparative_beside_a_picked_card_is_told_where_no_record_answers_it(
    understanding: RuleUnderstanding,
) -> None:
    state = DialogueState(cards=("DR0", "DR1"))
    for text, phrases in (("like the first one but thicker", ("thicker",)), ("like the first one but in red", ())):
        assert wished(text, understanding.understand(text, state)) == phrases, text


def test_amounts_and_years_that_no_fact_tells_are_looked_for_in_the_texts(
    transcripts: Transcripts, tmp_path: Path
) -> None:
    told = {"MU1": "A mug of the 2019 edition.", "MU2": "Comes with a booklet of 40 pages."}
    stocked = tuple(replace(item, description=told.get(item.item_id, item.description)) for item in items())
    agent = small_agent(small_shop(tmp_path, stocked), transcripts, tmp_path)
    of_year, of_pages, missing = (
        talk(agent, text)[0] for text in ("a 2019 mug", "a mug with 40 pages", "a 2035 mug")
    )
    assert of_year.state.cards[0] == "MU1"
    assert "only the first has “2019” on record" in of_year.text
    assert "“40 pages”" not in of_pages.text
    assert "None of these records mentions “2035”" in missing.text
    assert "None of these records mentions “70 pages”" in talk(agent, "a mug with over 70 pages")[0].text


def test_amounts_of_money_and_measures_that_facts_tell_are_no_wishes_for_the_texts(agent: ShoppingAgent) -> None:
    (told,) = talk(agent, "mugs under 2030")
    assert "2030”" not in told.text


def test_what_describes_a_thing_of_no_known_kind_is_told_where_no_record_has_it(
    transcripts: Transcripts, tmp_path: Path
) -> None:
    untyped = tuple(replace(item, product_type="", attributes={"color": item.values("color")}) for item in items())
    agent = small_agent(small_shop(tmp_path, untyped), transcripts, tmp_path)
    missing, there = (talk(agent, text)[0] for text in ("a heated mug", "a ceramic mug"))
    assert "mentions “heated”" in missing.text
    assert "mentions" not in there.text
