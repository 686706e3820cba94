"""Brands whose names have signs or letters that shoppers leave out: "Dr. Brandt & Søn" is typed "dr brandt and son".

Such a name is written plainly in the message ("Dr Brandt Søn"), so that whoever reads on needs to know nothing of its
signs; a full stop in it ends no sentence. Of "Brandt Bros. & Sons" the part before the "&" is enough where it has two
words and no other brand begins so. Knows letters and signs, no brand by itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from agent.words import tokenise

# Letters that Unicode does not take apart, and how they are written where a keyboard has none; umlauts have two ways.
_WRITTEN: dict[str, tuple[str, ...]] = {
    "ø": ("o", "oe"), "æ": ("ae",), "œ": ("oe",), "ß": ("ss",), "ł": ("l",), "đ": ("d",), "ð": ("d",), "þ": ("th",),
    "ä": ("ae",), "ö": ("oe",), "ü": ("ue",), "å": ("aa",), "ı": ("i",),
}  # fmt: skip
_SIGNS = r"[\s.&+'’/·-]"
_BETWEEN = rf"{_SIGNS}+(?:(?:and|und|et|og|och|y){_SIGNS}+)?"
_JOINED = re.compile(r"\s*(?:&|\+|\band\b|\bund\b|\bet\b|\bog\b)\s*", re.IGNORECASE)  # "Brandt & Søn"
_PLAIN = re.compile(r"[A-Za-z0-9 ]*")
_WORDS_ALONE = 2  # of a part that names a brand without the rest


class BrandNames:
    """The brands of one store whose names are more than plain words."""

    def __init__(self, brands: Iterable[str]) -> None:
        names = [brand for brand in brands if not _PLAIN.fullmatch(brand) and _words(brand)]
        heads = Counter(tuple(_words(_JOINED.split(brand)[0])) for brand in names)
        self._plain = [
            (re.compile(rf"(?<![\w'’]){_pattern(brand, heads)}(?!\w)", re.IGNORECASE), " ".join(_words(brand)))
            for brand in sorted(names, key=len, reverse=True)
        ]

    def plain(self, text: str) -> str:
        """The message with these brands in plain words.

        >>> BrandNames(["Dr. Lund & Søn"]).plain("not from dr lund and son, please")
        'not from Dr Lund Søn, please'
        """
        for pattern, name in self._plain:
            text = pattern.sub(name, text)
        return text


def _pattern(brand: str, heads: Counter[tuple[str, ...]]) -> str:
    words, head = _words(brand), _words(_JOINED.split(brand)[0])
    alone = _WORDS_ALONE <= len(head) < len(words) and heads[tuple(head)] == 1
    spelt = [_spelt(word) for word in words]
    if not alone:
        return _BETWEEN.join(spelt)
    first, rest = spelt[: len(head)], spelt[len(head) :]
    return f"{_BETWEEN.join(first)}(?:{_BETWEEN}{_BETWEEN.join(rest)})?"


def _words(name: str) -> list[str]:
    return [name[token.start : token.end] for token in tokenise(name) if token.text[0].isalnum()]


def _spelt(word: str) -> str:
    """A word as a pattern, each letter with the ways in which it is typed; signs in it may be missing."""
    return "".join(_letter(sign) if sign.isalnum() else f"{re.escape(sign)}?" for sign in word)


def _letter(letter: str) -> str:
    low = letter.lower()
    base = "".join(part for part in unicodedata.normalize("NFKD", low) if not unicodedata.combining(part))
    ways = dict.fromkeys((low, base, *_WRITTEN.get(low, ())))
    return f"(?:{'|'.join(map(re.escape, ways))})" if len(ways) > 1 else re.escape(low)
