"""Who speaks: streams the reply of a turn, from the records and from a language model, nothing unchecked.

A model that cannot be trusted with facts adds at most one remark after the realiser's sentences. A capable
model writes the reply itself; each of its sentences is shown only once it has passed the check, and where
nothing of it passes, or the model fails, the realiser's reply takes its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage

from agent.errors import EngineUnavailable
from agent.fact_check import Checker, sentences
from agent.grounds import Grounds
from agent.prompts import PROMPT_VERSION, fit_remark, remark_messages, reply_messages
from agent.reply import Answered, Reply
from agent.vocabulary import Vocabulary

REMARK_TOKENS = 32
REPLY_TOKENS = 220


@dataclass(frozen=True, slots=True)
class Spoken:
    """One piece of a reply; ``voice`` tells whose words they are: "realiser", "model" or "notice"."""

    text: str
    voice: str


class Speaker:
    """Streams replies with one chat model.

    ``capable`` says that the model was seen to handle structured facts (``agent/capability.py``), so that it may
    write whole replies.
    """

    def __init__(self, chat: BaseChatModel, vocabulary: Vocabulary, capable: bool, model_name: str) -> None:
        self._chat = chat
        self._vocabulary = vocabulary
        self._capable = capable
        self.versions = {"model": model_name, "prompts": PROMPT_VERSION}

    def speak(self, turn: Answered, reply: Reply) -> Iterator[Spoken]:
        """The pieces of the reply in order; every piece has passed the check."""
        if self._capable:
            yield from self._written_by_model(turn, reply)
            return
        for sentence in reply.sentences:
            yield Spoken(sentence + " ", "realiser")
        yield from self._remark(turn, reply)

    def _written_by_model(self, turn: Answered, reply: Reply) -> Iterator[Spoken]:
        shown = False
        try:
            for sentence in self._checked(reply_messages(turn), reply.grounds, REPLY_TOKENS):
                shown = True
                yield Spoken(sentence, "model")
        except EngineUnavailable:
            yield Spoken("(The language model does not answer; this reply comes from the records.) ", "notice")
        if not shown:
            yield from (Spoken(sentence + " ", "realiser") for sentence in reply.sentences)

    def _remark(self, turn: Answered, reply: Reply) -> Iterator[Spoken]:
        """At most one sentence of the small model; silence is better than a wrong word."""
        messages = remark_messages(turn)
        if not messages:
            return
        try:
            for sentence in self._checked(messages, reply.grounds, REMARK_TOKENS):
                if remark := fit_remark(sentence, turn):
                    yield Spoken(remark, "model")
                return
        except EngineUnavailable:
            return  # the reply is whole without it; doctor and the log tell why

    def _checked(self, messages: Sequence[BaseMessage], given: Grounds, max_tokens: int) -> Iterator[str]:
        """The model's sentences as they complete, those that fail the check left out."""
        held, checker = "", Checker(given, self._vocabulary)
        for chunk in self._chat.stream(messages, max_tokens=max_tokens):
            held += chunk.text
            done = sentences(held)
            if len(done) > 1:
                yield from (s for s in done[:-1] if not checker.check(s))
                held = done[-1]
        if held.strip() and not checker.check(held):
            yield held
