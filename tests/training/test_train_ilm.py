"""The commands: train a store's item encoder, go on with it, and measure what its tokens carry."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from retrievers import item_adapter
from retrievers.encoders import EmbeddedEncoder
from retrievers.errors import ItemTokensError
from retrievers.indexing import import_catalog
from retrievers.item_adapter import FILE, Adapter
from retrievers.llm_identity import llm_fingerprint
from store.importer.stage import ImportOptions
from store.interactions import Event, InteractionLog
from store.vector_index import connect
from training import ilm_reading
from training.bench import open_store
from training.evaluate_ilm import main as evaluate_main
from training.frozen_llm import FrozenLLM
from training.ilm_material import split_items
from training.ilm_reading import Pace
from training.import_interactions import import_interactions
from training.train_ilm import CHECKPOINT, llm_folder, main, material_of

SIZES = {"ON_CPU": Pace(aligned=4, align_batches=1, read=2, told=2, read_batches=1, patience=6), "DEV_QUESTIONS": 2}
NUMBER = 40
COLOURS, KINDS = ("Red", "Blue"), ("Mug", "Lamp", "Coat")
CATALOG = "id,title,price,product_type,color\n" + "".join(
    f"i{n},{COLOURS[n % 2]} {KINDS[n % 3]} {n},{n + 1} USD,{KINDS[n % 3]},{COLOURS[n % 2]}\n" for n in range(NUMBER)
)
LOG = "user_id,item_id,timestamp\n" + "".join(
    f"u{user},i{(user * 7 + step * 2) % NUMBER},{user * 100 + step}\n" for user in range(3) for step in range(12)
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, models_dir: Path, embedded: EmbeddedEncoder) -> Path:
    """A home with the store "mine" and what its shoppers did."""
    home = tmp_path_factory.mktemp("home")
    (home / "models").symlink_to(models_dir)
    (home / "catalog.csv").write_text(CATALOG)
    (home / "log.csv").write_text(LOG)
    client = connect(home, None)
    import_catalog(home / "catalog.csv", "mine", ImportOptions(), home, client, embedded, progress=False)
    import_interactions(home / "log.csv", "mine", home, client)
    return home


@pytest.fixture(autouse=True)
def small(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MERCER_HOME", str(home))
    monkeypatch.setattr(item_adapter, "SHIPPED", home / "none shipped")
    for name, value in SIZES.items():
        monkeypatch.setattr(ilm_reading, name, value)


@pytest.fixture(scope="module")
def trained(home: Path, tiny_folder: Path) -> Path:
    """The file of the store's item encoder, made by the command."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MERCER_HOME", str(home))
        for name, value in SIZES.items():
            patch.setattr(ilm_reading, name, value)
        assert main(["--store", "mine", "--llm", str(tiny_folder), "--queries", "2"]) == 0
    return home / "stores" / "mine" / FILE


def test_the_command_writes_what_belongs_to_store_model_and_encoder(
    trained: Path, embedded: EmbeddedEncoder, tiny_folder: Path
) -> None:
    found = Adapter.load(trained).made_for
    assert (found.store, found.llm, found.encoder) == ("mine", llm_fingerprint(tiny_folder), embedded.fingerprint)
    assert (found.shape.queries, found.shape.llm_dim, found.llm_name) == (2, 32, tiny_folder.name)
    assert not (trained.parent / CHECKPOINT).exists()


