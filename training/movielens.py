"""MovieLens 100k as a next-item task, and the classical baselines on it: ``python -m training.movielens baselines``.

Ratings of 4 and 5 are the positives (Harper & Konstan 2015), in order of time; of each user the last is the target,
the one before it chooses settings. It is looked for among 20 items (19 that the user never rated well, drawn with a
seed) and among all 1,682. What reads items as language is measured on the same task.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from store.errors import SourceError
from store.interactions import Event, Visits, visits_of
from training.choosing import BASELINES, Setting, best_setting
from training.leave_one_out import (
    HeldOut,
    Numbers,
    Scorer,
    hit_figures,
    leave_one_out,
    ranked_items,
    sampled_candidates,
)
from training.metrics import with_interval
from training.sasrec import fit_sasrec

POSITIVE = 4  # stars
NEGATIVES = 19
K = 5
SEED = 0
FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data" / "ml100k"
_YEAR = re.compile(r"^(.*?)(, (?:The|A|An))? \(\d{4}\)$")


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be predicted: ``titles`` (items,), ``test`` and its candidates (users, 20)."""

    titles: tuple[str, ...]
    visits: Visits
    test: HeldOut
    candidates: Numbers

    @property
    def items(self) -> int:
        """How many items there are."""
        return len(self.titles)

    def figures(self, scorer: Scorer) -> dict[str, dict[str, Any]]:
        """``hr@5`` and ``ndcg@5`` with intervals, ``among 20`` and over the ``full`` catalog."""
        return {
            "among 20": self.figures_of(ranked_items(self.test, self.items, scorer, K, self.candidates)),
            "full": self.figures_of(ranked_items(self.test, self.items, scorer, K)),
        }

    def figures_of(self, ranked: Numbers) -> dict[str, Any]:
        """The same of rankings (users, at least 5), however they came about."""
        return hit_figures(self.test, ranked, K)


def read_movielens(folder: Path) -> Task:
    """The task from ``u.data`` and ``u.item``.

    Raises
    ------
    SourceError
        A file cannot be read, or is not MovieLens 100k's.
    """
    titles = {row[0]: title_of(row[1]) for row in _rows(folder / "u.item", "|", 2)}
    events = [
        Event(user, item, float(seconds))
        for user, item, stars, seconds in _rows(folder / "u.data", "\t", 4)
        if int(stars) >= POSITIVE
    ]
    visits = visits_of(events, list(titles))
    test = leave_one_out(visits)
    return Task(tuple(titles.values()), visits, test, sampled_candidates(test, len(titles), NEGATIVES, SEED))


def title_of(text: str) -> str:
    """A title as it is said: "Postman, The (1997)" is "The Postman"."""
    match = _YEAR.match(text.strip())
    if not match:
        return text.strip()
    name, article = match.groups()
    return f"{article[2:]} {name}" if article else name


def _rows(path: Path, mark: str, least: int) -> list[list[str]]:
    try:
        rows = [line.split(mark) for line in path.read_text(encoding="latin-1").splitlines()]
    except OSError as error:
        raise SourceError(f"{path} cannot be read ({error.strerror}); --folder names the folder of u.data") from error
    if not rows or any(len(row) < least for row in rows):
        raise SourceError(f"{path}: not a file of MovieLens 100k, whose lines have {least} fields or more")
    return rows


def baselines(task: Task) -> dict[str, tuple[Setting, dict[str, Any]]]:
    """Each baseline with the setting that validation chose, and its figures."""
    found = {}
    for name, settings in {**BASELINES, "sasrec": (Setting("full softmax", fit_sasrec),)}.items():
        setting = best_setting(settings, task.test.train, task.items, K)
        found[name] = setting, task.figures(setting.fit(task.test.train, task.items))
    return found


def main(argv: Sequence[str] | None = None) -> None:
    """Print a table, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("baselines",))
    parser.add_argument("--folder", type=Path, default=FOLDER, help="with u.data and u.item (default: %(default)s)")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args(argv)
    task = read_movielens(args.folder)
    found = baselines(task)
    if args.json:
        print(json.dumps({name: {"setting": setting.name, **figures} for name, (setting, figures) in found.items()}))
        return
    ratings = len(task.visits.items)
    print(f"{len(task.test.users)} users, {task.items} items, {ratings:,} ratings of {POSITIVE} stars or more\n")
    print("| system | setting | HR@5 of 20 | NDCG@5 of 20 | HR@5 full | NDCG@5 full |")
    print("| --- | --- | ---: | ---: | ---: | ---: |")
    for name, (setting, figures) in found.items():
        cells = [with_interval(part, measure) for part in figures.values() for measure in (f"hr@{K}", f"ndcg@{K}")]
        print(f"| {name} | {setting.name} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
