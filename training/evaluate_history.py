"""Which of ten would this shopper take next? ``python app.py evaluate history --store NAME [--json]``.

The last new item of a shopper is held out (``leave_one_out.py``) and looked for among ten candidates: nine drawn from
what the shopper never met, or the ten that content or ALS put first, for shoppers whose item is among them. Rules
order the ten by content similarity and by ALS; a language model by letters of one list and by P(yes) of each, with
the shopper's history as item tokens and as titles.

This module does not know how a language model is asked.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from ir_measures import Success, nDCG
from tqdm import tqdm

from retrievers.base import Encoder, Vectors
from retrievers.errors import LanguageModelUnavailable
from retrievers.judge import MOST_LISTED, MOST_SHUFFLES, Shares, Wanted
from retrievers.soft_tokens import Slot, SlotKind, SoftTokens
from store.errors import SourceError
from store.interactions import Visits, visits_in
from store.schemas import Item
from training.behaviour import user_items
from training.bench import OpenStore, open_store
from training.classical import als
from training.leave_one_out import HeldOut, Numbers, Scorer, leave_one_out, ranked_items, sampled_candidates
from training.metrics import ranking_metrics, with_interval
from training.timing import percentiles
from training.train_ilm import content_of

SHOPPERS = 80
MOST_HISTORY = 10  # the latest
BUDGET_MS = 10_000.0
SEED = 0
SAMPLED = "sampled"
POOLS = (SAMPLED, "content", "als")  # where ten candidates come from: a draw, or the first ten of a rule
MEASURES = {"hr@1": Success @ 1, "hr@5": Success @ 5, f"ndcg@{MOST_LISTED}": nDCG @ MOST_LISTED}


class NextJudge(Protocol):
    """Tells what comes next after what was liked.

    Both methods raise ``LanguageModelUnavailable`` without a usable answer within ``within_s`` seconds.
    """

    def letters(self, wanted: Wanted, texts: Sequence[str], shuffles: int, within_s: float) -> Shares:
        """How likely each candidate is, (len(texts),), by the letters of a list in so many orders."""
        ...

    def fits(self, wanted: Wanted, texts: Sequence[str], within_s: float) -> Shares:
        """P(yes) of each candidate, (len(texts),)."""
        ...


@dataclass(frozen=True, slots=True)
class HistoryModel:
    """A language model by name; ``tokens`` are the item tokens that it reads, None where it reads titles only."""

    name: str
    judge: NextJudge
    tokens: SoftTokens | None


@dataclass(frozen=True, slots=True)
class Shopper:
    """One question: ``candidates`` (10,) are positions of items, in the order in which they stay unless judged."""

    user: int
    target: int
    candidates: Numbers
    history: tuple[Item, ...]  # oldest first
    titles: tuple[str, ...]  # of the candidates


System = Callable[[Shopper], Vectors]  # scores of the candidates, (10,), higher is better


@dataclass(frozen=True, slots=True)
class Pool:
    """Shoppers to ask about; ``share`` is that of the store's shoppers whose held-out item is among their ten."""

    shoppers: tuple[Shopper, ...]
    share: float


