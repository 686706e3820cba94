"""A store opened for measuring: one query, every system."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from retrievers.base import PastTurn, Query
from store.errors import SourceError
from store.importer.stage import ImportOptions
from store.schemas import Constraints
from tests.retrievers.small_shop import WordEncoder
from tests.training.small_bench import write_catalog
from training.bench import (
    PLAIN,
    Bench,
    OpenStore,
    catalog_arguments,
    open_bench,
    open_store,
    open_systems,
    options_of,
)


@pytest.fixture
def store(tmp_path: Path) -> OpenStore:
    return open_store(str(write_catalog(tmp_path)), tmp_path / "home", WordEncoder(), None, progress=False)


def test_every_system_says_its_own_name(store: OpenStore) -> None:
    systems = open_systems(store, tuple(PLAIN))
    assert [system.name for system in systems.values()] == list(PLAIN)


@pytest.mark.parametrize("names", [["bm25", "bm26"], []])
def test_an_unknown_system_is_answered_with_the_known_ones(store: OpenStore, names: list[str]) -> None:
    with pytest.raises(SourceError, match=r"systems: bm25, dense-text, .*gqr"):
        open_systems(store, names)


def test_a_wrong_name_is_told_before_anything_is_loaded(tmp_path: Path) -> None:
    def load() -> WordEncoder:
        raise AssertionError("an encoder was loaded")

    with pytest.raises(SourceError, match="No system bm26"):
        open_bench(str(write_catalog(tmp_path)), ["bm26"], tmp_path / "home", load)
    assert not (tmp_path / "home").exists()


def test_all_answer_within_the_constraints(store: OpenStore) -> None:
    bench = Bench(store, open_systems(store, tuple(PLAIN)))
    answers = bench.ask(Query("mug", constraints=Constraints(exclude={"color": ("green",)})))
    assert list(answers) == list(PLAIN)
    for name, answer in answers.items():
        assert answer.item_ids[0] == "m1" or name == "dense-image"  # the picture of a mug is plain blue here
        assert "m2" not in answer.item_ids
        assert answer.seconds > 0


def test_a_dialogue_asks_as_a_whole(store: OpenStore) -> None:
    bench = Bench(store, open_systems(store, ("bm25", "dense-text")))
    query = Query("in blue please", turns=(PastTurn("in blue please", shown=("d1",)),))
    assert {answer.item_ids[:2] for answer in bench.ask(query).values()} == {("d1", "d2")}


def test_a_new_catalog_is_a_new_store(store: OpenStore, tmp_path: Path) -> None:
    path = tmp_path / "catalog.csv"
    path.write_text(path.read_text() + "m3,Tin mug,5 USD,Mugs,Red,\n")
    again = open_store(str(path), tmp_path / "home", WordEncoder(), None, progress=False)
    assert (len(store.catalog.items), len(again.catalog.items)) == (4, 5)


def test_an_untrained_store_says_how_to_train(store: OpenStore) -> None:
    assert list(open_systems(store, None)) == list(PLAIN)
    named = replace(store, models=store.folder.parents[1] / "models")
    with pytest.raises(SourceError, match=r"has no generator yet; train it with: python app.py train"):
        open_systems(named, ["full"])


def test_a_measured_file_is_trained_by_the_bench_and_not_by_a_name_that_nobody_knows(store: OpenStore) -> None:
    with pytest.raises(SourceError, match=r"is a file and has no generator yet; .* import FILE --store NAME\)"):
        open_systems(store, ["full"])


def test_a_file_is_taken_as_its_columns_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "odd.csv").write_text("id,label,nice name,price\na,Tin mug,Cup,5\nb,Jug,Pot,6\nc,,,7\n")
    parser = argparse.ArgumentParser()
    catalog_arguments(parser)

    def opened(*told: str) -> OpenStore:
        args = parser.parse_args(["--catalog", str(tmp_path / "odd.csv"), *told])
        return open_store(args.catalog, tmp_path / "home", WordEncoder(), None, False, options_of(args))

    store = opened("--map", "title=label", "--currency", "EUR")
    assert [(item.title, item.currency) for item in store.catalog.items] == [("Tin mug", "EUR"), ("Jug", "EUR")]
    assert "1 of 3 rows are no items and left out (odd.csv line 4" in capsys.readouterr().err
    assert opened("--map", "title=nice name").catalog.get("a").title == "Cup"


def test_columns_cannot_be_told_of_a_store(store: OpenStore) -> None:
    home = store.folder.parents[1]
    with pytest.raises(SourceError, match="is a store: its columns were taken when it was imported"):
        open_store(store.catalog.name, home, WordEncoder(), None, False, ImportOptions(currency="EUR"))


def test_missing_pictures_are_counted_and_found_once_they_are_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    catalog = tmp_path / "shop.csv"
    catalog.write_text("id,title,image_link\n1,Mug,mug.png\n2,Jug,jug.png\n", encoding="utf-8")

    def photos() -> int:
        opened = open_store(str(catalog), tmp_path / "home", WordEncoder(), None, progress=False)
        return sum(len(item.image_paths) for item in opened.catalog.items)

    Image.new("RGB", (8, 8), "red").save(tmp_path / "mug.png")
    assert photos() == 1
    assert "1 pictures are left out (shop.csv line 3, id 2" in capsys.readouterr().err
    Image.new("RGB", (8, 8), "blue").save(tmp_path / "jug.png")
    assert photos() == 2
    assert capsys.readouterr().err == ""
