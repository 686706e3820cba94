"""Which knowledge of items ranks new ones best: ``python -m training.cold_ranking --data DIR``.

``DIR`` holds ``items.jsonl``, ``valid.jsonl`` and ``test.jsonl``: histories of item numbers and the next item. A
fifth of the items is cold: no training row has one as its target or in its history, and the quantiser has not seen
them. The same two-tower model is trained with each feature of ``ranking_features.py``; then all items are ranked for
every test history. Figures are means over the test rows and three seeds, with bootstrap intervals over the rows; AUC
is the share of the other items of a pool that the right one is ranked before.
"""

from __future__ import annotations

import argparse
import copy
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F

from retrievers import rqvae
from retrievers.base import Vectors
from retrievers.minilm import MiniLMTexts
from store.weights import MINILM, fetch
from training.metrics import bootstrap_interval
from training.ranking_features import ContentFeature, TableFeature, hashed_ids, hashed_ngrams, pieces
from training.text_cache import encode_cached

COLD = 0.2
LEVELS, BOOK = 6, 32  # longer IDs than a store's, so that pieces have something to join
HISTORY = 10
WIDTH = 32
BATCH = 256
NEGATIVES = 512
EPOCHS = 15
LEARNING_RATE = 3e-3
DEV = 0.1
SEEDS = (0, 1, 2)
FEATURES = ("hashed item ids", "hashed n-grams", "pieces", "content vectors")
MEASURES = ("AUC", "R@50", "cold AUC", "cold R@50", "cold AUC among cold", "cold R@10 among cold")


@dataclass(frozen=True, slots=True)
class Rows:
    """Histories (n, HISTORY) of item numbers, -1 pads, and the next item of each, (n,)."""

    history: NDArray[np.int64]
    target: NDArray[np.int64]

    @classmethod
    def of(cls, pairs: Sequence[tuple[Sequence[int], int]]) -> Rows:
        """From pairs of history and next item; the newest of a long history are kept."""
        history = np.full((len(pairs), HISTORY), -1)
        for row, (items, _) in enumerate(pairs):
            newest = items[-HISTORY:]
            history[row, : len(newest)] = newest
        return cls(history, np.array([target for _, target in pairs]))


@dataclass(frozen=True, slots=True)
class Data:
    """A catalog as content vectors (n_items, dim), which of it is cold, and examples of both parts."""

    vectors: Vectors
    cold: NDArray[np.bool_]  # (n_items,)
    train: Rows
    test: Rows


class Ranker(nn.Module):
    """Two towers over one feature of items: the mean of a history and a candidate, both (..., WIDTH)."""

    def __init__(self, feature: nn.Module) -> None:
        super().__init__()
        self.feature = feature
        self.reader, self.item = (
            nn.Sequential(nn.Linear(WIDTH, 2 * WIDTH), nn.GELU(), nn.Linear(2 * WIDTH, WIDTH)) for _ in range(2)
        )

    def forward(self, history: Tensor, candidates: Tensor) -> Tensor:
        """Scores (batch, candidates) of one list of candidates for all histories (batch, HISTORY)."""
        there = (history >= 0).unsqueeze(-1)
        mean = (self.feature(history.clamp_min(0)) * there).sum(1) / there.sum(1).clamp_min(1)
        scores: Tensor = self.reader(mean) @ self.item(self.feature(candidates)).T
        return scores


def unrolled(records: Sequence[Mapping[str, Any]], cold: NDArray[np.bool_]) -> Rows:
    """Every step of every sequence once, without its cold items."""
    steps: dict[tuple[str, tuple[int, ...], int], None] = {}
    for record in records:
        sequence = [*record["history"], record["target"]]
        for at in range(1, len(sequence)):
            before = tuple(item for item in sequence[:at] if not cold[item])
            if before and not cold[sequence[at]]:
                steps[record["user_id"], before, sequence[at]] = None
    return Rows.of([(before, target) for _, before, target in steps])


