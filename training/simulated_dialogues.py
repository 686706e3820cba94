"""Dialogues that end at a known item, made up from a catalog and its vectors.

A shopper has one item in mind, says something of it or shows a photo, is shown things of the same kind, and says how
they differ from what is wanted, likes or refuses some, until some turn where the item must be found. What is shown
are near neighbours of the wanted item: what an imperfect search would have answered.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from retrievers.base import Vectors
from retrievers.dialogue_prefix import ItemFeatures, Role
from store.schemas import Item
from training.synthetic_queries import Wording, critique

NEIGHBOURS = 40
MOST_TURNS = 5
SHOWN = 3
STRAYS = 0.3
KIN = 8  # of the neighbours, where no colourways are known
CHUNK = 1024


@dataclass(frozen=True, slots=True)
class Dialogue:
    """``texts`` oldest first; ``items`` are (role, turn, position) with turns counted from the first.

    ``wish`` is all of it as one request, as an understanding that keeps a state would put it.
    """

    texts: tuple[str, ...]
    items: tuple[tuple[Role, int, int], ...]
    photo: Vectors | None
    target: int
    wish: str

    def told_at_once(self) -> Dialogue:
        """The same as the shop asks it: the wish as one message, with what was liked and refused so far."""
        items = tuple((role, 0, at) for role, _, at in self.items if role is not Role.SHOWN)
        return replace(self, texts=(self.wish,), items=items)

    def spoken_of(self) -> list[int]:
        """Positions of what the last words speak of, as ``retrievers/standalone.py`` has it."""
        return next((found for turn in range(len(self.texts) - 1, 0, -1) if (found := self._leading_on(turn))), [])

    def _leading_on(self, turn: int) -> list[int]:
        shown, liked, refused = (
            [at for has, then, at in self.items if has is role and then == turn]
            for role in (Role.SHOWN, Role.LIKED, Role.REFUSED)
        )
        return liked or [at for at in shown if at not in refused]


class Simulator:
    """Draws dialogues about the items of one catalog."""

    def __init__(self, items: Sequence[Item], features: ItemFeatures, seed: int) -> None:
        self._wordings = [Wording(item) for item in items]
        self._features = features
        self._rng = random.Random(seed)
        self._near = neighbours(features.joint, NEIGHBOURS)
        groups: dict[str, list[int]] = {}
        for position, item in enumerate(items):
            if item.item_group_id:
                groups.setdefault(item.item_group_id, []).append(position)
        self._siblings = [
            [other for other in groups.get(item.item_group_id, ()) if other != position]
            for position, item in enumerate(items)
        ]

    def query(self, target: int) -> str:
        """One thing to say that finds an item on its own."""
        return self._wordings[target].query(self._rng)

    def dialogue(self, target: int) -> Dialogue:
        """One dialogue, of one turn in two of five."""
        rng = self._rng
        photo = self._photo(target) if rng.random() < 0.3 else None
        texts, items = [self._opening(target, photo)], []
        turns = 1 if rng.random() < 0.4 or not self._near.shape[1] else rng.randint(2, MOST_TURNS)
        for turn in range(1, turns):
            shown = self._shown(target)
            items += [(Role.SHOWN, turn, at) for at in shown]
            texts.append(self._reaction(target, shown, turn, items))
        wish = texts[0] if turns == 1 else self._wordings[target].kind(rng)
        return Dialogue(tuple(texts), tuple(items), None if photo is None else photo[0], target, wish)

    def _opening(self, target: int, photo: tuple[Vectors, int] | None) -> str:
        if photo is None:
            return self._wordings[target].query(self._rng)
        if photo[1] == target:
            return self._rng.choice(
                ("", "something like this", "do you have this?", self._wordings[target].kind(self._rng))
            )
        return critique(self._wordings[target], self._wordings[photo[1]], self._rng)

    def _reaction(self, target: int, shown: list[int], turn: int, items: list[tuple[Role, int, int]]) -> str:
        rng, wanted = self._rng, self._wordings[target]
        if rng.random() < 0.12:
            items += [(Role.REFUSED, turn, at) for at in shown]
            return rng.choice(("something else", "show me others", "none of these", "more please"))
        spoken_of = rng.choice(shown)
        if len(shown) > 1:
            likeness = self._features.joint[shown] @ self._features.joint[target]
            least, most = shown[int(likeness.argmin())], shown[int(likeness.argmax())]
            if rng.random() < 0.3:
                items.append((Role.LIKED, turn, most))
                spoken_of = most
            if rng.random() < 0.3:
                items.append((Role.REFUSED, turn, least))
        return wanted.kind(rng) if rng.random() < 0.2 else critique(wanted, self._wordings[spoken_of], rng)

    def _shown(self, target: int) -> list[int]:
        """Up to ``SHOWN`` other items."""
        near, rng = self._near[target], self._rng
        found = rng.sample(near.tolist(), min(rng.randint(1, SHOWN), len(near)))
        found += [rng.randrange(len(self._near)) for _ in range(2) if rng.random() < STRAYS]
        return [at for at in dict.fromkeys(found) if at != target]

    def _photo(self, target: int) -> tuple[Vectors, int] | None:
        """A picture that leads to the item, and whose it is: its own or a colourway's, a little blurred.

        Where the catalog names no colourways, the item's nearest stand for them.
        """
        others = self._siblings[target] or self._near[target][:KIN].tolist()
        source = self._rng.choice(others) if others and self._rng.random() < 0.5 else target
        image = self._features.image[source]
        if not image.any():
            return None
        noise = np.random.default_rng(self._rng.getrandbits(32)).standard_normal(image.shape).astype(np.float32)
        blurred = image + 0.4 * self._rng.random() * noise / np.sqrt(len(noise))
        return blurred / np.linalg.norm(blurred), source


def neighbours(vectors: Vectors, count: int) -> NDArray[np.int64]:
    """The nearest other rows of each row by inner product, nearest first, (n, min(count, n - 1))."""
    count = min(count, len(vectors) - 1)
    found = np.empty((len(vectors), count), dtype=np.int64)
    for start in range(0, len(vectors), CHUNK):
        scores = vectors[start : start + CHUNK] @ vectors.T
        scores[np.arange(len(scores)), start + np.arange(len(scores))] = -np.inf
        nearest = np.argpartition(-scores, count - 1, axis=1)[:, :count]
        order = np.argsort(-np.take_along_axis(scores, nearest, 1), axis=1)
        found[start : start + CHUNK] = np.take_along_axis(nearest, order, 1)
    return found
