"""Benchmark files of other people, and what is said about broken ones."""

import gzip
from pathlib import Path

import pytest

from store.errors import SourceError
from tests.retrievers.small_shop import picture
from training.beir import BenchQuery, read_judged, read_qrels, read_queries


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_queries_with_words_and_photos(tmp_path: Path) -> None:
    (tmp_path / "p").mkdir()
    picture("red").save(tmp_path / "p" / "a.jpg")
    path = write(
        tmp_path / "q.jsonl", '{"_id": 1, "text": "red dress"}\n\n{"_id": "b", "text": "", "image": "p/a.jpg"}\n'
    )
    assert read_queries(path) == [BenchQuery("1", "red dress", None), BenchQuery("b", "", tmp_path / "p" / "a.jpg")]


def test_qrels_with_and_without_a_header(tmp_path: Path) -> None:
    rows = "q1\ta\t2\nq1\tb\t0\nq2\tc\t2.67\n"
    expected = {"q1": {"a": 2, "b": 0}, "q2": {"c": 3}}
    assert read_qrels(write(tmp_path / "a.tsv", rows)) == expected
    assert read_qrels(write(tmp_path / "b.tsv", "query-id\tcorpus-id\tscore\n" + rows)) == expected


@pytest.mark.parametrize("line", ["not json", '{"text": "no id"}', "[1, 2]", '{"_id": "2", "text": 5}'])
def test_a_broken_query_is_named_by_its_line(tmp_path: Path, line: str) -> None:
    with pytest.raises(SourceError, match="line 2"):
        read_queries(write(tmp_path / "q.jsonl", f'{{"_id": "1", "text": "x"}}\n{line}\n'))


def test_a_broken_judgement_is_named_by_its_line(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="line 2"):
        read_qrels(write(tmp_path / "q.tsv", "q1\ta\t1\nq1 a 1\n"))


@pytest.mark.parametrize("rows", ["q1\ta\tinf\n", "q1\ta\tnan\n", "q1\ta\tgood\nq1\tb\t1\n", "q1 0 a good\n"])
def test_a_grade_that_is_none_is_no_header(rows: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="line 1: not query-id"):
        read_qrels(write(tmp_path / "q.tsv", rows))


def test_one_pair_has_one_grade(tmp_path: Path) -> None:
    assert read_qrels(write(tmp_path / "q.tsv", "q1\ta\t1\nq1\ta\t1\n")) == {"q1": {"a": 1}}
    with pytest.raises(SourceError, match="line 2: 'q1' and 'a' have grade 2 here, 1 before"):
        read_qrels(write(tmp_path / "q.tsv", "q1\ta\t1\nq1\ta\t2\n"))


def test_what_is_left_out_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    queries = write(tmp_path / "q", "".join(f'{{"_id": "{name}", "text": "x"}}\n' for name in "abc"))
    judged, grades = read_judged(queries, write(tmp_path / "r", "a\ti\t1\nz\ti\t1\n"))
    assert ([query.query_id for query in judged], grades) == (["a"], {"a": {"i": 1}})
    told = capsys.readouterr().err
    assert "2 of 3 queries have no judgement; left out" in told
    assert "1 of 2 judged queries are not in" in told


@pytest.mark.parametrize(("image", "said"), [("gone.jpg", "is not there"), ("q.jsonl", "cannot be opened")])
def test_a_photo_that_cannot_be_used_is_named_with_its_line(image: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=rf"q\.jsonl, line 2: The photo .*{image} {said}"):
        read_queries(write(tmp_path / "q.jsonl", f'{{"_id": "1"}}\n{{"_id": "2", "image": "{image}"}}\n'))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"none\.tsv"):
        read_qrels(tmp_path / "none.tsv")


def test_files_are_read_as_they_were_downloaded(tmp_path: Path) -> None:
    queries, qrels = '{"_id": "q1", "text": "red\u2028dress"}\r\n', "query-id\tcorpus-id\tscore\r\nq1\ta\t1\r\n"
    for ending, packed in (("", bytes), ("\ufeff", bytes), ("\ufeff", gzip.compress)):
        (tmp_path / "q").write_bytes(packed((ending + queries).encode()))
        (tmp_path / "r").write_bytes(packed((ending + qrels).encode()))
        assert read_queries(tmp_path / "q") == [BenchQuery("q1", "red\u2028dress", None)]
        assert read_qrels(tmp_path / "r") == {"q1": {"a": 1}}


def test_trec_s_judgements_have_a_column_more(tmp_path: Path) -> None:
    expected = {"q1": {"a": 1}, "q2": {"c": 2}}
    assert read_qrels(write(tmp_path / "a", "q1 0 a 1\nq2 0 c 2\n")) == expected
    assert read_qrels(write(tmp_path / "c", "q1\tan item\t1\n")) == {"q1": {"an item": 1}}
    assert read_qrels(write(tmp_path / "b", "q1\t0\ta\t1\nq2\t0\tc\t2\n")) == expected


def test_a_broken_archive_and_what_is_no_text_are_named(tmp_path: Path) -> None:
    (tmp_path / "q").write_bytes(gzip.compress(b"{}" * 100)[:15])
    with pytest.raises(SourceError, match="/q cannot be read"):
        read_queries(tmp_path / "q")
    (tmp_path / "q").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SourceError, match="no UTF-8 text"):
        read_queries(tmp_path / "q")


def test_a_query_stands_there_once(tmp_path: Path) -> None:
    line = '{"_id": 1, "text": "x"}\n'
    with pytest.raises(SourceError, match="line 2: _id '1' stands on another line too"):
        read_queries(write(tmp_path / "q", line + line))


def test_judgements_without_anything_relevant_are_refused(tmp_path: Path) -> None:
    queries = write(tmp_path / "q", '{"_id": "a", "text": "x"}\n')
    with pytest.raises(SourceError, match="nothing as relevant"):
        read_judged(queries, write(tmp_path / "r", "a\ti\t0\na\tj\t0\n"))
    assert read_judged(queries, write(tmp_path / "s", "a\ti\t0\na\tj\t1\n"))[1] == {"a": {"i": 0, "j": 1}}
