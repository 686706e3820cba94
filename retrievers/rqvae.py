"""Residual quantisation of item vectors with a small autoencoder (RQ-VAE, Lee et al. 2022, arXiv:2203.01941).

The encoder maps a vector to a latent; the first codebook takes the nearest of its codes, the second quantises what is
left, and so on. As in TIGER (Rajput et al. 2023, arXiv:2305.05065, section 3.1) the loss is the reconstruction error
plus, for each level, the pull of the codebook to the residual and .25 of the pull back. Three habits keep codes from
collapsing: inputs are standardised, codebooks start from k-means on the residuals, and a code that no item of an
epoch took is put onto a random residual.

This module does not know what the vectors stand for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

LATENT = 64
HIDDEN = 256
COMMITMENT = 0.25
BATCH = 512
LEARNING_RATE = 1e-3
K_MEANS_ROUNDS = 12


@dataclass(frozen=True, slots=True)
class Quantised:
    """One batch through the codebooks: ``codes`` (batch, levels), their sum ``latent`` (batch, LATENT), the loss."""

    codes: Tensor
    latent: Tensor
    loss: Tensor


class RqVae(nn.Module):
    """Vectors (batch, dim) to codes (batch, levels), each below ``size``."""

    mean: Tensor
    spread: Tensor

    def __init__(self, dim: int, levels: int, size: int) -> None:
        super().__init__()
        self.register_buffer("mean", torch.zeros(dim))
        self.register_buffer("spread", torch.ones(()))
        self.encoder = nn.Sequential(nn.Linear(dim, HIDDEN), nn.GELU(), nn.Linear(HIDDEN, LATENT))
        self.decoder = nn.Sequential(nn.Linear(LATENT, HIDDEN), nn.GELU(), nn.Linear(HIDDEN, dim))
        self.books = nn.Parameter(torch.zeros(levels, size, LATENT))

    @classmethod
    def of_state(cls, state: Mapping[str, Tensor]) -> Self:
        """From what ``state_dict`` gave."""
        levels, size, _ = state["books"].shape
        model = cls(len(state["mean"]), levels, size)
        model.load_state_dict(state)
        return model.eval()

    def forward(self, vectors: Tensor) -> tuple[Tensor, Quantised]:
        """The reconstruction of standardised vectors, and what the codebooks made of them."""
        latent = self.encoder(self.standardise(vectors))
        quantised = self.quantise(latent)
        straight = latent + (quantised.latent - latent).detach()  # gradients pass the codebooks by
        return self.decoder(straight), quantised

    def standardise(self, vectors: Tensor) -> Tensor:
        """Zero mean for each number, one common scale: the shape of the space is kept."""
        return (vectors - self.mean) / self.spread

    def quantise(self, latent: Tensor) -> Quantised:
        """Nearest code of each level to what the levels before have left."""
        residual, total = latent, torch.zeros_like(latent)
        codes, loss = [], latent.new_zeros(())
        for book in self.books:
            nearest = torch.cdist(residual.detach(), book.detach()).argmin(1)  # (batch,)
            code = book[nearest]
            pull = (code - residual.detach()).square().mean() + COMMITMENT * (
                code.detach() - residual
            ).square().mean()
            loss = loss + pull
            residual, total = residual - code.detach(), total + code
            codes.append(nearest)
        return Quantised(torch.stack(codes, 1), total, loss)

    @torch.inference_mode()
    def codes(self, vectors: NDArray[np.float32]) -> NDArray[np.int64]:
        """Codes of vectors, (len(vectors), levels), whether the model was fitted on them or not."""
        latent = self.encoder(self.standardise(torch.from_numpy(vectors)))
        found: NDArray[np.int64] = self.quantise(latent).codes.numpy()
        return found

    def borrowed(self, vectors: NDArray[np.float32]) -> NDArray[np.bool_]:
        """None of the vectors, (len(vectors),): content always has codes of its own."""
        return np.zeros(len(vectors), dtype=np.bool_)


def fit(vectors: NDArray[np.float32], levels: int, size: int, epochs: int = 120, seed: int = 0) -> RqVae:
    """An RQ-VAE for these vectors, (n, dim); the same seed gives the same codes on the same machine."""
    torch.manual_seed(seed)
    rng = torch.Generator().manual_seed(seed)
    data = torch.from_numpy(vectors)
    model = RqVae(data.shape[1], levels, min(size, len(data)))
    model.mean.copy_(data.mean(0))
    model.spread.copy_((data - model.mean).square().mean().sqrt().clamp_min(1e-6))
    _start_books(model, data, rng)
    optimiser = torch.optim.AdamW(model.parameters(), LEARNING_RATE)
    steps = epochs * -(-len(data) // BATCH)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, steps)
    for epoch in range(epochs):
        taken = torch.zeros(model.books.shape[:2])
        for rows in torch.split(torch.randperm(len(data), generator=rng), BATCH):
            rebuilt, quantised = model(data[rows])
            loss = nn.functional.mse_loss(rebuilt, model.standardise(data[rows])) + quantised.loss
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            taken += _counts(quantised.codes, model.books.shape[1])
        if epoch < epochs * 3 // 4:  # later, codes must be left in peace
            _revive(model, data, taken, rng)
    return model.eval()


@torch.no_grad()
def _start_books(model: RqVae, data: Tensor, rng: torch.Generator) -> None:
    residual = model.encoder(model.standardise(data))
    for level in range(len(model.books)):
        book = k_means(residual, model.books.shape[1], rng)
        model.books[level] = book
        residual = residual - book[torch.cdist(residual, book).argmin(1)]


@torch.no_grad()
def _revive(model: RqVae, data: Tensor, taken: Tensor, rng: torch.Generator) -> None:
    """Put each code that nothing took onto the residual of a random item at its level."""
    sample = data[torch.randint(len(data), (BATCH,), generator=rng)]
    residual = model.encoder(model.standardise(sample))
    for level, book in enumerate(model.books):
        dead = (taken[level] == 0).nonzero().flatten()
        book[dead] = residual[torch.randint(len(residual), (len(dead),), generator=rng)]
        residual = residual - book[torch.cdist(residual, book).argmin(1)]


def k_means(data: Tensor, k: int, rng: torch.Generator) -> Tensor:
    """Centres (k, dim) by Lloyd's rounds from a random start; an empty centre moves onto a random row."""
    centres = data[torch.randperm(len(data), generator=rng)[:k]].clone()
    for _ in range(K_MEANS_ROUNDS):
        nearest = torch.cdist(data, centres).argmin(1)
        sums = torch.zeros_like(centres).index_add_(0, nearest, data)
        counts = torch.bincount(nearest, minlength=k)
        centres = sums / counts.clamp_min(1).unsqueeze(1)
        empty = (counts == 0).nonzero().flatten()
        centres[empty] = data[torch.randint(len(data), (len(empty),), generator=rng)]
    return centres


def _counts(codes: Tensor, size: int) -> Tensor:  # (batch, levels) -> (levels, size)
    return torch.stack([torch.bincount(level, minlength=size) for level in codes.T]).float()
