"""Whether a text says a thing of what it is about: a sentence has its words and denies nothing."""

from __future__ import annotations

import re

from agent.words import stem, tokenise

_SENTENCE = re.compile(r"[.!?;\n]+(?:\s|$)")
_DENIALS = frozenset(("no", "not", "non", "never", "without", "cannot", "nor", "free"))


def asserts(text: str, phrase: str) -> bool:
    """Whether a sentence of a text says all words of a phrase and denies none.

    >>> asserts("Machine wash at 30 °C.", "machine washable"), asserts("Not dishwasher safe.", "dishwasher safe")
    (True, False)
    >>> asserts("A wrinkle-free shirt.", "wrinkle free"), asserts("A hood-free jacket.", "hood")
    (True, False)
    """
    words = tokenise(phrase)
    wanted = {(word.stem, stem(word.text.removesuffix("able"))) for word in words}
    spoken = {word.text for word in words}
    return any(_says(sentence, wanted, spoken) for sentence in _SENTENCE.split(text))


def _says(sentence: str, wanted: set[tuple[str, str]], spoken: set[str]) -> bool:
    tokens = tokenise(sentence)
    said = {token.stem for token in tokens}
    denied = any((t.text in _DENIALS and t.text not in spoken) or re.search(r"n['’]t$", t.text) for t in tokens)
    return all(said.intersection(either) for either in wanted) and not denied
