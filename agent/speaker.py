"""Who speaks: streams the reply of a turn, from the records and from a language model, nothing unchecked.

A capable model writes the reply itself from the cards. One that has learned prompts for the tasks of a reply says
what the realiser's brief holds, in its own words. Each of its sentences is shown only once it has passed the check;
where one does not, or the model fails, the realiser's sentences take its place.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage

from agent.briefs import Brief
from agent.errors import EngineBusy, EngineUnavailable
from agent.fact_check import Checker
from agent.prompts import PROMPT_VERSION, reply_messages
from agent.reply import Answered, Reply
from agent.telling import REPLY_TOKENS, BriefCheck, Telling
from agent.vocabulary import Vocabulary

log = logging.getLogger(__name__)

_NO_ANSWER = "(The language model does not answer; this reply comes from the records.) "
_BROKE_OFF = "(The language model broke off; what follows comes from the records.) "


@dataclass(frozen=True, slots=True)
class Spoken:
    """One piece of a reply; ``voice`` tells whose words they are: "realiser", "model" or "notice"."""

    text: str
    voice: str


class Speaker:
    """Streams replies with one chat model.

    ``capable`` says that the model was seen to handle structured facts (``agent/capability.py``), so that it may
    write whole replies; ``learned`` tells the tasks of briefs that it has learned prompts for, once it is loaded.
    """

    def __init__(
        self,
        chat: BaseChatModel,
        vocabulary: Vocabulary,
        capable: bool,
        model_name: str,
        learned: Callable[[], Set[str]],
    ) -> None:
        self._chat = chat
        self._vocabulary = vocabulary
        self._capable = capable
        self._learned = learned
        self.versions = {"model": model_name, "prompts": PROMPT_VERSION}

    def speak(self, turn: Answered, reply: Reply) -> Iterator[Spoken]:
        """The pieces of the reply in order; every piece has passed the check."""
        if self._capable:
            yield from self._written_by_model(turn, reply)
        elif reply.brief and reply.brief.task in self._learned():
            yield from self._told_by_model(reply, reply.brief)
        else:
            yield from _realised(reply.sentences)

    def prompt(self, turn: Answered, reply: Reply) -> tuple[BaseMessage, ...]:
        """What a model is asked about this turn; nothing where only the realiser has something to say."""
        if self._capable:
            return tuple(reply_messages(turn)) if turn.items else ()
        return tuple(reply.brief.messages()) if reply.brief else ()

    def _written_by_model(self, turn: Answered, reply: Reply) -> Iterator[Spoken]:
        checker, shown = Checker(reply.grounds, self._vocabulary), False
        try:
            for sentence in self._sentences(reply_messages(turn), checker):
                if not checker.check(sentence):
                    shown = True
                    yield Spoken(sentence, "model")
        except EngineUnavailable as error:
            log.warning("The language model did not write the whole reply: %s", error)
            yield Spoken(_BROKE_OFF if shown else _NO_ANSWER, "notice")
            shown = False  # what it wrote is a part of a reply, and which part nobody knows
        if not shown:
            yield from _realised(reply.sentences)

    def _told_by_model(self, reply: Reply, brief: Brief) -> Iterator[Spoken]:
        """The brief in the model's words up to a sentence that stays unfit, from there in the realiser's."""
        checker = Checker(reply.grounds, self._vocabulary)
        for sentence in reply.before:
            checker.check(sentence)
        yield from _realised(reply.before)
        said = 0
        telling = Telling(self._chat, brief.messages(), brief.draft(reply.middle), BriefCheck(brief, checker))
        try:
            for sentence in telling:
                said += 1
                yield Spoken(sentence + " ", "model")
        except EngineBusy as error:  # as in the first seconds of every start
            log.debug("The language model tells no brief: %s", error)
        except EngineUnavailable as error:
            log.warning("The language model tells no brief: %s", error)
        told = [part.strip() for sentence in reply.middle for part in checker.sentences(sentence)]
        yield from _realised([*told[said:], *reply.after])

    def _sentences(self, messages: Sequence[BaseMessage], checker: Checker) -> Iterator[str]:
        """The model's sentences as they complete."""
        held = ""
        for chunk in self._chat.stream(messages, max_tokens=REPLY_TOKENS):
            held += chunk.text
            done = checker.sentences(held)
            if len(done) > 1:
                yield from done[:-1]
                held = done[-1]
        if held.strip():
            yield held


def _realised(said: Sequence[str]) -> Iterator[Spoken]:
    return (Spoken(sentence + " ", "realiser") for sentence in said)
