"""Which of a query's vectors searches which of the items' vectors."""

import numpy as np
import pytest

from retrievers.base import EncodedQuery, Query
from retrievers.dense import DenseRetriever
from store.item_vectors import ItemVectors, Vectors

AXES = np.eye(3, dtype=np.float32)
VECTORS = ItemVectors(("a", "b", "c"), AXES, np.arange(3))
EVERYTHING = np.ones(3, dtype=bool)


@pytest.mark.parametrize(
    ("kind", "text", "image", "expected"),
    [
        ("text", AXES[0], AXES[1], "a"),
        ("image", AXES[0], AXES[1], "b"),
        ("text", None, AXES[1], "b"),
        ("image", AXES[0], None, "a"),
    ],
)
def test_own_kind_first(kind: str, text: Vectors | None, image: Vectors | None, expected: str) -> None:
    found = DenseRetriever(kind, VECTORS).retrieve(EncodedQuery(Query(), EVERYTHING, text, image), 2)
    assert (found[0].item_id, found[0].score, found[0].source) == (expected, 1.0, f"dense-{kind}")


def test_only_allowed_items() -> None:
    query = EncodedQuery(Query(), np.array([False, True, False]), AXES[0], None)
    assert [candidate.item_id for candidate in DenseRetriever("text", VECTORS).retrieve(query, 3)] == ["b"]


def test_neither_words_nor_photo() -> None:
    assert DenseRetriever("text", VECTORS).retrieve(EncodedQuery(Query(), EVERYTHING, None, None), 3) == []
