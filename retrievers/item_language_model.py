"""The item encoder: what a shop knows of an item, as K soft tokens that a frozen language model reads (ILM).

A Q-Former (Li et al. 2023, arXiv:2301.12597) whose learned queries read the item's inputs: the token states of its
text, the cells of its picture, its price, and its behaviour vector. Item-Language Model (arXiv:2406.02844) trains it
first to agree with texts and with how shoppers use items, then through the frozen language model. Users are one more
kind of item: a behaviour vector alone.

Each query's answer becomes one row of embeddings in two parts. One is a projection, as in the paper. The other is a
copy: the query points at words of the item's text, and the language model's own embeddings of these, mixed and turned
a little, are added. Words reach the model in its own terms, so names need not be learned one by one.

This module does not know where inputs come from, nor how the model is trained.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import torch
from torch import Tensor, nn

from retrievers.item_inputs import CELLS, GRID_DIM, PRICE_DIM, STATE_DIM, ItemInputs
from retrievers.torchvision_shim import ensure_torchvision

MOST_WORDS = 48  # pieces of the language model's own tokenizer that a query may point at
POINTERS = 2  # words are mixed in so many ways per row: the model must tell the first from the second
TURN_RANK = 64
BEHAVIOUR_DIM = 64
FEED_FORWARD = 4  # times the width
NEAR_ZERO = 0.02
AIM = 6.0  # how surely a pointer takes the word in its place at first, in nats
LOUDNESS = (1.0, 0.6)

_OF_TEXTS = re.compile(r"qformer\.encoder\.layer\.\d+\.(?:intermediate|output)\.")


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of an item encoder; ``llm_dim`` is the hidden size of the language model."""

    llm_dim: int
    queries: int = 8
    width: int = 256
    layers: int = 2
    heads: int = 4

    @classmethod
    def read(cls, text: Mapping[str, Any]) -> Shape:
        """From the values that ``to_json`` gave."""
        return cls(**{name: int(value) for name, value in text.items()})

    def to_json(self) -> dict[str, int]:
        """For the header of a file."""
        return asdict(self)


class ItemEncoder(nn.Module):
    """Item inputs to K rows of embeddings.

    With ``texts`` the Q-Former has a half for texts beside the queries too, which only phase 1 of training uses.
    """

    def __init__(self, shape: Shape, texts: bool = True) -> None:
        super().__init__()
        self.shape = shape
        self.memory = Memory(shape)
        self.queries = nn.Parameter(torch.randn(shape.queries, shape.width) * NEAR_ZERO)
        self.qformer = _qformer(shape, texts)
        self.spelling = Spelling(shape)

    def answers(self, inputs: ItemInputs) -> Tensor:  # -> (batch, K, width)
        """What the queries read of the items."""
        memory, mask = self.memory(inputs)
        queries = self.queries.expand(len(memory), -1, -1)
        output = self.qformer(query_embeds=queries, encoder_hidden_states=memory, encoder_attention_mask=mask)
        answers: Tensor = output.last_hidden_state
        return answers

    def forward(self, inputs: ItemInputs, words: Tensor, table: Tensor) -> Tensor:
        """Rows for the prompt, (batch, K, llm_dim).

        ``words`` are ids of the items' texts, (batch, at most MOST_WORDS), -1 where a text has ended; ``table`` is
        the language model's own embedding table, (vocabulary, llm_dim).
        """
        rows: Tensor = self.spelling(self.answers(inputs), words, table)
        return rows

    def of_queries(self, kept: Sequence[int]) -> ItemEncoder:
        """The same with some of its queries alone, without the half for texts."""
        state = without_texts(self.state_dict())
        of_each = {name: state[name][list(kept)] for name in ("queries", "spelling.aims")}
        smaller = ItemEncoder(replace(self.shape, queries=len(kept)), texts=False)
        smaller.load_state_dict(state | of_each)
        return smaller


