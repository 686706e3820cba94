"""Phrases of a message that need no state to be read: what is given up, what is asked about, what is the head.

Helpers of what reads a message; patterns over small closed sets of English constructions.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from agent.fact_names import core, facts_called, name_stems
from agent.intent_patterns import CHOOSING, choosing
from agent.prices import limitless
from agent.shopping_words import GIFT_STEMS, MATERIAL_STEMS, RECIPIENTS, SILENT_FACTS, STOP_STEMS
from agent.spelling import is_english
from agent.vocabulary import Mention, Vocabulary
from agent.words import Token, stem, stems, tokenise

# Of "any colour but black" the colour wished before is given up, and what is left out is for ``agent/negation.py``.
_LEAVES_OUT = re.compile(r"\s+(?:but|except|excluding|other than|apart from|besides)\b", re.IGNORECASE)
_PURPOSE = re.compile(
    r"\b(?:for|under|beside|next to|over|behind|near) (?:my|the|an?|our|his|her|their) (?:\w+ ){0,2}$", re.IGNORECASE
)
_PURPOSES = re.compile(
    r"\b(?:for|likes?|loves?|enjoys?|(?:is|are|am|'s|'m|'re) into)\s+"
    r"(?:(?:my|the|an?|our|his|her|their|going|to)\s+)*"
    r"(?P<what>[a-z]+(?: [a-z]+)?)",
    re.IGNORECASE,
)
_ANY = re.compile(
    r"\b(?:any|whatever|whichever|all) (?P<a>[a-z]+)|(?P<b>[a-z]+)s? (?:do(?:es)?n'?t|do(?:es)? not) matter|"
    r"don'?t care (?:about|for) (?:the )?(?P<c>[a-z]+)|"
    r"(?:forget|ignore|drop|remove|without|lift|no) (?:the |my |any |a )?(?P<d>[a-z]+)"
    r"(?: limit| filter| constraint| restriction)|"
    r"(?:forget|ignore|drop|remove|scrap|scratch|cancel|never ?mind) (?:about )?(?:the |my )?"
    r"(?P<e>[a-z]+)\b(?! ones?\b)|"
    r"start (?:over|again|afresh) with (?:the |my )(?P<h>[a-z]+)|"
    r"(?P<f>price|money|budget) (?:is )?no (?:object|problem|issue)|no (?P<g>budget|price)(?: limit| cap)?",
    re.IGNORECASE,
)
_NO_MUST = re.compile(
    r"\b(?P<a>[\w-]+) (?:is|are) ?(?:not|n'?t) (?:a must|a deal ?breaker|an issue|necessary|needed|required|"
    r"(?:that |so )?important)\b|"
    r"\b(?:doesn'?t|don'?t|does not|do not) (?:have|need) to be (?P<b>[\w-]+)\b|"
    r"\bnot (?:necessarily|just|only) (?P<c>[\w-]+)\b(?![^.;!?]*\bbut\b)",
    re.IGNORECASE,
)
_TAKES_BACK = re.compile(
    r"forget|ignore|never ?mind (?:about|the|my)\b|\w+ (?:about|the|my)\b", re.IGNORECASE
)  # and not "drop earrings"
NOUN_END = re.compile(
    r"\b(?:for|with|without|in|under|below|over|above|from|by|that|which|to|at|of|around|between|and|but|please|on|not|"
    r"no|less|like|as|up|who|than|or)\b.*",
    re.IGNORECASE,
)
# What light is like, be it of a lamp or of a lantern.
_LIGHTS = (
    "warm|warmer|soft|softer|bright|brighter|dim|cool|cosy|cozy|natural|white|yellow|ambient|gentle|harsh|direct|enough|"
    "more|less|indirect"
)
_LIGHT = re.compile(rf"\b(?:{_LIGHTS}) light\b(?! (?!please\b|then\b|now\b)[a-z])", re.IGNORECASE)
_VAGUE = re.compile(
    r"^\W*(?:(?:ok(?:ay)?|h+m+|u+m+|well|so|oh|then|maybe|just|a|an|some|any|the|nice|good|little|small|great) )*"
    r"(?:something|anything|everything|somewhat|stuff|things?|presents?|gifts?|surprises?|ideas?|more|less|it|one)\b",
    re.IGNORECASE,
)
_HAVING = re.compile(r"^\W*(?:(?:do |have )?you (?:have|got|sell|carry|stock)|got|any)\b", re.IGNORECASE)
_DROPPED_NAMES = {
    "price": "price", "budget": "price", "cost": "price", "money": "price", "colour": "color", "color": "color",
    "colours": "color", "colors": "color", "photo": "photo", "picture": "photo", "image": "photo",
}  # fmt: skip
_ASKED: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"\b(?:{words})\b", re.IGNORECASE), fact)
    for words, fact in (
        ("made (?:of|from|out of)|material|fabric", "material"),
        ("how much (?:is|are|does|do|for)(?! .*(?:hold|weigh|carry))|costs?|price", "price"),
        ("on (?:sale|offer)|reduced|discount(?:ed)?", "price"),
        ("sizes?|how (?:big|large)|fit me", "size"),
        ("colou?rs?", "color"),
        ("(?:in|out of) stock|(?:un)?available|(?:sold|selling) out", "availability"),
        ("how many (?:are|do you) |how many [^.?]*left|(?:any|some) left", "availability"),
        ("wash(?:able|ed|ing)?|clean|care(?: instructions)?|look after|iron(?:ing|ed)?|shrinks?", "care"),
        ("brands?|who makes", "brand"),
        ("rating|rated|reviews?|(?:how many|what) stars?", "rating"),
    )
)


_IS = r"(?:is|are) (?:it|this|that|they|these|those|the \w+(?: one)?) (?:very |too |so |really |that )?"
# "How heavy is it?": words that stand in the name of the fact, whatever the shop calls it.
_HOW: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = tuple(
    (re.compile(rf"\b(?:{words})\b", re.IGNORECASE), tuple(names.split()))
    for words, names in (
        (f"how heavy|weighs?|weight|{_IS}heavy", "weight"),
        ("(?:how much|what) (?:does|do|can|will) (?:it|they|this|that) (?:hold|carry|take)|how much .* hold|"
         r"holds? (?:the )?(?:most|more|least|less)", "capacity volume"),
        (f"how (?:big|large)|dimensions?|measurements?|{_IS}(?:big|large|small)",
         "dimensions size length width depth height diameter capacity screen"),
        ("how long (?:does|do|will|can) .*(?:take|last)|playing time|"
         "(?:lasts?|burns?|runs?) (?:the )?(?:longer|longest|most)",
         "time life duration playtime runtime minutes"),
        (r"how long(?! (?:does|do|will|can)\b.*\b(?:take|last|arrive|run|play)\b)", "length height"),
        ("how tall|how high", "height length"),
        ("how wide", "width diameter"),
        ("how many (?:people|persons|players|adults)|for how many|(?:most|fewest) (?:people|persons|players)",
         "seats sleeps players persons capacity"),
        (r"how old|what age|which age|\d+[\s-]*(?:years?|months?)[\s-]olds?", "age"),
        ("megapixels?", "resolution"),
    )
)  # fmt: skip


_CHOOSING = re.compile(CHOOSING, re.IGNORECASE)
_OWN_CHOOSING = re.compile(choosing(r"[a-z]+(?: (?!of\b)[a-z]+)?"), re.IGNORECASE)
_CHOSEN = {
    "colour": "color", "shade": "color", "make": "brand", "label": "brand", "fabric": "material", "print": "pattern",
}  # fmt: skip
_HOW_MANY = re.compile(r"\bhow (?:many|much) (?P<unit>[^\W\d_]+)", re.IGNORECASE)


def asked_facts(text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The facts that a question names, in its words or in those of the store ("sleeve", "capacity")."""
    found = [fact for pattern, fact in _ASKED if pattern.search(text)]
    for pattern, names in _HOW:
        if pattern.search(text):
            held = [fact for fact in vocabulary.facts if {*map(stem, names)} & {*stems(fact.replace("_", " "))}]
            found += held or names[:1]
    for match in _HOW_MANY.finditer(text):
        found += vocabulary.measures.counting(match["unit"])
    found += facts_called(text, vocabulary.facts)
    if "size" in found and "size" not in vocabulary.facts:  # it may be told under another name
        found += [fact for fact in vocabulary.facts if stem("size") in stems(fact.replace("_", " "))]
        found = [fact for fact in found if fact != "size"] or ["size"]
    return tuple(dict.fromkeys(found))


