"""A message taken apart: plain text, corrected tokens, what the store knows of them, numbers, prices, references.

The step before ``agent/understanding.py`` puts it together as an utterance. Knows the cards on the table, changes
nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import chain

from agent.asked_numbers import Asked
from agent.card_numbers import cards_named
from agent.compared_cards import each_named, named_apart
from agent.corrections import corrects, without_corrected
from agent.counts import Count, read_count
from agent.degrees import Bound, bound_words, bounds, or_beyond, plain_degrees, plain_parts
from agent.discounts import DISCOUNTS
from agent.intents import NOT_SOLD_OUT, ON_SALE, SAVED_BESIDE, SORTED, THE_REST, read_intent
from agent.negation import plainly_refused, refused_positions, with_suffixes_apart, without_verbs
from agent.no_kinds import in_degree, names_no_kind
from agent.off_topic import without_off_topic
from agent.own_traits import plain_traits
from agent.phrases import GivenUp, given_up, heads_only, own_choice, without_its_light
from agent.preferences import Spans, price_end, soft_spans, with_alternatives
from agent.prices import PriceBound, read_prices
from agent.references import Reference, first_few, resolve
from agent.refused_numbers import refusal
from agent.refused_titles import with_refused_titles
from agent.shades import palettes
from agent.shopping_words import STOP_STEMS
from agent.sizes import STEP, told_builds
from agent.spelling import Speller
from agent.utterance import Intent
from agent.verdicts import is_displeased, questioned, with_verdicts_as_no
from agent.vocabulary import Mention, Sense, Vocabulary
from agent.words import Token, tokenise
from store.schemas import Item

ENGLISH = 0.5  # share of words that must be known for a message to count as English
FEWEST_FOREIGN = 3  # words; of fewer, an unknown name or a typing mistake is likelier
_SHOWING = (Intent.SEARCH, Intent.SOMETHING_ELSE, Intent.MORE_LIKE)  # "compare the top two" shows nothing new
_TOLD = (ON_SALE, NOT_SOLD_OUT, *DISCOUNTS, SORTED, SAVED_BESIDE, STEP, THE_REST)  # what these say is heard elsewhere
_ONE = re.compile(r"\bones?\b", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")  # of an edition or a title, as texts say it: "a 2027 planner"
_CONTEXT = re.compile(
    r"\b(?:to )?(?:go(?:es)? (?:well )?with|match(?:es|ing)?(?: with| (?=(?:my|the|this|that|his|her|an?|it)\b))|"
    r"(?:(?<=that )|(?<=which )|(?<=would )|(?<=could )|(?<=to ))suits? (?=(?:my|the|this|that|these|it)\b)|"
    r"wear with|pair(?:s|ed)? with|combine with)\b"
    r"[^,.;!?]*",
    re.IGNORECASE,
)
# "She already has a pan", "shoes I have already", "I have a coat, I need ...", "forget shorts": not looked for.
_ASIDE = re.compile(
    r"\b(?:(?P<had>already (?:have|has|had|got|own|owns|bought)|(?:have|has|own|owns) already|"
    r"(?:(?<=^)|(?<=[.,;!?] )|(?<=\bbut )|(?<=[,;] and ))[\w-]+ (?:i|we|he|she|they)(?:['’](?:ve|s))? "
    r"(?:already (?:have|has|got|own|owns)|(?:have|has|got|own|owns) already)(?=\W|$)|"
    r"(?:have|has|got|own|owns) (?:enough|plenty of|so many|too many|lots of)|"
    r"(?:have|has|own|owns)(?= (?:[\w-]+ ){1,3}already\b)|"
    r"(?:have|has|got|bought|own|owns)(?= an? [^,.;:!?]*[,.;!] (?:(?:and|but|so|now) )*(?:i|we|he|she) (?:now )?"
    r"(?:needs?|wants?)\b(?!.*\bones?\b)))|"
    r"(?:forget|never ?mind)(?: about)? |(?:leave|drop|skip)(?: about)? (?=(?:the|those|these|that|my)\b))"
    r"(?:(?!\b(?:and|but|so|just|show|now|let['’]?s|instead|then|maybe|need|want)\b)[^,.;!?])*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A message taken apart, before it is put together as an utterance.

    ``companions`` are the cards that the thing asked for shall go with ("shoes to go with the first one"); ``soft``
    is where the message says what it would merely like, ``unknown`` are the tokens that no text of the store has,
    ``had`` the product types that are said to be there already ("she has a pan"), ``aside`` those and the types that
    are given up by their bare names ("forget the belt"), ``refused_numbers`` where refused numbers begin.
    """

    text: str
    tokens: tuple[Token, ...]
    mentions: tuple[Mention, ...]
    refused: frozenset[int]
    prices: PriceBound
    numbers: tuple[Asked, ...]
    references: tuple[Reference, ...]
    given_up: GivenUp
    intent: Intent
    companions: tuple[str, ...] = ()
    soft: Spans = ()
    unknown: frozenset[int] = frozenset()
    count: Count | None = None
    bounds: tuple[Bound, ...] = ()
    had: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    refused_numbers: frozenset[int] = frozenset()

    @property
    def strong(self) -> tuple[Reference, ...]:
        """References that point at an item whatever the message wants."""
        return tuple(ref for ref in self.references if not ref.weak)

    @property
    def mentioned(self) -> frozenset[int]:
        """Positions of the tokens that are a known phrase."""
        return frozenset(at for m in self.mentions for at in range(m.start, m.end))

    @property
    def begun(self) -> frozenset[int]:
        """Positions at which a known phrase begins."""
        return frozenset(m.start for m in self.mentions)

    @property
    def degrees(self) -> frozenset[int]:
        """Positions refused only in degree: what is "not too formal" may have the word in its title.

        "Too formal" refuses as much; of prices it says something else.
        """
        mentioned = self.mentioned
        too = {
            at
            for at, token in enumerate(self.tokens)
            if at and self.tokens[at - 1].text == "too" and token.stem not in STOP_STEMS and at not in mentioned
        }
        return frozenset(too | {at for at in self.refused if in_degree(self.tokens, at)})

    @property
    def covered(self) -> frozenset[int]:
        """Positions of the tokens that are a known phrase or refused."""
        return self.refused | self.mentioned

    def points_at(self, start: int) -> bool:
        """Whether this place in the text is inside a strong reference."""
        return inside(start, [(ref.start, ref.end) for ref in self.strong])

    @property
    def strange(self) -> frozenset[str]:
        """The words of the message that no text of the store has."""
        return frozenset(self.tokens[at].text for at in self.unknown)

    def spoken(self, stems: Collection[str]) -> str:
        """The words of the message that have one of these stems."""
        return " ".join(token.text for token in self.tokens if token.stem in stems)

    def content(self, phrase: str) -> list[Token]:
        """The words of a phrase of the message that are no known phrase, not refused and no everyday words."""
        offset = self.text.find(phrase)
        return [
            token
            for at, token in enumerate(self.tokens)
            if at not in self.covered
            and offset <= token.start < offset + len(phrase)
            and token.text[0].isalpha()
            and token.stem not in STOP_STEMS
        ]

    def outside_references(self) -> str:
        """The text with blanks where it points at cards."""
        text = self.text
        for ref in self.strong:
            text = text[: ref.start] + " " * (ref.end - ref.start) + text[ref.end :]
        return text

    def leftover(self, but: str = "") -> list[str]:
        """Words that describe without naming a fact, those of ``but`` left out."""
        covered, spent = self.covered | self.degrees, set(but.split())
        return [
            token.text
            for at, token in enumerate(self.tokens)
            if at not in covered
            and token.text not in spent
            and token.text[0].isalnum()
            and len(token.text) > 1
            and token.stem not in STOP_STEMS
            and (not token.text.isdigit() or _YEAR.fullmatch(token.text))
            and not self.points_at(token.start)
        ]


