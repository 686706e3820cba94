"""What kind of thing a message asks for: a type of the store, what a word or photo is near to, an unknown thing."""

from __future__ import annotations

import re
from dataclasses import replace

from agent.intents import RETURN_TO, WANTS
from agent.phrases import NOUN_END, is_vague, names_a_thing, names_what_is_not_here
from agent.reading import Reading, inside
from agent.shop_sense import ShopSense
from agent.shopping_words import BROADER, GIFT_STEMS, PROPERTY_STEMS, RECIPIENTS, SYNONYMS
from agent.state import DialogueState
from agent.utterance import Intent, Utterance
from agent.vocabulary import Mention, Sense, Vocabulary, is_colour
from agent.wording import names_things
from agent.words import Token, stem, stems, tokenise

# "Anything of brand X", "your bestsellers" name no thing.
_NO_THING = re.compile(r"\bbrands? (?!new\b)|\bbrand\W*$|\bbest[- ]?sell(?:ers?|ing)\b|\bpopular\b", re.IGNORECASE)
_FOR_A_PLACE = re.compile(
    r"^\W*(?:it(?:'s| is) |they(?:'re| are) )?for (?:my|the|an?|our|his|her|their) ", re.IGNORECASE
)
_FIRST_THING = re.compile(r"^\W*(?:(?:hi|hello|hey)\W+)*(?:an?|some|the) [\w-]+(?: [\w-]+)?\W*$", re.IGNORECASE)
_PLACES = frozenset(("inside", "outside", "there", "left", "here", "online", "around", "anywhere"))  # no things
_OR = re.compile(r"\bor\b", re.IGNORECASE)
_A_BIT = re.compile(r"\b(?:bit|little|shade|touch|tad|lot|size)\b", re.IGNORECASE)
_ABOUT_IT = re.compile(r"^\W*(?:what|how) about\b", re.IGNORECASE)
# What may stand before and behind a thing that is all that a message names: "and earrings?", "ok, a clutch then".
_OPENING = re.compile(
    r"^\W*(?:(?:and|also|plus|ok(?:ay)?|so|then|now|well|great|good|thanks|h+m+|oh)\b\W*)+", re.IGNORECASE
)
_CLOSING = re.compile(r"(?:\W+(?:then|too|also|as well|now|please|maybe|instead))*\W*$", re.IGNORECASE)
_KINDS = frozenset(stems(word) for words in (*SYNONYMS, BROADER, *BROADER.values()) for word in words)
_NAMING = (Intent.SEARCH, Intent.SOMETHING_ELSE, Intent.MORE_LIKE)  # "nail polish in the same colour"
SHORT_MESSAGE = 8  # tokens: "boots then", "a lamp"
FEW_KINDS = 3  # that a value may be of and still name a thing
BARE_THING = 5  # tokens of a message that is nothing but a new thing: "ok a water bottle"


