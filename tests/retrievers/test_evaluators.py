"""Verdicts are shares, and with nothing to go by every evaluator changes nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from retrievers.base import PastTurn, Query
from retrievers.evaluators import EVALUATORS
from tests.retrievers.small_evidence import IMAGE, evidence
from tests.retrievers.small_shop import ITEMS


@pytest.mark.parametrize("name", sorted(EVALUATORS.keys() - {"wish"}))  # there always is one
def test_nothing_to_go_by_changes_nothing(name: str) -> None:
    assert EVALUATORS[name](evidence(Query())).tolist() == [1.0] * len(ITEMS)


def test_what_is_like_a_refused_item_falls() -> None:
    refusing = evidence(Query("coat", turns=(PastTurn("not this", rejected=("c1",)),)))
    verdict = EVALUATORS["not like refused"](refusing)
    assert ITEMS[int(verdict.argmin())].item_id == "c1"


def test_wished_facts_count_by_share() -> None:
    wished = evidence(Query(wishes={"color": ("Blue",), "category": ("Coats",)}))
    assert EVALUATORS["wished facts"](wished).tolist() == [0.0, 0.5, 0.0, 1.0, 0.5, 0.5, 0.0]


@pytest.mark.parametrize("name", ["said words", "request", "exact words"])
def test_words_count_apart_when_they_come_with_a_photo(name: str) -> None:
    alone, beside = EVALUATORS[name], EVALUATORS[f"{name} beside a photo"]
    said = evidence(Query("blue coat"))
    shown = replace(said, query=replace(said.query, image_vector=IMAGE.vectors[0]))
    assert alone(said).tolist() == beside(shown).tolist() != [1.0] * len(ITEMS)
    assert alone(shown).tolist() == beside(said).tolist() == [1.0] * len(ITEMS)
