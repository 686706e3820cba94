"""The ways to show movies and users to a frozen language model that the comparison on MovieLens sets side by side.

A movie, a user: each becomes K rows of embeddings (``Projector``), and only what makes the rows learns. ``mlp`` is a
two-layer network on the behaviour vector (CoLLM, Zhang et al. 2023, arXiv:2310.19488), ``random`` the Q-Former as it
comes; ``it``, ``it+ii`` and ``it+ui`` are Q-Formers that went through phase 1 with these losses (Item-Language Model,
arXiv:2406.02844, section 4). These see behaviour vectors alone, as in the paper; the item encoder of this program
also reads what an item says: ``titles+it+ui``, and ``titles`` without phase 1; ``titles+it+ui+mlp`` adds the rows of
an MLP to its own, so that behaviour has a way past the Q-Former too. ``text`` has titles in the prompt and learns
nothing, ``text+prompt`` K rows before them, ``text+mlp`` rows of movies beside their titles, and of the user, as
CoLLM's prompts have.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from tqdm import tqdm

from retrievers.item_inputs import ItemInputs, users
from retrievers.item_language_model import BEHAVIOUR_DIM, ItemEncoder, Shape
from training.device import on_gpu
from training.ilm_alignment import Alignment, Batch
from training.movielens_vectors import Histories

VARIANTS = (
    "text",
    "text+prompt",
    "text+mlp",
    "mlp",
    "random",
    "it",
    "it+ii",
    "it+ui",
    "titles",
    "titles+it+ui",
    "titles+it+ui+mlp",
)
ALIGNED_CPU, ALIGNED_GPU, ALIGN_RATE = 64, 192, 5e-4
DIRECT_RATE = 4e-3
LEAST_BATCHES = 20  # of a schedule that warms up in a tenth of them
NOBODY = -1  # in place of a movie's number: a user


@dataclass(frozen=True, slots=True)
class MovieMaterial:
    """What variants learn from: titles as read by the text encoder and in its pieces."""

    titles: Sequence[str]
    histories: Histories
    pieces: Tensor  # (movies, MOST_PIECES)
    table: Tensor  # of the pieces, (vocabulary, dim)
    states: Tensor  # (movies, tokens, STATE_DIM)
    said: Tensor  # (movies, tokens) bool

    def on(self, device: torch.device) -> MovieMaterial:
        """The same, its tensors there."""
        moved = {each: getattr(self, each).to(device) for each in ("pieces", "table", "states", "said")}
        return replace(self, **moved)


class Projector(nn.Module):
    """Behaviour vectors (n, dim) of movies (n,), or of ``NOBODY``, to rows (n, K, dim of the model)."""

    def groups(self, rate: float) -> list[dict[str, Any]]:
        """What there is to learn, for an optimiser, each part at its rate."""
        return [{"params": list(self.parameters()), "lr": rate}]

    def forward(self, behaviour: Tensor, movies: Tensor) -> Tensor:
        """Rows for the prompt."""
        raise NotImplementedError


class MLP(Projector):
    """A behaviour vector to K rows by one hidden layer."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self._shape = shape
        width = 4 * shape.width
        self.layers = nn.Sequential(
            nn.Linear(BEHAVIOUR_DIM, width), nn.GELU(), nn.Linear(width, shape.queries * shape.llm_dim)
        )

    def forward(self, behaviour: Tensor, movies: Tensor) -> Tensor:
        """Of the behaviour vector alone."""
        rows: Tensor = self.layers(behaviour).view(len(behaviour), self._shape.queries, self._shape.llm_dim)
        return rows


