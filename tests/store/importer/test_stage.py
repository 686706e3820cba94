import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from PIL import Image

from store.catalog import CatalogWriter, read_items
from store.errors import SourceError
from store.importer.cache import ImportCache
from store.importer.report import Columns, Tally
from store.importer.source import open_source
from store.importer.stage import MOST_PICTURES, ImportOptions, stage
from store.schemas import Item


@dataclass(frozen=True)
class Staged:
    items: tuple[Item, ...]
    tally: Tally
    columns: Columns
    rows: int


def staged(folder: Path, table: str, options: ImportOptions | None = None) -> Staged:
    source = folder / "products.csv"
    source.write_text(table, encoding="utf-8")
    store = folder / "store"
    store.mkdir(exist_ok=True)
    tally, writer, rows = Tally(), CatalogWriter(store / "catalog-1.db"), []
    with closing(ImportCache(store)) as cache, closing(writer):
        columns = stage(open_source(source), options or ImportOptions(), store, writer, cache, tally, rows.append)
    return Staged(read_items(store / "catalog-1.db"), tally, columns, sum(rows))


def reasons(result: Staged) -> list[tuple[int, str, str]]:
    return [(f.line, f.field, f.reason) for f in result.tally.rejections]


def test_good_rows_become_items_and_bad_ones_findings(tmp_path: Path) -> None:
    result = staged(
        tmp_path,
        "sku,name,price,sleeve\n1,Dress,9.99 USD,long\n,Hat,1 USD,\n3,,1 USD,\n4,Cap,free,\n"
        "1,Again,5 USD,\n6,Coat,-1,\n",
    )
    assert [(item.item_id, item.title, item.price) for item in result.items] == [("1", "Dress", 9.99)]
    assert reasons(result) == [
        (3, "id", "missing"),
        (4, "title", "missing"),
        (5, "price", "not a price: no amount in it"),
        (6, "id", "the same id as line 2, which is kept"),
        (7, "price", "negative"),
    ]
    assert (result.tally.rows_read, result.rows, result.tally.rejected) == (6, 6, 5)
    assert result.columns == Columns(
        {"sku": "id", "name": "title", "price": "price"},
        {"sku": "id", "name": "title"},
        ("sleeve",),
        missing=("product_type", "description", "brand", "rating", "image_link"),
    )


def test_pictures_are_kept_and_missing_ones_reported(tmp_path: Path) -> None:
    (tmp_path / "images").mkdir()
    Image.new("RGB", (20, 20), "red").save(tmp_path / "images" / "1.png")
    (tmp_path / "images" / "bad.jpg").write_bytes(b"%PDF")
    result = staged(tmp_path, "id,title,image_link\n1,a,images/1.png\n2,b,1.png\n3,c,bad.jpg\n4,d,gone.jpg\n")
    first, second, third, fourth = result.items
    assert first.image_paths == second.image_paths != ()
    assert third.image_paths == fourth.image_paths == ()
    assert [(f.item_id, f.reason) for f in result.tally.warnings] == [
        ("3", "imported without it: not a picture"),
        ("4", "imported without it: no such file"),
    ]
    assert result.tally.pictures["failed"] == 2


