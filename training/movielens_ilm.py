"""The comparison of the ILM paper on MovieLens 100k: what a frozen language model makes of behaviour vectors.

A history of movies stands in the prompt as rows of embeddings, and the model is asked for the next title; only what
makes the rows is trained. ``mlp`` is a two-layer network on the behaviour vector (as CoLLM does); ``random`` is the
Q-Former as it comes; ``it``, ``it+ii`` and ``it+ui`` are Q-Formers that went through phase 1 with these losses
(Item-Language Model, arXiv:2406.02844, section 4). As in the paper the encoders see behaviour vectors alone, so that
nothing but phase 1 tells them of titles. ``text`` has the titles in the prompt and trains nothing, ``text+prompt`` as
many learned rows before them as an item has. Measured are the next movie among 20 by the log-probabilities of their
titles, among all that the user has not met (``title_search.py``), and the nats of the held-out title. On two cores
``--users`` and ``--batches`` say how little will do.
``python -m training.movielens_ilm --variants mlp,it --queries 4``.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from tqdm import tqdm

from retrievers.base import Vectors
from retrievers.item_inputs import ItemInputs, scaled, users
from retrievers.item_language_model import BEHAVIOUR_DIM, ItemEncoder, Shape
from retrievers.minilm import WordPieces
from store.generations import home_folder
from store.weights import MINILM, fetch
from training.behaviour import fit_als, user_items
from training.device import on_gpu, use_best_device
from training.frozen_llm import Asked, FrozenLLM
from training.ilm_alignment import Alignment, Batch
from training.ilm_material import MOST_PIECES
from training.leave_one_out import Numbers
from training.metrics import bootstrap_interval, with_interval
from training.movielens import FOLDER, SEED, K, Task, read_movielens
from training.title_search import TitleTrie
from training.train_ilm import llm_folder

VARIANTS = ("text", "text+prompt", "mlp", "random", "it", "it+ii", "it+ui")
HISTORY = 5
QUESTION = "\nWhich movie comes next?"
ALIGNED, ALIGN_BATCHES, ALIGN_RATE = 64, 200, 5e-4
READ_CPU, READ_GPU, READ_RATE = 32, 96, 1e-3
TOLD = 16  # of a batch in one pass, alike in length; a GPU reads all at once

Rows = Callable[[Sequence[int]], Tensor]  # movies (n,) to rows (n, K, dim)


@dataclass(frozen=True, slots=True)
class Movies:
    """The task as encoders see it; the last movie of every user is in none of it."""

    titles: Sequence[str]
    vectors: Vectors  # (movies, dim)
    people: Vectors  # (users, dim)
    taken: Sequence[Numbers]  # by user, in order of time
    pieces: Tensor  # (movies, MOST_PIECES)


def movies_of(task: Task, pieces: WordPieces) -> Movies:
    """Behaviour vectors of what came before the held-out movies, and the titles in pieces."""
    train = task.test.train
    people, vectors = fit_als(user_items(train, task.items))
    table = torch.zeros(task.items, MOST_PIECES, dtype=torch.long)
    for row, ids in enumerate(pieces.of(task.titles)):
        table[row, : min(len(ids), MOST_PIECES)] = torch.tensor(ids[:MOST_PIECES])
    taken = [train.items[train.users == user] for user in range(len(people))]
    return Movies(task.titles, scaled(vectors, vectors), scaled(people, vectors), taken, table)


class MLP(nn.Module):
    """A behaviour vector to K rows by one hidden layer."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self._shape = shape
        width = 4 * shape.width
        self.layers = nn.Sequential(
            nn.Linear(BEHAVIOUR_DIM, width), nn.GELU(), nn.Linear(width, shape.queries * shape.llm_dim)
        )

    def forward(self, behaviour: Tensor) -> Tensor:  # (batch, dim) -> (batch, K, llm_dim)
        """Rows for the prompt."""
        rows: Tensor = self.layers(behaviour).view(len(behaviour), self._shape.queries, self._shape.llm_dim)
        return rows


