"""What is asked of a card by no fact's name is looked up in its record's words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from agent.state import DialogueState
from agent.understanding import RuleUnderstanding
from agent.utterance import Intent
from tests.agent.small_store import items, small_shop, small_understanding

_TEXTS = {
    "TA0": "A table lamp. It has a brass pull chain. Needs one bulb.",
    "TA1": "A table lamp of the Oslo line. The cord is 180 cm long. Its pull chain is made of steel.",
}
LAMPS = DialogueState(cards=("TA0", "TA1", "TA2"))


@pytest.fixture(scope="module")
def lamps(tmp_path_factory: pytest.TempPathFactory) -> RuleUnderstanding:
    stocked = tuple(replace(item, description=_TEXTS.get(item.item_id, item.description)) for item in items())
    return small_understanding(small_shop(tmp_path_factory.mktemp("lamps"), stocked))


@pytest.mark.parametrize(
    ("text", "card", "words"),
    [
        ("and the chain?", "TA0", "chain"),
        ("what's about the cable length", "TA1", "cord"),
        ("what about cable length?", "TA1", "cord"),
        ("how many pull chains does it have?", "TA0", "pull chains"),
        ("how about the pull chain of the second?", "TA1", "pull chain"),
        ("so what is the battery life?", "TA0", "battery life"),
    ],
)
def test_an_aspect_is_asked_of_the_card_that_tells_of_it(
    text: str, card: str, words: str, lamps: RuleUnderstanding
) -> None:
    said = lamps.understand(text, LAMPS)
    assert (said.intent, said.references, said.asked_words, said.unknown_type) == (
        Intent.DETAILS,
        (card,),
        (words,),
        "",
    )


def test_the_card_in_hand_is_asked_first(lamps: RuleUnderstanding) -> None:
    assert lamps.understand("and the pull chain?", replace(LAMPS, talked_about="TA1")).references == ("TA1",)


@pytest.mark.parametrize(
    "text",
    [
        "and the mugs?",
        "what about the boots",
        "and the other one?",
        "what about red",
        "how about cables",
        "what about brass?",
        "what about a chain",
        "and the teapot?",
        "the cheapest?",
        "and its lining?",
    ],
)
def test_things_and_wishes_of_that_shape_are_no_aspects(text: str, lamps: RuleUnderstanding) -> None:
    said = lamps.understand(text, LAMPS)
    assert not said.asked_words
