"""Words for what a whole shop is of: "wines" in a wine shop whose kinds are colours are its products.

Which words those are the shop tells.
"""

from __future__ import annotations

from agent.vocabulary import Vocabulary
from agent.words import tokenise


def with_general_words(text: str, vocabulary: Vocabulary, general: frozenset[str]) -> str:
    """The message with "products" for what the whole shop is of: the "wines" of a wine shop whose kinds are colours.

    As a part of what the shop knows such a word stays: "board books".
    """
    tokens = tokenise(text)
    known = {at for m in vocabulary.mentions(tokens, text) if m.sense.whole for at in range(m.start, m.end)}
    for at, token in reversed([*enumerate(tokens)]):
        if token.stem in general and at not in known:
            text = f"{text[: token.start]}product{'s' * token.text.endswith('s')}{text[token.end :]}"
    return text
