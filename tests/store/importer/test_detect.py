import gzip
from pathlib import Path

import pytest

from store.errors import SourceError
from store.importer.detect import LONGEST_LINE, SourceFile, bounded_lines, detect

TABLE = "id,title,price\n1,Café crème,2 €\n"


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("data", "kind", "delimiter"),
    [
        (b"id,title\n1,a\n", "table", ","),
        (b"id;title\n1;a,b,c,d\n", "table", ";"),
        (b"id\ttitle\n1\ta\n", "table", "\t"),
        (b"id|title\n1|a\n", "table", "|"),
        (b'"a,b,c";title;x\n1;a;b\n', "table", ";"),
        (b'\xef\xbb\xbf{"id": 1}\n', "jsonl", ","),
        (b"  <?xml version='1.0'?><rss/>", "xml", ","),
        (b"PAR1....PAR1", "parquet", ","),
    ],
)
def test_kind_comes_from_content_not_from_the_name(tmp_path: Path, data: bytes, kind: str, delimiter: str) -> None:
    found = detect(write(tmp_path / "anything.csv", data))
    assert (found.kind, found.delimiter) == (kind, delimiter)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_encodings_are_told_apart(tmp_path: Path, encoding: str) -> None:
    text = TABLE if encoding != "utf-16-le" else TABLE * 3
    found = detect(write(tmp_path / "t.csv", text.encode(encoding)))
    with found.open_text() as stream:
        assert stream.read() == text


def test_the_first_accent_may_come_late(tmp_path: Path) -> None:
    data = b"id,title\n" + b"1,plain\n" * 300_000 + "2,Café\n".encode("cp1252")
    assert detect(write(tmp_path / "t.csv", data)).encoding == "cp1252"


def test_compressed_files_are_looked_into(tmp_path: Path) -> None:
    found = detect(write(tmp_path / "t.bin", gzip.compress(b'{"id": 1}\n' * 5)))
    assert (found.kind, found.gzipped, found.rows) == ("jsonl", True, 5)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (b" \r\n\t\n", "empty"),
        (b"PK\x03\x04rest", r"this is a zip file or spreadsheet, not a catalog \(.*\); unpack it"),
        (b"%PDF-1.4", "PDF"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (bytes(range(256)) * 20, "binary"),
        ("id,title\n1,Платье летнее красное\n".encode("cp1251") * 9, "unknown encoding"),
        ("id,title\n1,赤いワンピース夏\n".encode("shift_jis") * 9, "unknown encoding"),
        (b"just one column\n1\n", "no columns"),
        (gzip.compress(b"id,title\n1,a\n" * 99)[:40], "damaged or cut off"),
    ],
)
def test_strangers_are_refused_with_the_file_and_the_way_out(tmp_path: Path, data: bytes, message: str) -> None:
    path = write(tmp_path / "shop.csv", data)
    with pytest.raises(SourceError, match=message) as caught:
        detect(path)
    assert str(path) in str(caught.value)


def test_an_endless_line_is_refused_before_it_fills_the_memory(tmp_path: Path) -> None:
    path = write(tmp_path / "t.jsonl", b'{"id": "' + b"x" * (LONGEST_LINE + 10))
    with SourceFile(path, "jsonl").open_text() as stream, pytest.raises(SourceError, match="line 1 is longer"):
        list(bounded_lines(stream, path))
