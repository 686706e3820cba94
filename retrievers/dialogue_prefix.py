"""A dialogue as what the generator reads: word pieces, and vectors that each have a role and a turn.

Words come turn by turn as MiniLM's pieces; the request as a whole, the photo, and the items that were shown, liked or
refused come as vectors of the store's encoder. Each knows how many turns ago it was said.

This module does not know how any of it is weighed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Protocol

import numpy as np
import torch
from torch import Tensor

from retrievers.base import EncodedQuery, Vectors
from store.item_vectors import ItemVectors

MOST_TURNS = 8  # older turns count as the oldest
MOST_WORDS = 40  # pieces, the newest are kept
MOST_ITEMS = 4  # of each role, the newest are kept


class Role(IntEnum):
    """What a vector of the prefix stands for; 0 pads."""

    PADDING = 0
    REQUEST = 1
    PHOTO = 2
    SHOWN = 3
    LIKED = 4
    REFUSED = 5


class Pieces(Protocol):
    """Texts as numbers of word pieces, and a vector for each piece, such as MiniLM's (``minilm.py``)."""

    table: Tensor  # (pieces, WORD_DIM)

    def of(self, texts: Sequence[str]) -> list[list[int]]:
        """The pieces of each text; 0 is none."""


@dataclass(frozen=True, slots=True)
class ItemFeatures:
    """What is known of each item of a catalog: a vector of its text and one of its pictures, side by side.

    Zeros stand for what an item has not. Both halves are views: at 44,000 items a copy takes 225 MB.
    """

    joint: Vectors  # (n_items, 2 * dim)

    @property
    def text(self) -> Vectors:
        """(n_items, dim)."""
        return self.joint[:, : self.joint.shape[1] // 2]

    @property
    def image(self) -> Vectors:
        """(n_items, dim)."""
        return self.joint[:, self.joint.shape[1] // 2 :]

    @classmethod
    def of(cls, text: ItemVectors, image: ItemVectors) -> ItemFeatures:
        """From the vectors of a store; several pictures of an item are averaged."""
        dim = max(text.vectors.shape[1], image.vectors.shape[1])  # a store without pictures has vectors of no width
        return cls(np.hstack([_by_item(text, dim), _by_item(image, dim)]))


def _by_item(vectors: ItemVectors, dim: int) -> Vectors:
    n = len(vectors.item_ids)
    if not vectors.owners.size:
        return np.zeros((n, dim), dtype=np.float32)
    sums = np.zeros((n, dim), dtype=np.float32)
    np.add.at(sums, vectors.owners, vectors.vectors)
    lengths = np.linalg.norm(sums, axis=1, keepdims=True)
    unit: Vectors = sums / np.maximum(lengths, 1e-6)
    return unit


@dataclass(frozen=True, slots=True)
class Prefix:
    """One dialogue: turns are counted back from now, 0 is the message just said."""

    words: Sequence[tuple[int, Sequence[int]]] = ()  # turns ago, word pieces; oldest first
    request: Vectors | None = None  # (dim,)
    photo: Vectors | None = None  # (dim,)
    items: Sequence[tuple[Role, int, int]] = field(default_factory=tuple)  # role, turns ago, position of the item


@dataclass(frozen=True, slots=True)
class PrefixBatch:
    """Prefixes padded to one length; role 0 and piece 0 are padding. An item takes one place: text and picture."""

    pieces: Tensor  # (batch, pieces)
    piece_turns: Tensor  # (batch, pieces)
    vectors: Tensor  # (batch, places, 2 * dim): a text vector and a picture vector, either may be zeros
    roles: Tensor  # (batch, places)
    turns: Tensor  # (batch, places)

    def to(self, device: torch.device) -> PrefixBatch:
        """The same on a device."""
        parts = (self.pieces, self.piece_turns, self.vectors, self.roles, self.turns)
        return PrefixBatch(*(part.to(device) for part in parts))


def prefix_length(prefix: Prefix) -> int:
    """About how many places it takes."""
    return min(MOST_WORDS, sum(len(said) for _, said in prefix.words)) + len(prefix.items)


def collate(prefixes: Sequence[Prefix], features: ItemFeatures) -> PrefixBatch:
    """A batch; places of items are filled from ``features``."""
    rows = [_places(prefix, features) for prefix in prefixes]
    pieces = [[(turn, piece) for turn, said in prefix.words for piece in said][-MOST_WORDS:] for prefix in prefixes]
    most, longest = max(1, *map(len, rows)), max(1, *map(len, pieces))
    batch, width = len(prefixes), 2 * features.text.shape[1]
    vectors = np.zeros((batch, most, width), dtype=np.float32)
    marks = np.zeros((2, batch, most), dtype=np.int64)
    said = np.zeros((2, batch, longest), dtype=np.int64)
    for row, (places, words) in enumerate(zip(rows, pieces, strict=True)):
        for at, (role, turn, vector) in enumerate(places):
            vectors[row, at] = vector
            marks[:, row, at] = role, min(turn, MOST_TURNS - 1)
        for at, (turn, piece) in enumerate(words):
            said[:, row, at] = piece, min(turn, MOST_TURNS - 1)
    roles, turns = torch.from_numpy(marks)
    ids, piece_turns = torch.from_numpy(said)
    return PrefixBatch(ids, piece_turns, torch.from_numpy(vectors), roles, turns)


def _places(prefix: Prefix, features: ItemFeatures) -> list[tuple[Role, int, Vectors]]:
    nothing = np.zeros(features.text.shape[1], dtype=np.float32)
    places = []
    if prefix.request is not None:
        places.append((Role.REQUEST, 0, np.concatenate([prefix.request, nothing])))
    if prefix.photo is not None:
        places.append((Role.PHOTO, 0, np.concatenate([nothing, prefix.photo])))
    for role in (Role.SHOWN, Role.LIKED, Role.REFUSED):
        for _, turn, item in [each for each in prefix.items if each[0] is role][-MOST_ITEMS:]:
            places.append((role, turn, np.concatenate([features.text[item], features.image[item]])))
    return places


class PrefixReader:
    """Makes the prefix of an encoded query over one catalog."""

    def __init__(self, pieces: Pieces, item_ids: Sequence[str]) -> None:
        self._pieces = pieces
        self._position = {item_id: at for at, item_id in enumerate(item_ids)}

    def read(self, query: EncodedQuery) -> Prefix:
        """The dialogue of a query; one that stands alone is a dialogue of one turn."""
        turns = query.query.turns
        texts = [turn.text for turn in turns] if turns else [query.query.text]
        items = [
            (role, len(turns) - 1 - at, self._position[item_id])
            for at, turn in enumerate(turns)
            for role, ids in ((Role.SHOWN, turn.shown), (Role.LIKED, turn.liked), (Role.REFUSED, turn.rejected))
            for item_id in ids
            if item_id in self._position
        ]
        said = list(zip(range(len(texts) - 1, -1, -1), self._pieces.of(texts), strict=True))
        return Prefix(said, query.text_vector, query.image_vector, items)
