"""Cards that a comparison names one by one: "the second and the best rated", "is the pulse or the puck lighter?".

Each part of the message is resolved by itself. What describes none of them is told apart here too, be it compared or
spoken of alone ("the black one looks good"). Knows the cards on the table, no intent.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from agent.references import COMPARING, Reference, fits, resolve
from agent.shopping_words import STOP_STEMS
from agent.vocabulary import Vocabulary
from agent.words import tokenise
from store.schemas import Item

_APART = re.compile(r"[,:;]|\b(?:or|and|vs\.?|versus|with|to|from|between|than)\b", re.IGNORECASE)
# "The black one", judged ("... looks good") or asked about ("does ... have pockets?"): a card, if there is one.
_SPOKEN_OF = re.compile(r"\b(?:the|that) (?P<what>(?:[\w'-]+ ){1,3}?one)\b", re.IGNORECASE)
_JUDGED = re.compile(
    r"\bone(?: (?:really|also|just))? (?:is|was|looks?|looked|seems?|has|comes|costs)\b|['’]s\b", re.IGNORECASE
)
# "The best rated", "the cheapest one": what a part names by what it has most or least of.
_MOST: tuple[tuple[re.Pattern[str], Callable[[Item], float | None]], ...] = (
    (re.compile(r"\b(?:best|top|highest)[- ](?:rated|reviewed)\b", re.IGNORECASE), lambda item: item.rating),
    (
        re.compile(r"\b(?:cheapest|least expensive|lowest[- ]priced)\b", re.IGNORECASE),
        lambda item: None if item.price_now is None else -item.price_now,
    ),
    (re.compile(r"\b(?:most expensive|dearest|priciest)\b", re.IGNORECASE), lambda item: item.price_now),
)


def each_named(text: str, cards: Sequence[Item], vocabulary: Vocabulary) -> tuple[Reference, ...]:
    """The cards that the parts of a comparison point at, () unless each part names one of its own.

    The best of something is the best of the others: the first may be the best rated itself.
    """
    compared = COMPARING.search(text)
    found: dict[str, Reference] = {}
    for start, words in _parts(compared["what"]) if compared else ():
        pointed = _most(words, [item for item in cards if item.item_id not in found])
        pointed = pointed or resolve(words, cards, "", vocabulary)
        if not pointed or pointed[0].weak:
            return ()
        place = compared.start("what") + start if compared else start
        for ref in pointed:
            found.setdefault(ref.item_id, Reference(ref.item_id, place + ref.start, place + ref.end))
    return tuple(found.values()) if len(found) > 1 else ()


def _parts(text: str) -> list[tuple[int, str]]:
    """What stands between "and", "with" ... that has words, each with where it begins."""
    cuts = [(m.start(), m.end()) for m in _APART.finditer(text)]
    begins, ends = [0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(text)]
    parts = [(begin, text[begin:end]) for begin, end in zip(begins, ends, strict=True)]
    return [(begin, words) for begin, words in parts if tokenise(words)]


def _most(words: str, cards: Sequence[Item]) -> tuple[Reference, ...]:
    for pattern, much in _MOST:
        match = pattern.search(words)
        told = [(value, item) for item in cards if (value := much(item)) is not None] if match else []
        if match and told:
            return (Reference(max(told, key=lambda each: each[0])[1].item_id, *match.span()),)
    return ()


def undescribed(text: str, cards: Sequence[Item], vocabulary: Vocabulary) -> tuple[str, ...]:
    """The words of a comparison that describe no card: "the blue one" where none is blue.

    Only where a part says nothing but facts: "compare the weights of the red ones" describes no card.
    """
    compared = COMPARING.search(text)
    parts = _APART.split(compared["what"]) if compared else []
    return tuple(filter(None, (_missing(words, cards, vocabulary) for words in parts)))


def spoken_of_in_vain(text: str, asked: bool, cards: Sequence[Item], vocabulary: Vocabulary) -> tuple[str, ...]:
    """The words that describe the card which a message judges, or is ``asked`` about, where no card is so."""
    named = _SPOKEN_OF.search(text)
    if not named or not (asked or _JUDGED.match(text, named.end() - len("one"))):
        return ()
    return tuple(filter(None, (_missing(named["what"], cards, vocabulary),)))


def _missing(words: str, cards: Sequence[Item], vocabulary: Vocabulary) -> str:
    """The facts of a description that fits no card, "" where it fits one or says something else."""
    tokens = tokenise(words)
    mentions = vocabulary.mentions(tokens, words)
    told = {at for m in mentions for at in range(m.start, m.end)}
    plain = all(at in told or token.stem in (*STOP_STEMS, "one") for at, token in enumerate(tokens))
    facts = [tokens[at].text for m in mentions if not m.sense.is_type for at in range(m.start, m.end)]
    return " ".join(facts) if facts and plain and not any(fits(words, item, vocabulary) for item in cards) else ""


def named_apart(text: str, cards: Sequence[Item]) -> tuple[Reference, ...]:
    """The cards that a comparison names by words of their titles: "is the pulse or the puck mini lighter?".

    Each part between "or", "and", "with" ... counts by the words that some title has; () unless two parts name cards
    of their own.
    """
    titles = [{token.stem for token in tokenise(f"{item.brand} {item.title}")} for item in cards]
    known = set().union(*titles)
    found: dict[str, Reference] = {}
    start = 0
    for end, after in [*((m.start(), m.end()) for m in _APART.finditer(text)), (len(text), len(text))]:
        words = {token.stem for token in tokenise(text[start:end]) if token.stem not in STOP_STEMS} & known
        fitting = [item.item_id for item, title in zip(cards, titles, strict=True) if words and words <= title]
        own = next((item_id for item_id in fitting if item_id not in found), "")
        if own and len(fitting) < len(cards):
            found[own] = Reference(own, start, end)
        start = after
    return tuple(found.values()) if len(found) > 1 else ()
