"""What things are for, in other words than the store's: "hiking" where its occasions say "Trekking".

General English; the store's own words are only looked through.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from agent.words import stem, stems

if TYPE_CHECKING:
    from agent.vocabulary import Sense

_PURPOSES: tuple[tuple[str, ...], ...] = (
    ("trekking", "hiking", "hike", "trek"),
    ("work", "office", "business", "job interview", "interview"),
    ("sport", "gym", "workout", "working out", "exercise", "fitness"),
    ("holiday", "vacation"),
    ("party", "night out", "clubbing"),
    ("travel", "travelling", "trip", "flight"),
    ("evening", "date night", "gala"),
    ("everyday", "daily use", "day to day"),
    ("housewarming", "new home", "new flat", "new place", "just moved", "moved in", "moving in"),
    ("gift", "present"),
    ("breakfast", "brunch"),
)
_FACTS = frozenset(map(stem, ("occasion", "activity", "purpose", "use", "usage")))


def other_words(senses: Mapping[tuple[str, ...], Sense]) -> dict[tuple[str, ...], Sense]:
    """Further phrases for the purposes that a store has, by stems; what already means something stays."""
    found: dict[tuple[str, ...], Sense] = {}
    for group in ([stems(phrase) for phrase in words] for words in _PURPOSES):
        known = (senses[phrase] for phrase in group if phrase in senses)
        sense = next((each for each in known if _FACTS & set(stems(each.fact.replace("_", " ")))), None)
        if sense:
            found |= {phrase: sense for phrase in group if phrase not in senses}
    return found
