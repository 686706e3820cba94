"""What parts of things are called elsewhere in English: "full sleeves" are long, "half shade" is partial.

Only where a store has those and does not use the other word itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from agent.words import stem, stems

if TYPE_CHECKING:
    from agent.vocabulary import Sense

_SAID = {
    "full sleeve": "long sleeve",
    "full length sleeve": "long sleeve",
    "half sleeve": "short sleeve",
}
_IN_PART = tuple(map(stem, ("partial", "part", "semi", "half")))


def part_words(senses: Mapping[tuple[str, ...], Sense]) -> dict[tuple[str, ...], Sense]:
    """Further phrases for the parts of things that a store has, by stems."""
    named = ((stems(said), senses.get(stems(meant))) for said, meant in _SAID.items())
    found = {said: sense for said, sense in named if sense and said not in senses}
    for phrase, sense in senses.items():
        if len(phrase) > 1 and phrase[0] in _IN_PART:  # "half shade" is partial
            found |= {(part, *phrase[1:]): sense for part in _IN_PART if (part, *phrase[1:]) not in senses}
    return found
