"""A store of twelve items in the form that item encoders learn from: drawn numbers, real words, three shoppers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import torch
from numpy.typing import NDArray

from retrievers.item_inputs import ItemInputs
from retrievers.item_language_model import BEHAVIOUR_DIM
from store.schemas import Item
from tests.retrievers.small_inputs import drawn_inputs
from training.frozen_llm import FrozenLLM
from training.ilm_material import MOST_PIECES, Split, StoreMaterial, words_of

COLOURS = ("Red", "Blue", "Green", "Black")
KINDS = ("Dress", "Mug", "Lamp")
MATERIALS = ("Wood", "Steel")
ITEMS = tuple(
    Item(
        f"{colour}{kind}",
        f"{colour} {kind.lower()}",
        price=10.0 * (at + 1) if colour != "Black" else None,
        product_type=f"Things > {kind}",
        attributes={"color": (colour,), "material": (MATERIALS[at % 2],)},
    )
    for at, (colour, kind) in enumerate((colour, kind) for colour in COLOURS for kind in KINDS)
)
SPLIT = Split(train=[0, 1, 2, 3, 4, 5, 6, 7, 8], dev=[9], test=[10, 11])
TAKEN = ([0, 10, 1, 4, 8, 11, 2], [3, 9, 4, 5, 0, 1], [6])
VOCABULARY = 30  # of the word pieces of phase 1
PIECE_DIM = 8


def piece_table() -> torch.Tensor:
    """Vectors of word pieces, (VOCABULARY, PIECE_DIM)."""
    return torch.randn(VOCABULARY, PIECE_DIM, generator=torch.Generator().manual_seed(2))


def drawn_pieces(count: int) -> torch.Tensor:
    """Texts of 3 to 5 word pieces, (count, MOST_PIECES)."""
    draw = torch.Generator().manual_seed(3)
    pieces = torch.zeros(count, MOST_PIECES, dtype=torch.long)
    for row in range(count):
        length = 3 + row % 3
        pieces[row, :length] = torch.randint(1, VOCABULARY, (length,), generator=draw)
    return pieces


def small_material(
    llm: FrozenLLM,
    items: Sequence[Item] = ITEMS,
    split: Split = SPLIT,
    taken: Sequence[Sequence[int]] = TAKEN,
    inputs: ItemInputs | None = None,
) -> StoreMaterial:
    rng = np.random.default_rng(4)
    visits: list[NDArray[np.int64]] = [np.array(each, dtype=np.int64) for each in taken]
    drawn = inputs or drawn_inputs(len(items))
    return StoreMaterial(
        "small",
        items,
        replace(drawn, states=drawn.states.half()),
        words_of(items, llm),
        drawn_pieces(len(items)),
        split,
        rng.normal(size=(len(taken), BEHAVIOUR_DIM)).astype(np.float32),
        visits,
    )
