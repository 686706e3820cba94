"""Which of many titles a frozen language model would say: beam search over the trie of all titles.

Scoring each of 1,682 titles for each user costs hours; the search reads twenty beginnings at a time, and none
that is no title's. Scores are those of ``FrozenLLM.scores``: log-probabilities of whole titles, end included.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence

import torch
from torch import Tensor

from training.frozen_llm import Asked, FrozenLLM

BEAMS = 20

Prefix = tuple[int, ...]


class TitleTrie:
    """The token ids of titles by what came before them; titles that are spelled alike are one, the first."""

    def __init__(self, llm: FrozenLLM, titles: Sequence[str]) -> None:
        self._next: dict[Prefix, set[int]] = {}
        self._title: dict[Prefix, int] = {}
        for number, title in enumerate(titles):
            ids = (*llm.ids(title), *llm.end)
            self._title.setdefault(ids, number)
            for at, id_ in enumerate(ids):
                self._next.setdefault(ids[:at], set()).add(id_)

    def after(self, prefix: Prefix) -> set[int]:
        """What may follow; nothing after a whole title."""
        return self._next.get(prefix, set())

    def title(self, prefix: Prefix) -> int | None:
        """Number of the title that this is, if it is a whole one."""
        return self._title.get(prefix)


@torch.no_grad()
def likeliest(
    llm: FrozenLLM, question: tuple[str | int, ...], items: Tensor, trie: TitleTrie, count: int, without: set[int]
) -> list[tuple[float, int]]:
    """Up to ``count`` titles that are not among ``without``, as (log-probability, number), the likeliest first.

    ``question`` and ``items`` as in ``FrozenLLM.scores``. A title that falls out of the beams on the way is lost.
    """
    cache = llm.cache(llm.before, 1)
    states = llm.run(llm.prompt(Asked(question, ""), items)[None], cache)[:, -1]
    beams: list[tuple[float, Prefix]] = [(0.0, ())]
    found: list[tuple[float, int]] = []
    while True:
        log_probs = llm.model.lm_head(states).log_softmax(-1)  # (beams, vocabulary)
        grown = [
            (score + value, row, (*prefix, id_))
            for row, (score, prefix) in enumerate(beams)
            if (ids := sorted(trie.after(prefix)))
            for id_, value in zip(ids, log_probs[row, ids].tolist(), strict=True)
        ]
        best = heapq.nlargest(BEAMS, grown)
        whole = [(score, number) for score, _, prefix in best if (number := trie.title(prefix)) is not None]
        found = heapq.nlargest(count, [*found, *(each for each in whole if each[1] not in without)])
        left = [each for each in best if trie.title(each[2]) is None]
        if not left or (len(found) == count and found[-1][0] >= left[0][0]):
            return found
        cache.batch_select_indices(torch.tensor([row for _, row, _ in left]))
        beams = [(score, prefix) for score, _, prefix in left]
        states = llm.run(llm.table[[prefix[-1] for _, prefix in beams]][:, None], cache)[:, -1]
