"""What a clause claims, each claim as a question to a record: prices, facts, stock, promises, names, quotations.

A claim knows what makes it true of an item, not of which item it is said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from agent.amounts import NEAR, Amount, amounts
from agent.negation import refused_positions
from agent.number_words import SPELT_NUMBER, number_of
from agent.records import Record
from agent.shopping_words import STOP_STEMS
from agent.vocabulary import Mention, Vocabulary, is_colour
from agent.words import Token, stems, tokenise

if TYPE_CHECKING:
    from agent.clauses import Clause

_WAS = re.compile(
    r"(?:\bwas|\bwere|before|originally|formerly|(?:down|reduced) from|instead of|"
    r"(?:regular|full|old) price(?: of| is)?|used to (?:be|cost))[:\s]*$",
    re.IGNORECASE,
)
_MOST = re.compile(
    r"(?:under|below|within|up to|less than|at most|no more than)(?: (?:your|a|the))?[^.;]{0,18}$", re.I
)
_LEAST = re.compile(r"(?:over|above|more than|at least|no less than)(?: (?:your|a|the))?[^.;]{0,18}$", re.IGNORECASE)
_SAVED = re.compile(r"^\s*(?:off|less|cheaper|more|saved|saving|below|above)\b", re.IGNORECASE)
_SAVING = re.compile(r"\b(?:save|saves|saving|reduced by)\s*$", re.IGNORECASE)
_RATED = re.compile(r"\b(?:rated|rating(?: of| is)?|stars?|score[sd]?(?: of)?)[:\s]*(?:at )?$", re.IGNORECASE)
_STARS = re.compile(r"^\s*(?:stars?\b|out of (?:5|five)\b|/ ?5\b)", re.IGNORECASE)
_RATERS = re.compile(r"^\s*(?:shoppers?|reviews?|ratings?|customers?|people|buyers?|votes?)\b", re.IGNORECASE)
_PIECES = re.compile(r"^\s*(?:left|remaining|in stock|available|more in stock|pieces? left)\b", re.IGNORECASE)
_SPELT = re.compile(rf"\b{SPELT_NUMBER}(?!-)", re.IGNORECASE)
_COUNTS_SHOWN = re.compile(r"\b(?:these|here are|first|start with|show(?:ing|n)?)(?: the| these)?\s*$", re.IGNORECASE)
_COUNTS_MATCHES = re.compile(r"\b(?:found|out of|of|i have|there are|exactly)(?: the| all)?\s*$", re.IGNORECASE)
_MATCH = re.compile(r"^\s*(?:match\b|match(?:es|ing)\b|(?:\S+ ){0,9}?(?:match|fit)\b)", re.IGNORECASE)
_SCALE = re.compile(r"\b(?:out of|of|/)\s*$", re.IGNORECASE)

# Words for a state of the record, and what makes them true.
_STATES: tuple[tuple[re.Pattern[str], Callable[[Record], bool]], ...] = tuple(
    (re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE), true)
    for pattern, true in (
        (
            r"(?<!out of )(?<!not )(?<!differ )in stock|available now|ready to ship",
            lambda r: r.item.availability == "in_stock",
        ),
        (
            r"out of stock|sold out|not in stock|unavailable|not available",
            lambda r: r.item.availability != "in_stock",
        ),
        (r"price on request", lambda r: r.item.price_now is None),
        (r"pre-?orders?", lambda r: r.item.availability == "preorder"),
        (r"back-?orders?", lambda r: r.item.availability == "backorder"),
        (
            r"(?:a )?few (?:pieces )?left|few remain\w*|(?:almost|nearly) (?:gone|sold out)|low (?:in|on) stock|"
            r"selling fast|last (?:few|one|ones|pieces?)",
            lambda r: r.few_left,
        ),
        (r"on sale|on offer|reduced|marked down|down to(?= \W?\d)|sale price|special offer", lambda r: r.reduced),
    )
)
# Promises, and ways of care, that no word of a store's facts covers.
_PROMISED = re.compile(
    r"\b(?:free (?:shipping|delivery|returns?)|discounts?|coupons?|vouchers?|% off|best[- ]?sellers?|guaranteed?|"
    r"warranty|hand-?made|eco[- ]friendly|limited (?:edition|time)|ships? (?:in|within)|next[- ]day|delivered|"
    r"(?:machine|hand)[- ]wash\w*|dry[- ]clean\w*|dishwasher[- ]safe|tumble[- ]dry\w*|waterproof|water[- ]resistant)|"
    r"\d+ ?% off",
    re.IGNORECASE,
)
_NAME = re.compile(r"\b[A-Z][\w'’&-]*(?: (?:[A-Z][\w'’&-]*|of|de|and)(?= |\W|$))*\b")
_COMES_IN = re.compile(
    r"\b(?:comes?|available|exists?|offered|sold|have|has|get|also|colou?rs|shades)\b", re.IGNORECASE
)

_SIGNED = frozenset(("USD", "EUR", "GBP", "INR", "JPY"))
_ALWAYS = frozenset(("I", "English", "I'm", "I'll", "I've", "I'd", "Mercer", "OK", "USD", "EUR", "GBP", "INR"))


@dataclass(frozen=True, slots=True)
class Claim:
    """Something said; ``true`` of a record or not, the other way round where ``negated``.

    ``kind`` is that of ``Violation``. By ``words``, its stems, or ``money`` what the shopper said may be repeated;
    ``number`` may have been counted, as ``role`` "matches" or "shown", or "" where that cannot be told.
    ``of_colours``: it may be true of another colourway of the item.
    """

    kind: str
    text: str
    true: Callable[[Record], bool]
    words: tuple[str, ...] = ()
    money: float | None = None
    number: float | None = None
    role: str = ""
    negated: bool = False
    of_colours: bool = False

    def holds(self, record: Record) -> bool:
        """Whether it may be said of an item."""
        return self.true(record) is not self.negated


class ClaimReader:
    """Reads claims with the words of one store."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._fact_names = {stems(fact.replace("_", " ")) for fact in vocabulary.facts}

    def read(self, clause: Clause) -> list[Claim]:
        """Everything that a clause claims of what it speaks of, counts of items left out."""
        tokens = tokenise(clause.text)
        mentions = self._vocabulary.mentions(tokens, clause.text)
        refused = refused_positions(tokens, mentions)
        many = bool(_COMES_IN.search(clause.text))
        facts = [self._fact(m, tokens, m.start in refused, many) for m in mentions if not self._names_fact(m, tokens)]
        return [
            *facts, *_numbers(clause.text), *_states(clause.text), *_promises(clause.text, tokens, refused),
            *_quoted(clause), *self._names(clause.text),
        ]  # fmt: skip

    def _fact(self, mention: Mention, tokens: Sequence[Token], negated: bool, many: bool) -> Claim:
        said = tokens[mention.start : mention.end]
        words = tuple(token.stem for token in said)
        senses = (mention.sense, *self._vocabulary.senses(words))
        colours = many and is_colour(mention.sense.fact)
        text = " ".join(token.text for token in said)
        return Claim("fact", text, lambda r: r.has(senses, words), words, negated=negated, of_colours=colours)

    def _names_fact(self, mention: Mention, tokens: Sequence[Token]) -> bool:
        """ "Sleeve" tells which fact is spoken of, nothing about it."""
        return tuple(token.stem for token in tokens[mention.start : mention.end]) in self._fact_names

    def _names(self, text: str) -> Iterator[Claim]:
        """Capitalised words, but for the one that begins the clause."""
        begin = len(text) - len(text.lstrip(" \t\n“\"'(#,"))
        for match in _NAME.finditer(text):
            run = match[0].partition(" ")[2] if match.start() == begin else match[0]
            for name in run.split(" and "):
                name = re.sub(r"^(?:(?:and|of|de)\b ?)+|['’]s$", "", name)
                if name and name not in _ALWAYS:
                    yield _named(name)


