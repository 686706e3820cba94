"""Phase 2 of ILM: the item encoder learns to write rows that a frozen language model reads.

Questions about items are answered by the language model with the items' rows in the prompt; the loss is on the
answers alone, and only the encoder learns. The order of a training: ``Reading`` phase 1 first (``ilm_alignment.py``),
then phase 2 until the dev loss stops falling or the time is up.
"""

from __future__ import annotations

import math
import random
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from tqdm import tqdm

from retrievers.errors import ItemTokensError
from retrievers.item_inputs import ItemInputs, users
from retrievers.item_language_model import ItemEncoder
from training.checkpoints import half_done, keep
from training.device import on_gpu
from training.frozen_llm import FrozenLLM, Told
from training.ilm_alignment import Alignment, Batch
from training.ilm_material import StoreMaterial
from training.ilm_tasks import Drawn, Questions

ALIGN_RATE = 5e-4
READ_RATE = 1e-3
ON_RATE = 4e-4  # from a trained encoder on: the full rate first undoes what it can
LEAST_RATE = 0.05  # share of the rate at the end
WARM_UP = 30  # batches
CHECK_EVERY = 60
KEEP_EVERY = 30
DEV_QUESTIONS = 48  # of each store
OWN_WEIGHT = 2.0  # of the store that is trained for, against others that help
SEED = 0
ROW_LETTERS = 20  # an item's rows are about as long as so many letters


@dataclass(frozen=True, slots=True)
class Pace:
    """How much is learned from at a time."""

    aligned: int  # items of a batch of phase 1
    align_batches: int
    read: int  # questions of a batch of phase 2
    told: int  # of them at once, alike in length
    read_batches: int
    patience: int  # checks without a lower dev loss


# On a CPU padding costs as much as words; on a GPU a batch costs little more than a question.
# The rate falls to the end of the time given, and most of what a training brings comes then: patience is long.
ON_CPU = Pace(aligned=48, align_batches=120, read=24, told=8, read_batches=1500, patience=15)
ON_GPU = Pace(aligned=192, align_batches=600, read=128, told=128, read_batches=6000, patience=30)


@dataclass
class Progress:
    """Where a training stands."""

    begun: bool = False  # from a trained encoder
    aligned: int = 0
    read: int = 0
    best_loss: float = float("inf")
    since_best: int = 0
    seconds: float = 0.0


