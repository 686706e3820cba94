"""What stands in a prompt where an item, a shopper, a history or a task is meant: rows of embeddings, or else text.

A slot names them; ``SoftTokens`` gives its rows for one language model. This module knows no model and no encoder.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from retrievers.base import Vectors

# The chat and the question that item encoders are trained, measured and shown with.
READING_SYSTEM = "You work in a shop."
NAME_QUESTION = "What is it called?"


class SlotKind(StrEnum):
    """What a slot stands for."""

    ITEM = "item"
    USER = "user"
    HISTORY = "history"
    TASK = "task"
    BLANK = "blank"  # an item's place left empty, to see what its rows tell


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a prompt: one item's or user's id, a task's name, or the ids of a history's items, oldest first."""

    kind: SlotKind
    ids: tuple[str, ...]


class SoftTokens(Protocol):
    """Rows of embeddings for the slots of a prompt, made for one language model."""

    @property
    def llm(self) -> str:
        """Fingerprint of the language model that the rows are made for."""

    @property
    def llm_name(self) -> str:
        """Its name, for people."""

    @property
    def per_item(self) -> int:
        """K, the rows of one item or one user."""

    @property
    def dim(self) -> int:
        """Numbers in a row: the hidden size of the language model."""

    @property
    def tasks(self) -> frozenset[str]:
        """The tasks that it has learned prompts for."""

    def rows(self, slot: Slot) -> Vectors:
        """Embedding rows.

        ``(K, dim)`` for an item, a user or a blank (zeros), ``(K * len(ids), dim)`` for a history, any number for a
        task.
        """

    def text(self, slot: Slot) -> str:
        """What a model that these rows are not made for reads in their place."""
