"""Titles likelier than one, against the probabilities of all of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
import torch
from torch import Tensor

from training.title_search import TitleTrie

END, WORDS = 0, 12


def log_probs(begun: Sequence[Sequence[int]]) -> Tensor:
    """A language model's next words, drawn anew but alike for the same beginning."""
    rows = [torch.randn(WORDS, generator=torch.Generator().manual_seed(hash(tuple(each)) % 10_000)) for each in begun]
    return torch.stack(rows).mul(2).log_softmax(-1)


@pytest.fixture
def titles() -> list[list[int]]:
    draw = np.random.default_rng(3)
    drawn = [[*draw.integers(1, WORDS, draw.integers(1, 5)).tolist(), END] for _ in range(150)]
    return [*drawn, drawn[0], [*drawn[1][:-1], 4, END]]


def scores_of(titles: Sequence[Sequence[int]]) -> list[float]:
    return [sum(float(log_probs([title[:at]])[0, word]) for at, word in enumerate(title)) for title in titles]


def test_titles_that_are_likelier_are_found_with_their_scores(titles: list[list[int]]) -> None:
    trie, scores = TitleTrie(titles), scores_of(titles)
    for than in (5, 40, int(np.argmax(scores))):
        found = trie.likelier(log_probs, than, scores[than], len(titles), ())
        alike = {at for at, title in enumerate(titles) if title == titles[than]}
        assert found.keys() == {at for at, score in enumerate(scores) if score > scores[than]} - alike
        assert found == pytest.approx({at: scores[at] for at in found}, abs=1e-4)


def test_the_search_ends_with_as_many_as_are_wanted_that_were_not_met(titles: list[list[int]]) -> None:
    trie, scores = TitleTrie(titles), scores_of(titles)
    worst = int(np.argmin(scores))
    best = set(np.argsort(scores)[-30:].tolist())
    asked: list[int] = []

    def counted(begun: Sequence[Sequence[int]]) -> Tensor:
        asked.append(len(begun))
        return log_probs(begun)

    found = trie.likelier(counted, worst, scores[worst], 5, best)
    assert len(found.keys() - best) >= 5
    few = sum(asked)
    trie.likelier(counted, worst, scores[worst], len(titles), ())
    assert few < (sum(asked) - few) / 2  # most of the trie was left alone


def test_lengths_count_the_end(titles: list[list[int]]) -> None:
    assert TitleTrie(titles).lengths().tolist() == [len(title) for title in titles]
