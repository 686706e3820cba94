from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from agent.item_replies import suited
from agent.of_all import of_all
from agent.shop import Shop
from agent.shopping_agent import ShoppingAgent
from agent.state import DialogueState
from agent.understanding import RuleUnderstanding
from agent.utterance import Intent
from store.transcripts import Transcripts
from tests.agent.small_store import items, small_agent, small_shop, talk

CARDS = DialogueState(cards=("DR0", "DR1", "DR2"))  # linen, silk, cotton


def test_values_are_told_by_the_places_of_the_cards(shop: Shop) -> None:
    cards = dict(enumerate(shop.catalog.get(item_id) for item_id in ("DR0", "DR1", "DR3")))
    assert of_all(cards, ("material",), ()) == ["Material: linen (the first and the third); silk (the second)."]
    assert of_all(cards, ("size",), ()) == ["The same for all three: size S, M and L."]
    assert of_all(cards, ("price",), ()) == ["In this order they cost $15 (was $20), $35 and $65."]
    assert of_all(cards, ("weight",), ()) == ["None of these three records says anything about weight."]


def test_a_record_that_lacks_a_fact_is_named_as_such(shop: Shop) -> None:
    first, second = (shop.catalog.get(item_id) for item_id in ("DR0", "DR1"))
    bare = replace(second, attributes={})
    assert of_all({0: first, 4: bare}, ("sleeve",), ()) == ["Sleeve: short (the first); not on record: the fifth."]


def test_words_are_looked_for_in_every_record(shop: Shop) -> None:
    cards = dict(enumerate(shop.catalog.get(item_id) for item_id in ("DR0", "DR1", "DR3")))
    assert of_all(cards, (), ("dress", "silk", "linen", "pockets")) == [
        "Yes: all three records mention “dress”.",
        "Of these, the second has “silk” on record, and no other.",
        "Of these, the first and the third have “linen” on record, and no other.",
        "None of these three records mentions “pockets”, so I cannot tell.",
    ]


@pytest.mark.parametrize(
    ("text", "asked", "words"),
    [
        ("what are they made of?", ("material",), ()),
        ("are these crease-proof?", (), ("crease", "proof")),
        ("do they have pockets?", (), ("pockets",)),
        ("do they come in size L?", ("size",), ()),
    ],
)
def test_they_are_all_the_cards(
    text: str, asked: tuple[str, ...], words: tuple[str, ...], understanding: RuleUnderstanding
) -> None:
    said = understanding.understand(text, CARDS)
    assert (said.intent, said.references) == (Intent.DETAILS, CARDS.cards)
    assert (said.asked, said.asked_words) == (asked, words)


def test_they_are_the_things_spoken_of_where_one_was_or_two_were_compared(understanding: RuleUnderstanding) -> None:
    compared = replace(CARDS, talked_about="DR0", compared=("DR0", "DR2"))
    assert understanding.understand("are they washable?", compared).references == ("DR0", "DR2")
    assert understanding.understand("is it washable?", replace(CARDS, talked_about="DR1")).references == ("DR1",)


def test_a_question_mark_behind_what_a_record_says_asks_it_of_all(tmp_path: Path, transcripts: Transcripts) -> None:
    stocked = tuple(replace(item, description=f"{item.description} Wipe with oil.") for item in items())
    agent = small_agent(small_shop(tmp_path, stocked), transcripts, tmp_path)
    found, bare, searched, others = talk(
        agent, "silk dresses", "wipe with oil?", "glow in the dark?", "any to wipe with oil?"
    )
    assert bare.text == "Yes: both records mention “wipe oil”."
    assert (bare.state.cards, bare.outcome) == (found.state.cards, "answered")
    assert searched.outcome == others.outcome == "found"


def test_asking_of_all_puts_none_in_hand(agent: ShoppingAgent) -> None:
    found, asked = talk(agent, "dresses", "what are they made of?")
    assert asked.text.startswith("Material: ")
    assert asked.state.talked_about == ""
    assert asked.state.cards == found.state.cards


def test_a_denial_is_quoted_and_no_yes(shop: Shop) -> None:
    item = shop.catalog.get("DR0")
    texts = ("Suitable for babies.", "Not suitable for babies.", "Suitable for babies.", "Warm.")
    cards = {place: replace(item, description=text) for place, text in enumerate(texts)}
    assert of_all(cards, (), ("suitable",)) == [
        "Of the first and the third the record says: “Suitable for babies.” "
        "Of the second the record says: “Not suitable for babies.” The fourth: nothing on record."
    ]
    assert suited([cards[0], cards[1]], ["babies"]) == [
        f"Of these, only the record of the {item.title}, mentions “babies”."
    ]