class Training:
    """One training over one or more stores, the first being the one that it is for."""

    def __init__(
        self, encoder: ItemEncoder, llm: FrozenLLM, materials: Sequence[StoreMaterial], table: Tensor, about: str
    ) -> None:
        """``table`` holds MiniLM's word vectors, ``about`` tells whether a checkpoint is of this training."""
        torch.manual_seed(SEED)
        self.encoder, self._llm, self._about = encoder, llm, about
        self._materials = [material.to(llm.table.device) for material in materials]
        self._pace = ON_GPU if on_gpu() else ON_CPU
        self.best = {name: value.clone() for name, value in encoder.state_dict().items()}
        self._alignment = Alignment(encoder, table.to(llm.table.device))
        both = [*encoder.parameters(), *self._alignment.parameters()]
        self._align = torch.optim.AdamW(both, ALIGN_RATE, weight_decay=0.01)
        self._read = torch.optim.AdamW(encoder.parameters(), READ_RATE, weight_decay=0.01)
        sizes = np.sqrt([len(material.split.train) for material in materials])
        sizes[0] *= OWN_WEIGHT
        self._weights: list[float] = sizes.tolist()
        self._dev = [
            (material, Questions(material, material.split.dev, SEED).draw(DEV_QUESTIONS))
            for material in self._materials
            if material.split.dev
        ]
        self.progress = Progress()

    def begin(self, trained: ItemEncoder) -> None:
        """Go on from an encoder that has both phases behind it: phase 1 is left out."""
        self.encoder.load_state_dict({**self.encoder.state_dict(), **trained.state_dict()})  # it reads no texts
        self.progress.begun, self.progress.aligned = True, self._pace.align_batches

    def run(self, checkpoint: Path, most_seconds: float) -> None:
        """Both phases; the encoder ends in its best state, and the checkpoint is removed."""
        at = self.progress
        began = time.monotonic() - at.seconds
        draw = random.Random(SEED + at.aligned + at.read)  # one that is resumed draws other batches than it had
        first, second = self._pace.align_batches, self._pace.read_batches
        with tqdm(total=first, initial=at.aligned, desc="Phase 1, items and texts", unit="batch") as bar:
            while at.aligned < first:
                bar.set_postfix(self._aligned_step(draw), refresh=False)
                at.aligned += 1
                bar.update()
                if at.aligned % KEEP_EVERY == 0:
                    self._keep(checkpoint)
        self._keep(checkpoint)
        sources = [Questions(material, material.split.train, draw.randrange(1 << 30)) for material in self._materials]
        with tqdm(total=second, initial=at.read, desc="Phase 2, through the LLM", unit="batch") as bar:
            while at.read < second and at.since_best < self._pace.patience and at.seconds < most_seconds:
                which = draw.choices(range(len(sources)), self._weights)[0]
                loss = self._read_step(self._materials[which], sources[which].draw(self._pace.read), most_seconds)
                at.read, at.seconds = at.read + 1, time.monotonic() - began
                bar.set_postfix(loss=f"{loss:.3f}", dev=f"{at.best_loss:.3f}", refresh=False)
                bar.update()
                if at.read % CHECK_EVERY == 0:
                    self._check()
                if at.read % KEEP_EVERY == 0:
                    self._keep(checkpoint)
        self._check()
        self.encoder.load_state_dict(self.best)
        checkpoint.unlink(missing_ok=True)

    def _aligned_step(self, draw: random.Random) -> dict[str, str]:
        material = draw.choices(self._materials, self._weights)[0]
        losses = self._alignment.losses(drawn_pairs(material, draw, self._pace.aligned))
        self._align.zero_grad()
        torch.stack(list(losses.values())).sum().backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self._align.param_groups[0]["params"], 1.0)
        self._align.step()
        return {name: f"{loss.item():.2f}" for name, loss in losses.items()}

    def _read_step(self, material: StoreMaterial, drawn: Drawn, most_seconds: float) -> float:
        at = self.progress
        done = min(1.0, max(at.read / self._pace.read_batches, at.seconds / most_seconds))
        rate = min(1.0, (at.read + 1) / WARM_UP) * (
            LEAST_RATE + (1 - LEAST_RATE) * (1 + math.cos(math.pi * done)) / 2
        )
        for group in self._read.param_groups:
            group["lr"] = (ON_RATE if at.begun else READ_RATE) * rate
        self._read.zero_grad()
        total = 0.0
        for asked, rows in batches(drawn, self._pace.told):
            told = self._llm.tell(asked, rows_of(self.encoder, material, rows, self._llm.table))
            loss = told.nats.mean() * len(asked) / len(drawn.asked)  # a price band counts as much as a long name
            loss.backward()  # type: ignore[no-untyped-call]
            total += loss.item()
        nn.utils.clip_grad_norm_(self.encoder.parameters(), 1.0)
        self._read.step()
        return total

    @torch.no_grad()
    def _check(self) -> None:
        """Keep the state if the dev loss is the lowest so far."""
        at = self.progress
        losses = []
        for material, drawn in self._dev:
            for asked, rows in batches(drawn, self._pace.told):
                told = self._llm.tell(asked, rows_of(self.encoder, material, rows, self._llm.table))
                losses += told.nats.tolist()
        loss = float(np.mean(losses)) if losses else 0.0
        at.since_best += 1
        if loss <= at.best_loss:
            at.best_loss, at.since_best = loss, 0
            self.best = {name: value.clone() for name, value in self.encoder.state_dict().items()}

    def _parts(self) -> dict[str, Any]:
        optimisers = {"align": self._align, "read": self._read}
        return {"encoder": self.encoder, "alignment": self._alignment, **optimisers}

    def _keep(self, checkpoint: Path) -> None:
        state = {name: part.state_dict() for name, part in self._parts().items()}
        keep(checkpoint, {**state, "best": self.best, "about": self._about, "progress": asdict(self.progress)})

    def restore(self, checkpoint: Path) -> None:
        """Go on from a checkpoint.

        Raises
        ------
        ItemTokensError
            There is none, it is damaged, or it is of another training.
        """
        with half_done(checkpoint, ItemTokensError, "train without --resume") as state:
            if state["about"] != self._about:
                raise ItemTokensError(
                    f"{checkpoint} is of other items or another language model than now; train without --resume"
                )
            for name, part in self._parts().items():
                part.load_state_dict(state[name])
            self.best, self.progress = state["best"], Progress(**state["progress"])