class QFormer(Projector):
    """This program's item encoder, with or without the titles, and with a way past it or not."""

    def __init__(
        self,
        shape: Shape,
        material: MovieMaterial,
        words: Tensor,
        llm_table: Tensor,
        reads_titles: bool,
        direct: bool,
    ) -> None:  # words (movies, MOST_WORDS), -1 beyond the end; llm_table (vocabulary, dim)
        super().__init__()
        self.encoder = ItemEncoder(shape)
        self.direct = MLP(shape) if direct else None
        self._material, self._words, self._llm_table, self._reads_titles = material, words, llm_table, reads_titles

    def forward(self, behaviour: Tensor, movies: Tensor) -> Tensor:
        """Of the behaviour vector, and of the title where there is a movie and titles are read."""
        words = torch.full((len(movies), 1), -1, dtype=torch.long)
        if self._reads_titles:
            words = self._words[movies.clamp_min(0)].masked_fill((movies < 0)[:, None], -1)
        rows: Tensor = self.encoder(self.inputs(behaviour, movies), words, self._llm_table)
        return rows if self.direct is None else rows + self.direct(behaviour, movies)

    def groups(self, rate: float) -> list[dict[str, Any]]:
        """The way past the Q-Former learns as fast as an MLP alone does best, at which a Q-Former gets worse."""
        if self.direct is None:
            return super().groups(rate)
        encoder = {"params": list(self.encoder.parameters()), "lr": rate}
        return [encoder, {"params": list(self.direct.parameters()), "lr": DIRECT_RATE}]

    def inputs(self, behaviour: Tensor, movies: Tensor) -> ItemInputs:
        """What the encoder reads of them."""
        inputs = users(behaviour.cpu().numpy())
        if not self._reads_titles:
            return inputs
        at, there = movies.clamp_min(0), (movies >= 0)[:, None]
        return replace(inputs, states=self._material.states[at].float(), said=self._material.said[at] & there)


def align(projector: QFormer, material: MovieMaterial, losses: Sequence[str], batches: int) -> None:
    """Phase 1 with the losses of item and text, and those named: "ii", "ui"."""
    alignment = Alignment(projector.encoder, material.table)
    learned = [*projector.encoder.parameters(), *alignment.parameters()]
    batches = max(LEAST_BATCHES, batches)
    optimiser = torch.optim.AdamW(learned, ALIGN_RATE, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, ALIGN_RATE, total_steps=batches, pct_start=0.1)
    draw = np.random.default_rng(0)
    for _ in tqdm(range(batches), "phase 1", unit="batch"):
        found = alignment.losses(_pairs(projector, material, draw))
        optimiser.zero_grad()
        chosen = chosen_losses(losses, found)
        torch.stack(chosen).sum().backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(learned, 1.0)
        optimiser.step()
        schedule.step()


def chosen_losses(further: Sequence[str], losses: Mapping[str, Tensor]) -> list[Tensor]:
    """The three losses of item and text, and the ``further`` ones."""
    return [loss for each, loss in losses.items() if each.startswith("it") or each in further]


def _pairs(projector: QFormer, material: MovieMaterial, draw: np.random.Generator) -> Batch:
    """Movies that a user took one after the other, and who that user was before the second."""
    histories = material.histories
    long = [user for user, took in enumerate(histories.took) if len(took) > 1]
    people = draw.choice(long, ALIGNED_GPU if on_gpu() else ALIGNED_CPU)
    at = [int(draw.integers(1, len(histories.took[user]))) for user in people]
    first, second = (
        np.array([histories.took[user][place - back] for user, place in zip(people, at, strict=True)])
        for back in (1, 0)
    )
    before = np.stack([histories.before[user][place] for user, place in zip(people, at, strict=True)])
    owned = np.stack([np.isin(second, histories.took[user]) for user in people])
    return Batch(
        _inputs_of(projector, histories, first),
        material.pieces[torch.as_tensor(first)],
        _inputs_of(projector, histories, second),
        users(before),
        torch.as_tensor(owned),
    )


def _inputs_of(projector: QFormer, histories: Histories, movies: np.ndarray) -> ItemInputs:
    vectors = torch.as_tensor(histories.movies[movies])
    return projector.inputs(vectors, torch.as_tensor(movies))


def padded(ids: Sequence[Sequence[int]], most: int, filler: int) -> Tensor:  # -> (texts, most)
    """The first of each text's ids, and the filler beyond."""
    table = torch.full((len(ids), most), filler, dtype=torch.long)
    for row, each in enumerate(ids):
        table[row, : len(each)] = torch.tensor(each[:most])
    return table
