"""What the item encoder of a store learns from: its items as inputs, their words, and who took what after what.

Everything that frozen models say about the items is computed once.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Self

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from tqdm import tqdm

from retrievers.base import Vectors
from retrievers.item_inputs import InputReader, ItemInputs, ShopPrices
from retrievers.item_language_model import MOST_WORDS
from retrievers.item_text import item_text
from retrievers.item_tokens import open_first
from retrievers.minilm import WordPieces
from store.catalog import Catalog
from store.errors import SourceError
from store.schemas import Item
from training.frozen_llm import FrozenLLM

MOST_PIECES = 32  # of an item's text, for the losses that compare and write texts
READ_AT_ONCE = 256
TEST, DEV = 10, 5  # of a hundred groups of colourways


@dataclass(frozen=True, slots=True)
class Split:
    """Positions of items by what they are for; colourways stay together."""

    train: list[int]
    dev: list[int]
    test: list[int]


@dataclass(frozen=True, slots=True)
class StoreMaterial:
    """One store, read. Positions are in catalog order."""

    store: str
    items: Sequence[Item]
    inputs: ItemInputs
    words: Tensor  # (items, MOST_WORDS) int64, -1 where the text has ended
    pieces: Tensor  # (items, MOST_PIECES) int64, 0 where the text has ended
    split: Split
    users: Vectors  # (users, dim)
    taken: Sequence[NDArray[np.int64]]  # for each user the items, in order of time

    def to(self, device: torch.device) -> Self:
        """The same with its tensors on a device."""
        inputs = {each.name: getattr(self.inputs, each.name).to(device) for each in fields(self.inputs)}
        words, pieces = self.words.to(device), self.pieces.to(device)
        return replace(self, inputs=replace(self.inputs, **inputs), words=words, pieces=pieces)


def split_items(items: Sequence[Item]) -> Split:
    """A tenth for testing and a twentieth to stop by, by a hash of the colourways' group, or of the title."""
    parts: dict[str, list[int]] = {"train": [], "dev": [], "test": []}
    for at, item in enumerate(items):
        draw = zlib.crc32((item.item_group_id or item.title.lower()).encode()) % 100
        parts["test" if draw < TEST else "dev" if draw < TEST + DEV else "train"].append(at)
    return Split(**parts)


def items_of(catalog: Catalog, part: str) -> list[Item]:
    """The items of one part of ``Split``, in catalog order.

    Raises
    ------
    SourceError
        None falls to that part, as in a small store.
    """
    found = [catalog.items[at] for at in getattr(split_items(catalog.items), part)]
    if not found:
        count = len(catalog.items)
        raise SourceError(
            f"None of the {count} items of store {catalog.name!r} is in the part {part!r}; "
            "name a store of more items with --store"
        )
    return found


def read_items(
    items: Sequence[Item], folder: Path, reader: InputReader, behaviour: Vectors, progress: bool = True
) -> ItemInputs:
    """The inputs of items whose pictures lie in the store's ``folder``; ``behaviour`` is (items, dim)."""
    parts, shop = [], ShopPrices([item.price_now for item in items])
    for start in tqdm(range(0, len(items), READ_AT_ONCE), desc="Reading items", disable=not progress):
        some = items[start : start + READ_AT_ONCE]
        images = [open_first(item, folder) for item in some]
        prices = [item.price_now for item in some]
        rows = behaviour[start : start + READ_AT_ONCE]
        parts.append(reader.read([item_text(item) for item in some], images, prices, shop, rows))
    return ItemInputs(
        **{each.name: torch.cat([getattr(part, each.name) for part in parts]) for each in fields(parts[0])}
    )


def words_of(items: Sequence[Item], llm: FrozenLLM) -> Tensor:
    """Ids of the items' texts in the language model's tokenizer, (items, MOST_WORDS), -1 beyond the end."""
    return _table([llm.ids(item_text(item)) for item in items], MOST_WORDS, -1)


def pieces_of(items: Sequence[Item], pieces: WordPieces) -> Tensor:
    """Ids of the items' texts in MiniLM's word pieces, (items, MOST_PIECES), 0 beyond the end."""
    return _table(pieces.of([item_text(item) for item in items]), MOST_PIECES, 0)


def _table(rows: Sequence[Sequence[int]], most: int, filler: int) -> Tensor:
    table = torch.full((len(rows), most), filler, dtype=torch.long)
    for row, ids in enumerate(rows):
        table[row, : min(most, len(ids))] = torch.tensor(ids[:most], dtype=torch.long)
    return table
