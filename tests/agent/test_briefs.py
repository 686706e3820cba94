"""Briefs hold what the realiser would say, and nothing else; drills are drawn from the items that are named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from agent.briefs import Brief, ask, recommend
from agent.drills import SHARES, Drill, Drills, write_drills
from agent.highlights import Highlights
from agent.shop import Shop
from agent.slots import Place, parts
from agent.words import stems

EXAMPLES = ["a red dress"]


def told(brief: Brief) -> str:
    """The words of a brief, items as text."""
    message = brief.messages()[-1]
    return "".join(part if isinstance(part, str) else "; ".join(part.texts) for part in parts(message))


def drawn(shop: Shop, count: int, seed: int = 0) -> list[Drill]:
    return list(Drills(shop, shop.catalog.items, EXAMPLES, seed).draw(count))


def test_every_task_is_drawn_and_a_brief_begins_with_its_slot(shop: Shop) -> None:
    drills = drawn(shop, 60)
    assert {drill.brief.task for drill in drills} == set(SHARES)
    for drill in drills:
        first = next(parts(drill.brief.messages()[-1]))
        assert isinstance(first, Place)
        assert first.slot.ids == (drill.brief.task,)


def test_a_brief_holds_the_names_and_prices_that_its_reply_tells(shop: Shop) -> None:
    for drill in drawn(shop, 60, seed=1):
        words = set(stems(told(drill.brief)))
        for item in drill.turn.items:
            if item.title in " ".join(drill.reply.middle):
                assert set(stems(item.title)) <= words


def test_drills_are_the_same_for_a_seed_and_speak_of_the_named_items_only(shop: Shop) -> None:
    few = shop.catalog.items[:3]
    one, other = (list(Drills(shop, few, EXAMPLES, 5).draw(20)) for _ in range(2))
    assert [drill.reply.middle for drill in one] == [drill.reply.middle for drill in other]
    named = {item.item_id for drill in one for item in drill.turn.items}
    assert named <= {item.item_id for item in few}


def test_drills_are_written_as_lines_of_json(shop: Shop, tmp_path: Path) -> None:
    file = tmp_path / "replies.jsonl"
    write_drills(shop, shop.catalog.items, EXAMPLES, 7, 0, file)
    rows = [json.loads(line) for line in file.read_text().splitlines()]
    assert len(rows) == 7
    assert {row["store"] for row in rows} == {shop.catalog.name}
    assert all(row["reply"] and row["message"][0]["type"] == "task" for row in rows)


def test_that_all_matches_are_shown_is_said_in_words(shop: Shop) -> None:
    item = shop.catalog.items[0]
    assert "All matches shown: 2" in told(recommend(Highlights("mugs", 2, 2, "", item), 0))
    assert "Matches: 7, shown: 6" in told(recommend(Highlights("mugs", 7, 6, "", item), 0))


def test_a_brief_has_the_wordings_of_every_style_and_the_realisers_reply_is_one(shop: Shop) -> None:
    drills = drawn(shop, 60, seed=2)
    assert all(drill.reply.middle in drill.brief.wordings for drill in drills)
    assert all(len(drill.brief.wordings) > 1 for drill in drills if drill.brief.task == "recommend")


def test_what_matches_may_also_fit_as_the_prompts_have_learned(shop: Shop) -> None:
    briefs = [drill.brief for drill in drawn(shop, 60, seed=5)]
    matching = [(brief, said) for brief in briefs for said in brief.wordings if " match, " in said[0]]
    assert matching
    for brief, (opening, *rest) in matching:
        assert (opening.replace(" match, ", " fit, "), *rest) in brief.wordings


@pytest.mark.parametrize("departments", [("Women", "Men", "Gear"), ("Desk", "Sofa"), ("Clothing", "Shoes")])
def test_what_a_store_has_stands_in_a_brief_as_it_is_said(departments: tuple[str, ...]) -> None:
    brief = ask((), departments, (), 0)
    _, carried = brief.wordings[0]
    assert all(name.lower() in carried for name in departments)
    assert carried.removesuffix(".") in str(brief.facts[0])
