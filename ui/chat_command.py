"""A conversation over standard input and output: people type, programs send one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TextIO

from agent.events import Card, Failed, Finished, Recommended, Step, TextDelta
from agent.shopping_agent import ShoppingAgent
from agent.state import DialogueState
from agent.wording import money
from store.errors import StoreError, TranscriptError
from store.schemas import Act, ActKind, UserTurn
from ui.json_forms import failed_json, turn_json


class BadLine(ValueError):
    """A line that is no turn; the message says what a turn looks like."""


@dataclass(frozen=True, slots=True)
class TurnIn:
    """One line that came in."""

    turn: UserTurn
    session: str | None  # None: go on; "": begin a new conversation; else which one


_KEYS = ("text", "images", "acts", "session_id")


def read_turn(line: str) -> TurnIn:
    """Parse ``{"text": ..., "images": [paths], "acts": [...], "session_id": ...}``; all keys are optional.

    Raises
    ------
    BadLine
        The line is no JSON object of that form.
    """
    try:
        data = json.loads(line)
    except json.JSONDecodeError as error:
        raise BadLine(f'not JSON ({error.msg}); send {{"text": "red shoes", "images": []}}') from error
    if not isinstance(data, dict):
        raise BadLine(f"a JSON object was expected, not {type(data).__name__}")
    if unknown := [key for key in data if key not in _KEYS]:
        raise BadLine(f"no key {', '.join(map(repr, unknown))}; keys are {', '.join(_KEYS)}")
    text, images, acts = data.get("text") or "", data.get("images") or [], data.get("acts") or []
    if not isinstance(text, str) or not isinstance(images, list) or not all(isinstance(i, str) for i in images):
        raise BadLine('"text" is a string and "images" a list of paths')
    try:
        known = tuple(Act(ActKind(a["kind"]), str(a["target"]), str(a.get("value", ""))) for a in acts)
    except (KeyError, TypeError, ValueError) as error:
        kinds = ", ".join(kind.value for kind in ActKind)
        raise BadLine(f'"acts" is a list of {{"kind", "target"}}; kinds are {kinds}') from error
    session = str(data["session_id"] or "") if "session_id" in data else None
    return TurnIn(UserTurn(text, tuple(images), known), session)


class JsonChat:
    """Conversations with programs; several may alternate on one stream."""

    def __init__(self, agent: ShoppingAgent) -> None:
        self._agent = agent
        self._states: dict[str, DialogueState] = {}
        self._named: dict[str, str] = {}  # names that the program gave -> session ids
        self._latest = ""

    def answer(self, line: str) -> dict[str, Any]:
        """One line in, one object out; a bad line gets outcome "failed" and changes nothing."""
        try:
            came = read_turn(line)
            session_id = self._session(came.session)
        except (BadLine, StoreError) as error:
            return failed_json("", str(error), {})
        cards: tuple[Card, ...] = ()
        for event in self._agent.respond(session_id, self._states[session_id], came.turn, record=True):
            if isinstance(event, Recommended):
                cards = event.cards
            elif isinstance(event, Finished):
                self._states[session_id] = event.state
                return turn_json(session_id, event, cards)
            elif isinstance(event, Failed):
                return failed_json(session_id, event.message, self._states[session_id].to_json())
        raise AssertionError("a turn ends with Finished or Failed")

    def _session(self, wanted: str | None) -> str:
        """The session of a turn, begun or resumed where it is not under way."""
        if wanted is None:
            wanted = self._latest
        session_id = self._named.get(wanted, wanted)
        if session_id not in self._states:
            session_id = self._resume(session_id) if session_id else self._begin()
        if wanted:
            self._named[wanted] = session_id
        self._latest = session_id
        return session_id

    def _resume(self, session_id: str) -> str:
        """A kept session goes on; a name that no transcript has begins a new one, known by that name here."""
        try:
            self._states[session_id] = self._agent.restore(session_id).state
        except TranscriptError:
            return self._begin()
        return session_id

    def _begin(self) -> str:
        session_id, state = self._agent.start("cli")
        self._states[session_id] = state
        return session_id


def chat_json(agent: ShoppingAgent, lines: Iterable[str], out: TextIO) -> None:
    """Hold conversations with a program until its stream ends."""
    chat = JsonChat(agent)
    for line in lines:
        if line.strip():
            print(json.dumps(chat.answer(line), ensure_ascii=False), file=out, flush=True)


def chat_text(agent: ShoppingAgent, lines: Iterable[str], out: TextIO) -> None:
    """Hold a conversation with a person at a terminal."""
    session_id, state = agent.start("cli")
    print(f"{agent.store_name}: {agent.store_note} Session {session_id}. End with Ctrl-D.", file=out, flush=True)
    for line in lines:
        for event in agent.respond(session_id, state, UserTurn(line.strip())):
            if isinstance(event, Finished):
                state = event.state
            print(*_painted(event), sep="", end="", file=out, flush=True)
        print(file=out)


def _painted(event: object) -> Iterator[str]:
    if isinstance(event, Step):
        yield f"  … {event.label}\n"
    elif isinstance(event, Recommended):
        for card in event.cards:
            price = money(card.item.price_now, card.item.currency)
            yield f"  {card.rank}. {card.item.title} — {price} — {card.reason}\n"
    elif isinstance(event, TextDelta):
        yield event.text
    elif isinstance(event, Failed):
        yield f"  ! {event.message}\n"
