from __future__ import annotations

import pytest

from agent.card_numbers import cards_named
from agent.state import DialogueState
from agent.understanding import RuleUnderstanding
from agent.utterance import Intent

CARDS = DialogueState(cards=("DR0", "DR1", "DR2", "DR3"))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("3", "the third one"),
        ("and 2?", "and the second one?"),
        ("2 and 4", "the second one and the fourth one"),
        ("number 2 and 4", "the second one and the fourth one"),
        ("#2 and #4", "the second one and the fourth one"),
        ("1 vs 3", "the first one vs the third one"),
        ("compare 1, 2 and 3 please", "compare the first one, the second one and the third one please"),
        ("what's different about 3", "what's different about the third one"),
        ("what about 3", "what about the third one"),
        ("take 2", "take the second one"),
        ("order 2", "order the second one"),
        ("add 1 and 2 to my list", "add the first one and the second one to my list"),
        ("does 1 have a hood", "does the first one have a hood"),
        ("which sizes does 3 have?", "which sizes does the third one have?"),
        ("is 2 waterproof?", "is the second one waterproof?"),
        ("is 1 warmer than 3?", "is the first one warmer than the third one?"),
        ("are 2 and 4 in stock?", "are the second one and the fourth one in stock?"),
        ("the price of 3", "the price of the third one"),
        ("I like 2 but in red", "I like the second one but in red"),
    ],
)
def test_a_bare_number_is_a_card(text: str, named: str) -> None:
    assert cards_named(text, 4) == named
    assert cards_named(text, 0) == text


@pytest.mark.parametrize(
    "text",
    [
        "for 2 people",
        "2 of them",
        "take 2 of them",
        "show me 3",
        "just 3",
        "2 please",
        "size 3",
        "under 3",
        "a set of 2",
        "number 2",
        "order 2 boots",
        "2 in red",
        "what about 9",
        "2 and 9",
        "what about $3",
        "what about 3 dollars",
        "what about 2 person tents",
        "is 2 people enough?",
        "can 2 adults use it",
        "does it take 2 to 3 weeks",
        "is it under 3",
        "how much are 2?",
        "buy 2 get 1 free",
        "can I get 2 for the price of 1",
        "buy 3 and get 1",
        "buy 2, get 1",
        "one like 2 in 1",
        "between 1 and 3 dollars",
        "my kids are 2 and 4",
        "I'd like 2",
        "rated 4",
        "1 or 2 dresses",
    ],
)
def test_a_number_that_counts_is_no_card(text: str) -> None:
    assert cards_named(text, 4) == text


@pytest.mark.parametrize(
    ("text", "intent", "cards"),
    [
        ("what's different about 3", Intent.DETAILS, ("DR2",)),
        ("what about 3", Intent.DETAILS, ("DR2",)),
        ("2 and 4", Intent.COMPARE, ("DR1", "DR3")),
        ("1 vs 3", Intent.COMPARE, ("DR0", "DR2")),
        ("take 2", Intent.LIKE, ("DR1",)),
        ("order 2", Intent.LIKE, ("DR1",)),
        ("add 1 and 2 to my list", Intent.LIKE, ("DR0", "DR1")),
        ("does 1 have a hood", Intent.DETAILS, ("DR0",)),
        ("the cheapest to my list", Intent.LIKE, ("DR0",)),
    ],
)
def test_cards_are_spoken_of_by_their_numbers(
    text: str, intent: Intent, cards: tuple[str, ...], understanding: RuleUnderstanding
) -> None:
    said = understanding.understand(text, CARDS)
    assert (said.intent, said.references) == (intent, cards)
    assert (said.price_min, said.price_max) == (None, None)
    assert "vs" not in said.asked_words


def test_a_page_of_numbers_names_no_cards() -> None:
    page = "and 2 " * 400
    assert cards_named(page, 6) == page
