"""Guided Query Refinement: what the paper promises, on seeded vectors and on a small shop."""

from __future__ import annotations

import numpy as np
import pytest

from retrievers.base import EncodedQuery, Query
from retrievers.dense import DenseRetriever
from retrievers.gqr import GuidedRefinement, Tuning, refine
from retrievers.lexical import LexicalRetriever, build
from store.facts import FactTable
from store.item_vectors import ItemVectors, Vectors
from tests.retrievers.small_shop import ITEMS, WordEncoder, item_vectors, picture

ENCODER, FACTS = WordEncoder(), FactTable(ITEMS)
EVERYTHING = np.ones(len(ITEMS), dtype=bool)
TEXT, IMAGE = (DenseRetriever(kind, item_vectors(ITEMS, ENCODER, kind)) for kind in ("text", "image"))
LEXICAL = LexicalRetriever(FACTS, build(ITEMS))


def unit_rows(n: int, dim: int = 32) -> Vectors:
    rows = np.random.default_rng(n).normal(size=(n, dim)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def encoded(text: str, color: str = "") -> EncodedQuery:
    image = ENCODER.encode_images([picture(color)])[0] if color else None
    return EncodedQuery(Query(text), EVERYTHING, ENCODER.encode_texts([text])[0] if text else None, image)


def order(query: EncodedQuery, tuning: Tuning | None = None, k: int = 7) -> list[str]:
    return [c.item_id for c in GuidedRefinement(TEXT, IMAGE, LEXICAL, tuning).retrieve(query, k)]


def loss(z: np.ndarray, vector: Vectors, rows: Vectors, guide: Vectors, tuning: Tuning) -> float:
    """KL(target || candidates) at z, the target being that of the first vector."""

    def softmax(scores: np.ndarray) -> np.ndarray:
        powers = np.exp((scores - scores.max()) / tuning.temperature)
        return powers / powers.sum()

    start = rows.astype(float) @ vector
    stretched = start.min() + (guide - guide.min()) / np.ptp(guide) * np.ptp(start)
    target = (softmax(start) + softmax(stretched)) / 2
    return float((target * np.log(target / softmax(rows.astype(float) @ z))).sum())


def test_no_steps_give_the_primary_order() -> None:
    query = encoded("blue evening coat")
    assert order(query, Tuning(steps=0)) == [c.item_id for c in TEXT.retrieve(query, 7)]


@pytest.mark.parametrize("temperature", [1.0, 0.2, 0.05])
def test_the_divergence_falls(temperature: float) -> None:
    rows, guide = unit_rows(40), np.random.default_rng(0).gamma(2, 3, 40).astype(np.float32)
    tuning, vector = Tuning(temperature=temperature), unit_rows(3)[0]
    before, after = (
        loss(vector, vector, rows, guide, tuning),
        loss(refine(vector, rows, guide, tuning), vector, rows, guide, tuning),
    )
    assert 0 < after < before


def test_equal_distributions_change_nothing() -> None:
    rows, vector = unit_rows(40), unit_rows(3)[0]
    scores = (rows.astype(np.float64) @ vector.astype(np.float64)).astype(np.float64)
    moved = refine(vector, rows, 7 * scores + 3, Tuning())  # the same distribution in another unit
    np.testing.assert_allclose(moved, vector, atol=1e-6)


def test_the_gradient_is_that_of_the_loss() -> None:
    """One step of Adam goes against the sign of the numerical gradient of KL(target || softmax)."""
    rows, guide, vector = unit_rows(20), np.arange(20, dtype=np.float32), unit_rows(3)[0]
    tuning = Tuning(rate=1e-4, steps=1)
    step = refine(vector, rows, guide, tuning) - vector

    wide = vector.astype(float)
    slopes = [
        loss(wide + d, vector, rows, guide, tuning) - loss(wide - d, vector, rows, guide, tuning)
        for d in 1e-5 * np.eye(vector.size)
    ]
    assert (np.sign(step) == -np.sign(slopes)).all()


def test_the_answer_is_within_the_union_and_moves_towards_the_guide() -> None:
    query = encoded("rain mx204")
    found = order(query)
    proposed = {c.item_id for source in (TEXT, LEXICAL) for c in source.retrieve(query, 100)}
    assert set(found) <= proposed
    assert found.index("m1") <= order(query, Tuning(steps=0)).index("m1")


def test_a_photo_leads_where_there_is_one() -> None:
    query = encoded("dress", "green")
    assert order(query, Tuning(steps=0)) == [c.item_id for c in IMAGE.retrieve(query, 7)]
    assert order(query)[0] == "d3"


def test_in_a_shop_without_photos_the_words_lead() -> None:
    none = ItemVectors(FACTS.item_ids, np.empty((0, ENCODER.dim), np.float32), np.empty(0, np.intp))
    retriever = GuidedRefinement(TEXT, DenseRetriever("image", none), LEXICAL)
    assert retriever.retrieve(encoded("silk dress", "red"), 1)[0].item_id == "d2"


def test_what_has_no_vector_goes_by_words_and_nothing_finds_nothing() -> None:
    words = EncodedQuery(Query("mx204"), EVERYTHING, None, None)
    assert order(words) == ["m1"]
    assert order(EncodedQuery(Query(), EVERYTHING, None, None)) == []
    assert order(EncodedQuery(Query("dress"), ~EVERYTHING, ENCODER.encode_texts(["dress"])[0], None)) == []
