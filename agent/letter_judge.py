"""What a shopper takes next, by the log-probabilities of answers of one token.

The candidates stand in a lettered list, and one forward pass tells how likely each letter is. A model favours
letters and places whatever stands there, so the list is shuffled and the log-probabilities of a candidate's letters
are averaged: in logarithms a liking for a letter is a term that shuffles even out. What the shopper took before is an
item-token history where the model reads item tokens, else titles (``agent/slots.py``).

Measured in docs/RESULTS.md, "Letters after a history": a model of 135 million parameters chooses by chance. So only
a capable model is asked (``agent/judging.py``).
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from string import ascii_uppercase

import numpy as np
from langchain_core.messages import BaseMessage

from agent.engines import LetterScorer
from agent.errors import EngineUnavailable
from agent.prompts import letter_messages, next_messages
from agent.side_by_side import side_by_side
from retrievers.base import Vectors
from retrievers.errors import LanguageModelUnavailable
from retrievers.judge import Shares, Wanted, shuffled

YES_NO = ("Yes", "No")


class LetterJudge:
    """Judges through one engine, with so many questions ``at_once``; an engine in this process answers one."""

    def __init__(self, scorer: LetterScorer, at_once: int = 1) -> None:
        self._scorer = scorer
        self._at_once = at_once

    def letters(self, wanted: Wanted, texts: Sequence[str], shuffles: int, within_s: float) -> Shares:
        """How likely each of at most 26 candidates comes next, (len(texts),) in [0, 1], relative to the likeliest.

        The geometric mean over ``shuffles`` orders of the list, each one forward pass; the same list has the same.

        Raises
        ------
        LanguageModelUnavailable
            The engine did not answer within ``within_s`` seconds for all of them, or scores no letters.
        """
        orders = shuffled(wanted, texts, shuffles)
        lists = [letter_messages(wanted, [texts[at] for at in order]) for order in orders]
        mean = np.zeros(len(texts), dtype=np.float32)
        for order, scores in zip(orders, self._scored(lists, ascii_uppercase[: len(texts)], within_s), strict=True):
            mean[order] += scores / np.float32(shuffles)
        relative: Shares = np.exp(mean - mean.max())
        return relative

    def fits(self, wanted: Wanted, texts: Sequence[str], within_s: float) -> Shares:
        """P(yes) / (P(yes) + P(no)) of each candidate coming next, (len(texts),); raises as ``letters`` does."""
        scores = self._scored([next_messages(wanted, text) for text in texts], YES_NO, within_s)
        shares: Shares = np.exp(-np.logaddexp(0, scores[:, 1] - scores[:, 0]))
        return shares

    def _scored(self, asked: Sequence[list[BaseMessage]], answers: Sequence[str], within_s: float) -> Vectors:
        """Log-probabilities, (asked, answers)."""
        until = time.monotonic() + within_s

        def score(messages: list[BaseMessage]) -> Vectors:
            return self._scorer.letter_logprobs(messages, answers, max(until - time.monotonic(), 0.0))

        try:
            # Rows of items that nobody asked about before take seconds to make, and the engine's time is not theirs.
            scores = np.stack(side_by_side(score, asked, self._at_once, within_s))
        except EngineUnavailable as error:
            raise LanguageModelUnavailable(str(error)) from error
        except TimeoutError as error:
            raise LanguageModelUnavailable(f"The language model scored nothing within {within_s:g} s.") from error
        if not np.isfinite(scores).all():
            raise LanguageModelUnavailable("The language model gives log-probabilities that are no finite numbers.")
        return scores
