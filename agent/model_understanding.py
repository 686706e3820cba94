"""Understanding by a capable language model: its structured output, held to the store's own vocabulary.

The model names phrases, never values of the store: each phrase goes through the vocabulary, and what the
store has no word for only ranks. References, "cheaper" and everything the model leaves out stay with the
rules, which also take over when the model does not answer in time.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Literal

from pydantic import BaseModel, Field

from agent.engines.server import ServerChat, structured
from agent.errors import EngineUnavailable
from agent.prompts import understanding_messages
from agent.refusals import unrefused
from agent.state import DialogueState
from agent.understanding import RuleUnderstanding
from agent.utterance import Intent, Utterance
from agent.vocabulary import Sense, Vocabulary

log = logging.getLogger(__name__)

TIMEOUT_S = 6.0


class SortedPhrases(BaseModel):
    """What the model is asked for: phrases of the shopper, sorted."""

    intent: Literal["search", "more_like", "something_else", "details", "compare", "other"]
    product_type: str = Field("", description="the kind of product named in this message, empty if none")
    wanted: list[str] = Field(default_factory=list, description="properties wanted: blue, long sleeve, cotton")
    refused: list[str] = Field(default_factory=list, description="properties refused: leather, hood")
    price_min: float | None = None
    price_max: float | None = None


class ModelUnderstanding:
    """Rules first, then the model's reading of what the rules are weak at: types, wishes and refusals."""

    def __init__(self, chat: ServerChat, rules: RuleUnderstanding, vocabulary: Vocabulary) -> None:
        self._chat = chat
        self._rules = rules
        self._vocabulary = vocabulary
        self.name = f"rules+{chat.model_name}"

    def understand(self, text: str, state: DialogueState, photo: str = "") -> Utterance:
        """What the message says; the rules' reading where the model fails."""
        said = self._rules.understand(text, state, photo)
        if not text.strip() or said.intent not in (Intent.SEARCH, Intent.UNCLEAR, Intent.MORE_LIKE):
            return said
        try:
            read = structured(self._chat, understanding_messages(text, state), SortedPhrases, TIMEOUT_S)
        except EngineUnavailable as error:
            log.warning("The language model reads nothing, the rules alone do: %s", error)
            return said
        return self._merge(said, read, state)

    def _merge(self, said: Utterance, read: SortedPhrases, state: DialogueState) -> Utterance:
        wanted = [s for s in map(self._vocabulary.sense, read.wanted) if s and not s.is_type]
        refused = [s for s in map(self._vocabulary.sense, read.refused) if s]
        kind = self._vocabulary.sense(read.product_type) if read.product_type else None
        if kind and kind.is_type and not said.type_values:
            said = replace(said, type_fact=kind.fact, type_values=kind.values, type_words=read.product_type)
            said = replace(said, unknown_type="")
        include = {**said.include, **{s.fact: unrefused(s, state) for s in wanted if not _refuses(said, s)}}
        exclude = {**said.exclude, **{s.fact: s.wide or s.values for s in refused}}
        include = {f: v for f, v in include.items() if not set(v) <= set(exclude.get(f, ()))}
        intent = Intent.SEARCH if said.intent is Intent.UNCLEAR and (include or exclude or kind) else said.intent
        return replace(
            said,
            intent=intent,
            include=include,
            exclude=exclude,
            price_min=said.price_min if said.price_min is not None else read.price_min,
            price_max=said.price_max if said.price_max is not None else read.price_max,
        )


def _refuses(said: Utterance, sense: Sense) -> bool:
    return bool(set(sense.values) & set(said.exclude.get(sense.fact, ())))
