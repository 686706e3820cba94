from __future__ import annotations

import pytest

from agent.no_kinds import ends_as_adjective, ends_whole, in_degree, says_how
from agent.words import tokenise


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("the hem is too short", "short"),
        ("a newer one", "newer"),
        ("something warmer", "warmer"),
        ("the longest", "longest"),
        ("a lighter jacket", "lighter"),
        ("in light colours", "light"),
    ],
)
def test_words_that_say_how_a_thing_is(text: str, word: str) -> None:
    tokens = tokenise(text)
    assert says_how(tokens, [token.text for token in tokens].index(word))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("a cleaner", "cleaner"),
        ("wine cooler", "cooler"),
        ("my dryer is broken", "dryer"),
        ("paint thinner", "thinner"),
        ("number 2", "number"),
        ("a walk in the forest", "forest"),
        ("a light", "light"),
    ],
)
def test_names_of_things_say_nothing_of_how_they_are(text: str, word: str) -> None:
    tokens = tokenise(text)
    assert not says_how(tokens, [token.text for token in tokens].index(word))


def test_neighbours_decide() -> None:
    assert in_degree(tokenise("quite flat"), 1)
    assert not in_degree(tokenise("a flat"), 1)
    assert ends_whole(tokenise("from head to toe"), 3)
    assert not ends_whole(tokenise("next to toe"), 2)
    assert ends_as_adjective("brushless")
    assert not ends_as_adjective("brush")
