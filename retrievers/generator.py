"""The generator: reads a dialogue, writes semantic IDs level by level.

A small transformer. Its encoder reads the dialogue's prefix (``dialogue_prefix.py``); its decoder writes one code a
level, attending to what was read, as GENIUS does from a query's vectors (Kim et al. 2025, CVPR) and TIGER from a
history (Rajput et al. 2023, arXiv:2305.05065).

Beside the codes there is the *wish*, a vector that is trained to lie near the vectors of the wanted items. It starts
as what was shown and said, the sum of the dialogue's own vectors, each weighed by what the encoder made of its place;
what the decoder adds is learned.

This module does not know words, pictures or shops, nor which IDs exist (``beam_search.py``).
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from retrievers.dialogue_prefix import MOST_TURNS, MOST_WORDS, PrefixBatch, Role
from retrievers.minilm import DIM as WORD_DIM

WIDTH = 256
HEADS = 4
READ_LAYERS = 2
WRITE_LAYERS = 2
DROPOUT = 0.1
WISH_DIM = 128
FIRST_SCALE = 12.0  # of the cosines between wishes and items, learned from here
FIRST_SHARES = (0.0, 1.0, 1.0, 0.5, 0.5, 0.0)  # of each role's vectors in a wish, likewise


class Attention(nn.Module):
    """Multi-head attention whose keys and values can be made once and used for many queries."""

    def __init__(self) -> None:
        super().__init__()
        self.query = nn.Linear(WIDTH, WIDTH)
        self.pair = nn.Linear(WIDTH, 2 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)

    def pairs(self, memory: Tensor) -> tuple[Tensor, Tensor]:
        """Keys and values of a memory (batch, places, WIDTH), each (batch, heads, places, WIDTH / heads)."""
        keys, values = self.pair(memory).chunk(2, -1)
        return _heads(keys), _heads(values)

    def forward(
        self, x: Tensor, pairs: tuple[Tensor, Tensor], mask: Tensor | None = None, causal: bool = False
    ) -> Tensor:  # (batch, length, WIDTH)
        """``mask`` (batch, 1, 1, places) is True where there is something to attend to."""
        found = F.scaled_dot_product_attention(_heads(self.query(x)), *pairs, mask, is_causal=causal)
        mixed: Tensor = self.out(found.transpose(1, 2).flatten(2))
        return mixed


def _heads(x: Tensor) -> Tensor:
    return x.view(*x.shape[:2], HEADS, WIDTH // HEADS).transpose(1, 2)


class Reader(nn.Module):
    """A pre-norm transformer layer over the prefix."""

    def __init__(self) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(WIDTH)
        self.attend = Attention()
        self.feed = _feed_forward()
        self.drop = nn.Dropout(DROPOUT)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:  # (batch, places, WIDTH), (batch, 1, 1, places)
        """Every place attends to every real place."""
        y = self.norm(x)
        x = x + self.drop(self.attend(y, self.attend.pairs(y), mask))
        out: Tensor = x + self.drop(self.feed(x))
        return out


class Writer(nn.Module):
    """A pre-norm transformer layer over the codes written so far, which also attends to what was read."""

    def __init__(self) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(WIDTH)
        self.attend = Attention()
        self.cross_norm = nn.LayerNorm(WIDTH)
        self.cross = Attention()
        self.feed = _feed_forward()
        self.drop = nn.Dropout(DROPOUT)

    def forward(self, x: Tensor, memory: tuple[Tensor, Tensor], mask: Tensor) -> Tensor:  # (batch, written, WIDTH)
        """``memory`` are the keys and values of ``cross``, real where ``mask`` is True; each serves as many rows."""
        y = self.norm(x)
        x = x + self.drop(self.attend(y, self.attend.pairs(y), causal=True))
        asked = self.cross_norm(x).view(len(mask), -1, WIDTH)  # rows that share a memory ask it together
        x = x + self.drop(self.cross(asked, memory, mask).view_as(x))
        out: Tensor = x + self.drop(self.feed(x))
        return out


def _feed_forward() -> nn.Sequential:
    return nn.Sequential(nn.LayerNorm(WIDTH), nn.Linear(WIDTH, 4 * WIDTH), nn.GELU(), nn.Linear(4 * WIDTH, WIDTH))


@dataclass(frozen=True, slots=True)
class Read:
    """What the encoder made of a batch: keys and values for each writing layer, and where they are real.

    ``sketch`` (batch, 2 * dim) is the weighed sum of the dialogue's own vectors.
    """

    memories: tuple[tuple[Tensor, Tensor], ...]
    mask: Tensor  # (batch, 1, 1, places)
    sketch: Tensor


class Generator(nn.Module):
    """Dialogues to codes and wishes; ``dim`` is that of the store's encoder.

    ``trust`` scales the decoder's part; it is chosen after training (``training/train_generator.py``).
    """

    trust: Tensor

    def __init__(self, dim: int, levels: int, size: int) -> None:
        super().__init__()
        self.levels, self.size = levels, size
        self.word = nn.Sequential(nn.LayerNorm(WORD_DIM), nn.Linear(WORD_DIM, WIDTH))
        self.vector = nn.Sequential(nn.LayerNorm(2 * dim), nn.Linear(2 * dim, WIDTH))
        self.role, self.turn, self.place = (_marks(count) for count in (len(Role), MOST_TURNS, MOST_WORDS))
        self.readers = nn.ModuleList(Reader() for _ in range(READ_LAYERS))
        self.read_norm = nn.LayerNorm(WIDTH)
        self.start = nn.Parameter(torch.randn(WIDTH) * 0.02)
        self.code = nn.Parameter(torch.randn(levels, size, WIDTH) * 0.02)
        self.level = nn.Parameter(torch.randn(levels + 1, WIDTH) * 0.02)
        self.writers = nn.ModuleList(Writer() for _ in range(WRITE_LAYERS))
        self.write_norm = nn.LayerNorm(WIDTH)
        self.share = nn.Parameter(torch.tensor(FIRST_SHARES))
        self.weigh = _silent(nn.Linear(WIDTH, 1))
        self.project = nn.Linear(2 * dim, WISH_DIM, bias=False)
        self.wish = _silent(nn.Linear(WIDTH, WISH_DIM))
        self.item = nn.Sequential(
            nn.LayerNorm(2 * dim), nn.Linear(2 * dim, WIDTH), nn.GELU(), _silent(nn.Linear(WIDTH, WISH_DIM))
        )
        self.log_scale = nn.Parameter(torch.tensor(FIRST_SCALE).log())
        self.register_buffer("trust", torch.ones(()))

    def read(self, words: Tensor, batch: PrefixBatch) -> Read:
        """``words`` are the vectors of the batch's pieces, (batch, pieces, WORD_DIM)."""
        places = torch.arange(words.shape[1], device=words.device)
        said = self.word(words) + self.turn(batch.piece_turns) + self.place(places)
        seen = self.vector(batch.vectors) + self.role(batch.roles) + self.turn(batch.turns)
        mask = torch.cat([batch.pieces > 0, batch.roles > 0], 1)
        mask[:, -1] |= ~mask.any(1)  # a dialogue without anything still needs a place to attend to
        x = torch.cat([said, seen], 1)
        wide = mask[:, None, None, :]
        for layer in self.readers:
            x = layer(x, wide)
        x = self.read_norm(x)
        crossings = [layer.cross for layer in self.writers if isinstance(layer, Writer)]
        weights = (self.share[batch.roles] + self.weigh(x[:, said.shape[1] :])[..., 0]) * (batch.roles > 0)
        sketch = (weights[..., None] * batch.vectors).sum(1)
        return Read(tuple(cross.pairs(x) for cross in crossings), wide, sketch)

    def write(self, read: Read, codes: Tensor) -> Tensor:  # (rows, written) -> (rows, written + 1, WIDTH)
        """Hidden states after nothing, after the first code, and so on.

        Each dialogue of the read has as many rows of codes as any other, one after another: one in training, the
        beams in a search.
        """
        known = [self.code[level][codes[:, level]] for level in range(codes.shape[1])]
        x = torch.stack([self.start.expand(len(codes), -1), *known], 1) + self.level[: codes.shape[1] + 1]
        for layer, memory in zip(self.writers, read.memories, strict=True):
            x = layer(x, memory, read.mask)
        hidden: Tensor = self.write_norm(x)
        return hidden

    def logits(self, hidden: Tensor, level: int) -> Tensor:  # (batch, WIDTH) -> (batch, size)
        """What the decoder thinks of the codes of one level, as far as it is trusted."""
        return self.trust * (hidden @ self.code[level].T)

    def wishes(self, sketch: Tensor, hidden: Tensor) -> Tensor:  # (batch, 2 * dim), (batch, WIDTH)
        """What is wanted as unit vectors, (batch, WISH_DIM), from what was read and the first hidden state."""
        return F.normalize(self.project(sketch) + self.wish(hidden), dim=-1)

    def items(self, joint: Tensor) -> Tensor:  # (n, 2 * dim) -> (n, WISH_DIM)
        """Unit vectors of items in the space of wishes."""
        return F.normalize(self.project(joint) + self.item(joint), dim=-1)

    @torch.no_grad()
    def start_from(self, joint: Tensor) -> None:
        """Let the space of wishes be the one that keeps most of these items' vectors, (n, 2 * dim)."""
        _, axes = torch.linalg.eigh(joint.T @ joint)  # ascending
        kept = axes[:, -WISH_DIM:].flip(1)
        self.project.weight.zero_()[: kept.shape[1]] = kept.T


def _silent(layer: nn.Linear) -> nn.Linear:
    """Adds nothing until it has learned to."""
    nn.init.zeros_(layer.weight)
    nn.init.zeros_(layer.bias)
    return layer


def _marks(count: int) -> nn.Embedding:
    """Small at first, so that what is said is not drowned by where it was said."""
    return nn.Embedding(count, WIDTH, _weight=torch.randn(count, WIDTH) * 0.02)