class Variant:
    """One way to show movies to the language model, trained on the histories for so many batches."""

    def __init__(self, name: str, movies: Movies, llm: FrozenLLM, table: Tensor, queries: int, batches: int) -> None:
        torch.manual_seed(SEED)
        self._name, self._movies, self._llm = name, movies, llm
        shape = Shape(llm.dim, queries)
        self._vectors = torch.as_tensor(movies.vectors)
        if name.startswith("text"):
            self._prompt = nn.Parameter(llm.table[:queries].clone())
            self._learned: list[nn.Parameter] = [self._prompt] if name == "text+prompt" else []
        elif name == "mlp":
            self._encoder: nn.Module = MLP(shape)
            self._learned = list(self._encoder.parameters())
        else:
            encoder = ItemEncoder(shape)
            if name != "random":
                _align(encoder, movies, table.to(llm.table.device), name)
            self._encoder = encoder
            self._learned = list(encoder.parameters())
        if self._learned:
            self._train(batches)

    def _rows(self, about: Sequence[int]) -> Tensor:
        if self._name.startswith("text"):
            return self._prompt[None]
        behaviour = self._vectors[torch.tensor(about)]
        if isinstance(self._encoder, MLP):
            mlp_rows: Tensor = self._encoder(behaviour)
            return mlp_rows
        nothing = torch.full((len(about), 1), -1, dtype=torch.long)
        rows: Tensor = self._encoder(_inputs(behaviour), nothing, self._llm.table)
        return rows

    def _question(self, history: Sequence[int], first: int) -> tuple[str | int, ...]:
        """The prompt's parts; rows of the history begin at number ``first``."""
        if not self._name.startswith("text"):
            between = [part for number in range(len(history)) for part in (first + number, " ")]
            return (*between[:-1], QUESTION)
        titles = "; ".join(self._movies.titles[at] for at in history)
        return (0, titles, QUESTION) if self._name == "text+prompt" else (titles, QUESTION)

    def _train(self, batches: int) -> None:
        optimiser = torch.optim.AdamW(self._learned, READ_RATE, weight_decay=0.01)
        schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, READ_RATE, total_steps=batches, pct_start=0.1)
        draw = random.Random(SEED)
        read, size = (READ_GPU, READ_GPU) if on_gpu() else (READ_CPU, TOLD)
        for _ in tqdm(range(batches), desc=f"{self._name}, phase 2", unit="batch"):
            examples = [self._drawn(draw) for _ in range(read)]
            examples.sort(key=lambda each: len(self._movies.titles[each[1]]))
            optimiser.zero_grad()
            for start in range(0, read, size):
                part = examples[start : start + size]
                about = [at for history, _ in part for at in history]
                asked = [
                    Asked(self._question(history, number * HISTORY), self._movies.titles[target])
                    for number, (history, target) in enumerate(part)
                ]
                told = self._llm.tell(asked, self._rows(about))
                loss = -(told.log_probs * told.there).sum() / told.there.sum() * len(part) / read
                loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(self._learned, 1.0)
            optimiser.step()
            schedule.step()

    def _drawn(self, draw: random.Random) -> tuple[list[int], int]:
        """A history and what came after it, of a random user."""
        while True:
            taken = self._movies.taken[draw.randrange(len(self._movies.taken))]
            if len(taken) > HISTORY:
                end = draw.randrange(HISTORY, len(taken))
                return [int(at) for at in taken[end - HISTORY : end]], int(taken[end])

    @torch.no_grad()
    def scores(self, task: Task, trie: TitleTrie) -> Vectors:
        """Log-probability of titles after what each user took last, (users measured, movies).

        Known are those of the candidates and as many likelier ones as decide whether the target is among the best
        ``K``; the others are -inf.
        """
        scores = np.full((len(task.test.users), task.items), -np.inf, dtype=np.float32)
        measured = zip(task.test.users, task.test.targets, task.candidates, strict=True)
        for row, (user, target, candidates) in enumerate(tqdm(measured, self._name, len(scores), unit="user")):
            taken = self._movies.taken[int(user)]
            history = taken[-HISTORY:].tolist()
            question, rows = self._question(history, 0), self._rows(history)
            asked = [self._movies.titles[at] for at in candidates]
            scores[row, candidates] = self._llm.scores(question, asked, rows).cpu().numpy()
            following = self._llm.continuing(question, rows)
            for movie, score in trie.likelier(following, target, scores[row, target], K, taken).items():
                scores[row, movie] = score
        return scores


def _inputs(behaviour: Tensor) -> ItemInputs:
    return users(behaviour.cpu().numpy())


def chosen_losses(name: str, losses: Mapping[str, Tensor]) -> list[Tensor]:
    """The losses that a variant is named after: "it+ui" has the three of item and text, and that of user and item."""
    further = name.split("+")[1:]
    return [loss for each, loss in losses.items() if each.startswith("it") or each in further]


