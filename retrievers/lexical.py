"""BM25 over the words of each item: exact terms that vectors blur, such as SKUs, model names and materials.

Words are compared as ``store/words.py`` compares them (plurals, "hooded" and "hood", "slip-on" and "slip on", SKUs
whole and by their parts). The library is bm25s (Lù 2024, arXiv:2407.03618). Building
the index takes nine seconds at 43,000 items, so it is kept in a folder beside the catalog.

This module does not know meaning: a synonym is another word to it.
"""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Self

import bm25s
import numpy as np

from retrievers.base import Candidate, EncodedQuery, Vectors
from retrievers.content_words import content_stems
from store.facts import FactTable, Mask
from store.item_vectors import best
from store.schemas import Item
from store.words import stems

NAME = "bm25"
NAMED = 3  # how often title and product type count: what a thing is says more than what is written about it
TOKENS = 2  # raised whenever an item is cut into other tokens, so that kept indexes are built again


class LexicalRetriever:
    """BM25 scores of a catalog's items. ``facts`` must be the table of these very items."""

    name = NAME

    def __init__(self, facts: FactTable, bm25: bm25s.BM25) -> None:
        self._facts = facts
        self._bm25 = bm25
        self._vocabulary: Mapping[str, int] = getattr(bm25, "vocab_dict", {})  # an empty index has none

    @classmethod
    def open(cls, items: Sequence[Item], facts: FactTable, folder: Path, fingerprint: str) -> Self:
        """The index of these items: the one kept in ``folder`` for this fingerprint of the catalog, or a new one.

        The new one is kept. A folder that cannot be written costs the time of building, nothing else.
        """
        kept = folder / f"bm25-{TOKENS}-{fingerprint}"
        bm25 = _load(kept)
        if bm25 is None:
            bm25 = build(items)
            with suppress(OSError):
                _keep(bm25, kept)
        return cls(facts, bm25)

    def retrieve(self, query: EncodedQuery, k: int) -> list[Candidate]:
        """The k best allowed items that share a word with the query."""
        scores = self.score_all(query)
        return [Candidate(self._facts.item_ids[i], float(scores[i]), NAME) for i in best(scores, k)]

    def score_all(self, query: EncodedQuery) -> Vectors:
        """BM25 of each item with the query's words, (n,); -inf where not allowed or no word is shared."""
        return self.scores(query.query.text, query.allowed)

    def scores(self, text: str, allowed: Mask) -> Vectors:
        """BM25 of each item, (n,); -inf where not allowed or no word is shared."""
        tokens = [token for token in content_stems(text) if token in self._vocabulary]
        if not tokens:
            return np.full(len(self._facts), -np.inf, dtype=np.float32)
        scores: Vectors = self._bm25.get_scores(tokens)
        return np.where(allowed & (scores > 0), scores, np.float32(-np.inf))


def build(items: Sequence[Item]) -> bm25s.BM25:
    """A BM25 index over the words of each item, in their order."""
    memo: dict[str, list[str]] = {}
    corpus = [_document(item, memo) for item in items]
    bm25 = bm25s.BM25(method="lucene")
    if any(corpus):
        bm25.index(corpus, show_progress=False)
    return bm25


def _load(kept: Path) -> bm25s.BM25 | None:
    try:
        return bm25s.BM25.load(kept)
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):  # absent or damaged: it is only a copy
        return None


def _keep(bm25: bm25s.BM25, kept: Path) -> None:
    """Write beside and rename, so that a half-written index is never found; older catalogs' indexes go."""
    if not hasattr(bm25, "vocab_dict"):
        return
    with tempfile.TemporaryDirectory(prefix=".bm25-", dir=kept.parent) as partial:
        bm25.save(Path(partial, "index"), show_progress=False)
        for old in kept.parent.glob("bm25-*"):
            shutil.rmtree(old)
        Path(partial, "index").rename(kept)


def _document(item: Item, memo: dict[str, list[str]]) -> list[str]:
    """The tokens of an item; ``memo`` keeps those of texts that many items share."""
    texts = [item.title, item.product_type] * NAMED + [item.item_id, item.brand, item.description]
    texts += [value for values in item.attributes.values() for value in values]
    tokens: list[str] = []
    for text in texts:
        if text not in memo:
            memo[text] = stems(text)
        tokens += memo[text]
    return tokens
