"""The trie holds exactly the IDs of the items, and IDs are unique."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from retrievers.semantic_ids import Codes, Trie, with_last_token

codes_of_items = st.lists(st.tuples(*[st.integers(0, 3)] * 3), min_size=1, max_size=40).map(
    lambda rows: np.array(rows, dtype=np.int64)
)


def walk(trie: Trie) -> list[tuple[tuple[int, ...], int]]:
    """Every path from the root with the item at its end, by the documented meaning of ``Level``."""
    found = []

    def down(depth: int, node: int, path: tuple[int, ...]) -> None:
        level = trie.levels[depth]
        path = (*path, int(level.codes[node]))
        if depth + 1 == len(trie.levels):
            found.extend((path, int(i)) for i in trie.order[level.first_item[node] : level.first_item[node + 1]])
            return
        for child in range(level.first_child[node], level.first_child[node + 1]):
            down(depth + 1, child, path)

    for node in range(len(trie.levels[0].codes)):
        down(0, node, ())
    return found


@given(codes_of_items)
def test_every_path_is_an_id_and_every_id_a_path(codes: Codes) -> None:
    ids = with_last_token(codes)
    assert sorted(walk(Trie.of(ids))) == sorted((tuple(row), at) for at, row in enumerate(ids.tolist()))


@given(codes_of_items)
def test_ids_are_unique_and_keep_their_codes(codes: Codes) -> None:
    ids = with_last_token(codes)
    assert len({tuple(row) for row in ids.tolist()}) == len(codes)
    assert (ids[:, :3] == codes).all()


@given(codes_of_items, st.tuples(*[st.integers(0, 3)] * 3))
def test_an_item_that_is_added_changes_no_other_id(codes: Codes, new: tuple[int, ...]) -> None:
    more = with_last_token(np.vstack([codes, new]))
    assert (more[:-1] == with_last_token(codes)).all()


@given(codes_of_items, st.data())
def test_a_node_counts_the_allowed_items_below_it(codes: Codes, data: st.DataObject) -> None:
    trie = Trie.of(with_last_token(codes))
    allowed = np.array(data.draw(st.lists(st.booleans(), min_size=len(codes), max_size=len(codes))))
    for level, counts in zip(trie.levels, trie.counts(allowed), strict=True):
        below = [trie.order[level.first_item[n] : level.first_item[n + 1]] for n in range(len(level.codes))]
        assert counts.tolist() == [allowed[items].sum() for items in below]


@given(codes_of_items)
def test_a_path_spells_the_id(codes: Codes) -> None:
    ids = with_last_token(codes)
    trie = Trie.of(ids)
    paths = trie.paths(np.arange(len(ids)))
    for depth, level in enumerate(trie.levels):
        assert (level.codes[paths[:, depth]] == ids[:, depth]).all()
