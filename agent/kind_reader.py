"""What kind of thing a message asks for: a type of the store, what a word or photo is near to, an unknown thing."""

from __future__ import annotations

import re
from dataclasses import replace

from agent.accessories import points_at_a_card
from agent.brand_names import BrandNames
from agent.compound_kinds import with_compounds
from agent.continued_refusals import going_on
from agent.described_refusals import kept_kinds
from agent.general_words import with_general_words
from agent.intents import RETURN_TO, WANTS
from agent.no_kinds import COLLECTIVE, ends_as_adjective, names_an_activity, says_how, says_what_it_stands
from agent.own_values import with_own_values
from agent.photo_wishes import as_refused_before
from agent.phrases import NOUN_END, is_vague, names_a_thing, names_what_is_not_here
from agent.reading import Reading, inside
from agent.reduced_kinds import with_reduced
from agent.refusals import is_refused_still
from agent.safety import with_safety
from agent.shop_sense import ShopSense
from agent.shopping_words import BASIC_COLOURS, BROADER, GIFT_STEMS, PROPERTY_STEMS, RECIPIENTS, STOP_STEMS, SYNONYMS
from agent.state import DialogueState
from agent.swaps import as_instead
from agent.utterance import Intent, Utterance
from agent.vocabulary import Mention, Sense, Vocabulary, is_colour
from agent.wording import NO_NAME, listing, names_things
from agent.words import Token, stem, stems, tokenise

# "Anything of brand X", "your bestsellers" name no thing.
_NO_THING = re.compile(
    r"\bbrands? (?!new\b)|\bbrand\W*$|\bbest[- ]?sell(?:ers?|ing)\b|\bpopular\b|\badvice\b|\bopinions?\b",
    re.IGNORECASE,
)
_FOR_A_PLACE = re.compile(r"^\W*(?:it(?:'s| is) |they(?:'re| are) )?for (?:my|the|an?|our|his|her|their) ", re.I)
_FIRST_THING = re.compile(r"^\W*(?:(?:hi|hello|hey)\W+)*(?:an?|some|the) [\w-]+(?: [\w-]+)?\W*$", re.IGNORECASE)
_NO_THINGS = BASIC_COLOURS | {"inside", "outside", "there", "left", "here", "online", "around", "anywhere"}
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
FIRST_WORDS = 2  # of a thing that a long message begins with: "corner sofa for a small flat, ..."
BARE_THING = 5  # tokens of a message that is nothing but a new thing: "ok a water bottle"


