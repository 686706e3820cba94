from __future__ import annotations

import pytest

from agent.complaints import beside_complaint
from agent.state import DialogueState, Need
from agent.understanding import RuleUnderstanding
from agent.utterance import Intent
from tests.agent.conftest import Talk

DRESSES = DialogueState().with_need(Need(type_fact="category", type_values=("Dresses",), price_max=60))


@pytest.mark.parametrize(
    "text",
    [
        "this is ridiculous, your search sucks. show me black boots under 70.",
        "this is useless. show me black boots under 70",
        "are you blind? black boots under 70 i said",
        "why are you showing me dresses? I asked for black boots under 70!",
        "what a joke, black boots under 70!!",
        "show me black boots under 70. this bot is useless",
    ],
)
def test_what_is_asked_beside_a_complaint_is_heard(text: str, understanding: RuleUnderstanding) -> None:
    heard = understanding.understand(text, DRESSES)
    assert (heard.intent, heard.type_values, heard.price_max) == (Intent.SEARCH, ("Boots",), 70)
    assert heard.include == {"color": ("Black",)}
    assert (heard.exclude, heard.exclude_words, heard.unknown_type) == ({}, (), "")


@pytest.mark.parametrize(
    "text",
    [
        "what a joke",
        "this is useless, lol",
        "are you kidding me?",
        "why are you showing me boots?",
        "that's not what I asked for, you stupid bot",
        "your search is terrible!!! hopeless",
        "this site is a joke, goodbye",
    ],
)
def test_a_mere_complaint_stays_one(text: str, understanding: RuleUnderstanding) -> None:
    assert understanding.understand(text, DRESSES).intent is Intent.COMPLAIN


def test_a_budget_that_was_not_heeded_is_said_again(talk: Talk) -> None:
    assert talk("black boots", "are you blind? under 70 i said").need.price_max == 70


def test_amounts_are_no_ends_of_clauses() -> None:
    assert beside_complaint("this is useless! boots for 59.90, please") == "boots for 59.90, please"