class History:
    """A store's shoppers without their last new items, and the rules that rank for them."""

    def __init__(self, held: HeldOut, items: Sequence[Item], content: Vectors) -> None:
        self._items = items
        self._held = held
        self.rules: Mapping[str, Scorer] = {
            "content": _by_content(held.train, content),
            "als": als()(held.train, len(items)),
        }

    def pool(self, name: str, shoppers: int) -> Pool:
        """Ten candidates each for at most so many shoppers, drawn with a seed; ``name`` is one of ``POOLS``."""
        if name == SAMPLED:
            return self._pool(self._sampled(shoppers), shoppers)
        near = ranked_items(self._held, len(self._items), self.rules[name], MOST_LISTED)
        return self._pool(dict(enumerate(near)), shoppers)

    def _sampled(self, shoppers: int) -> dict[int, Numbers]:
        """Candidates by the number of the shopper, in the order of content."""
        held = self._held
        rows = np.sort(np.random.default_rng(SEED).permutation(len(held.users))[:shoppers])
        some = HeldOut(held.train, held.users[rows], held.targets[rows])
        among = sampled_candidates(some, len(self._items), MOST_LISTED - 1, SEED)
        ranked = ranked_items(some, len(self._items), self.rules["content"], MOST_LISTED, among)
        return dict(zip(rows.tolist(), ranked, strict=True))

    def _pool(self, candidates: Mapping[int, Numbers], most: int) -> Pool:
        """Those whose item is among their candidates, at most so many."""
        among = [row for row, ten in candidates.items() if self._held.targets[row] in ten]
        drawn = sorted(np.random.default_rng(SEED).permutation(among)[:most].tolist())
        shoppers = tuple(self._shopper(row, candidates[row]) for row in drawn)
        return Pool(shoppers, len(among) / max(len(candidates), 1))

    def _shopper(self, row: int, candidates: Numbers) -> Shopper:
        user, train = int(self._held.users[row]), self._held.train
        history = tuple(self._items[at] for at in train.items[train.users == user][-MOST_HISTORY:])
        titles = tuple(self._items[at].title for at in candidates)
        return Shopper(user, int(self._held.targets[row]), candidates, history, titles)


def held_out(visits: Visits, items: int) -> HeldOut:
    """The last new item of each shopper to whom nine others are new as well; all others are learned from."""
    held = leave_one_out(visits)
    met = np.bincount(held.train.users, minlength=int(held.users.max(initial=-1)) + 1)[held.users]
    few = met <= items - MOST_LISTED
    return HeldOut(held.train, held.users[few], held.targets[few])


def _by_content(train: Visits, content: Vectors) -> Scorer:
    """The cosine of an item's content to the mean content of what the user met."""
    unit = content / np.maximum(np.linalg.norm(content, axis=1, keepdims=True), 1e-12)
    met = user_items(train, len(content))

    def score(users: Numbers) -> Vectors:
        scores: Vectors = (met[users] @ unit) @ unit.T  # the user's length changes no order
        return scores

    return score


def systems_of(rules: Mapping[str, Scorer], model: HistoryModel, within_s: float) -> dict[str, System]:
    """The rules by name, and what the model can be asked."""

    def rule(scorer: Scorer) -> System:
        return lambda shopper: scorer(np.array([shopper.user]))[0, shopper.candidates]

    def letters(wanted: Callable[[Shopper], Wanted], shuffles: int) -> System:
        return lambda shopper: model.judge.letters(wanted(shopper), shopper.titles, shuffles, within_s)

    def yes(wanted: Callable[[Shopper], Wanted]) -> System:
        return lambda shopper: model.judge.fits(wanted(shopper), shopper.titles, within_s)

    found = {name: rule(scorer) for name, scorer in rules.items()}
    forms = {"titles": _in_titles} if model.tokens is None else {"tokens": _in_tokens, "titles": _in_titles}
    for form, wanted in forms.items():
        found |= {f"letters-{form}-{n}": letters(wanted, n) for n in (MOST_SHUFFLES, 1)}
    return found | {f"yes-{form}": yes(wanted) for form, wanted in forms.items()}


def _in_titles(shopper: Shopper) -> Wanted:
    return Wanted("", tuple(item.title for item in shopper.history))


def _in_tokens(shopper: Shopper) -> Wanted:
    titles = tuple(item.title for item in shopper.history)
    return Wanted("", titles, liked_ids=tuple(item.item_id for item in shopper.history))


def measured(pool: Pool, systems: Mapping[str, System], tokens: SoftTokens | None, progress: bool) -> dict[str, Any]:
    """``{"n", "share", "systems": {NAME: FIGURES}}`` of one pool.

    The rows of a history are made before the clock runs: a store keeps them. A system without an answer in time
    leaves the candidates as they were; ``judged`` is the share that it answered.
    """
    found: dict[str, list[tuple[Vectors | None, float]]] = {name: [] for name in systems}
    for shopper in tqdm(pool.shoppers, desc="shoppers", disable=not progress):
        if tokens:
            tokens.rows(Slot(SlotKind.HISTORY, tuple(item.item_id for item in shopper.history)))
        for name, system in systems.items():
            began = time.perf_counter()
            scores = _asked(system, shopper)
            found[name].append((scores, time.perf_counter() - began))
    figures = {name: _figures(pool.shoppers, answers) for name, answers in found.items()}
    return {"n": len(pool.shoppers), "share": round(pool.share, 4), "systems": figures}


