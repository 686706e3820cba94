"""One prompt answered twice: with products as rows of item tokens, and as the text that stands there without them.

For presenters: it shows side by side what item tokens cost and what they change. Both answers start from the same
kept beginning of the prompt, so that their times can be compared.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from langchain.messages import HumanMessage
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage

from agent.slots import Place, as_text, parts, words, written
from retrievers.soft_tokens import SoftTokens

ANSWER_TOKENS = 64
ANSWER_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Stand:
    """A slot of the prompt as a template writes it, and the words that stand there without item tokens."""

    slot: str
    text: str


@dataclass(frozen=True, slots=True)
class Told:
    """One answer so far.

    ``first_word_ms`` runs from the request to the first text, None before; ``prompt_tokens`` is 0 until the answer
    is ``done``, and where a server does not tell it. A done answer that is not ``whole`` was cut off.
    """

    text: str = ""
    first_word_ms: float | None = None
    prompt_tokens: int = 0
    done: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True)
class BothWays:
    """The answers so far, from item tokens and from text; None for one that is not begun."""

    stands: tuple[Stand, ...]
    tokens: Told | None = None
    text: Told | None = None


def places(prompt: Sequence[BaseMessage]) -> list[Place]:
    """The slots of a prompt, in order."""
    return [part for message in prompt for part in parts(message) if isinstance(part, Place)]


def both_ways(chat: BaseChatModel, soft: SoftTokens, prompt: Sequence[BaseMessage]) -> Iterator[BothWays]:
    """Both answers as they grow, that from item tokens first.

    ``chat`` reads items as rows of ``soft``. Raises ``EngineUnavailable`` where it does not answer.
    """
    now = BothWays(tuple(Stand(written(place.slot), words(place, soft)) for place in places(prompt)))
    for told in _answer(chat, prompt):
        now = replace(now, tokens=told)
        yield now
    for told in _answer(chat, as_text(prompt, lambda place: words(place, soft))):
        now = replace(now, text=told)
        yield now


def _answer(chat: BaseChatModel, prompt: Sequence[BaseMessage]) -> Iterator[Told]:
    told = Told()
    yield told
    # An engine keeps what the last prompt begins with, and the second of two alike would have more of that.
    chat.invoke([*prompt[:-1], HumanMessage("")], max_tokens=1, timeout_s=ANSWER_SECONDS)
    began = time.perf_counter()
    for chunk in chat.stream(prompt, max_tokens=ANSWER_TOKENS, timeout_s=ANSWER_SECONDS):
        first = told.first_word_ms
        if first is None and chunk.text.strip():
            first = (time.perf_counter() - began) * 1000
        cost = chunk.usage_metadata["input_tokens"] if chunk.usage_metadata else 0
        whole = told.whole or chunk.response_metadata.get("finish_reason") == "stop"
        told = Told(told.text + chunk.text, first, told.prompt_tokens + cost, whole=whole)
        yield told
    yield replace(told, done=True)
