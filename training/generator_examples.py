"""Simulated dialogues as the generator reads them, each with the item that it leads to.

Some queries of each item are encoded before training starts; they stand for the request as a whole, which no batch
has the time to encode anew. Half of them are moved towards the wanted item as in GENIUS (Kim et al. 2025):
sqrt(s) query + sqrt(1 - s) item, s drawn from Beta(2, 2).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from tqdm import tqdm

from retrievers.base import Encoder, Vectors
from retrievers.dialogue_prefix import ItemFeatures, Pieces, Prefix
from training.simulated_dialogues import Dialogue, Simulator

KNOWN_QUERIES = 12  # of each item, whose vectors are worked out before
MOST_KNOWN = 60_000
AT_ONCE = 2048


@dataclass(frozen=True, slots=True)
class Example:
    """A dialogue as the generator reads it, and the position of the item that it leads to."""

    prefix: Prefix
    target: int


class MadeUpDialogues:
    """Draws examples about the items of one catalog, each item as often as any other."""

    def __init__(self, simulator: Simulator, features: ItemFeatures, pieces: Pieces, encoder: Encoder) -> None:
        n = len(features.text)
        self._simulator = simulator
        self._features = features
        self._pieces = pieces
        self._per_item = max(1, min(KNOWN_QUERIES, MOST_KNOWN // n))
        self._texts = [simulator.query(item) for item in range(n) for _ in range(self._per_item)]
        self._vectors = _encode(encoder, self._texts).reshape(n, self._per_item, -1)

    def draw(self, count: int, rng: np.random.Generator) -> list[Example]:
        """That many examples."""
        targets = rng.integers(0, len(self._vectors), count).tolist()
        return [self._example(self._simulator.dialogue(target), rng) for target in targets]

    def _example(self, dialogue: Dialogue, rng: np.random.Generator) -> Example:
        """Words without a request, a request without words, and both: each happens, so that either may be missing."""
        target, at = dialogue.target, int(rng.integers(self._per_item))
        texts, request = list(dialogue.texts), None
        alone = len(texts) == 1 and dialogue.photo is None
        if rng.random() < (0.75 if alone else 0.5):
            request = self._moved(self._vectors[target, at], target, rng)
            if alone:
                texts = [self._texts[target * self._per_item + at]]
            if rng.random() < 0.2:
                texts = [""]
        last = len(texts) - 1
        words = list(zip(range(last, -1, -1), self._pieces.of(texts), strict=True))
        items = [(role, len(dialogue.texts) - 1 - turn, item) for role, turn, item in dialogue.items]
        return Example(Prefix(words, request, dialogue.photo, items), target)

    def _moved(self, query: Vectors, target: int, rng: np.random.Generator) -> Vectors:
        if rng.random() < 0.5:
            return query
        share = rng.beta(2, 2)
        mixed = np.sqrt(share) * query + np.sqrt(1 - share) * self._features.text[target]
        unit: Vectors = (mixed / np.linalg.norm(mixed)).astype(np.float32)
        return unit


def _encode(encoder: Encoder, texts: Sequence[str]) -> Vectors:
    parts = []
    with tqdm(total=len(texts), desc="Encoding synthetic queries", unit="query") as bar:
        for start in range(0, len(texts), AT_ONCE):
            parts.append(encoder.encode_texts(texts[start : start + AT_ONCE]))
            bar.update(len(parts[-1]))
    return np.concatenate(parts)
