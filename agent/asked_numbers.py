"""The numbers with a unit that a message says, and which way each goes: "at least 30 litres", "max weight 10 kg".

A bound may stand before the number, before the name of what is measured or behind both, and may be a comparative
("quieter than 85 dB"). Knows English and units; which other words are units and which name a fact it is told.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace

from agent.measure_words import HURRIED, LESS_THAN, MEASURING_VERBS, MINUTE, MORE_THAN, MORE_WANTED, UNITS
from agent.named_numbers import bounds
from agent.number_words import SPELT_NUMBER
from agent.spans import LENGTH, NUMBER, PEOPLE, Span, number_in
from agent.words import stem

EXACT = 0.03  # "27 inch" is met by what is at most this share off; 15.6 inch also counts as 15

ScaleOf = Callable[
    [str], tuple[str, float] | None
]  # a unit -> its scale and what one of it is there, None for no unit

_NUMBER = rf"(?:{NUMBER}|{SPELT_NUMBER})"
_MORE = rf"(?:{'|'.join(MORE_THAN)})"
_LESS = rf"(?:{'|'.join(LESS_THAN)})"
_HURRIED = rf"(?:{'|'.join(HURRIED)})"
_NAMED = r"(?: [a-z]+){0,2}?"  # "more power than", "longer battery life than"
_NOT = (
    r"(?:(?:no|not|nothing|never|without|\w+n['’]t)(?: (?:be|being|any|much|weigh\w*|tak\w*|cost\w*|us\w*|need\w*))?)"
)
# "A kilo" is a number only behind a bound: "less than half an hour".
_BOUND_BEFORE = "|".join(
    rf"(?<=\b{word} )" for word in ("than", "under", "over", "below", "above", "within", "least")
)
_COUNTED = "|".join(unit for unit in UNITS if len(unit) > 1 and unit.isalpha())
_ONE = rf"(?:{_BOUND_BEFORE})(?:half )?an?(?= (?:{_COUNTED})\b)"
_HALF = r"\s+and a half"
# One side of "160 x 90 cm" or "120 cm by 60 cm", but for the last.
_SIDE = rf"{NUMBER}\s*(?:(?:cm|mm|m|inch(?:es)?|ft|feet)\b|[\"″])?\s*(?:[x×]|by\b)\s*"
_EACH_SIDE = re.compile(rf"(?P<n>{NUMBER})\s*(?P<unit>[a-wyz]{{1,6}}(?=\s|x)|[\"″])?", re.IGNORECASE)
_ASKED = re.compile(
    rf"\b(?:(?P<least>at least|min(?:imum)?(?: of)?|{_NOT} (?:{_LESS}{_NAMED} than|under|below))\s+|"
    rf"(?P<most>at most|max(?:imum)?(?: of)?|up to|within|{_NOT} (?:{_MORE}{_NAMED} than|over|above))\s+|"
    rf"(?P<beyond>(?P<up>{_MORE}){_NAMED} than|over|above)\s+|"
    rf"(?P<below>(?P<down>{_LESS}){_NAMED} than|under|below)\s+|(?:(?P<hurried>{_HURRIED}) than)\s+|"
    r"(?P<between>between|from)\s+)?"
    rf"(?P<sides>(?:{_SIDE})*)(?P<a>{_NUMBER}|{_ONE})(?P<half>{_HALF})?(?:\s*(?:-|–|to|and|(?P<or>or))\s*(?P<b>{_NUMBER}))?"
    r"(?P<plus>\s*\+|\s+or more)?[\s-]*"
    rf"(?P<unit>[^\W\d_]+|°\s?C|\"|″|%)(?P<halves>{_HALF})?(?P<old>[\s-]old)?"
    rf"(?P<more>\s*(?:\+|or (?:{_MORE}|above|over)\b|and (?:up|above|more)\b|min(?:imum)?\b))?"
    rf"(?P<less>\s*(?:or (?:{_LESS}|under|below)\b|max(?:imum)?\b))?"
    # "13 inch is too small"; asked as a question it is no wish.
    r"(?:(?:\s+(?:of )?[a-z]+){0,2}?\s+(?:is|are|was|would be)"
    rf"(?: (?:just|way|far|much|a bit|a little|still|really))* too (?P<too>{'|'.join(MORE_WANTED)})\b(?![^.!?]*\?))?",
    re.IGNORECASE,
)
# "Max weight of", "minimum screen size:" before a number.
_BOUND_NAME = re.compile(
    r"\b(?:(?P<most>max(?:imum|imal)?|at most|up to)|(?P<least>min(?:imum|imal)?|at least))\b\.?"
    r"(?P<name>(?: [a-z]+){1,3}?)(?: (?:of|is|be|should be|at))*[\s:=]*$",
    re.IGNORECASE,
)
# "16 gb ram or more", "220 cm width max" behind a number.
_NAME_BOUND = re.compile(
    rf"(?P<name>(?: [a-z]+){{1,2}}?) (?:(?P<least>or (?:{_MORE}|above|over)|and (?:up|above|more)|min(?:imum)?)|"
    rf"(?P<most>or (?:{_LESS}|under|below)|max(?:imum)?))\b",
    re.IGNORECASE,
)
_SAID = {"": "", "least": "at least ", "most": "at most ", "beyond": "more than ", "below": "less than "}
_IN_NAMES = {"least": ("min", "minimum"), "most": ("max", "maximum")}
_VERB = re.compile(rf"\b(?P<verb>{'|'.join(MEASURING_VERBS)})\s+(?:(?:about|only|just|around) )?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asked:
    """One number of a message: which values meet it, and how it was said ("at least 30 litres").

    ``about`` are words of the names of facts that the verb before it tells of: "weighs" of a weight. ``sides`` are
    the numbers of "160 x 90 cm" one by one, ``fact`` that which a number is about where that is known. Of "2 or 3
    drawers" both ends are asked for and nothing ``between`` them.
    """

    low: float
    high: float
    scale: str
    words: str
    start: int
    end: int
    step: float = 1.0
    about: tuple[str, ...] = ()
    sides: tuple[Asked, ...] = ()
    fact: str = ""
    between: bool = True

    def met_by(self, span: Span) -> bool:
        """Whether a value lies in what was asked; an exact number also takes what it is commonly rounded to."""
        if not self.between:
            ends = (replace(self, low=end, high=end, between=True) for end in (self.low, self.high))
            return any(end.met_by(span) for end in ends)
        if self.low < self.high or span.low < span.high:
            return span.low <= self.high and span.high >= self.low
        near = abs(span.low - self.low) <= EXACT * max(span.low, self.low)
        written, wanted = span.low / span.step, self.low / self.step
        return near or (span.step == self.step and written % 1 > 0 and math.floor(written) == round(wanted, 6))


def asked_numbers(text: str, scale_of: ScaleOf, names: Collection[str]) -> Iterator[Asked]:
    """Every number of a message whose unit is known.

    ``names`` are the stems of words that name what is measured, and of whole names of facts.
    """
    for match in _ASKED.finditer(text):
        if asked := _asked(match, scale_of):
            yield _with_verb(_with_name(asked, match, names), text)


def _asked(match: re.Match[str], scale_of: ScaleOf) -> Asked | None:
    scale = scale_of(match["unit"])
    if scale is None or (match["b"] and " and " in match.group() and not (match["between"] or match["half"])):
        return None
    name, factor = scale
    low = (_number(match["a"]) + 0.5 * bool(match["half"] or match["halves"])) * factor
    high = number_in(match["b"]) * factor if match["b"] else low
    way, told = _way(match, name), match.string[match.start("a") : match.end("halves" if match["halves"] else "unit")]
    words = " ".join(match.group().split())
    if match["too"]:
        low, high = bounds(way, high if way == "beyond" else low)
        words = f"{'more' if way == 'beyond' else 'less'} than {told}"
    elif way in ("least", "most"):
        low, high = (low, math.inf) if way == "least" else (-math.inf, high)
    elif way:
        low, high = bounds(way, low)
        if re.search(r"\b(?:more|less|\w+er) [a-z ]+ than\b", words, re.IGNORECASE):  # "more power than 700 watts"
            words = f"{'more' if way == 'beyond' else 'less'} than {told}"
    words = f"for {words}" if name == PEOPLE and words[0].isdigit() else words
    asked = Asked(low, high, name, words, *match.span(), factor, between=not match["or"] or bool(way))
    return replace(asked, sides=_sides(asked, match, way, scale_of)) if match["sides"] and name == LENGTH else asked


def _sides(asked: Asked, match: re.Match[str], way: str, scale_of: ScaleOf) -> tuple[Asked, ...]:
    """The numbers of "at most 160 x 90 cm", each with the bound; one without a unit is told in that of the last."""
    found = [(side["n"], side["unit"] or match["unit"]) for side in _EACH_SIDE.finditer(match["sides"])]
    sides = []
    for number, unit in (*found, (match["a"], match["unit"])):
        scale, step = scale_of(unit) or (LENGTH, asked.step)
        low, high = bounds(way, number_in(number) * step) if way else (number_in(number) * step,) * 2
        sides.append(replace(asked, low=low, high=high, words=f"{_SAID[way]}{number} {unit}", scale=scale, step=step))
    return tuple(sides)


def _way(match: re.Match[str], scale: str) -> str:
    """Which way a number goes, "" for none: who is faster than ten minutes takes less of them."""
    if match["too"]:
        return "beyond" if MORE_WANTED[match["too"].lower()] else "below"
    if match["hurried"]:
        return "below" if HURRIED[match["hurried"].lower()] is (scale == MINUTE) else "beyond"
    if match["least"] or match["plus"] or match["more"]:
        return "least"
    if match["most"] or match["less"]:
        return "most"
    return "beyond" if match["beyond"] else "below" if match["below"] else ""


def _with_name(asked: Asked, match: re.Match[str], names: Collection[str]) -> Asked:
    """The number with the bound that the name of its fact stands between: "max weight 10 kg", "16 gb ram or more"."""
    if asked.low != asked.high:
        return asked
    text, told = match.string, match.string[match.start("a") : match.end("unit")]
    before, behind = _BOUND_NAME.search(text[: asked.start]), _NAME_BOUND.match(text, asked.end)
    for found in (before, behind):
        name = [stem(word) for word in found["name"].lower().split()] if found else []
        way = "least" if found and found["least"] else "most"
        own = any(" ".join((bound, *name)) in names for bound in _IN_NAMES[way])  # "max load 100 kg" of such a fact
        if found and set(name) <= set(names) and not own:
            low, high = bounds(way, asked.low)
            start, end = min(asked.start, found.start()), max(asked.end, found.end())
            return replace(asked, low=low, high=high, words=f"at {way} {told}", start=start, end=end)
    return asked


def _with_verb(asked: Asked, text: str) -> Asked:
    """The number with the verb that says what it measures: "weighs less than 300 g"."""
    found = _VERB.search(text[: asked.start])
    scales, names = MEASURING_VERBS[_of_verb(found["verb"])] if found else ((), ())
    if found is None or asked.scale not in scales:
        return asked
    return replace(asked, start=found.start(), about=names)


def _of_verb(said: str) -> str:
    return next(verb for verb in MEASURING_VERBS if re.fullmatch(verb, said, re.IGNORECASE))


def _number(written: str) -> float:
    if written.lower().startswith("half"):
        return 0.5
    return 1.0 if written.lower() in ("a", "an") else number_in(written)
