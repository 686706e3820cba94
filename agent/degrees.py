"""Words of degree: "not too short" keeps the short ones out, "longer sleeves" asks for long sleeves.

Which values of a store are short, tight or high is general English; the store's own values are only looked through.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from agent.vocabulary import Vocabulary
from agent.words import Token, stem, stems

_TOO = frozenset(("too", "very", "so", "overly", "super"))
_FITS = ("fit", "silhouette", "shape", "leg")

# A word of degree -> the facts that it is about, by a word of their names, and words for what goes too far.
_TOO_FAR: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "short": (("length",), ("mini", "short", "cropped", "crop", "micro")),
    "long": (("length",), ("maxi", "long", "floor")),
    "tight": (_FITS, ("skinny", "slim", "tight", "fitted", "bodycon", "compression", "pencil")),
    "loose": (_FITS, ("loose", "oversized", "relaxed", "baggy", "wide", "flared")),
    "baggy": (_FITS, ("loose", "oversized", "baggy", "wide")),
    "high": (("heel",), ("high", "stiletto", "platform")),
}
_COMPARATIVE = re.compile(r"\b(?P<word>[a-z]{2,}er) (?P<noun>[a-z]{3,})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TooFar:
    """The place of a word of degree among the tokens, and the values of a fact that go too far."""

    at: int
    word: str
    fact: str
    values: tuple[str, ...]


def too_far(tokens: tuple[Token, ...], facts: Collection[str], vocabulary: Vocabulary) -> tuple[TooFar, ...]:
    """What "too short" or "not too short" rules out among the ``facts`` that records of the kind in hand hold."""
    found = []
    for at, token in enumerate(tokens):
        names, words = _TOO_FAR.get(token.text, ((), ()))
        if not names or not at or tokens[at - 1].text not in _TOO:
            continue
        beyond = {stem(word) for word in words}
        for fact in facts:
            if not set(map(stem, names)) & set(stems(fact.replace("_", " "))):
                continue
            values = tuple(v for v in vocabulary.facts.get(fact, {}) if beyond & set(stems(v)))
            if values and len(values) < len(vocabulary.facts[fact]):
                found.append(TooFar(at, token.text, fact, values))
    return tuple(found)


def plain_degrees(text: str, vocabulary: Vocabulary) -> str:
    """The text with a comparative as the plain word where the store knows that with the noun: "longer sleeves".

    A word that means something by itself ("leather bag") stays.
    """

    def plain(match: re.Match[str]) -> str:
        word, noun = match["word"].lower(), match["noun"]
        if vocabulary.sense(word) is not None:
            return match.group()
        for base in (word.removesuffix("er"), word.removesuffix("r"), re.sub(r"(.)\1er$", r"\1", word)):
            sense = vocabulary.sense(f"{base} {noun}")
            if sense is not None and sense.whole and not sense.is_type:
                return f"{base} {noun}"
        return match.group()

    return _COMPARATIVE.sub(plain, text)
