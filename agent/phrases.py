"""Phrases of a message that need no state to be read: what is given up, what is asked about, what is the head.

Helpers of ``agent/understanding.py``; patterns over small closed sets of English constructions.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.shopping_words import RECIPIENTS, SILENT_FACTS
from agent.vocabulary import Mention, Vocabulary
from agent.words import Token, stems, tokenise

_PURPOSE = re.compile(r"\bfor (?:my|the|a|an|our|his|her|their) $", re.IGNORECASE)
_ANY = re.compile(
    r"\b(?:any|whatever|whichever|all) (?P<a>[a-z]+)|(?P<b>[a-z]+)s? (?:do(?:es)?n'?t|do(?:es)? not) matter|"
    r"don'?t care (?:about|for) (?:the )?(?P<c>[a-z]+)|"
    r"(?:forget|ignore|drop|remove|without|lift|no) (?:the |my |any |a )?(?P<d>[a-z]+)"
    r"(?: limit| filter| constraint| restriction)|"
    r"(?:forget|ignore|drop|remove) (?:about )?(?:the |my )?(?P<e>[a-z]+)|"
    r"(?P<f>price|money|budget) is no (?:object|problem|issue)|no (?P<g>budget|price)(?: limit| cap)?",
    re.IGNORECASE,
)
_DROPPED_NAMES = {
    "price": "price", "budget": "price", "cost": "price", "money": "price", "colour": "color", "color": "color",
    "colours": "color", "colors": "color", "photo": "photo", "picture": "photo", "image": "photo",
}  # fmt: skip
_ASKED: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"\b(?:{words})\b", re.IGNORECASE), fact)
    for words, fact in (
        ("made (?:of|from|out of)|material|fabric", "material"),
        ("how much|cost|price", "price"),
        ("sizes?|how (?:big|large)|fit me", "size"),
        ("colou?rs?", "color"),
        ("in stock|available|how many", "availability"),
        ("wash(?:able|ed|ing)?|clean|care(?: instructions)?|iron", "care"),
        ("brand|who makes", "brand"),
        ("rating|rated|reviews?", "rating"),
    )
)


def asked_facts(text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The facts that a question names, in its words or in those of the store ("sleeve", "capacity")."""
    found = [fact for pattern, fact in _ASKED if pattern.search(text)]
    said = {token.stem for token in tokenise(text)}
    for fact in vocabulary.facts:
        name = stems(fact.replace("_", " "))
        if fact not in SILENT_FACTS and name and set(name) <= said:
            found.append(fact)
    return tuple(dict.fromkeys(found))


def names_a_thing(asked: re.Match[str], phrase: str) -> bool:
    """In the middle of a conversation a new thing is a noun phrase of its own, not "something warmer"."""
    opening = asked.group()[: len(asked.group()) - len(asked["thing"])].lower()
    first = phrase.strip().split(" ", 1)[0].lower()
    if first in (
        "something",
        "anything",
        "it",
        "one",
        "ones",
        "them",
        "that",
        "this",
        "more",
        "to",
        "these",
        "those",
    ):
        return False
    plural = phrase.strip().lower().endswith("s")
    return plural or bool(re.search(r"\b(?:a|an|some|any|your)\s+$", opening))


def heads_only(mentions: Sequence[Mention], tokens: Sequence[Token], text: str) -> tuple[Mention, ...]:
    """Of two neighbouring types only the head names the thing ("dress shoes"); "for my sofa" names a place."""
    kept: list[Mention] = []
    types = [m for m in mentions if m.sense.is_type]
    for at, mention in enumerate(mentions):
        following = mentions[at + 1] if at + 1 < len(mentions) else None
        modifier = (
            mention.sense.fact == "category"
            and following is not None
            and following.sense.fact == "category"
            and following.start == mention.end
        )
        place = (
            mention.sense.is_type
            and mention is not types[0]
            and bool(_PURPOSE.search(text[: tokens[mention.start].start]))
            and tokens[mention.start].text not in RECIPIENTS
        )
        if not (modifier or place):
            kept.append(mention)
    return tuple(kept)


def given_up(text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Facts (or "price", "photo") whose constraint the shopper gives up: "any colour", "forget the budget"."""
    names = []
    for match in _ANY.finditer(text):
        word = next(group for group in match.groups() if group).lower()
        name = _DROPPED_NAMES.get(word) or next(
            (fact for fact in (word, word.rstrip("s")) if fact in vocabulary.facts), ""
        )
        if name:
            names.append(name)
    return tuple(dict.fromkeys(names))