def _named(name: str) -> Claim:
    return Claim("name", name, lambda record: record.named_so(name), stems(name))


def _numbers(text: str) -> Iterator[Claim]:
    found = amounts(text)
    rated: Amount | None = None
    for amount in found:
        before, after = text[: amount.start], text[amount.end :]
        if rated and _SCALE.search(before) and amount.value in (5, 10):
            continue  # "4.5 out of 5"
        is_rating = bool(
            not amount.money and (_RATED.search(before) or _STARS.search(after) or _rated_with(text, before))
        )
        rated = amount if is_rating else rated
        written = text[amount.start : amount.end].strip()
        claim = _number(amount, written, before, after, is_rating)
        yield replace(claim, true=partial(_in_currency, amount=amount, true=claim.true)) if amount.currency else claim
    for match in _SPELT.finditer(text):
        if any(amount.start <= match.start() < amount.end for amount in found):
            continue  # "fifty dollars" is a price
        role = _role(text[: match.start()], text[match.end() :])
        if match[0].lower() != "one" or role == "matches":
            yield _spelt(match[0], role)


def _spelt(word: str, role: str) -> Claim:
    """A small number in words: "these six", "one match"; of an item only what its record spells so ("two-tone")."""
    return Claim("number", word, lambda r: r.says(word), stems(word), number=float(number_of(word)), role=role)


