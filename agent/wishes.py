"""Several wishes in one message: "white sneakers under 90 and a black backpack under 60" is cut before the second.

An "and" or a comma between two kinds of things cuts; "a jacket, a coat or a dress" stays one wish with alternatives.
What is refused before or after all of them ("..., he hates stripes") is refused of each. Knows the kinds that a
reading found, no store.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from agent.reading import Reading, inside
from agent.shopping_words import RECIPIENTS, SOFT_FACTS
from agent.state import DialogueState
from agent.utterance import Utterance
from agent.values import union
from agent.vocabulary import Mention

Held = Callable[[str, str, tuple[str, ...]], tuple[str, ...]]  # see ``ShopSense.held``

_LINK = re.compile(r"\b(?:and(?: also| then)?|plus|as well as|along with|together with)\b|&|(?<=\w);", re.IGNORECASE)
_OR = re.compile(r"\b(?:or|nor|vs\.?|versus|maybe|perhaps|possibly)\b|/", re.IGNORECASE)
_ALSO_SOMETHING = re.compile(
    r"^\W*(?:(?:and|ok(?:ay)?|great|good|fine|thanks?)\W+)*(?:also|plus)\W+(?:(?:i|we) )?(?:(?:need|want) )?"
    r"(?:some|any)thing for\b|\b(?:i|we) also (?:need|want) (?:some|any)thing for\b",
    re.IGNORECASE,
)
# "A gift under 50 for a guitarist": for somebody else than the things before, and no "it's a gift for my sister".
_PRESENT = re.compile(
    r"^\W*(?:(?:and|ok(?:ay)?|now|so|next|great|thanks?|also)\W+)*"
    r"(?:i(?:['’]m| am)? (?:also )?(?:need|want|looking for) |looking for |(?:find|show|give) me )?"
    r"(?:an? |some )?(?:[\w-]+ )?(?:gifts?|presents?)(?: ideas?)?\b"
    r"[^.;!?]*\bfor (?!me\b|it\b|this\b|that\b|less\b|under\b|around\b|[$€£₹\d])",
    re.IGNORECASE,
)
_AFTER_ALL = re.compile(r"\b(?:after all|any ?more|any longer)\b", re.IGNORECASE)
_COMMA = re.compile(r",")
_SENTENCE = re.compile(r"(?<=\w)[.!?]+(?=\s)")  # "A dress, no velvet. Shoes under 60"
_PART = re.compile(r"[^,;:.!?]+")
_OWN = frozenset(("my", "your", "his", "her", "our", "their"))  # "shoes, my dress is blue" wants no dress


@dataclass(frozen=True, slots=True)
class Clauses:
    """A message cut into one text a wish."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Gap:
    """What stands between two kinds: where an "and" or a comma would cut, and whether an "or" joins them."""

    link: tuple[int, int] | None
    comma: tuple[int, int] | None
    alternative: bool


def apart(reading: Reading) -> Clauses | None:
    """The wishes of a message, None when it has but one."""
    kinds = [m for m in reading.mentions if _is_kind(reading, m)]
    cuts = _cuts([_gap(reading, left, right) for left, right in pairwise(kinds)])
    if not cuts or reading.references:
        return None
    edges = [0, *(edge for cut in cuts for edge in cut), len(reading.text)]
    texts = [reading.text[start:end].strip(" ,") for start, end in zip(edges[::2], edges[1::2], strict=True)]
    before, after = _refusals_around(reading, kinds)
    texts = [texts[0], *(f"{before}, {text}" for text in texts[1:])] if before else texts
    texts = [*(f"{text}, {after}" for text in texts[:-1]), texts[-1]] if after else texts
    return Clauses(tuple(texts))


def _cuts(gaps: Sequence[_Gap]) -> list[tuple[int, int]]:
    """Where the message is cut; commas that lead up to an "or" list alternatives and cut nothing."""
    cuts, listed = list[tuple[int, int]](), False
    for gap in reversed(gaps):
        listed = gap.alternative or (listed and gap.link is None)
        cut = gap.link or (None if listed else gap.comma)
        if cut:
            cuts.insert(0, cut)
    return cuts


def _gap(reading: Reading, left: Mention, right: Mention) -> _Gap:
    start, end = reading.tokens[left.end - 1].end, reading.tokens[right.start].start
    if set(left.sense.values) & set(right.sense.values) or left.sense.fact != right.sense.fact:
        return _Gap(None, None, alternative=False)
    links = [m.span() for m in _LINK.finditer(reading.text, start, end)]
    commas = [m.span() for m in _COMMA.finditer(reading.text, start, end)]
    if commas:  # what stands before the end of a sentence is said of what it names
        commas += [m.span() for m in _SENTENCE.finditer(reading.text, start, end + 1) if m.start() > commas[-1][0]]
    own = bool(right.start) and reading.tokens[right.start - 1].text in _OWN
    unlike = left.start - 1 in reading.refused  # "no leather boots, leather jackets" wants jackets alone
    comma = commas[-1] if commas and not (own or unlike) else None
    return _Gap(links[-1] if links else None, comma, bool(_OR.search(reading.text, start, end)))


