"""The comparison of the ILM paper on MovieLens 100k: what a frozen language model makes of behaviour vectors.

Movies and users are shown to the model in one way or another (``movielens_variants.py``), and it learns to tell what
came next (``movielens_reader.py``). Measured are the next movie among 20 by the log-probabilities of their titles,
among all that the user has not met (``title_search.py``), and the nats of the title that came. Settings are chosen by
the movie before (``--validate``). On two cores ``--epochs`` and ``--users`` say how little will do.
``python -m training.movielens_ilm --variants mlp,it --queries 4``.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from tqdm import tqdm

from retrievers.base import Vectors
from retrievers.minilm import MiniLMTexts, WordPieces
from store.generations import home_folder
from store.weights import MINILM, fetch
from training.device import use_best_device
from training.frozen_llm import FrozenLLM
from training.ilm_material import MOST_PIECES
from training.leave_one_out import HeldOut, Numbers, leave_one_out, ranked_items, sampled_candidates
from training.metrics import bootstrap_interval, with_interval
from training.movielens import FOLDER, NEGATIVES, SEED, K, Task, read_movielens
from training.movielens_reader import Reader
from training.movielens_variants import VARIANTS, MovieMaterial, QFormer, align, padded
from training.movielens_vectors import histories_of
from training.train_ilm import llm_folder

USERS_AT_ONCE = 16


@dataclass(frozen=True, slots=True)
class Setting:
    """Rows of a movie and of a user, batches of phase 1, and of phase 2 how often all histories, at which rate."""

    queries: int
    aligned: int
    epochs: float
    rate: float


def material_of(task: Task, held: HeldOut, models: Path) -> MovieMaterial:
    """Titles as they are said, and vectors fitted to what came before the held-out movies."""
    folder = fetch(MINILM, models)
    pieces = WordPieces(folder)
    states, said = MiniLMTexts(folder).states(task.titles, MOST_PIECES)
    histories = histories_of(held.train, task.items)
    return MovieMaterial(
        task.titles, histories, padded(pieces.of(task.titles), MOST_PIECES, 0), pieces.table, states, said
    )


def trained(name: str, material: MovieMaterial, llm: FrozenLLM, setting: Setting) -> Reader:
    """A variant that has learned all that it learns."""
    reader = Reader(name, material, llm, setting.queries)
    phase_one = [each for each in name.split("+") if each in ("it", "ii", "ui")]
    if phase_one and isinstance(reader.projector, QFormer):
        align(reader.projector, material, phase_one, setting.aligned)
    if reader.learned:
        reader.learn(setting.epochs, setting.rate)
    return reader


def scores_of(reader: Reader, task: Task, few: Numbers) -> Vectors:
    """Log-probabilities of titles after what each user took, (users measured, movies).

    Known are those of the candidates and, in the rows ``few``, of as many likelier ones as decide whether the target
    is among the best ``K``; the others are -inf.
    """
    scores = np.full((len(task.test.users), task.items), -np.inf, dtype=np.float32)
    visits = task.test.train
    for start in tqdm(range(0, len(scores), USERS_AT_ONCE), "measured"):
        rows = range(start, min(start + USERS_AT_ONCE, len(scores)))
        took = [visits.items[visits.users == task.test.users[row]] for row in rows]
        found = reader.scores(took, [task.candidates[row] for row in rows])
        for row, history, known in zip(rows, took, found, strict=True):
            scores[row, task.candidates[row]] = known
            target = int(task.test.targets[row])
            if row in few:
                for movie, score in reader.likelier(history, target, float(scores[row, target]), history).items():
                    scores[row, movie] = score
    return scores


def figures(task: Task, scores: Vectors, few: Numbers, tokens: Numbers) -> dict[str, Any]:
    """Ranking figures ``among 20``, over the ``full`` catalog for the rows ``few``, and ``nats`` a token of the title
    that came, whose number of ``tokens`` is told by movie.
    """
    nats = -scores[np.arange(len(scores)), task.test.targets] / tokens[task.test.targets]
    return {
        "among 20": _ranking(task, scores, task.candidates),
        "full": _ranking(replace(task, test=_of(task.test, few)), scores[few], None),
        "nats": {"nats": round(float(nats.mean()), 4), "ci95": {"nats": bootstrap_interval(nats)}},
    }


def _ranking(task: Task, scores: Vectors, candidates: Numbers | None) -> dict[str, Any]:
    row = {int(user): at for at, user in enumerate(task.test.users)}
    ranked = ranked_items(task.test, task.items, lambda people: scores[[row[int(u)] for u in people]], K, candidates)
    return task.figures_of(ranked)


def _of(held: HeldOut, rows: Numbers) -> HeldOut:
    return replace(held, users=held.users[rows], targets=held.targets[rows])


def main(argv: Sequence[str] | None = None) -> None:
    """Print a table, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=FOLDER, help="with u.data and u.item (default: %(default)s)")
    parser.add_argument("--llm", type=Path, help="folder of the language model (default: Mercer's small one)")
    parser.add_argument("--variants", default=",".join(VARIANTS), help="comma-separated (default: %(default)s)")
    parser.add_argument("--queries", type=int, default=4, help="rows of a movie and of a user")
    parser.add_argument("--aligned", type=int, default=600, help="batches of phase 1")
    parser.add_argument("--epochs", type=float, default=3.0, help="of phase 2")
    parser.add_argument("--rate", type=float, default=1e-3, help="of phase 2 (default: %(default)s)")
    parser.add_argument("--users", type=int, default=300, help="that are measured over the full catalog")
    parser.add_argument("--validate", action="store_true", help="measure on the movie before the held-out one")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args(argv)
    models, task = home_folder() / "models", read_movielens(args.folder)
    chosen_by = leave_one_out(task.test.train)
    material = material_of(task, chosen_by, models)
    if args.validate:
        task = replace(task, test=chosen_by, candidates=sampled_candidates(chosen_by, task.items, NEGATIVES, SEED))
    material = material.on(use_best_device())
    llm = FrozenLLM(llm_folder(args.llm, models))
    few = np.sort(np.random.default_rng(SEED).permutation(len(task.test.users))[: args.users])
    tokens = np.array([len(llm.ids(title)) + len(llm.end) for title in task.titles])
    setting, found = Setting(args.queries, args.aligned, args.epochs, args.rate), {}
    for name in args.variants.split(","):
        began = time.monotonic()
        scores = scores_of(trained(name, material, llm, setting), task, few)
        found[name] = {**figures(task, scores, few, tokens), "seconds": time.monotonic() - began}
    print(json.dumps(found) if args.json else _table(found, args.queries))


def _table(found: Mapping[str, Mapping[str, Any]], queries: int) -> str:
    lines = [f"| system, {queries} rows | HR@{K} of 20 | NDCG@{K} of 20 | HR@{K} full | NDCG@{K} full | nats | s |"]
    lines.append("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for name, figures in found.items():
        parts = [figures["among 20"], figures["full"]]
        cells = [with_interval(part, measure) for part in parts for measure in (f"hr@{K}", f"ndcg@{K}")]
        cells += [with_interval(figures["nats"], "nats"), f"{figures['seconds']:.0f}"]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
