"""Numbers with a unit: what shoppers ask ("at least 30 litres", "for 2 people") against what records hold.

A store's values such as "9 litres", "15.6 inch", "2-person" or "3-8 years" are read once as spans on a scale; a
message's number is held against those of the fact that it can be about. Knows units and numbers, no state.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise

from agent.asked_numbers import Asked, asked_numbers
from agent.fact_names import core, name_stems
from agent.measure_words import (
    COMPARATIVES,
    DIMENSIONS,
    EXTREMES,
    LESS_IS_BETTER,
    OPPOSITES,
    SIDES,
    UNITS,
    WHOLE,
)
from agent.named_numbers import MoreOf, NamedBound, bounds, is_named, named_bounds
from agent.number_words import SPELT_NUMBER
from agent.own_numbers import own_numbers
from agent.prices import MOST_COUNTED
from agent.sided_numbers import sided_numbers
from agent.spans import LENGTH, NUMBER, PEOPLE, RATING, YEAR, Span, number_in, read_value
from agent.words import stem, stems

MOST_NUMBERS = 0.5  # a fact is a measure when at least this share of its values is
SHIPPED = "shipping_weight"  # what a thing weighs, where nothing else tells it
_ASKED_ALL_THE_SAME = (RATING, SHIPPED)  # nobody names a value of these, and yet asks for them in numbers
OWN = "own"  # the scale of what is no condition: "I am 6 feet tall"

_NUMBER = rf"(?:{NUMBER}|{SPELT_NUMBER})"
_GROUP = re.compile(
    rf"\b(?:(?:party|group|family|team|crowd|table) of (?P<a>{_NUMBER})|"
    rf"for (?:the )?(?P<b>{_NUMBER})(?: of us)?(?=\s*(?:[.,;!?]|then\b|please\b|now\b|and\b|$)))",
    re.IGNORECASE,
)


_FAR = 500  # a unit so many times larger or smaller is another thing's: nobody tells a depth of metres in mm
# "For a girl aged 9", "ages 4-6".
_AGED = re.compile(
    rf"\b(?:aged?|ages)\s+(?P<said>(?P<a>{_NUMBER})(?:\s*(?:-|–|to|and)\s*(?P<b>{_NUMBER}))?)(?![\w%]|[\s-]*(?:years?|months?|yrs?)\b)",
    re.IGNORECASE,
)
_RATED = re.compile(
    r"\b(?:rated|rating(?: of| is)?|scores?|reviews? of)\s+"
    r"(?:(?:at least|min|(?P<beyond>over|above|higher than|better than|more than))\s+)?"
    rf"(?P<n>{NUMBER})(?:\s*\+|\s+(?:or|and) (?:more|better|higher|above|up))?(?!\s*[\w%])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Compared:
    """Values of a fact beyond those of an item, and how that was asked: "lighter than 2.4 kg"."""

    fact: str
    values: tuple[str, ...]
    words: str


class Measures:
    """The facts of one store that hold numbers, and what they hold."""

    def __init__(self, facts: Mapping[str, Mapping[str, int]], silent: frozenset[str]) -> None:
        self._spans: dict[str, dict[str, Span]] = {}
        for fact, values in sorted(facts.items(), key=lambda held: held[0] == SHIPPED):
            spans = {value: span for value in values if (span := read_value(value, fact))}
            # Of sizes only those with a unit are measures, and a shop has them beside S and 42.
            many = fact == "size" or len(spans) >= MOST_NUMBERS * len(values)
            if (fact not in silent or fact in _ASKED_ALL_THE_SAME) and spans and many:
                self._spans[fact] = spans
        self._counts = {fact: facts[fact] for fact in self._spans}
        names = [name_stems(fact) for fact in self._spans]
        self._named_by = {*map(stem, DIMENSIONS), *chain.from_iterable(names), *map(" ".join, names)}

    @property
    def _of_age(self) -> tuple[str, ...]:
        """The facts that tell for what ages things are."""
        return tuple(fact for fact in self._spans if stem("age") in name_stems(fact))

    def ends_of(self, fact: str) -> tuple[str, str] | None:
        """The facts of the least and the most of what a fact is one end of: "min_players" and "max_players"."""
        for least, most in (("min", "max"), ("minimum", "maximum"), ("from", "to")):
            words = fact.split("_")
            if least in words or most in words:
                ends = ["_".join(end if word in (least, most) else word for word in words) for end in (least, most)]
                if all(end in self._spans for end in ends):
                    return ends[0], ends[1]
        return None

    def between(self, ends: tuple[str, str], asked: Asked) -> dict[str, tuple[str, ...]]:
        """The values of both ends between which a number lies: what 2 to 6 can play is a game for four."""
        least, most = (self._spans[end] for end in ends)
        return {
            ends[0]: tuple(value for value, span in least.items() if span.low <= asked.high),
            ends[1]: tuple(value for value, span in most.items() if span.high >= asked.low),
        }

    def refused(self, fact: str, asked: Asked) -> dict[str, tuple[str, ...]]:
        """The values of a fact that a refused number rules out; of two ends, those that rule out the fewest things.

        What is no game for two needs three or more, or is for one alone; a record cannot be held to either.
        """
        ends = self.ends_of(fact)
        if ends is None:
            return {fact: self.meeting(fact, asked)}
        sides = self.between(ends, asked)
        counts = {end: sum(self._counts[end][value] for value in values) for end, values in sides.items()}
        end = min(sides, key=lambda each: counts[each])
        return {end: sides[end]}

    def holds(self, fact: str) -> bool:
        """Whether a fact's values are numbers with a unit."""
        return fact in self._spans

    def counting(self, unit: str) -> list[str]:
        """The facts that are counted in what a unit counts ("ml"), [] for a word that is no unit."""
        scale = self._scale(unit)
        return [
            fact for fact, spans in self._spans.items() if scale and any(s.scale == scale[0] for s in spans.values())
        ]

    def asked(self, text: str) -> tuple[Asked, ...]:
        """Every number of a message whose unit this store or the language knows, none of money."""
        found = [Asked(0, 0, OWN, text[start:end], start, end) for start, end in own_numbers(text)]
        rest = "".join(" " if any(own.start <= at < own.end for own in found) else c for at, c in enumerate(text))
        found += asked_numbers(rest, self._scale, self._named_by)
        for m in _GROUP.finditer(text):
            number = number_in(m["a"] or m["b"])
            if number <= MOST_COUNTED and not any(asked.start < m.end() and m.start() < asked.end for asked in found):
                found.append(
                    Asked(
                        number, number, PEOPLE, f"for {number:g} {'person' if number == 1 else 'people'}", *m.span()
                    )
                )
        for m in _RATED.finditer(text) if RATING in self._spans else ():
            number = float(m["n"].replace(",", "."))
            words = f"a rating above {number:g}" if m["beyond"] else f"a rating of {number:g} or more"
            low = math.nextafter(number, math.inf) if m["beyond"] else number
            found.append(Asked(low, math.inf, stem(RATING), words, *m.span()))
        for m in _AGED.finditer(text) if self._of_age else ():
            if not any(asked.start < m.end() and m.start() < asked.end for asked in found):
                low, high = number_in(m["a"]), number_in(m["b"] or m["a"])
                found.append(Asked(low, high, YEAR, f"{m['said']} year old", *m.span()))
        for bound in (*sided_numbers(text, self.named), *named_bounds(text, self.named)):
            if not any(asked.start < bound.end and bound.start < asked.end for asked in found):
                found.append(self._bounded(bound, bound.words or " ".join(text[bound.start : bound.end].split())))
        return tuple(sorted(found, key=lambda asked: asked.start))

    @property
    def named(self) -> tuple[str, ...]:
        """The facts of which a bound or "more" may be said by their names; ratings and sizes have their own words."""
        return tuple(fact for fact in self._spans if fact not in (RATING, "size"))

    def _bounded(self, bound: NamedBound, words: str) -> Asked:
        """A bound in the unit in which most values of its fact are told."""
        spans = self._spans[bound.fact].values()
        scale, step = Counter((span.scale, span.step) for span in spans).most_common(1)[0][0]
        low, high = bounds(bound.way, number_in(bound.number) * step)
        return Asked(low, high, scale, words, bound.start, bound.end, step, about=core(bound.fact))

    def side_by_side(self, asked: Asked, held: Mapping[str, Iterable[str]]) -> tuple[Asked, ...]:
        """The numbers of "160 x 90 cm", each of a side of its own in the order of the catalog; else the number."""
        sides = [
            fact
            for fact, spans in self._spans.items()
            if set(core(fact)) & SIDES
            and set(core(fact)) <= SIDES | WHOLE
            and any(spans[value].scale == LENGTH for value in held.get(fact, ()) if value in spans)
        ]
        if not 0 < len(asked.sides) <= len(sides):
            return (asked,)
        return tuple(
            replace(part, fact=fact, words=f"a {fact.replace('_', ' ')} of {part.words}")
            for part, fact in zip(asked.sides, sides, strict=False)
        )

    def facts_for(
        self, asked: Asked, text: str, held: Mapping[str, Iterable[str]], measured: Collection[str] = ()
    ) -> tuple[str, ...]:
        """The facts that a number can be about, of those ``held`` with their values.

        One that is named comes first, then those that are ``measured`` already.

        What a tent sleeps is its capacity, and so are the litres of a pot: "for 4 people" asks for no pot.
        """
        if asked.fact:
            return (asked.fact,)
        fitting = [
            fact
            for fact, spans in self._spans.items()
            if any(spans[value].scale == asked.scale for value in held.get(fact, ()) if value in spans)
        ]
        if asked.words.endswith("old"):  # how old somebody is says nothing of a warranty in years
            fitting = [fact for fact in fitting if fact in self._of_age]
        named = {fact for fact in fitting if is_named(fact, text)}
        told = _dimension(asked, text)
        meant = [fact for fact in fitting if told & set(stems(fact.replace("_", " ")))]
        if meant:  # "not deeper than 30 cm", "180 cm tall" are of no other side
            return tuple(meant)
        near = [fact for fact in fitting if fact in named or self._near(asked, fact, held[fact])]
        return tuple(sorted(near, key=lambda fact: (fact not in named, fact not in measured)))

    def _near(self, asked: Asked, fact: str, values: Iterable[str]) -> bool:
        """Whether some of these values are lengths told in a unit as large as that of a number, or no lengths."""
        steps = [
            span.step for value in values if (span := self._spans[fact].get(value)) and span.scale == asked.scale
        ]
        return asked.scale != LENGTH or any(1 / _FAR < asked.step / step < _FAR for step in steps)

    def meeting(self, fact: str, asked: Asked) -> tuple[str, ...]:
        """The values of a fact that meet a number."""
        spans = self._spans.get(fact, {})
        if _grows(fact) and asked.low == asked.high:  # resistant to 50 m: more is as good
            asked = replace(asked, high=math.inf)
        met = tuple(v for v, span in spans.items() if span.scale == asked.scale and asked.met_by(span))
        if met or asked.scale != PEOPLE or asked.low < asked.high:
            return met
        larger = {v: s.low for v, s in spans.items() if s.scale == PEOPLE and s.low > asked.low}
        return tuple(v for v, low in larger.items() if low == min(larger.values()))  # three fit into a tent for four

    def compared(self, word: str, values: Mapping[str, Sequence[str]], recorded: frozenset[str]) -> Compared | None:
        """ "Lighter" than an item with these values; None where that item or kind has no such number."""
        for fact in self._spans:
            if fact in recorded and is_about(word, fact) and (beyond := self._beyond(word, fact, values)):
                return beyond
        return None

    def compared_by_name(self, more: MoreOf, values: Mapping[str, Sequence[str]]) -> Compared | None:
        """ "More storage" than an item with these values; None where that item has no such number."""
        return self._beyond(more.word, more.fact, values, more.up)

    def _beyond(
        self, word: str, fact: str, values: Mapping[str, Sequence[str]], up: bool | None = None
    ) -> Compared | None:
        spans = self._spans[fact]
        more = COMPARATIVES[word.lower()][1] if up is None else up
        own = next((spans[value] for value in values.get(fact, ()) if value in spans), None)
        if own is None:
            return None
        alike = {value: span.low for value, span in spans.items() if span.scale == own.scale}
        beyond = [value for value, low in alike.items() if (low > own.low if more else low < own.low)]
        return Compared(fact, tuple(beyond), f"{word.lower()} than {values[fact][0]}")

    def furthest(
        self, word: str, about: Collection[str], things: Sequence[Mapping[str, Sequence[str]]]
    ) -> tuple[str, list[int]] | None:
        """The fact that "lighter", "longest" or "best" is about, and which of some things have most or least of it.

        ``about`` are words beside it that may name the fact ("longest battery"); things are given by their facts.
        None where not all of them record such a number.
        """
        names, up = COMPARATIVES.get(re.sub(r"est$", "er", word.lower()), ((), EXTREMES.get(word.lower(), True)))
        if not names and word.lower() not in EXTREMES:
            return None
        for wanted in ([other for other in about if other != word], names):
            for fact, spans in self._spans.items():
                called = set(stems(fact.replace("_", " ")))
                if not called & {stem for name in wanted for stem in stems(name)}:
                    continue
                most = up is not (word.lower() in ("best", "worst") and bool(called & LESS_IS_BETTER))
                own = [[spans[v].low for v in thing.get(fact, ()) if v in spans] for thing in things]
                if all(own):
                    best = max(max(each) for each in own) if most else min(min(each) for each in own)
                    return fact, [at for at, each in enumerate(own) if best in each]
        return None

    def comparatives(self, words: Sequence[str]) -> list[tuple[int, str]]:
        """Which of these words ask for more or less of something measurable: "lighter", "too heavy", "less bulky"."""
        found = [(at, word.lower()) for at, word in enumerate(words) if word.lower() in COMPARATIVES]
        for at, (before, word) in enumerate(pairwise(words), 1):
            if before.lower() in ("too", "less") and word.lower() in OPPOSITES:
                found.append((at, OPPOSITES[word.lower()]))
        return found

    def _scale(self, unit: str) -> tuple[str, float] | None:
        """The scale of a unit: one that the language knows, or the last word of a counting fact ("wheels")."""
        known = UNITS.get(unit.lower()) or UNITS.get(stem(unit))
        if known:
            return known
        counted = any(span.scale == stem(unit) for spans in self._spans.values() for span in spans.values())
        return (stem(unit), 1.0) if counted else None


def is_about(word: str, fact: str) -> bool:
    """Whether a comparative is about what a fact measures: "lighter" about a weight."""
    names, _ = COMPARATIVES.get(word.lower(), ((), True))
    return not set(map(stem, names)).isdisjoint(stems(fact.replace("_", " ")))


def _dimension(asked: Asked, text: str) -> set[str]:
    """Stems of the names of what a number measures by the words that it is said with: "180 cm tall"."""
    behind = re.match(r"\s*(?:in )?(?P<side>[a-z]+)", text[asked.end :], re.IGNORECASE)
    names = DIMENSIONS.get(behind["side"].lower(), ()) if behind else ()
    compared = re.search(r"(?P<side>[a-z]+er) than\b", asked.words, re.IGNORECASE)
    names += DIMENSIONS.get(compared["side"].lower(), ()) if compared else ()
    names += asked.about
    return set(map(stem, names))


def extremes(text: str) -> list[str]:
    """The superlatives of a message that are about what is named beside them: "best", "least"."""
    return [word for word in re.findall(r"[a-z]+", text.lower()) if word in EXTREMES]


def _grows(fact: str) -> bool:
    return fact == RATING or "resist" in stems(fact.replace("_", " "))
