from __future__ import annotations

from pathlib import Path

import pytest

from agent.freedoms import records_none
from agent.state import DialogueState
from agent.understanding import RuleUnderstanding
from agent.utterance import Values
from store.schemas import Item
from store.transcripts import Transcripts
from tests.agent.pantry import pantry
from tests.agent.small_store import small_agent, small_shop, talk


@pytest.mark.parametrize(
    ("text", "exclude", "ranking"),
    [
        ("sugar free chocolate", {"sugar_g": ("47.2", "14.0")}, "sugar free"),
        ("pasta without sugar", {"sugar_g": ("3.1", "2.0")}, "sugar free"),
        ("lactose free chocolate", {"allergens": ("milk",)}, ""),
        ("chocolate without lactose", {"allergens": ("milk",)}, ""),
        ("smoke free chocolate", {}, "smoke free"),
        ("sugar chocolate", {}, "sugar"),
        ("feel free to show me chocolate", {}, ""),
        ("can I get a chocolate for free", {}, ""),
    ],
)
def test_a_refused_word_is_what_amounts_and_allergens_tell_of_it(
    text: str, exclude: Values, ranking: str, in_pantry: RuleUnderstanding
) -> None:
    said = in_pantry.understand(text, DialogueState())
    assert (said.exclude, said.text) == (exclude, ranking)


@pytest.mark.parametrize(
    ("attributes", "none"),
    [({"sugar_g": ("0.3",)}, True), ({"sugar_g": ("0,7",)}, False), ({}, False)],
)
def test_a_trace_is_next_to_nothing(attributes: dict[str, tuple[str, ...]], none: bool) -> None:
    assert records_none(Item("A", "Tea", attributes=attributes), "sugar free") is none


def test_freedom_is_claimed_only_of_what_records_tell(tmp_path: Path, transcripts: Transcripts) -> None:
    agent = small_agent(small_shop(tmp_path, pantry()), transcripts, tmp_path)
    (found,) = talk(agent, "alcohol-free pasta")
    assert "without alcohol on record" in found.text
    assert "None of these records mentions “alcohol-free”" in found.text


@pytest.mark.parametrize(
    ("text", "measured", "unread"),
    [
        ("wine of less than 12% alcohol", {"alcohol_percent": ("less than 12%",)}, ()),
        ("a wine under 12%, please", {"alcohol_percent": ("under 12%",)}, ()),
        ("something with more than 60% fruit", {}, ("more than 60%",)),
    ],
)
def test_a_share_is_of_what_is_said_behind_it(
    text: str, measured: Values, unread: tuple[str, ...], in_pantry: RuleUnderstanding
) -> None:
    said = in_pantry.understand(text, DialogueState())
    assert (said.measured, said.unanswered[: len(unread)]) == (measured, unread)
