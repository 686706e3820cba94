"""Which numbers of a message are refused: "no 1 m please", "without 600 ml", "nothing 5 m", "not 3 steps".

The scope of a negation is that of other words (``agent/negation.py``); a number is in it where nothing but small
words stands between. Of a card ("this one isn't 5 m") nothing is refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.asked_numbers import Asked
from agent.measures import OWN
from agent.negation import refused_positions, without_verbs
from agent.shopping_words import STOP_STEMS
from agent.vocabulary import Mention, Sense
from agent.words import Token, stem, tokenise

_NUMBER = "#"
_LINKS = frozenset((",", "/"))
# "It isn't", "this one is not", "the first is not": said of what is there.
_OF_A_CARD = re.compile(
    r"(?:^|[.,;!?]|\b(?:but|and|because|since)\b)\W*(?:it|this|that|these|those|they|"
    r"(?:(?:the|this|that) )?[\w-]+ ones?|the (?:first|second|third|fourth|last))(?: is|['’]s| are|['’]re| was)? *$",
    re.IGNORECASE,
)


def refused_numbers(text: str, numbers: Sequence[Asked]) -> frozenset[int]:
    """Where the refused ones of these numbers begin in the text."""
    tokens = without_verbs(_with_numbers(text, numbers))
    asked = {number.start: number for number in numbers}
    places = [at for at, token in enumerate(tokens) if token.text == _NUMBER]
    named = [Mention(Sense(asked[tokens[at].start].scale, ()), at, at + 1) for at in places]
    refused = refused_positions(tokens, named)
    return frozenset(
        tokens[at].start
        for at in places
        if at in refused and asked[tokens[at].start].scale != OWN and _is_meant(text, tokens, at, refused)
    )


def _with_numbers(text: str, numbers: Sequence[Asked]) -> tuple[Token, ...]:
    """The tokens of a text with each number and its unit as one."""
    words = [token for token in tokenise(text) if not any(n.start <= token.start < n.end for n in numbers)]
    signs = [Token(_NUMBER, stem(_NUMBER), n.start, n.end) for n in numbers]
    return tuple(sorted((*words, *signs), key=lambda token: token.start))


def _is_meant(text: str, tokens: Sequence[Token], at: int, refused: frozenset[int]) -> bool:
    """Whether nothing but small words and other refused numbers stand between a negation and a number."""
    begin = at
    while begin - 1 in refused:
        begin -= 1
    between = [token for token in tokens[begin:at] if token.text not in _LINKS | {_NUMBER}]
    negation = tokens[begin - 1] if begin else tokens[at]
    return all(token.stem in STOP_STEMS for token in between) and not _OF_A_CARD.search(text[: negation.start])
