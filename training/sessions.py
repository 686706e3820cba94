"""Dialogues with a known end, one JSON object a line, as other people's benchmarks are brought into this form.

    {"session_id": "s1", "turns": [{"text": "a bit longer", "images": ["p/1.jpg"], "shown": ["A1"], "liked": [],
     "rejected": []}], "target_item_id": "B7"}

``shown`` are the items that the text speaks of: they were on the table when it was said. ``refused`` tells what the
text rules out, to count what breaks it: ``{"words": ["leather"], "brands": ["Acme"], "price_max": 80}``.
Of a turn all keys may be missing. Picture paths are relative to the file. Knows no retriever and no catalog.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from store.errors import SourceError
from training.bench_files import read_lines, read_photo
from training.refusals import Refusal

FORM = '{"session_id": "s1", "turns": [{"text": "longer", "shown": ["A1"]}], "target_item_id": "B7"}'


@dataclass(frozen=True, slots=True)
class SessionTurn:
    """One message, see the module."""

    text: str
    image_paths: tuple[Path, ...]
    shown: tuple[str, ...]
    liked: tuple[str, ...]
    rejected: tuple[str, ...]
    refused: Refusal = field(default_factory=Refusal)


@dataclass(frozen=True, slots=True)
class Session:
    """A dialogue of at least one turn and the item that it was about."""

    session_id: str
    turns: tuple[SessionTurn, ...]
    target: str


def read_sessions(path: Path) -> list[Session]:
    """Every session of a file, in order; empty lines are passed over.

    Raises
    ------
    SourceError
        The file cannot be read, holds no session or one id twice, or a line is no session or names a photo that
        cannot be opened; names line and field.
    """
    found: dict[str, Session] = {}
    for number, line in enumerate(read_lines(path), start=1):
        if not line.strip():
            continue
        try:
            session = _session(json.loads(line), path.parent)
        except _NotASession as error:
            raise SourceError(f"{path}, line {number}: {error}; a session is {FORM}") from error
        except ValueError as error:
            raise SourceError(f"{path}, line {number}: not JSON ({error}); a session is {FORM}") from error
        for photo in (photo for turn in session.turns for photo in turn.image_paths):
            try:
                read_photo(photo)  # now, and not after hours of training
            except SourceError as error:
                raise SourceError(f"{path}, line {number}: {error}") from error
        if session.session_id in found:
            raise SourceError(f"{path}, line {number}: session_id {session.session_id!r} stands on another line too")
        found[session.session_id] = session
    if not found:
        raise SourceError(f"{path} holds no session; a line is {FORM}")
    return list(found.values())


class _NotASession(Exception):
    """A field that is not what it should be; the message names it."""


def _session(record: Any, folder: Path) -> Session:
    if not isinstance(record, Mapping):
        raise _NotASession("the line is no object")
    turns = record.get("turns")
    if not isinstance(turns, list) or not turns:
        raise _NotASession("turns is no list of at least one turn")
    read = tuple(_turn(turn, f"turns[{place}]", folder) for place, turn in enumerate(turns))
    return Session(_id(record, "session_id"), read, _id(record, "target_item_id"))


def _turn(turn: Any, where: str, folder: Path) -> SessionTurn:
    if not isinstance(turn, Mapping):
        raise _NotASession(f"{where} is no object")
    text = turn.get("text") or ""
    if not isinstance(text, str):
        raise _NotASession(f"{where}.text is no text")
    images, shown, liked, rejected = (_ids(turn, name, where) for name in ("images", "shown", "liked", "rejected"))
    refused = _refusal(turn.get("refused") or {}, f"{where}.refused")
    return SessionTurn(text, tuple(folder / path for path in images), shown, liked, rejected, refused)


def _refusal(refused: Any, where: str) -> Refusal:
    if not isinstance(refused, Mapping):
        raise _NotASession(f"{where} is no object")
    price_max = refused.get("price_max")
    if price_max is not None and (not isinstance(price_max, int | float) or isinstance(price_max, bool)):
        raise _NotASession(f"{where}.price_max is no number")
    return Refusal(_ids(refused, "words", where), _ids(refused, "brands", where), price_max)


def _id(record: Mapping[str, Any], name: str) -> str:
    value = record.get(name)
    if not isinstance(value, str | int) or isinstance(value, bool) or value == "":
        raise _NotASession(f"{name} is missing or no id")
    return str(value)


def _ids(turn: Mapping[str, Any], name: str, where: str) -> tuple[str, ...]:
    values = turn.get(name) or []
    if not isinstance(values, list) or not all(isinstance(v, str | int) and not isinstance(v, bool) for v in values):
        raise _NotASession(f"{where}.{name} is no list of texts")
    return tuple(map(str, values))
