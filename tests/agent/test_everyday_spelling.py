from __future__ import annotations

import pytest

from agent.everyday_spelling import as_meant
from agent.spelling import Speller
from agent.state import DialogueState
from agent.understanding import RuleUnderstanding
from agent.utterance import Intent

SPELLER = Speller(("boots", "skort", "ladder"), ("marlow", "stil"))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("becasue of that", "because of that"),
        ("I am waitign for an anwser", "I am waiting for an answer"),
        ("woooonderful", "wonderful"),
        ("whic his thebest", "whic his the best"),  # "his" is a word
        ("isthat it", "is that it"),
        ("waht is itmade of", "what is it made of"),
    ],
)
def test_everyday_words_are_read_as_they_are_spelt(typed: str, meant: str) -> None:
    assert as_meant(typed, SPELLER) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "anker, miele, lenovo or huawei?",  # names that are near to other words
        "a marlow skrot",  # the store's own, and one of its words mistyped
        "size xxxl",
        "gibt es hier auch schuhe?",
        "ich suche eine lampe",
        "model wherr55 and wherr-x",
    ],
)
def test_names_and_other_languages_are_left_as_they_stand(typed: str) -> None:
    assert as_meant(typed, SPELLER) == typed


def test_mistyped_talk_is_understood_before_any_rule_looks(understanding: RuleUnderstanding) -> None:
    for text in ("thnaks a lottt", "thakns so much"):
        assert understanding.understand(text, DialogueState()).intent is Intent.THANK
    shown = DialogueState(cards=("DR0", "DR1"), talked_about="DR0")
    assert understanding.understand("waht is itmade of", shown).asked == ("material",)
