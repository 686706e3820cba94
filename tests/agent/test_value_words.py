from __future__ import annotations

import pytest

from agent.value_words import only_ranks


@pytest.mark.parametrize(
    ("word", "fact", "value"),
    [
        ("window", "operating_system", "Windows 11"),
        ("hdmi", "ports", "2 x USB-C, HDMI"),
        ("lind", "author", "Mara Linde"),
        ("blanc", "grape", "Sauvignon Blanc"),
        ("lamb", "pairs_with", "beef, lamb"),
    ],
)
def test_a_name_or_one_of_a_list_is_a_condition(word: str, fact: str, value: str) -> None:
    assert not only_ranks(word, fact, [value])


@pytest.mark.parametrize(
    ("word", "fact", "value"), [("book", "format", "Board book"), ("dial", "size_fit", "Dial width: 35 mm")]
)
def test_a_word_that_says_little_of_its_only_value_is_none(word: str, fact: str, value: str) -> None:
    assert only_ranks(word, fact, [value])