def rows_of(encoder: ItemEncoder, material: StoreMaterial, rows: Sequence[int], table: Tensor) -> Tensor:
    """The embeddings of items and users as ``Drawn.rows`` names them, (len(rows), K, dim)."""
    positions = torch.tensor(rows)
    inputs = material.inputs.take(positions.clamp_min(0))
    words = material.words[positions.clamp_min(0)].clone()
    people = positions < 0
    if people.any():
        inputs = _with_users(inputs, people, material.users[(-1 - positions[people]).cpu().numpy()])
        words[people] = -1
    embedded: Tensor = encoder(inputs, words, table)
    return embedded


def _with_users(inputs: ItemInputs, people: Tensor, behaviour: np.ndarray[Any, np.dtype[np.float32]]) -> ItemInputs:
    """The same inputs with users in the places of ``people``: of a user nothing is known but their doings."""
    nobody = ~people
    vectors = inputs.behaviour.clone()
    vectors[people] = users(behaviour).behaviour
    return replace(
        inputs,
        said=inputs.said & nobody[:, None],
        pictured=inputs.pictured & nobody,
        priced=inputs.priced & nobody,
        behaviour=vectors,
        known=inputs.known | people,
    )


def batches(drawn: Drawn, size: int) -> list[tuple[list[Any], list[int]]]:
    """Questions in batches, short ones first, each with the rows that its numbers stand for, numbered anew."""
    found = []
    ordered = sorted(drawn.asked, key=lambda each: len(each.answer) + ROW_LETTERS * len(each.question))
    for start in range(0, len(ordered), size):
        some = ordered[start : start + size]
        numbers = [part for each in some for part in each.question if isinstance(part, int)]
        place = {number: at for at, number in enumerate(numbers)}
        asked = [
            replace(each, question=tuple(place[p] if isinstance(p, int) else p for p in each.question))
            for each in some
        ]
        found.append((asked, [drawn.rows[number] for number in numbers]))
    return found


def mean_nats(told: Told) -> Tensor:
    """Mean negative log-probability of all answers' tokens."""
    return -(told.log_probs * told.there).sum() / told.there.sum()


def drawn_pairs(material: StoreMaterial, draw: random.Random, count: int) -> Batch:
    """A batch of phase 1: pairs of what one user took in a row where the store knows any, else items alone."""
    known = set(material.split.train)
    trained = {user: [int(at) for at in taken if int(at) in known] for user, taken in enumerate(material.taken)}
    pairing = [user for user, taken in trained.items() if len(taken) > 1]
    if not pairing:
        at = torch.tensor(draw.sample(material.split.train, min(count, len(known))))
        return Batch(material.inputs.take(at), material.pieces[at])
    pairs: list[tuple[int, int, int]] = []
    for user in draw.choices(pairing, k=count):
        place = draw.randrange(len(trained[user]) - 1)
        pairs.append((user, trained[user][place], trained[user][place + 1]))
    people, first, second = (torch.tensor(column) for column in zip(*pairs, strict=True))
    owned = [set(material.taken[user].tolist()) for user, _, _ in pairs]
    same = torch.tensor([[item in owned[row] for _, _, item in pairs] for row in range(len(pairs))])
    takers = users(material.users[people.cpu().numpy()])
    return Batch(material.inputs.take(first), material.pieces[first], material.inputs.take(second), takers, same)
