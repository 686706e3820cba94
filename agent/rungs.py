"""What stands how high on a ladder: "low heels" in a shop that says "Kitten", "floor length" in one that says "Maxi".

General English; the store's own words are only looked through.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from agent.shopping_words import LADDERS
from agent.words import stem, stems

_HEIGHTS: dict[str, set[int]] = {"low": {0, 1}, "medium": {2}, "mid": {2}, "high": {3, 4}}


def on_rungs(facts: Mapping[str, Iterable[str]]) -> dict[tuple[str, str], tuple[str, tuple[str, ...]]]:
    """Phrases of two stems ("floor length") and the fact and values of a store that they mean."""
    found: dict[tuple[str, str], tuple[str, tuple[str, ...]]] = {}
    for name, ladder in LADDERS:
        words = _HEIGHTS | {word: {rung} for word, rung in ladder.items() if word not in _HEIGHTS}
        for fact in (fact for fact in facts if stem(name) in stems(fact.replace("_", " "))):
            for word, rungs in words.items():
                values = tuple(v for v in facts[fact] if {ladder.get(w) for w in v.lower().split()} & rungs)
                if values:
                    found.setdefault((stem(word), stem(name)), (fact, values))
    return found