class Memory(nn.Module):
    """The item's inputs side by side, each marked with its kind, as keys and values for the queries."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.states = nn.Linear(STATE_DIM, shape.width)
        self.grid = nn.Linear(GRID_DIM, shape.width)
        self.price = nn.Linear(PRICE_DIM, shape.width)
        self.behaviour = nn.Linear(BEHAVIOUR_DIM, shape.width)
        self.kinds = nn.Parameter(torch.randn(5, shape.width) * NEAR_ZERO)
        self.cells = nn.Parameter(torch.randn(CELLS, shape.width) * NEAR_ZERO)
        self.norm = nn.LayerNorm(shape.width)

    def forward(self, inputs: ItemInputs) -> tuple[Tensor, Tensor]:
        """``(batch, inputs, width)`` and what is there of it, ``(batch, inputs)`` bool."""
        parts = (
            self.states(inputs.states) + self.kinds[0],
            self.grid(inputs.grid) + self.kinds[1] + self.cells,
            (self.price(inputs.price) + self.kinds[2]).unsqueeze(1),
            (self.behaviour(inputs.behaviour) + self.kinds[3]).unsqueeze(1),
            self.kinds[4].expand(len(inputs), 1, -1),  # always there: of some items nothing is known
        )
        there = (
            inputs.said,
            inputs.pictured.unsqueeze(1).expand(-1, CELLS),
            inputs.priced.unsqueeze(1),
            inputs.known.unsqueeze(1),
            torch.ones_like(inputs.known).unsqueeze(1),
        )
        return self.norm(torch.cat(parts, 1)), torch.cat(there, 1)


class Spelling(nn.Module):
    """Answers of the queries to rows in the language model's embedding space: projected, plus copied words."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.project = nn.Linear(shape.width, shape.llm_dim)
        nn.init.normal_(self.project.weight, std=NEAR_ZERO / 10)
        nn.init.zeros_(self.project.bias)
        self.points = nn.Linear(shape.width, POINTERS * shape.width)
        self.keys = nn.Linear(shape.llm_dim, shape.width)
        # Before anything is learned the rows share out the text's first words in order, the earlier one louder.
        first = torch.eye(shape.queries * POINTERS, MOST_WORDS).reshape(shape.queries, POINTERS, MOST_WORDS)
        self.aims = nn.Parameter(AIM * first)
        self.gains = nn.Parameter(torch.tensor(LOUDNESS)[:, None].repeat(1, shape.llm_dim))
        self.turn_in = nn.Parameter(torch.randn(POINTERS, shape.llm_dim, TURN_RANK) * shape.llm_dim**-0.5)
        self.turn_out = nn.Parameter(torch.zeros(POINTERS, TURN_RANK, shape.llm_dim))

    def forward(self, answers: Tensor, words: Tensor, table: Tensor) -> Tensor:
        """``(batch, K, width)``, ``(batch, words)``, ``(vocabulary, dim)`` to ``(batch, K, dim)``."""
        nothing = words < 0  # rows of zeros: a text without words copies nothing
        rows = table[words.clamp_min(0)].float().masked_fill(nothing[..., None], 0.0)  # (batch, words, dim)
        # In units of the item's own words: of a whole batch they would differ with what else is in it.
        size = rows.square().sum((1, 2)) / (~nothing).sum(1).clamp_min(1) / rows.shape[-1]
        keys = self.keys(rows / size.sqrt().clamp_min(1e-6)[:, None, None])
        points = self.points(answers).reshape(*answers.shape[:2], POINTERS, -1)  # (batch, K, POINTERS, width)
        scores = torch.einsum("bkpd,bwd->bpkw", points, keys) * keys.shape[-1] ** -0.5
        scores = scores + self.aims[..., : words.shape[1]].transpose(0, 1)  # (batch, POINTERS, K, words)
        shares = scores.masked_fill(nothing[:, None, None], -1e4).softmax(-1)
        copied = torch.einsum("bpkw,bwd->bpkd", shares, rows)
        turned = torch.einsum("bpkd,pdr,prs->bpks", copied, self.turn_in, self.turn_out)
        added: Tensor = self.project(answers) + (copied * self.gains[:, None] + turned).sum(1)
        return added


def without_texts(state: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The parameters of an item encoder by name, less those of the half for texts."""
    return {name: value for name, value in state.items() if not _OF_TEXTS.match(name)}


def _qformer(shape: Shape, texts: bool) -> nn.Module:
    """transformers' Q-Former in a small configuration; its import takes seconds, so it waits until one is made."""
    ensure_torchvision()
    from transformers import Blip2QFormerConfig
    from transformers.models.blip_2.modeling_blip_2 import Blip2QFormerModel

    return Blip2QFormerModel(
        Blip2QFormerConfig(
            hidden_size=shape.width,
            num_hidden_layers=shape.layers,
            num_attention_heads=shape.heads,
            intermediate_size=FEED_FORWARD * shape.width,
            encoder_hidden_size=shape.width,
            cross_attention_frequency=1,
            use_qformer_text_input=texts,
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
        )
    )
