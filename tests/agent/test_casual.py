from __future__ import annotations

import pytest

from agent.casual import written_out
from agent.state import DialogueState
from agent.understanding import RuleUnderstanding


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("u have it? whats it made of", "you have it? what's it made of"),
        ("ill take it, its for my mum", "I'll take it, it's for my mum"),
        ("wat u got? im lookin for sumthing red", "what you got? I'm looking for something red"),
        ("in camel or something like it", "in camel"),
        ("which one's warmer", "which one is warmer"),
        ("blk ones, sz L", "black ones, size L"),
        ("a sick day, ill in bed", "a sick day, ill in bed"),
        ("a u bolt and u-bends", "a u bolt and u-bends"),
        ("its hood, not U-necked", "its hood, not U-necked"),
        ("its great, but its great hood", "it's great, but its great hood"),
        ("we're getting warmer!", "getting closer"),
        ("it is getting warmer in May", "it is getting warmer in May"),
        ("atleast upto 40, havent decided", "at least up to 40, haven't decided"),
    ],
)
def test_chat_spelling_is_written_out(written: str, meant: str) -> None:
    assert written_out(written) == meant


def test_chat_spelling_is_understood(understanding: RuleUnderstanding) -> None:
    assert understanding.understand("do u sell laptops", DialogueState()).unknown_type == "laptops"


def test_mens_without_an_apostrophe_is_for_men(understanding: RuleUnderstanding) -> None:
    assert understanding.understand("mens boots", DialogueState()).recipient == {"gender": ("Men",)}


def test_differences_in_short() -> None:
    assert written_out("whats diff btw 1 n 2") == "what's difference between 1 and 2"
    assert written_out("grey ones, sz L") == "grey ones, size L"
    assert written_out("salt n pepper, btw") == "salt n pepper, btw"
