"""Benchmarks as they were published, in the form that the bench reads."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from store.errors import SourceError
from training.beir import read_qrels, read_queries
from training.public_sets import main


def test_limit(tmp_path: Path) -> None:
    rows = {
        "corpus": {"_id": "Ann Lee", "title": "", "text": "Ann Lee likes Limes, Salt and Pepper, Mosaic and Chairs."},
        "queries": {"_id": "q", "text": "Who likes Limes?"},
        "qrels": {"query-id": "q", "corpus-id": "Ann Lee", "score": 1},
    }
    for name, row in rows.items():
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(row) + "\n")
    out = tmp_path / "out"
    main(["limit", "--data", str(tmp_path), "--out", str(out)])
    item = json.loads((out / "catalog.jsonl").read_text())
    assert (item["id"], item["title"]) == ("Ann Lee", "Ann Lee")
    assert item["likes"] == ["Limes", "Salt and Pepper", "Mosaic", "Chairs"]
    assert read_queries(out / "queries.jsonl")[0].text == "Who likes Limes?"
    assert read_qrels(out / "qrels.tsv") == {"q": {"Ann Lee": 1}}


def test_home_depot(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "titles.tsv.gz", "wt") as file:
        file.write('product_uid\tproduct_title\n1\tBracket\n2\t"12 in." Lamp\n')
    rows = "".join(f"{n}\t{1 + n % 2}\tquery {n // 2}\t{1 + n % 2 * 1.67}\tx\n" for n in range(40))
    rows += "".join(f"{40 + n}\t2\tquery {n}\t{2.47 + n % 2 * 0.53}\tx\n" for n in range(20))  # graded again
    (tmp_path / "labels.tsv").write_text("id\tproduct_uid\tsearch_term\trelevance\tproduct_title\n" + rows)
    out = tmp_path / "out"
    main(["homedepot", "--data", str(tmp_path), "--out", str(out)])
    dev, test = (read_queries(out / f"queries.{part}.jsonl") for part in ("dev", "test"))
    assert {q.text for q in dev}.isdisjoint(q.text for q in test)
    assert len(dev) + len(test) == 20
    assert set(read_qrels(out / "grades.dev.tsv")) == {q.query_id for q in dev}
    assert all(grades == {"1": 1, "2": 3} for grades in read_qrels(out / "grades.test.tsv").values())
    assert all(grades == {"2": 1} for grades in read_qrels(out / "right.test.tsv").values())


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"corpus\.jsonl is missing; --data names the folder of limit"):
        main(["limit", "--data", str(tmp_path), "--out", str(tmp_path)])
