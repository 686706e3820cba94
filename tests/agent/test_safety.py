from __future__ import annotations

import pytest

from agent.safety import with_safety
from agent.vocabulary import Vocabulary

SAFE = Vocabulary({"category": {"House Plant": 9}, "pet_safe": {"yes": 4, "no": 2}, "toxic_to_cats": {"yes": 2}})
HARMFUL = Vocabulary({"category": {"Shrub": 5}, "toxic to dogs": {"yes": 2}, "toxic to cats and dogs": {"yes": 1}})
NEITHER = Vocabulary({"category": {"Mug": 5}, "dishwasher_safe": {"yes": 2}})


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("something safe for my two cats", "something pet safe"),
        ("a fern that is not toxic to cats and dogs", "a fern that is pet safe"),
        ("plants that won't harm the puppy", "plants that pet safe"),
        ("dog-friendly plants", "pet safe plants"),
        ("non-toxic plants", "pet safe plants"),
        ("nothing poisonous, please", "pet safe, please"),
        ("a pet safe plant", "a pet safe plant"),
        ("we have a dog, something safe around him", "something pet safe"),
        ("I've got two cats and want ferns safe for them", "want ferns pet safe"),
        ("I have a dog, show me ferns", "I have a dog, show me ferns"),
        ("my mum has a rabbit, is it safe for it", "my mum has a rabbit, is it safe for it"),
        ("no ferns toxic to dogs", "ferns pet safe"),
        ("safe for my rabbit", "safe for my rabbit"),
        ("safe for babies", "safe for babies"),
        ("safe for cats and babies", "safe for cats and babies"),
        ("is it toxic to cats?", "is it toxic to cats?"),
        ("a gift for my cat", "a gift for my cat"),
    ],
)
def test_a_wish_for_safety_is_in_the_words_of_the_fact(text: str, read: str) -> None:
    assert with_safety(text, SAFE) == read


def test_where_only_harm_is_recorded_it_is_refused() -> None:
    said = with_safety("a shrub safe around dogs", HARMFUL)
    assert said == "a shrub not toxic to dogs, not toxic to cats and dogs"


@pytest.mark.parametrize("text", ["a mug safe for cats", "dishwasher safe", "non-toxic paint", "kid friendly"])
def test_where_nothing_is_recorded_the_words_stay(text: str) -> None:
    assert with_safety(text, NEITHER) == text