class Reader:
    """Takes messages about one store apart."""

    def __init__(self, vocabulary: Vocabulary, speller: Speller) -> None:
        self._vocabulary = vocabulary
        self._speller = speller

    def read(self, text: str, cards: Sequence[Item], talked_about: str, has_photo: bool) -> Reading:
        """The parts of a message; with a photo, "this" is the photo and not a card."""
        written = self._written(text, cards)
        spelt = plain_parts(plain_degrees(self._speller.correct(written), self._vocabulary), self._vocabulary)
        text = without_off_topic(spelt)
        heard = [m.span() for spoken in _TOLD for m in spoken.finditer(text)]
        numbers = tuple(n for n in self._vocabulary.measures.asked(text) if not inside(n.start, heard))
        prices = read_prices(_blanked(text, numbers))
        spent = given_up(text, self._vocabulary)
        end = price_end(text)
        count = read_count(_blanked(text, numbers)) if read_intent(text) in _SHOWING else None
        shown = ((count.start, count.end),) if count else ()
        limits = bound_words(text)
        aside, had, dismissed = self._asides(text)
        gone = (
            *aside,
            *prices.spans,
            *(match.span() for match in (*([end] if end else []), *limits)),
            *heard,
            *((n.start, n.end) for n in numbers),
            *shown,
            *spent.spans,
            *questioned(text),
            *told_builds(text),
        )
        tokens = self._left(text, gone)
        references = _outside(shown, self._pointed(text, cards, talked_about, has_photo))
        context = [m.span() for m in _CONTEXT.finditer(text)]
        pointing = tuple((ref.start, ref.end) for ref in references if not ref.weak)
        in_hand = {card.category for card in cards}
        kept = self._kept(text, tokens, (*pointing, *context), in_hand)
        # "Shoes to go with the first one" asks for shoes.
        beside = context if any(m.sense.is_type for m in kept) else []
        companions = tuple(ref.item_id for ref in references if inside(ref.start, beside))
        references = tuple(ref for ref in references if not inside(ref.start, beside))
        foreign = text == spelt and self._is_foreign(written) and not any(m.sense.is_type for m in kept)
        shape = Intent.SOMETHING_ELSE if is_displeased(text) else self._shape(text)
        intent = Intent.OFF_TOPIC if text != spelt else Intent.FOREIGN if foreign else shape
        held = bounds(limits, kept, tokens, self._vocabulary)
        said_no = refusal(text, tokens, kept, numbers, prices.spans, lambda m: self._is_in_hand(m, tokens, in_hand))
        refused = said_no.tokens | {at for bound in held for at in range(bound.start, bound.end)}
        refused -= _of_cards(text, tokens, pointing)
        unknown = frozenset(at for at, token in enumerate(tokens) if not self._speller.is_stores(token))
        soft = soft_spans(text)
        parts = (text, tokens, kept, refused, prices, numbers, references, spent, intent, companions)
        return Reading(*parts, soft, unknown, count, held, had, dismissed, said_no.numbers)

    def _left(self, text: str, gone: Spans) -> tuple[Token, ...]:
        """The words outside spans that are told already, less those that a correction takes back."""
        raw = tuple(t for t in tokenise(text) if not inside(t.start, gone))
        raw = with_verdicts_as_no(raw, text, self._vocabulary.sense)
        tokens = without_verbs(with_suffixes_apart(raw, lambda word: self._vocabulary.sense(word) is not None))
        if not corrects(text):
            return tokens
        said = self._vocabulary.mentions(tokens, text)
        return without_corrected(tokens, text, said, refused_positions(tokens, said))

    def _is_in_hand(self, mention: Mention, tokens: Sequence[Token], categories: Collection[str]) -> bool:
        """Whether a phrase names the kind in hand, any kind where none is, or ends on what all are: games."""
        if mention.sense.is_type:
            return not categories or bool(set(categories) & set(mention.sense.values))
        head = self._vocabulary.sense(tokens[mention.end - 1].text)
        return head is not None and set(head.values) == set(self._vocabulary.facts.get(mention.sense.fact, ()))

    def _shape(self, text: str) -> Intent:
        """The intent that a message shows; one may also choose by what only this store records."""
        intent = read_intent(text)
        return Intent.CHOICES if intent is Intent.SEARCH and own_choice(text, self._vocabulary.facts) else intent

    def _written(self, text: str, cards: Sequence[Item]) -> str:
        """A message in plain words, its cards by their places."""
        told = plain_traits(plain(text, self._vocabulary), self._vocabulary)
        named = with_refused_titles(told, cards, self._vocabulary.sense)
        return cards_named(with_alternatives(named), len(cards))

    def _kept(
        self, text: str, tokens: Sequence[Token], elsewhere: Spans, in_hand: Collection[str]
    ) -> tuple[Mention, ...]:
        """What a message names of the store, but for what stands in a reference or names no kind here."""
        toned = palettes(tokens)  # "light colours" asks for no lights
        kept = tuple(
            m
            for m in self._vocabulary.mentions(tokens, text)
            if not names_no_kind(tokens, m)
            and not inside(tokens[m.start].start, elsewhere)
            and not any(m.start <= at < m.end for at in toned)
        )
        kept = or_beyond(without_its_light(kept, tokens, text, in_hand), tokens, self._vocabulary)
        return self._with_plain_words(heads_only(kept, tokens, text), tokens)

    def _asides(self, text: str) -> tuple[Spans, tuple[str, ...], tuple[str, ...]]:
        """Where a message names what is not looked for, the types that are there already, and those said barely."""
        found = [(m, kinds) for m in _ASIDE.finditer(text) if (kinds := self._kinds(m[0]))]
        had = (k.values for m, kinds in found for k in kinds if m["had"] and k.fact == "category")
        barely = [kinds for m, kinds in found if len(self._vocabulary.mentions(tokenise(m[0]), m[0])) == len(kinds)]
        dismissed = tuple(value for kinds in barely for kind in kinds for value in kind.values)
        return tuple(m.span() for m, _ in found), tuple(chain.from_iterable(had)), dismissed

    def _pointed(self, text: str, cards: Sequence[Item], talked_about: str, has_photo: bool) -> tuple[Reference, ...]:
        references = resolve(text, cards, talked_about, self._vocabulary)
        strong = sum(not ref.weak for ref in references)
        if read_intent(text) is Intent.COMPARE and strong < 2:
            apart = each_named(text, cards, self._vocabulary) or (() if strong else named_apart(text, cards))
            references = apart or references
        return tuple(ref for ref in references if not (has_photo and ref.weak))

    def _kinds(self, text: str) -> list[Sense]:
        return [m.sense for m in self._vocabulary.mentions(tokenise(text), text) if m.sense.is_type]

    def _with_plain_words(self, mentions: Sequence[Mention], tokens: Sequence[Token]) -> tuple[Mention, ...]:
        """The mentions with values of the store that are everyday words ("cool") where they are plainly refused."""
        known = {at for m in mentions for at in range(m.start, m.end)}
        plain = [at for at in plainly_refused(tokens) if at not in known and tokens[at].stem in STOP_STEMS]
        found = [
            Mention(senses[0], at, at + 1) for at in plain if (senses := self._vocabulary.senses((tokens[at].stem,)))
        ]
        return tuple(sorted((*mentions, *found), key=lambda mention: mention.start))

    def _is_foreign(self, text: str) -> bool:
        """Whether most words are none of English or of this store."""
        tokens = tokenise(text)
        words = [token for token in tokens if token.text.isalpha() and len(token.text) > 1]
        if len(words) < FEWEST_FOREIGN or self._vocabulary.mentions(tokens, text):
            return False
        return sum(self._speller.is_known(token) for token in words) < ENGLISH * len(words)


