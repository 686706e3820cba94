"""A small model tells a brief, sentence by sentence, and none of its sentences has a fault.

A sentence with a fault is not shown. The model takes back the word with which it left the wordings of the shop
(``agent/phrasing.py``), says the likeliest of its other choices that one of them has there, and goes on. Where none
of those is in a wording, that led nowhere, or what it says is worded right and not true, it takes back a word that it
was least sure of; one such word is changed before two are (limited discrepancy search: Harvey and Ginsberg 1995).
Where that does not help, the reply ends before that sentence.
"""

from __future__ import annotations

import heapq
import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from math import inf
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage

from agent.briefs import Brief
from agent.fact_check import Checker
from agent.phrasing import Phrasing

REPLY_TOKENS = 220
TRIES = 8  # words that are taken back for one sentence: each costs a fifth of a second, and somebody waits
CHOICES = 4  # that are considered in place of a word
FIRST_SECONDS = 0.4  # for the first sentence no further word is taken back after so long: nothing is shown yet


@dataclass(frozen=True, slots=True)
class Word:
    """A token of a reply, beginning at ``start`` of its text.

    ``other`` is one of those that the model could have said in its place, less likely by ``lead`` nats.
    """

    start: int
    text: str
    other: str
    lead: float


@dataclass(frozen=True, slots=True, order=True)
class Beginning:
    """How a reply may begin, with one word in another's place; ``after`` are the words that stood behind that one."""

    text: str
    after: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that begins at ``start`` of the reply; ``reply`` goes at least to its end."""

    text: str
    start: int
    reply: str
    words: tuple[Word, ...]


Sentences = Generator[Sentence]


class BriefCheck:
    """What is wrong with the sentences of one reply, in their order; those without fault are counted as told."""

    def __init__(self, brief: Brief, checker: Checker) -> None:
        replies = ([part for said in reply for part in checker.sentences(said)] for reply in brief.wordings)
        self._places = [Phrasing(filter(None, wordings)) for wordings in zip_longest(*replies)]
        self._checker = checker
        self._told = 0

    @property
    def complete(self) -> bool:
        """Whether all is told that the realiser would tell."""
        return self._told == len(self._places)

    def sentences(self, text: str) -> list[str]:
        """See ``Checker.sentences``."""
        return self._checker.sentences(text)

    def may_begin(self, begun: str) -> bool:
        """Whether the next sentence may begin so."""
        return not self.complete and self._places[self._told].may_begin(begun)

    def faults(self, sentence: str) -> tuple[str, ...]:
        """Claims without ground, or the first word that stands so in no wording of what is to be told next."""
        told = sentence.strip()
        if self.complete:
            return (told,)
        strange = self._places[self._told].strange(told)
        found = (strange,) if strange else tuple(violation.claim for violation in self._checker.check(told))
        self._told += not found
        return found


class Telling:
    """The sentences of one reply, each without fault; ``whole`` then tells whether nothing is left to tell.

    ``messages`` are what it is asked, ``draft`` is a reply that its own may be alike to, ``check`` finds faults.
    ``taken_back`` counts words.
    """

    def __init__(
        self,
        chat: BaseChatModel,
        messages: Sequence[BaseMessage],
        draft: str,
        check: BriefCheck,
    ) -> None:
        self.whole = False
        self.taken_back = 0
        self._chat = chat
        self._messages = messages
        self._draft = draft
        self._check = check

    def __iter__(self) -> Iterator[str]:
        """Raises ``EngineUnavailable`` where the model fails."""
        stream, said = self._sentences(Beginning("", ""), 0), False
        while sentence := next(stream, None):
            if self._check.faults(sentence.text):
                stream.close()  # an engine speaks one reply at a time
                begun = self._begun_anew(sentence, inf if said else time.monotonic() + FIRST_SECONDS)
                if begun is None:
                    return
                sentence, stream = begun
            said = True
            yield sentence.text.strip()
            if self._check.complete:
                stream.close()
                self.whole = True
                return

    def _begun_anew(self, wrong: Sentence, until: float) -> tuple[Sentence, Sentences] | None:
        """The sentence in other words that have no fault, and what follows it; none is begun after ``until``."""
        open_ = list(self._ranked(wrong, 1, 0.0))
        heapq.heapify(open_)
        for _ in range(TRIES):
            if not open_ or time.monotonic() > until:
                return None
            _, changes, lead, begun = heapq.heappop(open_)
            self.taken_back += 1
            stream = self._sentences(begun, wrong.start)
            sentence = next(stream, None)
            if sentence and not self._check.faults(sentence.text):
                return sentence, stream
            stream.close()
            for ranked in self._ranked(sentence, changes + 1, lead) if sentence else ():
                heapq.heappush(open_, ranked)
        return None

    def _sentences(self, begun: Beginning, start: int) -> Sentences:
        """Sentences from ``start`` of the reply on, which is ``begun`` already."""
        messages = [*self._messages, AIMessage(begun.text)] if begun.text else self._messages
        reply, words = begun.text, list[Word]()
        # What stood behind a word that was taken back often stands behind the other too.
        draft = f"{begun.after}\n{self._draft}"
        asked: dict[str, Any] = {"max_tokens": REPLY_TOKENS, "logprobs": True, "top_logprobs": 1 + CHOICES}
        if draft:
            asked["prediction"] = {"type": "content", "content": draft}
        for chunk in self._chat.stream(messages, **asked):
            words += _words(chunk.response_metadata, len(reply))
            reply += chunk.text
            for text in self._check.sentences(reply[start:])[:-1]:
                yield _sentence(text, start, reply, words)
                start += len(text)
            if not self._check.may_begin(reply[start:]):  # what would follow is not worth the wait
                break
        if reply[start:].strip():
            yield _sentence(reply[start:], start, reply, words)

    def _ranked(self, wrong: Sentence, changes: int, lead: float) -> Iterator[tuple[int, int, float, Beginning]]:
        """See ``_others``; those that keep all that was worded right first, of these the longest."""
        others = list(self._others(wrong, lead))
        right = max((len(begun.text) for _, begun in others), default=0)
        left = not self._check.may_begin(wrong.text.rstrip())
        for further, begun in others:
            yield -right if left and len(begun.text) == right else 0, changes, further, begun

    def _others(self, wrong: Sentence, lead: float) -> Iterator[tuple[float, Beginning]]:
        """Other beginnings of the reply with which it may go on, each with how many nats it is behind."""
        for word in wrong.words:
            if self._check.may_begin(wrong.reply[wrong.start : word.start] + word.other):
                behind = wrong.reply[word.start + len(word.text) :]
                yield lead + word.lead, Beginning(wrong.reply[: word.start] + word.other, behind)


def _words(told: dict[str, Any], at: int) -> Iterator[Word]:
    """The tokens of a chunk with each other choice, the first of which begins ``at``.

    Parts of a character ("₹") fit nowhere in a reply.
    """
    for token in (told.get("logprobs") or {}).get("content") or ():
        for other in token["top_logprobs"]:
            if other["token"] != token["token"]:
                yield Word(at, token["token"], other["token"], token["logprob"] - other["logprob"])
        at += len(token["token"])


def _sentence(text: str, start: int, reply: str, words: Sequence[Word]) -> Sentence:
    """With those of its words for which there is another choice."""
    end = start + len(text.rstrip())
    replaceable = [
        word
        for word in words
        if start < word.start + len(word.text) <= end
        and word.text
        and word.other.strip()
        and reply.startswith(word.text, word.start)
    ]
    return Sentence(text, start, reply, tuple(replaceable))
