from __future__ import annotations

from pathlib import Path

import pytest

from agent.state import DialogueState, Need
from agent.understanding import RuleUnderstanding
from agent.utterance import Intent
from store.schemas import Item
from tests.agent.small_store import small_shop, small_understanding


def _item(item_id: str, kind: str, **facts: str) -> Item:
    return Item(
        item_id,
        f"{kind} {item_id}",
        price=100.0,
        currency="USD",
        product_type=f"{kind}s",
        attributes={fact: (value,) for fact, value in {"color": "Red", **facts}.items()},
    )


_STOCK = (
    _item("P0", "Phone", camera="12 MP", capacity="2 l", weight="200 g", battery="4000 mAh"),
    _item("P1", "Phone", camera="50 MP", capacity="3 l", weight="180 g"),
    _item("P2", "Phone", camera="48 MP", capacity="1 l", weight="190 g"),
    *(_item(f"C{n}", "Camera") for n in range(3)),
)
_PHONES = DialogueState(needs=(Need("category", ("Phones",)),), focus=0, cards=("P0", "P1", "P2"))


@pytest.fixture(scope="module")
def reads(tmp_path_factory: pytest.TempPathFactory) -> RuleUnderstanding:
    home: Path = tmp_path_factory.mktemp("home")
    return small_understanding(small_shop(home, _STOCK))


@pytest.mark.parametrize(
    ("text", "best"),
    [
        ("which has the best camera?", "P1"),  # of phones a fact, though the shop sells cameras
        ("which one has the worst camera?", "P0"),
        ("which one holds the most?", "P1"),
        ("and which holds the least", "P2"),
        ("which weighs the least?", "P1"),
    ],
)
def test_the_furthest_of_the_cards_is_the_one_asked_for(text: str, best: str, reads: RuleUnderstanding) -> None:
    said = reads.understand(text, _PHONES)
    assert (said.intent, said.references[0]) == (Intent.COMPARE, best)


@pytest.mark.parametrize("text", ["which has the best battery?", "which one has the biggest battery"])
def test_what_not_all_records_tell_is_told_of_those_that_do(text: str, reads: RuleUnderstanding) -> None:
    said = reads.understand(text, _PHONES)
    assert (said.intent, said.references, said.asked) == (Intent.DETAILS, ("P0", "P1", "P2"), ("battery",))


@pytest.mark.parametrize("text", ["which cameras do you have?", "the best camera", "a camera that lasts the longest"])
def test_another_kind_is_still_looked_for(text: str, reads: RuleUnderstanding) -> None:
    said = reads.understand(text, _PHONES)
    assert (said.intent, said.type_values) == (Intent.SEARCH, ("Cameras",))
