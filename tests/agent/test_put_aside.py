from __future__ import annotations

import pytest

from agent.put_aside import particle_of
from agent.words import tokenise


def _refusing(text: str) -> list[tuple[str, str]]:
    """Verbs of a text with the particle that they refuse with."""
    tokens = tokenise(text)
    places = [(at, particle_of(tokens, at)) for at in range(len(tokens))]
    return [(tokens[at].text, tokens[particle].text) for at, particle in places if particle]


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("leave nylon out", ("leave", "out")),
        ("take wool away", ("take", "away")),
        ("take out the silk ones", ("take", "out")),
        ("please cut out the wool", ("cut", "out")),
        ("boots, but keep suede out", ("keep", "out")),
        ("leave aside the red ones", ("leave", "aside")),
        ("I'd rather you filter the red ones out", ("filter", "out")),
        ("leave leather out for now", ("leave", "out")),
    ],
)
def test_a_verb_and_its_particle_refuse_what_is_named(text: str, pair: tuple[str, str]) -> None:
    assert _refusing(text) == [pair]


@pytest.mark.parametrize(
    "text",
    [
        "can I leave the bench out overnight",
        "leave it out",
        "a bag to take the lunch out of",
        "my son takes the dog out, and I take the cat out",
        "leave the lamp that I saw in the window where everybody can find it out",
        "I like it, leave. Check it out",
    ],
)
def test_other_words_refuse_nothing(text: str) -> None:
    assert _refusing(text) == []
