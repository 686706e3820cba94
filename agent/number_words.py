"""Numbers and places in order as English spells them: "eleven", "forty-five", "two hundred", "the twelfth".

The only table of them; who reads numbers asks here what words count.
"""

from __future__ import annotations

import re

_TO_TWENTY = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_LARGE = {"hundred": 100, "thousand": 1000}
NUMBER_WORDS: dict[str, int] = {
    **{word: number for number, word in enumerate(_TO_TWENTY, 1)},
    **{word: 10 * number for number, word in enumerate(_TENS, 2)},
    **_LARGE,
}
ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth",
)  # fmt: skip
# The place of a card by its ordinal: from 0, the last ones from the end.
PLACES: dict[str, int] = {
    **{word: place for place, word in enumerate(ORDINALS)},
    **{f"{n}{('st', 'nd', 'rd')[n - 1] if n < 4 else 'th'}": n - 1 for n in range(1, len(ORDINALS) + 1)},
    "last": -1,
    "final": -1,
}


def spelt(most: int, least: int = 1) -> str:
    """A pattern of the single words for numbers up to ``most``.

    >>> spelt(3), spelt(3, least=2)
    ('three|two|one', 'three|two')
    """
    return "|".join(word for word, number in reversed(NUMBER_WORDS.items()) if least <= number <= most)


# Longer words first, so that "sixteen" is not read as "six"; no hundred is the rest of another: "a hundred to two".
_UNITS = spelt(9)
_BELOW = rf"(?>(?:{'|'.join(_TENS)})(?:[\s-](?:{_UNITS})\b)?|{spelt(19)})\b"
_SMALL = rf"{_BELOW}(?!\s+(?:hundred|thousand)\b)"
_OF_LARGE = rf"(?:(?:an?|{_BELOW})\s+)?"
_HUNDREDS = rf"{_OF_LARGE}hundred(?:(?:\s+and)?\s+{_SMALL})?"
_THOUSANDS = rf"{_OF_LARGE}thousand(?:(?:\s+and)?\s+(?:{_HUNDREDS}|{_SMALL}))?"
SPELT_NUMBER = rf"(?:{_THOUSANDS}|{_HUNDREDS}|{_SMALL})\b"


def number_of(words: str) -> int:
    """The number that digits or words stand for, 0 where they stand for none.

    >>> number_of("forty-five"), number_of("two hundred and ten"), number_of("a thousand"), number_of("next")
    (45, 210, 1000, 0)
    """
    if words.isdigit():
        return int(words)
    total = part = 0
    for word in re.findall(r"[a-z]+", words.lower()):
        if word in _LARGE:
            part = (part or 1) * _LARGE[word]
            total, part = (total + part, 0) if word == "thousand" else (total, part)
        elif word in NUMBER_WORDS:
            part += NUMBER_WORDS[word]
        elif word not in ("a", "an", "and"):
            return 0
    return total + part
