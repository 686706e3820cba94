"""Beam search finds real, allowed items, in the order of the model's own probabilities."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from retrievers.dialogue_prefix import Prefix
from retrievers.generator import beam_search, code_scores
from tests.retrievers.small_generator import LEVELS, SIZE, features, generator, ids, read, some_prefix, trie

COUNT = 60


@pytest.fixture(scope="module")
def known():
    return features(COUNT)


def by_hand(model, reading, known, position: int) -> float:
    """Log-probability of one item: its codes one after the other, then its share among the items with equal codes."""
    all_ids = ids(COUNT)
    codes = torch.from_numpy(all_ids[position : position + 1, :LEVELS])
    total = 0.0
    with torch.inference_mode():
        for level in range(LEVELS):
            hidden = model.write(reading, codes[:, :level])[:, -1]
            total += float(model.logits(hidden, level).log_softmax(1)[0, codes[0, level]])
        wish = model.wishes(reading.sketch, model.write(reading, codes[:, :0])[:, -1])[0]
        near = model.log_scale.exp() * (model.items(torch.from_numpy(known.joint)) @ wish)
    group = np.flatnonzero((all_ids[:, :LEVELS] == all_ids[position, :LEVELS]).all(1))
    return total + float(near[torch.from_numpy(group)].log_softmax(0)[list(group).index(position)])


def search(model, reading, known, allowed, width: int, most: int):
    with torch.inference_mode():
        items = model.items(torch.from_numpy(known.joint))
    return beam_search(model, reading, trie(COUNT), items, allowed, width, most)


def test_wide_beams_find_every_item_with_its_exact_probability(known) -> None:
    model = generator()
    reading = read(model, some_prefix(known), known)
    found = search(model, reading, known, np.ones(COUNT, dtype=bool), SIZE**LEVELS, COUNT)
    assert sorted(found.positions.tolist()) == list(range(COUNT))
    assert (np.diff(found.scores) <= 1e-6).all()
    for position, score in list(zip(found.positions, found.scores, strict=True))[::7]:
        assert score == pytest.approx(by_hand(model, reading, known, int(position)), abs=1e-4)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.booleans(), min_size=COUNT, max_size=COUNT), st.integers(1, 8))
def test_nothing_outside_the_allowed_items_is_found(mask: list[bool], width: int) -> None:
    known, allowed, model = features(COUNT), np.array(mask), generator()
    found = search(model, read(model, some_prefix(known), known), known, allowed, width, 20)
    assert allowed[found.positions].all()
    assert len(set(found.positions.tolist())) == len(found.positions)
    assert bool(len(found.positions)) == bool(allowed.any())


def test_a_dialogue_without_anything_is_answered(known) -> None:
    model = generator()
    found = search(model, read(model, Prefix(), known), known, np.ones(COUNT, dtype=bool), 20, 10)
    assert len(found.positions) == 10
    assert np.isfinite(found.scores).all()


def test_given_codes_score_as_the_search_would(known) -> None:
    model = generator()
    reading = read(model, some_prefix(known), known)
    all_ids = ids(COUNT)
    scores = code_scores(model, reading, all_ids[:, :LEVELS])
    for position in range(0, COUNT, 11):
        group = np.flatnonzero((all_ids[:, :LEVELS] == all_ids[position, :LEVELS]).all(1))
        whole = np.logaddexp.reduce([by_hand(model, reading, known, int(at)) for at in group])
        assert scores[position] == pytest.approx(whole, abs=1e-4)
    found = search(model, reading, known, np.ones(COUNT, dtype=bool), SIZE**LEVELS, COUNT)
    np.testing.assert_allclose(found.code_scores, scores[found.positions], atol=1e-4)


def test_what_was_said_changes_what_is_found(known) -> None:
    model = generator()
    everything = np.ones(COUNT, dtype=bool)
    one = search(model, read(model, some_prefix(known), known), known, everything, 10, 10)
    other = search(model, read(model, Prefix([(0, [42, 43])]), known), known, everything, 10, 10)
    assert one.scores.tolist() != other.scores.tolist()
