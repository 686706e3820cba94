from pathlib import Path

import pytest

from store.errors import SourceError
from store.importer.source import open_source

TABLE = "id,title\n1,a\n"


def test_a_file_is_itself_and_its_folder_holds_the_pictures(tmp_path: Path) -> None:
    path = tmp_path / "shop.csv"
    path.write_text(TABLE)
    source = open_source(path)
    assert (source.root, [file.path for file in source.files], source.rows) == (tmp_path.resolve(), [path], 1)


def test_the_table_called_products_is_the_catalog(tmp_path: Path) -> None:
    for name in ("products.csv", "links.csv", "reviews.csv"):
        (tmp_path / name).write_text(TABLE)
    source = open_source(tmp_path)
    assert [file.path.name for file in source.files] == ["products.csv"]
    assert source.left_out == ("links.csv", "reviews.csv")


def test_parts_of_one_catalog_are_read_in_order(tmp_path: Path) -> None:
    for name in ("part-2.csv", "part-1.csv", "picture.jpg"):
        (tmp_path / name).write_text(TABLE)
    assert [file.path.name for file in open_source(tmp_path).files] == ["part-1.csv", "part-2.csv"]


def test_several_catalogs_must_be_told_apart_by_the_user(tmp_path: Path) -> None:
    for name in ("shoes.csv", "hats.csv"):
        (tmp_path / name).write_text(TABLE)
    with pytest.raises(SourceError, match=r"hats\.csv, shoes\.csv"):
        open_source(tmp_path)


def test_nothing_to_read_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no catalog in this folder"):
        open_source(tmp_path)
    with pytest.raises(SourceError, match="no such file"):
        open_source(tmp_path / "absent.csv")