def test_a_training_goes_on_from_a_trained_encoder_by_phase_2_alone(
    trained: Path,
    tiny_folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    again, command = (
        tmp_path / "again.safetensors",
        ["--store", "mine", "--llm", str(tiny_folder), "--begin", str(trained)],
    )
    assert main([*command, "--queries", "3"]) == 1
    assert "train without --begin" in capsys.readouterr().err
    monkeypatch.setattr(ilm_reading, "ON_RATE", 0.0)
    monkeypatch.setattr(ilm_reading.Training, "_aligned_step", None)  # phase 1 would fail
    assert main([*command, "--queries", "2", "--out", str(again)]) == 0
    for name, value in Adapter.load(trained).encoder.state_dict().items():
        assert torch.equal(value, Adapter.load(again).encoder.state_dict()[name]), name


def test_a_training_goes_on_with_fewer_queries(
    trained: Path,
    tiny_folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(ilm_reading, "ON_RATE", 0.0)
    fewer = tmp_path / "fewer.safetensors"
    command = ["--store", "mine", "--llm", str(tiny_folder), "--begin", str(trained), "--without", "0"]
    assert main([*command, "--queries", "2"]) == 1
    assert main([*command[:-1], "7", "--queries", "2"]) == 1
    assert "has soft tokens 0 to 1" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["--store", "mine", "--llm", str(tiny_folder), "--without", "0"])
    assert "give --begin FILE too" in capsys.readouterr().err
    assert main([*command, "--queries", "1", "--out", str(fewer)]) == 0
    before, after = (Adapter.load(file).encoder.state_dict() for file in (trained, fewer))
    for name, value in after.items():
        kept = before[name][1:] if name in ("queries", "spelling.aims") else before[name]
        assert torch.equal(value, kept), name


def test_shoppers_count_in_their_own_store_alone(
    home: Path, embedded: EmbeddedEncoder, llm: FrozenLLM, trained: Path
) -> None:
    store = open_store("mine", home, embedded, None, progress=False)
    own, other = (material_of(store, llm, own) for own in (True, False))
    ids = [item.item_id for item in store.catalog.items]
    assert [[ids[at] for at in taken] for taken in own.taken] == [
        [f"i{(user * 7 + step * 2) % NUMBER}" for step in range(12)] for user in range(3)
    ]
    assert own.users.shape == (3, 64)
    assert own.inputs.known.any()
    assert not other.inputs.known.any()
    assert len(other.taken) == len(other.users) == 0


def test_a_shopper_without_a_vector_is_left_out(
    home: Path, embedded: EmbeddedEncoder, llm: FrozenLLM, trained: Path
) -> None:
    """An event that counts again since the fit, as where a catalog has brought an item back."""
    log = InteractionLog(trained.parent)
    log.add([Event("late", "i1", 1.0)])
    log.close()
    material = material_of(open_store("mine", home, embedded, None, progress=False), llm, own=True)
    assert len(material.taken) == len(material.users) == 3


def test_what_is_not_there_is_said(
    home: Path, tiny_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--store", "mine", "--llm", str(tiny_folder), "--queries", "2", "--resume"]) == 1
    assert "no half-done training" in capsys.readouterr().err
    assert main(["--store", "yours", "--llm", str(tiny_folder)]) == 1
    assert "stores: mine" in capsys.readouterr().err
    assert main(["--store", "mine", "--llm", str(tmp_path)]) == 1
    assert f"{tmp_path} holds no language model; give --llm" in capsys.readouterr().err
    with pytest.raises(ItemTokensError, match=r"start Mercer once: python app\.py"):
        llm_folder(None, tmp_path)


def test_a_store_without_an_item_to_train_on_is_named_and_loses_nothing(
    home: Path, embedded: EmbeddedEncoder, tiny_folder: Path, trained: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "one.csv").write_text("id,title\na,A\n")  # its title is drawn for testing
    import_catalog(home / "one.csv", "one", ImportOptions(), home, connect(home, None), embedded, progress=False)
    before = home / "stores" / "one" / FILE
    shutil.copy(trained, before)
    command = ["--llm", str(tiny_folder), "--queries", "2", "--store"]
    assert main([*command, "one"]) == 1
    said = capsys.readouterr().err
    assert "Store 'one' is too small to train on" in said
    assert ", 1 in all," in said
    assert "--also" in said
    assert before.read_bytes() == trained.read_bytes()
    assert main([*command, "one", "--also", "mine"]) == 0
    assert Adapter.load(before).made_for.store == "one"
    shutil.rmtree(before.parent)


def test_figures_have_their_keys(
    home: Path, embedded: EmbeddedEncoder, trained: Path, tiny_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ask = ["--store", "mine", "--llm", str(tiny_folder)]
    assert evaluate_main([*ask, "--json"], home, lambda: embedded, None) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["n"] == len(split_items(open_store("mine", home, embedded, None, False).catalog.items).test)
    versions = ["real", "swapped", "zeroed", "random_init"]
    figures = ["title_token_accuracy", "nats_per_token"]
    figures += [f"{what}_accuracy" for what in ("type", "colour", "price_band")] + ["one_of_four"]
    assert list(found) == ["n", *figures, "tokens_per_item"]
    assert all(list(found[name]) == versions for name in figures)
    assert found["tokens_per_item"]["ilm"] == 2
    assert found["tokens_per_item"]["text"] > 10
    assert evaluate_main(ask, home, lambda: embedded, None) == 0
    table = capsys.readouterr().out
    assert table.startswith(f"{found['n']} items that the encoder never learned from\n")
    assert f"real {found['one_of_four']['real']}" in table


def refused(home: Path, embedded: EmbeddedEncoder, ask: list[str], named: str) -> None:
    command = r"python -m training\.train_ilm --store mine --llm "
    with pytest.raises(ItemTokensError, match=f"{named}.*{command}"):
        evaluate_main(["--store", "mine", *ask], home, lambda: embedded, None)


def test_measuring_refuses_what_does_not_go_together(
    home: Path, embedded: EmbeddedEncoder, trained: Path, tiny_folder: Path, tmp_path: Path
) -> None:
    ask, whole = ["--llm", str(tiny_folder)], Adapter.load(trained)
    file = tmp_path / FILE
    for change, named in (
        ({"llm": "0" * 64, "llm_name": "Other"}, f"made for Other, not for {tiny_folder.name}"),
        ({"encoder": "0" * 64}, "through encoder 000000000000"),
    ):
        replace(whole, made_for=replace(whole.made_for, **change)).save(file)
        refused(home, embedded, [*ask, "--adapter", str(file)], named)
    kept = trained.rename(tmp_path / "kept")
    refused(home, embedded, ask, "Store 'mine' has no item encoder")
    replace(whole, known=torch.zeros(3, dtype=torch.long), made_for=replace(whole.made_for, store="other")).save(
        trained
    )
    refused(home, embedded, ask, "trained for store 'other', of whose items 'mine' has 0%")
    shutil.move(kept, trained)


def test_a_store_too_small_to_hold_items_out_is_named(
    home: Path, embedded: EmbeddedEncoder, trained: Path, tiny_folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "one.csv").write_text("id,title\na,Mug\n")
    ask = ["--store", str(tmp_path / "one.csv"), "--adapter", str(trained), "--llm", str(tiny_folder), "--json"]
    with pytest.raises(ItemTokensError, match="items are held out; measure on a larger one"):
        evaluate_main(ask, home, lambda: embedded, None)