def _asked(system: System, shopper: Shopper) -> Vectors | None:
    try:
        return system(shopper)
    except LanguageModelUnavailable:
        return None


def _figures(shoppers: Sequence[Shopper], answers: Sequence[tuple[Vectors | None, float]]) -> dict[str, Any]:
    qrels = {str(shopper.user): {str(shopper.target): 1} for shopper in shoppers}
    ranked = {}
    for shopper, (scores, _) in zip(shoppers, answers, strict=True):
        ranked[str(shopper.user)] = [str(item) for item in _ordered(shopper, scores)]
    judged = sum(scores is not None for scores, _ in answers) / len(answers)
    times = percentiles(seconds for _, seconds in answers)
    return {"judged": round(judged, 3)} | ranking_metrics(qrels, ranked, MEASURES) | times


def _ordered(shopper: Shopper, scores: Vectors | None) -> Numbers:
    """The candidates, best first; equal scores in a drawn order, since in that of the rule they would be its merit.

    They are common: logits of bfloat16 have steps of a sixteenth and more.
    """
    if scores is None:
        return shopper.candidates
    drawn = np.random.default_rng((SEED, shopper.user)).permutation(len(scores))
    return shopper.candidates[np.lexsort((drawn, -scores))]


def main(
    argv: Sequence[str],
    home: Path,
    load: Callable[[], Encoder],
    chroma_url: str | None,
    model_of: Callable[[OpenStore], HistoryModel],
) -> int:
    """Command line; ``load`` gives the encoder, ``model_of`` the model that reads the open store's items.

    Raises
    ------
    SourceError
        There is no such store, or its shoppers met too few items.
    """
    parser = argparse.ArgumentParser(prog="python app.py evaluate history", description="What is taken next?")
    parser.add_argument("--store", required=True, help="whose interactions were imported")
    parser.add_argument(
        "--users", type=int, default=SHOPPERS, help="most shoppers of each pool (default: %(default)s)"
    )
    parser.add_argument(
        "--pools", nargs="+", choices=POOLS, default=POOLS, help="where the ten come from (default: each)"
    )
    parser.add_argument(
        "--budget-ms", type=float, default=BUDGET_MS, help="most for one answer of the model (default: %(default)g)"
    )
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    args = parser.parse_args(argv)
    store = open_store(args.store, home, load(), chroma_url, not args.json)
    items = store.catalog.items
    held = held_out(visits_in(store.folder, [item.item_id for item in items]), len(items))
    if not len(held.users):
        raise SourceError(
            f"Nothing can be held out in store {args.store!r}: no shopper met two items and has "
            f"{MOST_LISTED - 1} more that are new; import more with: python app.py import-interactions"
        )
    history = History(held, items, content_of(store))
    model = model_of(store)
    systems = systems_of(history.rules, model, args.budget_ms / 1000)
    pools = {name: history.pool(name, args.users) for name in args.pools}
    figures = {
        name: measured(pool, systems, model.tokens, not args.json) for name, pool in pools.items() if pool.shoppers
    }
    about = {"model": model.name, "reads_items": model.tokens is not None, "budget_ms": args.budget_ms}
    print(json.dumps(about | {"pools": figures}) if args.json else "\n".join(_tables(figures)))
    return 0


def _tables(pools: Mapping[str, Any]) -> Iterator[str]:
    for name, pool in pools.items():
        yield f"\n{name}: {pool['n']} shoppers ({pool['share']:.1%} have theirs among the ten)\n"
        yield f"| system | judged | {' | '.join(MEASURES)} | ms p50 / p95 |\n| --- {'| ---: ' * (len(MEASURES) + 2)}|"
        for system, figures in pool["systems"].items():
            cells = " | ".join(with_interval(figures, measure) for measure in MEASURES)
            times = f"{figures['ms_p50']:.0f} / {figures['ms_p95']:.0f}"
            yield f"| {system} | {figures['judged']:.2f} | {cells} | {times} |"
