"""The language models that a conversation can speak through, behind LangChain's ``BaseChatModel``.

An engine says what it is with an ``EngineDescription``; everything else is LangChain's interface. This module stays
light: importing it loads no model library.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

    from retrievers.base import Vectors


@dataclass(frozen=True, slots=True)
class EngineDescription:
    """What ``doctor`` and the transcripts say about a language model.

    ``dtype`` is "" where the server does not tell, ``loaded`` whether the next reply needs no loading, ``detail``
    anything a person should know: the address, what else is served, why loading failed. ``reads_items`` is whether
    it is shown items as rows of embeddings; else it reads them as text.
    """

    model: str
    dtype: str
    loaded: bool
    detail: str
    reads_items: bool = False


class LetterScorer(Protocol):
    """A language model that says how likely each of some given one-token answers is; both engines are."""

    def letter_logprobs(self, messages: Sequence[BaseMessage], letters: Sequence[str], within_s: float) -> Vectors:
        """Log-probabilities that the reply begins with each letter, ``(len(letters),)``, from one forward pass.

        The letters of a lettered list of candidates, or ("Yes", "No"). The messages may have slots.

        Raises
        ------
        EngineUnavailable
            The engine did not answer within ``within_s`` seconds, or a letter is no single token of its model.
        """
        ...