def plain(text: str, vocabulary: Vocabulary) -> str:
    """What is read of the message, with emoji that name something of this store as words.

    "👟" is called an athletic shoe and "💙" a blue heart in Unicode; only what the store knows is taken over.
    """
    words = [unicodedata.name(sign, "").lower() for sign in text if unicodedata.category(sign) == "So"]
    named = [word for name in dict.fromkeys(words) for word in _known_part(name, vocabulary)]
    return f"{text} {' '.join(named)}" if named else text


def _known_part(name: str, vocabulary: Vocabulary) -> list[str]:
    parts = [name, *name.split()]
    return next(([part] for part in parts if part and vocabulary.sense(part)), [])


def inside(position: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a place lies in one of the spans."""
    return any(start <= position < end for start, end in spans)


def _outside(spans: Spans, references: Sequence[Reference]) -> tuple[Reference, ...]:
    """The references that have no word in one of the spans."""
    return tuple(ref for ref in references if not any(ref.start < end and start < ref.end for start, end in spans))


def _of_cards(text: str, tokens: Sequence[Token], pointing: Spans) -> set[int]:
    """The words that mean cards: "not the first two", "the black one is ugly" refuse no word."""
    meant = (*first_few(text), *(span for span in pointing if _ONE.search(text[slice(*span)])))
    return {at for at, token in enumerate(tokens) if inside(token.start, meant)}


def _blanked(text: str, numbers: Sequence[Asked]) -> str:
    for number in numbers:
        text = text[: number.start] + "#" * (number.end - number.start) + text[number.end :]
    return text
