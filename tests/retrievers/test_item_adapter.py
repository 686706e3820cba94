"""The file of an item encoder comes back as it was, and one that belongs to something else is refused by name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch
from safetensors import safe_open
from safetensors.torch import load, load_file, save_file

from retrievers import item_adapter
from retrievers.errors import ItemTokensError
from retrievers.generative import id_hashes
from retrievers.item_adapter import FILE, Adapter, MadeFor, adapter_file, check, read_made_for
from retrievers.item_language_model import ItemEncoder
from tests.retrievers.small_inputs import SHAPE, drawn_inputs, small_encoder, stir

MADE_FOR = MadeFor("mine", "f" * 64, "tiny", "e" * 64, SHAPE)
IDS = ["a", "b", "c"]
COMMAND = r"python -m training\.train_ilm --store "


def made(tasks: dict[str, torch.Tensor] | None = None) -> Adapter:
    encoder = small_encoder()
    stir(encoder)
    return Adapter(MADE_FOR, encoder, id_hashes(IDS), tasks or {})


def test_a_file_gives_back_what_was_saved_in_half_precision(tmp_path: Path) -> None:
    first, path = made({"explain": torch.randn(3, 32)}), tmp_path / FILE
    first.save(path)
    assert list(tmp_path.iterdir()) == [path]
    found = Adapter.load(path)
    assert found.made_for == MADE_FOR == read_made_for(path)
    assert torch.equal(found.known, first.known)
    assert list(found.tasks) == ["explain"]
    torch.testing.assert_close(found.tasks["explain"], first.tasks["explain"], atol=2e-3, rtol=1e-3)
    assert not found.encoder.training
    table, words = torch.randn(20, 32), torch.tensor([[1, 2, 3]])
    with torch.no_grad():
        one, other = (each.encoder(drawn_inputs(1), words, table) for each in (first, found))
    assert other.dtype == torch.float32
    torch.testing.assert_close(one, other, atol=0.02, rtol=0.02)
    assert {value.dtype for name, value in load_file(path).items() if name != "known"} == {torch.float16}


def test_a_file_holds_no_half_for_texts_and_one_that_does_gives_the_same_rows(tmp_path: Path) -> None:
    whole = made()
    whole.save(path := tmp_path / FILE)
    saved = load_file(path)
    of_texts = [name for name in whole.encoder.state_dict() if f"encoder.{name}" not in saved]
    assert len(of_texts) == 6  # two matrices with their biases and a norm
    with safe_open(path, "pt") as file:
        about = file.metadata()
    more = {f"encoder.{name}": whole.encoder.state_dict()[name].half() for name in of_texts}
    save_file({**saved, **more}, old := tmp_path / "old", about)
    table, words = torch.randn(20, 32), torch.tensor([[1, 2, 3]])
    reference = ItemEncoder(SHAPE).eval()
    reference.load_state_dict({name: value.half().float() for name, value in whole.encoder.state_dict().items()})
    with torch.no_grad():
        rows = [
            each(drawn_inputs(1), words, table)
            for each in (reference, *(Adapter.load(p).encoder for p in (path, old)))
        ]
    assert torch.equal(rows[0], rows[1])
    assert torch.equal(rows[0], rows[2])


@pytest.mark.parametrize(
    ("encoder", "ids", "named"),
    [
        ("d" * 64, "abc", f"through encoder {'e' * 12}, the store has {'d' * 12}"),
        ("e" * 64, "axyz", "trained for store 'mine', of whose items 'yours' has 33%"),
    ],
)
def test_a_file_of_another_encoder_or_store_is_refused(tmp_path: Path, encoder: str, ids: str, named: str) -> None:
    made().save(path := tmp_path / FILE)
    with pytest.raises(ItemTokensError, match=f"{FILE} .*{named}; train it with: {COMMAND}yours --llm MODEL"):
        check(path, tmp_path, "yours", encoder, ids)


def test_a_catalog_that_changed_a_little_is_still_its_own(tmp_path: Path) -> None:
    made().save(path := tmp_path / FILE)
    check(path, tmp_path, "mine", "e" * 64, ["a", "c", "new"])


def test_the_shipped_file_reads_any_stores_items_through_its_encoder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, shipped = tmp_path / "yours", tmp_path / "shipped" / FILE
    store.mkdir()
    shipped.parent.mkdir()
    monkeypatch.setattr(item_adapter, "SHIPPED", shipped)
    assert adapter_file(store) is None
    made().save(shipped)
    assert adapter_file(store) == shipped
    check(shipped, store, "yours", "e" * 64, ["x", "y"])
    with pytest.raises(ItemTokensError, match=f"{COMMAND}yours"):
        check(shipped, store, "yours", "d" * 64, ["x", "y"])
    (store / FILE).touch()
    assert adapter_file(store) == store / FILE


def test_a_damaged_file_is_refused_with_the_command(tmp_path: Path) -> None:
    made().save(path := tmp_path / FILE)
    whole = path.read_bytes()
    tensors = load(whole)  # from memory: a file that is mapped must not be written over
    refused = f"{FILE} is not an item encoder's file .*; train it with: {COMMAND}NAME"
    for data in (b"", b"none", whole[: len(whole) // 2]):
        path.write_bytes(data)
        with pytest.raises(ItemTokensError, match=refused):
            Adapter.load(path)
    header = json.loads(whole[8 : 8 + int.from_bytes(whole[:8], "little")])["__metadata__"]
    other = {"made_for": header["made_for"].replace('"width": 16', '"width": 17')}
    lacking = {name: value for name, value in tensors.items() if name != "known"}
    for state, about in ((tensors, None), (tensors, {"made_for": "{}"}), (tensors, other), (lacking, header)):
        save_file(state, path, about)
        with pytest.raises(ItemTokensError, match=refused):
            Adapter.load(path)
