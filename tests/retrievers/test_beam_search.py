"""Beam search finds real, allowed items, in the order of the probabilities that the formula gives them."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from retrievers.beam_search import Beams, Search, SearchSpace, ordered_items
from retrievers.dialogue_prefix import ItemFeatures, Prefix
from retrievers.generator import Generator, Read
from tests.retrievers.small_generator import LEVELS, SIZE, features, generator, ids, read, some_prefix, trie

COUNT = 60
WIDE = SIZE**LEVELS
EVERYTHING = np.ones(COUNT, dtype=bool)


@pytest.fixture(scope="module")
def known() -> ItemFeatures:
    return features(COUNT)


def opened(model: Generator, reading: Read, known: ItemFeatures, allowed: np.ndarray) -> Search:
    """``allowed`` is (batch, COUNT), or (COUNT,) for one dialogue."""
    tree = trie(COUNT)
    space = SearchSpace(tree, ordered_items(model, tree, torch.from_numpy(known.joint)))
    return Search(model, reading, space, torch.from_numpy(np.atleast_2d(allowed)))


def found_by(search: Search, width: int, most: int) -> Beams:
    [beams] = search.beams(width, most)
    return beams


def by_hand(model: Generator, reading: Read, known: ItemFeatures, allowed: np.ndarray, position: int) -> float:
    """Log-probability of one item, step by step among the codes that allowed items have."""
    all_ids, total = ids(COUNT), 0.0
    with torch.inference_mode():
        items = model.items(torch.from_numpy(known.joint)).numpy()
        wish = model.wishes(reading.sketch, model.write(reading, torch.zeros(1, 0, dtype=torch.long))[:, -1])[0]
        pull = (model.log_scale.exp() * wish).numpy()
        for level in range(LEVELS + 1):
            prefix = all_ids[position, :level]
            below = (all_ids[:, :level] == prefix).all(1)
            logits = np.zeros(COUNT)
            if level < LEVELS:
                hidden = model.write(reading, torch.from_numpy(prefix)[None])[:, -1]
                logits = model.logits(hidden, level)[0].numpy()
            ways = {}
            for code in set(all_ids[below & allowed, level].tolist()):
                there = below & (all_ids[:, level] == code)
                ways[code] = np.logaddexp.reduce(items[there & allowed] @ pull) + logits[code]
            total += ways[all_ids[position, level]] - np.logaddexp.reduce(list(ways.values()))
    return float(total)


def test_wide_beams_find_every_item_with_the_probability_of_the_formula(known: ItemFeatures) -> None:
    model = generator()
    reading = read(model, [some_prefix(known)], known)
    allowed = EVERYTHING.copy()
    allowed[::5] = False
    found = found_by(opened(model, reading, known, allowed), WIDE, COUNT)
    assert sorted(found.positions.tolist()) == np.flatnonzero(allowed).tolist()
    assert (np.diff(found.scores) <= 1e-6).all()
    assert np.exp(found.scores.astype(np.float64)).sum() == pytest.approx(1.0, abs=1e-4)
    for position, score in list(zip(found.positions, found.scores, strict=True))[::7]:
        assert score == pytest.approx(by_hand(model, reading, known, allowed, int(position)), abs=1e-3)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.booleans(), min_size=COUNT, max_size=COUNT), st.integers(1, 8))
def test_nothing_outside_the_allowed_items_is_found(mask: list[bool], width: int) -> None:
    known, allowed, model = features(COUNT), np.array(mask), generator()
    found = found_by(opened(model, read(model, [some_prefix(known)], known), known, allowed), width, 20)
    assert allowed[found.positions].all()
    assert len(set(found.positions.tolist())) == len(found.positions)
    assert bool(len(found.positions)) == bool(allowed.any())


def test_a_dialogue_without_anything_is_answered(known: ItemFeatures) -> None:
    model = generator()
    found = found_by(opened(model, read(model, [Prefix()], known), known, EVERYTHING), 20, 10)
    assert len(found.positions) == 10
    assert np.isfinite(found.scores).all()


def test_given_items_score_as_the_search_would(known: ItemFeatures) -> None:
    model = generator()
    search = opened(model, read(model, [some_prefix(known)], known), known, EVERYTHING)
    found = found_by(search, WIDE, COUNT)
    paths = trie(COUNT).paths(found.positions)
    np.testing.assert_allclose(search.log_probs(paths)[0], found.scores, atol=1e-4)


def test_many_dialogues_are_searched_as_each_alone(known: ItemFeatures) -> None:
    model = generator()
    prefixes = [some_prefix(known), Prefix([(0, [42, 43])]), Prefix(request=known.text[7]), Prefix()]
    allowed = np.random.default_rng(0).random((len(prefixes), COUNT)) < 0.5
    allowed[2] = False
    allowed[2, 5] = True  # one way at each step, beside beams that have many
    allowed[3] = False
    together = opened(model, read(model, prefixes, known), known, allowed)
    paths = trie(COUNT).paths(np.flatnonzero(allowed[0] & allowed[1]))
    for row, (prefix, beams) in enumerate(zip(prefixes, together.beams(8, 20), strict=True)):
        alone = opened(model, read(model, [prefix], known), known, allowed[row])
        expected = found_by(alone, 8, 20)
        assert beams.positions.tolist() == expected.positions.tolist()
        np.testing.assert_allclose(beams.scores, expected.scores, atol=1e-4)
        np.testing.assert_allclose(together.nearness(paths)[row], alone.nearness(paths)[0], atol=1e-5)
        if row < 2:
            np.testing.assert_allclose(together.log_probs(paths)[row], alone.log_probs(paths)[0], atol=1e-4)
    assert together.beams(8, 20)[2].positions.tolist() == [5]
    assert not len(together.beams(8, 20)[3].positions)


def test_what_was_said_changes_what_is_found(known: ItemFeatures) -> None:
    model = generator()
    one = found_by(opened(model, read(model, [some_prefix(known)], known), known, EVERYTHING), 10, 10)
    other = found_by(opened(model, read(model, [Prefix([(0, [42, 43])])], known), known, EVERYTHING), 10, 10)
    assert one.scores.tolist() != other.scores.tolist()


def test_at_first_the_wish_is_what_was_shown_and_said(known: ItemFeatures) -> None:
    """Untrained, a request in words finds the items whose texts lie nearest."""
    model = generator()
    model.start_from(torch.from_numpy(known.joint))
    model.trust.zero_()
    search = opened(model, read(model, [Prefix(request=known.text[7])], known), known, EVERYTHING)
    cosines = known.text @ known.text[7] / np.sqrt(2)  # an item is its text and its picture, each of length 1
    np.testing.assert_allclose(search.nearness(trie(COUNT).paths(np.arange(COUNT)))[0], cosines, atol=1e-4)
    assert found_by(search, WIDE, COUNT).positions.tolist() == np.argsort(-cosines).tolist()


def test_however_sharp_the_wish_no_allowed_item_is_lost(known: ItemFeatures) -> None:
    model = generator()
    model.log_scale.data.fill_(float(np.log(300.0)))
    model.start_from(torch.from_numpy(known.joint))
    search = opened(model, read(model, [Prefix(request=known.text[7])], known), known, EVERYTHING)
    found = found_by(search, WIDE, COUNT)
    assert len(found.positions) == COUNT
    np.testing.assert_allclose(search.log_probs(trie(COUNT).paths(found.positions))[0], found.scores, atol=1e-3)
