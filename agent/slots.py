"""Messages with slots: places where a language model meets an item itself instead of words about it.

Only our own templates make slots, ``{item:ID}``, ``{user:ID}``, ``{history:[ID, ID]}`` and ``{task:NAME}``; whatever
is put into a template's ``{name}`` stays text, be it a shopper's words or an item's. In a message a slot is a content
block beside the text blocks. This module knows neither rows nor tokens.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from langchain_core.messages import BaseMessage

from agent.errors import EngineUnavailable
from retrievers.soft_tokens import Slot, SlotKind, SoftTokens

_KINDS = frozenset(SlotKind)
_QUOTED = r'"(?:[^"\\]|\\.)*"'  # a JSON string
_ID = rf'(?:{_QUOTED}|[^\s,{{}}\[\]"]+)'
_MARK = re.compile(
    rf"(?P<brace>\{{\{{|\}}\}})|\{{(?P<kind>{'|'.join(SlotKind)}):\s*(?P<ids>{_ID}|\[\s*(?:{_ID}(?:\s*,\s*{_ID})*)?\s*\])\s*\}}"
    r"|\{(?P<name>[a-z_]+)\}|(?P<stray>[{}])",
    re.DOTALL,
)

Block = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """A slot in a message; ``texts`` are what may stand for it as words, one for each id, or none.

    ``beside`` are words that follow its rows, not its words: what the rows do not tell exactly, such as a price.
    """

    slot: Slot
    texts: tuple[str, ...] = ()
    beside: str = ""


def block(kind: SlotKind, ids: Sequence[str], texts: Sequence[str] = (), beside: str = "") -> Block:
    """A slot as content block of a message; ``texts`` and ``beside`` as in ``Place``.

    Raises ``ValueError`` when only a history could have so many ids, or when there is not one text for each.
    """
    if kind is not SlotKind.HISTORY and len(ids) != 1:
        raise ValueError(f"A slot of the kind {kind} has one id, not {list(ids)}.")
    if texts and len(texts) != len(ids):
        raise ValueError(f"{len(texts)} texts do not go with the ids {list(ids)} of a slot.")
    return {"type": str(kind), "ids": list(ids), "texts": list(texts), "beside": beside}


def content(template: str, **given: str | Block) -> list[str | Block]:
    """The content of a message from a template of ours.

    An id with spaces, commas, quotes, braces or brackets is written as a JSON string, ``{item:"a, b"}``; ``{{`` and
    ``}}`` are braces. Each ``{name}`` is replaced by the text, or by the slot, that is given under this name.

    Raises
    ------
    ValueError
        A brace begins neither a slot nor a given name.
    """
    blocks: list[Block] = []
    end = 0
    for mark in _MARK.finditer(template):
        blocks += [_text(template[end : mark.start()]), _filled(mark, template, given)]
        end = mark.end()
    blocks.append(_text(template[end:]))
    return [block for block in blocks if block.get("text") != ""]


def joined(*told: str | Block) -> str | list[str | Block]:
    """The content of a message from texts and slots; plain text where it has no slots, as any model takes it."""
    texts = [part for part in told if isinstance(part, str)]
    return "".join(texts) if len(texts) == len(told) else list(told)


def written(slot: Slot) -> str:
    """The slot as a template has it, every id as a JSON string."""
    ids = ", ".join(map(json.dumps, slot.ids))
    return f"{{{slot.kind}:{f'[{ids}]' if slot.kind is SlotKind.HISTORY else ids}}}"


def parts(message: BaseMessage) -> Iterator[str | Place]:
    """Text and slots of a message, in order."""
    for part in [message.content] if isinstance(message.content, str) else message.content:
        if isinstance(part, str):
            yield part
        elif part["type"] == "text":
            yield part["text"]
        elif part["type"] in _KINDS:
            slot = Slot(SlotKind(part["type"]), tuple(part["ids"]))
            yield Place(slot, tuple(part["texts"]), part["beside"])
        else:
            raise ValueError(f"A message for a language model of text has a part of the type {part['type']!r}.")


def has_slots(messages: Sequence[BaseMessage]) -> bool:
    """Whether anything but text stands in them."""
    return any(
        isinstance(part, dict) and part.get("type") in _KINDS
        for message in messages
        if not isinstance(message.content, str)
        for part in message.content
    )


def as_text(messages: Sequence[BaseMessage], text_of: Callable[[Place], str]) -> list[BaseMessage]:
    """The same messages with words in the place of slots."""
    texts = ("".join(part if isinstance(part, str) else text_of(part) for part in parts(m)) for m in messages)
    return [m.model_copy(update={"content": text}) for m, text in zip(messages, texts, strict=True)]


def words(place: Place, soft: SoftTokens | None) -> str:
    """What stands for a slot where its rows cannot be used: its own texts, else what the item tokens have.

    A task says nothing in words. Raises ``EngineUnavailable`` where nobody has words for it.
    """
    if place.texts or not place.slot.ids:
        return "; ".join(place.texts)
    if soft:
        return soft.text(place.slot)
    if place.slot.kind is SlotKind.TASK:
        return ""
    raise EngineUnavailable(
        f"The language model has no item tokens and nothing else to read for {written(place.slot)}; train the item "
        "tokens, or give the slot its text."
    )


def without_oldest_item(messages: Sequence[BaseMessage]) -> tuple[list[BaseMessage], str] | None:
    """The messages less one item, and its id: the oldest of the first history that has any, then of the first slot.

    None where no item is left. A history that loses its last item, or an item's slot, leaves nothing in its place.
    """
    for kind in (SlotKind.HISTORY, SlotKind.ITEM):
        for at, message in enumerate(messages):
            blocks = [] if isinstance(message.content, str) else message.content
            for place, part in enumerate(blocks):
                if isinstance(part, dict) and part["type"] == kind and part["ids"]:
                    shorter = [*blocks[:place], *_without_first(part), *blocks[place + 1 :]]
                    changed = message.model_copy(update={"content": shorter})
                    return [*messages[:at], changed, *messages[at + 1 :]], part["ids"][0]
    return None


def _without_first(part: Block) -> list[Block]:
    left = {**part, "ids": part["ids"][1:], "texts": part["texts"][1:]}
    return [left] if left["ids"] else []


def _filled(mark: re.Match[str], template: str, given: Mapping[str, str | Block]) -> Block:
    """The block for one mark of a template."""
    if mark["brace"]:
        return _text(mark["brace"][0])
    if mark["kind"]:
        return block(SlotKind(mark["kind"]), [_unquoted(id_) for id_ in re.findall(_ID, mark["ids"], re.DOTALL)])
    if mark["name"] in given:
        value = given[mark["name"]]
        return _text(value) if isinstance(value, str) else value
    around = template[mark.start() : mark.start() + 30]
    raise ValueError(
        f"{around!r} in a template is neither a slot nor one of {sorted(given)}; write {{{{ for a brace."
    )


def _unquoted(id_: str) -> str:
    return str(json.loads(id_, strict=False)) if id_.startswith('"') else id_


def _text(text: str) -> Block:
    return {"type": "text", "text": text}
