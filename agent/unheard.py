"""Wishes of a turn that no fact stands for: which words they are, and what the cards' own texts say of them.

A wish that only ranks must not pass for one that is met, so it is told where no card's record mentions it, or only
some do. Words of mood ("cute", "cosy") are left alone where they stand beside other wishes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from agent.asserted import asserts
from agent.fact_names import core as core_stems
from agent.fact_names import name_stems
from agent.freedoms import records_none
from agent.item_replies import record_text
from agent.no_kinds import says_how
from agent.of_all import some_mention
from agent.shopping_words import GIFT_STEMS, LOOKS, PROPERTY_STEMS
from agent.utterance import Intent, Utterance
from agent.values import NO
from agent.wording import core, fact_words, listing
from agent.words import Token, stem, stems, tokenise
from retrievers.relaxation import KIND
from store.schemas import Item

_MOODS = LOOKS | frozenset(
    stem(word)
    for word in """
    cute cosy cozy pretty beautiful lovely stylish chic fancy fun funny trendy fashionable special unique cool
    comfortable comfy interesting pleasant affordable quality decent proper suitable stunning gorgeous romantic
    smart timeless minimalist minimal
    """.split()  # noqa: SIM905
)
_PEOPLE = ("gender", "age_group")  # whom a thing is for goes without saying where no record tells it
# What is said of a thing behind these words is a property of it, whatever else the message wishes for.
_SAYS_HOW_IT_IS = re.compile(
    r"(?:\b(?<!go )(?<!goes )(?<!going )(?<!wear )(?<!pair )(?<!match )(?<!matches )"  # a companion, no property
    r"(?:with|having|has|have|must|should|needs?|ha(?:s|ve) to|got to)"
    r"|\b(?:that|which|it|they|these|those|ones?|them)(?: one| ones)?(?: is| are|['’]s|['’]re)"
    r"|\b(?:to|must|should|will|shall|can) be)"
    r"(?: (?:be|have|has|an?|any|some|the|its|good|great|decent|proper|really|very|built[- ]in|also|either))*\W*$",
    re.IGNORECASE,
)
# What stands alone between commas is wanted too: "a watch, digital, not leather".
_PART_BEGINS, _PART_ENDS = re.compile(r"[,;]\s*(?:and |but )?$"), re.compile(r"^\s*(?:[,.;!?]|$)")
# A child, with its age: no shop that tells nothing of children has things for them.
_CHILD = re.compile(
    r"\b(?P<who>(?:boy|girl|son|daughter|child|kid|baby|toddler|grandson|granddaughter)s?)\b"
    r"(?:,?(?: of| aged?| who is| who['’]s| is)* \d+(?: years?(?: old)?| months?(?: old)?)?)?",
    re.IGNORECASE,
)
# Of compounds that say what a thing stands, or has none of.
_ENDINGS = ("free", "safe", "proof", "resistant", "friendly", "repellent")


def wished(text: str, said: Utterance) -> tuple[str, ...]:
    """The phrases of a message that are wanted as properties and that no fact stands for: "dishwasher safe"."""
    if said.intent not in (Intent.SEARCH, Intent.MORE_LIKE, Intent.SOMETHING_ELSE):
        return ()
    alone, words = _says_nothing_else(said), said.text.split()
    children = [match for match in _CHILD.finditer(text) if match["who"].lower() in words and said.type_values]
    runs = _runs(text, [word for word in words if word not in {match["who"].lower() for match in children}])
    kinds = tuple(filter(None, (*said.type_words.split(" or "), said.unknown_type)))
    phrases = [_phrase(text, run) for run in runs if alone or _is_property(text, run, kinds)]
    compared = _compared(text, words) if said.intent is Intent.MORE_LIKE else ()
    return tuple(dict.fromkeys((*phrases, *compared, *(match[0].lower() for match in children))))


def _compared(text: str, words: Collection[str]) -> tuple[str, ...]:
    """The comparatives of "this backpack, but bigger" that no fact of the kind answers."""
    tokens = tokenise(text)
    return tuple(t.text for at, t in enumerate(tokens) if t.text in words and says_how(tokens, at))


def mentions(item: Item, phrase: str) -> bool:
    """Whether a sentence, a value or a fact of an item's record says all words of a phrase and does not deny them."""
    return asserts(record_text(item), phrase) or records_none(item, phrase) or _has_fact(item, phrase)


def _has_fact(item: Item, phrase: str) -> bool:
    """Whether a record holds a fact of that name, as "storage" where it says how much: all but one that it denies."""
    said = stems(phrase)
    held = (values for fact, values in item.attributes.items() if said in (name_stems(fact), core_stems(fact)))
    return any(value and value.lower() not in NO for values in held for value in values)


