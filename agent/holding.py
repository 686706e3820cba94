"""What "hold" means: "hold the onions" leaves them out, a rack is there "to hold the bike", a card is held for one.

English word order only.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from agent.words import Token

_WHAT_FOR = frozenset(("to", "you", "could", "can", "should", "would", "and", "also"))
_KEPT = frozenset(("one", "ones", "first", "second", "third", "last", "until", "till", "me", "us"))


def holds(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word at a place is a "hold" that keeps or carries a thing.

    >>> from agent.words import tokenise
    >>> holds(tokenise("hold the stripes"), 0), holds(tokenise("hold the red one for me"), 0)
    (False, True)
    """
    if tokens[at].text != "hold":
        return False
    held = {token.text for token in takewhile(lambda token: token.text[0].isalnum(), tokens[at + 1 :])}
    return bool(at and tokens[at - 1].text in _WHAT_FOR) or bool(held & _KEPT)
