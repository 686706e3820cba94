"""Ranks by hand in a space where the moved photo must win."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from retrievers.query_encoder import QueryEncoder
from store.facts import FactTable
from store.item_vectors import ItemVectors
from store.schemas import Item
from tests.retrievers.small_shop import WordEncoder, item, open_catalog
from training.bench_composed import Pair, ranks, read_pairs

ITEMS: tuple[Item, ...] = (
    item("a", "Dress", "Dresses", "Red", None),
    item("b", "Dress", "Dresses", "Blue", None),
    item("c", "Mug", "Mugs", "Blue", None),
)


def photos(encoder: WordEncoder) -> ItemVectors:
    texts = ["red dress", "blue dress", "red blue mug"]  # the mug's photo has some red in it
    return ItemVectors(("a", "b", "c"), encoder.encode_texts(texts), np.arange(3))


def test_the_pair_is_read_and_ranked(tmp_path: Path) -> None:
    encoder, facts = WordEncoder(), FactTable(ITEMS)
    file = tmp_path / "pairs.tsv"
    file.write_text("id\tother_id\na\tb\nb\tc\na\tunknown\n")
    pairs = read_pairs(file, open_catalog(ITEMS, tmp_path), photos(encoder))
    assert pairs == [Pair(0, 1, "Blue")]
    assert ranks(pairs, facts, photos(encoder), QueryEncoder(encoder, facts)).tolist() == [1]
    assert ranks([Pair(0, 2, "Blue")], facts, photos(encoder), None).tolist() == [2]
