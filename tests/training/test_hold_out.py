"""About a tenth of a catalog's lines is left out, the same each time, gzipped or not."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from store.errors import SourceError
from training.hold_out import main

LINES = [f'{{"id": "{at}"}}\n' for at in range(1000)]


def test_about_a_tenth_is_left_out_whatever_the_form(tmp_path: Path) -> None:
    plain, packed = tmp_path / "c.jsonl", tmp_path / "c.jsonl.gz"
    plain.write_text("".join(LINES))
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    written = []
    for source in (plain, packed):
        out = tmp_path / "out.jsonl"
        main(["--catalog", str(source), "--out", str(out)])
        written.append(out.read_text().splitlines(keepends=True))
    assert written[0] == written[1]
    assert 870 <= len(written[0]) <= 930
    assert set(written[0]) < set(LINES)


def test_a_missing_catalog_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="nowhere"):
        main(["--catalog", str(tmp_path / "nowhere.jsonl"), "--out", str(tmp_path / "out")])
