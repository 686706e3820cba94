"""What counts as a reply that passes untouched, and how a model is told of a turn in each way."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent.drills import Drill, Drills
from agent.engines.in_process import InProcessChat
from agent.reply_trial import Attempt, _asked, attempts, figures
from agent.shop import Shop
from agent.slots import Place, parts
from retrievers.soft_tokens import SlotKind


@pytest.fixture
def drills(shop: Shop) -> list[Drill]:
    return list(Drills(shop, shop.catalog.items, ["a red dress"], 3).draw(12))


def slots(drill: Drill, way: str) -> set[SlotKind]:
    return {part.slot.kind for message in _asked(drill, way) for part in parts(message) if isinstance(part, Place)}


def test_each_way_has_the_slots_that_it_is_named_after(drills: list[Drill]) -> None:
    for drill in drills:
        assert slots(drill, "zero-shot") == slots(drill, "plain") == set()
        assert slots(drill, "text") == {SlotKind.TASK}
        assert slots(drill, "tokens") == {SlotKind.TASK} | ({SlotKind.ITEM} if drill.turn.items else set())


def test_items_stand_as_words_where_they_are_no_tokens(drills: list[Drill]) -> None:
    drill = next(drill for drill in drills if drill.brief.task == "compare")
    text = "".join(part for part in parts(_asked(drill, "text")[-1]) if isinstance(part, str))
    assert all(item.title in text for item in drill.turn.items)


def attempt(**changed: object) -> Attempt:
    given = {"task": "ask", "text": "Good.", "realised": "Good.", "failed": (), "ended": True, "told": ""}
    return Attempt(**{**given, "taken_back": 0, "seconds": 1.0, **changed})  # type: ignore[arg-type]


def test_a_reply_passes_as_it_comes_that_ended_and_has_no_fault() -> None:
    assert attempt().passed
    assert not attempt(failed=("$5",)).passed
    assert not attempt(ended=False).passed


def test_figures_are_shares_of_all_and_counts_by_task() -> None:
    made = [attempt(), attempt(text="Fine, then.", failed=("$5",)), attempt(task="explain")]
    found = figures(made)
    assert found["n"] == 3
    assert found["passed"] == found["as_it_comes"] == pytest.approx(2 / 3, abs=1e-4)
    assert found["realisers_words"] == pytest.approx(2 / 3, abs=1e-4)
    assert found["passed_by_task"] == {"ask": [1, 2], "explain": [1, 1]}
    mended = figures([attempt(), attempt(failed=("$5",), told="Good.", taken_back=3)])
    assert (mended["passed"], mended["as_it_comes"], mended["taken_back"]) == (1.0, 0.5, 1.5)


def test_a_model_that_babbles_fails(shop: Shop, drills: list[Drill], tiny_folder: Path) -> None:
    chat = InProcessChat(model="tiny", prepare=lambda: tiny_folder, wait_s=60.0)
    made = list(attempts(chat, drills[:3], "plain", shop))
    assert [each.task for each in made] == [drill.brief.task for drill in drills[:3]]
    assert not any(each.passed for each in made)
