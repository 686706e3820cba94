"""Dialogues of other people as queries: refusals and prices are hard, wishes only rank."""

from __future__ import annotations

import pytest

from agent.dialogue_reader import DialogueReader, dialogue_reader
from retrievers.base import PastTurn, Query
from tests.agent.small_store import small_shop
from tests.retrievers.small_shop import WordEncoder, picture


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> DialogueReader:
    return dialogue_reader(small_shop(tmp_path_factory.mktemp("shop")), WordEncoder())


def test_what_is_wished_for_does_not_filter(read: DialogueReader) -> None:
    query = read([PastTurn("a red dress under 60, no silk")])
    assert query.wishes["color"] == ("Red",)
    assert query.wishes["category"] == ("Dresses",)
    assert not query.constraints.include
    assert query.constraints.exclude == {"material": ("Silk",)}
    assert query.constraints.price_max == 60


def test_a_dialogue_adds_up(read: DialogueReader) -> None:
    query = read([PastTurn("boots, no suede"), PastTurn("cheaper please", shown=("BO2",))])
    assert query.constraints.exclude == {"material": ("Suede",)}
    assert query.constraints.price_max == pytest.approx(49.99)
    assert query.text == "cheaper please"


def test_what_was_refused_is_gone(read: DialogueReader) -> None:
    query = read([PastTurn("mugs"), PastTurn("others", shown=("MU1", "MU2"), rejected=("MU1",))])
    assert query.constraints.exclude_items == ("MU1",)


@pytest.mark.parametrize("text", ["qwertz", "thanks", "", "what is it made of?"])
def test_what_is_understood_as_nothing_searches_by_its_words(read: DialogueReader, text: str) -> None:
    query = read([PastTurn(text, shown=("MU1",))])
    assert query.text == text
    assert not query.constraints


def test_the_latest_photo_stays(read: DialogueReader) -> None:
    photo = picture("red")
    assert read([PastTurn("", photo), PastTurn("in blue")]).image is photo


def test_nothing_said(read: DialogueReader) -> None:
    assert read([PastTurn()]) == Query(turns=(PastTurn(),))


def test_words_are_searched_for_as_they_are_read(read: DialogueReader) -> None:
    query = read([PastTurn("a dres, no silk"), PastTurn("in cottn, not red")])
    assert query.text == "in cotton,"
    assert [turn.text for turn in query.turns] == ["a dress, no silk", "in cotton, not red"]


def test_a_turn_that_only_refuses_keeps_its_words(read: DialogueReader) -> None:
    assert read([PastTurn("a dress"), PastTurn("not silk")]).text == "not silk"
