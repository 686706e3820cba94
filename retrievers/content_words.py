"""The words of a request that name or describe a thing, without those of asking for it.

"Do you have anything like this, but in blue?" asks for "blue". Knows words, no items.
"""

from __future__ import annotations

from collections.abc import Iterable

from bm25s.stopwords import STOPWORDS_EN

from store.words import stem, stems, words

ASKING = """
    all also am any anything are be been but buy can could do does find from get give go got has have hello help
    here hey hi how i im instead into is just like looking love me more my need nice one our out please
    recommend same see sell shop show similar so some someone something store suggest tell than thanks them
    there they thing things too us version very want was we what when where which who why will with without
    would you your yours
"""
_STOP = frozenset(map(stem, {*STOPWORDS_EN, *ASKING.split()}))


def content_stems(text: str) -> list[str]:
    """Stems of the words that ask for something, hyphenated ones also as one word, see ``store.words.stems``."""
    return [found for found in stems(text) if found not in _STOP]


def content_words(text: str, but: Iterable[str] = ()) -> list[str]:
    """The words that ask for something, in order, as folded; those that occur in the texts ``but`` left out."""
    spent = {found for value in but for found in stems(value)} | _STOP
    return [word for word in words(text) if stem(word) not in spent]
