"""The last new item of each user held out, looked for among all items or among a few: the split and its figures.

Leave-one-out as in He et al. 2017 (arXiv:1708.05031), but over the full catalog unless candidates are named: figures
over a sample order systems otherwise than those over all items (Krichene & Rendle 2020). What a user met before is
taken out of the ranking, so an item that comes back is no target: of each user and item the first event counts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from ir_measures import Success, nDCG
from numpy.typing import NDArray

from retrievers.base import Vectors
from store.interactions import Visits
from training.metrics import ranking_metrics

Numbers = NDArray[np.int64]
Scorer = Callable[[Numbers], Vectors]  # users (n,) to scores of all items (n, items), higher is better
Fit = Callable[[Visits, int], Scorer]  # from visits in order of time and the number of items

USERS_AT_ONCE = 512


@dataclass(frozen=True, slots=True)
class HeldOut:
    """``train`` has what came before; ``targets`` (n,) are the held items of ``users`` (n,), ascending."""

    train: Visits
    users: Numbers
    targets: Numbers


def leave_one_out(visits: Visits) -> HeldOut:
    """Hold out the last new item of each user who has two or more."""
    once = visits.once()
    users, back = np.unique(once.users[::-1], return_index=True)
    last = len(once.users) - 1 - back
    last = last[np.bincount(once.users, minlength=1)[users] > 1]
    kept = np.ones(len(once.users), dtype=bool)
    kept[last] = False
    train = Visits(once.users[kept], once.items[kept], once.user_ids)
    return HeldOut(train, once.users[last], once.items[last])


def sampled_candidates(held: HeldOut, items: int, negatives: int, seed: int) -> Numbers:
    """The target of each user among items that they never met, (n, 1 + negatives), ascending in each row.

    A row is drawn from its own seed, so it does not depend on who else is measured.
    """
    met = _met(held, items)
    rows = []
    for row, (user, target) in enumerate(zip(held.users, held.targets, strict=True)):
        free = np.flatnonzero(~met[row])
        drawn = np.random.default_rng((seed, user)).choice(free[free != target], negatives, replace=False)
        rows.append(np.sort(np.append(drawn, target)))
    return np.array(rows, dtype=np.int64)


def ranked_items(held: HeldOut, items: int, scorer: Scorer, k: int, candidates: Numbers | None = None) -> Numbers:
    """The k best items of each user, (n, k): of the candidates (n, c), else of all that they had not met before.

    Equal scores stay in the order of the items.
    """
    parts = []
    for start in range(0, len(held.users), USERS_AT_ONCE):
        part = slice(start, start + USERS_AT_ONCE)
        scores = np.array(scorer(held.users[part]), dtype=np.float32)
        if candidates is None:
            scores[_met(held, items, part)] = -np.inf
            parts.append(np.argsort(-scores, axis=1, kind="stable")[:, :k])
        else:
            among = candidates[part]
            order = np.argsort(-np.take_along_axis(scores, among, axis=1), axis=1, kind="stable")[:, :k]
            parts.append(np.take_along_axis(among, order, axis=1))
    return np.concatenate(parts)


def hit_figures(held: HeldOut, ranked: Numbers, k: int) -> dict[str, Any]:
    """``hr@k`` and ``ndcg@k`` of rankings (n, at least k) with ``ci95`` over users; see ``ranking_metrics``."""
    measures = {f"hr@{k}": Success @ k, f"ndcg@{k}": nDCG @ k}
    targets = zip(held.users.tolist(), held.targets.tolist(), strict=True)
    qrels = {str(user): {str(target): 1} for user, target in targets}
    rankings = {
        str(user): list(map(str, row)) for user, row in zip(held.users.tolist(), ranked.tolist(), strict=True)
    }
    return ranking_metrics(qrels, rankings, measures)


def _met(held: HeldOut, items: int, part: slice = slice(None)) -> NDArray[np.bool_]:
    """Which items each user met before, (users of the part, items)."""
    users = held.users[part]
    row = np.full(int(held.train.users.max(initial=0)) + 1, -1)
    row[users] = np.arange(len(users))
    rows = row[held.train.users]
    met = np.zeros((len(users), items), dtype=bool)
    met[rows[rows >= 0], held.train.items[rows >= 0]] = True
    return met
