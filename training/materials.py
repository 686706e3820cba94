"""What a generator is trained on: catalogs, each with a source of dialogues about its items.

A store brings dialogues that are made up from its own records. Dialogues that people held can be added, about this
store's items or about another catalog's (``held_examples.py``): since codes come from what items are like, what is
learned there of one catalog holds for the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from retrievers.dialogue_prefix import ItemFeatures
from retrievers.quantiser import Quantiser
from retrievers.semantic_ids import Codes
from training.generator_examples import Example


class Source(Protocol):
    """Where dialogues come from."""

    def draw(self, count: int, rng: np.random.Generator) -> list[Example]:
        """That many examples."""
        ...


@dataclass(frozen=True, slots=True)
class DialogueMaterial:
    """One catalog and a source of dialogues about it; ``share`` of the batches are drawn from it.

    ``held_out`` is where the dialogues come from that choose the best state. ``held`` counts the dialogues of people
    among those to learn from.
    """

    features: ItemFeatures
    source: Source
    held_out: Source
    share: float
    held: int = 0

    def codes(self, quantiser: Quantiser) -> Codes:
        """Of every item, (n_items, levels)."""
        return quantiser.codes(self.features.joint)


@dataclass(frozen=True, slots=True)
class HeldDialogues:
    """Dialogues that people held, drawn evenly."""

    examples: Sequence[Example]

    def draw(self, count: int, rng: np.random.Generator) -> list[Example]:
        """With repetition; a batch may hold two turns of one dialogue."""
        return [self.examples[at] for at in rng.integers(0, len(self.examples), count)]
