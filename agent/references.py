"""Which of the cards on the table a message points at: "the second one", "that jacket", "the cheapest", "it".

Resolves against the items shown last, never against the whole store. Knows no intent.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from agent.discounts import BIGGEST
from agent.number_words import PLACES, number_of, spelt
from agent.shopping_words import STOP_STEMS
from agent.vocabulary import Vocabulary
from agent.words import tokenise
from store.schemas import Item

FULL = 6  # cards on a table that more may lie behind
ORDINAL_WORD = "|".join(sorted(PLACES, key=len, reverse=True))
_ORDINAL = re.compile(
    rf"\b(?:the |that |this |your |number )?(?P<word>{ORDINAL_WORD})\b"
    r"(?! (?:time|turn|of all|things?|thoughts?|hand))",
    re.IGNORECASE,
)
# What an ordinal counts that is no card: "our 1st anniversary", "my 3rd order here", "last week".
_EVENTS = re.compile(
    r" (?:(?:\w+ )?(?:anniversar(?:y|ies)|birthdays?)|orders?|purchases?|visits?|times?|floors?|storeys?|days?|"
    r"dates?|nights?|weeks?|weekends?|months?|years?|summers?|winters?|semesters?|trimesters?|grades?|graders?|child|kid|"
    r"baby|christmas|diwali|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|of (?:january|february|march|april|may|june|july|august|"
    r"september|october|november|december))\b",
    re.IGNORECASE,
)
# "By the 2nd" is a date, "the 2nd" with nothing before it a card.
_DATED = re.compile(r"\b(?:by|on|before|until|till|since)(?: the)? $", re.IGNORECASE)
# "He broke his last one": an own thing, and no card.
_OWN = re.compile(r"\b(?:my|his|her|our|their)(?: very| own)? $", re.IGNORECASE)
_CARD_WORD = re.compile(r" (?:ones?|items?|options?|cards?|products?|pairs?)\b", re.IGNORECASE)
# "The second" as a card and not as a part of something else: "for the second floor".
_NAMED_CARD = re.compile(
    rf"\b(?:the|that|number) (?P<word>{ORDINAL_WORD})\b"
    r"(?=\W*$|\W*[,.;:!?]|['’]s\b|"
    r" (?:ones?|items?|options?|cards?|products?|pairs?|and|or|in|is|has|have|does|then)\b)",
    re.IGNORECASE,
)
_SORTED = re.compile(
    r"\b(?:cheap|cheapest|cheaper|lowest|highest|dearest|best|newest|rated|prices?) $", re.IGNORECASE
)
_AT_END = re.compile(r"(?:,? (?:please|then|though|for now))?\W*(?:$|[,.;!?]|\b(?:and|then)\b)", re.IGNORECASE)
_DOES = re.compile(r"\b(?:does|do|did|will|can|could|should|would|to)\b[^,.;!?]*$", re.IGNORECASE)  # "does it last?"
_FIRST_FEW = re.compile(r"\b(?P<end>first|top|last) (?P<count>two|three|four|2|3|4)\b", re.IGNORECASE)
_NUMBERED = re.compile(
    rf"(?:#|\bno\.? ?|\bnumber |\boption |\bitem |\bnr\.? )(?P<n>\d{{1,2}}|{spelt(FULL)})\b", re.IGNORECASE
)
_CARD = rf"(?:[1-9]|{spelt(FULL)})"
# "Between 1 and 3": bare numbers point at cards only where a message compares.
_COMPARED = re.compile(
    r"\b(?:compar(?:e|ing|ison (?:of|between))|differences? (?:between|of)|how (?:do|does|are|is)|is|are|"
    rf"choose between)\W*(?<![$€£₹])(?P<a>{_CARD})(?:\s*,\s*(?P<b>{_CARD}))?,? "
    rf"(?:and|or|vs\.?|versus|with|to|from|&) (?P<c>{_CARD})\b(?=\W*$|\W+(?!\d)[a-z]{{4,}}|[,;:!?])",
    re.IGNORECASE,
)
COMPARING = re.compile(
    r"\b(?:compar(?:e|ing|ison (?:of|between))|differences? between) (?P<what>(?=.*\b(?:the|ones?)\b).+)",
    re.IGNORECASE,
)
_CHEAPEST = re.compile(
    r"\b(?:(?:the|that) (?:cheapest|(?:least|less) expensive|cheaper|lowest[- ]priced)(?: one)?"
    r"(?: of (?:them|those|these|the (?:first |last )?(?:two|three)))?|"
    r"(?<!the )(?<!that )(?:cheapest|least expensive)(?: one)? of "
    r"(?:them|those|these|the (?:first |last )?(?:two|three)))"
    r"(?=\W*$|\s*[,.;:!?]|\s+(?:in|to|on|into|onto|but|and|with|is|was|please|then|though|you have)\b)",
    re.I,
)
_MORE_OR_LESS = re.compile(
    r"\b(?:cheaper|pricier|(?:more|less) expensive)\b|\bof\b", re.IGNORECASE
)  # "cheapest of the two"
_REDUCED = re.compile(
    rf"\bwhich (?:one |of (?:them|these|those|the (?:two|three)) )?(?:is|are|has|have) {BIGGEST.pattern}",
    re.IGNORECASE,
)
_OF_THOSE = re.compile(
    r"\bof (?:them|those|these|the (?:two|three))\b|"
    r"\b(?:the|that) (?:cheaper|less expensive|pricier|dearer|more expensive)(?: one)?\b(?! ones| than)",
    re.IGNORECASE,
)
# What may stand around "the cheapest one" where the message asks for nothing else.
_BARE = re.compile(
    r"\W*(?:(?:and|so|ok|okay|now|then)\W+)?(?:(?:please )?(?:show|give) me)?\W*(?:please\W*)?",
    re.IGNORECASE,
)
_DENIAL = re.compile(
    r"\b(?:not|never|isn['’]?t|aren['’]?t|no)\b(?: (?:just|necessarily|always|exactly|the|your|be))*\s*$", re.I
)
_DEAREST = re.compile(r"\b(?:the|that) (?:most expensive|priciest|pricier|dearest|more expensive)(?: one)?\b", re.I)
_BOTH = re.compile(r"\b(?:both|these two|those two|the two|all of (?:them|these|those)|all three|them all)\b", re.I)
_THE_ONE = re.compile(r"\b(?:the|that|this) (?P<words>(?:[\w'-]+ ){1,4}?)one\b", re.IGNORECASE)
_ONE_WITH = re.compile(
    r"\bthe ones? (?:with|in|that has|that have|made of|made from|from) (?:the |an? )?"
    r"(?P<words>[\w-]+(?: [\w-]+){0,2})",
    re.IGNORECASE,
)
# "Hide the ones with a hood" is about a property and not about one card.
_ALL_SUCH = re.compile(
    r"\b(?:hide|exclude|remove|omit|skip|drop|lose|except|without|n['’]?t (?:want|like|show me)|not)\s+(?:all )?$",
    re.IGNORECASE,
)
# What follows "that" where it joins a clause: "a bag that goes with it".
_RELATIVE = r"(?:goes?|match(?:es)?|fits?|works?|looks?|suits?|comes?|costs?|would|could|can|will|i|you|we)\b"
_THAT_TYPE = re.compile(
    rf"\b(?:that|this) (?!(?:in|with|but|for|is|are|has|to)\b|{_RELATIVE})(?P<words>[\w'-]+(?: [\w'-]+){{0,3}})",
    re.IGNORECASE,
)
_ASKS = re.compile(r"\b(?:is|are|was|were) $", re.IGNORECASE)
_IT = re.compile(
    rf"\b(?:it|its|this one|that one|this|(?<!before )(?<!after )that(?! {_RELATIVE}))\b"
    r"(?! (?:is|was|'s)? ?(?:all|enough|ok|okay|fine|great|good|nice))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Reference:
    """An item that the message points at and where in the text it does so.

    ``weak`` references ("it", "that") mean something only when the intent asks for an item.
    """

    item_id: str
    start: int
    end: int
    weak: bool = False


def resolve(text: str, cards: Sequence[Item], talked_about: str, vocabulary: Vocabulary) -> tuple[Reference, ...]:
    """What the message points at, in its order; empty when it points at nothing that was shown.

    ``cards`` are the items shown last, in their order; ``talked_about`` is the item of the last details or
    comparison, which "it" means first.
    """
    few = _FIRST_FEW.search(text)
    among = _few(few, cards) if few else cards
    priced = _by_price(text, among)
    if few and priced:
        return priced  # "the cheaper of the first two"
    for found in (_by_position(text, cards), priced, _by_description(text, cards, vocabulary)):
        if found:
            return found
    both = _BOTH.search(text)
    if both and cards:
        said = both.group().lower()
        count = len(cards) if "all" in said and "three" not in said else 3 if "three" in said else 2
        return tuple(Reference(item.item_id, *both.span()) for item in cards[:count])
    it = None if names_missing(text, cards) else _IT.search(text)
    if it and " " not in it[0] and denied(text[: it.start()]) and not re.search(r"\w", text[it.end() :]):
        it = None  # "no, not that"
    known = talked_about or (cards[0].item_id if cards else "")
    return (Reference(known, *it.span(), weak=True),) if it and known else ()


def among_compared(text: str) -> bool:
    """Whether a message speaks of some cards among those spoken of: "the cheapest of those", "the cheaper one"."""
    return bool(_OF_THOSE.search(text))


def first_few(text: str) -> tuple[tuple[int, int], ...]:
    """Where a message names some cards from an end: "the first two"."""
    return tuple(match.span() for match in _FIRST_FEW.finditer(text))


def denied(before: str) -> bool:
    """Whether what follows these words is denied: "but not", "not necessarily"."""
    return bool(_DENIAL.search(before))


def points_beyond(text: str, cards: Sequence[Item]) -> bool:
    """Whether a message names a place on the table that has no card ("the fifth one" of three)."""
    return any(not -len(cards) <= place < len(cards) for _, place in _places(text))


def names_missing(text: str, cards: Sequence[Item]) -> bool:
    """Whether a message plainly names a card that is not there: "the second one in black" of one card."""
    ordinals = (match for match in _NAMED_CARD.finditer(text) if PLACES[match["word"].lower()] >= len(cards))
    return any(ordinals) or any(_card(match["n"]) >= len(cards) for match in _NUMBERED.finditer(text))


def _by_position(text: str, cards: Sequence[Item]) -> tuple[Reference, ...]:
    few = _FIRST_FEW.search(text)
    if few:
        return tuple(Reference(item.item_id, *few.span()) for item in _few(few, cards))
    valid = [(span, place) for span, place in _places(text) if -len(cards) <= place < len(cards)]
    found = {cards[place].item_id: Reference(cards[place].item_id, *span) for span, place in reversed(valid)}
    return tuple(sorted(found.values(), key=lambda ref: ref.start))


def _places(text: str) -> list[tuple[tuple[int, int], int]]:
    """The places on the table that a message names, from 0 or from the end, and where it does so."""
    ordinals = [
        m
        for m in _ORDINAL.finditer(text)
        if not (
            _begins_with(text, m)
            or _is_time(text, m)
            or _OWN.search(text[: m.start()])
            or _SORTED.search(text[: m.start()])
            or (m.group().lower() == "last" and _DOES.search(text[: m.start()]))
        )
    ]
    places = [(m.span(), PLACES[m["word"].lower()]) for m in ordinals]
    for m in _NUMBERED.finditer(text):
        places.append((m.span(), _card(m["n"])))
    for m in _COMPARED.finditer(text):
        places += [(m.span(group), _card(m[group])) for group in ("a", "b", "c") if m[group]]
    return sorted(places)


def _card(number: str) -> int:
    """The place of a card, from 0."""
    return number_of(number) - 1


def _is_time(text: str, ordinal: re.Match[str]) -> bool:
    """Whether an ordinal tells a date or which of some events: "by the 2nd", "for his 5th birthday"."""
    after = text[ordinal.end() :]
    if _EVENTS.match(after):
        return True
    dated = ordinal["word"][0].isdigit() and _DATED.search(text[: ordinal.start("word")])
    return bool(dated) and not _CARD_WORD.match(after)


def _begins_with(text: str, ordinal: re.Match[str]) -> bool:
    """Whether a thing is only to come first: "floor lamp first, then a rug"."""
    before = tokenise(text[: ordinal.start()])
    if ordinal.group().lower() != "first" or not before or not _AT_END.match(text[ordinal.end() :]):
        return False
    return before[-1].end + 1 == ordinal.start() and before[-1].stem not in STOP_STEMS and len(before[-1].text) > 2


def _few(match: re.Match[str], cards: Sequence[Item]) -> Sequence[Item]:
    count = number_of(match["count"])
    return cards[-count:] if match["end"].lower() == "last" else cards[:count]


def _by_price(text: str, cards: Sequence[Item]) -> tuple[Reference, ...]:
    priced = sorted((item for item in cards if item.price_now is not None), key=lambda item: item.price_now or 0.0)
    reduced = [item for item in cards if item.reduced_by]
    if reduced and (asked := _REDUCED.search(text)):
        return (Reference(max(reduced, key=lambda item: item.reduced_by).item_id, *asked.span()),)
    found: dict[str, Reference] = {}
    for pattern, place in ((_CHEAPEST, 0), (_DEAREST, -1)):
        match = pattern.search(text)
        if (
            match
            and len(cards) >= FULL
            and not _MORE_OR_LESS.search(match[0])
            and _BARE.fullmatch(text[: match.start()] + text[match.end() :])
        ):
            return ()  # of all that fit, of which a full table shows the first
        if match and priced and not denied(text[: match.start()]):
            same = _alike_in_price(match[0], priced, cards)
            for item in same or (priced[place],):
                found.setdefault(item.item_id, Reference(item.item_id, *match.span()))
    return tuple(found.values())


def _alike_in_price(said: str, priced: Sequence[Item], cards: Sequence[Item]) -> Sequence[Item]:
    """The few cards of which none is the "cheaper" or the "pricier" one, as all cost the same."""
    few = 1 < len(priced) == len(cards) < FULL and priced[0].price_now == priced[-1].price_now
    return priced if few and _MORE_OR_LESS.search(said) else ()


def _by_description(text: str, cards: Sequence[Item], vocabulary: Vocabulary) -> tuple[Reference, ...]:
    found: dict[str, Reference] = {}
    for pattern in (_ONE_WITH, _THE_ONE, _THAT_TYPE):
        for match in pattern.finditer(text):
            if _ASKS.search(text[: match.start()]) and not _names_a_type(match["words"], vocabulary):
                continue  # "is that organic cotton?" asks it of what was spoken of
            if pattern is _ONE_WITH and " ones " in match[0] and _ALL_SUCH.search(text[: match.start()]):
                continue
            fitting = [item for item in cards if fits(match["words"], item, vocabulary)]
            if fitting:
                found.setdefault(fitting[0].item_id, Reference(fitting[0].item_id, *match.span()))
        if found:
            return tuple(found.values())[: None if COMPARING.search(text) else 1]
    return _by_title(text, cards)


def _names_a_type(words: str, vocabulary: Vocabulary) -> bool:
    return any(mention.sense.is_type for mention in vocabulary.mentions(tokenise(words), words))


def fits(words: str, item: Item, vocabulary: Vocabulary) -> bool:
    """Whether an item has every fact and, failing facts, every word of a description like "blue linen"."""
    tokens = tokenise(words)
    mentions = vocabulary.mentions(tokens, words)
    facts = [m for m in mentions if not m.sense.is_type]
    mentions = facts or mentions  # "drum shade": the shade is a part here, whatever else is called shades
    if mentions:
        return all(set(m.sense.values) & set(item.values(m.sense.fact)) for m in mentions)
    values = " ".join(value for values in item.attributes.values() for value in values)
    title = {token.stem for token in tokenise(f"{item.brand} {item.title} {values} {item.description}")}
    said = [token.stem for token in tokens if len(token.text) > 3]
    return bool(said) and all(word in title for word in said)


def _by_title(text: str, cards: Sequence[Item]) -> tuple[Reference, ...]:
    """Items whose title is said nearly in full: at least three words and all but one of them."""
    tokens = tokenise(text)
    said = {token.stem for token in tokens}
    named = []
    for item in cards:
        title = {token.stem for token in tokenise(item.title) if len(token.text) > 2}
        if len(title & said) >= max(3, len(title) - 1):
            places = [token for token in tokens if token.stem in title]
            named.append(Reference(item.item_id, places[0].start, places[-1].end))
    return tuple(named)