def _role(before: str, after: str) -> str:
    """What a number counts, as far as can be told from the words around it."""
    if _COUNTS_SHOWN.search(before):
        return "shown"
    return "matches" if _COUNTS_MATCHES.search(before) or _MATCH.match(after) else ""


def _rated_with(text: str, before: str) -> bool:
    """ "Best rated is the X, with 4.8"."""
    return before.endswith("with ") and "rated" in text.lower()


def _number(amount: Amount, written: str, before: str, after: str, is_rating: bool) -> Claim:
    value, money = amount.value, amount.value if amount.money else None
    if is_rating:
        return Claim("number", written, lambda r: r.item.rating == value)
    if _RATERS.match(after):
        return Claim("number", written, lambda r: r.raters == value)
    if _PIECES.match(after):
        return Claim("number", written, lambda r: r.stock == value and r.item.availability == "in_stock")
    if _WAS.search(before):
        return Claim("number", written, lambda r: r.reduced and _same(r.item.price, value))
    if amount.money and (_SAVED.match(after) or _SAVING.search(before)):
        return Claim("number", written, lambda r: r.reduced and _same(_saved(r), value))
    true, role = partial(_costs, amount=amount), ""
    if amount.money and _MOST.search(before):
        true = partial(_at_most, amount=amount)
    elif amount.money and _LEAST.search(before):
        true = partial(_at_least, amount=amount)
    else:
        role = _role(before, after)
    counted = None if amount.money else value
    return Claim("number", written, true, money=money, number=counted, role=role)


def _in_currency(record: Record, amount: Amount, true: Callable[[Record], bool]) -> bool:
    """Whether a claim is true of a record, and its amount in that record's currency."""
    return true(record) and amount.currency == (record.item.currency or amount.currency or "").upper()


def _costs(record: Record, amount: Amount) -> bool:
    """A bare number is a price only where the shop's currency has no sign; else it is any number of the record."""
    item = record.item
    bare = not item.currency or item.currency.upper() not in _SIGNED
    return ((amount.money or bare) and _same(item.price_now, amount.value)) or (
        not amount.money and amount.value in record.numbers
    )


def _at_most(record: Record, amount: Amount) -> bool:
    return record.item.price_now is not None and record.item.price_now <= amount.value


def _at_least(record: Record, amount: Amount) -> bool:
    return record.item.price_now is not None and record.item.price_now >= amount.value


def _saved(record: Record) -> float:
    return (record.item.price or 0) - (record.item.sale_price or 0)


def _same(amount: float | None, value: float) -> bool:
    return amount is not None and abs(amount - value) < NEAR


def _states(text: str) -> Iterator[Claim]:
    for pattern, true in _STATES:
        for match in pattern.finditer(text):
            yield Claim("fact", match[0], true, stems(match[0]))


def _promises(text: str, tokens: Sequence[Token], refused: frozenset[int]) -> Iterator[Claim]:
    for match in _PROMISED.finditer(text):
        said = match[0]
        negated = any(tokens[at].start >= match.start() and tokens[at].end <= match.end() for at in refused)
        yield _promise(said, negated)


def _promise(said: str, negated: bool) -> Claim:
    words = stems(said)
    return Claim("promise", said, lambda r: "%" not in said and r.says(said), words, negated=negated)


def _quoted(clause: Clause) -> Iterator[Claim]:
    denied = bool(re.search(r"\b(?:not|n['’]t|no|nothing|never)\b", clause.text, re.IGNORECASE))
    for quote in clause.quotes:
        yield _quotation(quote, denied)


def _quotation(quote: str, denied: bool) -> Claim:
    short = len(quote.split()) <= 3  # a word that is mentioned, whatever its ending
    words = tuple(stem for stem in stems(quote) if stem not in STOP_STEMS)
    return Claim("fact", quote, lambda r: r.quotes(quote) or (short and r.says(quote)), words, negated=denied)