def _refusals_around(reading: Reading, kinds: Sequence[Mention]) -> tuple[str, str]:
    """The parts before the first kind and behind the last that refuse something, as they were said."""
    types = {at for m in reading.mentions if m.sense.is_type for at in range(m.start, m.end)}
    refused = [reading.tokens[at].start for at in reading.refused - types]
    first, last = reading.tokens[kinds[0].start].start, reading.tokens[kinds[-1].end - 1].end
    parts = [m for m in _PART.finditer(reading.text) if any(inside(at, [m.span()]) for at in refused)]
    before = [m[0].strip() for m in parts if m.end() <= first]
    after = [m[0].strip() for m in parts if m.start() >= last]
    return ", ".join(before), ", ".join(after)


def sharing(wishes: Sequence[Utterance], held: Held) -> list[Utterance]:
    """The wishes of one message with what ends it said of all: "a dress and shoes for a wedding, under 150".

    A price, or an occasion and the like, holds for those before where none of them has one. What the last kind has
    nowhere in the store ("a shirt and a belt in slim fit") is meant of those that have it; ``held`` tells.
    """
    *before, last = _given_back(wishes, held)
    if any(w.price_min is not None or w.price_max is not None for w in before):
        low, high, currency = None, None, None
    else:
        low, high, currency = last.price_min, last.price_max, last.currency
    said = {fact for wish in before for fact in wish.include}
    moods = {f: v for f, v in last.include.items() if f in SOFT_FACTS and f not in said}
    shared = [
        replace(
            wish,
            include={**wish.include, **moods},
            price_min=wish.price_min if low is None else low,
            price_max=wish.price_max if high is None else high,
            currency=wish.currency or currency,
        )
        for wish in before
    ]
    return [*shared, last]


def names_no_further(text: str) -> bool:
    """Whether a message wants a further thing and does not say which: "also something for the shade"."""
    return bool(_ALSO_SOMETHING.search(text) or _PRESENT.search(text))


def returns(reading: Reading, said: Utterance, state: DialogueState) -> bool:
    """Whether "the bag" means one that was looked for before, by this name, a narrower or a broader one."""
    wanted = set(said.type_values)
    if not wanted or wanted & set(state.need.type_values):
        return False
    if not any(wanted & set(need.type_values) for need in state.needs):
        return False
    return any(_is_definite(reading, m) for m in reading.mentions if _is_kind(reading, m))


def without_dismissed(reading: Reading, said: Utterance, state: DialogueState) -> Utterance:
    """What is looked for no longer closes its need: "forget the belt", "she has enough mugs", "no rugs after all".

    So does a refusal of what was only noted ("leave out the hat"); a piece of an outfit is left out of it.
    """
    said = _without_piece(reading, said, state)
    others = {value for need in state.needs for value in need.type_values} - set(said.type_values)
    after_all = bool(_AFTER_ALL.search(reading.text))
    noted = {value for need in state.needs if need.noted for value in need.type_values}
    refused = [m for m in reading.mentions if m.sense.is_type and m.start in reading.refused]
    refused = [m for m in refused if after_all or (not said.type_values and noted & {*m.sense.values})]
    unseen = {value for m in refused for value in m.sense.values} - set(state.need.type_values)
    pieces = set(state.need.type_values) if state.need.outfit else set[str]()
    kinds = (unseen | (set(reading.aside) - pieces)) & others
    if not kinds:
        return said
    facts = {m.sense.fact for m in reading.mentions if m.start in reading.refused and not m.sense.is_type}
    exclude = {fact: values for fact, values in said.exclude.items() if not refused or fact in facts}
    return replace(said, exclude=exclude, dropped=(*said.dropped, *sorted(f"need:{value}" for value in kinds)))


def _without_piece(reading: Reading, said: Utterance, state: DialogueState) -> Utterance:
    """ "Drop the waistcoat" of an outfit refuses such pieces of it."""
    need, aside = state.need, set(reading.aside)
    pieces = tuple(value for value in need.type_values if value in aside)
    if not (need.outfit and pieces and len(pieces) < len(need.type_values)) or said.type_values or said.unknown_type:
        return said
    return replace(said, exclude=union(said.exclude, {need.type_fact: pieces}))


def _is_definite(reading: Reading, kind: Mention) -> bool:
    at = kind.start
    while at and at - 1 in reading.mentioned:  # "the black leather bag"
        at -= 1
    return bool(at) and reading.tokens[at - 1].text == "the"


def _given_back(wishes: Sequence[Utterance], held: Held) -> list[Utterance]:
    """The wishes, the values that only the kinds before have taken from the last and given to those."""

    def has(wish: Utterance, fact: str) -> bool:
        return not {*last.include[fact]}.isdisjoint(held(fact, wish.type_fact, wish.type_values))

    *before, last = wishes
    lacking = [fact for fact in last.include if not has(last, fact) and any(has(w, fact) for w in before)]
    given = [
        replace(wish, include={**{f: last.include[f] for f in lacking if has(wish, f)}, **wish.include})
        for wish in before
    ]
    kept = {fact: values for fact, values in last.include.items() if fact not in lacking}
    return [*given, replace(last, include=kept)]


def _is_kind(reading: Reading, mention: Mention) -> bool:
    first = reading.tokens[mention.start]
    person = first.text in RECIPIENTS or first.stem in RECIPIENTS
    return mention.sense.is_type and mention.start not in reading.refused and not person
