"""Whom a thing shall do no harm to, as the shop records it: "safe for my cat" is "pet safe" where that is a fact.

A shop that records only harm ("toxic to dogs") is asked for things without it. What is safe for all pets is safe for
a cat or a dog; of other animals such a record tells nothing, and neither does "dog safe" of cats. Knows the names of
a store's facts, no item.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from agent.fact_names import name_stems
from agent.values import YES
from agent.vocabulary import Vocabulary
from agent.words import stem, stems

# Who is named -> whose safety tells of theirs, their own first.
_TOLD_BY: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("cat", "kitten", "kitty"), ("cat", "pet", "animal")),
    **dict.fromkeys(("dog", "puppy", "pup"), ("dog", "pet", "animal")),
    **dict.fromkeys(("pet", "animal"), ("pet", "animal")),
    **dict.fromkeys(("baby", "infant"), ("baby", "infant", "child", "kid")),
    **dict.fromkeys(("toddler", "child", "children", "kid"), ("child", "kid")),
}
_STEMS = {stem(word): tuple(map(stem, told)) for word, told in _TOLD_BY.items()}
_SAFE = ("safe", "friendly")
_HARM = r"(?:toxic|poisonous|harmful|dangerous|hazardous)"
_HARMFUL = frozenset(map(stem, ("toxic", "poisonous", "harmful", "dangerous", "hazardous", "unsafe")))
_WHO = (
    r"(?:cats?|kittens?|kitty|kitties|dogs?|pups?|puppy|puppies|pets?|animals?|baby|babies|infants?|toddlers?|kids?|"
    r"child|children)"
)
_WHOSE = r"(?:(?:my|our|his|her|their|your|the|an?|all|both|two|three|small|little|young|curious|indoor) )*"
_NONE = rf"(?:(?:non|not|no|nothing|anything not|isn['’]?t|aren['’]?t)[ -]{_HARM}|nontoxic|harmless)"
# "Safe for my cats and dogs", "not toxic to pets", "that won't harm the dog"; "cat-safe"; "non-toxic".
_SAID = re.compile(
    rf"\b(?:(?:(?:safe|{_NONE}) (?:for|to|around|with|near|if eaten by)|"
    r"(?:won['’]?t|will not|doesn['’]?t|does not|don['’]?t|do not|cannot|can['’]?t) (?:harm|hurt|poison|kill)) "
    rf"(?:{_WHOSE}(?P<who>{_WHO}(?:(?:, | and | or |, and | & ){_WHOSE}{_WHO})*)|(?P<them>them|him|her|it))|"
    rf"(?P<whose>{_WHO})[ -](?:safe|friendly)|(?P<all>{_NONE})(?! (?:to|for)\b))\b",
    re.IGNORECASE,
)

# "No shrubs toxic to dogs", "nothing that is harmful to my cat": not the shrubs are refused.
_NO_HARMFUL = re.compile(
    rf"\b(?:no|nothing|without any|not any) (?P<what>(?:[a-z]+ ){{1,4}}?)(?={_HARM} (?:to|for) )", re.IGNORECASE
)
_NAMED = re.compile(rf"\b{_WHO}\b", re.IGNORECASE)  # "cats" of "I have two cats"
# "I have two cats, ...": says for whom, and is no wish for two cats.
_OWNS = re.compile(
    rf"\b(?:i|we)(?:['’]ve(?: got)?| have(?: got)?| own) {_WHOSE}(?P<who>{_WHO})\s*(?:[,.;:]|\band\b)\s*(?:so )?",
    re.IGNORECASE,
)


def with_safety(text: str, vocabulary: Vocabulary) -> str:
    """The message with such a wish in the words of the store's fact; as it is where no fact tells it."""

    def told(match: re.Match[str]) -> str:
        if vocabulary.sense(match[0]):  # the store's own words
            return match[0]
        said = match["who"] or match["whose"]
        if match["them"]:  # "I have two cats, something safe for them"
            said = " ".join(_NAMED.findall(match.string[: match.start()]))
            if not said:
                return match[0]
        who = [each for each in stems(said) if each in _STEMS] if said else [stem("pet"), stem("child")]
        found = [_recorded(each, vocabulary) for each in who]
        if said and not all(found):  # what is known to be safe for cats may harm dogs
            return match[0]
        return " and ".join(dict.fromkeys(filter(None, found))) or match[0]

    plain = _SAID.sub(told, _NO_HARMFUL.sub(r"\g<what>not ", text))
    owned = _OWNS.search(plain)
    if owned is None or plain == text or vocabulary.sense(owned["who"]):
        return plain
    return plain[: owned.start()] + plain[owned.end() :]


def _recorded(who: str, vocabulary: Vocabulary) -> str:
    """A fact that tells that things do no harm to these, as one asks for it; "" where none tells it."""
    for other in _STEMS[who]:
        for fact in _switches(vocabulary):
            if name_stems(fact) in {(other, stem(word)) for word in _SAFE}:
                return fact.replace("_", " ")
    named = {who, *_STEMS[who]}
    harms = [fact for fact in _switches(vocabulary) if _HARMFUL & {*name_stems(fact)} and named & {*name_stems(fact)}]
    return ", ".join(f"not {fact.replace('_', ' ')}" for fact in harms)


def _switches(vocabulary: Vocabulary) -> Iterable[str]:
    """The facts that are but true or not."""
    return (fact for fact, values in vocabulary.facts.items() if {v.lower() for v in values} & YES)
