"""Mistyped everyday English: "becasue", "thsoe", "stilllll" and "wher eis itmade" as what was meant.

Corrects what neither the store nor English knows towards the words that English says most, where the letters of one
are there in another order, of a longer word one too many or too few: a name that nobody knows ("Anker") differs from
such words in other letters. Knows how often words are said, not what they mean.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import lru_cache

from agent.shopping_words import STOP_STEMS
from agent.spelling import SHORTEST, Speller, english, nearest
from agent.words import Token, stem, tokenise

SAID_OFTEN = 5e-6  # the share of English text from which a word is an everyday one
LINKING = 1e-4  # and from which it is one that is run into its neighbour: "itmade", "wher eis"
MOST_UNKNOWN = 0.5  # of several words, more that are none of English are another language
SEVERAL = 3
LONG = 6  # letters from which one may be missing or too many: "Miele" is no mile
_DRAWN_OUT = re.compile(r"(.)\1{2,}")  # "stilllll", "sssomething"


def as_meant(text: str, speller: Speller) -> str:
    """The same text with everyday words as they are spelt; what the store knows or explains is left to it.

    >>> as_meant("wher eis itmade, and definitly thsoe", Speller((), ()))
    'where is it made, and definitely those'
    """
    text = _corrected(_respaced(text, speller.is_known), speller.explains, _shortened)
    words = [token for token in tokenise(text) if token.text.isalpha() and len(token.text) > 1]
    unknown = sum(not speller.is_known(token) for token in words)
    foreign = len(words) >= SEVERAL and unknown > MOST_UNKNOWN * len(words)
    return text if foreign else _corrected(text, speller.explains, _slipped)


def _corrected(text: str, is_left: Callable[[Token], bool], meant: Callable[[str], str]) -> str:
    for token in reversed(tokenise(text)):
        beside = text[max(0, token.start - 1) : token.start] + text[token.end : token.end + 1]
        parts = any(sign.isdigit() or sign in "-'’" for sign in beside)
        if len(token.text) >= SHORTEST and token.text.isalpha() and not (parts or is_left(token)):
            text = text[: token.start] + (meant(token.text) or text[token.start : token.end]) + text[token.end :]
    return text


def _shortened(written: str) -> str:
    """ "Still" of "stilllll", "" for what is not drawn out."""
    forms = (_DRAWN_OUT.sub(kept, written) for kept in (r"\1", r"\1\1"))
    found = [form for form in forms if form != written and english().word_usage_frequency(form) > 0]
    return max(found, key=english().word_usage_frequency, default="")


def _slipped(written: str) -> str:
    """The everyday word whose letters these are, "" where there is none or there are several."""
    return nearest(written, [word for word in _everyday() if _has_its_letters(written, word)])


def _has_its_letters(written: str, word: str) -> bool:
    if abs(len(written) - len(word)) > (len(written) >= LONG):
        return False
    said, meant = Counter(written), Counter(word)
    return said <= meant or meant <= said


def _respaced(text: str, is_known: Callable[[Token], bool]) -> str:
    """Spaces where they belong: of two unknown words one letter on, in one where two little words are one."""
    tokens = tokenise(text)
    for at in range(len(tokens) - 1, -1, -1):
        token = tokens[at]
        if is_known(token) or not token.text.isalpha():
            continue
        beside = [t for t in tokens[at + 1 : at + 2] if text[token.end : t.start] == " " and not is_known(t)]
        for run in ([token, *beside], [token]):
            if both := _linked("".join(each.text for each in run)):
                text = text[: token.start] + both + text[run[-1].end :]
                break
    return text


def _linked(letters: str) -> str:
    """ "It made" of "itmade", "" where none or several pairs are it; "asus" is a name."""
    pairs = ((letters[:at], letters[at:]) for at in range(2, len(letters) - 1))
    found = [
        pair
        for pair in pairs
        if len(letters) > SHORTEST
        and all(english().word_usage_frequency(word) >= LINKING for word in pair)
        and all(stem(word) in STOP_STEMS for word in pair)
    ]
    return " ".join(found[0]) if len(found) == 1 else ""


@lru_cache(maxsize=1)
def _everyday() -> tuple[str, ...]:
    counted = english().word_frequency.dictionary
    total = sum(counted.values())
    return tuple(word for word, count in counted.items() if len(word) >= SHORTEST and count > SAID_OFTEN * total)
