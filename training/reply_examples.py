"""Replies to learn from, as ``python app.py replies`` writes them, read as questions for a frozen language model.

An item stands in a question as words alone, or as its soft tokens with the words beside them that are to be exact.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import Any

from store.errors import SourceError


class ItemsAs(StrEnum):
    """How items stand in a question."""

    TEXT = "text"
    TOKENS = "tokens"


@dataclass(frozen=True, slots=True)
class ItemPlace:
    """Where the soft tokens of an item stand."""

    store: str
    item_id: str


@dataclass(frozen=True, slots=True)
class Example:
    """A task, what is told of the turn, and the reply."""

    task: str
    told: tuple[str | ItemPlace, ...]
    reply: str


def read_examples(files: Sequence[Path], items_as: ItemsAs) -> list[Example]:
    """The examples of some files.

    Raises
    ------
    SourceError
        A file cannot be read, or a line of it is no example.
    """
    return [example for file in files for example in _read(file, items_as)]


def _read(file: Path, items_as: ItemsAs) -> Iterator[Example]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"{file} cannot be read ({error}); write it with: python app.py replies") from error
    for number, line in enumerate(lines, start=1):
        try:
            row = json.loads(line)
            told = [part for block in row["message"] for part in _parts(block, row["store"], items_as)]
            yield Example(row["task"], tuple(_joined(told)), row["reply"])
        except (ValueError, KeyError, TypeError) as error:
            raise SourceError(
                f"{file}, line {number}: {error!r}, not an example of a reply; write it with: python app.py replies"
            ) from error


def _parts(block: str | dict[str, Any], store: str, items_as: ItemsAs) -> list[str | ItemPlace]:
    """A part of a message; the slot of the task, which begins every message, is left out."""
    if isinstance(block, str):
        return [block]
    if block["type"] == "task":
        return []
    if items_as is ItemsAs.TEXT:
        return [block["texts"][0]]
    return [ItemPlace(store, block["ids"][0]), block["beside"]]


def _joined(parts: Sequence[str | ItemPlace]) -> Iterator[str | ItemPlace]:
    """Texts that follow one another as one, since they are tokenised so when the model is asked."""
    for are_text, some in groupby(parts, lambda part: isinstance(part, str)):
        if are_text:
            yield "".join(map(str, some))
        else:
            yield from some
