"""Whether a text says a thing of what it is about: a sentence has its words and denies nothing."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from agent.words import Token, stem, tokenise

_SENTENCE = re.compile(r"[.!?;\n]+(?:\s|$)")
_DENIALS = frozenset(("no", "not", "non", "never", "without", "cannot", "nor", "free"))


def asserts(text: str, phrase: str) -> bool:
    """Whether a sentence of a text says all words of a phrase and denies none.

    >>> asserts("Machine wash at 30 °C.", "machine washable"), asserts("Not dishwasher safe.", "dishwasher safe")
    (True, False)
    >>> asserts("A wrinkle-free shirt.", "wrinkle free"), asserts("A hood-free jacket.", "hood")
    (True, False)
    """
    return True in _verdicts(text, phrase)


def denies(text: str, phrase: str) -> bool:
    """Whether a sentence of a text says all words of a phrase, and every one that does denies it.

    >>> denies("Not dishwasher safe.", "dishwasher safe"), denies("A mug.", "dishwasher safe")
    (True, False)
    """
    return _verdicts(text, phrase) == {False}


def _verdicts(text: str, phrase: str) -> set[bool]:
    """What sentences with all words of a phrase say: True that it is so, False that it is not."""
    words = tokenise(phrase)
    wanted = {(word.stem, stem(word.text.removesuffix("able"))) for word in words}
    spoken = {word.text for word in words}
    tokens = [tokenise(sentence) for sentence in _SENTENCE.split(text)]
    saying = (
        said for said in tokens if all({token.stem for token in said}.intersection(either) for either in wanted)
    )
    return {not _is_denied(said, spoken) for said in saying}


def _is_denied(sentence: Sequence[Token], spoken: Collection[str]) -> bool:
    return any((t.text in _DENIALS and t.text not in spoken) or re.search(r"n['’]t$", t.text) for t in sentence)
