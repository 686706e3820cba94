from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from store.errors import SourceError
from store.importer.detect import detect
from store.importer.readers import read_json_lines, read_parquet, read_table, table_header


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "shop.txt"
    path.write_bytes(text.encode())
    return path


def test_rows_keep_the_line_they_begin_in(tmp_path: Path) -> None:
    path = write(tmp_path, 'id,title\r\n1,"two\nlines"\r\n\r\n2,b\r\n')
    rows = list(read_table(detect(path)))
    assert [(row.line, row.values) for row in rows] == [
        (2, {"id": "1", "title": "two\nlines"}),
        (5, {"id": "2", "title": "b"}),
    ]


@pytest.mark.parametrize("first", ["sep=;\r\n", '"sep=;"\n', "\ufeffSEP=;\n", "sep=;;;\n"])
def test_a_line_that_names_the_separator_is_no_header(tmp_path: Path, first: str) -> None:
    file = detect(write(tmp_path, first + "id;title\n1;a, b\n"))
    assert table_header(file) == ["id", "title"]
    assert [(row.line, row.values) for row in read_table(file)] == [(3, {"id": "1", "title": "a, b"})]


def test_a_column_of_that_name_is_one(tmp_path: Path) -> None:
    assert table_header(detect(write(tmp_path, "sep=x,id\n1,2\n"))) == ["sep=x", "id"]


def test_a_repeated_column_gives_a_list(tmp_path: Path) -> None:
    file = detect(write(tmp_path, "id,image,image,image\n1,a.jpg,,b.jpg\n"))
    assert next(read_table(file)).values["image"] == ["a.jpg", "b.jpg"]
    assert table_header(file) == ["id", "image", "image", "image"]


def test_a_row_with_too_many_fields_is_a_problem_of_that_row_only(tmp_path: Path) -> None:
    rows = list(read_table(detect(write(tmp_path, "id,title\n1,a,b\n2,c,\n3\n"))))
    assert "1 more fields" in rows[0].problem
    assert rows[1].values == {"id": "2", "title": "c"}
    assert rows[2].values == {"id": "3"}
    assert [bool(row.doubt) for row in rows] == [False, False, True]


def test_columns_without_a_name_may_be_left_out(tmp_path: Path) -> None:
    assert [row.doubt for row in read_table(detect(write(tmp_path, "id,title,,\n1,a\n")))] == [""]


def test_a_quote_that_is_never_closed_is_a_problem_of_its_row(tmp_path: Path) -> None:
    rows = list(read_table(detect(write(tmp_path, 'id,title\n1,a\n2,"open\n3,c\n4,d'))))
    assert [(row.line, row.values.get("id"), bool(row.problem)) for row in rows] == [(2, "1", False), (3, None, True)]
    assert "never closed" in rows[1].problem
    assert [row.problem for row in read_table(detect(write(tmp_path, 'id,title\n1,a\n2,"b"')))] == ["", ""]


def test_a_huge_field_is_refused_with_the_file(tmp_path: Path) -> None:
    path = write(tmp_path, 'id,title\n1,"' + "x" * 200_000 + '"\n')
    with pytest.raises(SourceError, match="quote that is never closed") as caught:
        list(read_table(detect(path)))
    assert str(path) in str(caught.value)


def test_bad_json_lines_are_problems_of_their_line(tmp_path: Path) -> None:
    path = write(tmp_path, '{"id": 1}\n{"id": \n\n[1]\n' + '{"id":' + "[" * 20_000 + "\n" + '{"id": 4}\n')
    rows = list(read_json_lines(detect(path)))
    assert [(row.line, bool(row.problem)) for row in rows] == [
        (1, False),
        (2, True),
        (4, True),
        (5, True),
        (6, False),
    ]
    assert rows[1].problem == "not a JSON object on one line (Expecting value at its character 9)"


def test_parquet_rows(tmp_path: Path) -> None:
    path = tmp_path / "shop.parquet"
    pq.write_table(pa.table({"id": [1, 2], "sizes": [["S", "M"], None]}), path)
    assert [row.values for row in read_parquet(detect(path))] == [
        {"id": 1, "sizes": ["S", "M"]},
        {"id": 2, "sizes": None},
    ]


def test_a_damaged_parquet_file_names_itself(tmp_path: Path) -> None:
    path = tmp_path / "shop.parquet"
    path.write_bytes(b"PAR1 this is not parquet PAR1")
    with pytest.raises(SourceError, match=r"shop\.parquet"):
        list(read_parquet(detect(path)))
