"""What stands for a dialogue: the words of now, what the shown item is like, and neither what is refused."""

from __future__ import annotations

import numpy as np
import pytest

from retrievers.base import PastTurn, Query
from retrievers.query_encoder import QueryEncoder
from retrievers.standalone import ITEM_SHARE, DialogueEncoder, spoken_of, standalone_text
from store.facts import FactTable
from store.schemas import Constraints, Item
from tests.retrievers.small_shop import ITEMS, WordEncoder, item_vectors

ENCODER, FACTS = WordEncoder(), FactTable(ITEMS)
BY_ID = {item.item_id: item for item in ITEMS}
EVERYTHING = np.ones(len(ITEMS), dtype=bool)
TEXTS = item_vectors(ITEMS, ENCODER, "text")


def text(*turns: PastTurn, refused: tuple[str, ...] = (), words: str | None = None) -> list[str]:
    return standalone_text(turns, BY_ID.__getitem__, refused, words).split()


def test_the_words_of_now_join_those_of_the_item() -> None:
    found = text(PastTurn("I want it longer", shown=("d1",)))
    assert found == ["longer", "linen", "summer", "dress", "wear", "dresses", "red"] * 2


def test_earlier_turns_count_half() -> None:
    found = text(PastTurn("shorter", shown=("c1",)), PastTurn("in silk", shown=("d1",)))
    assert (found.count("silk"), found.count("linen"), found.count("shorter"), found.count("hooded")) == (2, 2, 1, 1)


def test_refused_words_are_left_out_wherever_they_stand() -> None:
    assert "red" not in text(PastTurn("but not red", shown=("d1",)), refused=("Red",))
    assert "dress" not in text(PastTurn("no dresses", shown=("d1",)), refused=("Dresses",))


def test_of_many_items_what_most_are_like() -> None:
    found = text(PastTurn("cheaper", shown=("d1", "d2", "c1")))
    assert set(found) == {"cheaper", "dress", "wear", "dresses", "blue"}


def test_a_query_in_other_words_takes_the_place_of_the_last_ones() -> None:
    assert text(PastTurn("bitte in Seide", shown=("c1",)), words="silk")[0] == "silk"


def test_words_alone_and_nothing() -> None:
    assert text(PastTurn("slip-on MX-204")) == ["slip-on", "mx-204"] * 2
    assert text(PastTurn()) == []
    assert text() == []


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        ((PastTurn(shown=("d1",)), PastTurn(shown=("d2", "d3"))), ("d2", "d3")),
        ((PastTurn(shown=("d1",)), PastTurn("in blue")), ("d1",)),
        ((PastTurn(shown=("d1", "d2", "d3"), rejected=("d2",)),), ("d1", "d3")),
        ((PastTurn(shown=("d1", "d2"), liked=("d2",)),), ("d2",)),
        ((PastTurn("hello"),), ()),
        ((), ()),
    ],
)
def test_which_items_the_words_speak_of(turns: tuple[PastTurn, ...], expected: tuple[str, ...]) -> None:
    assert spoken_of(turns) == expected


@pytest.fixture
def encoder() -> DialogueEncoder:
    return DialogueEncoder(QueryEncoder(ENCODER, FACTS), BY_ID.__getitem__, FACTS, TEXTS)


def test_the_vector_is_a_mix_of_item_and_words(encoder: DialogueEncoder) -> None:
    found = encoder.encode(Query("silk", turns=(PastTurn("silk", shown=("d1",)),)), EVERYTHING).text_vector
    mixed = ITEM_SHARE * TEXTS.vectors[0] + (1 - ITEM_SHARE) * ENCODER.encode_texts(["silk"])[0]
    assert found is not None
    np.testing.assert_allclose(found, mixed / np.linalg.norm(mixed), atol=1e-6)


def test_either_alone_where_the_other_is_missing(encoder: DialogueEncoder) -> None:
    words = encoder.encode(Query("silk", turns=(PastTurn("silk"),)), EVERYTHING).text_vector
    np.testing.assert_allclose(words, ENCODER.encode_texts(["silk"])[0], atol=1e-6)
    item = encoder.encode(Query("", turns=(PastTurn("", shown=("d1",)),)), EVERYTHING).text_vector
    np.testing.assert_allclose(item, TEXTS.vectors[0], atol=1e-6)


def test_lexical_search_sees_the_same_words_without_a_vector(encoder: DialogueEncoder) -> None:
    constraints = Constraints(exclude={"color": ("Red",)})
    query = Query("not red, longer", constraints=constraints, turns=(PastTurn("not red, longer", shown=("d1",)),))
    lexical = encoder.lexical(query, EVERYTHING)
    assert lexical.text_vector is None
    assert lexical.query.text == encoder.encode(query, EVERYTHING).query.text
    assert "longer" in lexical.query.text
    assert "red" not in lexical.query.text


def test_a_query_without_a_dialogue_is_left_as_it_is(encoder: DialogueEncoder) -> None:
    query = Query("the red dress")
    assert encoder.lexical(query, EVERYTHING).query == query
    np.testing.assert_array_equal(
        encoder.encode(query, EVERYTHING).text_vector, ENCODER.encode_texts(["the red dress"])[0]
    )


def test_an_item_that_says_nothing() -> None:
    assert standalone_text([PastTurn("red", shown=("x",))], lambda _: Item("x", "The")) == "red red"
