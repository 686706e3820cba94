"""The store's own words: which facts and values a phrase of the shopper can mean.

Built once per store from the facts that its items hold, so an imported catalog is understood without any
configuration: a column "warp" with the value "slub" makes "slub" a word. General English (synonyms, colour
families, broader words) only bridges from what people say to what this store holds.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from agent.fact_names import core
from agent.having import denies_part, having, having_some
from agent.materials import IMITATION, narrower
from agent.measures import Measures
from agent.neighbours import AMOUNTS, settled
from agent.part_words import part_words
from agent.purposes import other_words
from agent.rungs import on_rungs
from agent.shopping_words import (
    BASIC_COLOURS,
    BROADER,
    COLOUR_FAMILY,
    MATERIAL_FAMILY,
    RECIPIENTS,
    SILENT_FACTS,
    SYNONYMS,
)
from agent.spans import read_value
from agent.type_words import Stems, TypeWords
from agent.value_words import (
    brand_is_meant,
    compounds,
    ends_compound,
    free_of,
    is_number,
    only_ranks,
    part_of,
    prone_to,
    speakable,
    with_fact,
)
from agent.values import NO, NONE, YES, yes_values
from agent.words import Token, stem, stems

FactValues = Mapping[str, Mapping[str, int]]  # fact name -> value as written -> number of items

MAX_VALUES = 400  # a fact with more distinct values than this is free text, not a choice
MAX_WORDS = 4
_BOYS, _GIRLS = frozenset((stem("boy"),)), frozenset((stem("girl"),))
# When a phrase could be a value of several facts, the earlier fact wins.
_FACT_ORDER = ("category", "product_type", "color", "material", "pattern", "size", "gender")


@dataclass(frozen=True, slots=True)
class Sense:
    """One meaning of a phrase: ``values`` to include when it is wanted, ``wide`` to exclude when it is not.

    The two differ on purpose: "blue" wants what the shop calls blue, "no blue" must also keep navy out.
    """

    fact: str
    values: tuple[str, ...]
    wide: tuple[str, ...] = ()
    whole: bool = True  # the phrase is a value, not only a word of one ("laptop" of "15-inch laptop")
    lacks: bool = False  # the values are free of what the phrase names: refusing "silicone" wants "silicone-free"

    @property
    def is_type(self) -> bool:
        """Whether this names a kind of product rather than a property of one."""
        return self.fact in ("category", "product_type")


@dataclass(frozen=True, slots=True)
class Mention:
    """A phrase of the message that the store knows; token positions ``start`` (in) to ``end`` (out)."""

    sense: Sense
    start: int
    end: int


def is_colour(fact: str) -> bool:
    """Whether a fact holds colours, by its name ("color", "base_colour", ...)."""
    return "color" in fact or "colour" in fact


def in_number(sense: Sense | None, text: str) -> Sense | None:
    """Of the values that share a word those with a number of the message: a 15 inch laptop fits in no 13-inch bag."""
    if sense is None or sense.whole:
        return sense
    said = set(re.findall(r"\d+", text))
    values = tuple(value for value in sense.values if said & set(re.findall(r"\d+", value)))
    return replace(sense, values=values) if values else sense


class Vocabulary:
    """Phrases (as stems) of one store and what they mean."""

    def __init__(self, facts: FactValues) -> None:
        self.facts = facts
        self.measures = Measures(facts, SILENT_FACTS)
        self._fact_names = {stems(fact.replace("_", " ")) for fact in facts if "_" in fact}
        self._senses: dict[Stems, Sense] = {}
        self._values: dict[Stems, list[Sense]] = defaultdict(list)  # of whole values, in every fact that has it
        self._brands: dict[Stems, Sense] = {}
        for fact in self._choice_facts():
            self._add_fact(fact)
        self._add_colour_families()
        self._add_material_families()
        for phrase, (fact, values) in on_rungs(facts).items():
            self._senses.setdefault(phrase, Sense(fact, values, values))
        self._add_recipients()
        self._add_brands()
        self._senses.update({key: self._kind(*kind) for key, kind in TypeWords(facts).meanings.items()})
        self._senses.update(other_words(self._senses) | part_words(self._senses))
        keys = (*self._senses, *self._brands, *self._fact_names)
        self._longest = max((len(key) for key in keys), default=1)

    def mentions(self, tokens: Sequence[Token], text: str = "") -> list[Mention]:
        """Every known phrase in a message, longest first from the left, none overlapping.

        ``text`` is the message as typed: a brand that is also a plain word counts only with its capital.
        """
        found: list[Mention] = []
        at = 0
        while at < len(tokens):
            mention = self._mention_at(tokens, at, text)
            named = self._fact_named_at(tokens, at)
            if mention and mention.end - at >= named:
                found.append(mention)
                at = mention.end
            else:
                at += max(1, named)  # "water resistance" names a fact and is nothing about water
        return settled([m for m in found if not ends_compound(tokens, m.start, text)], tokens, self._senses)

    def words(self) -> set[str]:
        """The plain words of types and values, for correcting typing mistakes."""
        phrases = [*self.facts.get("category", {}), *self.facts.get("product_type", {}), *BASIC_COLOURS]
        phrases += [word for group in SYNONYMS for word in group if self.sense(word)]
        phrases += [value for fact in self._choice_facts() for value in self.facts[fact] if len(value) < 30]
        phrases += [word for word in (*BROADER, *COLOUR_FAMILY) if self.sense(word)]
        singles = {word for phrase in phrases for word in re.findall(r"[a-z]+", phrase.lower())}
        return singles | {word.removesuffix("s") for word in singles if not word.endswith("ss")}

    def part(self, name: str) -> Sense | None:
        """A part of things by the stem of its fact's name ("heel"): the values that have it, not the flat ones."""
        for fact, values in self.facts.items():
            parts = having_some(values) if self.measures.holds(fact) else having(values)
            if stems(fact) == (name,) and parts and fact not in SILENT_FACTS:
                return Sense(fact, parts, parts)
        return None

    def sense(self, phrase: str) -> Sense | None:
        """What a phrase means in this store, None when nothing."""
        return self._senses.get(stems(phrase)) or self._brands.get(stems(phrase))

    def names_value(self, text: str) -> bool:
        """Whether all that a message says is a value with a number in it, which is no amount of money: "4k"."""
        key = stems(text)
        return any(sense.whole and any(not word.isdigit() for word in key) for sense in self._values.get(key, ()))

    def senses(self, phrase: Stems) -> tuple[Sense, ...]:
        """What a phrase means in each fact that has it as a value: "round" is a shape and a toe; () if none has."""
        return tuple(self._values.get(phrase, ()))

    @property
    def categories(self) -> tuple[str, ...]:
        """The store's narrowest product types."""
        return tuple(self.facts.get("category", {}))

    def recipient(self, word: str) -> Sense | None:
        """Whom an item is for ("wife", "men"), in this store's words.

        Of several facts that tell it, the one that tells it of most items: some shops mark the gender of their
        bags only and have departments for everything else.
        """
        wanted = {stem(w) for w in RECIPIENTS.get(stem(word), RECIPIENTS.get(word.lower(), ()))}
        sexes = wanted & (_BOYS | _GIRLS)  # a daughter is a kid, and no boy
        others = (_BOYS | _GIRLS) - sexes if len(sexes) == 1 else frozenset[str]()
        found: list[tuple[int, Sense]] = []
        for fact in ("gender", "age_group", "department", "product_type"):
            held = self.facts.get(fact, {})
            values = tuple(v for v in held if wanted & set(stems(v)) and not others & set(stems(v)) and ">" not in v)
            either = tuple(v for v in held if v.lower() == "unisex")
            if values:
                found.append((sum(held[v] for v in values), Sense(fact, values + either, values)))
        return max(found, key=lambda pair: pair[0])[1] if found else None

    def _mention_at(self, tokens: Sequence[Token], at: int, text: str) -> Mention | None:
        for length in range(min(self._longest, len(tokens) - at), 0, -1):
            words = tokens[at : at + length]
            if any(not token.text[0].isalnum() for token in words):
                continue
            key = tuple(token.stem for token in words)
            sense = self._senses.get(key)
            if sense is None and key in self._brands and brand_is_meant(words, tokens[:at], text):
                sense = self._brands[key]
            if sense is not None:
                return Mention(sense, at, at + length)
        return None

    def _fact_named_at(self, tokens: Sequence[Token], at: int) -> int:
        """How many words from here on are the name of a fact of two or more words, 0 when none are."""
        lengths = range(min(self._longest, len(tokens) - at), 1, -1)
        return next((n for n in lengths if tuple(t.stem for t in tokens[at : at + n]) in self._fact_names), 0)

    def _choice_facts(self) -> list[str]:
        named = [f for f in self.facts if f not in SILENT_FACTS and f not in ("brand", "category", "product_type")]
        named = [f for f in named if len(self.facts[f]) <= MAX_VALUES]
        order = {fact: place for place, fact in enumerate(_FACT_ORDER)}
        return sorted(named, key=lambda fact: (order.get(fact, 99), fact))

    def _add_fact(self, fact: str) -> None:
        values = [v for v in self.facts[fact] if len(stems(v)) <= MAX_WORDS and not denies_part(v)]
        if yes := yes_values(values):
            self._add_switch(fact, yes)
            return
        by_phrase: dict[Stems, list[str]] = defaultdict(list)
        by_word: dict[Stems, list[str]] = defaultdict(list)
        for value in values:
            key = stems(value)
            number = is_number(key) and (fact != "size" or all(word.isdigit() for word in key))
            if not key or value.lower() in YES | NO | NONE or number:
                continue
            by_phrase[key].append(value)
            if key[0] == "with" and key[1:]:
                by_phrase[key[1:]].append(value)
            if fact != "size":
                by_phrase[with_fact(key, fact)].append(value)
                if part := part_of(fact):
                    by_phrase[(*key, part)].append(value)
                for word in () if read_value(value, fact) or free_of(key) else key:
                    if word not in AMOUNTS:
                        by_word[(word,)].append(value)
                for compound in compounds(value):
                    by_word[compound].append(value)
        spelt = {value: f" {' '.join(stems(value))} " for value in values}
        for key, same in by_phrase.items():
            holding = by_word.get(key) or [v for v in values if f" {' '.join(key)} " in spelt[v]]
            sense = _sense(fact, key, same, holding)
            self._values[key].append(replace(sense, wide=(*sense.wide, *narrower(fact, key[0], values))))
        for key in (*by_phrase, *by_word):
            if key not in by_phrase and only_ranks(key[0], fact, by_word[key]):
                continue
            if speakable(key, fact, by_phrase.get(key, ())) and self._says_more(fact, key, by_phrase):
                self._senses[key] = self._values[key][-1] if key in by_phrase else _sense(fact, key, [], by_word[key])
        self._add_lacking(by_phrase, fact)

    def _says_more(self, fact: str, key: Stems, values: Mapping[Stems, Sequence[str]]) -> bool:
        """Whether a phrase is rather of this fact than of those before: a value, and said of more items.

        "Formal" is a usage before it is a word of "Formal Wear", or an occasion that few records have.
        """
        known = self._senses.get(key)
        if known is None:
            return True
        if known.fact in _FACT_ORDER or key not in values:
            return False
        return not known.whole or self._told(fact, values[key]) > self._told(known.fact, known.values)

    def _told(self, fact: str, values: Iterable[str]) -> int:
        return sum(self.facts[fact][value] for value in values)

    def _add_switch(self, fact: str, yes: tuple[str, ...]) -> None:
        key = stems(fact.replace("_", " "))
        if key and speakable(key, fact):
            for phrase in filter(None, (key, core(fact), prone_to(key))):
                self._senses.setdefault(phrase, Sense(fact, yes, yes))
            self._add_lacking({key: yes}, fact)

    def _add_lacking(self, phrases: Mapping[Stems, Sequence[str]], fact: str) -> None:
        """ "Silicone" in a shop that says "silicone-free" of things, where it names nothing else."""
        for key, values in phrases.items():
            lacking = free_of(key)
            if lacking and speakable(lacking, fact):
                self._senses.setdefault(lacking, Sense(fact, tuple(values), whole=False, lacks=True))

    def _add_colour_families(self) -> None:
        """Basic colours and their shades, for the store's first colour fact ("color" before "color_family")."""
        fact = next((name for name in self._choice_facts() if is_colour(name)), "")
        values = self.facts.get(fact, {})
        families: dict[str, list[str]] = defaultdict(list)
        for value in values:
            for word in re.findall(r"[a-z]+", value.lower()):
                if word in COLOUR_FAMILY:
                    families[COLOUR_FAMILY[word]].append(value)
        for family in {*families, *BASIC_COLOURS}:
            named = self._senses.get((stem(family),))
            own = named if named and named.fact == fact else None  # the gold case of a watch is no colour of things
            wide = tuple(dict.fromkeys([*(own.wide if own else ()), *families[family]]))
            if wide:
                self._senses[(stem(family),)] = Sense(fact, own.values if own else wide, wide)
        for word, family in COLOUR_FAMILY.items():  # "crimson" in a shop that only says "Red"
            basic = self._senses.get((stem(family),))
            if (stem(word),) not in self._senses and basic is not None and basic.fact == fact:
                self._senses[(stem(word),)] = basic
        if (stem("grey"),) in self._senses:
            self._senses.setdefault((stem("gray"),), self._senses[(stem("grey"),)])

    def _add_material_families(self) -> None:
        """ "Wood" in a shop that says "Oak" and "Walnut"."""
        for family, members in MATERIAL_FAMILY.items():
            held = {stem(member) for member in members}
            for fact in sorted(
                self.facts, key=lambda name: name == "material"
            ):  # the plain one counts where none is told
                values = tuple(v for v in self.facts[fact] if held & set(stems(v))) if "material" in fact else ()
                if values:
                    self._senses[(stem(family),)] = Sense(fact, values, values)
                    self._values[(stem(family),)].append(Sense(fact, values, values))

    def _kind(self, fact: str, kinds: tuple[str, ...]) -> Sense:
        """A kind of product; by its narrowest types where it stands below a type that tells for whom things are.

        Else "tops" and "for women" would ask for two values of one fact, and either would do.
        """
        people = {value for sense in self._senses.values() if sense.fact == fact for value in sense.wide}
        if fact == "product_type" and people:
            paths = [[level.strip() for level in path.split(">")] for path in self.facts[fact]]
            below = [path for path in paths if len(path) > 1 and set(kinds) & set(path)]
            if any(people & set(path) for path in below):
                fact, kinds = "category", tuple(dict.fromkeys(path[-1] for path in below))
        return Sense(fact, kinds, kinds)

    def _add_recipients(self) -> None:
        for word in RECIPIENTS:
            sense = self.recipient(word)
            if sense:
                self._senses[(stem(word),)] = sense

    def _add_brands(self) -> None:
        for brand in self.facts.get("brand", {}):
            if stems(brand):
                self._brands.setdefault(stems(brand), Sense("brand", (brand,), (brand,)))


def _sense(fact: str, key: Stems, exact: Sequence[str], containing: Sequence[str]) -> Sense:
    """Wanted: the value itself, with shades of a colour and blends of a material; unwanted: all that contain it."""
    wide = tuple(dict.fromkeys([*exact, *containing]))
    if is_colour(fact) or fact == "material":
        imitates = key[0] in IMITATION
        values = tuple(v for v in wide if imitates or v in exact or not IMITATION & set(stems(v)))
    else:
        values = tuple(dict.fromkeys(exact)) or wide
    return Sense(fact, values or wide, wide, whole=bool(exact))
