"""BM25 finds exact terms in any spelling that counts as the same word, and its kept index is never a stale one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from retrievers.base import EncodedQuery, Query
from retrievers.lexical import TOKENS, LexicalRetriever
from store.facts import FactTable
from store.schemas import Constraints, Item
from tests.retrievers.small_shop import ITEMS

MORE = (
    *ITEMS,
    Item("24-MB01", "Slip-on shoe", description="Leather upper"),
    Item("s2", "Running shoes", attributes={"material": ("Mesh",)}),
)


@pytest.fixture(scope="module")
def facts() -> FactTable:
    return FactTable(MORE)


@pytest.fixture
def lexical(facts: FactTable, tmp_path: Path) -> LexicalRetriever:
    return LexicalRetriever.open(MORE, facts, tmp_path, "one")


def found(
    lexical: LexicalRetriever, facts: FactTable, text: str, constraints: Constraints | None = None
) -> list[str]:
    query = Query(text, constraints=constraints or Constraints())
    encoded = EncodedQuery(query, facts.allowed(query.constraints), None, None)
    return [candidate.item_id for candidate in lexical.retrieve(encoded, 10)]


@pytest.mark.parametrize(
    ("text", "item_id"),
    [
        ("24-mb01", "24-MB01"),
        ("MB01", "24-MB01"),
        ("mx204", "m1"),
        ("slipons", "24-MB01"),
        ("slip on", "24-MB01"),
        ("hood", "c1"),
        ("LEATHER", "24-MB01"),
        ("mesh trainers", "s2"),
    ],
)
def test_exact_terms_in_other_spellings(lexical: LexicalRetriever, facts: FactTable, text: str, item_id: str) -> None:
    assert found(lexical, facts, text)[0] == item_id


def test_what_a_thing_is_counts_more_than_what_is_written_about_it(tmp_path: Path) -> None:
    items = (Item("b", "Bag", description="For your jacket, your jacket and your jacket"), Item("j", "Wind jacket"))
    facts = FactTable(items)
    assert found(LexicalRetriever.open(items, facts, tmp_path, "x"), facts, "jacket")[0] == "j"


def test_a_filter_comes_before_the_ranking(lexical: LexicalRetriever, facts: FactTable) -> None:
    assert found(lexical, facts, "acme dress", Constraints(exclude={"brand": ("Acme",)})) == ["d3"]


@pytest.mark.parametrize("text", ["", "surfboard", "!!", "show me something"])
def test_no_shared_word_no_candidate(lexical: LexicalRetriever, facts: FactTable, text: str) -> None:
    assert found(lexical, facts, text) == []


def test_the_kept_index_gives_the_same_scores_and_belongs_to_one_catalog(facts: FactTable, tmp_path: Path) -> None:
    everything = np.ones(len(facts), dtype=bool)
    first = LexicalRetriever.open(MORE, facts, tmp_path, "one").scores("red coat", everything)
    kept = LexicalRetriever.open((), facts, tmp_path, "one")  # no items at hand: only the kept index can know them
    np.testing.assert_array_equal(kept.scores("red coat", everything), first)
    LexicalRetriever.open(ITEMS, FactTable(ITEMS), tmp_path, "two")
    assert [path.name for path in tmp_path.iterdir()] == [f"bm25-{TOKENS}-two"]


def test_a_damaged_kept_index_is_built_again(facts: FactTable, tmp_path: Path) -> None:
    LexicalRetriever.open(MORE, facts, tmp_path, "one")
    for path in (tmp_path / f"bm25-{TOKENS}-one").iterdir():
        path.write_bytes(b"damaged")
    assert found(LexicalRetriever.open(MORE, facts, tmp_path, "one"), facts, "mx204") == ["m1"]


def test_a_catalog_without_words(tmp_path: Path) -> None:
    items = (Item("", ""),)
    facts = FactTable(items)
    assert found(LexicalRetriever.open(items, facts, tmp_path, "none"), facts, "coat") == []


def test_a_folder_that_cannot_be_written_costs_only_time(facts: FactTable, tmp_path: Path) -> None:
    assert found(LexicalRetriever.open(MORE, facts, tmp_path / "missing", "one"), facts, "mx204") == ["m1"]
