"""Item inputs of drawn numbers, and an item encoder of the smallest shape."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from retrievers.item_inputs import CELLS, GRID_DIM, PRICE_DIM, STATE_DIM, ItemInputs
from retrievers.item_language_model import BEHAVIOUR_DIM, ItemEncoder, Shape

SHAPE = Shape(llm_dim=32, queries=2, width=16, layers=1, heads=2)


def small_encoder(seed: int = 0) -> ItemEncoder:
    torch.manual_seed(seed)
    return ItemEncoder(SHAPE).eval()


def stir(module: nn.Module, seed: int = 0) -> None:
    """Move every number, so that parts that start at zero have a say."""
    torch.manual_seed(seed)
    with torch.no_grad():
        for each in module.parameters():
            each += 0.3 * torch.randn_like(each)


def drawn_inputs(count: int, tokens: int = 6, seed: int = 0) -> ItemInputs:
    """Items of which everything is known."""
    draw = torch.Generator().manual_seed(seed)

    def floats(*shape: int) -> Tensor:
        return torch.randn(count, *shape, generator=draw)

    there = torch.ones(count, dtype=torch.bool)
    return ItemInputs(
        floats(tokens, STATE_DIM),
        torch.ones(count, tokens, dtype=torch.bool),
        floats(CELLS, GRID_DIM),
        there,
        floats(PRICE_DIM),
        there,
        floats(BEHAVIOUR_DIM),
        there,
    )
