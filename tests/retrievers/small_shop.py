"""A shop of a few items, and an encoder that puts words and plain-coloured pictures into one space."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from retrievers.dense import DenseRetriever
from retrievers.hybrid import HybridRetriever
from retrievers.item_text import item_text
from retrievers.lexical import LexicalRetriever, build
from retrievers.query_encoder import QueryEncoder
from retrievers.recommender import Recommender
from store.catalog import Catalog
from store.facts import FactTable
from store.generations import Pointer, StoreFolder
from store.item_vectors import ItemVectors, Vectors
from store.schemas import Item
from store.words import stems

COLORS = {"red": (255, 0, 0), "green": (0, 255, 0), "blue": (0, 0, 255)}


class WordEncoder:
    """Each word has a direction of its own; a text is their sum; a picture is its nearest colour's word."""

    name = "words"
    fingerprint = "1"
    dim = 64

    def encode_texts(self, texts: Sequence[str]) -> Vectors:
        return np.stack([self._text(text) for text in texts])

    def encode_images(self, images: Sequence[Image.Image]) -> Vectors:
        means = [np.asarray(image, dtype=float).mean(axis=(0, 1)) for image in images]
        nearest = [min(COLORS, key=lambda name: float(np.abs(COLORS[name] - mean).sum())) for mean in means]
        return self.encode_texts(nearest)

    def _text(self, text: str) -> Vectors:
        rows = [np.random.default_rng(zlib.crc32(w.encode())).normal(size=self.dim) for w in stems(text) or [""]]
        total = np.sum(rows, axis=0).astype(np.float32)
        return total / np.linalg.norm(total)


def picture(color: str) -> Image.Image:
    return Image.new("RGB", (8, 8), COLORS[color])


def item(item_id: str, title: str, kind: str, color: str, price: float | None, **more: object) -> Item:
    return Item(item_id, title, price=price, product_type=kind, attributes={"color": (color,)}, **more)  # type: ignore[arg-type]


ITEMS = (
    item("d1", "Linen summer dress", "Wear > Dresses", "Red", 50.0, brand="Acme"),
    item("d2", "Silk evening dress", "Wear > Dresses", "Blue", 150.0, brand="Acme"),
    item("d3", "Cotton dress", "Wear > Dresses", "Green", 90.0, brand="Brio", availability="out_of_stock"),
    item("c1", "Hooded rain coat", "Wear > Coats", "Blue", 120.0, brand="Brio"),
    item("c2", "Wool coat", "Wear > Coats", "Red", 200.0, brand="Acme"),
    item("m1", "Enamel mug MX-204", "Home > Mugs", "Blue", 12.0),
    item("m2", "Glass mug", "Home > Mugs", "Green", None),
)


def item_vectors(items: Sequence[Item], encoder: WordEncoder, kind: str) -> ItemVectors:
    """Texts as an import makes them; one picture of its colour for every item."""
    texts = [item_text(i) if kind == "text" else next(iter(i.values("color")), i.title) for i in items]
    return ItemVectors(tuple(i.item_id for i in items), encoder.encode_texts(texts), np.arange(len(items)))


def open_catalog(items: Sequence[Item], home: Path) -> Catalog:
    pointer = Pointer("1", "fingerprint", len(items), 0, "words", "1", "2026-01-01T00:00:00+00:00", "")
    return Catalog(StoreFolder(home, "shop"), pointer, tuple(items))


def open_recommender(items: Sequence[Item], home: Path) -> Recommender:
    encoder, facts = WordEncoder(), FactTable(items)
    text, image = (DenseRetriever(kind, item_vectors(items, encoder, kind)) for kind in ("text", "image"))
    hybrid = HybridRetriever(text, image, LexicalRetriever(facts, build(items)))
    return Recommender(open_catalog(items, home), facts, QueryEncoder(encoder, facts), hybrid)
