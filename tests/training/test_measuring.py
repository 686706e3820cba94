"""Answers into figures."""

from __future__ import annotations

from training.bench import Answer
from training.measuring import COLUMNS, summary, table
from training.timing import peak_memory_mb, percentiles


def test_metrics_and_milliseconds_of_the_judged_queries() -> None:
    answers = {"q1": Answer(("b", "a"), 0.002), "q2": Answer((), 0.004), "unjudged": Answer(("a",), 9.0)}
    found = summary({"q1": {"a": 1}, "q2": {"a": 1}}, answers)
    assert (found["mrr"], found["recall@2"], found["ms_p50"], found["ms_p95"]) == (0.25, 0.5, 3.0, 3.9)
    assert set(found) == {*COLUMNS, "ci95"}


def test_percentiles_take_a_generator() -> None:
    assert percentiles(n / 1000 for n in range(101)) == {"ms_p50": 50.0, "ms_p95": 95.0}


def test_memory_is_in_mebibytes() -> None:
    before = peak_memory_mb()
    block = bytearray(64 * 1024 * 1024)
    block[::4096] = b"x" * len(block[::4096])
    assert 10 < before <= peak_memory_mb() < 100_000


def test_a_table_has_a_line_for_each_system() -> None:
    figures = dict.fromkeys(COLUMNS, 0.5)
    lines = table("3 queries", [("bm25", figures), ("a-rather-long-name", figures)]).splitlines()
    assert len({len(line) for line in lines[1:]}) == 1
    assert [line.split()[0] for line in lines] == ["3", "mrr", "bm25", "a-rather-long-name"]
