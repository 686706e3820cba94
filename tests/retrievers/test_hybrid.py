"""The hybrid by score over a small shop."""

from __future__ import annotations

import numpy as np
import pytest

from retrievers.base import EncodedQuery, Query
from retrievers.dense import DenseRetriever
from retrievers.hybrid import MinMaxHybrid
from retrievers.lexical import LexicalRetriever, build
from store.facts import FactTable
from store.schemas import Constraints
from tests.retrievers.small_shop import ITEMS, WordEncoder, item_vectors

ENCODER, FACTS = WordEncoder(), FactTable(ITEMS)
TEXT, IMAGE = (DenseRetriever(kind, item_vectors(ITEMS, ENCODER, kind)) for kind in ("text", "image"))
LEXICAL = LexicalRetriever(FACTS, build(ITEMS))


def asked(text: str, constraints: Constraints | None = None) -> EncodedQuery:
    query = Query(text, constraints=constraints or Constraints())
    vector = ENCODER.encode_texts([text])[0] if text else None
    return EncodedQuery(query, FACTS.allowed(query.constraints), vector, None)


def test_scores_by_hand() -> None:
    query = asked("blue mug")
    found = {c.item_id: c.score for c in MinMaxHybrid(TEXT, IMAGE, LEXICAL).retrieve(query, len(ITEMS))}
    expected = np.zeros(len(ITEMS))
    for source, weight in ((TEXT, 1.0), (IMAGE, 0.5), (LEXICAL, 1.0)):
        scores = source.score_all(query).astype(float)
        held = np.isfinite(scores)
        low, high = 0 if source is LEXICAL else scores[held].min(), scores[held].max()
        expected[held] += weight * (scores[held] - low) / (high - low)
    assert found == {item_id: pytest.approx(expected[i]) for i, item_id in enumerate(FACTS.item_ids)}


def test_only_allowed_items_and_no_more_than_asked_for() -> None:
    found = MinMaxHybrid(TEXT, IMAGE, LEXICAL).retrieve(asked("dress", Constraints(exclude={"color": ("red",)})), 2)
    assert [candidate.item_id for candidate in found] == ["d3", "d2"]
    assert {candidate.source for candidate in found} == {"hybrid-minmax"}


def test_the_weaker_of_two_that_share_a_word_counts_more_than_the_rest() -> None:
    found = {c.item_id: c.score for c in MinMaxHybrid(TEXT, IMAGE, LEXICAL).retrieve(words_only("glass mug"), 3)}
    assert list(found) == ["m2", "m1"]
    assert 0 < found["m1"] < found["m2"] == 1


def words_only(text: str) -> EncodedQuery:
    return EncodedQuery(Query(text), FACTS.allowed(Constraints()), None, None)


def test_nothing_to_go_by() -> None:
    assert MinMaxHybrid(TEXT, IMAGE, LEXICAL).retrieve(asked(""), 3) == []
