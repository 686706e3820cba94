"""What item tokens are to the language model in use: what they save in a prompt, and what it reads in them.

For presenters. The question is one that the item encoder was trained on, in the chat that it was trained in
(``training/frozen_llm.py``), so that the answers with an item's own rows, with empty rows and with another item's
rows show what is in the rows and what the model would say anyway.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from langchain.messages import HumanMessage, SystemMessage
from langchain_core.messages import BaseMessage
from tokenizers import Tokenizer

from agent import both_ways
from agent.both_ways import BothWays
from agent.errors import EngineBusy, EngineUnavailable
from agent.slots import Block, block, content, written
from retrievers.errors import RetrievalError
from retrievers.item_adapter import training_command
from retrievers.item_text import item_text
from retrievers.soft_tokens import NAME_QUESTION, READING_SYSTEM, Slot, SlotKind, SoftTokens
from store.catalog import Catalog

if TYPE_CHECKING:
    from agent.engines.in_process import InProcessChat
    from agent.engines.server import ServerChat  # takes a second to import

ANSWER_TOKENS = 20
ANSWER_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class PlacedItem:
    """An item in a prompt: its slot as a template writes it, the rows it is, and the tokens of its text instead."""

    item_id: str
    slot: str
    rows: int
    text_tokens: int


@dataclass(frozen=True, slots=True)
class PlacedItems:
    """Items in a prompt; or why the model reads text instead, as a sentence, and the command that changes it."""

    items: tuple[PlacedItem, ...] = ()
    without: str = ""
    command: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the model says an item is called; not ``whole`` where it was cut off."""

    text: str
    whole: bool
    ms: float


@dataclass(frozen=True, slots=True)
class Reading:
    """The answers about one item: from its own rows, from zeros in their place, from the rows of another item."""

    item_id: str
    other_id: str
    own: Answer
    empty: Answer
    other: Answer


class ItemReader:
    """Asks one language model about items of one store, for one caller at a time.

    ``folder`` has the model's files, None where this machine has none and the model reads text.
    """

    def __init__(
        self, chat: InProcessChat | ServerChat, soft: SoftTokens | None, catalog: Catalog, folder: Path | None
    ) -> None:
        self._chat = chat
        self._soft = soft
        self._catalog = catalog
        self._folder = folder
        self._asking = threading.Lock()

    def places(self, item_ids: Sequence[str]) -> PlacedItems:
        """How these items stand in a prompt; raises ``StoreError`` for one that the store does not have."""
        if self._soft is None:
            return self._without(f"The store {self._catalog.name} has no item tokens")
        engine = self._chat.describe()
        if not engine.loaded:
            return PlacedItems(without=f"The language model {engine.model} is not ready: {engine.detail}.")
        if not engine.reads_items:
            return self._without(f"The item tokens of the store are not for {engine.model}, or its server takes none")
        slots = [Slot(SlotKind.ITEM, (item_id,)) for item_id in item_ids]
        return PlacedItems(tuple(self._place(slot, self._soft.per_item) for slot in slots))

    def _without(self, why: str) -> PlacedItems:
        command = training_command(self._catalog.name, str(self._folder or "MODEL"))
        return PlacedItems(without=f"{why}: products are read as text.", command=command)

    def _place(self, slot: Slot, rows: int) -> PlacedItem:
        item = self._catalog.get(slot.ids[0])
        text = self._tokenizer.encode(item_text(item), add_special_tokens=False)
        return PlacedItem(item.item_id, written(slot), rows, len(text.ids))

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        assert self._folder, "a model that reads items has its files here"
        return Tokenizer.from_file(str(self._folder / "tokenizer.json"))

    def read(self, item_id: str, other_id: str) -> Reading:
        """Let the model say what an item is called, three times.

        Raises
        ------
        EngineBusy
            It answers somebody else, or is still loading.
        EngineUnavailable
            It does not answer, or the items' rows cannot be made.
        """
        with self._alone():
            self._make_rows([Slot(SlotKind.ITEM, (id_,)) for id_ in (item_id, other_id)])
            own, empty, other = (
                self._answer(block(kind, [about]))
                for kind, about in (
                    (SlotKind.ITEM, item_id),
                    (SlotKind.BLANK, item_id),
                    (SlotKind.ITEM, other_id),
                )
            )
        return Reading(item_id, other_id, own, empty, other)

    def both_ways(self, prompt: Sequence[BaseMessage]) -> Iterator[BothWays]:
        """Let the model answer a prompt with item tokens and as text; raises as ``read`` does, while it goes on."""
        with self._alone():
            if self._soft is None or not self._chat.describe().reads_items:
                raise EngineUnavailable(self.places([]).without)
            self._make_rows([place.slot for place in both_ways.places(prompt) if place.slot.ids])
            yield from both_ways.both_ways(self._chat, self._soft, prompt)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        if not self._asking.acquire(blocking=False):
            raise EngineBusy("The language model is being asked another question; try again in a moment.")
        try:
            yield
        finally:
            self._asking.release()

    def _make_rows(self, slots: Sequence[Slot]) -> None:
        """Before a clock runs: the first rows load what reads pictures and texts."""
        assert self._soft, "who asks has looked at the places first"
        try:
            for slot in slots:
                self._soft.rows(slot)
        except RetrievalError as error:
            raise EngineUnavailable(str(error)) from error

    def _answer(self, about: Block) -> Answer:
        question = HumanMessage(content(f"{{item}}\n{NAME_QUESTION}", item=about))
        began = time.perf_counter()
        asked = [SystemMessage(READING_SYSTEM), question]
        chunks = list(self._chat.stream(asked, max_tokens=ANSWER_TOKENS, timeout_s=ANSWER_SECONDS))
        ms = (time.perf_counter() - began) * 1000
        reasons = [chunk.response_metadata.get("finish_reason") for chunk in chunks]
        return Answer("".join(chunk.text for chunk in chunks).strip(), "stop" in reasons, ms)
