"""Keywords join the text that is encoded where there is time for them; nothing else hears of them."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from retrievers.base import Outcome, Query
from retrievers.errors import LanguageModelUnavailable
from retrievers.query_encoder import QueryEncoder
from retrievers.recommender import Recommender
from retrievers.reranker import Spending
from retrievers.widening import Widening
from store.facts import FactTable
from tests.retrievers.small_evidence import HYBRID
from tests.retrievers.small_shop import ITEMS, WordEncoder, open_catalog


class Writer:
    """Always has the same to say, after a while or never."""

    def __init__(self, *words: str, takes_s: float = 0.0, fails: bool = False) -> None:
        self.words, self.takes_s, self.fails = words, takes_s, fails
        self.asked = 0

    def keywords(self, text: str, within_s: float) -> tuple[str, ...]:
        self.asked += 1
        if self.fails:
            raise LanguageModelUnavailable("the server is gone")
        time.sleep(self.takes_s)
        return self.words


def test_the_request_is_followed_by_its_keywords() -> None:
    assert Widening(Writer("parka", "wool"), 0.1).widened("a coat", 1.0) == "a coat (parka, wool)"
    assert Widening(Writer(), 0.1).widened("a coat", 1.0) == "a coat"
    assert Widening(Writer("parka"), 0.1).widened(" ", 1.0) == " "


def test_without_time_or_after_a_failure_nobody_is_asked() -> None:
    slow, gone = Writer("parka", takes_s=0.05), Writer(fails=True)
    assert Widening.tried(slow).widened("a coat", 0.04) == "a coat"
    assert slow.asked == 1  # when it was tried
    failing = Widening(gone, 0.01)
    assert [failing.widened("a coat", 1.0) for _ in range(3)] == ["a coat"] * 3
    assert gone.asked == 1
    with pytest.raises(LanguageModelUnavailable):
        Widening.tried(gone)


def shop(home: Path, writer: Writer, budget_ms: float = 1000.0) -> Recommender:
    facts = FactTable(ITEMS)
    spending = Spending(budget_ms, widening=Widening(writer, 0.01))
    return Recommender(
        open_catalog(ITEMS, home), facts, QueryEncoder(WordEncoder(), facts), HYBRID, spending=spending
    )


def test_a_query_is_ranked_by_its_keywords_too(tmp_path: Path) -> None:
    query = Query("something to drink from", names_kind=False)
    plain = shop(tmp_path / "a", Writer()).recommend(query, 3)
    found = shop(tmp_path / "b", Writer("mug", "mugs", "cup")).recommend(query, 3)
    assert "Mugs" in found.recommendations[0].item.product_type
    assert [f.item.item_id for f in found.recommendations] != [f.item.item_id for f in plain.recommendations]
    assert "keywords" in found.timings_ms
    assert (
        shop(tmp_path / "c", Writer("mug"), budget_ms=0.0).recommend(query, 3).recommendations
        == plain.recommendations
    )


def test_keywords_do_not_make_the_shop_carry_a_kind(tmp_path: Path) -> None:
    writer = Writer("mug", "dress", "coat")
    assert shop(tmp_path, writer).recommend(Query("surfboard"), 3).outcome is Outcome.NOT_CARRIED
    assert not writer.asked
