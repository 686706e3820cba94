import multiprocessing
import os
from dataclasses import replace
from pathlib import Path

import pytest

from store.errors import StoreError, StoreNotFound, StoreUnavailable
from store.generations import Pointer, StoreFolder, disk_errors, list_stores, store_name

POINTER = Pointer("1", "abc", 2, 3, "hash", "f1", "2026-01-01T00:00:00+00:00", "shop.csv")


def folder(home: Path, name: str = "shop") -> StoreFolder:
    made = StoreFolder(home, name)
    made.path.mkdir(parents=True, exist_ok=True)
    return made


def test_the_pointer_comes_back_and_lists_the_store(tmp_path: Path) -> None:
    shop = folder(tmp_path)
    assert shop.pointer() is None
    assert list_stores(tmp_path) == []
    shop.swap(POINTER)
    shop.swap(replace(POINTER, generation="2"))
    assert shop.require() == replace(POINTER, generation="2")
    assert list_stores(tmp_path) == ["shop"]


def test_an_unknown_store_lists_those_there_are(tmp_path: Path) -> None:
    folder(tmp_path, "hats").swap(POINTER)
    with pytest.raises(StoreNotFound, match=r"'shoes'; stores: hats"):
        StoreFolder(tmp_path, "shoes").require()


@pytest.mark.parametrize("text", ["{", "[]", '{"generation": "1"}'])
def test_a_damaged_pointer_says_so(tmp_path: Path, text: str) -> None:
    shop = folder(tmp_path)
    (shop.path / "current.json").write_text(text)
    with pytest.raises(StoreUnavailable, match="damaged; move it away and import"):
        shop.pointer()


@pytest.mark.parametrize("name", ["", "../x", "A", "a/b", "-a", "a" * 41, "a b"])
def test_names_that_could_leave_the_folder_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(StoreError, match="Store name"):
        StoreFolder(tmp_path, name)


def test_store_names_out_of_file_names() -> None:
    assert store_name("My Shop (new)!") == "my-shop-new"
    assert store_name("***") == "store"


def test_the_current_generation_and_the_one_before_it_stay(tmp_path: Path) -> None:
    shop = folder(tmp_path)
    for generation in ("1", "2", "9", "10", "11"):
        shop.catalog_path(generation).touch()
    assert shop.to_sweep() == ["1", "2", "9", "10", "11"]
    shop.swap(replace(POINTER, generation="10"))
    assert shop.generations() == ["1", "2", "9", "10", "11"]
    assert shop.to_sweep() == ["1", "2", "11"]
    assert shop.next_generation() == "12"
    shop.remove("11")
    assert shop.next_generation() == "11"


def hold(home: Path, ready: "multiprocessing.synchronize.Event") -> None:
    with StoreFolder(home, "shop").locked():
        ready.set()
        os.kill(os.getpid(), 9)


def test_one_import_at_a_time_and_a_killed_one_lets_go(tmp_path: Path) -> None:
    shop = folder(tmp_path)
    with (
        shop.locked(),
        pytest.raises(StoreUnavailable, match="Another import"),
        StoreFolder(tmp_path, "shop").locked(),
    ):
        pass
    context = multiprocessing.get_context("spawn")
    ready = context.Event()
    process = context.Process(target=hold, args=(tmp_path, ready))
    process.start()
    process.join()
    assert ready.is_set()
    with shop.locked():
        assert process.exitcode == -9


def test_disk_errors_name_the_path(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match=r"here\.db"), disk_errors(tmp_path / "here.db"):
        raise OSError(28, "No space left on device")
