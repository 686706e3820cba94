"""Benchmark files of other people, and what is said about broken ones."""

from pathlib import Path

import pytest

from store.errors import SourceError
from training.beir import BenchQuery, read_qrels, read_queries


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_queries_with_words_and_photos(tmp_path: Path) -> None:
    path = write(
        tmp_path / "q.jsonl", '{"_id": 1, "text": "red dress"}\n\n{"_id": "b", "text": "", "image": "p/a.jpg"}\n'
    )
    assert read_queries(path) == [BenchQuery("1", "red dress", None), BenchQuery("b", "", tmp_path / "p" / "a.jpg")]


def test_qrels_with_and_without_a_header(tmp_path: Path) -> None:
    rows = "q1\ta\t2\nq1\tb\t0\nq2\tc\t2.67\n"
    expected = {"q1": {"a": 2, "b": 0}, "q2": {"c": 3}}
    assert read_qrels(write(tmp_path / "a.tsv", rows)) == expected
    assert read_qrels(write(tmp_path / "b.tsv", "query-id\tcorpus-id\tscore\n" + rows)) == expected


@pytest.mark.parametrize("line", ["not json", '{"text": "no id"}', "[1, 2]"])
def test_a_broken_query_is_named_by_its_line(tmp_path: Path, line: str) -> None:
    with pytest.raises(SourceError, match="line 2"):
        read_queries(write(tmp_path / "q.jsonl", f'{{"_id": "1", "text": "x"}}\n{line}\n'))


def test_a_broken_judgement_is_named_by_its_line(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="line 2"):
        read_qrels(write(tmp_path / "q.tsv", "q1\ta\t1\nq1 a 1\n"))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"none\.tsv"):
        read_qrels(tmp_path / "none.tsv")
