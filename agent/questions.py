"""What a question is about: which cards, which facts of their records, which words to look for in them.

Knows the cards on the table and the store's words, no intent but that a question was asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from agent.aspects import Aspect, asked_aspect
from agent.fact_names import core
from agent.grammar import plural
from agent.intents import RETURN_TO
from agent.item_replies import record_text, sentence_with
from agent.phrases import asked_facts, named_facts
from agent.reading import Reading
from agent.shop_sense import ShopSense
from agent.shopping_words import STOP_STEMS
from agent.state import DialogueState
from agent.utterance import Intent, Utterance
from agent.vocabulary import Sense, Vocabulary, is_colour
from agent.words import stem, stems
from store.schemas import Item

SEVERAL = re.compile(r"\b(?:these|those|they|them)\b", re.IGNORECASE)
_MANY, _LISTED = 3, ("material", "size")  # so many values of one fact are no answer, unless they are all of it
_BARE = 5  # tokens, the question mark among them
_SEEKS = re.compile(r"^\W*(?:any|some|other|more|with|or|and)\b", re.IGNORECASE)  # "any with pockets?" wants others
QUESTION = re.compile(r"^\W*(?:(?:and|so|ok|hm+) )?(?:what|which|how|who|when)\b(?! about\b)", re.IGNORECASE)
_CARD = (
    r"(?:it|this(?: one)?|that(?: one)?|they|these|those|(?:the|number|no\.?|#) ?(?:\w+ ){0,2}?"
    r"(?:ones?|first|second|third|fourth|fifth|sixth|last|[1-6])(?: one)?|[1-6])"
)
# What is asked of cards names facts to look up, not to search by: "does the second have a zip?", "is it wool, right?"
_SO = r"^\W*(?:(?:and|but|so|ok(?:ay)?|h+m+|also)\W+)*"
_OF_CARDS = re.compile(
    rf"{_SO}(?:does|has|did|is|are|do|have|can|will) {_CARD}\b(?!,? (?:all|be|possible|but|come)\b)|"
    rf"\b(?:wonder(?:ing)?|know|tell me|sure|check|curious|ask(?:ing)?|see)(?: (?:whether|if|that))? {_CARD} "
    r"(?:is|are|has|have|comes?|contains?|can|will|does)\b|"
    rf"{_SO}{_CARD} (?:is|are|has|have) [^.?]*"
    r"\b(?:right|correct|isn'?t it|aren'?t they|doesn'?t it|no|yes|or not)\W*\?\W*$|"
    rf"\bany [\w -]+ (?:in|on|inside) {_CARD}\W*\?\W*$|"
    rf"{_SO}(?:works?|comes?|fits?|needs?|has|goes|includes?|runs?|lasts?|folds?|stands?|holds?) [^,.?]*\?\W*$|"
    rf"{_SO}how(?:'s| is| are) (?:the|its|their) \w+(?: \w+)?\W*$",
    re.IGNORECASE,
)
_OF_A_NAMED = re.compile(rf"{_SO}(?:does|has) the\b", re.IGNORECASE)  # "does the black chair need assembly?"
# "And the price?", "its heel?", "which heel does the first have?": what is looked up is named and no more said.
_NAMES_A_FACT = re.compile(
    rf"{_SO}(?:(?:what|how) about |(?:what|which)(?:'s| is| are)? )?(?:(?:kind|type|sort)s? of )?"
    rf"(?P<the>(?:the|its|their) )?(?P<fact>\w[\w -]{{1,24}}?)(?: (?:of|for|on|in) {_CARD}(?: \w+)?)?"
    rf"(?: (?:does|do|has|have|is|are) {_CARD}(?: have| got| in| for)?)?(?P<asks>\W*\?)?\W*$",
    re.IGNORECASE,
)
# "Which of these are vegan?" asks it of every card; "which is better for hiking?" compares them.
_WHICH_ARE = re.compile(
    rf"{_SO}which (?:ones? |of (?:these|those|them|the \w+) )?"
    r"(?:is|are|has|have|comes?|contains?|needs?|does|do|can)\b"
    r"(?!.*\b(?:\w{3,}er|\w{3,}est|better|best|worst|more|most|less|least|difference|you|i)\b)",
    re.IGNORECASE,
)
_VERBS = frozenset(
    """iron ironing ironed shrink shrinks wash washing washed clean cleaning
    work works fit fits come comes go goes last lasts take takes hold holds run runs need needs weigh weighs
    include includes contain contains support supports suit suitable made mean means tell many much
    recommend pick take choose buy go favourite favorite advise suggest place
    heavy big large long tall wide deep thick high difference compare comparison better best details info versus vs
    information record records feature features""".split()  # noqa: SIM905
)


class QuestionReader:
    """Reads questions about the cards of one store."""

    def __init__(self, vocabulary: Vocabulary, sense: ShopSense) -> None:
        self._vocabulary = vocabulary
        self._get_item = sense.get_item
        self._is_thing = sense.is_thing

    def about(self, reading: Reading, said: Utterance) -> Utterance:
        """What a question is about: facts that the records hold, else the words to look for in their texts."""
        named = asked_facts(RETURN_TO.sub(" ", reading.text), self._vocabulary)  # "back to" names no back
        if said.return_to and not (named or QUESTION.search(reading.text)):  # "back to the first" asks for all of it
            return said
        items = [self._get_item(item_id) for item_id in said.references]
        asked, words = _held(named, items), list[str]()
        for mention in reading.mentions:
            spoken = [token.text for token in reading.tokens[mention.start : mention.end]]
            if mention.sense.is_type or _VERBS & set(spoken):
                continue
            if any(_tells(item, mention.sense) for item in items):
                asked.append(mention.sense.fact)  # all values of the fact, as they are few
            else:
                words.append(" ".join(spoken))
        asked = asked or list(named[:1] if not words else ())
        if not asked and not words:
            words = [word for word in reading.leftover() if word not in _VERBS]
            asked = list(filter(None, (_fact_of_doing(word, items) for word in words)))
            words = [_as_recorded(word, items) for word in words if not _fact_of_doing(word, items)]
        return replace(said, asked=tuple(dict.fromkeys(asked)), asked_words=tuple(dict.fromkeys(words)))

    def all_meant(self, reading: Reading, said: Utterance, state: DialogueState) -> tuple[str, ...]:
        """The cards that a question is about: "are they waterproof?" asks it of all, unless one was spoken of."""
        many = state.compared or state.cards
        spoken = state.talked_about and not state.compared and plural(self._get_item(state.talked_about).name)
        if said.intent is Intent.DETAILS and not reading.strong and _WHICH_ARE.search(reading.text) and len(many) > 1:
            return many
        several = SEVERAL.search(reading.text) or (not state.talked_about and self.names_a_fact(reading, said, state))
        asked = said.intent is Intent.DETAILS and not reading.strong and bool(several)
        return many if asked and not spoken and len(many) > 1 else ()

    def asks_which(self, reading: Reading, said: Utterance, state: DialogueState) -> bool:
        """Whether it is asked of all cards whether they are so: "which of these are vegan?"."""
        kind = said.unknown_type or (set(said.type_values) - set(state.need.type_values))
        return len(state.cards) > 1 and not (reading.strong or kind) and bool(_WHICH_ARE.search(reading.text))

    def asks_what_is_recorded(self, reading: Reading, said: Utterance, state: DialogueState) -> bool:
        """Whether what a shop answers elsewhere stands in records of the cards here: "delivery time?".

        So may what seems to be another thing: "how much alcohol do they have?".
        """
        asked: Iterable[str] = ()
        if reading.intent is Intent.SHOP_POLICY or (said.unknown_type and QUESTION.search(reading.text)):
            asked = asked_facts(reading.text, self._vocabulary)
        unknown = set(stems(said.unknown_type))
        told = [fact for fact in asked if not said.unknown_type or unknown <= set(core(fact))]
        return any(self._get_item(item_id).values(fact) for item_id in state.cards for fact in told)

    def is_of_cards(self, reading: Reading, said: Utterance, state: DialogueState) -> bool:
        """Whether a message asks the cards for what would be a wish elsewhere: "does the second have a zip?"."""
        names_facts = said.include or said.exclude or said.exclude_words or said.preferred
        named = reading.strong and _OF_A_NAMED.search(reading.text)
        return bool(state.cards and names_facts and (named or _OF_CARDS.search(reading.text)))

    def names_a_fact(self, reading: Reading, said: Utterance, state: DialogueState) -> bool:
        """Whether a message but names a fact, one of the cards' where a kind has that name: "and the price?"."""
        match = _NAMES_A_FACT.match(reading.text)
        if not (match and state.cards and (match["asks"] or match["the"])):
            return False
        facts = named_facts(match["fact"], self._vocabulary)
        kind = bool(said.type_values) and (match["the"] or "the ").lower() == "the "  # "heels?", but not "its heel?"
        return bool(_held(facts, map(self._get_item, state.cards)) if kind else facts)

    def aspect(self, reading: Reading, said: Utterance, state: DialogueState) -> Aspect | None:
        """What a message asks of the cards that no fact is named for: "and the lid?"; None for a wish of that shape.

        A thing of the store or of an earlier wish is looked for, a word that no card says is no aspect of them.
        """
        aspect = asked_aspect(reading.text)
        if aspect is None or not state.cards or asks(said) or said.type_values:
            return None
        cards = [self._get_item(item_id) for item_id in state.cards]
        pointed = any(ref.start <= aspect.start < ref.end for ref in reading.strong)
        if pointed or _held(asked_facts(aspect.words, self._vocabulary), cards):
            return None
        if aspect.counted:
            return aspect if reading.intent is Intent.DETAILS else None
        wanted = {stem(word) for need in state.needs for word in need.unknown_type.split()[-1:]}
        if reading.intent not in (Intent.SEARCH, Intent.DETAILS) or stem(aspect.head) in wanted:
            return None
        thing = self._is_thing(aspect.head)
        if aspect.known and (aspect.definite or not (thing or aspect.head.endswith("s"))):
            return aspect
        said_of = any(stem(aspect.head) in stems(record_text(card)) for card in cards)
        no_word = stem(aspect.head) in STOP_STEMS  # "the other one"
        return aspect if aspect.definite and said_of and not (thing or no_word) else None

    def of_aspect(self, aspect: Aspect, said: Utterance, item_ids: Sequence[str]) -> Utterance:
        """The question put to the first of some cards whose record tells of an aspect, best in a sentence of it."""
        cards = [self._get_item(item_id) for item_id in item_ids]
        told = [(card, words) for card in cards for words in aspect.said()]
        said_in = next((each for each in told if sentence_with(*each)), None) or next(
            (each for each in told if set(stems(each[1])) <= set(stems(record_text(each[0])))), None
        )
        card, words = said_in or (cards[0], aspect.words)
        return replace(said, references=(card.item_id,), asked_words=(words,), unknown_type="")

    def is_bare(self, reading: Reading, said: Utterance, state: DialogueState) -> bool:
        """Whether a message is but a question mark behind words that some card's record says: "dishwasher safe?"."""
        bare = reading.text.strip().endswith("?") and len(reading.tokens) <= _BARE and not _SEEKS.match(reading.text)
        words = said.text.split()
        if not (bare and words and state.cards) or asks(said) or said.type_values or said.unknown_type:
            return False
        return any(set(stems(said.text)) <= set(stems(record_text(self._get_item(i)))) for i in state.cards)


