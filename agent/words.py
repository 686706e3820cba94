"""Words of a message: tokens with their place in the text and their stem.

Both the shopper's words and the store's own values go through here, so that "striped", "stripes" and
"Stripe" meet. Knows English word endings only; words of other languages pass through unchanged.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from store import words as store_words

KEPT_PHRASES = 20_000  # titles and values of a store come again with every sentence
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?|[$€£¥₹%#]|[.,;:!?]")
_POSSESSIVE = re.compile(r"['’]s?$")


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or sign; ``start`` and ``end`` are its place in the original text."""

    text: str  # as written, lower case
    stem: str
    start: int
    end: int


def stem(word: str) -> str:
    """The stem under which a word and its plural or participle meet, as in the store's own filters.

    >>> stem("Dresses"), stem("women's"), stem("striped")
    ('dress', 'woman', 'stripe')
    """
    return store_words.stem(_POSSESSIVE.sub("", store_words.fold(word)))


def tokenise(text: str) -> tuple[Token, ...]:
    """Split a message into tokens; hyphens and slashes separate ("long-sleeved" is two tokens)."""
    return tuple(Token(m.group().lower(), stem(m.group()), m.start(), m.end()) for m in _TOKEN.finditer(text))


@lru_cache(maxsize=KEPT_PHRASES)
def stems(phrase: str) -> tuple[str, ...]:
    """The stems of a phrase, signs left out: the key under which the vocabulary files it.

    >>> stems("T-Shirts")
    ('t', 'shirt')
    """
    return tuple(token.stem for token in tokenise(phrase) if token.text[0].isalnum())
