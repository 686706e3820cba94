"""Train a generator on dialogues whose end is known.

The generator is to write the codes of the item that a dialogue leads to, and to wish for that item among the others
of the batch. A fixed set of dialogues chooses the best state and ends the training when it gets no better.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from tqdm import tqdm

from retrievers.beam_search import ordered_items
from retrievers.errors import GeneratorError
from retrievers.generative import Model, TrainedOn, rebuild
from retrievers.generator import Generator
from retrievers.quantiser import Quantiser
from training.checkpoints import half_done, keep
from training.device import best_device
from training.generator_examples import Example
from training.generator_loss import Aim, loss_of
from training.materials import DialogueMaterial

BATCH = 256
LEAST_BATCH = 32  # of a store of fewer items than a batch
LEARNING_RATE = 8e-4
WARM_UP = 60  # batches
DEV_DIALOGUES = 1024
CHECK_EVERY = 100  # batches
FOLLOW_EVERY = 25  # batches
KEEP_EVERY = 25  # batches: what a kill can cost
PATIENCE = 4  # checks without a lower loss
BATCHES = 1600  # forty dialogues for each of ten thousand items, a quarter of an hour on two cores
LEAST_BATCHES = 100
TRUSTS = (0.0, 0.1, 0.25, 0.5, 0.75, 1.0)
MOST_SECONDS = 15 * 60
SEED = 0


@dataclass
class Progress:
    """Where a training stands."""

    batch: int = 0
    best_loss: float = float("inf")
    since_best: int = 0
    seconds: float = 0.0

    @property
    def told(self) -> str:
        """The lowest dev loss, in words before the first check."""
        return f"{self.best_loss:.3f}" if np.isfinite(self.best_loss) else "not yet"


def train(
    about: TrainedOn,
    quantiser: Quantiser,
    materials: Sequence[DialogueMaterial],
    known: Tensor,
    table: Tensor,
    checkpoint: Path,
    resume: bool = False,
) -> Model:
    """A trained model, on the processor, whatever it was trained on.

    Parameters
    ----------
    materials : the store itself first; the dev set is drawn from all by their shares.
    known : (n_items,), hashes of the store's item ids.
    table : (pieces, WORD_DIM), vectors of the word pieces.
    checkpoint : written every ``KEEP_EVERY`` batches and at the end, for whoever goes on from here.

    Raises
    ------
    GeneratorError
        There is nothing to resume, or it is damaged or belongs to other items or another encoder.
    """
    run = Run(about, quantiser, materials, known, table, best_device())
    if resume:
        run.restore(checkpoint)
    run.go(checkpoint)
    return Model(about, quantiser, run.best.cpu(), known)


def to_learn_from(items: int, materials: Sequence[DialogueMaterial]) -> int:
    """Items, and dialogues that people held: few of both are learned in fewer and smaller batches."""
    return items + sum(material.held for material in materials)


@dataclass
class _Catalog:
    """The items of one material, and where they lie in the space of wishes: this follows the model now and then."""

    material: DialogueMaterial
    aim: Aim
    items: Tensor


@dataclass(frozen=True, slots=True)
class Batch:
    """Dialogues about the items of one catalog, to be learned from at once."""

    catalog: _Catalog
    examples: Sequence[Example]


class Run:
    """One training on a device: the model, the data it draws, and the best state so far."""

    def __init__(
        self,
        about: TrainedOn,
        quantiser: Quantiser,
        materials: Sequence[DialogueMaterial],
        known: Tensor,
        table: Tensor,
        device: torch.device,
    ) -> None:
        torch.manual_seed(SEED)
        self._about = about
        self.best = Generator(about.dim, about.levels, about.size).to(device)
        self._model = Generator(about.dim, about.levels, about.size).to(device)
        self._known = known
        self._table = table.to(device)
        aims = [Aim.of(m.features, m.codes(quantiser), device) for m in materials]
        self._model.start_from(aims[0].joint)
        places = [ordered_items(self._model, aim.trie, aim.joint) for aim in aims]
        self._catalogs = [_Catalog(*each) for each in zip(materials, aims, places, strict=True)]
        taught = to_learn_from(len(known), materials)
        self._batch = int(np.clip(taught, LEAST_BATCH, BATCH))
        self._batches = int(np.clip(taught, LEAST_BATCHES, BATCHES))
        self._warm_up = min(WARM_UP, self._batches // 5)
        self._shares = np.array([m.share for m in materials]) / sum(m.share for m in materials)
        rng = np.random.default_rng(SEED)
        self._dev = [
            (of, of.material.held_out.draw(int(DEV_DIALOGUES * share), rng))
            for of, share in zip(self._catalogs, self._shares, strict=True)
        ]
        self._progress = Progress()
        self._optimiser = torch.optim.AdamW(self._model.parameters(), LEARNING_RATE, weight_decay=0.01)
        self._schedule = torch.optim.lr_scheduler.LambdaLR(self._optimiser, self._rate)

    def _rate(self, batch: int) -> float:
        """Warm-up, then a cosine down to a twentieth, by what is used up first: the batches or the time."""
        done = min(1.0, max(batch / self._batches, self._progress.seconds / MOST_SECONDS))
        return min(1.0, (batch + 1) / self._warm_up) * (0.05 + 0.475 * (1 + float(np.cos(np.pi * done))))

    def go(self, checkpoint: Path) -> None:
        """Batches until the dev loss stops falling, the planned number is reached, or the time is up."""
        at = self._progress
        rng = np.random.default_rng([SEED, at.batch])  # one that is resumed draws other dialogues than it had
        began = time.monotonic() - at.seconds
        with tqdm(total=self._batches, initial=at.batch, desc="Training the generator", unit="batch") as bar:
            while at.batch < self._batches and at.since_best < PATIENCE and at.seconds < MOST_SECONDS:
                if at.batch % FOLLOW_EVERY == 0:
                    self.follow()
                loss = self.step(self.draw(rng))
                at.batch += 1
                at.seconds = time.monotonic() - began
                bar.set_postfix(loss=f"{loss:.3f}", dev=at.told, refresh=False)
                bar.update()
                if at.batch % CHECK_EVERY == 0 or at.batch == self._batches:
                    self._check()
                if at.batch % KEEP_EVERY == 0:
                    self._keep(checkpoint)
        if at.batch % CHECK_EVERY or not np.isfinite(at.best_loss):
            self._check()  # the time was up between two checks, and the last batches are the finest
        self._keep(checkpoint)
        self._choose_trust()

    def draw(self, rng: np.random.Generator) -> Batch:
        """Dialogues about one of the catalogs."""
        catalog = self._catalogs[rng.choice(len(self._catalogs), p=self._shares)]
        return Batch(catalog, catalog.material.source.draw(self._batch, rng))

    def step(self, batch: Batch) -> float:
        """Learn from a batch; returns its loss."""
        self._model.train()
        loss = self._loss(batch.catalog, batch.examples)
        self._optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self._model.parameters(), 1.0)
        self._optimiser.step()
        self._schedule.step()
        return loss.item()

    def _loss(self, of: _Catalog, examples: Sequence[Example]) -> Tensor:
        prefixes, targets = [e.prefix for e in examples], np.array([e.target for e in examples])
        return loss_of(self._model, self._table, of.aim, of.items, prefixes, targets)

    def follow(self) -> None:
        """Bring the items to where the model is."""
        for catalog in self._catalogs:
            catalog.items = ordered_items(self._model, catalog.aim.trie, catalog.aim.joint)

    def _check(self) -> None:
        """Keep the state if the dev loss is the lowest so far."""
        loss = self._dev_loss()
        self._progress.since_best += 1
        if loss < self._progress.best_loss:
            self._progress.best_loss, self._progress.since_best = loss, 0
            self.best.load_state_dict(self._model.state_dict())

    @torch.no_grad()
    def _dev_loss(self) -> float:
        self._model.eval()
        self.follow()
        parts = [(of, some[at : at + BATCH]) for of, some in self._dev for at in range(0, len(some), BATCH)]
        return float(np.mean([self._loss(of, some).item() for of, some in parts]))

    def _choose_trust(self) -> None:
        """How far the best state's decoder is trusted: on items that it never saw wanted it can be too sure."""
        self._model.load_state_dict(self.best.state_dict())
        losses = {}
        for trust in TRUSTS:
            self._model.trust.fill_(trust)
            losses[trust] = self._dev_loss()
        self.best.trust.fill_(min(losses, key=losses.__getitem__))

    def _parts(self) -> dict[str, Any]:
        return {
            "model": self._model,
            "best": self.best,
            "optimiser": self._optimiser,
            "schedule": self._schedule,
        }

    def _keep(self, checkpoint: Path) -> None:
        state = {name: part.state_dict() for name, part in self._parts().items()}
        about = {"about": self._belongs_to, "known": self._known, "progress": asdict(self._progress)}
        keep(checkpoint, {**state, **about})

    @property
    def _belongs_to(self) -> str:
        """As text, since a checkpoint holds nothing but tensors and plain values."""
        return json.dumps(asdict(self._about))

    def restore(self, checkpoint: Path) -> None:
        """Go on from a checkpoint."""
        remedy = rebuild(self._about.store)
        with half_done(checkpoint, GeneratorError, remedy) as state:
            if state["about"] != self._belongs_to or not torch.equal(state["known"], self._known):
                raise GeneratorError(
                    f"{checkpoint} is of other items or another encoder than the store has now; {remedy}"
                )
            for name, part in self._parts().items():
                part.load_state_dict(state[name])
            self._progress = Progress(**state["progress"])
