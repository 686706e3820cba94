from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fastapi.responses import JSONResponse

from retrievers import behaviour
from retrievers.behaviour import ContentMap, Factors, MadeFrom
from retrievers.generative import FILE, Model, TrainedOn, id_hashes
from retrievers.generator import Generator
from retrievers.item_adapter import FILE as ITEM_ENCODER
from retrievers.item_adapter import Adapter
from retrievers.item_adapter import MadeFor as ItemsMadeFor
from retrievers.item_language_model import ItemEncoder, Shape
from retrievers.llm_identity import llm_fingerprint
from retrievers.rqvae import RqVae
from store.catalog import CatalogWriter
from store.errors import StoreNotFound
from store.generations import Pointer, StoreFolder
from store.schemas import Item
from store.transcripts import Transcripts
from store.weights import SMOLLM2
from tests.agent.engines.scripted_server import Server
from ui.doctor_command import doctor, examine, report
from ui.finding import Finding
from ui.settings import Settings, unknown_settings

DEFAULTS = Settings(
    home=Path(),
    encoder="embedded",
    chroma_url=None,
    llm_base_url=None,
    llm_model=None,
    llm_api_key="EMPTY",
    llm_folder=None,
    rerank_ms=None,
)


def findings(home: Path, **changes: Any) -> dict[str, Finding]:
    return {f.subject: f for f in examine(replace(DEFAULTS, home=home, **changes))}


def small_store(home: Path) -> StoreFolder:
    """A store of three items, without vectors."""
    folder = StoreFolder(home, "mine")
    folder.path.mkdir(parents=True)
    folder.swap(Pointer("1", "f", 3, 0, "embedded", "e1", "2026-01-01T00:00:00+00:00", "mine.csv"))
    writer = CatalogWriter(folder.catalog_path("1"))
    writer.add([Item(item_id, "A thing") for item_id in "abc"])
    writer.close()
    return folder


def test_an_empty_home_tells_what_is_missing_and_the_way_out(tmp_path: Path) -> None:
    found = findings(tmp_path / "new")
    assert "python app.py" in found["model"].remedy
    assert found["home"].remedy == ""
    assert "none yet" in found["stores"].says


def test_the_small_model_is_missing_only_where_it_would_speak_and_was_not_converted(
    tmp_path: Path, tiny_folder: Path
) -> None:
    def small(**changes: str) -> list[Finding]:
        found = examine(replace(DEFAULTS, home=tmp_path, **changes))  # type: ignore[arg-type]
        return [each for each in found if each.says.startswith("SmolLM2")]

    assert [(each.says, bool(each.remedy)) for each in small()] == [(f"{SMOLLM2.name}: not fetched yet", True)]
    assert small(llm_base_url="http://127.0.0.1:9") == []
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "SmolLM2-135M-Instruct").symlink_to(tiny_folder)
    assert [(each.says.split(": ")[1], each.remedy) for each in small()] == [("not there, nor needed", "")]


