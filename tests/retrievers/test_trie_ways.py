"""Ways lead from each node to exactly its children, and weights are summed over exactly the items below."""

from __future__ import annotations

import numpy as np
import torch
from hypothesis import given

from retrievers.semantic_ids import Codes, Trie, with_last_token
from retrievers.trie_ways import ways_of
from tests.retrievers.test_semantic_ids import codes_of_items

CPU = torch.device("cpu")


@given(codes_of_items)
def test_children_are_the_nodes_that_paths_go_on_to(codes: Codes) -> None:
    trie = Trie.of(with_last_token(codes))
    paths = trie.paths(np.arange(len(codes)))
    above = np.zeros(len(codes), np.int64)
    for depth, ways in enumerate(ways_of(trie, CPU)):
        parents = np.unique(above)
        children = ways.children(torch.from_numpy(parents)[None])
        for parent, nodes, real in zip(parents, children.nodes[0], children.real[0], strict=True):
            assert nodes[real].tolist() == np.unique(paths[above == parent, depth]).tolist()
        above = paths[:, depth]


@given(codes_of_items)
def test_a_node_weighs_what_its_items_weigh(codes: Codes) -> None:
    trie = Trie.of(with_last_token(codes))
    weights = np.random.default_rng(0).random((len(codes), 2))
    paths = trie.paths(np.arange(len(codes)))
    for depth, ways in enumerate(ways_of(trie, CPU)):
        sums = ways.sums(torch.from_numpy(weights[trie.order]))
        by_hand = [weights[paths[:, depth] == node].sum(0) for node in range(len(ways.codes))]
        np.testing.assert_allclose(sums, np.stack(by_hand))