def partly_met(phrases: Sequence[str], items: Sequence[Item]) -> list[str]:
    """The sentences about phrases that some of the items mention, and not all: of so many cards no more than one."""
    for phrase in phrases:
        held = [place for place, item in enumerate(items) if mentions(item, phrase)]
        if 0 < len(held) < len(items):
            return [some_mention(held, as_recorded(phrase, items))]
    return []


def unmet(phrases: Sequence[str], items: Sequence[Item]) -> list[str]:
    """The phrases that no item mentions."""
    return [phrase for phrase in phrases if not any(mentions(item, phrase) for item in items)]


def unliked(said: Utterance, items: Sequence[Item]) -> list[str]:
    """The preferences of a turn that none of the items has, each in words: "cork grip", "navy or green"."""
    missed = []
    for fact, values in said.preferred.items():
        named = {value.lower() for value in values}
        held = any(named & {value.lower() for value in item.values(fact)} for item in items)
        if not held and fact not in {*said.recipient, *KIND, *_PEOPLE}:
            missed.append(listing([fact_words(fact, value) for value in core(values)[:3]], "or"))
    return missed


def unfitting(said: Utterance, items: Sequence[Item]) -> tuple[str, ...]:
    """The kinds that would go best with what the things asked for shall go with, where none of the items is one."""
    kinds = said.preferred.get("category", ()) if said.companion else ()
    return () if any(item.category in kinds for item in items) else tuple(kinds)


def unread(text: str, words: Sequence[str]) -> tuple[str, ...]:
    """Words of a message that stand side by side as the phrases that they are: "living room"."""
    found = [_phrase(text, run) for run in _runs(text, words)]
    spoken = {word for phrase in found for word in re.split(r"[\s-]+", phrase)}
    return tuple(dict.fromkeys((*found, *(word for word in words if word not in spoken))))


def longest(phrases: Sequence[str]) -> list[str]:
    """The phrases, less those that another one says too: "8 years old" beside "son, 8 years old"."""
    said = {phrase: set(stems(phrase)) for phrase in phrases}
    return [phrase for phrase in said if not any(said[phrase] < other for other in said.values())]


def as_recorded(phrase: str, items: Sequence[Item]) -> str:
    """A phrase in words that records have: "machine wash" where "washable" stands in none."""
    known = {stem for item in items for stem in stems(record_text(item))}
    return re.sub(r"[^\W\d_]+", lambda m: m[0] if stem(m[0]) in known else m[0].removesuffix("able"), phrase)


def _says_nothing_else(said: Utterance) -> bool:
    named = (
        said.type_values,
        said.unknown_type,
        said.include,
        said.preferred,
        said.photo,
        said.recipient,
        said.references,
    )
    bounded = said.price_min is not None or said.price_max is not None
    return not (any(named) or said.exclude or said.exclude_words or said.dropped or bounded)


def _runs(text: str, words: Collection[str]) -> Iterator[tuple[Token, ...]]:
    """Tokens of these words that stand side by side, with what a hyphen ties to them ("over-ear")."""
    tokens, run = tokenise(text), list[Token]()
    for at, token in enumerate(tokens):
        before, after = tokens[at - 1] if at else None, tokens[at + 1] if at + 1 < len(tokens) else None
        tied_back = before is not None and text[before.end : token.start] == "-" and bool(run)
        tied_on = after is not None and text[token.end : after.start] == "-" and after.text in words
        if (token.text in words and token.stem not in GIFT_STEMS) or tied_back or tied_on:
            run.append(token)
        elif run:
            yield tuple(run)
            run = []
    if run:
        yield tuple(run)


def _is_property(text: str, run: tuple[Token, ...], kinds: Sequence[str]) -> bool:
    """Whether words say what a thing is like; ``kinds`` are the words for the thing itself ("digital watches")."""
    if any(token.stem in PROPERTY_STEMS or token.text in _ENDINGS for token in run):
        return True
    before, after = text[: run[0].start], text[run[-1].end :]
    apart = _PART_BEGINS.search(before) and _PART_ENDS.match(after)
    named = any(re.match(rf"\s+{re.escape(kind)}\b", after, re.IGNORECASE) for kind in kinds)
    moody = all(token.stem in _MOODS for token in run)
    return not moody and bool(named or apart or _SAYS_HOW_IT_IS.search(before))


def _phrase(text: str, run: tuple[Token, ...]) -> str:
    return " ".join(text[run[0].start : run[-1].end].lower().split())
