"""How well behaviour vectors recommend: ``python -m training.evaluate_behaviour --home HOME --store NAME``.

The last new item of each user is held out (``leave_one_out.py``) and looked for among all items by popularity, ALS
(what behaviour vectors are), BPR and EASE; the settings of each are chosen on the item before it. With
``--movielens FOLDER`` the events are the ratings of 4 and 5 stars of MovieLens 100k.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from store.catalog import Catalog
from store.errors import SourceError
from store.generations import StoreFolder
from store.interactions import Visits, visits_in
from training.choosing import BASELINES, best_setting
from training.leave_one_out import hit_figures, leave_one_out, ranked_items
from training.metrics import with_interval
from training.movielens import read_movielens

K = 10


def measured(visits: Visits, items: int) -> dict[str, dict[str, Any]]:
    """``setting`` and ``hr@10``, ``ndcg@10`` with ``ci95`` of each recommender.

    Raises
    ------
    SourceError
        Too few users met three items or more, so that nothing can be held out and chosen.
    """
    held = leave_one_out(visits)
    if not len(leave_one_out(held.train).users):
        raise SourceError("No user met three different items, so nothing can be held out; import more interactions")
    found = {}
    for name, settings in BASELINES.items():
        setting = best_setting(settings, held.train, items, K)
        ranked = ranked_items(held, items, setting.fit(held.train, items), K)
        found[name] = {"setting": setting.name, **hit_figures(held, ranked, K)}
    return found


def _store_visits(name: str, home: Path) -> tuple[Visits, int]:
    StoreFolder(home, name).require()
    item_ids = [item.item_id for item in Catalog.open(home, name).items]
    return visits_in(StoreFolder(home, name).path, item_ids), len(item_ids)


def main(argv: Sequence[str] | None = None) -> None:
    """Print a table, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, help="MERCER_HOME of the store")
    parser.add_argument("--store", help="whose interactions were imported")
    parser.add_argument(
        "--movielens", type=Path, metavar="FOLDER", help="with u.data and u.item, in place of a store"
    )
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args(argv)
    if args.movielens:
        task = read_movielens(args.movielens)
        visits, items = task.visits, task.items
    elif args.home and args.store:
        visits, items = _store_visits(args.store, args.home)
    else:
        parser.error("name a store with --home and --store, or --movielens FOLDER")
    found = measured(visits, items)
    if args.json:
        print(json.dumps(found))
        return
    print("| system | setting | HR@10 | NDCG@10 |\n| --- | --- | ---: | ---: |")
    for name, figures in found.items():
        cells = [with_interval(figures, measure) for measure in (f"hr@{K}", f"ndcg@{K}")]
        print(f"| {name} | {figures['setting']} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
