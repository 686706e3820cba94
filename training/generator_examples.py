"""Simulated dialogues as the generator reads them, each with the item that it leads to.

A batch has no time to encode words, so a number of dialogues are drawn and encoded before training starts, half of
those of several turns as the shop asks them (the wish at once), half as the bench does (the last words, their vector
mixed with that of what they speak of). They are mixed with others, drawn anew each time, that are read by their words
alone. Half of the vectors of words are moved towards the wanted item as in GENIUS (Kim et al. 2025):
sqrt(s) query + sqrt(1 - s) item, s drawn from Beta(2, 2).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from tqdm import tqdm

from retrievers.base import Encoder, Vectors
from retrievers.dialogue_prefix import ItemFeatures, Pieces, Prefix
from retrievers.standalone import mixed
from training.simulated_dialogues import Dialogue, Simulator

KNOWN_DIALOGUES = 12  # of each item, encoded before
MOST_KNOWN = 60_000
KNOWN_SHARE = 0.6  # of what is drawn
AT_ONCE = 2048


@dataclass(frozen=True, slots=True)
class Example:
    """A dialogue as the generator reads it, and the position of the item that it leads to."""

    prefix: Prefix
    target: int


class MadeUpDialogues:
    """Draws examples about the items of one catalog; ``targets`` are the positions that the known ones lead to."""

    def __init__(
        self, simulator: Simulator, features: ItemFeatures, pieces: Pieces, encoder: Encoder, targets: Sequence[int]
    ) -> None:
        self._simulator = simulator
        self._features = features
        self._pieces = pieces
        drawn = [simulator.dialogue(target) for target in targets]
        self._known = [_as_shop_or_bench(dialogue, at) for at, dialogue in enumerate(drawn)]
        self._vectors = _encode(encoder, [dialogue.texts[-1] for dialogue in self._known])

    def draw(self, count: int, rng: np.random.Generator) -> list[Example]:
        """That many examples."""
        return [self._example(at, rng) for at in rng.integers(0, len(self._known), count).tolist()]

    def _example(self, at: int, rng: np.random.Generator) -> Example:
        """Words without a request, a request without words, and both: each happens, so that either may be missing."""
        dialogue, request = self._known[at], None
        if rng.random() < KNOWN_SHARE:
            request = self._request(dialogue, self._vectors[at], rng)
        else:
            dialogue = self._simulator.dialogue(dialogue.target)
        last = len(dialogue.texts) - 1
        texts = [""] if request is not None and rng.random() < 0.2 else dialogue.texts
        words = list(zip(range(len(texts) - 1, -1, -1), self._pieces.of(texts), strict=True))
        items = [(role, last - turn, item) for role, turn, item in dialogue.items]
        return Example(Prefix(words, request, dialogue.photo, items), dialogue.target)

    def _request(self, dialogue: Dialogue, words: Vectors, rng: np.random.Generator) -> Vectors | None:
        """The vector that the dialogue asks with; None where nothing was said of nothing."""
        spoken_of = self._features.text[dialogue.spoken_of()]
        spoken_of = spoken_of[spoken_of.any(axis=1)]  # an item without words has no vector of them
        if not dialogue.texts[-1]:
            return mixed(None, spoken_of)
        return mixed(self._moved(words, dialogue.target, rng), spoken_of)

    def _moved(self, query: Vectors, target: int, rng: np.random.Generator) -> Vectors:
        if rng.random() < 0.5:
            return query
        share = rng.beta(2, 2)
        moved = np.sqrt(share) * query + np.sqrt(1 - share) * self._features.text[target]
        unit: Vectors = (moved / np.linalg.norm(moved)).astype(np.float32)
        return unit


def every_item(count: int) -> list[int]:
    """The targets of the known dialogues of a catalog of that many items, each as often as any other."""
    return np.repeat(np.arange(count), max(1, min(KNOWN_DIALOGUES, MOST_KNOWN // count))).tolist()


def _as_shop_or_bench(dialogue: Dialogue, at: int) -> Dialogue:
    return dialogue.told_at_once() if at % 2 else dialogue


def _encode(encoder: Encoder, texts: Sequence[str]) -> Vectors:
    parts = []
    with tqdm(total=len(texts), desc="Encoding synthetic queries", unit="query") as bar:
        for start in range(0, len(texts), AT_ONCE):
            parts.append(encoder.encode_texts(texts[start : start + AT_ONCE]))
            bar.update(len(parts[-1]))
    return np.concatenate(parts)
