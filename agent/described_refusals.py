"""Kinds that are refused only as far as a word before them describes them: "no Sutton boots" keeps other boots.

The word is one that texts of the store say and no fact names; facts are told apart before (``agent/negation.py``). Of
a word that no text has nothing is known, and the kind stays refused.
"""

from __future__ import annotations

from dataclasses import replace

from agent.negation import joins, negates
from agent.reading import Reading
from agent.shopping_words import STOP_STEMS
from agent.vocabulary import Mention


def kept_kinds(reading: Reading) -> Reading:
    """The reading with such kinds no longer refused, nor those that an "or" joins to them."""
    kept, freed = set[int](), -1
    for mention in reading.mentions:
        if not mention.sense.is_type or mention.start not in reading.refused:
            continue
        joined = freed >= 0 and all(joins(token) for token in reading.tokens[freed : mention.start])
        if joined or _is_described(reading, mention):
            kept.update(range(mention.start, mention.end))
            freed = mention.end
    return replace(reading, refused=reading.refused - kept) if kept else reading


def _is_described(reading: Reading, kind: Mention) -> bool:
    """Whether a negation, then one such word, stands right before a kind."""
    at = kind.start - 1
    if at < 1 or at not in reading.refused or at in reading.mentioned | reading.unknown:
        return False
    word = reading.tokens[at]
    return word.text.isalpha() and word.stem not in STOP_STEMS and negates(reading.tokens[at - 1])
