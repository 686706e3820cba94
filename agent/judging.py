"""A language model server as judge of candidates and as writer of keywords.

P(yes) comes from the log-probabilities of the first token of a yes/no answer, so a model that leans one way says how
far. Requests go out side by side, since a server batches them. Only a capable model is asked (``capability.py``), and
only one that was tried: a server that gives no log-probabilities judges nothing, and one that takes no prompts of
rows scores no letters.
"""

from __future__ import annotations

import logging
import math
import re
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np
from langchain_core.messages import BaseMessage
from pydantic import BaseModel, Field, ValidationError

from agent.engines.server import ServerChat, structured
from agent.errors import EngineUnavailable
from agent.letter_judge import LetterJudge
from agent.prompts import choice_messages, fit_messages, keyword_messages
from agent.side_by_side import AT_ONCE, side_by_side
from retrievers.errors import LanguageModelUnavailable
from retrievers.judge import MOST_LISTED, Shares, TimedJudge, Wanted, shuffled
from retrievers.reranker import Spending
from retrievers.widening import MOST_KEYWORDS, Widening

log = logging.getLogger(__name__)

ALTERNATIVES = 10  # first tokens whose log-probabilities are asked for
LEAST_SAID = 1e-3  # probability of yes and no together below which an answer is neither
LONGEST = 64  # tokens of a selection or of keywords

Answer = TypeVar("Answer")
Schema = TypeVar("Schema", bound=BaseModel)


class Chosen(BaseModel):
    """A selection from a numbered list."""

    numbers: list[int] = Field(
        description="the numbers of the products that fit the request", json_schema_extra={"maxItems": MOST_LISTED}
    )


class Keywords(BaseModel):
    """What things are called that meet a request."""

    keywords: list[str] = Field(json_schema_extra={"maxItems": MOST_KEYWORDS})


class _Token(BaseModel):
    token: str
    logprob: float


class _Place(BaseModel):
    top_logprobs: list[_Token]


class _Logprobs(BaseModel):
    content: list[_Place] = Field(min_length=1)


class ServerJudge:
    """Judges through one server; see ``retrievers.judge.Judge``."""

    def __init__(self, chat: ServerChat) -> None:
        self._chat = chat
        self._letters = LetterJudge(chat, AT_ONCE)

    def fits(self, wanted: Wanted, texts: Sequence[str], within_s: float) -> Shares:
        """P(yes) / (P(yes) + P(no)) for each candidate."""
        until = time.monotonic() + within_s
        asked = [fit_messages(wanted, text) for text in texts]
        return np.array(side_by_side(lambda messages: self._yes(messages, until), asked), dtype=np.float32)

    def letters(self, wanted: Wanted, texts: Sequence[str], shuffles: int, within_s: float) -> Shares:
        """See ``LetterJudge``; a server that takes no prompts of rows scores none."""
        return self._letters.letters(wanted, texts, shuffles, within_s)

    def votes(self, wanted: Wanted, texts: Sequence[str], shuffles: int, within_s: float) -> Shares:
        """Share of the shuffles in which each candidate was chosen; numbers beyond the list count for nothing."""
        until = time.monotonic() + within_s
        orders = shuffled(wanted, texts, shuffles)
        lists = [choice_messages(wanted, [texts[at] for at in order]) for order in orders]
        answers = side_by_side(lambda messages: _structured(self._chat, messages, Chosen, until), lists)
        votes = np.zeros(len(texts), dtype=np.float32)
        for order, chosen in zip(orders, answers, strict=True):
            votes[[order[number - 1] for number in set(chosen.numbers) if 0 < number <= len(order)]] += 1
        return votes / np.float32(shuffles)

    def _yes(self, messages: list[BaseMessage], until: float) -> float:
        model = self._chat.bind(logprobs=True, top_logprobs=ALTERNATIVES, max_tokens=1)
        try:
            reply = model.invoke(messages, timeout_s=_left(until))
            tokens = _Logprobs.model_validate(reply.response_metadata.get("logprobs")).content[0].top_logprobs
        except EngineUnavailable as error:
            raise LanguageModelUnavailable(str(error)) from error
        except ValidationError as error:
            raise LanguageModelUnavailable(
                f"{self._chat.address} gives no log-probabilities, so it cannot judge candidates; "
                "serve the model with logprobs (vLLM does), or unset MERCER_RERANK_MS."
            ) from error
        return yes_share((token.token, token.logprob) for token in tokens)


class ServerKeywords:
    """Writes keywords through one server; see ``retrievers.widening.KeywordWriter``."""

    def __init__(self, chat: ServerChat) -> None:
        self._chat = chat

    def keywords(self, text: str, within_s: float) -> tuple[str, ...]:
        """The words of the model's keywords, in order, each once, without those of the request."""
        found = _structured(self._chat, keyword_messages(text), Keywords, time.monotonic() + within_s)
        said = set(_words(text))
        words = dict.fromkeys(word for phrase in found.keywords for word in _words(phrase) if word not in said)
        return tuple(words)[:MOST_KEYWORDS]


def with_model(spending: Spending, chat: ServerChat) -> Spending:
    """The same with a server to spend on, as far as it can be of use: that is found out by trying."""
    judge = _tried("judges no candidates", lambda: TimedJudge.tried(ServerJudge(chat)))
    widening = _tried("writes no keywords", lambda: Widening.tried(ServerKeywords(chat)))
    return replace(spending, judge=judge, widening=widening)


def _tried(otherwise: str, attempt: Callable[[], Answer]) -> Answer | None:
    try:
        return attempt()
    except LanguageModelUnavailable as error:
        log.warning("The language model %s: %s", otherwise, error)
        return None


def yes_share(tokens: Iterable[tuple[str, float]]) -> float:
    """P(yes) over P(yes) + P(no), from first tokens with their log-probabilities.

    >>> round(yes_share([("Yes", math.log(0.6)), (" yes", math.log(0.1)), ("No", math.log(0.3))]), 3)
    0.7
    """
    shares = {"yes": 0.0, "no": 0.0}
    for token, logprob in tokens:
        word = token.strip().lower()
        if word in shares:
            shares[word] += math.exp(logprob)
    said = shares["yes"] + shares["no"]
    if said < LEAST_SAID:
        raise LanguageModelUnavailable("The language model answers neither yes nor no.")
    return shares["yes"] / said


def _structured(chat: ServerChat, messages: list[BaseMessage], schema: type[Schema], until: float) -> Schema:
    try:
        return structured(chat, messages, schema, _left(until), LONGEST)
    except EngineUnavailable as error:
        raise LanguageModelUnavailable(str(error)) from error


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise LanguageModelUnavailable("The language model did not answer within the milliseconds for reranking.")
    return left


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:-[^\W_]+)*", text.lower())