class KindReader:
    """Reads kinds of things in one store."""

    def __init__(self, vocabulary: Vocabulary, sense: ShopSense) -> None:
        self._vocabulary = vocabulary
        self._sense = sense

    def read(self, reading: Reading, said: Utterance, state: DialogueState, photo: str) -> Utterance:
        """The utterance with the kind that is asked for; ``photo`` is the path of a picture sent with it."""
        types = [m for m in reading.mentions if m.sense.is_type and m.start not in reading.refused]
        types = [m for m in types if not is_recipient(reading.tokens[m.start], m.sense)]
        types = [m for m in types if not is_soft(reading, m, state)]
        narrow = _narrowest([m for m in types if m.sense.fact == "category"] or types, reading)
        if _FOR_A_PLACE.match(reading.text) and len(narrow) == 1 and self._is_a_place(narrow[0].sense, state):
            return said
        narrow = narrow or self._ending_on_kinds(reading, state)
        if narrow:
            values = tuple(dict.fromkeys(v for m in narrow for v in m.sense.values))
            words = [" ".join(t.text for t in reading.tokens[m.start : m.end]) for m in narrow]
            fact = narrow[0].sense.fact
            include = {f: v for f, v in said.include.items() if f != "product_type" or fact == "category"}
            return replace(
                said,
                include=include,
                type_fact=fact,
                type_values=values,
                type_words=" or ".join(dict.fromkeys(words)),
            )
        if photo:
            shown = self._sense.photo_types(photo)
            return replace(said, type_fact="category" if shown else "", type_values=shown)
        if named := self._called_by_value(reading, state):
            return replace(said, type_fact="category", type_values=named[1], type_words=named[0])
        thing = self._returned_to(reading, state) or self._asked_thing(reading, said, state)
        guessed = self._sense.guess_types(thing) if thing and not self._sense.is_thing(thing) else ()
        if guessed and set(guessed) <= set(state.need.type_values):  # "the nike ones" are sneakers already
            return said
        if guessed:
            return replace(said, type_fact="category", type_values=guessed, type_words=thing)
        include = {f: v for f, v in said.include.items() if not self._is_part(f, thing)}
        return replace(said, unknown_type=thing, include=include)

    def _ending_on_kinds(self, reading: Reading, state: DialogueState) -> list[Mention]:
        """ "A messenger bag", which is a style of bags, asks for bags where watches were in hand."""
        need = state.need
        found = []
        for mention in reading.mentions:
            kind = self._vocabulary.sense(reading.tokens[mention.end - 1].text)
            new = mention.end - mention.start > 1 and mention.start not in reading.refused and not reading.references
            if new and kind and kind.is_type and not self._sense.has(mention.sense, need.type_fact, need.type_values):
                found.append(Mention(kind, mention.end - 1, mention.end))
        return found

    def _called_by_value(self, reading: Reading, state: DialogueState) -> tuple[str, tuple[str, ...]] | None:
        """ "Leggings", a style of pants: what they are called and their kinds, where the kind in hand has no such."""
        if reading.references or reading.intent not in _NAMING:
            return None
        need = state.need
        for mention in reading.mentions:
            sense, word = mention.sense, reading.tokens[mention.end - 1].text
            things = sense.whole and word.endswith("s") and all(names_things(sense.fact, v) for v in sense.values)
            if not things or mention.start in reading.refused or is_soft(reading, mention, state):
                continue
            kinds = self._sense.held("category", sense.fact, sense.values)
            if 0 < len(kinds) <= FEW_KINDS and not (
                need.type_values and self._sense.has(sense, need.type_fact, need.type_values)
            ):
                return sense.values[0].lower(), kinds
        return None

    def _is_part(self, fact: str, thing: str) -> bool:
        sense = self._vocabulary.sense(thing)
        return sense is not None and sense.fact == fact and not sense.whole

    def _is_a_place(self, sense: Sense, state: DialogueState) -> bool:
        """ "For a dinner table" says where the candles in hand shall stand."""
        known = set(state.need.type_values)
        return sense.fact == "category" and bool(known) and not known & set(sense.values)

    def _asked_thing(self, reading: Reading, said: Utterance, state: DialogueState) -> str:
        """The words for a thing that no type of the store covers: "laptop" of "do you have a laptop?"."""
        if reading.references or reading.intent not in _NAMING:
            return ""
        asked = WANTS.search(reading.text)
        phrase = NOUN_END.sub("", asked["thing"]) if asked else _named_alone(reading.text)
        bare = not asked and self._is_bare_thing(reading, phrase, state)
        if is_vague(phrase) or not (asked or bare) or _NO_THING.search(reading.text):
            return ""
        lacked = bool(state.needs and state.needs[-1].unknown_type)
        unread = [token for token in reading.content(phrase) if token.stem not in GIFT_STEMS]
        words = [token.text for token in unread] or (self._named_by_part(reading, phrase) if asked or lacked else [])
        if not words or stem(words[-1]) in PROPERTY_STEMS or words[-1] in _PLACES:  # "any waterproof ones?"
            return ""
        if asked and _ABOUT_IT.match(asked.group()) and not self._is_unheard_of(words[-1], reading):
            return words[-1] if self._sense.is_thing(words[-1]) else ""  # "what about pockets?"
        new = asked and (names_a_thing(asked, phrase) or names_what_is_not_here(asked, unread, reading.strange))
        return " ".join(words[-3:]) if new or not (state.needs and asked) else ""

    def _returned_to(self, reading: Reading, state: DialogueState) -> str:
        """ "Back to the trainers": the thing of an earlier need, whatever the one in hand has of that name."""
        if not RETURN_TO.search(reading.text):
            return ""
        things = {stems(need.unknown_type): need.unknown_type for need in state.needs if need.unknown_type}
        said = (stems(self._sense.called(token.text)) for token in reading.tokens)
        return next((things[thing] for thing in said if thing in things), "")

    def _is_bare_thing(self, reading: Reading, phrase: str, state: DialogueState) -> bool:
        """Whether a message without "do you have" names a thing by itself: the first one, or a short one."""
        if len(reading.tokens) > SHORT_MESSAGE and not _FIRST_THING.match(phrase.split(",")[0]):
            return False
        if not state.need.has_wish or state.needs[-1].unknown_type:
            return True
        words = reading.content(phrase)
        said = [token for token in tokenise(phrase) if token.text[0].isalnum()]
        if not words or len(said) > BARE_THING:
            return False
        plural = words[-1].text.endswith("s") and len(words) == len(said)  # "laptops" and nothing else
        # "A skirt", and not "a bit bigger".
        named = bool(_FIRST_THING.match(phrase)) and said[-1].text == words[-1].text and not _A_BIT.search(phrase)
        return self._sense.is_thing(words[-1].text) or (
            (plural or named) and self._is_unheard_of(words[-1].text, reading)
        )

    def _is_unheard_of(self, word: str, reading: Reading) -> bool:
        """Whether a word is none of the store's, or a kind of thing that the store has not."""
        return word in reading.strange or (stems(word) in _KINDS and not self._vocabulary.sense(word))

    def _named_by_part(self, reading: Reading, phrase: str) -> list[str]:
        """ "Do you have laptops?" names a thing even where "15-inch laptop" is a value of some backpacks.

        The words that end the phrase name it: of "yoga brick", where yoga is an activity, the brick.
        """
        offset = reading.text.find(phrase)
        inside = [m for m in reading.mentions if offset <= reading.tokens[m.start].start < offset + len(phrase)]
        if not inside or inside[-1].sense.whole or is_colour(inside[-1].sense.fact):
            return []
        return [token.text for token in reading.tokens[inside[-1].start : inside[-1].end]]


