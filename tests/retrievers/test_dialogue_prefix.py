"""A dialogue is laid out as documented: newest words kept, items with their role and turn, padding marked."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from retrievers.base import EncodedQuery, PastTurn, Query
from retrievers.dialogue_prefix import (
    MOST_ITEMS,
    MOST_TURNS,
    MOST_WORDS,
    ItemFeatures,
    Prefix,
    PrefixReader,
    Role,
    collate,
)
from retrievers.minilm import WordPieces
from store.item_vectors import ItemVectors
from store.weights import MINILM, fetch
from tests.retrievers.small_generator import DIM, features


@pytest.fixture(scope="module")
def pieces(models_dir: Path) -> WordPieces:
    return WordPieces(fetch(MINILM, models_dir))


def test_places_are_padded_and_filled_from_the_items() -> None:
    known = features(6)
    prefix = Prefix(
        [(1, [7, 8]), (0, [9])], known.text[0], known.image[1], [(Role.SHOWN, 1, 2), (Role.REFUSED, 0, 3)]
    )
    batch = collate([prefix, Prefix()], known)
    assert batch.pieces.tolist() == [[7, 8, 9], [0, 0, 0]]
    assert batch.piece_turns.tolist()[0] == [1, 1, 0]
    assert batch.roles.tolist() == [[Role.REQUEST, Role.PHOTO, Role.SHOWN, Role.REFUSED], [0] * 4]
    assert batch.turns.tolist()[0] == [0, 0, 1, 0]
    vectors = batch.vectors[0].numpy()
    assert (vectors[0] == np.concatenate([known.text[0], np.zeros(DIM)])).all()
    assert (vectors[1] == np.concatenate([np.zeros(DIM), known.image[1]])).all()
    assert (vectors[2:] == known.joint[[2, 3]]).all()


def test_the_newest_words_and_items_are_kept() -> None:
    known = features(20)
    said = [(turn, [turn + 1] * 4) for turn in range(30, -1, -1)]
    items = [(Role.SHOWN, turn, turn) for turn in range(19, -1, -1)]
    batch = collate([Prefix(said, items=items)], known)
    assert batch.pieces.shape[1] == MOST_WORDS
    assert batch.pieces[0, -1] == 1
    assert int(batch.piece_turns.max()) == MOST_TURNS - 1
    assert batch.turns.tolist() == [list(range(MOST_ITEMS - 1, -1, -1))]


def test_several_pictures_are_averaged_and_none_is_zero() -> None:
    ids = ("a", "b")
    text = ItemVectors(ids, np.eye(2, dtype=np.float32), np.array([0, 1]))
    image = ItemVectors(ids, np.eye(2, dtype=np.float32), np.array([0, 0]))
    found = ItemFeatures.of(text, image)
    np.testing.assert_allclose(found.image, [[0.5**0.5, 0.5**0.5], [0, 0]], atol=1e-6)


def test_a_store_without_pictures_has_zeros_for_them() -> None:
    ids = ("a", "b")
    text = ItemVectors(ids, np.eye(2, dtype=np.float32), np.array([0, 1]))
    none = ItemVectors(ids, np.empty((0, 0), dtype=np.float32), np.array([], dtype=np.intp))
    assert ItemFeatures.of(text, none).joint.tolist() == [[1, 0, 0, 0], [0, 1, 0, 0]]


def test_a_query_is_read_turn_by_turn(pieces: WordPieces) -> None:
    turns = (PastTurn("a red dress"), PastTurn("shorter", shown=("b", "gone"), rejected=("a",)))
    query = EncodedQuery(Query("red dress shorter", turns=turns), np.ones(2, dtype=bool), None, None)
    prefix = PrefixReader(pieces, ["a", "b"]).read(query)
    assert [turn for turn, _ in prefix.words] == [1, 0]
    assert prefix.words[1][1] == pieces.of(["shorter"])[0]
    assert sorted(prefix.items) == [(Role.SHOWN, 0, 1), (Role.REFUSED, 0, 0)]


def test_a_query_alone_is_one_turn(pieces: WordPieces) -> None:
    query = EncodedQuery(Query("red dress"), np.ones(2, dtype=bool), None, None)
    prefix = PrefixReader(pieces, ["a", "b"]).read(query)
    assert prefix.words == [(0, pieces.of(["red dress"])[0])]
    assert len(prefix.words[0][1]) == 2
