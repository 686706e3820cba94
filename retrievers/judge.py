"""What a language model thinks of candidates, as evaluators that are worth their milliseconds or are not asked.

Two forms (utility judgements, arXiv:2403.19216): pointwise, P(yes) of "does this fit?" for each candidate; and
listwise, a selection from the whole list repeated over k shuffles, where a candidate's verdict is the share of
shuffles that chose it, so that no place in the list is favoured. Only the best candidates so far are judged, as many
as the time that is left pays for. One that was not judged counts as the worst that was, so a judge reorders what it
has seen and never lifts what it has not.

This module knows no language model: a ``Judge`` is handed in.
"""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

from retrievers.base import Query
from retrievers.errors import LanguageModelUnavailable
from retrievers.evaluators import Evidence
from retrievers.item_text import item_text
from retrievers.pace import Pace
from store.schemas import Item

log = logging.getLogger(__name__)

FITS = "judged fit"
VOTES = "judged votes"
# log s' falls by this much for a verdict of 0. Not learned: no capable model was at hand to learn from.
POWERS = {FITS: 2.0, VOTES: 2.0}
MOST_FITS = 20  # candidates that are judged one by one
MOST_LISTED = 10  # candidates in the list that is voted on, as in the paper
MOST_SHUFFLES = 5
TRIAL_S = 10.0  # most for each kind of judgement when a judge is first tried

Shares = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a judge holds candidates against: the standalone request, and the texts of items liked and refused."""

    text: str
    liked: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


class Judge(Protocol):
    """Somebody who can tell whether candidates, given as texts, are what is wanted.

    Both methods raise ``LanguageModelUnavailable`` where there is no usable answer within ``within_s`` seconds.
    """

    def fits(self, wanted: Wanted, texts: Sequence[str], within_s: float) -> Shares:
        """P(yes) for each candidate, (len(texts),) in [0, 1]."""
        ...

    def votes(self, wanted: Wanted, texts: Sequence[str], shuffles: int, within_s: float) -> Shares:
        """Share of the shuffles of the list in which each candidate was chosen, (len(texts),) in [0, 1]."""
        ...


_TRIAL = Wanted("red wool scarf")
_TRIAL_TEXTS = ("Wool scarf. red Scarves", "Cotton scarf. red Scarves", "Steel kettle. Kitchen", "Wool hat. red Hats")


class TimedJudge:
    """A judge with the time that its judgements take."""

    def __init__(self, judge: Judge, fit_s: float, vote_s: float) -> None:
        self._judge = judge
        self._fits = Pace(fit_s)
        self._votes = Pace(vote_s)

    @classmethod
    def tried(cls, judge: Judge) -> Self:
        """Let it judge four made-up candidates, to know that it can and what it takes; without votes it does too.

        Raises
        ------
        LanguageModelUnavailable
            It cannot tell how likely a yes is, or takes longer than ``TRIAL_S``.
        """
        began = time.perf_counter()
        judge.fits(_TRIAL, _TRIAL_TEXTS, TRIAL_S)
        fitted = time.perf_counter()
        try:
            judge.votes(_TRIAL, _TRIAL_TEXTS, MOST_SHUFFLES, TRIAL_S)
            vote_s = (time.perf_counter() - fitted) / MOST_SHUFFLES
        except LanguageModelUnavailable as error:
            log.warning("The language model judges candidates one by one only: %s", error)
            vote_s = math.inf
        return cls(judge, (fitted - began) / len(_TRIAL_TEXTS), vote_s)

    def fits(self, wanted: Wanted, texts: Sequence[str], left_s: float) -> Shares | None:
        """P(yes) of as many of the first texts as there is time for, (judged,); None for fewer than two."""
        count = min(len(texts), MOST_FITS, self._fits.affordable(left_s))
        if count < 2:
            return None
        return _timed(self._fits, count, lambda: self._judge.fits(wanted, texts[:count], left_s))

    def votes(self, wanted: Wanted, texts: Sequence[str], left_s: float) -> Shares | None:
        """Votes on the first texts in as many shuffles as there is time for, (judged,); None without time."""
        listed = texts[:MOST_LISTED]
        shuffles = min(MOST_SHUFFLES, self._votes.affordable(left_s))
        if shuffles < 1 or len(listed) < 2:
            return None
        return _timed(self._votes, shuffles, lambda: self._judge.votes(wanted, listed, shuffles, left_s))


def _timed(pace: Pace, units: int, ask: Callable[[], Shares]) -> Shares | None:
    began = time.perf_counter()
    try:
        found = ask()
    except LanguageModelUnavailable as error:
        pace.failed(error, units, time.perf_counter() - began)
        return None
    pace.took(units, time.perf_counter() - began)
    return found


class JudgePanel:
    """The judgements of one store's candidates; ``items`` in the order of its catalog."""

    def __init__(self, judge: TimedJudge, items: Sequence[Item]) -> None:
        self._judge = judge
        self._items = items
        self._position = {item.item_id: at for at, item in enumerate(items)}

    def fits(self, evidence: Evidence, order: NDArray[np.int64], left_s: float) -> Shares | None:
        """A verdict for each candidate, (candidates,); ``order`` holds their places, best first. None: not asked."""
        judged = self._judge.fits(self._wanted(evidence.query.query), self._texts(evidence, order, MOST_FITS), left_s)
        return None if judged is None else _spread(judged, order)

    def votes(self, evidence: Evidence, order: NDArray[np.int64], left_s: float) -> Shares | None:
        """The same by votes."""
        texts = self._texts(evidence, order, MOST_LISTED)
        judged = self._judge.votes(self._wanted(evidence.query.query), texts, left_s)
        return None if judged is None else _spread(judged, order)

    def _texts(self, evidence: Evidence, order: NDArray[np.int64], most: int) -> list[str]:
        return [item_text(self._items[at]) for at in evidence.positions[order[:most]]]

    def _wanted(self, query: Query) -> Wanted:
        said = " / ".join(turn.text for turn in query.turns if turn.text)
        liked = [item_id for turn in query.turns for item_id in turn.liked]
        refused = [item_id for turn in query.turns for item_id in turn.rejected]
        return Wanted(said or query.text, self._titles(liked), self._titles(refused))

    def _titles(self, item_ids: Sequence[str]) -> tuple[str, ...]:
        known = [self._items[self._position[each]] for each in dict.fromkeys(item_ids) if each in self._position]
        return tuple(item.title for item in known)


def _spread(judged: Shares, order: NDArray[np.int64]) -> Shares:
    """Verdicts of the first in ``order`` as verdicts of all: the rest count as the worst of them."""
    verdicts = np.full(len(order), judged.min(), dtype=np.float32)
    verdicts[order[: len(judged)]] = judged
    return verdicts
