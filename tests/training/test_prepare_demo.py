"""The demo store is made once, made again when its files are newer, and given what an older one lacks."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from retrievers.behaviour import FILE
from store.generations import StoreFolder
from store.vector_index import connect
from tests.retrievers.small_shop import WordEncoder
from tests.training.small_bench import write_catalog
from training import prepare_demo


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    catalog, log = write_catalog(tmp_path), tmp_path / "log.csv"
    os.utime(catalog, (0, 0))  # an import of the same second would count as older
    log.write_text("user_id,item_id,timestamp\nu1,d1,1\nu2,d1,2\nu2,m1,3\n")
    monkeypatch.setattr(prepare_demo, "CATALOG", catalog)
    monkeypatch.setattr(prepare_demo, "INTERACTIONS", log)
    return tmp_path


def test_catalog_and_behaviour_are_there_after_the_first_start(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = files / "home"
    client, folder = connect(home, None), StoreFolder(home, "demo")

    def start() -> bool:
        prepare_demo.prepare_demo("demo", home, client, WordEncoder())
        return "Preparing" in capsys.readouterr().err

    assert start()
    assert (folder.path / FILE).exists()
    assert not start()
    (folder.path / FILE).unlink()  # as a store that was made before there were behaviour vectors
    assert not start()
    assert (folder.path / FILE).exists()
    later = folder.require().imported_at
    os.utime(files / "catalog.csv", (2**31, 2**31))
    assert start()
    assert folder.require().imported_at >= later


def test_vectors_that_the_chroma_in_use_does_not_have_are_made_there(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = files / "home"
    prepare_demo.prepare_demo("demo", home, connect(home, None), WordEncoder())
    elsewhere = connect(files / "other", None)
    for prepared in (True, False):
        capsys.readouterr()
        prepare_demo.prepare_demo("demo", home, elsewhere, WordEncoder())
        assert ("Preparing" in capsys.readouterr().err) is prepared