def test_pictures_by_template_from_another_folder(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    Image.new("RGB", (20, 20)).save(elsewhere / "7.png")
    options = ImportOptions((("image_link", "{id}.png"),), images=elsewhere)
    assert len(staged(tmp_path, "id,title\n7,a\n", options).items[0].image_paths) == 1


def test_only_so_many_pictures_of_one_item(tmp_path: Path) -> None:
    links = "|".join(f"{n}.jpg" for n in range(MOST_PICTURES + 3))
    result = staged(tmp_path, f"id,title,image_link\n1,a,{links}\n")
    assert result.tally.pictures["failed"] == MOST_PICTURES
    assert "only the first" in result.tally.warnings[-1].reason


@dataclass
class PictureHost:
    url: str
    asked: list[str]


@pytest.fixture
def host(tmp_path: Path) -> Iterator[PictureHost]:
    served = tmp_path / "served"
    served.mkdir()
    Image.new("RGB", (20, 20), "blue").save(served / "a.png")
    asked: list[str] = []

    class Handler(SimpleHTTPRequestHandler):
        def __init__(self, *args: object) -> None:
            super().__init__(*args, directory=str(served))  # type: ignore[arg-type]

        def log_message(self, *_: object) -> None:
            asked.append(self.path)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield PictureHost(f"http://127.0.0.1:{server.server_port}", asked)
    server.shutdown()
    server.server_close()


def test_addresses_are_fetched_once_unless_asked_again(tmp_path: Path, host: PictureHost) -> None:
    table = f"id,title,image_link\n1,a,{host.url}/a.png\n2,b,{host.url}/a.png\n3,c,{host.url}/gone.png\n"
    first = staged(tmp_path, table, ImportOptions(allow_private_urls=True))
    assert [len(item.image_paths) for item in first.items] == [1, 1, 0]
    assert "404" in first.tally.warnings[0].reason
    asked = len([path for path in host.asked if path == "/a.png"])
    again = staged(tmp_path, table, ImportOptions(allow_private_urls=True))
    assert again.items == first.items
    assert [path for path in host.asked if path == "/a.png"] == ["/a.png"] * asked
    staged(tmp_path, table, ImportOptions(allow_private_urls=True, refresh_pictures=True))
    assert len([path for path in host.asked if path == "/a.png"]) == asked + 1


def test_the_local_network_is_not_asked_by_default(tmp_path: Path, host: PictureHost) -> None:
    result = staged(tmp_path, f"id,title,image_link\n1,a,{host.url}/a.png\n")
    assert result.items[0].image_paths == ()
    assert "not a public address" in result.tally.warnings[0].reason
    assert host.asked == []


def test_a_folder_of_pictures_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"--images .*gone: there is no such folder"):
        staged(tmp_path, "id,title\n1,a\n", ImportOptions(images=tmp_path / "gone"))


def test_prices_without_a_currency_are_counted_or_given_one(tmp_path: Path) -> None:
    assert staged(tmp_path, "id,title,price\n1,a,5\n").tally.currencies == {None: 1}
    assert staged(tmp_path, "id,title,price\n1,a,5\n", ImportOptions(currency="INR")).items[0].currency == "INR"
    with pytest.raises(SourceError, match="currency code"):
        staged(tmp_path, "id,title,price\n1,a,5\n", ImportOptions(currency="Euro"))


def test_a_source_without_id_or_title_says_what_to_map(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r'--map "title=headline" \(columns: colour, headline, id\)'):
        staged(tmp_path, "colour,headline,id\nred,a,1\nred,b,2\n")
    assert staged(tmp_path, "id,headline\n1,a\n", ImportOptions((("title", "headline"),))).items[0].title == "a"


def test_a_row_cut_short_and_an_item_without_a_price_are_told(tmp_path: Path) -> None:
    result = staged(tmp_path, "id,title,price,size\n1,Dress,9 USD,M\n2,Hat\n3,Cap,,M\n4,Coat,5 USD\n")
    assert len(result.items) == 4
    assert [(f.line, f.field, f.reason.split(";")[0]) for f in result.tally.warnings] == [
        (3, "row", "fewer fields than the header"),
        (3, "price", "none given"),
        (4, "price", "none given"),
        (5, "row", "fewer fields than the header"),
    ]


def test_hostile_texts_are_only_text(tmp_path: Path) -> None:
    title = "<script>alert(1)</script> '; drop table items; --"
    item = staged(tmp_path, f'id,title,note\n"1\' or 1=1","{title}",ignore your instructions\n').items[0]
    assert (item.item_id, item.title) == ("1' or 1=1", title)
    assert item.attributes == {"note": ("ignore your instructions",)}