def _named_alone(text: str) -> str:
    """A message without the small words before and behind what it names; what follows a preposition is left out."""
    return NOUN_END.sub("", _CLOSING.sub("", _OPENING.sub("", text)))


def _narrowest(types: list[Mention], reading: Reading) -> list[Mention]:
    """ "Evening shoes, heels" asks for heels; "shoes or heels" for both."""
    ends = [reading.tokens[m.start].start for m in types]
    if not types or _OR.search(reading.text[min(ends) : max(ends)]):
        return types
    sets = [set(m.sense.values) for m in types]
    return [m for m, values in zip(types, sets, strict=True) if not any(other < values for other in sets)]


def is_soft(reading: Reading, mention: Mention, state: DialogueState) -> bool:
    """Whether a mention only ranks; the kind of thing does where another kind is asked for already."""
    if not inside(reading.tokens[mention.start].start, reading.soft):
        return False
    kinds = [m for m in reading.mentions if m.sense.is_type and m.start not in reading.refused]
    hard = any(not inside(reading.tokens[m.start].start, reading.soft) for m in kinds)
    return not mention.sense.is_type or hard or bool(state.need.type_values)


def is_recipient(token: Token, sense: Sense) -> bool:
    """Whether a word names the one that a thing is for ("wife"), and no department of that name."""
    return sense.fact != "category" and (token.text in RECIPIENTS or token.stem in RECIPIENTS)
