"""Public benchmarks in the form of ``python app.py evaluate retrieval``: ``python -m training.public_sets``.

``limit``: LIMIT-small (Weller et al. 2025, arXiv:2508.21038), 46 people and what they like, two of them right for
each of 1,000 questions; the likes become values of one fact. ``homedepot``: titles of a hardware store with human
grades 1 (irrelevant) to 3 (right) of some six products a query; a fifth of the queries, by a hash of their words, is
dev.

This module does not know any retriever.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import re
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from statistics import mean
from typing import Any

from store.errors import SourceError

Record = Mapping[str, Any]
DEV = 20  # percent of Home Depot's queries
RIGHT = 2  # the lowest grade that counts as right where the whole pool is searched


def limit(data: Path, out: Path) -> None:
    """``catalog.jsonl``, ``queries.jsonl`` and ``qrels.tsv`` from ``{corpus,queries,qrels}.jsonl``."""
    write_records(
        out / "catalog.jsonl", [_person(row["_id"], row["text"]) for row in _records(data / "corpus.jsonl")]
    )
    write_records(out / "queries.jsonl", _records(data / "queries.jsonl"))
    grades = [(row["query-id"], row["corpus-id"], row["score"]) for row in _records(data / "qrels.jsonl")]
    _write_grades(out / "qrels.tsv", grades)


def homedepot(data: Path, out: Path) -> None:
    """``catalog.jsonl`` and, for dev and test, queries with all grades and with the right products alone."""
    with gzip.open(data / "titles.tsv.gz", "rt", encoding="utf-8") as file:
        titles = {row["product_uid"]: row["product_title"] for row in csv.DictReader(file, delimiter="\t")}
    write_records(out / "catalog.jsonl", [{"id": uid, "title": title} for uid, title in titles.items()])
    with (data / "labels.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    for part in ("dev", "test"):
        told = defaultdict[tuple[str, str], list[float]](list)  # some pairs were graded twice
        for row in rows:
            if _part(row["search_term"]) == part:
                pair = f"q{zlib.crc32(row['search_term'].encode())}", row["product_uid"]
                told[pair].append(float(row["relevance"]))
        grades = [(query, uid, mean(values)) for (query, uid), values in told.items()]
        words = dict.fromkeys(row["search_term"] for row in rows if _part(row["search_term"]) == part)
        queries = [{"_id": f"q{zlib.crc32(text.encode())}", "text": text} for text in words]
        write_records(out / f"queries.{part}.jsonl", queries)
        _write_grades(out / f"grades.{part}.tsv", grades)
        _write_grades(out / f"right.{part}.tsv", [(q, uid, 1) for q, uid, grade in grades if grade >= RIGHT])


SETS: dict[str, Callable[[Path, Path], None]] = {"limit": limit, "homedepot": homedepot}


def main(argv: Sequence[str] | None = None) -> None:
    """Convert one set.

    Raises
    ------
    SourceError
        A file of the set is missing.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", choices=sorted(SETS))
    parser.add_argument("--data", type=Path, required=True, help="folder of the set as it was published")
    parser.add_argument("--out", type=Path, required=True, help="folder to write to, outside of the repository")
    args = parser.parse_args(argv)
    args.out.mkdir(parents=True, exist_ok=True)
    try:
        SETS[args.name](args.data, args.out)
    except FileNotFoundError as error:
        raise SourceError(f"{error.filename} is missing; --data names the folder of {args.name}") from error


def _person(name: str, text: str) -> Record:
    """ "Ann likes Limes, Mosaic and Chairs." as an item with the fact "likes"."""
    said = text.strip().rstrip(".").removeprefix(f"{name} likes ")
    return {"id": name, "title": name, "likes": re.split(r", (?:and )?| and (?=[^,]*$)", said)}


def _part(words: str) -> str:
    return "dev" if zlib.crc32(words.encode()) % 100 < DEV else "test"


def _records(path: Path) -> list[Record]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def write_records(path: Path, records: Iterable[Record]) -> None:
    """One JSON object a line."""
    path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")


def _write_grades(path: Path, grades: Iterable[tuple[str, str, float]]) -> None:
    rows = "".join(f"{query}\t{item}\t{grade:g}\n" for query, item, grade in grades)
    path.write_text("query-id\tcorpus-id\tscore\n" + rows, "utf-8")


if __name__ == "__main__":
    main()