def trained(feature: nn.Module, data: Data, seed: int) -> Ranker:
    """The state with the lowest loss on a tenth of the training rows."""
    rng = np.random.default_rng(seed)
    warm = np.flatnonzero(~data.cold)
    order = rng.permutation(len(data.train.target))
    dev, rest = np.split(order, [int(len(order) * DEV)])
    model = Ranker(feature)
    best, best_loss = copy.deepcopy(model), np.inf
    optimiser = torch.optim.AdamW(model.parameters(), LEARNING_RATE, weight_decay=0.01)
    for _ in range(EPOCHS):
        for rows in np.array_split(rng.permutation(rest), len(rest) // BATCH + 1):
            loss = _loss(model, data.train, rows, rng.choice(warm, NEGATIVES))
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
        with torch.no_grad():
            dev_loss = _loss(model, data.train, dev, warm).item()
        if dev_loss < best_loss:
            best, best_loss = copy.deepcopy(model), dev_loss
    return best.eval()


def _loss(model: Ranker, rows: Rows, at: NDArray[np.int64], negatives: NDArray[np.int64]) -> Tensor:
    """Cross-entropy of each next item among the negatives, which are the same for all rows."""
    history, target = torch.from_numpy(rows.history[at]), torch.from_numpy(rows.target[at])
    others = torch.from_numpy(negatives)
    scores = model(history, torch.cat([target, others]))
    right, wrong = scores[:, : len(at)].diagonal(), scores[:, len(at) :]
    wrong = wrong.masked_fill(target[:, None] == others, -torch.inf)
    return F.cross_entropy(torch.cat([right[:, None], wrong], 1), torch.zeros(len(at), dtype=torch.long))


@torch.inference_mode()
def measured(model: Ranker, data: Data) -> dict[str, NDArray[np.float64]]:
    """Each of MEASURES for each test row that it is about."""
    scores = model(torch.from_numpy(data.test.history), torch.arange(len(data.cold))).numpy()
    right = scores[np.arange(len(scores)), data.test.target][:, None]
    before = (scores > right).sum(1) + ((scores == right).sum(1) - 1) / 2
    cold = data.cold[data.test.target]
    among = scores[cold][:, data.cold]
    before_cold = (among > right[cold]).sum(1) + ((among == right[cold]).sum(1) - 1) / 2
    auc, found = 1 - before / (len(data.cold) - 1), (before < 50).astype(float)
    auc_cold, found_cold = 1 - before_cold / (data.cold.sum() - 1), (before_cold < 10).astype(float)
    return dict(zip(MEASURES, (auc, found, auc[cold], found[cold], auc_cold, found_cold), strict=True))


def features(data: Data, size: int) -> dict[str, Callable[[], nn.Module]]:
    """How each feature is made anew; tables have ``size`` rows."""
    codes = rqvae.fit(data.vectors[~data.cold], LEVELS, BOOK).codes(data.vectors)
    visited = np.concatenate([data.train.history.ravel(), data.train.target])
    rows = (
        hashed_ids(len(data.cold), size),
        hashed_ngrams(codes, size),
        pieces(codes, visited[visited >= 0], size),
    )
    made: list[Callable[[], nn.Module]] = [lambda each=each: TableFeature(each, size, WIDTH) for each in rows]  # type: ignore[misc]
    return dict(zip(FEATURES, [*made, lambda: ContentFeature(data.vectors, WIDTH)], strict=True))


def compare(data: Data, size: int) -> dict[str, dict[str, NDArray[np.float64]]]:
    """For each feature its measures, mean over the seeds."""
    found = {}
    for name, made in features(data, size).items():
        runs = []
        for seed in SEEDS:
            torch.manual_seed(seed)
            runs.append(measured(trained(made(), data, seed), data))
        found[name] = {measure: np.mean([run[measure] for run in runs], axis=0) for measure in MEASURES}
    return found


def as_text(found: Mapping[str, Mapping[str, NDArray[np.float64]]]) -> str:
    """Means with intervals, then what pieces have more than each other feature, row by row."""
    lines = []
    for measure in MEASURES:
        lines.append(f"{measure}, {len(found['pieces'][measure])} rows")
        for name, values in found.items():
            line = f"  {name:18}{_mean(values[measure])}"
            more = found["pieces"][measure] - values[measure]
            lines.append(line if name == "pieces" else f"{line}   pieces have {_mean(more)} more")
    return "\n".join(lines)


def _mean(values: NDArray[np.float64]) -> str:
    low, high = bootstrap_interval(values)
    return f"{values.mean():.3f} [{low:.3f}, {high:.3f}]"


def read(folder: Path, texts: MiniLMTexts, cache: Path) -> Data:
    """The data of a folder; items are encoded by title and brand."""
    items, valid, test = (
        [json.loads(line) for line in (folder / f"{name}.jsonl").read_text("utf-8").splitlines()]
        for name in ("items", "valid", "test")
    )
    vectors = encode_cached(texts, [f"{item['title']}. {item['brand']}" for item in items], cache)
    cold = np.zeros(len(items), dtype=np.bool_)
    cold[np.random.default_rng(0).permutation(len(items))[: int(len(items) * COLD)]] = True
    tests = Rows.of([(record["history"], record["target"]) for record in test if record["history"]])
    return Data(vectors, cold, unrolled(valid, cold), tests)


def main(argv: Sequence[str] | None = None) -> None:
    """Print the comparison."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of items.jsonl, valid.jsonl, test.jsonl")
    parser.add_argument("--models", type=Path, required=True, help="the models folder of a MERCER_HOME")
    parser.add_argument("--cache", type=Path, required=True, help="folder that keeps the vectors of the texts")
    parser.add_argument("--rows", type=int, default=2000, help="of the tables (default: %(default)s)")
    args = parser.parse_args(argv)
    data = read(args.data, MiniLMTexts(fetch(MINILM, args.models)), args.cache)
    print(f"{len(data.cold)} items, {data.cold.sum()} cold; {len(data.train.target)} training rows; {args.rows} rows")
    print(as_text(compare(data, args.rows)))


if __name__ == "__main__":
    main()