def _tells(item: Item, sense: Sense) -> bool:
    """Whether the values of a fact answer what a phrase asks: of many ("features") the phrase itself is looked up."""
    values = item.values(sense.fact)
    return bool(values) and (len(values) < _MANY or sense.fact in _LISTED or is_colour(sense.fact))


def _able(word: str) -> tuple[str, ...]:
    """What a thing is called with which one can do so: "foldable" of "folded", "rechargeable" of "recharge"."""
    bases = dict.fromkeys((word, stem(word), f"{stem(word)}e"))
    return tuple(f"{base}{ending}" for base in bases for ending in ("able", "ible"))


def _fact_of_doing(word: str, items: Sequence[Item]) -> str:
    """The fact that tells whether one can do so: "foldable" of "does it fold?"; "" where no record has one."""
    names = {fact.lower().replace("_", " "): fact for item in items for fact in item.attributes if item.values(fact)}
    return next((names[able] for able in _able(word) if able in names), "")


def _as_recorded(word: str, items: Sequence[Item]) -> str:
    """The word as records say it, where none says it as it was asked: "foldable" of "does it fold?"."""
    said = {stem for item in items for stem in stems(record_text(item))}
    if not stems(word) or set(stems(word)) <= said:
        return word
    return next((able for able in _able(word) if {*stems(able)} <= said), word)


