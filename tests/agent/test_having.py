from __future__ import annotations

import pytest

from agent.having import having, having_some
from agent.state import DialogueState, fold
from agent.understanding import RuleUnderstanding
from agent.vocabulary import Vocabulary
from agent.wording import refused
from tests.agent.conftest import Left


def test_values_that_say_there_is_some_stand_beside_those_that_deny_it() -> None:
    assert having_some(("0", "1", "2.5")) == ("1", "2.5")
    assert having_some(("led", "n/a", "tube")) == ("led", "tube")
    assert having_some(("zip", "no zip")) == ("zip",)
    assert having_some(("striped", "plain")) == ()  # none of these is said to be missing
    assert having(("striped", "plain")) == ("striped",)
    assert having_some(("1", "2")) == ()


@pytest.mark.parametrize(
    ("messages", "left"),
    [
        (("workbenches without drawers",), {"W0", "W3"}),
        (("workbenches", "2 drawers", "no drawers please"), {"W0", "W3"}),
        (("fish tanks with no lighting",), {"T1", "T3"}),
        (("fish tanks, no light",), {"T1", "T3"}),
        (("workbenches, no side rail please",), {"W1", "W3"}),
        (("workbenches without a side rail",), {"W1", "W3"}),
        (("workbenches with a side rail",), {"W0", "W2"}),
        (("workbenches", "side rail please"), {"W0", "W2"}),
        (("workbenches, not foldable",), {"W1", "W2"}),
        (("workbenches with 2 drawers",), {"W2"}),
        (("fish tanks", "not led"), {"T1", "T2", "T3"}),
    ],
)
def test_a_refused_part_leaves_what_has_none_of_it(
    messages: tuple[str, ...], left: set[str], left_in_hardware: Left
) -> None:
    assert left_in_hardware(messages) == left


def test_refused_counts_are_told_with_what_they_count(in_hardware: RuleUnderstanding) -> None:
    state = fold(DialogueState(), in_hardware.understand("workbenches without drawers", DialogueState()))
    assert refused(state) == ["1 or 2 drawers"]


def test_counted_parts_are_those_above_none() -> None:
    vocabulary = Vocabulary({"category": {"Drawers": 1, "Benches": 3}, "drawers": {"0": 1, "1": 1, "4": 1}})
    part = vocabulary.part("drawer")
    assert part is not None
    assert part.values == ("1", "4")


def test_a_refused_word_keeps_its_letter_where_a_text_says_both(in_hardware: RuleUnderstanding) -> None:
    refused = in_hardware.understand("no vitamin c please", DialogueState())
    assert refused.exclude_words == ("vitamin c",)
    assert in_hardware.understand("no vitamin z please", DialogueState()).exclude_words == ("vitamin",)
