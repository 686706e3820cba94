from __future__ import annotations

from pathlib import Path

import pytest

import app
from retrievers.base import PastTurn
from retrievers.indexing import import_catalog
from store.importer.stage import ImportOptions
from store.vector_index import connect
from tests.retrievers.small_shop import WordEncoder
from tests.training.small_bench import write_catalog
from training.bench import open_store
from ui.settings import Settings


def test_settings_come_from_the_environment_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("MERCER_ENCODER", "MERCER_CHROMA_URL", "MERCER_LLM_BASE_URL", "MERCER_LLM_MODEL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("MERCER_HOME", str(tmp_path))
    monkeypatch.setenv("MERCER_LLM_BASE_URL", "http://127.0.0.1:8000")
    settings = Settings.from_environment()
    assert settings.home == tmp_path
    assert settings.encoder == "embedded"
    assert settings.chroma_url is None
    assert settings.llm_base_url == "http://127.0.0.1:8000"


@pytest.mark.parametrize(
    ("argv", "store"),
    [
        ("", "demo"),
        ("--store luma", "luma"),
        ("--store luma chat", "luma"),
        ("--store luma chat --store mine", "mine"),
        ("search dress --store luma", "luma"),
        ("train", "demo"),
        ("import shop.csv", None),
        ("--store luma import shop.csv", "luma"),
        ("transcripts list", None),
    ],
)
def test_a_store_may_be_named_before_or_after_the_command(argv: str, store: str | None) -> None:
    assert app.command_of(argv.split()).store == store


@pytest.mark.parametrize("value", ["soon", "-1", "nan", "inf"])
def test_a_time_that_is_none_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], value: str
) -> None:
    monkeypatch.setenv("MERCER_RERANK_MS", value)
    assert app.main(["transcripts", "list"]) == 1
    assert f"MERCER_RERANK_MS is '{value}'; give milliseconds" in capsys.readouterr().err


def test_a_known_error_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MERCER_HOME", str(tmp_path))
    assert app.main(["transcripts", "show", "nobody"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("Mercer: ")
    assert "nobody" in said
    assert said.count("\n") == 1


def test_doctor_runs_on_an_empty_home(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MERCER_HOME", str(tmp_path / "new"))
    monkeypatch.delenv("MERCER_LLM_BASE_URL", raising=False)
    assert app.main(["doctor"]) == 1  # the models are not there yet
    assert "-> start Mercer once with a network" in capsys.readouterr().out


@pytest.mark.parametrize("what", ["retrieval", "dialogue"])
def test_an_unknown_system_is_one_sentence_before_any_model_is_loaded(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str], what: str
) -> None:
    monkeypatch.setenv("MERCER_HOME", str(tmp_path))
    files = ["--queries", "q", "--qrels", "r"] if what == "retrieval" else ["--sessions", "s"]
    assert app.main(["evaluate", what, "--catalog", "demo", *files, "--systems", "bm26"]) == 1
    assert "No system bm26; systems: bm25, dense-text" in capsys.readouterr().err
    assert not (tmp_path / "models").exists()


def test_the_agents_understanding_reads_for_the_bench(tmp_path: Path) -> None:
    catalog = write_catalog(tmp_path)
    store = open_store(str(catalog), tmp_path / "home", WordEncoder(), None, progress=False)
    query = app.reader_of(store)([PastTurn("a mug under 10, no blue")])
    assert query.constraints.price_max == 10
    assert query.constraints.exclude == {"color": ("Blue",)}
    assert query.wishes == {"category": ("Mugs",)}


def test_interactions_come_into_a_store_by_the_command(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MERCER_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("MERCER_CHROMA_URL", raising=False)
    client = connect(tmp_path / "home", None)
    catalog = write_catalog(tmp_path)
    import_catalog(catalog, "mine", ImportOptions(), tmp_path / "home", client, WordEncoder(), progress=False)
    log = tmp_path / "log.csv"
    log.write_text("user_id,item_id,timestamp\nu1,d1,1\nu2,d1,2\nu2,d9,3\n")
    assert app.main(["import-interactions", str(log), "--store", "mine"]) == 0
    said = capsys.readouterr().out
    assert "added 2, known 0, rejected 1" in said
    assert "1 items and 2 users from visits, 3 items predicted from content" in said
    assert app.main(["import-interactions", str(tmp_path / "none.csv"), "--store", "mine"]) == 1
    assert "none.csv: no such file" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["evaluate", "replies", "--way", "plain"], ["replies", "--part", "test"]])
def test_a_store_too_small_for_held_out_items_is_named_with_the_way_out(
    words: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MERCER_HOME", str(tmp_path / "home"))
    for setting in ("MERCER_CHROMA_URL", "MERCER_LLM_BASE_URL"):
        monkeypatch.delenv(setting, raising=False)
    monkeypatch.setattr(app, "load_encoder", lambda settings: WordEncoder())
    client = connect(tmp_path / "home", None)
    options = ImportOptions()
    import_catalog(write_catalog(tmp_path), "mine", options, tmp_path / "home", client, WordEncoder(), progress=False)
    where = ["--llm", str(tmp_path)] if words[0] == "evaluate" else ["--out", str(tmp_path / "turns.jsonl")]
    assert app.main([*words, "--store", "mine", *where]) == 1
    said = capsys.readouterr().err
    assert "None of the 4 items of store 'mine' is in the part 'test'; name a store of more items" in said
