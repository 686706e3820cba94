"""Briefs hold what the realiser would say, and nothing else; drills are drawn from the items that are named."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from agent.briefs import Brief, explain, recommend
from agent.drills import SHARES, Drill, Drills, write_drills
from agent.fact_check import Checker
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


def test_words_of_no_language_are_found_and_none_in_what_the_realiser_says(shop: Shop) -> None:
    item = replace(shop.catalog.items[0], title="Zyrquil lamp")
    brief = explain(item, [item], 0)
    for sentence, strange in {
        "The Zyrquil lamp costs $35.": "",
        "The Zyrquil lamp isper $35.": "isper",
        "The Zyrquil lamp | $35.": "|",
        "the lowest price is $35.": "the",
    }.items():
        assert brief.garbled(sentence) == strange, sentence
    for drill in Drills(shop, shop.catalog.items, EXAMPLES, 3).draw(200):
        checker = Checker(drill.reply.grounds, shop.vocabulary)
        said = (sentence.strip() for text in drill.reply.middle for sentence in checker.sentences(text))
        assert not any(map(drill.brief.garbled, said))


def test_a_sentence_may_not_keep_back_that_a_thing_is_sold_out(shop: Shop) -> None:
    item = replace(shop.catalog.items[0], availability="out_of_stock")
    brief = explain(item, [item], 0)
    assert brief.hides(f"The {item.title} costs $35.")
    assert not brief.hides(f"The {item.title} costs $35, out of stock at the moment.")
    assert not explain(shop.catalog.items[0], [item], 0).hides(f"The {item.title} costs $35.")


def test_that_another_thing_is_sold_out_does_not_count(shop: Shop) -> None:
    item, other = replace(shop.catalog.items[0], availability="out_of_stock"), shop.catalog.items[1]
    brief = recommend(Highlights("mugs", 2, 2, "", item, cheapest=other), 0)
    assert brief.hides(f"The {item.title} costs $35, or take the {other.title}, out of stock at the moment.")
    assert not brief.hides(f"The {item.title} is out of stock at the moment, but not the {other.title}.")


def test_the_first_sentence_has_the_wish(shop: Shop) -> None:
    drill = next(drill for drill in drawn(shop, 60) if drill.brief.task == "recommend")
    assert drill.brief.opens(drill.reply.middle[0])
    assert not drill.brief.opens("I would start with these.")


def test_that_all_matches_are_shown_is_said_in_words(shop: Shop) -> None:
    item = shop.catalog.items[0]
    assert "All matches shown: 2" in told(recommend(Highlights("mugs", 2, 2, "", item), 0))
    assert "Matches: 7, shown: 6" in told(recommend(Highlights("mugs", 7, 6, "", item), 0))


def test_nobody_prefers_a_budget_and_one_thing_is_what_several_are(shop: Shop) -> None:
    boots, mug = shop.catalog.get("BO1"), shop.catalog.get("MU0")
    said = Highlights("pieces", 3, 3, "", replace(boots, title="Suede boots"), mug, ask="budget")
    brief = recommend(said, 0)
    assert brief.misspoken("Any preference for budget?")
    assert brief.misspoken("The Suede boots is $35.")
    assert not brief.misspoken("The Suede boots are $35.")
    assert not brief.misspoken("The lowest price is $15, for the mug.")
    assert not recommend(replace(said, ask="sleeve"), 0).misspoken("Any preference for sleeve: long or short?")
