"""Train a store's semantic IDs and generator: ``python app.py train --store NAME [--resume]``.

First the quantiser, on the vectors of the store's items; it gives each item its codes. Then the generator, on
dialogues made up anew for every batch: it is to write the codes of the item that a dialogue leads to, and to wish for
that item among the others of the batch. A fixed set of dialogues that no batch draws chooses the best state and ends
the training when it gets no better.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from tqdm import tqdm

from retrievers.base import Encoder
from retrievers.dialogue_prefix import ItemFeatures
from retrievers.errors import GeneratorError
from retrievers.generative import Model, TrainedOn, id_hashes
from retrievers.generator import Generator
from retrievers.minilm import WordPieces
from retrievers.rqvae import RqVae, fit
from store.schemas import Item
from training.generator_examples import Example, ExampleMaker
from training.generator_loss import loss_of
from training.simulated_dialogues import Simulator

LEVELS = 3
BATCH = 256
LEARNING_RATE = 8e-4
WARM_UP = 60  # batches
DEV_DIALOGUES = 1024
CHECK_EVERY = 100  # batches
PATIENCE = 4  # checks without a lower loss
PASSES = 100  # dialogues for each item
FEWEST_BATCHES = 600
MOST_SECONDS = 14 * 60
SEED = 0


def book_size(items: int) -> int:
    """Codes of a level: enough that three levels tell most items apart, few enough that each is often seen."""
    return min(items, int(2 ** np.clip(round(np.log2(max(items, 1)) * 0.6), 3, 8)))


@dataclass
class Progress:
    """Where a training stands."""

    batch: int = 0
    best_loss: float = float("inf")
    since_best: int = 0
    seconds: float = 0.0


def train(
    store: str,
    items: Sequence[Item],
    features: ItemFeatures,
    encoder: Encoder,
    pieces: WordPieces,
    checkpoint: Path,
    resume: bool = False,
) -> Model:
    """The trained model of a store; ``checkpoint`` is written at each check and removed at the end.

    Raises
    ------
    GeneratorError
        There is nothing to resume, or it belongs to other items.
    """
    torch.manual_seed(SEED)
    known = id_hashes([item.item_id for item in items])
    about = TrainedOn(store, encoder.fingerprint, features.text.shape[1], LEVELS, book_size(len(items)))
    quantiser = fit(features.joint, about.levels, about.size)
    maker = ExampleMaker(Simulator(items, features, SEED), features, pieces, encoder)
    run = _Run(about, known, quantiser, features, maker, pieces.table)
    if resume:
        run.restore(checkpoint)
    run.go(checkpoint)
    checkpoint.unlink(missing_ok=True)
    return Model(about, quantiser, run.best, known)


class _Run:
    """One training: the model, the data it draws, and the best state so far."""

    def __init__(
        self,
        about: TrainedOn,
        known: Tensor,
        quantiser: RqVae,
        features: ItemFeatures,
        maker: ExampleMaker,
        table: Tensor,
    ) -> None:
        self.best = Generator(about.dim, about.levels, about.size)
        self._model = Generator(about.dim, about.levels, about.size)
        self._known = known
        self._quantiser = quantiser
        self._features = features
        self._maker = maker
        self._table = table
        self._set_codes()
        self._batches = max(FEWEST_BATCHES, len(known) * PASSES // BATCH)
        targets = np.random.default_rng(SEED).integers(0, len(known), min(DEV_DIALOGUES, 4 * len(known)))
        self._dev = maker.make(targets.tolist(), np.random.default_rng(SEED))
        self._optimiser = torch.optim.AdamW(self._model.parameters(), LEARNING_RATE, weight_decay=0.01)
        self._schedule = torch.optim.lr_scheduler.LambdaLR(self._optimiser, self._rate)
        self._progress = Progress()

    def _set_codes(self) -> None:
        self._joint = torch.from_numpy(self._features.joint)
        self._codes = torch.from_numpy(self._quantiser.codes(self._features.joint))

    def _rate(self, batch: int) -> float:
        """Warm-up, then a cosine down to a twentieth."""
        done = min(1.0, batch / self._batches)
        return min(1.0, (batch + 1) / WARM_UP) * (0.05 + 0.475 * (1 + float(np.cos(np.pi * done))))

    def go(self, checkpoint: Path) -> None:
        """Batches until the dev loss stops falling, the planned number is reached, or the time is up."""
        at = self._progress
        rng = np.random.default_rng([SEED, at.batch])  # one that is resumed draws other dialogues than it had
        began = time.monotonic() - at.seconds
        with tqdm(total=self._batches, initial=at.batch, desc="Training the generator", unit="batch") as bar:
            while at.batch < self._batches and at.since_best < PATIENCE and at.seconds < MOST_SECONDS:
                loss = self._step(rng)
                at.batch += 1
                at.seconds = time.monotonic() - began
                bar.set_postfix(loss=f"{loss:.3f}", dev=f"{at.best_loss:.3f}", refresh=False)
                bar.update()
                if at.batch % CHECK_EVERY == 0 or at.batch == self._batches:
                    self._check()
                    self._keep(checkpoint)
        if not np.isfinite(at.best_loss):
            self._check()

    def _step(self, rng: np.random.Generator) -> float:
        self._model.train()
        targets = rng.integers(0, len(self._known), BATCH).tolist()
        loss = self._loss(self._maker.make(targets, rng))
        self._optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self._model.parameters(), 1.0)
        self._optimiser.step()
        self._schedule.step()
        return loss.item()

    def _loss(self, examples: Sequence[Example]) -> Tensor:
        prefixes, targets = [e.prefix for e in examples], np.array([e.target for e in examples])
        return loss_of(self._model, self._table, self._features, self._codes, self._joint, prefixes, targets)

    @torch.no_grad()
    def _check(self) -> None:
        """Keep the state if the dev loss is the lowest so far."""
        self._model.eval()
        parts = range(0, len(self._dev), BATCH)
        loss = float(np.mean([float(self._loss(self._dev[at : at + BATCH])) for at in parts]))
        self._progress.since_best += 1
        if loss < self._progress.best_loss:
            self._progress.best_loss, self._progress.since_best = loss, 0
            self.best.load_state_dict(self._model.state_dict())

    def _parts(self) -> dict[str, Any]:
        return {
            "model": self._model,
            "best": self.best,
            "quantiser": self._quantiser,
            "optimiser": self._optimiser,
            "schedule": self._schedule,
        }

    def _keep(self, checkpoint: Path) -> None:
        state = {name: part.state_dict() for name, part in self._parts().items()}
        partial = checkpoint.with_suffix(".part")
        torch.save({**state, "known": self._known, "progress": asdict(self._progress)}, partial)
        partial.replace(checkpoint)

    def restore(self, checkpoint: Path) -> None:
        """Go on from a checkpoint."""
        if not checkpoint.is_file():
            raise GeneratorError(f"There is no half-done training at {checkpoint}; train without --resume")
        state = torch.load(checkpoint, weights_only=True)
        if not torch.equal(state["known"], self._known):
            raise GeneratorError(
                f"{checkpoint} belongs to other items than the store has now; train without --resume"
            )
        for name, part in self._parts().items():
            part.load_state_dict(state[name])
        self._progress = Progress(**state["progress"])
        self._set_codes()
