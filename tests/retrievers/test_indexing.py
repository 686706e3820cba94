import hashlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from retrievers import indexing
from retrievers.base import Vectors
from retrievers.errors import EncoderError
from retrievers.indexing import import_catalog
from store.catalog import Catalog
from store.errors import SourceError, StoreUnavailable
from store.generations import StoreFolder
from store.importer.report import ImportReport
from store.importer.stage import ImportOptions
from store.vector_index import VectorIndex, connect

DIM = 8


@dataclass
class HashEncoder:
    """Unit vectors from hashes: the same content always gives the same vector. Counts what it is asked."""

    fingerprint: str = "f1"
    name: str = "hash"
    dim: int = DIM
    killed_after: int = sys.maxsize  # texts
    spoiled: str = ""  # a text with this in it gets no unit vector
    texts: list[str] = field(default_factory=list)
    images: int = 0

    def encode_texts(self, texts: Sequence[str]) -> Vectors:
        if len(self.texts) >= self.killed_after:
            os.kill(os.getpid(), signal.SIGKILL)
        self.texts.extend(texts)
        vectors = np.stack([self._vector(text.encode()) for text in texts])
        for n, text in enumerate(texts):
            if self.spoiled and self.spoiled in text:
                vectors[n] = np.nan
        return vectors

    def encode_images(self, images: Sequence[Image.Image]) -> Vectors:
        self.images += len(images)
        return np.stack([self._vector(image.tobytes()) for image in images])

    def _vector(self, data: bytes) -> Vectors:
        seed = int.from_bytes(hashlib.sha256(data).digest()[:8], "big")
        vector = np.random.default_rng(seed).standard_normal(DIM).astype(np.float32)
        return vector / np.linalg.norm(vector)


def shop(folder: Path, titles: Sequence[str], pictures: int = 0) -> Path:
    """A source with these products; the first ones have a picture."""
    folder.mkdir(exist_ok=True)
    for n in range(pictures):
        Image.new("RGB", (16, 16), (n * 20, 0, 0)).save(folder / f"{n}.png")
    rows = [f"{n},{title},{n + 1}.00 USD,{f'{n}.png' if n < pictures else ''}" for n, title in enumerate(titles)]
    (folder / "products.csv").write_text("\n".join(["id,title,price,image_link", *rows]) + "\n")
    return folder


def run(home: Path, source: Path, encoder: HashEncoder, options: ImportOptions | None = None) -> ImportReport:
    return import_catalog(
        source, "shop", options or ImportOptions(), home, connect(home, None), encoder, progress=False
    )


def vectors_of(home: Path, encoder: HashEncoder) -> dict[str, int]:
    catalog = Catalog.open(home, "shop")
    client = connect(home, None)
    named = ("shop", catalog.generation)
    encoded = (encoder.name, encoder.fingerprint, catalog.fingerprint)
    return {kind: VectorIndex.open(client, *named, kind, *encoded).count for kind in ("text", "image")}  # type: ignore[arg-type]


def test_a_first_import_fills_the_store_and_writes_the_report(tmp_path: Path) -> None:
    home, encoder = tmp_path / "home", HashEncoder()
    report = run(home, shop(tmp_path / "src", ["Red dress", "Blue hat", "Lamp"], pictures=2), encoder)
    catalog = Catalog.open(home, "shop")
    assert [item.title for item in catalog.items] == ["Red dress", "Blue hat", "Lamp"]
    assert catalog.image_path(catalog.items[0]) is not None
    assert (report.imported, report.rows_read, report.photos, report.encoded) == (3, 3, 2, {"text": 3, "image": 2})
    assert vectors_of(home, encoder) == {"text": 3, "image": 2}
    client = connect(home, None)
    index = VectorIndex.open(client, "shop", catalog.generation, "image", "hash", "f1", catalog.fingerprint)
    assert index.get(["0|0", "1|0", "2|0"]).keys() == {"0|0", "1|0"}
    folder = StoreFolder(home, "shop").path
    assert json.loads((folder / "import-report.json").read_text())["imported"] == 3
    assert "imported 3" in (folder / "import-report.txt").read_text()


def test_prices_without_a_currency_and_in_several_are_noted(tmp_path: Path) -> None:
    source = tmp_path / "mixed.csv"
    source.write_text("id,title,price\n1,Mug,5 USD\n2,Cup,6 USD\n3,Jug,7 EUR\n4,Pot,8\n5,Pan,\n")
    missing, mixed = run(tmp_path / "home", source, HashEncoder()).notes
    assert missing.startswith("1 of 4 prices name no currency, the others USD or EUR: ")
    assert "--currency USD" in missing
    assert mixed.startswith("prices are in several currencies (USD 2, EUR 1) and are compared as plain numbers; ")


