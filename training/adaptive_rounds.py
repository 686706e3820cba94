"""Whether "something else" brings something else: ``python -m training.adaptive_rounds --home HOME --store demo``.

A shopper names a kind of thing, perhaps with one fact, and keeps two more facts of one item to himself. Each round
shows six items that were not shown before; he asks for others until one has both. The same rounds are run with and
without the ranking knowing what was shown. Sessions that end in the first round are left out, since nobody says
"something else" then.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from retrievers.base import Query
from retrievers.encoders import load_encoder
from retrievers.item_text import telling_facts
from retrievers.recommender import Recommender
from store.catalog import Catalog
from store.facts import FactTable
from store.generations import StoreFolder
from store.schemas import Constraints, Item
from store.vector_index import connect
from training.metrics import bootstrap_interval
from training.refusing_sessions import values_of

SIZE = 6  # items of a round
MOST_ROUNDS = 6
FEWEST = 24  # items that answer what is said
RAREST = 0.3  # the largest share of them that may have the two other facts
TRIES = 30  # draws for each session that is wanted

Round = Callable[["Wish", Sequence[str], bool], list[str]]
"""The ids of the next round after those shown so far; told whether the ranking may know what these were."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is said, the item in mind, and the items that have the two unsaid facts."""

    said: Mapping[str, tuple[str, ...]]
    target: str
    fitting: frozenset[str]


def wishes(items: Sequence[Item], seed: int) -> Iterator[Wish]:
    """Endless draws; those that the store's facts do not give are passed over, so it may end with none."""
    rng, facts = random.Random(seed), FactTable(items)
    while True:
        target = rng.choice(items)
        held = [(name, value) for name, values in _facts(target).items() for value in values]
        rng.shuffle(held)
        said = {"category": (target.category,)}
        if held and rng.random() < 0.5:
            name, value = held.pop()
            said[name] = (value,)
        answering = [items[int(at)] for at in np.flatnonzero(facts.allowed(Constraints(include=said)))]
        fitting = frozenset(item.item_id for item in answering if _has(item, held[:2]))
        enough = target.category and len(held) > 1 and len(answering) >= FEWEST
        yield Wish(
            said, target.item_id, fitting if enough and len(fitting) <= RAREST * len(answering) else frozenset()
        )


def _facts(item: Item) -> dict[str, tuple[str, ...]]:
    known = {"color": item.values("color"), **telling_facts(item)}
    telling = values_of(item)
    return {name: kept for name, held in known.items() if (kept := tuple(v for v in held if v in telling))}


def _has(item: Item, facts: Sequence[tuple[str, str]]) -> bool:
    known = _facts(item)
    return all(value in known.get(name, ()) for name, value in facts)


def hold(wish: Wish, next_round: Round, knowing: bool) -> list[list[str]]:
    """The rounds of one session, each without repetition of the ones before."""
    rounds: list[list[str]] = []
    for _ in range(MOST_ROUNDS):
        rounds.append(next_round(wish, [item_id for found in rounds for item_id in found], knowing))
    return rounds


def figures(wish: Wish, rounds: Sequence[Sequence[str]], groups: Mapping[str, str]) -> dict[str, float]:
    """Rounds until a fitting item (one more than there were where none came), and what three rounds brought."""

    def first(wanted: frozenset[str]) -> int:
        return next((n for n, found in enumerate(rounds, 1) if wanted & set(found)), MOST_ROUNDS + 1)

    fits, found = first(wish.fitting), first(frozenset((wish.target,)))
    shown = [item_id for each in rounds[:3] for item_id in each]
    return {
        "rounds": fits,
        "fits@2": fits <= 2,
        "fits@3": fits <= 3,
        "target@2": found <= 2,
        "target@3": found <= 3,
        "styles@3": len({groups[item_id] for item_id in shown}),
        "repeated": len(shown) - len(set(shown)),
    }


def recommending(recommender: Recommender) -> Round:
    """Rounds of the shop's own search."""

    def next_round(wish: Wish, shown: Sequence[str], knowing: bool) -> list[str]:
        constraints = Constraints(include=wish.said, exclude_items=tuple(shown))
        text = " ".join(value.lower() for name in reversed([*wish.said]) for value in wish.said[name])
        answer = recommender.recommend(
            Query(text, constraints=constraints, history=tuple(shown) if knowing else ()), SIZE
        )
        return [found.item.item_id for found in answer.recommendations] if not answer.relaxed else []

    return next_round


def main(argv: Sequence[str] | None = None) -> None:
    """Print both, and the difference with its 95% interval over the sessions."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, required=True, help="MERCER_HOME of the store")
    parser.add_argument("--store", required=True)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args(argv)
    catalog, models = Catalog.open(args.home, args.store), args.home / "models"
    encoder, folder = load_encoder("embedded", models), StoreFolder(args.home, args.store).path
    client = connect(args.home, None)
    recommender = Recommender.open(catalog, FactTable(catalog.items), client, encoder, folder, models)
    groups = {item.item_id: item.item_group_id or item.item_id for item in catalog.items}
    next_round, draws = recommending(recommender), wishes(catalog.items, args.seed)
    plain: list[dict[str, float]] = []
    adaptive: list[dict[str, float]] = []
    for _ in range(args.count * TRIES):
        wish = next(draws)
        if len(plain) == args.count:
            break
        if not wish.fitting or wish.fitting & set(next_round(wish, [], False)):
            continue
        plain.append(figures(wish, hold(wish, next_round, False), groups))
        adaptive.append(figures(wish, hold(wish, next_round, True), groups))
    _print(plain, adaptive)


def _print(plain: Sequence[Mapping[str, float]], adaptive: Sequence[Mapping[str, float]]) -> None:
    print(f"{len(plain)} sessions\n{'':12}{'without':>10}{'knowing':>10}  difference (95%)")
    for name in plain[0] if plain else ():
        before, after = (np.array([each[name] for each in some], dtype=np.float64) for some in (plain, adaptive))
        low, high = bootstrap_interval(after - before)
        print(f"{name:12}{before.mean():10.3f}{after.mean():10.3f}  {low:+.3f} to {high:+.3f}")


if __name__ == "__main__":
    main()
