"""When two spellings are the same word: one tokeniser for exclusions, lexical search and the shop's vocabulary.

Words are compared by their English Snowball stem (Porter 2), so "dress" is "dresses", "hood" is "hooded" and "stripe"
is "striped", while "sleeve" is not "sleeveless" and "leather" is not "leatherette". Plurals that change their stem
("scarves", "women") are listed, and so are things in -ing that are named after another thing ("leggings" are no
legs). A hyphenated word counts as its parts and as one ("slip-on": slip, on, slipon); after a single letter only as
one, so that "no shirts" keeps "t-shirt".

This module does not know synonyms and no language but English; words of others are compared as they are written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import snowballstemmer

_WORD = re.compile(r"[^\W_]+(?:['’\-./&][^\W_]+)*")
_PART = re.compile(r"[^\W_]+")
_POSSESSIVE = re.compile(r"['’]s?\b")
_LETTER_WORD = re.compile(r"\b(t) (?=shirts?\b)|\b([vu]) (?=necks?\b)|\b(a) (?=lines?\b)")
IRREGULAR = {  # plurals whose stem is not that of their singular, and what they are plurals of
    "men": "man",
    "women": "woman",
    "children": "child",
    "feet": "foot",
    "scarves": "scarf",
    "calves": "calf",
    "wives": "wife",
    "knives": "knife",
    "shelves": "shelf",
    "loaves": "loaf",
    "leaves": "leaf",
    "halves": "half",
    "mice": "mouse",
    "geese": "goose",
    "bras": "bra",
    "skis": "ski",
    "lenses": "lens",
    "canvases": "canvas",
    "gases": "gas",
    "buses": "bus",
    "irises": "iris",
}
# Things named after what one does: as verbs they would share a stem with another thing (legs, beds, floors).
_NOUNS_IN_ING = ("legging", "stocking", "bedding", "flooring", "dressing", "boxing", "coating")
_OWN_STEMS = {word: noun for noun in _NOUNS_IN_ING for word in (noun, f"{noun}s")}
CACHED_WORDS = 200_000


class Memo(dict[str, Any]):
    """Remembers a function of a text for as long as something is built from texts that often repeat."""

    def __init__(self, function: Callable[[str], Any]) -> None:
        super().__init__()
        self._function = function

    def __missing__(self, text: str) -> Any:
        self[text] = self._function(text)
        return self[text]


def fold(value: str) -> str:
    """A value as it is compared: without case, with single spaces, in one Unicode form."""
    return " ".join(unicodedata.normalize("NFKC", value).casefold().split())


def stems(text: str) -> list[str]:
    """The stems of a text; those of a hyphenated word written as one follow its parts.

    >>> stems("Women's hooded T-shirts, slip-on (SKU 24-MB01)")
    ['woman', 'hood', 'tshirt', 'slip', 'on', 'slipon', 'sku', '24', 'mb01', '24mb01']
    """
    return [found for chunk in _chunks(text) for found in _chunk_stems(chunk)]


def words(text: str) -> list[str]:
    """The folded words of a text in order, hyphenated ones as their parts ("slip-on": slip, on; "v-neck": vneck)."""
    return [word for chunk in _chunks(text) for word in _split(chunk)[0]]


def compounds(text: str) -> list[str]:
    """The hyphenated words of a text as one word each ("slip-on": slipon), but for those that ``words`` joins."""
    return [word for chunk in _chunks(text) for word in _split(chunk)[1]]


@lru_cache(maxsize=CACHED_WORDS)
def stem(word: str) -> str:
    """The stem of one folded word; a word with a digit is its own stem."""
    if not word.isalpha():
        return word
    if own := _OWN_STEMS.get(word):
        return own
    return str(snowballstemmer.stemmer("english").stemWord(IRREGULAR.get(word, word)))


def _chunks(text: str) -> list[str]:
    return _LETTER_WORD.sub(lambda match: match[0].rstrip() + "-", fold(text)).split()


@lru_cache(maxsize=CACHED_WORDS)
def _chunk_stems(chunk: str) -> tuple[str, ...]:
    parts, joined = _split(chunk)
    return (*map(stem, parts), *map(stem, joined))


@lru_cache(maxsize=CACHED_WORDS)
def _split(chunk: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of a piece without spaces: hyphenated ones as parts, and again as one each."""
    parts: list[str] = []
    joined: list[str] = []
    for match in _WORD.finditer(chunk):
        found = _PART.findall(_POSSESSIVE.sub("", match[0]))
        as_one = "".join(found)
        if len(found) > 1 and len(found[0]) == 1 and found[0].isalpha():
            found = [as_one]
        parts += found
        if len(found) > 1:
            joined.append(as_one)
    return tuple(parts), tuple(joined)
