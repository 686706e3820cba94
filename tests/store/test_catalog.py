import time
from pathlib import Path

import pytest

from store.catalog import Catalog, CatalogWriter, iterate_items, read_hashes, read_items
from store.errors import StoreError, StoreNotFound, StoreUnavailable
from store.generations import Pointer, StoreFolder
from store.schemas import Item

ITEMS = (
    Item("b", "Lamp", "Bright\nlight", 9.5, 8.0, "EUR", "preorder", "Mara", "Home > Lamps", "g", "https://x",
         ("p/1.jpg",), {"color": ("Red", "Blue")}),
    Item("a", "Kettle"),
)  # fmt: skip


def write(path: Path, items: tuple[Item, ...]) -> CatalogWriter:
    writer = CatalogWriter(path)
    writer.add(items)
    writer.close()
    return writer


def made(home: Path, items: tuple[Item, ...] = ITEMS) -> Catalog:
    folder = StoreFolder(home, "shop")
    folder.path.mkdir(parents=True)
    writer = write(folder.catalog_path("4"), items)
    folder.swap(Pointer("4", writer.fingerprint, writer.count, writer.photos, "hash", "f1", "now", "shop.csv"))
    return Catalog.open(home, "shop")


def test_items_come_back_whole_and_in_order(tmp_path: Path) -> None:
    catalog = made(tmp_path)
    assert catalog.items == ITEMS
    assert (catalog.name, catalog.generation, catalog.encoder_name, catalog.encoder_fingerprint) == (
        "shop",
        "4",
        "hash",
        "f1",
    )
    assert catalog.get("a") is catalog.items[1]
    with pytest.raises(StoreError, match="'shop' has no item 'zzz'"):
        catalog.get("zzz")


def test_pictures_are_found_below_the_store(tmp_path: Path) -> None:
    catalog = made(tmp_path)
    assert catalog.image_path(ITEMS[0]) is None
    picture = tmp_path / "stores" / "shop" / "p" / "1.jpg"
    picture.parent.mkdir()
    picture.touch()
    assert catalog.image_path(ITEMS[0]) == picture
    assert catalog.image_path(ITEMS[0], 1) is None
    assert catalog.image_path(ITEMS[1]) is None


def test_the_fingerprint_follows_content_and_order(tmp_path: Path) -> None:
    first = write(tmp_path / "1.db", ITEMS)
    same = write(tmp_path / "2.db", ITEMS)
    turned = write(tmp_path / "3.db", ITEMS[::-1])
    assert first.fingerprint == same.fingerprint != turned.fingerprint
    assert read_hashes(tmp_path / "1.db") == read_hashes(tmp_path / "3.db")
    assert read_hashes(tmp_path / "none.db") == {}
    assert (first.count, first.photos) == (2, 1)


def test_batches(tmp_path: Path) -> None:
    write(tmp_path / "1.db", tuple(Item(str(n), "x") for n in range(5)))
    assert [len(batch) for batch in iterate_items(tmp_path / "1.db", 2)] == [2, 2, 1]


def test_missing_and_damaged_stores_say_so(tmp_path: Path) -> None:
    with pytest.raises(StoreNotFound, match="none yet"):
        Catalog.open(tmp_path, "shop")
    made(tmp_path)
    path = StoreFolder(tmp_path, "shop").catalog_path("4")
    path.write_bytes(b"not a database" * 100)
    with pytest.raises(StoreUnavailable, match=r"catalog-4\.db is damaged .*move it away and import"):
        Catalog.open(tmp_path, "shop")
    path.unlink()
    with pytest.raises(StoreUnavailable, match="missing"):
        Catalog.open(tmp_path, "shop")


def test_a_large_catalog_opens_quickly(tmp_path: Path) -> None:
    facts = {f"fact{n}": ("some value",) for n in range(12)}
    write(tmp_path / "1.db", tuple(Item(str(n), "A title", "text " * 60, attributes=facts) for n in range(20_000)))
    started = time.process_time()
    assert len(read_items(tmp_path / "1.db")) == 20_000
    assert time.process_time() - started < 3  # about 0.3 s alone
