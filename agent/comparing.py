"""Comparatives that no number answers: "something darker", "warmer", "too bright"; "light blue" and "dark colours".

What a shop measures in numbers comes first (``agent/measures.py``); here are colours, which are lighter or brighter
than those in hand, and seasons and climates, which are warmer. What no record tells stays a word of the message.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import zip_longest

from agent.degrees import a_rung_on, stepped_fact
from agent.reading import Reading
from agent.shades import Tone, family, in_palette, not_darker, not_lighter, palettes, toned
from agent.state import DialogueState
from agent.utterance import Utterance, Values
from agent.values import union
from agent.vocabulary import Mention, Vocabulary, is_colour
from agent.wording import listing
from agent.words import stem, stems
from store.schemas import Item

_TONES: Mapping[str, Tone] = {
    "lighter": Tone.LIGHTER, "paler": Tone.LIGHTER, "darker": Tone.DARKER, "deeper": Tone.DARKER,
    "brighter": Tone.BRIGHTER, "bolder": Tone.BRIGHTER, "colourful": Tone.BRIGHTER, "colorful": Tone.BRIGHTER,
    "duller": Tone.DULLER, "subtler": Tone.DULLER, "muted": Tone.DULLER,
}  # fmt: skip
_TOO: Mapping[str, Tone] = {
    "dark": Tone.LIGHTER, "light": Tone.DARKER, "pale": Tone.DARKER, "bright": Tone.DULLER, "loud": Tone.DULLER,
    "flashy": Tone.DULLER, "dull": Tone.BRIGHTER, "boring": Tone.BRIGHTER,
}  # fmt: skip
# A comparative of warmth -> words in the values of seasons and climates that such things are for.
_WARMTH: Mapping[str, tuple[str, ...]] = {
    "warmer": ("winter", "wintry", "cold", "autumn", "fall"), "cosier": ("winter", "wintry", "cold"),
    "cooler": ("summer", "hot", "warm"), "airier": ("summer", "hot", "warm"),
}  # fmt: skip
_FELT = {"warm": "warmer", "cosy": "cosier", "cozy": "cosier", "cool": "cooler", "airy": "airier"}
_GOES_ON = ("than", "sleeve", "sleeves")  # after these a comparative is about something else
_WEATHER = frozenset(map(stem, ("season", "climate", "weather")))
_DAYS = frozenset(map(stem, ("day", "night", "evening", "morning", "country", "place", "region", "temperature")))
_SHADES: Mapping[str, Callable[[Iterable[str], str], tuple[str, ...]]] = {
    "light": not_darker,
    "pale": not_darker,
    "dark": not_lighter,
    "deep": not_lighter,
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """The utterance with what was compared, and the words that are answered by that."""

    said: Utterance
    answered: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Palette:
    """Colours that are wanted and refused as light, dark ... ones, how the wish is told, and the words of both."""

    wanted: Values
    refused: Values
    measured: Values
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Steps:
    """What bare comparatives of ordered values ask for, their words, and how it is said where nothing is beyond."""

    wanted: Values
    words: frozenset[str]
    past: tuple[str, ...] = ()


class ComparingReader:
    """Reads comparatives in one store.

    ``recorded`` gives the facts that records of a type fact's values hold, ``held`` the values of one of them.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        get_item: Callable[[str], Item],
        recorded: Callable[[str, tuple[str, ...]], frozenset[str]],
        held: Callable[[str, str, tuple[str, ...]], tuple[str, ...]],
    ) -> None:
        self._vocabulary = vocabulary
        self._get_item = get_item
        self._recorded = recorded
        self._held = held

    def read(self, reading: Reading, said: Utterance, state: DialogueState) -> Comparison:
        """What the comparatives of a message ask for beside its other words."""
        found: dict[str, tuple[str, ...]] = {}
        spoken = [token.text for token in reading.tokens]
        measured = self._vocabulary.measures.comparatives(spoken) if said.measured else []
        words = {spoken[at] for at, _ in measured}
        if state.cards and not said.type_values and not said.measured:
            for at, token in enumerate(reading.tokens):
                if reading.points_at(token.start):
                    continue
                asked = self._tone(reading, at, said, state) or self._warmth(token.text, state)
                found.update(asked)
                words |= {token.text} if asked else set()
        steps = self._steps(reading, said, state)
        found.update({fact: values for fact, values in steps.wanted.items() if values})
        words |= steps.words
        palette = self._palette(reading, said, state)
        found.update(palette.wanted)
        found.update(self._felt(reading, said))
        shades, answered = self._shades(reading, said), frozenset(words | palette.words)
        doubled = set[str]()
        if shades:  # "dark" of "dark green" says nothing more, be it a value of another fact
            doubled = {m.sense.fact for m in reading.mentions if self._shaded(reading, m.end)} - {*shades}
        return Comparison(
            replace(
                said,
                include={**{f: v for f, v in said.include.items() if f not in doubled}, **found, **shades},
                exclude=union({f: v for f, v in said.exclude.items() if f not in found}, palette.refused),
                exclude_words=tuple(word for word in said.exclude_words if word not in palette.words),
                measured={**said.measured, **palette.measured},
                unanswered=(*(word for word in said.unanswered if word not in answered), *steps.past),
            ),
            answered,
        )

    def _steps(self, reading: Reading, said: Utterance, state: DialogueState) -> _Steps:
        """ "Shorter, please": the next rung of lengths, seen from the item pointed at or from what is in force."""
        need, wanted, words, past = state.need, dict[str, tuple[str, ...]](), set[str](), list[str]()
        if not state.cards or said.measured or not set(said.type_values) <= set(need.type_values):
            return _Steps({}, frozenset())
        recorded = self._recorded(need.type_fact, need.type_values)
        for token, after in zip_longest(reading.tokens, reading.tokens[1:]):
            fact = stepped_fact(token.text, recorded)
            if not fact or fact in said.include or (after is not None and after.text in _GOES_ON):
                continue
            own, all_so = self._in_hand(fact, reading, state)
            if not own:
                continue
            values = a_rung_on(token.text, fact, self._held(fact, need.type_fact, need.type_values), own)
            values = values or (() if all_so else own)
            wanted[fact] = values
            words.add(token.text)
            past += [] if values else [f"{token.text} than {own[0].lower()}"]
        return _Steps(wanted, frozenset(words), tuple(past))

    def _in_hand(self, fact: str, reading: Reading, state: DialogueState) -> tuple[tuple[str, ...], bool]:
        """The values from which a comparative goes on, and whether all in hand is so.

        They are those of the item meant, else those in force, else that of most cards.
        """
        pointed = [ref.item_id for ref in reading.strong] or [i for i in (state.talked_about,) if i]
        if own := [value for item_id in pointed[:1] for value in self._get_item(item_id).values(fact)]:
            return tuple(own), True
        if fact in state.need.include:
            return state.need.include[fact], True
        shown = Counter(value for item_id in state.cards for value in self._get_item(item_id).values(fact))
        return tuple(value for value, _ in shown.most_common(1)), len(shown) < 2

    def _tone(self, reading: Reading, at: int, said: Utterance, state: DialogueState) -> Values:
        """The colours that "darker" or "too light" asks for; nothing where the kind in hand has none on record."""
        word, before = reading.tokens[at].text, reading.tokens[at - 1].text if at else ""
        tone = _TOO.get(word) if before == "too" else _TONES.get(word)
        tone = Tone.DULLER if before == "less" and tone is Tone.BRIGHTER else tone
        fact = next((f for f in said.include if is_colour(f)), "") or self._colour_fact(state)
        if tone is None or not fact:
            return {}
        pointed = [ref.item_id for ref in reading.strong] or [i for i in (state.talked_about,) if i]
        own = [colour for item_id in pointed[:1] for colour in self._get_item(item_id).values(fact)[:1]]
        than = said.include.get(fact) or own or _plainest(state.need.include.get(fact, ()))
        values = toned(tone, self._vocabulary.facts[fact], than)
        return {fact: values} if values else {}

    def _palette(self, reading: Reading, said: Utterance, state: DialogueState) -> _Palette:
        """ "In light colours", "no dark shades": the colours on record for the thing in question that are so."""
        thing = said if said.type_values else state.need
        recorded = self._recorded(thing.type_fact, thing.type_values) if thing.type_values else self._vocabulary.facts
        fact = next((fact for fact in self._vocabulary.facts if is_colour(fact) and fact in recorded), "")
        found, told, words = (list[str](), list[str]()), list[str](), set[str]()
        for at in palettes(reading.tokens) if fact else ():
            told.append(reading.tokens[at].text)
            words |= {told[-1], reading.tokens[at + 1].text}
            found[at in reading.refused].extend(in_palette(told[-1], self._vocabulary.facts[fact]))
        wanted, refused = ({fact: tuple(dict.fromkeys(values))} if values else {} for values in found)
        return _Palette(wanted, refused, {fact: (f"{listing(told)} colours",)} if wanted else {}, frozenset(words))

    def _colour_fact(self, state: DialogueState) -> str:
        recorded = self._recorded(state.need.type_fact, state.need.type_values)
        items = [self._get_item(item_id) for item_id in state.cards]
        facts = (f for f in self._vocabulary.facts if is_colour(f) and f in recorded)
        return next((fact for fact in facts if any(item.values(fact) for item in items)), "")

    def _warmth(self, word: str, state: DialogueState) -> Values:
        """The seasons and climates that "warmer" asks for, where the kind in hand tells them."""
        wanted = set(_WARMTH.get(word, ()))
        recorded = self._recorded(state.need.type_fact, state.need.type_values) if wanted else frozenset()
        for fact in sorted(recorded):
            if _is_weather(fact):
                values = tuple(v for v in self._vocabulary.facts[fact] if wanted & set(v.lower().split()))
                if values:
                    return {fact: values}
        return {}

    def _felt(self, reading: Reading, said: Utterance) -> Values:
        """A "warm" thing is none for a warm climate, unless it is the weather that is said to be warm."""
        for mention in reading.mentions:
            word, after = reading.tokens[mention.start], reading.tokens[mention.end : mention.end + 1]
            of_weather = bool(after) and after[0].stem in _WEATHER | _DAYS
            fact = mention.sense.fact
            if word.text in _FELT and fact in said.include and _is_weather(fact) and not of_weather:
                wanted = set(_WARMTH[_FELT[word.text]])
                values = tuple(v for v in self._vocabulary.facts[fact] if wanted & set(v.lower().split()))
                return {fact: values} if values else {}
        return {}

    def _shades(self, reading: Reading, said: Utterance) -> Values:
        """ "Light blue" where that is no value: the blues of the store without its dark ones."""
        found: dict[str, tuple[str, ...]] = {}
        for mention in reading.mentions:
            fact, kept = mention.sense.fact, self._shaded(reading, mention.start)
            if kept and is_colour(fact) and fact in said.include and mention.start not in reading.refused:
                values = kept(dict.fromkeys((*said.include[fact], *mention.sense.wide)), _phrase(reading, mention))
                found[fact] = values or said.include[fact]
        return found

    def _shaded(self, reading: Reading, at: int) -> Callable[[Iterable[str], str], tuple[str, ...]] | None:
        """What "light" or "dark" right before a place keeps of the colours there, None where neither is said."""
        return _SHADES.get(reading.tokens[at - 1].text) if at and at < len(reading.tokens) else None


def _is_weather(fact: str) -> bool:
    return bool(_WEATHER & set(stems(fact.replace("_", " "))))


def _phrase(reading: Reading, mention: Mention) -> str:
    return " ".join(token.text for token in reading.tokens[mention.start : mention.end])


def _plainest(values: tuple[str, ...]) -> tuple[str, ...]:
    """The colour that was asked for without its shades, "Blue" of blue and light blue; () of several colours."""
    return values[:1] if len(set(map(family, values))) == 1 else ()