def content(reading: Reading) -> tuple[tuple[str, ...], set[str]]:
    """What a question for advice is about beside the asking: its words, and the kinds of things that it names."""
    words, kinds = list[str](), set[str]()
    for mention in reading.mentions:
        spoken = [token.text for token in reading.tokens[mention.start : mention.end]]
        if _VERBS & set(spoken):
            continue
        if mention.sense.is_type:
            kinds |= set(mention.sense.values)
        else:
            words.append(" ".join(spoken))
    words += [word for word in reading.leftover() if word not in _VERBS]
    return tuple(dict.fromkeys(words)), kinds


def _held(facts: Iterable[str], items: Iterable[Item]) -> list[str]:
    known = list(items)
    always = ("price", "availability")
    held = [fact for fact in facts if fact in always or any(item.values(fact) for item in known)]
    sizes = {value.lower() for item in known for value in item.values("size")}
    return [fact for fact in held if fact != "size" or len(held) == 1 or sizes != {"one size"}]


def asks(said: Utterance) -> bool:
    """Whether anything is wished for beside a kind of thing."""
    return bool(
        said.include or said.also or said.preferred or said.exclude or said.exclude_words or said.allow
        or said.recipient
        or said.price_min is not None or said.price_max is not None or said.in_stock or said.on_sale
        or said.order is not said.order.BEST
    )  # fmt: skip