def test_a_decimal_comma_is_told_with_the_price_that_it_was_read_as(tmp_path: Path) -> None:
    source = tmp_path / "lampen.csv"
    source.write_text("Artikelnummer;Titel;Preis;Alter Preis\n1;Lampe;49,90 EUR;59,90 EUR\n2;Leuchte;12,00 EUR;\n")
    (note,) = run(tmp_path / "home", source, HashEncoder()).notes
    assert note == "2 prices have a decimal comma: '49,90 EUR' was read as 49.90"


def test_a_second_import_changes_nothing_and_encodes_nothing(tmp_path: Path) -> None:
    home, source = tmp_path / "home", shop(tmp_path / "src", ["a", "b"], pictures=1)
    run(home, source, HashEncoder())
    again = HashEncoder()
    report = run(home, source, again)
    assert (report.generation, report.unchanged, report.imported, report.updated) == ("1", 2, 0, 0)
    assert (again.texts, again.images) == ([], 0)
    assert StoreFolder(home, "shop").generations() == ["1"]


def test_only_what_changed_is_encoded(tmp_path: Path) -> None:
    home, source = tmp_path / "home", tmp_path / "src"
    run(home, shop(source, ["a", "b", "c"], pictures=2), HashEncoder())
    encoder = HashEncoder()
    Image.new("RGB", (16, 16), "white").save(source / "1.png")
    report = run(home, shop(source, ["a", "B!"], pictures=1), encoder)
    assert (report.imported, report.updated, report.unchanged, report.removed) == (0, 1, 1, 1)
    assert (encoder.texts, encoder.images) == (["B!"], 0)
    assert vectors_of(home, encoder) == {"text": 2, "image": 1}


def test_an_item_whose_row_breaks_stays_as_it_was_until_the_row_is_gone(tmp_path: Path) -> None:
    source, encoder = tmp_path / "s.csv", HashEncoder()

    def brought_in(*rows: str) -> ImportReport:
        source.write_text("\n".join(("id,title,price", *rows)) + "\n", encoding="utf-8")
        return run(tmp_path, source, encoder)

    brought_in("1,Mug,5", "2,Jug,6", "3,Pot,7", "4,Cup,8")
    report = brought_in("1,Mug,-5", "2,,6", "3,Pot,7", "9,New,free")
    items = {item.item_id: (item.title, item.price) for item in Catalog.open(tmp_path, "shop").items}
    assert items == {"1": ("Mug", 5.0), "2": ("Jug", 6.0), "3": ("Pot", 7.0)}
    assert (report.removed, report.rejected, report.unchanged) == (1, 3, 3)
    assert [note for note in report.notes if "stay as they were before: 1, 2" in note]
    again = brought_in("1,Mug,-5", "1,Mug,4", "3,Pot,7")
    assert {item.item_id: item.price for item in Catalog.open(tmp_path, "shop").items} == {"1": 4.0, "3": 7.0}
    assert (again.removed, again.notes) == (1, tuple(n for n in again.notes if "stay" not in n))


def test_another_encoder_encodes_everything_again(tmp_path: Path) -> None:
    home, source = tmp_path / "home", shop(tmp_path / "src", ["a", "b"])
    run(home, source, HashEncoder())
    other = HashEncoder(fingerprint="f2")
    report = run(home, source, other)
    assert (report.generation, report.unchanged, report.encoded["text"]) == ("2", 2, 2)
    assert Catalog.open(home, "shop").encoder_fingerprint == "f2"


def test_texts_written_another_way_are_encoded_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home, source = tmp_path / "home", shop(tmp_path / "src", ["a", "b"])
    run(home, source, HashEncoder())
    monkeypatch.setattr(indexing, "item_text", lambda item: f"A {item.title}")
    encoder = HashEncoder()
    report = run(home, source, encoder)
    assert (report.generation, report.unchanged, encoder.texts) == ("2", 2, ["A a", "A b"])


def test_lost_vectors_are_put_back_without_encoding(tmp_path: Path) -> None:
    home, source = tmp_path / "home", shop(tmp_path / "src", ["a", "b"])
    run(home, source, HashEncoder())
    client = connect(home, None)
    for collection in client.list_collections():
        client.delete_collection(collection.name)
    encoder = HashEncoder()
    assert run(home, source, encoder).generation == "2"
    assert encoder.texts == []
    assert vectors_of(home, encoder) == {"text": 2, "image": 0}


def test_a_lost_catalog_is_put_back_without_encoding(tmp_path: Path) -> None:
    source, encoder = shop(tmp_path / "source", ["a dress", "a mug"], pictures=1), HashEncoder()
    run(tmp_path / "home", source, encoder)
    folder, asked = StoreFolder(tmp_path / "home", "shop"), len(encoder.texts)
    folder.catalog_path(folder.require().generation).rename(tmp_path / "away.db")
    run(tmp_path / "home", source, encoder)
    assert len(Catalog.open(tmp_path / "home", "shop").items) == 2
    assert len(encoder.texts) == asked


