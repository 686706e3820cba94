"""The phrases that a value is said in, beside its own words: with its fact's name, of a part, of what it is free of.

Stems in, stems out; knows no store.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from agent.shopping_words import STOP_STEMS, STOPWORDS
from agent.type_words import Stems
from agent.words import Token, stem, stems

_MADE_OF = frozenset(map(stem, ("material", "fabric", "colour", "color")))
_PLACES = ("in", "on", "over", "under", "around", "behind")
_PLACED = re.compile(rf"\b(?:{'|'.join(_PLACES)})-[^\W\d_]+", re.IGNORECASE)
_NAMED_BY_ANY = ("color", "colour", "material", "fabric", "pattern")  # in names of facts
_FREE, _PRONE = stem("free"), stem("prone")


def with_fact(key: Stems, fact: str) -> Stems:
    """ "long" of the fact "sleeve" is also said "long sleeve"; "v-neck" of "neckline" stays."""
    name = stems(fact.replace("_", " "))
    return key if not name or name[-1] in key else (*key, name[-1])


def part_of(fact: str) -> str:
    """The part of things that a fact gives the material or colour of: "strap" of "strap_material"; "" for none."""
    name = stems(fact.replace("_", " "))
    return name[0] if len(name) == 2 and name[1] in _MADE_OF else ""


def speakable(key: Stems, fact: str, written: Iterable[str] = ()) -> bool:
    """Whether a phrase can mean a value by itself; sizes may be as short as they like.

    ``written`` are the values as recorded: "IPS" is longer than its stem, and two letters are a name in capitals.
    """
    if len(key) > 1 or fact == "size":
        return True
    if key[0] in STOP_STEMS or key[0][0].isdigit():
        return False
    return len(key[0]) > 2 or any(len(value) > 2 or (len(value) > 1 and value.isupper()) for value in written)


def is_number(key: Stems) -> bool:
    """Whether a value is nothing but numbers, decimals too: a fact of these is no choice."""
    return all(re.fullmatch(r"[\d.,]+", word) for word in key)


def only_ranks(word: str, fact: str, values: Collection[str]) -> bool:
    """Whether a word of a value says too little of it to be a condition: "book" of nothing but "Board book".

    So does the word that such a value ends on, or any of a measure with its name ("Dial width: 35 mm"). What has a
    capital ("Linde" of "Mara Linde"), stands in a list ("beef, lamb") or behind a number is named by itself, and so
    is "windows" of "Windows 11"; colours, materials and patterns are named by any of their words, a fact by its name.
    """
    named = any(part in fact for part in _NAMED_BY_ANY) or word in stems(fact.replace("_", " "))
    if named or len({*values}) > 1:
        return False
    return any(_ends_on(value, word) or (":" in value and re.search(r"\d", value)) for value in values)


def _ends_on(value: str, word: str) -> bool:
    """Whether a value is a phrase whose last word is this one, a plain word behind another."""
    last = re.search(r"[^\W\d_] ([^\W\d_]+)\W*$", value)
    return last is not None and last[1].islower() and stems(last[1]) == (word,)


def compounds(value: str) -> list[Stems]:
    """What is said of where a thing goes in one word: "in-ear" of "wireless in-ear buds"."""
    return [stems(match[0]) for match in _PLACED.finditer(value)]


def ends_compound(tokens: Sequence[Token], at: int, text: str) -> bool:
    """Whether a token of a text is but the end of such a word: "in-ear" is not about ears."""
    before = tokens[at - 1] if at else None
    return before is not None and text[before.end : tokens[at].start] == "-" and before.text in _PLACES


def free_of(key: Stems) -> Stems:
    """What a value says that there is none of: "silicone" of "silicone-free"; () for any other value."""
    return key[:-1] if len(key) > 1 and key[-1] == _FREE else ()


def prone_to(key: Stems) -> Stems:
    """What those have whom a value is for: "acne" of "acne-prone skin"; () for any other value."""
    return key[: key.index(_PRONE)] if _PRONE in key else ()


def brand_is_meant(words: Sequence[Token], before: Sequence[Token], text: str) -> bool:
    """A brand counts unless it is also a plain word; then a capital or a word like "by" must mark it."""
    if len(words) > 1 or (before and before[-1].text in ("by", "from", "brand")):
        return True
    plain = words[0].text in STOPWORDS or len(words[0].text) <= 3
    return not plain or (words[0].start > 0 and text[words[0].start : words[0].start + 1].isupper())
