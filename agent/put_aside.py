"""Verbs that refuse with a particle: "leave leather out", "take out nylon", "leave aside the red ones".

English word order only; what stands between verb and particle may be anything that is named. Who takes a dog out or
leaves a bench out in the rain refuses nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from agent.words import Token

_VERBS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("leave", "leaving"), ("out", "aside", "off")),
    **dict.fromkeys(("take", "taking"), ("out", "away")),
    **dict.fromkeys(("keep", "keeping", "cut", "cutting", "filter", "filtering", "rule", "ruling"), ("out",)),
}
_PLAIN = ("leave", "leaving", "filter", "filtering", "rule", "ruling")  # they mean that wherever they stand
_FAR = 8  # tokens that may stand between a verb and its particle
_ENDS = frozenset((".", "!", "?", ";", "but", "that", "which", "with", "to", "so"))
_IN_PLACE = frozenset(("in", "on", "at", "over", "all", "when", "while", "during", "for", "with", "overnight"))
# Whoever is told to take something out is the shop.
_BEFORE_ORDERS = frozenset((",", ".", "!", ";", "please", "and", "but", "just", "then", "now", "let's", "you", "we"))
_IT = frozenset(("it", "that", "them", "this", "those", "these", "one", "me", "us"))
_FOR_NOW = ("for", "now")


def particle_of(tokens: Sequence[Token], at: int) -> int:
    """The place of the particle with which the verb at a place refuses what it names, 0 where it refuses nothing.

    >>> from agent.words import tokenise
    >>> particle_of(tokenise("leave the red ones out"), 0), particle_of(tokenise("leave it out in the rain"), 0)
    (4, 0)
    """
    particles = _VERBS.get(tokens[at].text, ())
    ordered = not at or tokens[at - 1].text in _BEFORE_ORDERS
    if not particles or not (ordered or tokens[at].text in _PLAIN):
        return 0
    for place in range(at + 1, min(at + 2 + _FAR, len(tokens))):
        if tokens[place].text in particles:
            return 0 if _stays_there(tokens, place) or _names_nothing(tokens, at, place) else place
        if tokens[place].text in _ENDS:
            break
    return 0


def _stays_there(tokens: Sequence[Token], particle: int) -> bool:
    """Whether a thing is left out somewhere: "out in the rain", "out all year"; "out for now" is an order."""
    after = tuple(token.text for token in tokens[particle + 1 : particle + 3])
    return after != _FOR_NOW and after[:1] != () and after[0] in _IN_PLACE


def _names_nothing(tokens: Sequence[Token], verb: int, particle: int) -> bool:
    """Whether neither side of a particle names what is refused: "leave it out", "take out."."""
    between = [token.text for token in tokens[verb + 1 : particle]]
    behind = tokens[particle + 1].text if particle + 1 < len(tokens) else ""
    return set(between) <= _IT and not (not between and behind[:1].isalnum())
