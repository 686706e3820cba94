"""The command measures the events of a store, or says what is missing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from retrievers.indexing import import_catalog
from store.errors import SourceError
from store.importer.stage import ImportOptions
from store.vector_index import connect
from tests.retrievers.small_shop import WordEncoder
from tests.training.small_bench import write_catalog
from training.evaluate_behaviour import main
from training.import_interactions import import_interactions


def store_with(folder: Path, log: str) -> list[str]:
    home = folder / "home"
    client = connect(home, None)
    import_catalog(write_catalog(folder), "mine", ImportOptions(), home, client, WordEncoder(), progress=False)
    (folder / "log.csv").write_text("user_id,item_id,timestamp\n" + log)
    import_interactions(folder / "log.csv", "mine", home, client)
    return ["--home", str(home), "--store", "mine", "--json"]


def test_every_recommender_has_its_figures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = "".join(f"u{n},{item},{at}\n" for n in range(12) for at, item in enumerate(("d1", "d2", "m1")))
    main(store_with(tmp_path, log))
    found = json.loads(capsys.readouterr().out)
    assert set(found) == {"popularity", "als", "bpr", "ease"}
    for figures in found.values():
        assert figures["hr@10"] == 1  # of four items two are left to rank
        assert 0.6 < figures["ndcg@10"] <= 1


def test_too_few_events_are_refused(tmp_path: Path) -> None:
    arguments = store_with(tmp_path, "u1,d1,1\nu1,d2,2\nu2,d1,1\n")
    with pytest.raises(SourceError, match="No user met three different items"):
        main(arguments)
