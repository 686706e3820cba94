"""A frozen language model reads histories of movies, shown in one way, and learns to tell the title that came next.

Some movies of a user stand in the prompt, then the user, each as rows of embeddings (``movielens_variants.py``);
every place of a history is learned from in one pass (``branches.py``), and beside it the titles of single movies from
their rows, the simplest of the tasks of Item-Language Model (arXiv:2406.02844, section 4).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from tqdm import tqdm

from retrievers.base import Vectors
from retrievers.item_language_model import MOST_WORDS, Shape
from training.branches import Piece, Tree, answers_of, embedded
from training.device import on_gpu
from training.frozen_llm import FrozenLLM
from training.leave_one_out import Numbers
from training.movielens import SEED, K
from training.movielens_variants import LEAST_BATCHES, MLP, NOBODY, MovieMaterial, Projector, QFormer, padded
from training.title_search import TitleTrie

SEEN = 12  # movies before the one in question that stand in the prompt, at the most
CONTEXT, TARGETS = 4, 12  # of a stretch of a history: read without a question, and asked for
STRETCHES_CPU, STRETCHES_GPU = 4, 8  # of a batch
NAMED = 2  # single movies to name for each stretch
QUESTION, NAME = "Which movie comes next?\n", "Which movie is this?\n"


class Reader:
    """A language model that is shown movies in one way, and learns to see them."""

    def __init__(self, name: str, material: MovieMaterial, llm: FrozenLLM, queries: int) -> None:
        torch.manual_seed(SEED)
        self._material, self._llm, self._queries = material, llm, queries
        self._said = [llm.ids(title) for title in material.titles]
        self._trie = TitleTrie([[*said, *llm.end] for said in self._said])
        self._tells_titles, self._names = name.startswith("text"), not name.startswith("text")
        self._prompt = nn.Parameter(llm.table[:queries].clone()) if name == "text+prompt" else None
        self.projector = projector_of(name, material, padded(self._said, MOST_WORDS, -1), llm.table, queries)

    @property
    def learned(self) -> list[nn.Parameter]:
        """What there is to learn."""
        prompt = [] if self._prompt is None else [self._prompt]
        return prompt if self.projector is None else list(self.projector.parameters())

    def learn(self, epochs: float, rate: float) -> None:
        """Phase 2: titles from rows, through the frozen model, over so many times all histories."""
        draw = np.random.default_rng(SEED)
        read = STRETCHES_GPU if on_gpu() else STRETCHES_CPU
        stretches = _stretches(self._material.histories.took, draw)
        batches = max(LEAST_BATCHES, int(epochs * len(next(stretches)) / read))
        groups: list[dict[str, Any]] = [{"params": self.learned, "lr": rate}]
        if self.projector is not None:
            groups = self.projector.groups(rate)
        optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
        rates = [float(group["lr"]) for group in groups]
        schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, rates, total_steps=batches, pct_start=0.1)
        waiting: list[tuple[int, int]] = []
        for _ in tqdm(range(batches), "phase 2", unit="batch"):
            while len(waiting) < read:
                waiting += next(stretches)
            batch, waiting = waiting[:read], waiting[read:]
            answers = self._answers(batch, draw)
            optimiser.zero_grad()
            (-answers.mean()).backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(self.learned, 1.0)
            optimiser.step()
            schedule.step()

    def _answers(self, stretches: Sequence[tuple[int, int]], draw: np.random.Generator) -> Tensor:
        """Log-probabilities of all tokens of the titles that are asked for."""
        shown = Shown()
        trees = [self._history(*stretch, shown) for stretch in stretches]
        if self._names:
            movies = draw.integers(len(self._said), size=NAMED * len(stretches)).tolist()
            trees += [self._names_of(movies[at : at + TARGETS], shown) for at in range(0, len(movies), TARGETS)]
        return answers_of(self._llm, trees, self._rows(shown)).log_probs

    def _history(self, user: int, begin: int, shown: Shown) -> Tree:
        """A stretch of a history; what comes next is asked for after each of its movies but the first few."""
        took, before = self._material.histories.took[user], self._material.histories.before[user]
        tree = [self._question()]
        trunk = 0
        for place in range(max(0, begin - CONTEXT), min(begin + TARGETS, len(took))):
            movie = int(took[place])
            if place >= max(1, begin):
                tree.append(self._asked(before[place], trunk, shown))
                tree.append(Piece([*self._said[movie], *self._llm.end], len(tree) - 1, answer=True))
            tree.append(self._movie(movie, trunk, shown))
            trunk = len(tree) - 1
        return tree

    def _names_of(self, movies: Sequence[int], shown: Shown) -> Tree:
        tree = [Piece(self._llm.ids(NAME))]
        for movie in movies:
            row = shown.add(self._material.histories.movies[movie], movie)
            tree.append(Piece([*self._symbols(row), *self._llm.after], 0))
            tree.append(Piece([*self._said[movie], *self._llm.end], len(tree) - 1, answer=True))
        return tree

    def _question(self) -> Piece:
        prompt = [] if self._prompt is None else range(-1, -1 - self._queries, -1)
        return Piece([*prompt, *self._llm.ids(QUESTION)])

    def _movie(self, movie: int, parent: int, shown: Shown) -> Piece:
        said = [*self._said[movie], *self._llm.ids("; ")] if self._tells_titles else []
        if self.projector is None:
            return Piece(said, parent)
        return Piece([*self._symbols(shown.add(self._material.histories.movies[movie], movie)), *said], parent)

    def _asked(self, user: Vectors, parent: int, shown: Shown) -> Piece:
        """The user, and the end of the question."""
        row = [] if self.projector is None else self._symbols(shown.add(user, NOBODY))
        return Piece([*row, *self._llm.after], parent)

    def _symbols(self, shown: int) -> range:
        return range(-1 - shown * self._queries, -1 - (shown + 1) * self._queries, -1)

    def _rows(self, shown: Shown) -> Tensor:
        if self.projector is None:
            return self._llm.table[:0] if self._prompt is None else self._prompt
        behaviour = torch.as_tensor(np.stack(shown.behaviour))
        rows: Tensor = self.projector(behaviour, torch.tensor(shown.movies))
        return rows.flatten(0, 1)

    @torch.no_grad()
    def scores(self, histories: Sequence[Numbers], asked: Sequence[Numbers]) -> list[Vectors]:
        """Log-probabilities of the titles of movies that are asked about after each history, (movies,) each."""
        shown, trees = Shown(), []
        for history, movies in zip(histories, asked, strict=True):
            trunk = self._trunk(history, shown)
            titles = [[*self._said[movie], *self._llm.end] for movie in movies]
            trees.append([*trunk, *(Piece(title, len(trunk) - 1, answer=True) for title in titles)])
        sums = answers_of(self._llm, trees, self._rows(shown)).sums().cpu().numpy()
        return np.split(sums, np.cumsum([len(movies) for movies in asked])[:-1])

    @torch.no_grad()
    def likelier(self, history: Numbers, than: int, score: float, met: Numbers) -> dict[int, float]:
        """Movies whose titles have more log-probability than that of ``than``, by number; see ``TitleTrie``."""
        shown = Shown()
        trunk = [symbol for piece in self._trunk(history, shown) for symbol in piece.symbols]
        prompt = embedded(torch.tensor(trunk), self._llm.table, self._rows(shown))
        return self._trie.likelier(self._llm.continuing(prompt), than, score, K, met)

    def _trunk(self, history: Numbers, shown: Shown) -> list[Piece]:
        """A whole prompt about what comes after a history."""
        trunk = [self._question()]
        for movie in history[-SEEN:].tolist():
            trunk.append(self._movie(movie, len(trunk) - 1, shown))
        return [*trunk, self._asked(self._material.histories.after(history), len(trunk) - 1, shown)]


class Shown:
    """Movies and users of a batch that are shown as rows, in order."""

    def __init__(self) -> None:
        self.behaviour: list[Vectors] = []
        self.movies: list[int] = []

    def add(self, behaviour: Vectors, movie: int) -> int:
        """Its number."""
        self.behaviour.append(behaviour)
        self.movies.append(movie)
        return len(self.movies) - 1


def projector_of(
    name: str, material: MovieMaterial, words: Tensor, llm_table: Tensor, queries: int
) -> Projector | None:
    """What makes the rows of a variant; ``None`` where nothing is shown as rows."""
    shape = Shape(llm_table.shape[1], queries)
    if name in ("text", "text+prompt"):
        return None
    if name in ("mlp", "text+mlp"):
        return MLP(shape)
    return QFormer(shape, material, words, llm_table, name.startswith("titles"), name.endswith("mlp"))


def _stretches(took: Sequence[Numbers], draw: np.random.Generator) -> Iterator[list[tuple[int, int]]]:
    """All histories once in each list, cut anew: the user, and the place of the first movie that is asked for."""
    while True:
        cut = [
            (user, begin)
            for user, mine in enumerate(took)
            for begin in range(1 - int(draw.integers(TARGETS)), len(mine), TARGETS)
            if begin + TARGETS > 1
        ]
        yield [cut[at] for at in draw.permutation(len(cut))]
