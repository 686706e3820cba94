"""Words that name a kind or size elsewhere and none where they stand: "too short", "a light jacket", "my flat"."""

from __future__ import annotations

from collections.abc import Sequence

from agent.shades import palettes
from agent.shopping_words import DIMENSIONS, STOP_STEMS
from agent.spelling import is_english
from agent.vocabulary import Mention
from agent.words import Token

_DEGREES = ("too", "very", "so", "quite")
_COMPLETING = frozenset(("complete", "make", "build"))
_COMPARED = ("less", "more")
_BEFORE_AN_ADJECTIVE = frozenset((",", "and", "but", "something", "anything", "is", "be", "really", "super", "not"))
_FROM_ABOVE = frozenset(("head", "top"))  # "head to toe"
_ONE_OF = frozenset(("a", "an", "any", "some", "my", "our"))
_GOES_ON = frozenset(("than", "one", "ones"))  # behind a comparative: "bigger than this", "a newer one"
_NAMED_BY_PLURALS = frozenset(("flat", "shade"))  # flats are shoes, and a flat is a home; shades are sunglasses
_SUCH = ("less", "able", "ible", "ful", "proof", "ish", "ous", "safe")
_COMPOUND = frozenset(("safe", "free", "friendly", "proof", "resistant"))  # behind another word: "dishwasher safe"
# What ends as an activity does and is a thing.
_MADE = frozenset(
    """bedding clothing lighting flooring shelving decking fencing seating roofing painting stuffing topping dressing
    seasoning icing stocking awning filling wrapping building paneling railing coating lining swing""".split()  # noqa: SIM905
)
COLLECTIVE = frozenset(("gear", "equipment", "supplies", "essentials", "goods"))  # "hiking gear" is all of hiking


def ends_as_adjective(word: str) -> bool:
    """Whether a word ends as adjectives do: "brushless", "heatproof"."""
    return word.endswith(_SUCH)


def says_what_it_stands(words: Sequence[str]) -> bool:
    """Whether words say what a thing stands or is free of: "dishwasher safe", "allergy friendly"."""
    return len(words) > 1 and words[-1] in _COMPOUND


def names_an_activity(word: str) -> bool:
    """Whether a word is what one does by its end: "sailing", "running"; not "bedding", "earring"."""
    base = word.removesuffix("ing")
    bases = (base, f"{base}e", *([base[:-1]] if base[-1:] == base[-2:-1] else []))
    return base != word and len(base) > 2 and word not in _MADE and any(is_english(each) for each in bases)


def names_no_kind(tokens: Sequence[Token], mention: Mention) -> bool:
    """Whether a mention is of a kind that its word does not mean here."""
    if _ends_a_decade(tokens, mention) or _is_to_be_completed(tokens, mention) or ends_whole(tokens, mention.start):
        return True
    word = tokens[mention.start].text if mention.end - mention.start == 1 else ""
    if word == "tight":  # no tights, unless a value is called just so
        return not any(word in value.lower().split() for value in mention.sense.values)
    if not mention.sense.is_type:  # "too high" is about no high-tops
        compared = mention.start > 0 and tokens[mention.start - 1].text in _COMPARED  # "less heavy"
        return word in DIMENSIONS and (compared or in_degree(tokens, mention.start)) and not mention.sense.whole
    before = tokens[mention.start - 1].text if mention.start else ""
    light = word == "light" and before in _BEFORE_AN_ADJECTIVE  # "a jacket, light and warm"
    placed = before in ("at", "from")  # "for evenings at home"
    plain = light or placed or word in _NAMED_BY_PLURALS
    return plain or in_degree(tokens, mention.start) or _says_how_short(tokens, mention)


def _ends_a_decade(tokens: Sequence[Token], mention: Mention) -> bool:
    """ "He is in his 30s" asks for no size S."""
    before = tokens[mention.start - 1] if mention.start else None
    tied = before is not None and before.text.isdigit() and before.end == tokens[mention.start].start
    return tied and tokens[mention.start].text == "s"


def _is_to_be_completed(tokens: Sequence[Token], mention: Mention) -> bool:
    """ "Complete the outfit" asks for what goes with a thing."""
    before = {token.text for token in tokens[max(0, mention.start - 3) : mention.start]}
    return tokens[mention.start].text == "outfit" and bool(before & _COMPLETING)


def ends_whole(tokens: Sequence[Token], at: int) -> bool:
    """ "From head to toe" is about no toe."""
    return at > 1 and tokens[at - 1].text == "to" and tokens[at - 2].text in _FROM_ABOVE


def says_how(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word tells what a thing is like where it stands: "too short", "light colours", "the newest"."""
    return in_degree(tokens, at) or at in palettes(tokens) or _compares(tokens, at)


def _compares(tokens: Sequence[Token], at: int) -> bool:
    """ "Newer", "longest"; not "a cleaner", "vacuum cleaner" and "number 2", which are things as well."""
    word = tokens[at].text
    if not word.endswith(("er", "est")):
        return False
    base = word.removesuffix("er").removesuffix("est")
    if not (is_english(f"{base}er") and is_english(f"{base}est") and _is_graded(base)):
        return False
    after = tokens[at + 1].text if at + 1 < len(tokens) else ""
    if word.endswith("est") or after.isdigit():
        return word.endswith("est")
    ends = not after.isalpha() or (tokens[at + 1].stem in STOP_STEMS and after not in _GOES_ON)
    return not (ends and at > 0 and _names_with(tokens[at - 1]))


def _names_with(before: Token) -> bool:
    """Whether a word that ends in "er" is a name behind this one: "a cleaner", "hair dryer"."""
    return before.text in _ONE_OF or (before.text.isalpha() and before.stem not in STOP_STEMS)


def _is_graded(base: str) -> bool:
    """ "New" of "newer", "big" of "bigger", "dry" of "drier", "large" of "larger"."""
    bases = (base, f"{base}e", base[:-1], f"{base[:-1]}y" if base.endswith("i") else base)
    return len(base) > 1 and any(is_english(each) for each in bases)


def in_degree(tokens: Sequence[Token], at: int) -> bool:
    """ "Too short" is about a length, whatever else is called shorts."""
    return at > 0 and tokens[at - 1].text in _DEGREES


def _says_how_short(tokens: Sequence[Token], mention: Mention) -> bool:
    """Of "short sleeves" how long they are is said, and no shorts are asked for."""
    after = tokens[mention.end : mention.end + 1]
    return tokens[mention.start].text == "short" and bool(after) and after[0].stem not in STOP_STEMS | {"for", "in"}