def _align(encoder: ItemEncoder, movies: Movies, table: Tensor, name: str) -> None:
    """Phase 1 with the losses that the variant's name tells."""
    alignment = Alignment(encoder, table)
    learned = [*encoder.parameters(), *alignment.parameters()]
    optimiser = torch.optim.AdamW(learned, ALIGN_RATE, weight_decay=0.01)
    draw = random.Random(SEED)
    for _ in tqdm(range(ALIGN_BATCHES), desc=f"{name}, phase 1", unit="batch"):
        losses = chosen_losses(name, alignment.losses(_pairs(movies, draw)))
        optimiser.zero_grad()
        torch.stack(losses).sum().backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(learned, 1.0)
        optimiser.step()


def _pairs(movies: Movies, draw: random.Random) -> Batch:
    chosen: list[tuple[int, int, int]] = []
    while len(chosen) < ALIGNED:
        user = draw.randrange(len(movies.taken))
        taken = movies.taken[user]
        if len(taken) > 1:
            at = draw.randrange(len(taken) - 1)
            chosen.append((user, int(taken[at]), int(taken[at + 1])))
    people, first, second = (list(column) for column in zip(*chosen, strict=True))
    owned = [set(movies.taken[user].tolist()) for user in people]
    same = torch.tensor([[item in mine for item in second] for mine in owned])
    vectors = torch.as_tensor(movies.vectors)
    return Batch(
        _inputs(vectors[first]), movies.pieces[first], _inputs(vectors[second]), users(movies.people[people]), same
    )


def compare(
    task: Task, llm: FrozenLLM, pieces: WordPieces, names: Sequence[str], queries: int, batches: int, count: int
) -> dict[str, dict[str, Any]]:
    """Figures for ``count`` users drawn with a seed, by variant, with the seconds that it took."""
    movies, few = movies_of(task, pieces), of_few(task, count)
    trie = TitleTrie([[*llm.ids(title), *llm.end] for title in task.titles])
    found = {}
    for name in names:
        began = time.monotonic()
        variant = Variant(name, movies, llm, pieces.table, queries, batches)
        scores = variant.scores(few, trie)
        found[name] = {**figures(few, scores, trie.lengths()), "seconds": time.monotonic() - began}
    return found


def of_few(task: Task, count: int) -> Task:
    """The same with ``count`` users to measure, drawn with a seed."""
    kept = np.sort(np.random.default_rng(SEED).permutation(len(task.test.users))[:count])
    held = replace(task.test, users=task.test.users[kept], targets=task.test.targets[kept])
    return replace(task, test=held, candidates=task.candidates[kept])


def figures(task: Task, scores: Vectors, tokens: Numbers) -> dict[str, Any]:
    """Ranking figures of ``scores`` (users measured, movies), and the ``nats`` a token of the held-out titles."""
    row = {int(user): at for at, user in enumerate(task.test.users)}
    ranking = task.figures(lambda people: scores[[row[int(user)] for user in people]])
    nats = -scores[np.arange(len(scores)), task.test.targets] / tokens[task.test.targets]
    return {**ranking, "nats": {"nats": round(float(nats.mean()), 4), "ci95": {"nats": bootstrap_interval(nats)}}}


def main(argv: Sequence[str] | None = None) -> None:
    """Print a table, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=FOLDER, help="with u.data and u.item (default: %(default)s)")
    parser.add_argument("--llm", type=Path, help="folder of the language model (default: Mercer's small one)")
    parser.add_argument("--variants", default=",".join(VARIANTS), help="comma-separated (default: %(default)s)")
    parser.add_argument("--queries", type=int, default=4, help="rows of a movie")
    parser.add_argument("--batches", type=int, default=800, help="of phase 2")
    parser.add_argument("--users", type=int, default=400, help="that are measured")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args(argv)
    models = home_folder() / "models"
    use_best_device()
    llm = FrozenLLM(llm_folder(args.llm, models))
    pieces = WordPieces(fetch(MINILM, models))
    task = read_movielens(args.folder)
    found = compare(task, llm, pieces, args.variants.split(","), args.queries, args.batches, args.users)
    if args.json:
        print(json.dumps(found))
        return
    print(f"| system, {args.queries} rows | HR@{K} of 20 | NDCG@{K} of 20 | HR@{K} full | NDCG@{K} full | nats | s |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for name, figures in found.items():
        parts = [figures["among 20"], figures["full"]]
        cells = [with_interval(part, measure) for part in parts for measure in (f"hr@{K}", f"ndcg@{K}")]
        cells += [with_interval(figures["nats"], "nats"), f"{figures['seconds']:.0f}"]
        print(f"| {name} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