class KindReader:
    """Reads kinds of things in one store."""

    def __init__(self, vocabulary: Vocabulary, sense: ShopSense) -> None:
        self._vocabulary = vocabulary
        self._sense = sense
        self._brands = BrandNames(vocabulary.facts.get("brand", {}))

    def plain(self, text: str) -> str:
        """The message with brands and orders to swap things in plain words, and what the shop is of as products."""
        named = with_reduced(self._brands.plain(as_instead(with_safety(text, self._vocabulary))), self._vocabulary)
        return with_general_words(named, self._vocabulary, self._sense.general)

    def heard(self, reading: Reading, state: DialogueState) -> Reading:
        """The reading beside the state: a refusal that it goes on with, kinds by their compounds and as values."""
        reading = kept_kinds(going_on(reading, state))
        reading = with_compounds(reading, self._sense.kinds_called, self._sense.held)
        return with_own_values(reading, state, self._vocabulary, self._sense.held)

    def read(self, reading: Reading, said: Utterance, state: DialogueState, photo: str) -> Utterance:
        """The utterance with the kind that is asked for; ``photo`` is the path of a picture sent with it."""
        types = [m for m in reading.mentions if m.sense.is_type and m.start not in reading.refused]
        types = [m for m in types if not is_recipient(reading.tokens[m.start], m.sense)]
        types = [m for m in types if not (is_soft(reading, m, state) or is_refused_still(reading, m))]
        types = [m for m in types if not _names_a_card(m, reading)] or types
        narrow = _narrowest([m for m in types if m.sense.fact == "category"] or types, reading)
        if _FOR_A_PLACE.match(reading.text) and len(narrow) == 1 and self._is_a_place(narrow[0].sense, state):
            return said
        narrow = narrow or self._ending_on_kinds(reading, state)
        if called := self._called_by_two(narrow, reading):
            return replace(said, unknown_type=called)
        narrow = self._with_their_words(narrow, reading)
        if not narrow and not photo and (told := self._told_apart(reading, said, state)):
            return told
        if narrow:
            values = tuple(dict.fromkeys(v for m in narrow for v in m.sense.values))
            words = [" ".join(t.text for t in reading.tokens[m.start : m.end]) for m in narrow]
            fact = narrow[0].sense.fact
            kinds = [value.lower() for value in values]
            # Who says "reds" of a kind called "Red" names things by it.
            counted = all(word.endswith("s") and word not in kinds for word in words)
            if not (self._sense.named or counted or any(map(self._sense.is_thing, words))):
                words = [f"{NO_NAME} {listing(kinds, 'or')}"]
            include = {f: v for f, v in said.include.items() if f != "product_type" or fact == "category"}
            shown = self._sense.photo_types(photo) if photo and fact == "category" else ()
            return replace(
                said,
                another_kind=bool(shown) and not {*shown} & {*values},
                include=include,
                type_fact=fact,
                type_values=values,
                type_words=" or ".join(dict.fromkeys(words)),
            )
        if photo:
            shown = self._sense.photo_types(photo)
            said = replace(said, type_fact="category" if shown else "", type_values=shown)
            return as_refused_before(said, state.need, self._sense.held)
        if named := self._called_by_value(reading, state):
            return replace(said, type_fact="category", type_values=named[1], type_words=named[0])
        thing = self._returned_to(reading, state) or self._asked_thing(reading, state)
        guessed = self._sense.guess_types(thing) if thing and not self._sense.is_thing(thing) else ()
        if guessed and set(guessed) <= set(state.need.type_values):  # "the nike ones" are sneakers already
            return said
        if guessed:
            return replace(said, type_fact="category", type_values=guessed, type_words=thing)
        include = {f: v for f, v in said.include.items() if not self._is_part(f, thing)}
        return replace(said, unknown_type=thing, include=include)

    def _called_by_two(self, kinds: list[Mention], reading: Reading) -> str:
        """ "Sofa bed" of a store that has these among its sofas; "" where the last word alone tells the kind."""
        kind = kinds[0] if len(kinds) == 1 else None
        before = reading.tokens[kind.start - 1] if kind and kind.start else None
        first = self._vocabulary.sense(before.text) if before else None
        if not (kind and before and first and first.fact == kind.sense.fact == "category"):
            return ""
        name = f"{before.text} {reading.tokens[kind.end - 1].text}"
        found = self._sense.kinds_called(name)
        return name if found and not set(found) & set(kind.sense.values) else ""

    def _with_their_words(self, kinds: list[Mention], reading: Reading) -> list[Mention]:
        """ "Dry food" where the kinds are dry and wet food: of a kind's types those that the words before it name."""
        found, named = [], {at for mention in kinds for at in range(mention.start, mention.end)}
        for mention in kinds:
            start = mention.start
            while start and mention.sense.fact == "category" and self._goes_before(reading, start - 1, named):
                start -= 1
            naming = [place for place in range(start, mention.start) if place not in reading.refused]
            sense = _named_by({reading.tokens[place].stem for place in naming}, mention.sense)
            begins = min(naming) if sense != mention.sense else mention.start
            found.append(replace(mention, sense=sense, start=begins))
        return found

    def _goes_before(self, reading: Reading, at: int, named: set[int]) -> bool:
        """Whether a word can tell types of the kind behind it apart; none of another kind: "boots, shoes"."""
        token = reading.tokens[at]
        return token.text[0].isalnum() and token.stem not in STOP_STEMS and at not in named

    def _told_apart(self, reading: Reading, said: Utterance, state: DialogueState) -> Utterance | None:
        """ "Wet then" after dry food: other types of the kind in hand, where that is all that is said."""
        need = state.need
        words = reading.content(_named_alone(reading.text))
        head = need.type_words.split(" ")[-1]
        kind = self._vocabulary.sense(head) if head else None
        if kind is None or not kind.fact == need.type_fact == "category" or len(words) != 1 or reading.references:
            return None
        named = _named_by({words[0].stem}, kind)
        values = tuple(value for value in named.values if value in need.type_values) or named.values
        if named == kind or {*values} == {*need.type_values}:
            return None
        words_for = f"{words[0].text} {head}"
        return replace(said, type_fact="category", type_values=values, type_words=words_for, correction=True)

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
        if points_at_a_card(reading) or reading.intent not in _NAMING:
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

    def _asked_thing(self, reading: Reading, state: DialogueState) -> str:
        """The words for a thing that no type of the store covers: "laptop" of "do you have a laptop?"."""
        if points_at_a_card(reading) or reading.intent not in _NAMING:
            return ""
        asked = WANTS.search(reading.text)
        phrase = NOUN_END.sub("", asked["thing"]) if asked else _named_alone(reading.text)
        bare = not asked and self._is_bare_thing(reading, phrase, state)
        if is_vague(phrase) or not (asked or bare) or _NO_THING.search(reading.text):
            return ""
        lacked = self._sense.lacks(state.need.unknown_type)
        unread = self._unread(reading, phrase)
        words = [token.text for token in unread] or (self._named_by_part(reading, phrase) if asked or lacked else [])
        such = not words or words[-1] in _NO_THINGS or stem(words[-1]) in PROPERTY_STEMS  # "any waterproof ones?"
        if such or (words[-1] in COLLECTIVE and reading.mentions):
            return ""
        if asked and _ABOUT_IT.match(asked.group()) and not self._is_unheard_of(words[-1], reading):
            return words[-1] if self._sense.is_thing(words[-1]) else ""  # "what about pockets?"
        words = self._without_qualities(words, reading)
        article = _FIRST_THING.match(phrase)
        if bare and not article and (self._is_such(words) or (lacked and self._is_quality(words[-1], reading))):
            return ""  # "brushless please", and "white" after ceiling fans
        new = asked and (names_a_thing(asked, phrase) or names_what_is_not_here(asked, unread, reading.strange))
        return " ".join(words[-3:]) if new or not (state.needs and asked) else ""

    def _is_quality(self, word: str, reading: Reading) -> bool:
        """Whether records say a word and no title ends on it, which tells what things are like: "nickel"."""
        return not (word in reading.strange or self._sense.is_thing(word) or stems(word) in _KINDS)

    def _is_such(self, words: list[str]) -> bool:
        """Whether words name no thing: an adjective that some text says ("brushless"), an activity ("sailing")."""
        word = words[-1]
        known = self._sense.is_thing(" ".join(words)) or self._sense.is_thing(word) or stems(word) in _KINDS
        told = ends_as_adjective(word) and self._sense.rules_out(word)
        return not known and (told or says_what_it_stands(words) or names_an_activity(word))

    def _without_qualities(self, words: list[str], reading: Reading) -> list[str]:
        """ "Shower head brushed nickel" is a shower head: what is said behind it only tells what it is like."""
        named = words
        while named and self._is_quality(named[-1], reading):
            named = named[:-1]
        return named if named and self._sense.is_thing(named[-1]) else words

    def _unread(self, reading: Reading, phrase: str) -> list[Token]:
        """The words of a phrase that can name a thing, with an everyday one that ends its name ("watering can")."""
        at = {token: place for place, token in enumerate(reading.tokens)}
        content = (token for token in reading.content(phrase) if token.stem not in GIFT_STEMS)
        found = [token for token in content if not says_how(reading.tokens, at[token])]
        after = reading.tokens[at[found[-1]] + 1 :][:1] if found else ()
        offset = reading.text.find(phrase)
        ended = [t for t in after if t.stem in STOP_STEMS and offset <= t.start < offset + len(phrase)]
        if any(self._sense.is_thing(token.text) for token in ended):
            return [*found, *ended]
        facts = {stems(fact) for fact in self._vocabulary.facts}  # what is "published after 2020" has that on record
        while found and (found[-1].stem,) in facts and not self._sense.is_thing(found[-1].text):
            found.pop()
        return found

    def _returned_to(self, reading: Reading, state: DialogueState) -> str:
        """ "Back to the trainers": the thing of an earlier need, whatever the one in hand has of that name."""
        if not RETURN_TO.search(reading.text):
            return ""
        things = {stems(need.unknown_type): need.unknown_type for need in state.needs if need.unknown_type}
        said = (stems(self._sense.called(token.text)) for token in reading.tokens)
        return next((things[thing] for thing in said if thing in things), "")

    def _is_bare_thing(self, reading: Reading, phrase: str, state: DialogueState) -> bool:
        """Whether a message without "do you have" names a thing by itself: the first one, or a short one."""
        first = phrase.split(",")[0]
        if len(reading.tokens) > SHORT_MESSAGE and not (_FIRST_THING.match(first) or self._names_kind(first)):
            return False
        if not state.need.has_wish or self._sense.lacks(state.need.unknown_type):
            return True
        words = self._unread(reading, phrase)
        said = [token for token in tokenise(phrase) if token.text[0].isalnum()]
        if not words or len(said) > BARE_THING:
            return False
        plural = words[-1].text.endswith("s") and len(words) == len(said)  # "laptops" and nothing else
        # "A skirt", and not "a bit bigger".
        named = bool(_FIRST_THING.match(phrase)) and said[-1].text == words[-1].text and not _A_BIT.search(phrase)
        return self._sense.is_thing(words[-1].text) or (
            (plural or named) and self._is_unheard_of(words[-1].text, reading)
        )

    def _names_kind(self, phrase: str) -> bool:
        """Whether a phrase is but a word for things, known everywhere or here, with one before it: "corner sofa"."""
        words = stems(phrase)
        return 0 < len(words) <= FIRST_WORDS and (words[-1:] in _KINDS or self._sense.is_thing(phrase))

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


def _named_by(words: set[str], kind: Sense) -> Sense:
    """A kind less its types that lack these words in their names, where others have them: dry of dry and wet food."""
    shared = set.intersection(*({*stems(value)} for value in kind.values))
    told = {value: len(words & {*stems(value)} - shared) for value in kind.values}
    most = max(told.values())
    values = tuple(value for value in kind.values if told[value] == most)
    return replace(kind, values=values, wide=values) if most and len(values) < len(kind.values) else kind


def _names_a_card(mention: Mention, reading: Reading) -> bool:
    """Whether a kind only says which card is meant: "a bag in the colour of the first dress"."""
    before = reading.tokens[mention.start - 1] if mention.start else None
    return before is not None and any(ref.start <= before.start < ref.end for ref in reading.strong)


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
