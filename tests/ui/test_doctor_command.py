from __future__ import annotations

import io
from pathlib import Path

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
from store.generations import Pointer, StoreFolder
from store.schemas import Item
from store.transcripts import Transcripts
from store.weights import SMOLLM2
from tests.agent.engines.scripted_server import Server
from ui.doctor_command import Finding, examine, report

DEFAULTS = {"chroma_url": None, "encoder": "embedded", "llm_base_url": None, "llm_folder": None, "rerank_ms": None}


def findings(home: Path, **changes: str | float | Path | None) -> dict[str, Finding]:
    return {f.subject: f for f in examine(home, **{**DEFAULTS, **changes})}  # type: ignore[arg-type]


def test_an_empty_home_tells_what_is_missing_and_the_way_out(tmp_path: Path) -> None:
    found = findings(tmp_path / "new")
    assert "python app.py" in found["model"].remedy
    assert found["home"].remedy == ""
    assert "none yet" in found["stores"].says


def test_the_small_model_is_missing_only_where_it_would_speak_and_was_not_converted(
    tmp_path: Path, tiny_folder: Path
) -> None:
    def small(**changes: str) -> list[Finding]:
        found = examine(tmp_path, **{**DEFAULTS, **changes})  # type: ignore[arg-type]
        return [each for each in found if each.says.startswith("SmolLM2")]

    assert [(each.says, bool(each.remedy)) for each in small()] == [(f"{SMOLLM2.name}: not fetched yet", True)]
    assert small(llm_base_url="http://127.0.0.1:9") == []
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "SmolLM2-135M-Instruct").symlink_to(tiny_folder)
    assert [(each.says.split(": ")[1], each.remedy) for each in small()] == [("not there, nor needed", "")]


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
    folder = StoreFolder(tmp_path, "mine")
    folder.path.mkdir(parents=True)
    folder.swap(Pointer("1", "f", 3, 0, "embedded", "e1", "2026-01-01T00:00:00+00:00", "mine.csv"))
    assert "python app.py train --store mine" in findings(tmp_path)["generator"].says
    model = Model(TrainedOn("mine", "e0", 8, 2, 4), RqVae(16, 2, 4), Generator(8, 2, 4), id_hashes(["a"]))
    model.save(folder.path / FILE)
    other = findings(tmp_path)["generator"]
    assert "another encoder" in other.says
    assert "python app.py train --store mine" in other.remedy
    folder.swap(Pointer("1", "f", 3, 0, "embedded", "e0", "2026-01-01T00:00:00+00:00", "mine.csv"))
    assert "semantic IDs of 2 levels of 4 codes" in findings(tmp_path)["generator"].says
    (folder.path / FILE).write_bytes(b"")
    assert "not a generator's file" in findings(tmp_path)["generator"].says


def test_a_store_says_whether_it_has_behaviour_vectors_and_how_many_are_predicted(tmp_path: Path) -> None:
    folder = StoreFolder(tmp_path, "mine")
    folder.path.mkdir(parents=True)
    folder.swap(Pointer("1", "f", 3, 0, "embedded", "e1", "2026-01-01T00:00:00+00:00", "mine.csv"))
    writer = CatalogWriter(folder.catalog_path("1"))
    writer.add([Item(item_id, "A thing") for item_id in "abc"])
    writer.close()
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
    folder = StoreFolder(tmp_path, "mine")
    folder.path.mkdir(parents=True)
    folder.swap(Pointer("1", "f", 3, 0, "embedded", "e1", "2026-01-01T00:00:00+00:00", "mine.csv"))
    writer = CatalogWriter(folder.catalog_path("1"))
    writer.add([Item(item_id, "A thing") for item_id in "abc"])
    writer.close()
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
