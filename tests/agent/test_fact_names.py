from __future__ import annotations

import pytest

from agent.fact_names import core, facts_called, needs, unit

FACTS = (
    "author", "running_time", "depth", "sugar_g", "delivery_time", "price_per_litre", "food_pairing", "year",
    "publisher", "assembly_required", "wheel_size",
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("who wrote the first?", ["author"]),
        ("how long is it?", ["running_time"]),
        ("how deep is it?", ["depth"]),
        ("how much sugar does it have?", ["sugar_g"]),
        ("how soon can you deliver it?", ["delivery_time"]),
        ("when was it published?", ["year"]),
        ("who publishes it?", ["publisher"]),
        ("what can I eat with it?", ["food_pairing"]),
        ("how much is it per litre?", ["price_per_litre"]),
        ("do I have to assemble it?", ["assembly_required"]),
        ("how big is the wheel?", []),
        ("do you deliver to Spain?", []),
        ("I waited for a year", []),
    ],
)
def test_questions_name_facts_in_their_own_words(text: str, facts: list[str]) -> None:
    assert facts_called(text, FACTS) == facts


def test_a_brand_is_the_author_where_no_fact_is() -> None:
    assert facts_called("who wrote it?", ("brand", "pages")) == ["brand"]


def test_units_and_the_like_are_no_part_of_a_name() -> None:
    assert (core("assembly_required"), needs("assembly_required")) == (("assembl",), "assembly")
    assert (core("sugar_g"), unit("sugar_g"), needs("sugar_g")) == (("sugar",), "g", "")
    assert (core("size"), unit("size"), core("g")) == (("size",), "", ("g",))
