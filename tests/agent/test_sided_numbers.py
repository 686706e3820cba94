from __future__ import annotations

import pytest

from agent.measures import Measures
from agent.sided_numbers import sided_numbers

FACTS = {
    "width": {"60 cm": 1, "150 cm": 2, "180 cm": 1},
    "depth": {"60 cm": 3, "90 cm": 1},
    "weight": {"12 kg": 2, "20 kg": 2},
}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a sofa 150 wide", [("width", "exact", "150")]),
        ("120 wide and at most 60 deep", [("width", "exact", "120"), ("depth", "most", "60")]),
        ("no more than 90 deep", [("depth", "most", "90")]),
        ("not wider than 180", [("width", "most", "180")]),
        ("narrower than 80", [("width", "below", "80")]),
        ("200 tall", []),
        ("no higher than 500", []),
        ("$150 wide", []),
        ("150 wide enough", []),
    ],
)
def test_a_bare_number_of_a_side_is_of_the_fact_that_tells_it(text: str, found: list[tuple[str, str, str]]) -> None:
    assert [(n.fact, n.way, n.number) for n in sided_numbers(text, tuple(FACTS))] == found


def test_it_is_told_in_the_unit_of_the_records_and_of_no_other_side() -> None:
    measures = Measures(FACTS, frozenset())
    text = "a desk 60 deep"
    (asked,) = measures.asked(text)
    facts = measures.facts_for(asked, text, FACTS)
    assert (facts, measures.meeting("depth", asked), asked.words) == (("depth",), ("60 cm",), "a depth of 60")
