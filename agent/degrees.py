"""Words of degree: "not too short" keeps the short ones out, "longer sleeves" asks for long sleeves.

Which values of a store are short, tight or high is general English; the store's own values are only looked through.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from agent.shopping_words import LADDERS
from agent.vocabulary import Mention, Vocabulary
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
_BEYOND = {"heel": ("high", "low")}  # how values above and below are called; others are long and short
_UP, _DOWN = "higher|taller|longer|more", "lower|shorter|less"
_BOUND = re.compile(
    r"\b(?:(?P<not>not|no|never|nothing|isn['’]?t|aren['’]?t)\s+(?:any |much )?)?"
    rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN})) than(?: an?| the)?\s+|\b(?P<most>at most|up to)(?: an?| the)?\s+",
    re.IGNORECASE,
)
# A comparative without a noun -> the ladder that it is about, and whether up or down.
_STEPS = {
    "shorter": ("length", -1), "longer": ("length", 1), "higher": ("heel", 1), "taller": ("heel", 1),
    "lower": ("heel", -1), "flatter": ("heel", -1),
}  # fmt: skip
_OR_BEYOND = {"longer": 1, "higher": 1, "taller": 1, "more": 1, "shorter": -1, "lower": -1, "less": -1}
_COMPARATIVE = re.compile(r"\b(?P<word>[a-z]{2,}er) (?P<noun>[a-z]{3,})\b", re.IGNORECASE)
# A part of a thing that there may be, and how it may not be.
_BUT_NOT = re.compile(
    r"\b(?:with )?(?:an? )?(?P<part>[a-z]{3,}),? (?:but|just|only) not (?:(?:too|very|so|that|an?|overly) )*"
    r"(?P<word>[a-z]{3,})(?: ones?)?(?=\W*$|\W*[,.;!?]|\s+(?:and|but|please|in|for|under)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class TooFar:
    """The place of a word of degree among the tokens, and the values of a fact that go too far."""

    at: int
    word: str
    fact: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bound:
    """A value that others are held to: its place among the tokens, and the values on the wrong side of it.

    ``word`` is how those are, "too high".
    """

    start: int
    end: int
    word: str
    fact: str
    values: tuple[str, ...]


def bound_words(text: str) -> tuple[re.Match[str], ...]:
    """Where a message may begin a bound: "not higher than a", "longer than", "at most a"."""
    return tuple(_BOUND.finditer(text))


def bounds(
    matches: Iterable[re.Match[str]], mentions: Sequence[Mention], tokens: Sequence[Token], vocabulary: Vocabulary
) -> tuple[Bound, ...]:
    """What "not higher than a block heel" rules out: the higher heels, and not the block ones."""
    found = []
    for match in matches:
        mention = next((m for m in mentions if tokens[m.start].start == match.end()), None)
        name, ladder = _ladder(mention.sense.fact) if mention else ("", {})
        limit = _rung(mention.sense.values[0], ladder) if mention else None
        if mention is None or limit is None:
            continue
        fact, end = mention.sense.fact, mention.end
        rungs = {v: rung for v in vocabulary.facts[fact] if (rung := _rung(v, ladder)) is not None}
        # "Not higher" and "at most" rule out what is above, "higher" what is not.
        sign, kept = -1 if match["down"] else 1, bool(match["not"] or match["most"])
        out = tuple(v for v, rung in rungs.items() if ((rung - limit) * sign > 0) is kept)
        above, below = _BEYOND.get(name, ("long", "short"))
        names_it = end < len(tokens) and tokens[end].stem == stem(name)  # "block heel", be heels a kind of shoe
        if out and len(out) < len(rungs):
            word = f"too {above if (sign > 0) is kept else below}"
            found.append(Bound(mention.start, end + names_it, word, fact, out))
    return tuple(found)


def or_beyond(mentions: Iterable[Mention], tokens: Sequence[Token], vocabulary: Vocabulary) -> tuple[Mention, ...]:
    """The mentions, those that "or longer" follows with all that lies beyond them: "knee length or longer"."""
    found = []
    for mention in mentions:
        said = [token.text for token in tokens[mention.end : mention.end + 2]]
        sign = _OR_BEYOND.get(said[1], 0) if said[:1] == ["or"] and len(said) > 1 else 0
        ladder = _ladder(mention.sense.fact)[1]
        own = _rung(mention.sense.values[0], ladder)
        if sign and own is not None:
            rungs = {v: rung for v in vocabulary.facts[mention.sense.fact] if (rung := _rung(v, ladder)) is not None}
            beyond = tuple(v for v, rung in rungs.items() if rung * sign > own * sign)
            values = tuple(dict.fromkeys((*mention.sense.values, *beyond)))
            mention = Mention(replace(mention.sense, values=values), mention.start, mention.end + 2)
        found.append(mention)
    return tuple(found)


def beyond_words(mentions: Iterable[Mention], tokens: Sequence[Token]) -> dict[str, tuple[str, ...]]:
    """By fact, how the mentions say that what lies beyond them would do: "knee length or longer"."""
    found: dict[str, tuple[str, ...]] = {}
    for mention in mentions:
        *said, link, further = ["", "", *(token.text for token in tokens[mention.start : mention.end])]
        if link == "or" and any(said):
            name = mention.sense.fact.replace("_", " ")
            named = set(stems(name)) & set(map(stem, said))
            found[mention.sense.fact] = (" ".join(filter(None, (*said, "" if named else name, link, further))),)
    return found


def _ladder(fact: str) -> tuple[str, dict[str, int]]:
    names = set(stems(fact.replace("_", " ")))
    return next(((name, ladder) for name, ladder in LADDERS if stem(name) in names), ("", {}))


def _rung(value: str, ladder: Mapping[str, int]) -> int | None:
    """How far up a value is, None where its words do not tell."""
    return next((ladder[word] for word in re.findall(r"[a-z]+", value.lower()) if word in ladder), None)


def too_far(tokens: tuple[Token, ...], facts: Collection[str], vocabulary: Vocabulary) -> tuple[TooFar, ...]:
    """What "too short" or "not too short" rules out among the ``facts`` that records of the kind in hand hold."""
    found = []
    for at, token in enumerate(tokens):
        names, words = _TOO_FAR.get(token.text, ((), ()))
        if not names or not at or tokens[at - 1].text not in _TOO:
            continue
        beyond = {stem(word) for word in words} - set(map(stem, names))  # "fitted" is no "regular fit"
        for fact in facts:
            if not set(map(stem, names)) & set(stems(fact.replace("_", " "))):
                continue
            values = tuple(v for v in vocabulary.facts.get(fact, {}) if beyond & set(stems(v)) or _says(v, words))
            if values and len(values) < len(vocabulary.facts[fact]):
                found.append(TooFar(at, token.text, fact, values))
    return tuple(found)


def plain_parts(text: str, vocabulary: Vocabulary) -> str:
    """The text with "a heel but not high" as "not high heel", where the store knows a high heel."""

    def plain(match: re.Match[str]) -> str:
        phrase = f"{match['word']} {match['part']}"
        senses = (vocabulary.sense(phrase), *vocabulary.senses(stems(phrase)))
        known = any(sense is not None and sense.whole and not sense.is_type for sense in senses)
        return f"not {phrase}" if known else match.group()

    return _BUT_NOT.sub(plain, text)


def _says(value: str, words: Collection[str]) -> bool:
    return not set(words).isdisjoint(re.findall(r"[a-z]+", value.lower()))


def stepped_fact(word: str, facts: Iterable[str]) -> str:
    """The fact that a bare "shorter" or "higher" is about, of those that the kind in hand records; "" for none."""
    name, _ = _STEPS.get(word, ("", 0))
    return next((fact for fact in sorted(facts) if name and _ladder(fact)[0] == name), "")


def a_rung_on(word: str, fact: str, held: Iterable[str], values: Collection[str]) -> tuple[str, ...]:
    """The ``held`` values one rung beyond some values in the direction of "shorter" or "higher"; () past the end.

    >>> a_rung_on("shorter", "length", ("Mini", "Midi", "Maxi"), ("Midi", "Maxi"))
    ('Mini',)
    """
    (_, sign), (_, ladder) = _STEPS[word], _ladder(fact)
    own = [rung for value in values if (rung := _rung(value, ladder)) is not None]
    rungs = {value: rung for value in held if (rung := _rung(value, ladder)) is not None}
    if not own:
        return ()
    limit = max(rung * sign for rung in own)
    beyond = {value: rung * sign for value, rung in rungs.items() if rung * sign > limit}
    return tuple(value for value, rung in beyond.items() if rung == min(beyond.values()))


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
