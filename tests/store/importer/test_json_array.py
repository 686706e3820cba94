"""JSON arrays, however they are laid out and wherever a block of the file ends."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

import store.importer.json_array
from store.errors import SourceError
from store.importer.detect import detect
from store.importer.json_array import read_json_array

ITEMS = [{"id": "1", "title": "Mug [blue], 250 ml"}, {"id": "2", "tags": ["a", "}"], "price": 4.5}]


def written(folder: Path, text: str) -> Path:
    path = folder / "shop.json"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("block", [1, 7, 1 << 20])
def test_objects_are_read_however_they_are_laid_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, indent: int | None, block: int
) -> None:
    monkeypatch.setattr(store.importer.json_array, "BLOCK", block)
    file = detect(written(tmp_path, "\ufeff" + json.dumps(ITEMS, indent=indent)))
    rows = list(read_json_array(file))
    assert file.kind == "json"
    assert [(row.line, row.unit, row.values, row.problem) for row in rows] == [
        (1, "entry", ITEMS[0], ""),
        (2, "entry", ITEMS[1], ""),
    ]


def test_what_is_no_object_is_a_row_with_a_problem(tmp_path: Path) -> None:
    rows = list(read_json_array(detect(written(tmp_path, '[{"id": 1}, 17, "x", {"id": 2}]'))))
    assert [row.problem for row in rows] == ["", "not a JSON object", "not a JSON object", ""]


@pytest.mark.parametrize("rest", ['{"id": 2, "title": "b"', '{"id": 2 "title"}]', ""])
def test_an_array_that_breaks_off_is_refused_with_the_entry(tmp_path: Path, rest: str) -> None:
    rows = read_json_array(detect(written(tmp_path, '[{"id": 1}, ' + rest)))
    assert next(rows).values == {"id": 1}
    with pytest.raises(SourceError, match=r"shop.json: .* from entry 2 on; look for a missing bracket"):
        next(rows)


def test_an_empty_array_has_no_rows_and_a_gzipped_one_is_read(tmp_path: Path) -> None:
    assert list(read_json_array(detect(written(tmp_path, "[ ]")))) == []
    packed = tmp_path / "shop.json.gz"
    packed.write_bytes(gzip.compress(json.dumps(ITEMS).encode()))
    assert len(list(read_json_array(detect(packed)))) == len(ITEMS)
