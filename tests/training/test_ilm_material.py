"""The split is stable and keeps colourways together; items are read in their order."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from retrievers import item_inputs
from retrievers.item_inputs import InputReader, ShopPrices
from retrievers.item_language_model import BEHAVIOUR_DIM, MOST_WORDS
from retrievers.item_text import item_text
from retrievers.minilm import WordPieces
from store.schemas import Item
from store.weights import LITE0, MINILM, fetch
from tests.retrievers.small_shop import ITEMS, picture
from training import ilm_material
from training.frozen_llm import FrozenLLM
from training.ilm_material import MOST_PIECES, pieces_of, read_items, split_items, words_of

STYLES = [
    Item(f"{style}-{way}", f"Way {way}", item_group_id=f"style {style}") for style in range(400) for way in "abc"
]


def test_colourways_stay_together_and_parts_have_their_shares() -> None:
    split = split_items(STYLES)
    parts = [{STYLES[at].item_group_id for at in part} for part in (split.train, split.dev, split.test)]
    assert sum(map(len, parts)) == 400  # no style is in two parts
    assert sorted([*split.train, *split.dev, *split.test]) == list(range(len(STYLES)))
    assert 0.07 < len(split.test) / len(STYLES) < 0.13
    assert 0.03 < len(split.dev) / len(STYLES) < 0.07


def test_an_item_keeps_its_part_when_others_come_and_go() -> None:
    split = split_items(STYLES)
    held = {STYLES[at].item_id for at in split.test}
    fewer = STYLES[::-2]
    assert {fewer[at].item_id for at in split_items(fewer).test} == held & {item.item_id for item in fewer}


def test_without_groups_items_of_one_title_stay_together() -> None:
    items = [Item(f"{at}", f"Title {at // 2}".upper() if at % 2 else f"Title {at // 2}") for at in range(400)]
    for part in (split := split_items(items)).train, split.dev, split.test:
        assert {at ^ 1 for at in part} == set(part)


def test_words_end_with_minus_one_and_pieces_with_zero(llm: FrozenLLM, models_dir: Path) -> None:
    short, long = ITEMS[0], replace(ITEMS[1], description="very long " * 30)
    words = words_of([short, long], llm)
    assert words.shape == (2, MOST_WORDS)
    ids = llm.ids(item_text(short))
    assert words[0, : len(ids)].tolist() == ids[:MOST_WORDS]
    assert (words[0, len(ids) :] == -1).all()
    assert words[1].min() >= 0
    pieces = WordPieces(fetch(MINILM, models_dir))
    table = pieces_of([short, long], pieces)
    assert table.shape == (2, MOST_PIECES)
    own = pieces.of([item_text(short)])[0]
    assert table[0, : len(own)].tolist() == own
    assert not table[0, len(own) :].any()


@pytest.mark.usefixtures("small_parts")
def test_items_are_read_in_their_order_whatever_the_parts(models_dir: Path, tmp_path: Path) -> None:
    reader = InputReader(fetch(MINILM, models_dir), fetch(LITE0, models_dir) / LITE0.model_file)
    picture("red").resize((64, 64)).save(tmp_path / "red.png")
    items = [replace(each, image_paths=("red.png",) if each.item_id in ("d2", "m1") else ()) for each in ITEMS]
    behaviour = np.zeros((len(items), BEHAVIOUR_DIM), np.float32)
    behaviour[[1, 4]] = 1.0
    inputs = read_items(items, tmp_path, reader, behaviour, progress=False)
    assert len(inputs) == len(items)
    assert inputs.pictured.tolist() == [each.item_id in ("d2", "m1") for each in items]
    assert inputs.priced.tolist() == [each.price is not None for each in items]
    assert inputs.known.tolist() == [at in (1, 4) for at in range(len(items))]
    shop = ShopPrices([item.price_now for item in items])
    lone = reader.read([item_text(items[5])], [picture("red").resize((64, 64))], [12.0], shop, behaviour[5:6])
    for name in ("said", "price", "pictured"):
        assert torch.equal(getattr(inputs, name)[5:6], getattr(lone, name))
    said = lone.said[0]
    torch.testing.assert_close(inputs.states[5][said], lone.states[0][said], atol=5e-3, rtol=0)
    torch.testing.assert_close(inputs.grid[5], lone.grid[0], atol=5e-3, rtol=0)
    assert not inputs.grid[0].any()


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ilm_material, "READ_AT_ONCE", 3)
    monkeypatch.setattr(item_inputs, "IMAGES_AT_ONCE", 1)
