"""Records out of a JSON array, one at a time, whatever the size of the file.

Objects of the array are told apart by the JSON decoder itself, so line breaks and indentation mean nothing. Knows
nothing of columns' meanings.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TextIO

from store.errors import SourceError
from store.importer.detect import BLOCK, LONGEST_LINE, SourceFile, translated
from store.importer.readers import Row

_BETWEEN = "\ufeff \t\r\n"
_BEGINS = re.compile(r"[\s,]*")  # what stands between two values
_DECODER = json.JSONDecoder()


def read_json_array(file: SourceFile) -> Iterator[Row]:
    """Objects of an array of a file; what is no object is a row with a problem.

    Raises
    ------
    SourceError
        The array breaks off, or is no JSON from some entry on: nothing behind that can be told apart.
    """
    with translated(file.path), file.open_text() as stream:
        for number, value in enumerate(_values(stream, file), start=1):
            if isinstance(value, dict):
                yield Row(file.path.name, number, value, unit="entry")
            else:
                yield Row(file.path.name, number, {}, "not a JSON object", unit="entry")


def _values(stream: TextIO, file: SourceFile) -> Iterator[object]:
    held = stream.read(BLOCK).lstrip(_BETWEEN).removeprefix("[")
    number, at = 1, 0
    while True:
        at = _BEGINS.match(held, at).end()  # type: ignore[union-attr]  # it matches nothing too
        if held.startswith("]", at):
            return
        value, end = _first(held, at)
        # A number or a word that reaches the end of what was read may go on behind it.
        if end in (at, len(held)):
            more = stream.read(BLOCK)
            if not more or len(held) - at > LONGEST_LINE:
                raise SourceError(
                    f"{file.path}: a JSON array that cannot be read from entry {number} on; "
                    "look for a missing bracket, quote or comma there, or export it again"
                )
            held, at = held[at:] + more, 0
            continue
        yield value
        number, at = number + 1, end


def _first(text: str, at: int) -> tuple[object, int]:
    """The first value from ``at`` on and where it ends, ``at`` where it is not whole."""
    try:
        return _DECODER.raw_decode(text, at)
    except (ValueError, RecursionError):
        return None, at
