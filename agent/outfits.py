"""What goes with a thing: "what would I wear with it?" as a search for kinds that complete it.

Which kinds complete which is general knowledge, put in common words and looked up among the store's own kinds, so a
store is served as far as it has them. Knows no vectors; what is shown is ranked like any other search.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from agent.utterance import Intent, Utterance, Values
from agent.vocabulary import Sense, Vocabulary, is_colour
from agent.words import stem, stems, tokenise
from retrievers.base import Recommendation
from store.schemas import Item

MATCHING = "matching pieces"  # how such kinds are called together
_FOR_WHOM = ("gender", "age_group")

# A kind (or a broad word for kinds) and what completes it; the first that covers an item's kind counts.
_COMPLETES: Mapping[str, tuple[str, ...]] = {
    "boot": ("jean", "coat", "scarf", "skirt", "trouser", "jacket"),
    "running shoe": ("short", "legging", "tights", "t shirt", "water bottle", "cap", "sock"),
    "shoe": ("jean", "trouser", "dress", "skirt", "handbag", "belt", "sock", "short"),
    "dress": ("pump", "heel", "sandal", "shoe", "handbag", "clutch", "jacket", "cardigan", "jewellery", "scarf"),
    "skirt": ("blouse", "top", "t shirt", "sweater", "shoe", "belt", "tights"),
    "legging": ("top", "t shirt", "tank", "jacket", "running shoe", "bra"),
    "bottom": ("t shirt", "shirt", "top", "sweater", "belt", "shoe", "jacket"),
    "outerwear": ("scarf", "jean", "trouser", "sweater", "boot", "beanie", "glove", "t shirt"),
    "top": ("jean", "trouser", "skirt", "short", "legging", "jacket", "shoe", "bottom"),
    "bra": ("legging", "tights", "short", "jacket", "tank"),
    "swimwear": ("sun hat", "sandal", "sunglasses", "tote", "flip flop", "towel"),
    "handbag": ("wallet", "pump", "scarf", "dress", "sunglasses"),
    "backpack": ("water bottle", "jacket", "cap", "sneaker", "umbrella", "rucksack"),
    "bag": ("wallet", "shoe", "water bottle", "scarf", "jacket", "watch"),
    "watch": ("belt", "wallet", "shirt", "bracelet", "sunglasses"),
    "jewellery": ("dress", "top", "handbag", "clutch", "scarf"),
    "scarf": ("glove", "beanie", "coat", "jacket", "hat"),
    "hat": ("scarf", "glove", "sunglasses", "jacket"),
    "belt": ("jean", "trouser", "shirt", "shoe", "wallet"),
    "table lamp": ("side table", "vase", "cushion", "candle", "plant pot"),
    "lamp": ("armchair", "rug", "side table", "cushion"),
    "armchair": ("cushion", "throw", "floor lamp", "rug", "side table"),
    "cushion": ("throw", "rug", "armchair", "candle"),
    "throw": ("cushion", "candle", "armchair", "rug"),
    "rug": ("armchair", "side table", "cushion", "floor lamp"),
    "candle": ("vase", "throw", "plant pot"),
    "vase": ("candle", "plant pot", "side table"),
    "coffee maker": ("mug", "kettle"),
    "kettle": ("teapot", "mug"),
    "tableware": ("kettle", "teapot", "plate", "bowl", "mug", "coffee maker"),
    "cookware": ("cutting board", "kitchen knife", "saucepan", "frying pan", "storage jar"),
    "cutting board": ("kitchen knife", "frying pan"),
    "knife": ("cutting board",),
    "tent": ("sleeping bag", "lantern", "camping chair", "cooler", "backpack"),
    "sleeping bag": ("tent", "lantern", "camping chair", "backpack"),
    "yoga mat": ("water bottle", "legging", "yoga block", "yoga strap", "towel"),
    "bicycle": ("bicycle helmet", "water bottle", "bicycle light"),
    "bicycle helmet": ("bicycle light", "water bottle", "glove"),
}

_GOES_WITH = re.compile(
    r"\b(?:what|which|anything|something|things?|stuff|pieces?)\b.{0,40}\b(?:go(?:es)?|going|pairs?|match(?:es)?|works?|"
    r"looks? (?:good|nice|great|well)|suits?|wear|combine|style|fits?)\b.{0,20}\bwith\b|"
    # "What matches the first one?", and no "what matches my budget?"
    r"\b(?:what|anything|something)(?: else)?(?: that)?(?: (?:would|could|can|might))? (?:match(?:es)?|complements?) "
    r"(?:it|them|(?:this|that) one|"
    r"(?:the|that|this|number) (?:\w+ )?(?:first|second|third|fourth|fifth|sixth|last|\d|ones?))\b|"
    r"\bcomplete (?:the|this|that|my) (?:look|outfit|set)|\b(?:make|build) (?:me )?an outfit\b|"
    r"\bhow (?:do|should|can|could|would) (?:i|you) style\b",
    re.IGNORECASE,
)

_NOUN = r"(?P<words>(?:[\w'’-]+ ){0,3}?[\w'’-]+(?: [\w'’-]+)?)"
_HAVE = r"i(?:['’]ve| have)?(?: already)? (?:got|have|own|bought)?(?: (?:already|this|these|an?|some|my))*"
_OWN = re.compile(rf"\b(?:my|{_HAVE}) {_NOUN}", re.IGNORECASE)
_OF_PHOTO = re.compile(rf"\b(?:my|this|these|{_HAVE}) {_NOUN}", re.IGNORECASE)

_MATCH = re.compile(
    r"\bmatching\b(?! (?:pieces|anything)\b)|\bto match\b|\bmatch(?:es)? (?:with )?(?:it|them|th)|"
    r"\b(?:the |that )?same colou?r\b(?!.*\b(?:photo|picture|image)\b)",
    re.I,
)


def asks_to_match(text: str) -> bool:
    """Whether what is asked for shall match something, as "matching shoes" and "shoes in the same colour" do."""
    return bool(_MATCH.search(text))


def in_its_colour(said: Utterance, asked: Values, item: Item) -> Utterance:
    """The utterance with the colour of an item preferred, where no colour is named.

    Of an item in several colours the one that it was ``asked`` for in is meant.
    """
    fact = next((fact for fact in item.attributes if is_colour(fact) and item.values(fact)), "")
    if not fact or any(map(is_colour, (*said.include, *said.preferred))):
        return said
    wanted = [colour for colour in item.values(fact) if colour in asked.get(fact, ())]
    return replace(said, preferred={**said.preferred, fact: tuple(wanted or item.values(fact)[:1])})


def moods(items: Iterable[Item]) -> list[str]:
    """The occasions of what the thing asked for shall go with: they rank, they do not filter."""
    values = [value for item in items for fact in ("occasion", "usage") for value in item.values(fact)[:2]]
    return list(dict.fromkeys(" ".join(values).lower().split()))


def asks_what_goes_with(text: str) -> bool:
    """Whether a message asks for what completes something, whatever it names."""
    return bool(_GOES_WITH.search(text))


def completing(said: Utterance, item: Item, vocabulary: Vocabulary) -> Utterance | None:
    """The utterance as a wish for what completes an item, for the same people and occasions.

    The people rank and do not filter: many shops do not say of a bag whom it is for.
    None where the store has no such kinds.
    """
    senses = _completing_senses(item, vocabulary)
    kinds = tuple(dict.fromkeys(value for sense in senses for value in sense.values if value != item.category))
    if not kinds:
        return None
    narrow = all(sense.fact == "category" for sense in senses)
    whom = {f: v for f in _FOR_WHOM if (v := _said_of_people(item.values(f)))} or _department(item, vocabulary)
    moods = [value.lower() for fact in ("occasion", "usage", "season") for value in item.values(fact)[:2]]
    return replace(
        said,
        intent=Intent.SEARCH,
        type_fact="category" if narrow else "product_type",
        type_values=kinds,
        type_words=MATCHING,
        preferred={**said.preferred, **{f: (*values, *_for_all(f, vocabulary)) for f, values in whom.items()}},
        text=" ".join(dict.fromkeys(moods)),
        unanswered=(),
        references=(),
        another=True,
    )


@dataclass(frozen=True, slots=True)
class Owned:
    """A thing that the shopper has: its kind, and where the message names it with all that it says of it."""

    kind: Item
    start: int
    end: int


def owned(text: str, has_photo: bool, vocabulary: Vocabulary) -> Owned | None:
    """The thing that a message calls the shopper's own: "my black dress", "I have a kurta"; "this kurta" of a photo.

    None where it names none.
    """
    for match in (_OF_PHOTO if has_photo else _OWN).finditer(text):
        words, start = match["words"], match.start("words")
        tokens = tokenise(words)
        kinds = [m for m in vocabulary.mentions(tokens, words) if m.sense.is_type]
        if kinds:
            end = start + tokens[kinds[0].end - 1].end
            return Owned(Item("", "", product_type=kinds[0].sense.values[0]), start, end)
    return None


def of_photo(said: Utterance) -> Utterance:
    """The utterance as it is of what completes a photo's thing: nothing that looks like the photo is wanted."""
    return without_kind(replace(said, photo=""))


