"""The rows of a store's slots are those that training showed the language model."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from retrievers import item_adapter, item_tokens
from retrievers.behaviour import FILE as BEHAVIOUR_FILE
from retrievers.behaviour import Behaviour, ContentMap, Factors, MadeFrom, load_behaviour
from retrievers.errors import ItemTokensError
from retrievers.generative import id_hashes
from retrievers.item_adapter import FILE, Adapter, MadeFor
from retrievers.item_inputs import InputReader, scaled
from retrievers.item_language_model import BEHAVIOUR_DIM
from retrievers.item_tokens import StoreTokens
from retrievers.llm_identity import llm_fingerprint
from retrievers.soft_tokens import Slot, SlotKind
from store.catalog import Catalog
from store.errors import StoreError
from store.weights import LITE0, MINILM, fetch
from tests.retrievers.small_inputs import SHAPE, small_encoder, stir
from tests.retrievers.small_shop import ITEMS, open_catalog, picture
from training.frozen_llm import FrozenLLM
from training.ilm_material import StoreMaterial, read_items, split_items, words_of
from training.ilm_reading import rows_of

RNG = np.random.default_rng(0)
IDS = [each.item_id for each in ITEMS]
CONTENT = RNG.normal(size=(len(ITEMS), 5)).astype(np.float32)
TASK = torch.randn(3, SHAPE.llm_dim).half().float()
FACTORS = Factors(
    MadeFrom("shop", "1", "c", "i", BEHAVIOUR_DIM, 10.0, 2.0, 1.0),
    tuple(IDS[:5]),
    RNG.normal(size=(5, BEHAVIOUR_DIM)).astype(np.float32),
    ("u1", "u2"),
    RNG.normal(size=(2, BEHAVIOUR_DIM)).astype(np.float32),
    ContentMap(RNG.normal(size=(5, BEHAVIOUR_DIM)).astype(np.float32), np.zeros(BEHAVIOUR_DIM, np.float32)),
)


class Shop:
    """The small shop with pictures, behaviour and an item encoder for the tiny language model."""

    def __init__(self, folder: Path, models_dir: Path, llm: Path) -> None:
        self.models, self.llm = models_dir, llm
        items = [replace(each, image_paths=("red.png",)) if each.item_id in ("d1", "m2") else each for each in ITEMS]
        self.catalog: Catalog = open_catalog(items, folder)
        self.folder = self.catalog.folder
        self.folder.mkdir(parents=True)
        picture("red").resize((64, 64)).save(self.folder / "red.png")
        FACTORS.save(self.folder / BEHAVIOUR_FILE)

    def write(
        self,
        file: Path,
        store: str = "shop",
        encoder: str = "1",
        llm: str | None = None,
        behaviour: str = FACTORS.made_from.fingerprint,
    ) -> None:
        made = small_encoder()
        stir(made)
        made_for = MadeFor(store, llm or llm_fingerprint(self.llm), "tiny", encoder, SHAPE, behaviour)
        Adapter(made_for, made, id_hashes(IDS), {"explain": TASK}).save(file)

    def open(self) -> StoreTokens | None:
        return StoreTokens.open(self.catalog, lambda: CONTENT, self.models, self.llm)

    def behaviour(self) -> Behaviour:
        found = load_behaviour(self.folder, "shop", "1", IDS, CONTENT)
        assert found is not None
        return found


@pytest.fixture
def shop(tmp_path: Path, models_dir: Path, tiny_folder: Path) -> Shop:
    made = Shop(tmp_path / "shop", models_dir, tiny_folder)
    made.write(made.folder / FILE)
    return made


@pytest.fixture
def tokens(shop: Shop) -> StoreTokens:
    opened = shop.open()
    assert opened is not None
    return opened


def item_slot(item_id: str) -> Slot:
    return Slot(SlotKind.ITEM, (item_id,))


def material(shop: Shop, behaviour: Behaviour | None) -> StoreMaterial:
    """The shop as training reads it."""
    items, models = shop.catalog.items, shop.models
    vectors, people = np.zeros((len(items), BEHAVIOUR_DIM), np.float32), np.zeros((0, BEHAVIOUR_DIM), np.float32)
    if behaviour is not None:
        vectors = scaled(behaviour.items, behaviour.items)
        people = scaled(np.stack([behaviour.users[user] for user in ("u1", "u2")]), behaviour.items)
    minilm = fetch(MINILM, models)
    reader = InputReader(minilm, fetch(LITE0, models) / LITE0.model_file)
    inputs = read_items(items, shop.folder, reader, vectors, progress=False)
    words = words_of(items, FrozenLLM(shop.llm))
    return StoreMaterial("shop", items, inputs, words, words.clamp_min(0)[:, :32], split_items(items), people, [])


def trained_on(shop: Shop, rows: list[int], behaviour: Behaviour | None) -> np.ndarray:
    adapter = Adapter.load(shop.folder / FILE if behaviour else item_adapter.SHIPPED)
    with torch.no_grad():
        table = FrozenLLM(shop.llm).table
        found: np.ndarray = rows_of(adapter.encoder, material(shop, behaviour), rows, table).numpy()
    return found


def test_rows_are_those_of_training(shop: Shop, tokens: StoreTokens) -> None:
    expected = trained_on(shop, [*range(len(IDS)), -2], shop.behaviour())
    found = [tokens.rows(item_slot(item_id)) for item_id in IDS]
    assert (tokens.per_item, tokens.dim) == (SHAPE.queries, SHAPE.llm_dim) == found[0].shape
    np.testing.assert_allclose(np.stack(found), expected[:-1], atol=5e-3)
    np.testing.assert_allclose(tokens.rows(Slot(SlotKind.USER, ("u2",))), expected[-1], atol=5e-3)
    spread = np.abs(expected[:-1] - expected[:-1].mean(0)).mean()
    assert spread > 0.02  # so much do items differ


def test_a_history_is_its_items_in_their_order(tokens: StoreTokens) -> None:
    found = tokens.rows(Slot(SlotKind.HISTORY, ("m1", "d1", "m1")))
    one, other = tokens.rows(item_slot("m1")), tokens.rows(item_slot("d1"))
    np.testing.assert_array_equal(found, np.concatenate([one, other, one]))
    assert tokens.rows(Slot(SlotKind.HISTORY, ())).shape == (0, SHAPE.llm_dim)


def test_rows_are_made_once(tokens: StoreTokens) -> None:
    assert tokens.rows(item_slot("d1")) is tokens.rows(item_slot("d1"))
    user = Slot(SlotKind.USER, ("u1",))
    assert tokens.rows(user) is tokens.rows(user)


def test_of_many_rows_those_asked_for_lately_are_kept(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(item_tokens, "KEPT_ROWS", 2)
    tokens = shop.open()
    assert tokens is not None
    first, second = tokens.rows(item_slot("d1")), tokens.rows(item_slot("m1"))
    assert tokens.rows(item_slot("d1")) is first
    tokens.rows(item_slot("m2"))  # takes the place of what was asked for longest ago
    assert tokens.rows(item_slot("d1")) is first
    again = tokens.rows(item_slot("m1"))
    assert again is not second
    np.testing.assert_array_equal(again, second)


def test_a_task_has_its_learned_prompt_and_an_unknown_one_is_named(tokens: StoreTokens) -> None:
    np.testing.assert_array_equal(tokens.rows(Slot(SlotKind.TASK, ("explain",))), TASK.numpy())
    with pytest.raises(ItemTokensError, match=r"task 'sing'; there are \['explain'\]"):
        tokens.rows(Slot(SlotKind.TASK, ("sing",)))


def test_unknown_users_and_items_are_named(tokens: StoreTokens) -> None:
    with pytest.raises(ItemTokensError, match="user 'nobody' took; leave the slot out"):
        tokens.rows(Slot(SlotKind.USER, ("nobody",)))
    with pytest.raises(StoreError, match="zz"):
        tokens.rows(item_slot("zz"))


def test_text_in_place_of_rows_is_the_titles(tokens: StoreTokens) -> None:
    assert tokens.text(Slot(SlotKind.HISTORY, ("m1", "d1"))) == "Enamel mug MX-204; Linen summer dress"
    assert tokens.text(Slot(SlotKind.USER, ("u1",))) == tokens.text(Slot(SlotKind.TASK, ("explain",))) == ""


def test_another_language_model_is_refused_with_the_command(shop: Shop) -> None:
    shop.write(shop.folder / FILE, llm="0" * 64)
    tokens = shop.open()
    assert tokens is not None
    assert tokens.llm == "0" * 64
    command = rf"python -m training\.train_ilm --store shop --llm {shop.llm}"
    with pytest.raises(ItemTokensError, match=f"made for tiny, not for the model in {shop.llm}; .*{command}"):
        tokens.rows(item_slot("d1"))


def test_a_file_that_belongs_elsewhere_is_refused_at_once(shop: Shop) -> None:
    shop.write(shop.folder / FILE, encoder="2")
    with pytest.raises(ItemTokensError, match=r"encoder 2, the store has 1; .*train_ilm --store shop"):
        shop.open()


def test_a_store_without_any_file_has_no_tokens(shop: Shop, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(item_adapter, "SHIPPED", tmp_path / FILE)
    (shop.folder / FILE).unlink()
    assert shop.open() is None


def test_behaviour_of_another_fit_is_left_out(shop: Shop, caplog: pytest.LogCaptureFixture) -> None:
    shop.write(shop.folder / FILE, behaviour="of last year")
    tokens = shop.open()
    assert tokens is not None
    assert "reads content alone; train it with: python -m training.train_ilm --store shop" in caplog.text
    with pytest.raises(ItemTokensError, match="user 'u1'"):
        tokens.rows(Slot(SlotKind.USER, ("u1",)))


def test_the_shipped_file_reads_another_stores_items_from_content_alone(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Behaviour that was fitted here means nothing to an encoder that was trained there."""
    monkeypatch.setattr(item_adapter, "SHIPPED", tmp_path / FILE)
    (shop.folder / FILE).unlink()
    shop.write(tmp_path / FILE, store="demo")
    tokens = shop.open()
    assert tokens is not None
    expected = trained_on(shop, [0, 6], None)
    np.testing.assert_allclose(tokens.rows(item_slot("d1")), expected[0], atol=5e-3)
    np.testing.assert_allclose(tokens.rows(item_slot("m2")), expected[1], atol=5e-3)
    with pytest.raises(ItemTokensError, match="user 'u1'"):
        tokens.rows(Slot(SlotKind.USER, ("u1",)))
