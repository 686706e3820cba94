"""What there shall be none of where no value says so: by amounts ("sugar_g"), counts, allergens, "X-free" in a text.

A word that is refused names no value here. What no record tells is left to rank by the texts, so that the reply can
say which of them tell it. Knows the names of columns and general English, no store.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from agent.fact_names import core, name_stems, unit
from agent.having import having_some
from agent.reading import Reading
from agent.shopping_words import STOP_STEMS
from agent.utterance import Utterance
from agent.values import union
from agent.words import stem, stems
from store.schemas import Item

TRACE = 0.5  # of so little in a hundred a label may still say that a thing is free of it
_AMOUNTS = frozenset(("percent", "pct", "g", "mg"))
_ALLERGENS = frozenset(map(stem, ("allergens", "contains", "ingredients")))
# What holds a substance, by the word of a label.
_HELD_IN = {
    "lactose": ("milk", "dairy"), "dairy": ("milk",), "milk": ("dairy",), "egg": ("eggs",),
    "gluten": ("wheat", "rye", "barley", "spelt", "oats"), "nut": ("nuts", "peanuts", "almonds", "hazelnuts"),
}  # fmt: skip


def free_words(reading: Reading) -> tuple[str, ...]:
    """The words that a message says as "alcohol-free" and that no value has; "feel free to" says nothing so."""
    tokens, refused = reading.tokens, reading.refused - reading.mentioned
    ends = [at for at, token in enumerate(tokens) if at and token.text == "free" and at - 1 in refused]
    ends = [at for at in ends if not (at + 1 < len(tokens) and tokens[at + 1].text == "to")]
    return tuple(tokens[at - 1].text for at in ends if tokens[at - 1].stem not in STOP_STEMS)


def without_traces(said: Utterance, reading: Reading, held: Mapping[str, Collection[str]]) -> Utterance:
    """The utterance with refused words as what the ``held`` values of the kind in question tell of them."""
    said = _without_parts(said, reading, held)
    free = free_words(reading)
    words = dict.fromkeys((*free, *said.exclude_words, *(w for w in said.unanswered if _is_refused(w, reading))))
    exclude, phrases = dict(said.exclude), dict(said.exclude_phrases)
    for word in words:
        for fact, values in held.items():
            beyond = tuple(value for value in values if _has(word, fact, value))
            if beyond:
                exclude = {**union(exclude, {fact: beyond})}
                phrases[word] = (*phrases.get(word, ()), *beyond)
    amounts = [word for word in words if any(_is_amount(word, fact) for fact in held)]
    told = [word for word in dict.fromkeys((*free, *amounts)) if word in amounts or word not in phrases]
    return replace(
        said,
        exclude=exclude,
        exclude_phrases=phrases,
        text=" ".join([said.text, *(f"{word} free" for word in told)]).strip(),
        unanswered=tuple(word for word in said.unanswered if word not in told and word not in phrases),
    )


def _without_parts(said: Utterance, reading: Reading, held: Mapping[str, Collection[str]]) -> Utterance:
    """The utterance with facts that are refused by their names as the values that say there is some: "no drawers"."""
    exclude, told = dict(said.exclude), set[str]()
    for fact, values in held.items():
        words = _refused_name(fact, reading)
        some = having_some(values) if words and unit(fact) not in _AMOUNTS else ()
        if some:
            exclude = {**union(exclude, {fact: some})}
            told |= words
    return replace(
        said,
        exclude=exclude,
        exclude_words=tuple(word for word in said.exclude_words if word not in told),
        unanswered=tuple(word for word in said.unanswered if word not in told),
    )


def _refused_name(fact: str, reading: Reading) -> set[str]:
    """The words with which a message refuses a fact by its name, which is no value of any: "drawers"."""
    name, tokens = core(fact), reading.tokens
    refused = reading.refused - reading.mentioned - reading.degrees
    for at in range(len(tokens) - len(name) + 1):
        said = tokens[at : at + len(name)]
        if name and tuple(token.stem for token in said) == name and refused >= {*range(at, at + len(name))}:
            return {token.text for token in said}
    return set()


def records_none(item: Item, phrase: str) -> bool:
    """Whether the record of an item counts next to nothing of what "alcohol free" names."""
    word = phrase.removesuffix("free").strip(" -")
    amounts = {fact: values for fact, values in item.attributes.items() if word and _is_amount(word, fact)}
    return bool(amounts) and not any(_has(word, fact, value) for fact, values in amounts.items() for value in values)


def _has(word: str, fact: str, value: str) -> bool:
    """Whether a value says that there is some of what a word names."""
    if _is_amount(word, fact):
        number = value.replace(",", ".").split(" ")[0]
        return number.replace(".", "", 1).isdigit() and float(number) > TRACE
    return bool(_ALLERGENS & set(name_stems(fact))) and stems(value) in _holding(word)


def _is_amount(word: str, fact: str) -> bool:
    return unit(fact) in _AMOUNTS and core(fact) == stems(word)


def _holding(word: str) -> Iterable[tuple[str, ...]]:
    known = _HELD_IN.get(word, ()) or _HELD_IN.get(stem(word), ())
    return [stems(word), *map(stems, known)]


def _is_refused(word: str, reading: Reading) -> bool:
    return any(token.text == word and at in reading.refused for at, token in enumerate(reading.tokens))
