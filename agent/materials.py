"""Materials that are another one by a narrower name, and words for those that only look like it. Knows no store."""

from __future__ import annotations

from collections.abc import Iterable

from agent.words import stem, stems

IMITATION = frozenset(stem(w) for w in ("faux", "vegan", "synthetic", "imitation", "artificial", "fake"))

_NARROWER: dict[str, frozenset[str]] = {
    stem("leather"): frozenset(map(stem, ("suede", "nubuck", "nappa", "cowhide", "sheepskin"))),
    stem("wool"): frozenset(map(stem, ("merino", "lambswool"))),
}


def narrower(fact: str, word: str, values: Iterable[str]) -> list[str]:
    """Of a fact's values those that are nothing but the material ``word``, a stem: suede of leather.

    Who refuses leather does not take them; who asks for leather asks for none of them.
    """
    names = _NARROWER.get(word, frozenset()) if stem("material") in stems(fact.replace("_", " ")) else frozenset()
    return [value for value in values if names & (said := set(stems(value))) and not IMITATION & said]
