"""Sentences that are put together like others, and those that are not."""

from __future__ import annotations

import pytest

from agent.phrasing import Phrasing

WORDINGS = (
    "I found 24 lamps; these 6 come first, the ones closest to your photo.",
    "I would start with these 6 of 24 lamps, the ones closest to your photo.",
    "Here are 6 of 24 lamps, the ones closest to your photo.",
)


@pytest.fixture
def phrasing() -> Phrasing:
    return Phrasing(WORDINGS)


@pytest.mark.parametrize(
    "sentence", [*WORDINGS, "I would start with these 6 of 24 lamps, the ones closest to your photo."]
)
def test_wordings_are_not_strange(phrasing: Phrasing, sentence: str) -> None:
    assert phrasing.strange(sentence) == ""
    for end in range(len(sentence) + 1):
        assert phrasing.may_begin(sentence[:end]), sentence[:end]


def test_parts_of_two_wordings_make_a_third() -> None:
    phrasing = Phrasing(["First comes the red lamp, oak, for $9.", "My pick is the red lamp, at $9 or less."])
    assert phrasing.strange("First comes the red lamp, at $9 or less.") == ""


@pytest.mark.parametrize(
    ("sentence", "strange"),
    [
        ("I found 24 lamps; these 6 come first, the ones closest are 6.", "are"),
        ("I found 24 lamps of which 6 are come, the ones I mentioned below.", "lamps"),
        ("Here are 6 of 24 lamps, the ones closest to your", "your"),
        ("Here are these 6 come first, the ones closest to your photo.", "these"),
        ("here are 6 of 24 lamps, the ones closest to your photo.", "here"),
        ("Here are 6 of 24 lamps, the ones closest to your photo. Now", "Now"),
    ],
)
def test_the_first_word_that_stands_so_in_no_wording_is_strange(
    phrasing: Phrasing, sentence: str, strange: str
) -> None:
    assert phrasing.strange(sentence) == strange


@pytest.mark.parametrize("begun", ["I f", "I would start w", " Here", "Here are 6 of 2", ""])
def test_a_sentence_may_begin_with_a_part_of_a_word(phrasing: Phrasing, begun: str) -> None:
    assert phrasing.may_begin(begun)


@pytest.mark.parametrize(
    "begun", ["I have", "I would find", "Here are 6 of 25", "found 24", "Here are 6 of 24 lamps,x"]
)
def test_a_sentence_may_not_begin_otherwise(phrasing: Phrasing, begun: str) -> None:
    assert not phrasing.may_begin(begun)