def test_it_looks_and_makes_nothing(tmp_path: Path) -> None:
    findings(tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_an_encoder_that_is_none_is_told_before_the_start(tmp_path: Path) -> None:
    for name in ("nonsense", "open_clip:ViT-B-32", "local-dir:/not/there"):
        found = findings(tmp_path, encoder=name)["encoder"]
        assert name in found.says
        assert "MERCER_ENCODER" in found.remedy
    assert findings(tmp_path, encoder="hf-hub:some/model")["encoder"].remedy == ""


def test_key_and_model_of_the_server_are_those_that_are_set(tmp_path: Path) -> None:
    server = Server()
    server.key = "secret"
    try:
        refused = findings(tmp_path, llm_base_url=server.address)["engine"]
        let_in = findings(tmp_path, llm_base_url=server.address, llm_api_key="secret")["engine"]
        missed = findings(tmp_path, llm_base_url=server.address, llm_api_key="secret", llm_model="shop-9")["engine"]
    finally:
        server.stop()
    assert "MERCER_LLM_API_KEY" in refused.says
    assert let_in.remedy == ""
    assert "'shop-9' is configured" in missed.says
    assert missed.remedy


def test_settings_that_change_nothing_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    idle = findings(tmp_path, llm_model="some-model")["settings"]
    assert idle.says == "MERCER_LLM_MODEL=some-model changes nothing without MERCER_LLM_BASE_URL"
    monkeypatch.setenv("MERCER_ENCOER", "embedded")
    monkeypatch.setenv("MERCER_HOME", str(tmp_path))
    assert "MERCER_ENCOER" in unknown_settings()
    assert "MERCER_HOME" not in unknown_settings()
    unknown = {f.subject: f for f in examine(replace(DEFAULTS, home=tmp_path), unknown_settings())}["settings"]
    assert "MERCER_ENCOER is no setting" in unknown.says
    assert "MERCER_ENCODER" in unknown.remedy


def test_a_store_that_cannot_be_read_is_told_and_the_report_goes_on(tmp_path: Path) -> None:
    folder = small_store(tmp_path)
    catalog, whole = folder.catalog_path("1"), folder.catalog_path("1").read_bytes()
    catalog.write_bytes(b"no database" * 1000)
    for damage in ("damaged", "missing"):
        found = findings(tmp_path)
        assert f"{catalog} is {damage}" in found["store"].remedy
        assert "python app.py import mine.csv --store mine" in found["store"].remedy
        assert "transcripts" in found
        catalog.unlink(missing_ok=True)
    catalog.write_bytes(whole)
    assert findings(tmp_path)["store"].remedy == ""
    (folder.path / "current.json").write_text("{")
    damaged = findings(tmp_path)["store"]
    assert "current.json is damaged; move it away and import the catalog again" in damaged.remedy


def test_vectors_that_are_not_there_are_told(tmp_path: Path) -> None:
    small_store(tmp_path)
    missing = findings(tmp_path)["vectors"]
    assert missing.says == "mine: Store 'mine' has no text vectors"
    assert "python app.py import mine.csv --store mine" in missing.remedy


def test_a_store_of_another_encoder_names_both_ways_out(tmp_path: Path) -> None:
    small_store(tmp_path)
    found = findings(tmp_path, encoder="hf-hub:some/model")["store"]
    assert "set it to embedded" in found.remedy
    assert "python app.py import mine.csv --store mine" in found.remedy


def test_transcripts_are_checked(tmp_path: Path) -> None:
    transcripts = Transcripts(tmp_path / "transcripts.db")
    transcripts.start_session("demo", "cli")
    transcripts.close()
    assert "integrity ok" in findings(tmp_path)["transcripts"].says


def test_servers_that_do_not_answer_are_named_with_a_remedy(tmp_path: Path) -> None:
    found = findings(tmp_path, llm_base_url="http://127.0.0.1:9", chroma_url="http://127.0.0.1:9")
    assert "127.0.0.1:9" in found["engine"].says
    assert "MERCER_LLM_BASE_URL" in found["engine"].remedy
    assert "MERCER_CHROMA_URL" in found["chroma"].remedy


def test_a_server_says_whether_it_can_be_shown_items(tmp_path: Path, tiny_folder: Path) -> None:
    server = Server()
    try:
        there = findings(tmp_path, llm_base_url=server.address, llm_folder=tiny_folder)["prompt embeds"].says
        assert there == f"taken, made with the tokenizer and the embedding table in {tiny_folder}"
        server.write = lambda body: JSONResponse({"error": {"message": "set --enable-prompt-embeds"}}, 400)
        refused = findings(tmp_path, llm_base_url=server.address, llm_folder=tiny_folder)["prompt embeds"].says
        assert "takes no prompt embeddings" in refused
        assert "Items go out as text" in refused
        absent = findings(tmp_path, llm_base_url=server.address)["prompt embeds"].says
        assert "'shop-1' are not on this machine" in absent
    finally:
        server.stop()


def test_a_store_says_whether_it_has_a_generator(tmp_path: Path) -> None:
    folder = small_store(tmp_path)
    assert "python app.py train --store mine" in findings(tmp_path)["generator"].says
    model = Model(TrainedOn("mine", "e0", 8, 2, 4), RqVae(16, 2, 4), Generator(8, 2, 4), id_hashes(["a"]))
    model.save(folder.path / FILE)
    other = findings(tmp_path)["generator"]
    assert "another encoder" in other.says
    assert "python app.py train --store mine" in other.remedy
    folder.swap(Pointer("1", "f", 3, 0, "embedded", "e0", "2026-01-01T00:00:00+00:00", "mine.csv"))
    assert "semantic IDs of 2 levels of 4 codes" in findings(tmp_path)["generator"].says
    Model(model.about, model.quantiser, model.generator, id_hashes(["x"])).save(folder.path / FILE)
    foreign = findings(tmp_path)["generator"]
    assert "of whose items 'mine' has 0%" in foreign.says
    assert "python app.py train --store mine" in foreign.remedy
    (folder.path / FILE).write_bytes(b"")
    assert "not a generator's file" in findings(tmp_path)["generator"].says


def test_one_store_alone_is_looked_at_where_it_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    small_store(tmp_path)
    other = StoreFolder(tmp_path, "other")
    other.path.mkdir(parents=True)
    other.swap(Pointer("1", "f", 0, 0, "embedded", "e1", "2026-01-01T00:00:00+00:00", "other.csv"))
    settings = replace(DEFAULTS, home=tmp_path)
    doctor(settings, store="mine")
    assert "other: " not in capsys.readouterr().out
    doctor(settings)
    assert "other: cannot be opened" in capsys.readouterr().out
    with pytest.raises(StoreNotFound, match=r"nope.*mine"):
        doctor(settings, store="nope")


def test_a_store_says_whether_it_has_behaviour_vectors_and_how_many_are_predicted(tmp_path: Path) -> None:
    folder = small_store(tmp_path)
    none = findings(tmp_path)["behaviour"]
    assert none.says == "mine: none; python app.py import-interactions FILE --store mine"
    assert none.remedy == ""
    rows = np.ones((2, 3), dtype=np.float32)
    made_from = MadeFrom("mine", "e1", "c", "i", 3, 10.0, 1.0, 1.0)
    factors = Factors(
        made_from,
        ("a", "c"),
        rows,
        ("u", "v"),
        rows,
        ContentMap(rows, rows[0]),
    )
    factors.save(folder.path / behaviour.FILE)
    said = "mine: vectors of 2 items and 2 shoppers from visits, of 1 items predicted from content"
    assert findings(tmp_path)["behaviour"].says == said
    folder.swap(Pointer("1", "f", 3, 0, "embedded", "e2", "2026-01-01T00:00:00+00:00", "mine.csv"))
    other = findings(tmp_path)["behaviour"]
    assert "encoder e1, the store's are of e2" in other.remedy
    assert "python app.py import-interactions --store mine" in other.remedy


def test_a_home_below_a_file_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    home = findings(tmp_path / "file" / "home")["home"]
    assert "MERCER_HOME" in home.remedy


def test_the_time_for_reranking_is_told(tmp_path: Path) -> None:
    assert findings(tmp_path)["reranking"].says == "at most 100 ms (the default) for a query: evaluators"
    judged = findings(tmp_path, rerank_ms=2000.0, llm_base_url="http://127.0.0.1:9")["reranking"].says
    assert "2000 ms (MERCER_RERANK_MS)" in judged
    assert "language model" in judged
    assert "generator's order" in findings(tmp_path, rerank_ms=0.0)["reranking"].says


def test_the_report_counts_problems() -> None:
    out = io.StringIO()
    assert report([Finding("a", "fine"), Finding("b", "bad", "mend it")], out) == 1
    assert "-> mend it" in out.getvalue()
    assert "1 problem found" in out.getvalue()


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the item encoder that ships would lie, beside a store of three items; not there yet."""
    small_store(tmp_path)
    monkeypatch.setattr("retrievers.item_adapter.SHIPPED", tmp_path / "shipped.safetensors")
    return tmp_path / "shipped.safetensors"


def made(store: str, item_ids: str, encoder: str = "e1", llm: str = "l") -> Adapter:
    shape = Shape(llm_dim=8, queries=4)
    made_for = ItemsMadeFor(store, llm, "tiny", encoder, shape)
    return Adapter(made_for, ItemEncoder(shape), id_hashes(list(item_ids)), {})


def test_a_store_says_whose_item_tokens_it_has_and_what_makes_refused_ones_anew(
    tmp_path: Path, shipped: Path
) -> None:
    command = "python -m training.train_ilm --store mine"
    none = findings(tmp_path)["item tokens"]
    assert command in none.says
    assert none.remedy == ""
    made("demo", "xyz").save(shipped)
    assert findings(tmp_path)["item tokens"].says == (
        "mine: shipped with Mercer, 4 tokens an item, for the language model tiny; not compared, as no language "
        "model that takes them is there now"
    )
    own = StoreFolder(tmp_path, "mine").path / ITEM_ENCODER
    for refused in (made("mine", "xyz"), made("mine", "abc", "e0")):
        refused.save(own)
        found = findings(tmp_path)["item tokens"]
        assert "refused" in found.says
        assert command in found.remedy
    made("mine", "abx").save(own)
    fine = findings(tmp_path)["item tokens"]
    assert (fine.says.split(",")[0], fine.remedy) == ("mine: its own", "")
    own.write_bytes(b"")
    assert "not an item encoder's file" in findings(tmp_path)["item tokens"].says


def test_item_tokens_are_compared_with_the_small_model(tmp_path: Path, tiny_folder: Path, shipped: Path) -> None:
    small = tmp_path / "models" / "SmolLM2-135M-Instruct"
    small.parent.mkdir()
    small.symlink_to(tiny_folder)
    made("demo", "xyz", llm=llm_fingerprint(tiny_folder)).save(shipped)
    fits = findings(tmp_path)["item tokens"]
    assert fits.says.endswith("for the language model tiny, which is the one in use")
    assert fits.remedy == ""
    made("demo", "xyz", llm="another").save(shipped)
    other = findings(tmp_path)["item tokens"]
    assert other.says.endswith(f"; that in {small} is another and reads text")
    assert other.remedy == f"train it with: python -m training.train_ilm --store mine --llm {small}"
    small.unlink()
    small.mkdir()
    damaged = findings(tmp_path)["item tokens"]
    assert "No embedding table could be read" in damaged.says
    assert str(small) in damaged.remedy


def test_item_tokens_are_compared_with_the_model_of_a_server_that_takes_them(
    tmp_path: Path, tiny_folder: Path, shipped: Path
) -> None:
    made("demo", "xyz", llm="another").save(shipped)
    server = Server()
    try:
        taken = findings(tmp_path, llm_base_url=server.address, llm_folder=tiny_folder)["item tokens"]
        assert taken.remedy.endswith(f"--llm {tiny_folder}")
        server.write = lambda body: JSONResponse({"error": {"message": "set --enable-prompt-embeds"}}, 400)
        refused = findings(tmp_path, llm_base_url=server.address, llm_folder=tiny_folder)["item tokens"]
        assert "not compared" in refused.says
        assert refused.remedy == ""
    finally:
        server.stop()
