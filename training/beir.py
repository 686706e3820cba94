"""Queries and judgements in BEIR form (Thakur et al. 2021, arXiv:2104.08663), as other people's benchmarks have them.

Queries are JSON lines with ``_id``, ``text`` and, ours, an optional ``image`` (a path relative to the file). Qrels
are TSV: query id, item id, grade; a header line is recognised. Knows no retriever.
"""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path

from store.errors import SourceError

Qrels = dict[str, dict[str, int]]  # grade by item id by query id


@dataclass(frozen=True, slots=True)
class BenchQuery:
    """One query of a benchmark: words, a photo, or both."""

    query_id: str
    text: str
    image_path: Path | None


def read_judged(queries: Path, qrels: Path) -> tuple[list[BenchQuery], Qrels]:
    """The queries that have a judgement, in order, and their judgements.

    Raises
    ------
    SourceError
        A file cannot be read, or no query is judged.
    """
    grades = read_qrels(qrels)
    judged = [query for query in read_queries(queries) if query.query_id in grades]
    if not judged:
        raise SourceError(f"No query of {queries} has a judgement in {qrels}")
    return judged, {query.query_id: grades[query.query_id] for query in judged}


def read_queries(path: Path) -> list[BenchQuery]:
    """Every query of a file, in order.

    Raises
    ------
    SourceError
        The file cannot be read, or a line is no query; names the line.
    """
    queries = []
    for number, line in enumerate(_lines(path), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            image = record.get("image")
            found = BenchQuery(str(record["_id"]), record.get("text") or "", path.parent / image if image else None)
        except (ValueError, KeyError, AttributeError, TypeError) as error:
            raise SourceError(
                f'{path}, line {number}: not a query like {{"_id": "q1", "text": "red dress"}}'
            ) from error
        queries.append(found)
    return queries


def read_qrels(path: Path) -> Qrels:
    """Grades by query and item; fractional grades are rounded, since nDCG's tools take whole ones.

    Raises
    ------
    SourceError
        The file cannot be read, or a line has no grade; names the line.
    """
    qrels: Qrels = {}
    for number, row in enumerate(csv.reader(_lines(path), delimiter="\t"), start=1):
        if not row:
            continue
        try:
            query_id, item_id, grade = row[0], row[1], round(float(row[2]))
        except (IndexError, ValueError) as error:
            if number == 1:
                continue
            raise SourceError(f"{path}, line {number}: not query-id, item-id and grade with tabs between") from error
        qrels.setdefault(query_id, {})[item_id] = grade
    return qrels


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"{path} cannot be read: {error}") from error
