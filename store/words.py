"""When two spellings are the same word: one tokeniser for exclusions, lexical search and the shop's vocabulary.

Words are compared by their English Snowball stem (Porter 2), so "dress" is "dresses", "hood" is "hooded" and "stripe"
is "striped", while "sleeve" is not "sleeveless" and "leather" is not "leatherette". Plurals that change their stem
("scarves", "women") are listed. A hyphenated word counts as its parts and as one ("slip-on": slip, on, slipon); after
a single letter only as one, so that "no shirts" keeps "t-shirt".

This module does not know synonyms and no language but English; words of others are compared as they are written.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import snowballstemmer

_WORD = re.compile(r"[^\W_]+(?:['’\-./&][^\W_]+)*")
_PART = re.compile(r"[^\W_]+")
_POSSESSIVE = re.compile(r"['’]s?\b")
_LETTER_WORD = re.compile(r"\b(t) (?=shirts?\b)|\b([vu]) (?=necks?\b)|\b(a) (?=lines?\b)")
_IRREGULAR = {
    "men": "man",
    "women": "woman",
    "children": "child",
    "feet": "foot",
    "scarves": "scarf",
    "knives": "knife",
    "shelves": "shelf",
    "loaves": "loaf",
    "leaves": "leaf",
    "halves": "half",
    "mice": "mouse",
    "geese": "goose",
}
CACHED_WORDS = 200_000


def fold(value: str) -> str:
    """A value as it is compared: without case, with single spaces, in one Unicode form."""
    return " ".join(unicodedata.normalize("NFKC", value).casefold().split())


def stems(text: str) -> list[str]:
    """The stems of a text in order, then those of its hyphenated words written as one.

    >>> stems("Women's hooded T-shirts, slip-on (SKU 24-MB01)")
    ['woman', 'hood', 'tshirt', 'slip', 'on', 'sku', '24', 'mb01', 'slipon', '24mb01']
    """
    return [stem(word) for word in words(text)] + [stem(word) for word in compounds(text)]


def words(text: str) -> list[str]:
    """The folded words of a text in order, hyphenated ones as their parts ("slip-on": slip, on; "v-neck": vneck)."""
    return [part for parts in _split(text) for part in (["".join(parts)] if _starts_with_letter(parts) else parts)]


def compounds(text: str) -> list[str]:
    """The hyphenated words of a text as one word each ("slip-on": slipon), but for those that ``words`` joins."""
    return ["".join(parts) for parts in _split(text) if len(parts) > 1 and not _starts_with_letter(parts)]


@lru_cache(maxsize=CACHED_WORDS)
def stem(word: str) -> str:
    """The stem of one folded word; a word with a digit is its own stem."""
    if not word.isalpha():
        return word
    return str(snowballstemmer.stemmer("english").stemWord(_IRREGULAR.get(word, word)))


def _split(text: str) -> list[list[str]]:
    hyphened = _LETTER_WORD.sub(lambda match: match[0].rstrip() + "-", fold(text))
    return [_PART.findall(_POSSESSIVE.sub("", match[0])) for match in _WORD.finditer(hyphened)]


def _starts_with_letter(parts: list[str]) -> bool:
    return len(parts) > 1 and len(parts[0]) == 1 and parts[0].isalpha()
