"""Rows out of tables, JSON lines and Parquet files, one at a time, whatever the size of the file.

A row keeps its place in the file so that a report can point at it. A row that cannot be read is still a row,
with the reason in ``problem``; one that reads oddly has a ``doubt``. What the columns mean is decided in ``mapping``.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TextIO

import pyarrow as pa
import pyarrow.parquet as pq

from store.errors import SourceError
from store.importer.detect import SourceFile, bounded_lines, translated


@dataclass(frozen=True, slots=True)
class Row:
    """One record; ``line`` counts from 1 in ``unit``: lines of a text file, rows of Parquet, entries of a feed."""

    file: str
    line: int
    values: dict[str, Any]
    problem: str = ""
    rows: int = 1  # rows of the file that this record was made of
    unit: str = "line"
    doubt: str = ""  # what a report must tell though the row is read


def read_table(file: SourceFile) -> Iterator[Row]:
    """Rows of a CSV or TSV file under the names in its first line; a name that occurs twice gives a list."""
    at_end = False

    def lines(stream: TextIO) -> Iterator[str]:
        nonlocal at_end
        yield from bounded_lines(stream, file.path)
        at_end = True

    with translated(file.path), file.open_text() as stream:
        reader = csv.reader(lines(stream), delimiter=file.delimiter)
        header = [name.strip() for name in next(reader, [])]
        line = file.leading + reader.line_num + 1
        for fields in reader:
            if at_end:  # a whole row is given back before the next line is asked for
                yield Row(file.path.name, line, {}, "a quote in it is never closed, so it holds the rest of the file")
            elif any(field.strip() for field in fields):
                yield _table_row(file.path.name, line, header, fields)
            line = file.leading + reader.line_num + 1


def table_header(file: SourceFile) -> list[str]:
    """The column names of a CSV or TSV file."""
    with translated(file.path), file.open_text() as stream:
        reader = csv.reader(bounded_lines(stream, file.path), delimiter=file.delimiter)
        return [name.strip() for name in next(reader, [])]


def read_json_lines(file: SourceFile) -> Iterator[Row]:
    """Objects of a JSON lines file."""
    with translated(file.path), file.open_text() as stream:
        for number, line in enumerate(bounded_lines(stream, file.path), start=1):
            if line.strip():
                yield _json_row(file.path.name, number, line)


def read_parquet(file: SourceFile) -> Iterator[Row]:
    """Rows of a Parquet file, one batch in memory at a time."""
    try:
        with translated(file.path), pq.ParquetFile(file.path) as table:
            number = 0
            for batch in table.iter_batches(batch_size=1024):
                for values in batch.to_pylist():
                    number += 1
                    yield Row(file.path.name, number, values, unit="row")
    except pa.ArrowException as error:
        raise SourceError(f"{file.path}: not a readable Parquet file ({error}); write it again") from error


def _table_row(name: str, line: int, header: list[str], fields: list[str]) -> Row:
    if len(fields) > len(header):
        extra = len(fields) - len(header)
        if any(field.strip() for field in fields[len(header) :]):
            return Row(name, line, {}, f"{extra} more fields than the header; quote fields that hold the delimiter")
    values: dict[str, Any] = {}
    for column, field in zip(header, fields, strict=False):
        if column not in values:
            values[column] = field
        elif field.strip():
            first = values[column]
            values[column] = [*(first if isinstance(first, list) else [first]), field]
    doubt = "fewer fields than the header; those that lack are taken as empty" if any(header[len(fields) :]) else ""
    return Row(name, line, values, doubt=doubt)


def _json_row(name: str, line: int, text: str) -> Row:
    try:
        values = json.loads(text.lstrip("\ufeff"))
    except json.JSONDecodeError as error:
        return Row(name, line, {}, f"not a JSON object on one line ({error.msg} at its character {error.pos + 1})")
    except (ValueError, RecursionError) as error:
        return Row(name, line, {}, f"not a JSON object on one line ({str(error)[:80]})")
    if not isinstance(values, dict):
        return Row(name, line, {}, "not a JSON object")
    return Row(name, line, values)
