"""The grammar of things: one or many of them, and the article that a title brings along. Knows no store."""

from __future__ import annotations

import re

from store.words import IRREGULAR

_DONE_WITH = ("sit on", "sleep in", "drink from", "cook with")  # kinds by what one does with them
_UNCOUNTED = frozenset(
    """
    jewellery jewelry footwear apparel clothing underwear swimwear outerwear knitwear nightwear luggage furniture
    cookware tableware bedding equipment gear lingerie
    """.split()  # noqa: SIM905
)
_PLURALS = {singular: many for many, singular in IRREGULAR.items()}
# What follows the head of a title; "of" only after words that hold others ("set of mugs"), not in names.
_AFTER_HEAD = re.compile(
    r",|\b(?:with|for|in|and)\b|(?:(?<=\bset)|(?<=\bpair)|(?<=\bpack)|(?<=\bbox)) of\b", re.IGNORECASE
)
_SPAN = re.compile(r"\d (?:minutes|hours|days|weeks|months|years)$", re.IGNORECASE)


def plural(title: str) -> bool:
    """Whether a title names several things, so that "are" follows: its first part ends on a plural.

    >>> plural("Lull over-ear headphones"), plural("Linen dress with short sleeves, red"), plural("Glass vase")
    (True, False, False)
    >>> plural("Set of mugs"), plural("Colors of Sea Women Black Dress")
    (False, False)
    >>> plural("50 mm lens"), plural("Contact lenses")
    (False, True)
    >>> plural("Comté 12 months"), plural("The Night Trains"), plural("501 jeans")
    (False, False, True)
    """
    head = _AFTER_HEAD.split(title)[0].split()
    if title.startswith("The ") or _SPAN.search(" ".join(head)):  # a name of one work; how old or long it is
        return False
    last = head[-1].lower() if head else ""
    return last not in _PLURALS and bool(re.search(r"(?<![sui])s$", last))


def one_article(sentence: str) -> str:
    """A title that begins with an article takes no other.

    >>> one_article("First comes the The Lemon Ledger."), one_article("The The Lemon Ledger is $9.")
    ('First comes The Lemon Ledger.', 'The Lemon Ledger is $9.')
    """
    return re.sub(r"\b[Tt]he (?=The )", "", sentence)


def many(words: str) -> str:
    """Words that name one thing or a kind of things, as one says them of many: "scarves", "swimwear pieces"."""
    if words in _DONE_WITH:
        return f"things to {words}"
    *before, last = words.split(" ")
    if last in _UNCOUNTED or last.endswith("less"):  # "cordless" names no thing
        return f"{words} pieces"
    if irregular := _PLURALS.get(last) or _PLURALS.get(last.removesuffix("s")):  # "scarf", and "scarfs" as well
        return " ".join([*before, irregular])
    if not words or (words.endswith("s") and not words.endswith("ss")) or last in IRREGULAR:
        return words
    if re.search(r"[^aeiou]y$", words):
        return words[:-1] + "ies"
    return words + ("es" if words.endswith(("x", "ch", "sh", "ss")) else "s")