def named_facts(phrase: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The facts whose name a phrase is and nothing more: "price", "heel", "sleeve length"."""
    ours = tuple(fact for pattern, fact in _ASKED if pattern.fullmatch(phrase))
    sized = any(pattern.fullmatch(phrase) for pattern, _ in _HOW)
    own = tuple(fact for fact in vocabulary.facts if set(stems(phrase)) in (set(core(fact)), set(name_stems(fact))))
    return ours or own or (asked_facts(phrase, vocabulary) if sized else ())


def own_choice(text: str, facts: Collection[str]) -> str:
    """The store's own fact by which a message asks what there is: "which countries do you have?"; "" for none."""
    match = _OWN_CHOOSING.search(text)
    said = stems(match["chosen"]) if match else ()
    asked = (fact for fact in sorted(facts) if fact not in SILENT_FACTS)
    return next((fact for fact in asked if said and said in (core(fact), name_stems(fact))), "")


def chosen_fact(text: str, recorded: Collection[str]) -> str:
    """The fact whose values a message asks for ("what brands do you have?"), by our name where none is recorded."""
    match = _CHOOSING.search(text)
    if match is None and (own := own_choice(text, recorded)):
        return own
    word = match["chosen"].lower() if match else ""
    name = _CHOSEN.get(word, word)
    named = (fact for fact in sorted(recorded) if stem(name) in stems(fact.replace("_", " ")))
    return name if name in recorded else next(named, name)


def said_purposes(text: str, unread: Sequence[str]) -> list[str]:
    """Of the words that no fact stands for, those that say what a thing is for: "she likes gardening"."""
    said = [token for match in _PURPOSES.finditer(text) for token in tokenise(match["what"])]
    return [token.text for token in said if token.text in unread and token.stem not in GIFT_STEMS]


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


def names_what_is_not_here(asked: re.Match[str], words: Sequence[Token], strange: Collection[str]) -> bool:
    """Whether what is asked for ends on a noun that no text of the store has: "do you have lipstick".

    After "how about" only a name does ("gucci"): other words may be what the thing in hand shall be like.
    """
    if not words or words[-1].text not in strange or words[-1].stem in MATERIAL_STEMS:
        return False
    return bool(_HAVING.search(asked.group())) or not is_english(words[-1].text)


def heads_only(mentions: Sequence[Mention], tokens: Sequence[Token], text: str) -> tuple[Mention, ...]:
    """Of two neighbouring types only the head names the thing ("dress shoes"); "for my sofa" names a place.

    Where the head is but the broader word ("tank tops", which are tanks), the first names it.
    """
    kept: list[Mention] = []
    mentions = _as_one(mentions)
    types = [m for m in mentions if m.sense.is_type]
    for at, mention in enumerate(mentions):
        following = mentions[at + 1] if at + 1 < len(mentions) else None
        modifier = following is not None and _are_neighbours(mention, following)
        place = (
            mention.sense.is_type
            and mention is not types[0]
            and bool(_PURPOSE.search(text[: tokens[mention.start].start]))
            and tokens[mention.start].text not in RECIPIENTS
        )
        if not (modifier or place):
            kept.append(mention)
    return tuple(kept)


def _as_one(mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, of which one goes on over a broader word for the same behind it: "tank tops" are tanks."""
    found: list[Mention] = []
    for mention in mentions:
        before = found[-1] if found else None
        if before and _are_neighbours(before, mention) and set(before.sense.values) < set(mention.sense.values):
            found[-1] = replace(before, end=mention.end)
        else:
            found.append(mention)
    return found


def _are_neighbours(mention: Mention, following: Mention) -> bool:
    return mention.sense.fact == following.sense.fact == "category" and following.start == mention.end


def without_its_light(
    mentions: Sequence[Mention], tokens: Sequence[Token], text: str, in_hand: Collection[str]
) -> tuple[Mention, ...]:
    """The mentions without the "warm light" of a lamp, which asks for no other kind; ``in_hand`` are known kinds."""
    said = [match.span() for match in _LIGHT.finditer(text)]
    kinds = {at: set(m.sense.values) for at, m in enumerate(mentions) if m.sense.is_type}
    shed = [
        at
        for at, values in kinds.items()
        if any(start < tokens[mentions[at].start].start < end for start, end in said)
        and (values & set(in_hand) or any(values & others for other, others in kinds.items() if other != at))
    ]
    return tuple(mention for at, mention in enumerate(mentions) if at not in shed)


@dataclass(frozen=True, slots=True)
class GivenUp:
    """Facts (or "price", "photo") whose constraint the shopper gives up, and where the message says so.

    "text:nike" is a word that only ranked.
    """

    names: tuple[str, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()


def given_up(text: str, vocabulary: Vocabulary) -> GivenUp:
    """What is given up: "any colour", "forget the budget", "linen is not a must", "I don't mind paying over 60"."""
    found = [("price_max", span) for span in limitless(text)]
    for match in (*_ANY.finditer(text), *_NO_MUST.finditer(text)):
        word = next(group for group in match.groups() if group).lower()
        value = match.re is _NO_MUST or (bool(match["e"]) and bool(_TAKES_BACK.match(match.group())))
        sense = vocabulary.sense(word) if value else None
        named = next((fact for fact in (word, word.rstrip("s")) if fact in vocabulary.facts), "")
        name = _DROPPED_NAMES.get(word) or named or (sense.fact if sense and not sense.is_type else "")
        if not name and sense is None and value and not match.groupdict().get("c") and stem(word) not in STOP_STEMS:
            name = f"text:{word}"
        if name:
            left_out = match.re is _ANY and match["a"] and _LEAVES_OUT.match(text, match.end())
            found.append((name, match.span("a" if left_out else 0)))
    return GivenUp(tuple(dict.fromkeys(name for name, _ in found)), tuple(span for _, span in found))


def is_vague(phrase: str) -> bool:
    """Whether a phrase names no kind of thing: "something fun", "a present"."""
    return bool(_VAGUE.search(phrase) or _LIGHT.search(phrase))
