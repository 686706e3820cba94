"""Queries and judgements in BEIR form (Thakur et al. 2021, arXiv:2104.08663), as other people's benchmarks have them.

Queries are JSON lines with ``_id``, ``text`` and, ours, an optional ``image`` (a path relative to the file). Qrels
are TSV: query id, item id, grade, or TREC's four columns; a header line is recognised. Knows no retriever.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from store.errors import SourceError
from training.bench_files import read_lines, read_photo

_GRADE_COLUMN = re.compile(r"scor|grad|rel|label|judg|gain|rating|value", re.IGNORECASE)  # as a header calls it

Qrels = dict[str, dict[str, int]]  # grade by item id by query id


@dataclass(frozen=True, slots=True)
class BenchQuery:
    """One query of a benchmark: words, a photo, or both."""

    query_id: str
    text: str
    image_path: Path | None


def judged_arguments(parser: argparse.ArgumentParser) -> None:
    """The files of queries and of what is right for them, see ``read_queries`` and ``read_qrels``."""
    parser.add_argument("--queries", required=True, type=Path, help="JSON lines: _id, text, image (optional path)")
    parser.add_argument("--qrels", required=True, type=Path, help="TSV: query id, item id, grade")


def read_judged(queries: Path, qrels: Path) -> tuple[list[BenchQuery], Qrels]:
    """The queries that have a judgement, in order, and their judgements.

    Raises
    ------
    SourceError
        A file cannot be read, or no query is judged, or nothing is relevant.
    """
    grades, asked = read_qrels(qrels), read_queries(queries)
    judged = [query for query in asked if query.query_id in grades]
    if not judged:
        raise SourceError(f"No query of {queries} has a judgement in {qrels}")
    if not any(grade > 0 for query in judged for grade in grades[query.query_id].values()):
        raise SourceError(f"{qrels} judges nothing as relevant: no query of {queries} has a grade above 0")
    if unjudged := len(asked) - len(judged):
        print(f"{unjudged} of {len(asked)} queries have no judgement; left out", file=sys.stderr)
    if unasked := len(grades) - len(judged):
        print(f"{unasked} of {len(grades)} judged queries are not in {queries}; left out", file=sys.stderr)
    return judged, {query.query_id: grades[query.query_id] for query in judged}


def read_queries(path: Path) -> list[BenchQuery]:
    """Every query of a file, in order.

    Raises
    ------
    SourceError
        The file cannot be read, a line is no query or has no photo where it names one, or its id stands on an earlier
        one; names the line.
    """
    queries: dict[str, BenchQuery] = {}
    for number, line in enumerate(read_lines(path), start=1):
        if not line.strip():
            continue
        try:
            found = _query(json.loads(line), path.parent)
        except (ValueError, KeyError, AttributeError, TypeError) as error:
            raise SourceError(
                f'{path}, line {number}: not a query like {{"_id": "q1", "text": "red dress"}}'
            ) from error
        try:
            read_photo(found.image_path)  # now, and not after hours of training
        except SourceError as error:
            raise SourceError(f"{path}, line {number}: {error}") from error
        if found.query_id in queries:
            raise SourceError(f"{path}, line {number}: _id {found.query_id!r} stands on another line too")
        queries[found.query_id] = found
    return list(queries.values())


def _query(record: dict[str, Any], folder: Path) -> BenchQuery:
    text, image = record.get("text") or "", record.get("image")
    if not isinstance(text, str):
        raise TypeError("text is no text")
    return BenchQuery(str(record["_id"]), text, folder / image if image else None)


def read_qrels(path: Path) -> Qrels:
    """Grades by query and item; fractional grades are rounded, since nDCG's tools take whole ones.

    Raises
    ------
    SourceError
        The file cannot be read, a line has no grade, or another than an earlier line gave; names the line.
    """
    qrels: Qrels = {}
    for number, line in enumerate(read_lines(path), start=1):
        if not line.strip():
            continue
        row = line.split("\t") if "\t" in line else line.split()
        if len(row) == 4:  # TREC's have a column that nobody uses, between query and item
            row = [row[0], *row[2:]]
        elif "\t" not in line:
            row = [line]
        try:
            query_id, item_id, written = row
            if number == 1 and _GRADE_COLUMN.search(written):
                continue
            grade = round(float(written))
        except (ValueError, OverflowError) as error:
            raise SourceError(f"{path}, line {number}: not query-id, item-id and grade with tabs between") from error
        if qrels.setdefault(query_id, {}).setdefault(item_id, grade) != grade:
            raise SourceError(
                f"{path}, line {number}: {query_id!r} and {item_id!r} have grade {grade} here, "
                f"{qrels[query_id][item_id]} before"
            )
    return qrels
