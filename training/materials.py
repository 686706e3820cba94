"""What a generator is trained on: catalogs, each with a source of dialogues about its items.

A store brings dialogues that are made up from its own records. Dialogues that people held can be added, about this
store's items or about another catalog's: since codes come from what items are like, what is learned there of one
catalog holds for the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import torch
from torch import Tensor

from retrievers.base import PastTurn
from retrievers.dialogue_prefix import ItemFeatures, PrefixReader
from retrievers.rqvae import RqVae
from training.bench import Bench, OpenStore
from training.dialogues import Reader, asked, so_far
from training.generator_examples import Example
from training.sessions import Session

DEV_SHARE = 0.1  # of the sessions, by target


class Source(Protocol):
    """Where dialogues come from."""

    def draw(self, count: int, rng: np.random.Generator) -> list[Example]:
        """That many examples."""
        ...


@dataclass(frozen=True, slots=True)
class Material:
    """One catalog and a source of dialogues about it; ``share`` of the batches are drawn from it."""

    features: ItemFeatures
    source: Source
    share: float

    def codes(self, quantiser: RqVae) -> Tensor:
        """Of every item, (n_items, levels)."""
        return torch.from_numpy(quantiser.codes(self.features.joint))


@dataclass(frozen=True, slots=True)
class HeldDialogues:
    """Dialogues that people held, drawn evenly."""

    examples: Sequence[Example]

    def draw(self, count: int, rng: np.random.Generator) -> list[Example]:
        """With repetition; a batch may hold two turns of one dialogue."""
        return [self.examples[at] for at in rng.integers(0, len(self.examples), count)]


def held_examples(
    store: OpenStore, sessions: Sequence[Session], reader: Reader, pieces: PrefixReader
) -> list[Example]:
    """Every turn of every session as an example; sessions whose target the catalog does not hold are left out."""
    encoder = Bench(store, {}).encoder
    everything = np.ones(len(store.facts), dtype=np.bool_)
    examples = []
    for session in sessions:
        position = store.facts.positions([session.target])
        turns_so_far: Sequence[tuple[PastTurn, ...]] = list(so_far(session, store.catalog)) if position else []
        for turns in turns_so_far:
            query = asked(reader(turns), turns, session.target)
            examples.append(Example(pieces.read(encoder.encode(query, everything)), position[0]))
    return examples


def split_by_target(sessions: Sequence[Session]) -> tuple[list[Session], list[Session]]:
    """Most for training, and about a tenth for choosing; no target is in both."""
    targets = sorted({session.target for session in sessions})
    chosen = set(np.random.default_rng(0).permutation(targets)[: int(len(targets) * DEV_SHARE)].tolist())
    train = [session for session in sessions if session.target not in chosen]
    return train, [session for session in sessions if session.target in chosen]
