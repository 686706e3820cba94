"""What the item encoder reads: real token states and picture cells, and marks where something is missing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from retrievers.item_inputs import (
    CELLS,
    GRID_DIM,
    MOST_STATES,
    PRICE_WAVES,
    RANK_WAVES,
    InputReader,
    ShopPrices,
    scaled,
    users,
)
from retrievers.item_language_model import BEHAVIOUR_DIM
from retrievers.minilm import DIM, MiniLMTexts
from store.weights import LITE0, MINILM, fetch
from tests.retrievers.small_shop import picture

SHOP = ShopPrices([5.0, 0.0])


@pytest.fixture(scope="module")
def texts(models_dir: Path) -> MiniLMTexts:
    return MiniLMTexts(fetch(MINILM, models_dir))


@pytest.fixture(scope="module")
def reader(models_dir: Path) -> InputReader:
    return InputReader(fetch(MINILM, models_dir), fetch(LITE0, models_dir) / LITE0.model_file)


def test_states_are_those_that_the_texts_vector_is_the_mean_of(texts: MiniLMTexts) -> None:
    said = ["a red summer dress with flowers", "mug", "", "a"]
    states, there = texts.states(said, 20)
    assert states.shape == (4, 20, DIM)
    assert states.dtype == torch.float16
    assert there.sum(1).tolist() == [8, 3, 2, 3]  # the words and two marks
    for row, vector in enumerate(texts.encode(said)):
        mean = states[row][there[row]].float().mean(0)
        np.testing.assert_allclose(mean / mean.norm(), vector, atol=2e-3)


def test_states_do_not_depend_on_texts_beside_them(texts: MiniLMTexts) -> None:
    said = ["mug", "a long sentence about " + "red " * 40, "glass vase"]
    together, there = texts.states(said, 30)
    assert there[1].all()
    for row, text in enumerate(said):
        alone, own = texts.states([text], 30)
        assert torch.equal(there[row], own[0])
        torch.testing.assert_close(together[row][there[row]], alone[0][own[0]], atol=5e-3, rtol=0)


def test_missing_parts_are_marked(reader: InputReader) -> None:
    behaviour = np.zeros((3, BEHAVIOUR_DIM), np.float32)
    behaviour[2, 5] = 1.0
    inputs = reader.read(
        ["red", "blue", ""], [None, picture("blue").resize((64, 64)), None], [5.0, None, 0.0], SHOP, behaviour
    )
    assert len(inputs) == 3
    assert inputs.states.shape == (3, MOST_STATES, DIM)
    assert inputs.grid.shape == (3, CELLS, GRID_DIM)
    assert inputs.pictured.tolist() == [False, True, False]
    assert inputs.priced.tolist() == [True, False, True]
    assert inputs.known.tolist() == [False, False, True]
    assert not inputs.grid[0].any()
    assert not inputs.price[1].any()


def test_cells_tell_where_in_the_picture_something_is(reader: InputReader) -> None:
    left = picture("red").resize((224, 224))
    left.paste((255, 255, 255), (112, 0, 224, 224))
    right = left.transpose(0)  # mirrored
    nothing = np.zeros((2, BEHAVIOUR_DIM), np.float32)
    grid = reader.read(["", ""], [left, right], [None, None], SHOP, nothing).grid.float().reshape(2, 4, 4, GRID_DIM)
    mirrored = grid[1].flip(1)
    near = torch.cosine_similarity(grid[0].flatten(0, 1), mirrored.flatten(0, 1), dim=-1).mean()
    apart = torch.cosine_similarity(grid[0].flatten(0, 1), grid[1].flatten(0, 1), dim=-1).mean()
    assert near > apart + 0.1


def test_near_prices_look_alike_at_every_scale() -> None:
    lone = ShopPrices([])

    def near(one: float, other: float) -> float:
        return float(torch.cosine_similarity(lone.waves(one), lone.waves(other), dim=0))

    assert near(10.0, 10.1) > near(10.0, 14.0) > near(10.0, 100.0)
    assert near(5000.0, 5050.0) > 0.9
    assert lone.waves(-1.0).tolist() == lone.waves(0.0).tolist()


def test_a_price_is_told_by_what_it_is_in_its_shop() -> None:
    dear, cheap = ShopPrices([5.0, 6.0, 7.0, None]), ShopPrices([7.0, 80.0, 90.0])
    assert (dear.waves(7.0) - cheap.waves(7.0)).abs().max() > 0.5
    twice = ShopPrices([50.0, 60.0, 70.0])  # another size, the same place among the shop's prices
    rank = slice(PRICE_WAVES, PRICE_WAVES + RANK_WAVES)
    torch.testing.assert_close(dear.waves(6.0)[rank], twice.waves(60.0)[rank])


def test_behaviour_is_in_units_of_the_items() -> None:
    items = np.array([[3.0, 4.0], [0.0, 0.0]], np.float32)
    np.testing.assert_allclose(np.sqrt(np.mean(np.square(scaled(items, items)))), 1.0, rtol=1e-6)
    np.testing.assert_allclose(scaled(items[:1], items), items[:1] / 2.5, rtol=1e-6)
    assert not scaled(np.zeros((2, 2), np.float32), np.zeros((2, 2), np.float32)).any()


def test_of_users_behaviour_alone_is_known() -> None:
    vectors = np.ones((2, BEHAVIOUR_DIM), np.float32)
    found = users(vectors)
    assert len(found) == 2
    assert found.known.all()
    for flags in (found.said, found.pictured, found.priced):
        assert not flags.any()
    assert torch.equal(found.behaviour, torch.from_numpy(vectors))
