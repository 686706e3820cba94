"""A chat with slots as the prompt of one language model: a matrix of embedding rows.

The model's chat template is applied first, with a mark for each slot; the text between marks is tokenised piece by
piece, so that the ids before a slot do not depend on what follows it; each piece is looked up in the model's own
table, and the rows of the slots are set in between (Item-Language Model, arXiv 2406.02844, section 3.3). Without item
tokens for this model the same chat goes out as words.

This module does not know how a prompt is continued, nor by whom.
"""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from langchain_core.messages import AIMessage, BaseMessage, convert_to_openai_messages
from torch import Tensor

from agent.errors import EngineMismatch, EngineUnavailable
from agent.slots import Place, as_text, has_slots, without_oldest_item, words, written
from retrievers.errors import RetrievalError
from retrievers.llm_identity import TokenTable
from retrievers.soft_tokens import Slot, SlotKind, SoftTokens

log = logging.getLogger(__name__)

Piece = list[int] | Slot  # of a prompt: token ids, or a slot


class SoftPrompts:
    """Makes prompts for one language model, with item tokens or, while it has none, with words in their place.

    ``model`` is its name, ``folder`` where its files are.
    """

    def __init__(self, model: str, folder: Path, tokenizer: Any, table: TokenTable) -> None:
        self.model = model
        self.folder = folder
        self.tokenizer = tokenizer
        self.table = table
        self.fits = False  # whether the item tokens are for this model, so that their rows are used
        self._soft: SoftTokens | None = None
        self._said = False

    def use(self, soft: SoftTokens, store: str) -> None:
        """From now on fill the slots with these rows; where they are refused, with their words.

        Raises
        ------
        EngineMismatch
            They are made for another language model; the message names both and how to make them for this one.
        """
        self._soft = soft
        if soft.dim != self.table.dim or soft.llm != self.table.fingerprint():
            raise EngineMismatch(
                f"The item tokens of the store {store!r} are made for the language model {soft.llm_name!r} (hidden "
                f"size {soft.dim}), but {self.model!r} (hidden size {self.table.dim}) is to read them. Make them "
                f"anew: python -m training.train_ilm --store {store} --llm {self.folder}"
            )
        self.fits = True

    def rows(self, messages: Sequence[BaseMessage], most: int) -> Tensor:
        """Prompt rows ``(n, dim)`` of the table's dtype, ending where the assistant's reply begins.

        Where the last message is the assistant's, it is a reply that has begun, and the rows end with its words.
        A prompt of more than ``most`` rows loses whole items, the oldest of a history first; which is logged. It may
        still be longer where its text alone is.

        Raises
        ------
        EngineUnavailable
            The rows of a slot have not the shape that they should have, the chat template does not keep every slot
            once and in order, or a slot has no words to fall back on.
        """
        pieces = self._pieces(messages)
        dropped = []
        while sum(map(self._length, pieces)) > most and (shorter := without_oldest_item(messages)):
            messages, item_id = shorter
            dropped.append(item_id)
            pieces = self._pieces(messages)
        if dropped:
            log.warning("A prompt for %s was too long; dropped from it: items %s", self.model, dropped)
        return torch.cat([self.table.rows([]), *map(self._rows, pieces)])

    def letter_ids(self, letters: Sequence[str]) -> list[int]:
        """The token of each letter (or other short answer) that begins a reply.

        Raises ``EngineUnavailable`` for one that is more than one token of this model.
        """
        ids = [self._ids(letter) for letter in letters]
        if long := [letter for letter, tokens in zip(letters, ids, strict=True) if len(tokens) != 1]:
            raise EngineUnavailable(f"{long} are no single tokens of {self.model}, so it cannot score them.")
        return [tokens[0] for tokens in ids]

    def _length(self, piece: Piece) -> int:
        """Rows of a piece, as its kind has them."""
        if isinstance(piece, list):
            return len(piece)
        assert self._soft
        return len(self._soft.rows(piece)) if piece.kind is SlotKind.TASK else self._soft.per_item * len(piece.ids)

    def _rows(self, piece: Piece) -> Tensor:
        if isinstance(piece, list):
            return self.table.rows(piece)
        if not piece.ids:  # a history of somebody who is new
            return self.table.rows([])
        assert self._soft
        try:
            rows = torch.from_numpy(self._soft.rows(piece)).to(self.table.weight.dtype)
        except RetrievalError as error:
            raise EngineUnavailable(f"There are no rows for {written(piece)}: {error}") from error
        needed = (self._length(piece), self.table.dim)
        if rows.shape != needed or not rows.isfinite().all():
            raise EngineUnavailable(
                f"The item tokens of {written(piece)} are {tuple(rows.shape)} numbers, some of them perhaps not "
                f"finite; {self.model} needs {needed} finite ones."
            )
        return rows

    def _pieces(self, messages: Sequence[BaseMessage]) -> list[Piece]:
        """The templated chat, cut at its slots."""
        if not self.fits:
            messages = self._as_words(messages)
        nonce, slots = secrets.token_hex(8), list[Slot]()  # no words of a shopper can be the mark of a slot

        def mark(place: Place) -> str:
            slots.append(place.slot)
            return f"<{nonce}:{len(slots) - 1}>{place.beside}"

        text = self._templated(as_text(messages, mark))
        between = re.split(rf"<{nonce}:(\d+)>", text)  # text, number, text, number, ..., text
        if between[1::2] != [str(number) for number in range(len(slots))]:
            raise EngineUnavailable(
                f"The chat template of {self.model} drops, repeats or reorders parts of a message, so items cannot "
                "be shown to it; serve it with the template that came with it."
            )
        texts = [self._ids(piece) for piece in between[::2]]
        pieces: list[Piece] = [texts[0]]
        for slot, ids in zip(slots, texts[1:], strict=True):
            pieces += [slot, ids]
        return pieces

    def _as_words(self, messages: Sequence[BaseMessage]) -> list[BaseMessage]:
        if has_slots(messages) and not self._said:
            self._said = True
            log.warning("There are no item tokens for %s: it reads items as text.", self.model)
        return as_text(messages, lambda place: words(place, self._soft))

    def _templated(self, messages: list[BaseMessage]) -> str:
        chat = convert_to_openai_messages(messages, text_format="string")
        begun = isinstance(messages[-1], AIMessage)
        return str(
            self.tokenizer.apply_chat_template(
                chat, add_generation_prompt=not begun, continue_final_message=begun, tokenize=False
            )
        )

    def _ids(self, text: str) -> list[int]:
        return list(self.tokenizer(text, add_special_tokens=False).input_ids) if text else []
