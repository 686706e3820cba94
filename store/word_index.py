"""Which items say a word, anywhere in title, product type or an attribute value, and which only name or deny it.

A description counts where no fact of its item tells: what is of cotton is of no leather, whatever belt it is "perfect
with"; whether a hoodie without a closure on record has a zip, its description says.

A refused word rules out what a record says of its item. "No hood" and "leather-free" say that something is not there,
and the "Red" of a brand "Red Wing" is no colour. Knows English denials, no fact by its meaning but colours.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from store.schemas import Item
from store.words import Memo, compounds, stem, stems, words

Positions = NDArray[np.int32]

_NONE: Positions = np.empty(0, dtype=np.int32)
_BREAK = "|"  # no word contains it, so no phrase reaches across two texts
# What a denial covers: the word or two after it, up to a mark or a word that goes on with what is there.
_DENIED = re.compile(
    r"\b(?:no|non|not|without|sans|zero)[\s-]+(?:(?:an?|any|the)\s+)?(?!(?:and|with|but|in|for|or)\b)[^\W_]+"
    r"(?:[ -](?!(?:and|with|but|in|for|or)\b)[^\W_]+)?|\b[^\W_]+[ -]free\b|"
    r"^(?:above|below|over|under|beyond)[\s-]+(?:the\s+)?[^\W_]+$",  # what ends above the ankle is no ankle sock
    re.IGNORECASE,
)
_DENIAL = re.compile(r"\b(?:no|non|not|without|sans|zero|free|above|below|over|under|beyond)\b", re.IGNORECASE)
# What a description says of other things: "pairs well with a leather belt".
_BESIDE = re.compile(
    r"\b(?:pair(?:s|ed)?|go(?:es)?|match(?:es)?|wear|worn|team(?:s|ed)?|perfect|ideal|great|looks?|layer(?:s|ed)?)\b"
    r"[^.;!?•]*?\b(?:with|over|under|beneath|for)\b[^.;!?•]*",
    re.IGNORECASE,
)
_SMALL_WORD = re.compile(r"(?<![\w'’])[a-z]{3}")
# Who wants no flowers wants no floral pattern either: a refused word -> others that say the same of a thing.
_ALSO = {
    stem(word): tuple(map(stem, others))
    for word, others in {
        "flower": ("floral",),
        "dot": ("polka", "spotted"),
        "check": ("plaid", "tartan"),
        "zip": ("zipper", "zippered"),
        "zipper": ("zip", "zippered"),
    }.items()
}
KEPT_WORDS = 512
_BEGINS = 3  # letters that a stem shares with the words that it is of
_NAME = re.compile(r"\b[A-Z][\w'’]*(?: [A-Z][\w'’]*)+")


class WordIndex:
    """The words of items; positions are places in ``items``."""

    def __init__(self, items: Sequence[Item]) -> None:
        names = _Names(items)
        told = Memo(_told)
        asserted = Memo(lambda text: _told(_DENIED.sub(_BREAK, text)) if _DENIAL.search(text) else told[text])
        self._texts: list[str] = []  # stems of what is said to be there, in order, one space around each
        said, unsaid = defaultdict[str, list[int]](list), defaultdict[str, list[int]](list)
        for position, item in enumerate(items):
            others = [item.product_type, *(value for values in item.attributes.values() for value in values)]
            there = [asserted[text] for text in (names.left_out(item), *others)]
            self._texts.append(f" {f' {_BREAK} '.join(text.phrase for text in there)} ")
            every = frozenset[str]().union(*(told[text].words for text in (item.title, *others)))
            for word in every:
                said[word].append(position)
            for word in every.difference(*(text.words for text in there)):
                unsaid[word].append(position)
        self._said, self._unsaid, self._ids = _positions(said), _positions(unsaid), _id_postings(items)
        self._descriptions = [item.description for item in items]
        self._telling = _Telling(items, told)
        self._described = lru_cache(maxsize=KEPT_WORDS)(self._in_descriptions)

    def naming(self, word: str) -> Positions:
        """Items with this word however they say it, or with it in their item id (a SKU or a part of one)."""
        said, by_id = self._said.get(word, _NONE), self._ids.get(word, _NONE)
        return np.union1d(said, by_id) if by_id.size else said

    def asserting(self, text: str) -> Positions:
        """Items that say these words next to each other, or as one word, of what is there."""
        parts = words(text)
        if not parts:
            return _NONE
        found = [self._asserted(stem(part)) for part in parts]
        if len(found) == 1:
            return found[0]
        phrase = f" {' '.join(map(stem, parts))} "
        adjacent = [position for position in min(found, key=len) if phrase in self._texts[position]]
        return np.union1d(self._asserted(stem("".join(parts))), np.array(adjacent, dtype=np.int32))

    def _asserted(self, word: str) -> Positions:
        found = self._asserted_so(word)
        for other in _ALSO.get(word, ()):
            found = np.union1d(found, self._asserted_so(other))
        return found

    def _asserted_so(self, word: str) -> Positions:
        said = self._said.get(word, _NONE)
        there = np.setdiff1d(said, self._unsaid[word]) if word in self._unsaid else said
        return np.union1d(there, self._described(word))

    def _in_descriptions(self, word: str) -> Positions:
        """Items of which no fact could tell a word and whose description asserts it.

        Read when it is asked for, since most words never are.
        """
        begins, recorded = word[:_BEGINS], self._telling.of(word)
        texts = ((at, text) for at, text in enumerate(self._descriptions) if at not in recorded)
        found = [at for at, text in texts if begins in text.lower() and _says(_own(text), word, begins)]
        return np.array(found, dtype=np.int32)


class _Telling:
    """Which items record a fact, or a product type, that can say a word: one of its values does, of some item."""

    def __init__(self, items: Sequence[Item], told: Memo) -> None:
        held, values = defaultdict[str, list[int]](list), defaultdict[str, set[str]](set)
        for position, item in enumerate(items):
            for fact, own in {**item.attributes, "": (item.product_type,)}.items():
                if any(own):
                    held[fact].append(position)
                    values[fact].update(own)
        self._held = _positions(held)
        self._words = {fact: frozenset(w for value in own for w in told[value].words) for fact, own in values.items()}

    def of(self, word: str) -> frozenset[int]:
        """The items whose records can tell a word."""
        facts = (fact for fact, said in self._words.items() if word in said)
        return frozenset(position for fact in facts for position in self._held[fact].tolist())


def _says(text: str, word: str, begins: str) -> bool:
    """Whether a text says a word of this stem; only what begins like it is worth stemming."""
    like = " ".join(chunk for chunk in text.split() if begins in chunk.lower())
    return word in _told(like).words


def _own(description: str) -> str:
    """A description without what it denies and what it says of other things."""
    return _DENIED.sub(_BREAK, _BESIDE.sub(_BREAK, description))


class _Told(NamedTuple):
    """What a text says: its stems in order, and as a set with hyphenated words written as one."""

    phrase: str
    words: frozenset[str]


def _told(text: str) -> _Told:
    phrase = f" {_BREAK} ".join(" ".join(map(stem, words(part))) for part in text.split(_BREAK))
    return _Told(phrase, frozenset((*phrase.split(), *map(stem, compounds(text)))))


class _Names:
    """Words of titles that are names: brands, and colours in a name of several words that the item has not.

    What is a name shows only in titles that write the rest small: "Red Wing boots, brown", not "Red Wing Boots".
    """

    def __init__(self, items: Sequence[Item]) -> None:
        self._stems = Memo(stems)
        self._colours = frozenset[str]().union(*map(self._own, items))

    def left_out(self, item: Item) -> str:
        """The title without its names."""
        title = item.title
        if item.brand and item.brand in title:
            title = re.sub(rf"(?<!\w){re.escape(item.brand)}(?!\w)", _BREAK, title)
        if not _SMALL_WORD.search(title):
            return title
        others = self._colours - self._own(item) if self._own(item) else ()
        return _NAME.sub(lambda name: " ".join(w for w in name[0].split() if stem(w.lower()) not in others), title)

    def _own(self, item: Item) -> frozenset[str]:
        """Stems of the words of an item's colours."""
        named = (fact for fact in item.attributes if "color" in fact or "colour" in fact)
        return frozenset(word for fact in named for value in item.attributes[fact] for word in self._stems[value])


def _id_postings(items: Sequence[Item]) -> dict[str, Positions]:
    postings = defaultdict[str, list[int]](list)
    for position, item in enumerate(items):
        for word in set(stems(item.item_id)):
            postings[word].append(position)
    return _positions(postings)


def _positions(postings: Mapping[str, Iterable[int]]) -> dict[str, Positions]:
    return {word: np.array(found, dtype=np.int32) for word, found in postings.items()}
