"""A small model tells a brief, sentence by sentence, and none of its sentences has a fault.

A sentence with a fault is not shown. The model takes back the word that it was least sure of, says another one there,
and goes on; one such word is changed before two are (limited discrepancy search: Harvey and Ginsberg 1995).
Where that does not help, the reply ends before that sentence.
"""

from __future__ import annotations

import heapq
import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from math import inf
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage

from agent.briefs import Brief
from agent.fact_check import Checker

REPLY_TOKENS = 220
TRIES = 8  # words that are taken back for one sentence: each costs a fifth of a second, and somebody waits
CHOICES = 2  # that are considered in place of a word
OF_A_FAULT = 3  # words of one fault that are: each digit of "with 20000000" would be as good as the next
FIRST_SECONDS = 0.4  # for the first sentence no further word is taken back after so long: nothing is shown yet
MOST_NATS = 2.5  # that other words may be behind as a rule: what lies further is seldom a good sentence


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
    """What is wrong with the sentences of one reply, in their order; those without fault are remembered."""

    def __init__(self, brief: Brief, checker: Checker) -> None:
        self._brief = brief
        self._checker = checker
        self._said: list[str] = []

    def sentences(self, text: str) -> list[str]:
        """See ``Checker.sentences``."""
        return self._checker.sentences(text)

    def faults(self, sentence: str) -> tuple[str, ...]:
        """Claims without ground, phrases that do not fit, garbled words, "opening", "stock", "again" or "end"."""
        told = sentence.strip()
        found: list[str] = []
        if not (self._said or self._brief.opens(told)):
            found.append("opening")
        if phrase := self._brief.misspoken(told):
            found.append(phrase)
        if strange := self._brief.garbled(told):
            found.append(strange)
        if self._brief.hides(told):
            found.append("stock")
        if told in self._said:
            found.append("again")
        if not _finished(told):
            found.append("end")
        if not found:
            found = [violation.claim for violation in self._checker.check(told)]
        if not found:
            self._said.append(told)
        return tuple(found)


class Telling:
    """The sentences of one reply, each without fault; ``whole`` then tells whether the model said all it wanted.

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
            if faults := self._check.faults(sentence.text):
                stream.close()  # an engine speaks one reply at a time
                begun = self._begun_anew(sentence, faults, inf if said else time.monotonic() + FIRST_SECONDS)
                if begun is None:
                    return
                sentence, stream = begun
            said = True
            yield sentence.text.strip()
        self.whole = said

    def _begun_anew(self, wrong: Sentence, faults: Sequence[str], until: float) -> tuple[Sentence, Sentences] | None:
        """The sentence in other words that have no fault, and what follows it; none is begun after ``until``."""
        open_ = [(1, lead, begun) for lead, begun in _others(wrong, faults, 0.0)]
        heapq.heapify(open_)
        for _ in range(TRIES):
            if not open_ or time.monotonic() > until:
                return None
            changes, lead, begun = heapq.heappop(open_)
            self.taken_back += 1
            stream = self._sentences(begun, wrong.start)
            sentence = next(stream, None)
            if sentence and not (faults := self._check.faults(sentence.text)):
                return sentence, stream
            stream.close()
            for further, other in _others(sentence, faults, lead) if sentence else ():
                heapq.heappush(open_, (changes + 1, further, other))
        return None

    def _sentences(self, begun: Beginning, start: int) -> Sentences:
        """Sentences from ``start`` of the reply on, which is ``begun`` already."""
        messages = [*self._messages, AIMessage(begun.text)] if begun.text else self._messages
        reply, words = begun.text, list[Word]()
        # What stood behind a word that was taken back often stands behind the other too.
        draft = begun.after + self._draft
        asked: dict[str, Any] = {"max_tokens": REPLY_TOKENS, "logprobs": True, "top_logprobs": 1 + CHOICES}
        if draft:
            asked["prediction"] = {"type": "content", "content": draft}
        for chunk in self._chat.stream(messages, **asked):
            words += _words(chunk.response_metadata, len(reply))
            reply += chunk.text
            for text in self._check.sentences(reply[start:])[:-1]:
                yield _sentence(text, start, reply, words)
                start += len(text)
        if reply[start:].strip():
            yield _sentence(reply[start:], start, reply, words)


def _others(wrong: Sentence, faults: Sequence[str], lead: float) -> list[tuple[float, Beginning]]:
    """Other beginnings of the reply, each with how many nats it is behind, the nearest first.

    A word far behind is taken in the place of one that is part of a fault or stands before it, or where there is no
    nearer one.
    """
    spans = [(at - 2, at + len(fault)) for fault in faults if (at := wrong.reply.find(fault, wrong.start)) >= 0]
    taken = dict.fromkeys(spans, 0)
    found: list[tuple[float, Beginning]] = []
    for word in sorted(wrong.words, key=lambda word: word.lead):
        ends = word.start + len(word.text)
        faulty = [span for span in spans if word.start < span[1] and span[0] < ends]
        for span in faulty:
            taken[span] += 1
        if faulty and min(taken[span] for span in faulty) > OF_A_FAULT:
            continue
        if faulty or not found or lead + word.lead <= MOST_NATS:
            begun = Beginning(wrong.reply[: word.start] + word.other, wrong.reply[ends:])
            found.append((lead + word.lead, begun))
    return found


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
    """With those of its words for which there is another choice that would stand in their place as they do."""
    end = start + len(text.rstrip())
    replaceable = [
        word
        for word in words
        if start < word.start + len(word.text) <= end
        and word.text
        and word.other.strip()
        and word.other[0].isspace() == word.text[0].isspace()
        and reply.startswith(word.text, word.start)
    ]
    return Sentence(text, start, reply, tuple(replaceable))


def _finished(text: str) -> bool:
    """Whether a sentence has its end, so that it was not cut off."""
    return text.endswith((".", "?", "!", "”"))
