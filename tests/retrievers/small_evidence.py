"""What evaluators look at, over the small shop: its facts, vectors and plain hybrid, and queries of any kind."""

from __future__ import annotations

import numpy as np

from retrievers.base import EncodedQuery, Query
from retrievers.dense import DenseRetriever
from retrievers.dialogue_prefix import ItemFeatures
from retrievers.evaluators import Evidence
from retrievers.hybrid import HybridRetriever
from retrievers.lexical import LexicalRetriever, build
from store.facts import FactTable
from tests.retrievers.small_shop import ITEMS, WordEncoder, item_vectors

FACTS = FactTable(ITEMS)
ENCODER = WordEncoder()
TEXT, IMAGE = (item_vectors(ITEMS, ENCODER, kind) for kind in ("text", "image"))
HYBRID = HybridRetriever(
    DenseRetriever("text", TEXT), DenseRetriever("image", IMAGE), LexicalRetriever(FACTS, build(ITEMS))
)
FEATURES = ItemFeatures.of(TEXT, IMAGE)


NO_WISH = np.zeros(len(ITEMS), dtype=np.float32)


def evidence(query: Query, photo: str = "") -> Evidence:
    text = ENCODER.encode_texts([query.text])[0] if query.text else None
    image = ENCODER.encode_texts([photo])[0] if photo else None
    encoded = EncodedQuery(query, np.ones(len(ITEMS), dtype=bool), text, image)
    return Evidence(encoded, np.arange(len(ITEMS)), FACTS, FEATURES, HYBRID, NO_WISH)