def test_old_generations_and_their_pictures_go(tmp_path: Path) -> None:
    home, source, folder = tmp_path / "home", tmp_path / "src", StoreFolder(tmp_path / "home", "shop")
    for n in range(4):
        shop(source, [f"title {n}"], pictures=1)
        Image.new("RGB", (16, 16), (0, 0, n * 50)).save(source / "0.png")
        run(home, source, HashEncoder())
    assert folder.generations() == ["3", "4"]
    assert len(connect(home, None).list_collections()) == 4
    assert len(list((folder.path / "pictures").glob("*/*"))) == 2


@pytest.mark.parametrize("table", ["", "id,title\n,\n", "id,title\n1,\n2,\n", "\x00\x01binary\x02", "[1]"])
def test_a_source_without_one_good_row_leaves_the_store(tmp_path: Path, table: str) -> None:
    home, source = tmp_path / "home", shop(tmp_path / "src", ["a"])
    run(home, source, HashEncoder())
    before = Catalog.open(home, "shop").items
    (source / "products.csv").write_text(table)
    with pytest.raises(SourceError, match=r"products|src"):
        run(home, source, HashEncoder())
    assert Catalog.open(home, "shop").items == before
    assert vectors_of(home, HashEncoder()) == {"text": 1, "image": 0}


def test_a_source_that_is_refused_at_once_draws_no_progress(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "names.csv"
    source.write_text("colour,size\nred,M\n")
    home = tmp_path / "home"
    with pytest.raises(SourceError, match="no column is recognised as the id"):
        import_catalog(source, "shop", ImportOptions(), home, connect(home, None), HashEncoder(), progress=True)
    assert not capsys.readouterr().err


def test_a_source_without_ids_is_told_how_its_titles_can_serve(tmp_path: Path) -> None:
    home, source = tmp_path / "home", tmp_path / "names.json"
    source.write_text('[{"name": "Red mug", "price": 4}, {"name": "Blue mug", "price": 4}]')
    with pytest.raises(SourceError, match=r'or with --map "id=\{name\}" where no two are alike'):
        import_catalog(source, "shop", ImportOptions(), home, connect(home, None), HashEncoder())
    options = ImportOptions(column_map=(("id", "{name}"),))
    import_catalog(source, "shop", options, home, connect(home, None), HashEncoder())
    assert [item.title for item in Catalog.open(home, "shop").items] == ["Red mug", "Blue mug"]


def test_a_vector_that_is_none_names_its_item_and_leaves_the_store(tmp_path: Path) -> None:
    home, source = tmp_path / "home", shop(tmp_path / "src", ["a"])
    run(home, source, HashEncoder())
    shop(source, ["a", "bad one"])
    with pytest.raises(EncoderError, match="item '1'"):
        run(home, source, HashEncoder(spoiled="bad"))
    assert len(Catalog.open(home, "shop").items) == 1
    assert run(home, source, HashEncoder()).imported == 1


def test_a_full_disk_says_so_and_leaves_the_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home, source = tmp_path / "home", shop(tmp_path / "src", ["a"], pictures=1)
    run(home, source, HashEncoder())
    Image.new("RGB", (16, 16), "green").save(source / "0.png")

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(StoreUnavailable, match="No space left"):
        run(home, source, HashEncoder())
    monkeypatch.undo()
    assert vectors_of(home, HashEncoder()) == {"text": 1, "image": 1}


KILLED = """
import sys
from pathlib import Path
from tests.retrievers.test_indexing import HashEncoder, run
run(Path(sys.argv[1]), Path(sys.argv[2]), HashEncoder(killed_after=256))
"""


def test_an_import_killed_half_way_leaves_the_store_and_is_resumed(tmp_path: Path) -> None:
    home, source = tmp_path / "home", shop(tmp_path / "src", ["only one"])
    run(home, source, HashEncoder())
    shop(source, [f"title {n}" for n in range(500)], pictures=3)
    command = [sys.executable, "-c", KILLED, str(home), str(source)]
    assert subprocess.run(command, cwd=Path(__file__).parents[2], check=False).returncode == -signal.SIGKILL
    assert [item.title for item in Catalog.open(home, "shop").items] == ["only one"]
    assert vectors_of(home, HashEncoder()) == {"text": 1, "image": 0}
    encoder = HashEncoder()
    report = run(home, source, encoder)
    assert len(encoder.texts) == 500 - 256
    assert (report.imported, report.updated, vectors_of(home, encoder)) == (499, 1, {"text": 500, "image": 3})
