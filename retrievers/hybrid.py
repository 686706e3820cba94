"""The plain hybrids: dense texts, dense photos and BM25 searched side by side and fused, by rank or by score.

Knows nothing of outcomes: it ranks what is allowed, however far from the query that is.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from retrievers.base import Candidate, EncodedQuery, Encoder, Retriever, Scorer
from retrievers.dense import DenseRetriever
from retrievers.fusion import FusedItem, min_max_fusion, reciprocal_rank_fusion
from retrievers.lexical import LexicalRetriever
from retrievers.trace import Trace
from store.catalog import Catalog
from store.facts import FactTable
from store.item_vectors import best
from store.schemas import VectorKind
from store.vector_index import VectorIndex

NAME = "hybrid-rrf"
DEPTH = 100  # candidates that each retriever proposes

# How much each retriever's ranks count. Words beside a photo that no constraint took care of count a little: any more
# of them loses the style that the photo shows (docs/RESULTS.md, "Composed queries").
WORDS_ONLY = {"dense-text": 1.0, "dense-image": 0.5, "bm25": 1.0}
WITH_PHOTO = {"dense-text": 0.1, "dense-image": 1.0, "bm25": 0.1}

# BM25 of an item that shares no word: without it the weaker of two that do share one would count like all the rest.
FLOORS = {"bm25": 0.0}


def open_hybrid(catalog: Catalog, facts: FactTable, client: Any, encoder: Encoder, cache: Path) -> HybridRetriever:
    """Read a store's vectors and words into memory; ``cache`` is a folder for the word index.

    Raises
    ------
    VectorMismatch
        The store's vectors were made by another encoder, or from another catalog.
    """

    def dense(kind: VectorKind) -> DenseRetriever:
        fingerprints = (encoder.name, encoder.fingerprint, catalog.fingerprint)
        index = VectorIndex.open(client, catalog.name, catalog.generation, kind, *fingerprints)
        return DenseRetriever(kind, index.read(facts.item_ids))

    lexical = LexicalRetriever.open(catalog.items, facts, cache, catalog.fingerprint)
    return HybridRetriever(dense("text"), dense("image"), lexical)


@dataclass(frozen=True, slots=True)
class HybridResult:
    """Items, best first, what each stage took, and how it came to this."""

    items: tuple[FusedItem, ...]
    timings_ms: dict[str, float]
    trace: Trace


class HybridRetriever:
    """Three retrievers fused; each may be left out by the data (no photos, no words)."""

    name = NAME

    def __init__(self, text: DenseRetriever, image: DenseRetriever, lexical: LexicalRetriever) -> None:
        self.text = text
        self.image = image
        self.lexical = lexical

    def retrieve(self, query: EncodedQuery, k: int) -> list[Candidate]:
        """The k best allowed items by fused rank."""
        found = self.search(query, max(k, DEPTH)).items[:k]
        return [Candidate(item.item_id, item.score, NAME) for item in found]

    def search(self, query: EncodedQuery, depth: int = DEPTH) -> HybridResult:
        """All items among the first ``depth`` of any retriever, fused."""
        started = time.perf_counter()
        dense = [retriever.retrieve(query, depth) for retriever in self._dense()]
        searched = time.perf_counter()
        lexical = self.lexical.retrieve(query, depth)
        matched = time.perf_counter()
        weights = weights_for(query)
        items = tuple(reciprocal_rank_fusion([*dense, lexical], weights))
        fused = time.perf_counter()
        marks = {"dense": searched - started, "lexical": matched - searched, "fuse": fused - matched}
        timings = {stage: seconds * 1000 for stage, seconds in marks.items()}
        return HybridResult(items, timings, traced(query, items))

    def _dense(self) -> Sequence[Retriever]:
        return (self.text, self.image)


class MinMaxHybrid:
    """The same three fused by score: each scores the union of their best items, stretched to 0..1 over these."""

    name = "hybrid-minmax"

    def __init__(self, text: DenseRetriever, image: DenseRetriever, lexical: LexicalRetriever) -> None:
        self._sources: tuple[Scorer, ...] = (text, image, lexical)
        self._item_ids = text.vectors.item_ids

    def retrieve(self, query: EncodedQuery, k: int) -> list[Candidate]:
        """The k best allowed items by fused score."""
        scored = [(source.name, source.score_all(query)) for source in self._sources]
        union = np.unique(np.concatenate([best(scores, max(k, DEPTH)) for _, scores in scored]))
        rankings = []
        for name, scores in scored:
            held = union[best(scores[union], union.size)]
            rankings.append([Candidate(self._item_ids[i], float(scores[i]), name) for i in held])
        fused = min_max_fusion(rankings, weights_for(query), FLOORS)[:k]
        return [Candidate(item.item_id, item.score, self.name) for item in fused]


def weights_for(query: EncodedQuery) -> dict[str, float]:
    """How much each retriever counts for a query."""
    return WORDS_ONLY if query.image_vector is None else WITH_PHOTO


def traced(query: EncodedQuery, items: Sequence[FusedItem]) -> Trace:
    """Fused items are in their base order, and nothing comes after."""
    scores = np.array([item.score for item in items], dtype=np.float32)
    ids, sources = tuple(item.item_id for item in items), tuple(item.sources for item in items)
    return Trace(query.query.text, ids, sources, scores, scores, np.arange(len(items)))