def without_kind(said: Utterance) -> Utterance:
    """The utterance without the kind that it names, as that is there already."""
    return replace(said, type_fact="", type_values=(), type_words="", unknown_type="")


def rather_completing(said: Utterance, item: Item, vocabulary: Vocabulary) -> Utterance:
    """The utterance with those of its kinds preferred that complete an item: of bags for a dress the handbags.

    A word that covers all of them ("shoes") tells nothing of which.
    """
    wanted = set(said.type_values)
    senses = [sense for sense in _completing_senses(item, vocabulary) if not wanted <= set(sense.values)]
    kinds = {value for sense in senses for value in sense.values}
    fitting = tuple(value for value in said.type_values if value in kinds)
    if said.type_fact != "category" or not fitting or len(fitting) == len(said.type_values):
        return said
    return replace(said, preferred={**said.preferred, "category": fitting})


def mixed(found: Sequence[Recommendation]) -> list[Recommendation]:
    """The same recommendations with their kinds taking turns, the best of each kind first."""
    by_kind: dict[str, list[Recommendation]] = {}
    for recommendation in found:
        by_kind.setdefault(recommendation.item.category, []).append(recommendation)
    return [one for row in zip_longest(*by_kind.values()) for one in row if one is not None]


def _said_of_people(values: Sequence[str]) -> tuple[str, ...]:
    """Whom a thing is for, in words that people would say: that it is for adults goes without saying."""
    return tuple(value for value in values if not any(word.startswith("adult") for word in stems(value)))


def _department(item: Item, vocabulary: Vocabulary) -> dict[str, tuple[str, ...]]:
    """Whom a thing is for where the shop tells it by its departments alone."""
    senses = (vocabulary.recipient(level.strip()) for level in item.product_type.split(">"))
    return {sense.fact: sense.values for sense in senses if sense is not None}


def _completing_senses(item: Item, vocabulary: Vocabulary) -> list[Sense]:
    """The store's kinds that complete an item, as what their words mean in this store."""
    levels = item.levels
    for kind, others in _COMPLETES.items():
        sense = vocabulary.sense(kind)
        if sense is not None and sense.is_type and levels & set(sense.values):
            found = [vocabulary.sense(other) for other in others]
            return [
                other for other in found if other is not None and other.is_type and not levels & set(other.values)
            ]
    return []


def _for_all(fact: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    return tuple(value for value in vocabulary.facts.get(fact, {}) if stem(value) == stem("unisex"))
