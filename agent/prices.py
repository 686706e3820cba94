"""Price expressions in a message: "under 60", "$40 to $80", "around 50", "at least 20 dollars".

Pure text to bounds. Knows no item: "cheaper" needs the cards and is resolved in ``agent/understanding.py``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from agent.amounts import CENT, amount, currency_of, has_sign, read_number, value_of

MOST_COUNTED = 20  # people or pieces
LEAST_BARE, WIDTH = 10, 1.25  # "50 to 80" without a sign is money from so much on, and so wide
AROUND = 0.2  # "around 50" accepts 20% on either side

# What titles and descriptions count where no fact does: "500 pages", "90 gsm".
COUNTED = r"pages?|sheets?|chapters?|gsm|grams?|watts?|volts?|mah|[mgt]b|k?hz|lumens?|mp|megapixels?|dpi|rpm"
# Units that show that a number is not money ("under 30 cm", "over 20 litres").
_NOT_MONEY = (
    r"(?!\s*(?:cm|mm|m|inch|inches|ft|kg|g|l|litres?|liters?|ml|oz|lbs?|%|percent|persons?|people|years?|yrs?|"
    r"pieces?|pcs|stars?|degrees?|days?|hours?|minutes?|items?|options?|pockets?|reviews?|ratings?|votes?|"
    rf"{COUNTED})\b)(?![\d%])"
    # "15 in wide" is inches, "under 100 in total" is not
    r"(?!\s*in(?=\W*$|\s+(?:wide|long|tall|high|deep|across|diagonal|screens?|displays?|laptops?|tvs?|monitors?)\b))"
)
_MAX = (
    r"(?:(?:priced |costing |cost |price )?(?:under|below|beneath|"
    r"(?<!no )(?<!not )(?:less|lower|cheaper) than|no more than|"
    r"not more than|not over|not above|not exceeding|at (?:the (?:very )?)?most|max(?:imum)?(?: of| is)?|up to|"
    r"within|no higher than|capped at|"
    r"(?:my |the |a )?(?:budget|limit)(?:['’]s)?(?: is| of| to| at|:)?(?: now| around| about| up to| max| only)?|<=?)"
    r"(?: a budget of| budget of)?)"
)
_MIN = (
    r"(?:over|above|more than|at (?:the (?:very )?)?least|no(?:t)? (?:less|lower|cheaper) than|not under|not below|"
    r"starting (?:at|from)|"
    r"min(?:imum)?(?: of| is)?|from|upwards of|pricier than|more expensive than|>=?)"
)
_BEYOND = (
    r"(?P<bound>(?:over|above|beyond|exceed(?:ing)?|upwards of|"
    r"(?:more|higher|greater|pricier|dearer|more expensive) than))"
)
_LESS = r"(?:under|below|(?:less|lower|cheaper) than)"
# "I really would not like to spend more than": a negation in the same clause. A question ("don't you have anything
# over 60?") and what is no trouble ("I don't mind paying over 60") deny nothing.
_HIDES = (
    r"hide|exclude|excluding|remove|omit|skip|lose|(?<!price )drop|except|(?:filter|leave|rule|cut) out|get rid of"
)
_DENIED = (
    rf"(?:\b(?:{_HIDES}|"
    r"not|\w+n['’]t|(?:do|does|did|would|could|should|ca|wo|is|must)nt|cannot|never|no|nothing|none|nobody|"
    r"neither|nor|hardly|refuse|avoid|hate)\b"
    r"(?! (?:you|there|they|find|mind|care|object|only|just|necessarily|(?:a )?(?:problem|trouble)|(?:an )?(?:issue|"
    r"objection)|have (?:an?|any) (?:problem|issue|objection))\b)"
    r"(?:(?!\b(?:but|and(?! (?:anything|everything)\b)|so|just|only|instead|please|though|because|if)\b)"
    r"[^,.;:!?\d])*?)"
)
_DENIED_ORDER = (
    rf"\b(?:{_HIDES})\b(?: (?:me|anything|everything|all|any|of|the|those|ones?|things?|items?|that|which|is|are|"
    r"costs?|costing|priced))*\s+"
)
_IS_TOO = r"(?:['’]s| is| are| was| would be)(?: (?:just|way|far|much|a bit|a little|still|really))* too"
# "Over 100 is too much", "anything above 80 is out of my budget"
_OVER = r"(?:over|above|beyond|(?:more|higher) than)"
_TOO_MUCH = (
    rf"(?:{_IS_TOO} (?:much|expensive|dear|pricey|costly|high)|"
    r"(?:['’]s| is| are| would be) (?:out of|beyond|over) (?:my|our|the) (?:budget|range|reach|limit|means))"
)
_NO_QUESTION = r"(?![^.!?]*\?)"
# "Anything above 90 is out", "over 100 is too much".
_IS_NONE = (
    r"(?:['’]s| is| are| would be)(?: (?:just|way|far|much|a bit|a little|still|really|simply))* "
    r"(?:too (?:much|expensive|dear|pricey|costly|high|little|cheap|low)|out\b(?! of stock)|off\b|no good|a no\b|"
    r"not (?:ok(?:ay)?|possible|an option|in my budget|for me)|impossible|out of (?:the question|my budget))"
)
_STRETCHES = r"(?:stretch|extend|go|push)(?: (?:it|that|(?:my|the|our) budget))?(?: up| as (?:high|far))? (?:to|as)"
# "Unless they cost more than": what is wanted must not.
_UNLESS = r"\bunless\b(?:(?!\b(?:but|and|so)\b)[^,.;:!?\d])*?"
_AROUND_WORDS = r"(?:around|(?<!what )(?<!how )about|approximately|approx\.?|roughly|circa|close to|near|~)"
# "Up to about 50", "no more than around 50": what bounds is a bound, roughly told or not.
_CAP = (
    r"(?:(?<!not )(?:under|below|(?:less|lower|cheaper) than)|no(?:t)? (?:more|higher) than|not over|at most|"
    r"max(?:imum)?(?: of)?|up to|within|capped at)"
)
_CAPPED = r"(?:or (?:less|under|below|cheaper)|max(?:imum)?|tops|at most)\b"  # "around 50 at most"

# What somebody has is the most they can spend, roughly told or not.
_HAS = r"(?<!you )\b(?:have|has|having|got|['’]ve)(?: (?:only|just))?"
_SPENDS = (
    r"\b(?:i|we)(?:['’](?:d|ll)|['’]?[mr]e?| am| are| can| could| will| would| might| want| hope| plan| intend)"
    r"(?: (?:only|really|like|want|love|hope|plan|planning|hoping|going|willing|happy|able|ready|prepared|to))* "
    r"(?:spend|pay|invest)"
)
_TOGETHER = (
    r"(?:(?:in )?total\b|altogether\b|all together\b|in all\b(?! [a-z]+s\b)|all in\b|combined\b|"
    r"for (?:everything|the lot|all of (?:it|them))\b)"
)
# What is no trouble, or not needed, sets no bound: it gives up the one that there is.
_NO_TROUBLE = (
    r"(?:\b(?:\w+n['’]?t|not)(?: really)? (?:mind|care|object)\b(?: (?:about|to|if (?:i|we)(?: (?:have|had) to)?))?|"
    r"\bno (?:problem|issue|trouble|objection)s?\b(?: (?:with|to))?|"
    r"\b(?:happy|fine|ok(?:ay)?|willing|ready|prepared)\b (?:with|to))"
    r" (?:spend|pay|go)(?:ing)?(?: (?:a bit|a little|anything|something))?"
)
_NO_NEED = (
    r"\b(?:no need (?:for (?:it|them) )?to|(?:need(?:n['’]?t| not)|(?:do|does|did)(?:n['’]?t| not) (?:have|need) to))"
    r" (?:stay|be|remain|cost|stick|keep)(?: (?:it|them|this|that|to))?"
)
# What somebody else would pay is a question.
_ASKED_OF_OTHERS = (
    r"\b(?:would|do|did|will|could|should) (?:you|people|anyone|anybody|somebody|someone|they)"
    r"(?: \w+)? (?:pay|spend)\b"
)
_AFFORDS = r"\b(?:get|buy|have|find|purchase|afford)\b[^,.;:!?\d]{0,40}? "
_ENDS = r"(?=\W*$|\s*[,;:!?]|\.(?!\d)|\s+(?:please|then|now|max|or|and|altogether|in)\b)"
# Between a negation and its bound these words say nothing but that; others ("nothing formal over 60") stay said.
_SPENDING = re.compile(
    r"(?:\W*\b(?:i|we|they|s|re|to|be|have|like|want|wish|plan|care|looking|going|willing|able|ready|prepared|planning|hoping|"
    r"spend|spending|pay|paying|go|going|cost|costs|costing|afford|really|rather|ever|any|anything|everything|something|it|me|"
    r"rid|out|all|those|them|these|show|see|give|buy|ones?|the|price|priced|a|penny|cent|that|is|are|do|of|much|at|all|by)\b)*\W*",
    re.IGNORECASE,
)
# A kind with "?" has no leading word: "40-80" alone may be a size range and "60" anything, unless a sign says money.
# One with "!" is money where it has a sign or is more than what one counts: "what can I get for 2000".
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        ("range", rf"(?:between|from)\s+{amount(1)}\s*(?:and|to|-|–|—)\s*{amount(2)}{_NOT_MONEY}"),
        ("range!", rf"{_SPENDS}\s+{amount(1)}\s*(?:to|or|-|–|—)\s*{amount(2)}{_NOT_MONEY}"),
        ("range?", rf"(?<![\w.]){amount(1)}\s*(?:to|-|–|—)\s*{amount(2)}{_NOT_MONEY}"),
        ("max", rf"{_HAS}\s+{_AROUND_WORDS}\s+{amount(1)}{_NOT_MONEY}"),
        ("max", rf"(?<!\w){_CAP}\s+{_AROUND_WORDS}\s+{amount(1)}{_NOT_MONEY}"),
        ("max", rf"(?<!\w){_AROUND_WORDS}\s+{amount(1)}\s*,?\s*{_CAPPED}"),
        ("around", rf"(?:(?:budget|price)(?: is| of)?\s+)?{_AROUND_WORDS}\s+{amount(1)}{_NOT_MONEY}"),
        ("max", rf"(?<!\w)(?:over|above|beyond|(?:more|higher) than)\s+{amount(1)}{_IS_NONE}{_NO_QUESTION}"),
        ("min", rf"(?<!\w)(?:under|below|(?:less|lower|cheaper) than)\s+{amount(1)}{_IS_NONE}{_NO_QUESTION}"),
        ("max", rf"{_DENIED}\b{_BEYOND}\s*{amount(1)}{_NOT_MONEY}"),
        ("max", rf"(?<!\w){_OVER}\s*{amount(1)}{_TOO_MUCH}\b{_NO_QUESTION}"),
        ("min", rf"(?<!\w){_LESS}\s*{amount(1)}{_IS_TOO} (?:little|cheap|low)\b{_NO_QUESTION}"),
        ("max", rf"{_UNLESS}\b{_BEYOND}\s*{amount(1)}{_NOT_MONEY}"),
        ("max", rf"{_DENIED}\b(?P<bound>(?:spend|pay)(?:ing)?(?: (?:as much as|like))?)\s*{amount(1)}{_NOT_MONEY}"),
        ("min", rf"{_DENIED_ORDER}(?P<bound>{_LESS})\s*{amount(1)}{_NOT_MONEY}"),
        ("min", rf"(?:nothing|none|not anything|\b(?<!why )(?<!if )not)\s+{_LESS}\s*{amount(1)}{_NOT_MONEY}"),
        ("min", rf"{_DENIED}\b(?P<bound>(?:spend|pay|go)(?:ing)?\s+{_LESS})\s*{amount(1)}{_NOT_MONEY}"),
        ("max", rf"(?<!\w){_MAX}\s*(?:the price of )?{amount(1)}{_NOT_MONEY}"),
        ("min", rf"(?<!\w){_MIN}\s*{amount(1)}{_NOT_MONEY}"),
        (
            "max",
            rf"(?<![\w.]){amount(1)}\s*(?:or (?:less|under|below|cheaper)|max(?:imum)?|tops|at most|budget|"
            r"is (?:my |the )?(?:absolute |upper )?(?:limit|max(?:imum)?|budget))\b",
        ),
        ("below!", rf"(?<![\w.]){amount(1)}{_IS_TOO} (?:much|expensive|dear|pricey|costly|high)\b{_NO_QUESTION}"),
        ("above!", rf"(?<![\w.]){amount(1)}{_IS_TOO} (?:little|cheap|low)\b{_NO_QUESTION}"),
        ("exact!", rf"\b(?:exactly|precisely)\s+{amount(1)}{_NOT_MONEY}"),
        (
            "max!",
            rf"\b(?:i|we)(?:['’](?:d|ll)| can| could| might| will| would)* {_STRETCHES} {amount(1)}{_NOT_MONEY}",
        ),
        ("max!", rf"(?<![\w.]){amount(1)}\s*{_TOGETHER}"),
        ("max!", rf"{_HAS}\s+{amount(1)}{_NOT_MONEY}(?=\s+(?:for|to (?:spend|play with|work with))\b)"),
        ("max!", rf"{_SPENDS}\s+{amount(1)}{_NOT_MONEY}"),
        ("max", rf"\bfor\s+(?=\d+[.,]\d\d\b){amount(1)}{_NOT_MONEY}"),
        ("max!", rf"{_AFFORDS}(?P<bound>for)\s+{amount(1)}{_NOT_MONEY}{_ENDS}"),
        ("min", rf"(?<![\w.]){amount(1)}\s*(?:or (?:more|above|over)|and (?:up|above)|minimum|\+(?!\w))"),
        ("around!", rf"(?<![\w.])(?<!size ){amount(1)}(?:[\s-]?ish\b| or so\b(?! [a-z]+s\b)| or thereabouts\b)"),
        ("max?", rf"(?<![\w.]){amount(1)}{_NOT_MONEY}(?!\s+(?:one|ones)\b)"),
        ("max", rf"\b(?:what|how) about\s+{amount(1)}\W*$"),
    )
)
_LIMITLESS = re.compile(
    rf"(?:{_NO_TROUBLE}\s+{_BEYOND.replace('?P<bound>', '?:')}|{_NO_NEED}\s+(?:{_LESS}|within))"
    rf"\s*{amount(1)}{_NOT_MONEY}",
    re.IGNORECASE,
)
# "No upper limit", "there isn't any limit"; not "no limit of 50". "No price limit" is read with other facts given up.
_NO_LIMIT = re.compile(
    r"\b(?:(?:no(?! (?:price|budget)\b)|without|\w+n['’]t(?: (?:have|really|set))*)"
    r" (?:(?:an?|any|upper|real|fixed|price|budget|spending) )*(?:limits?|maximum|max|ceiling)|"
    r"(?:the )?sky(?: is|['’]s) the limit|(?:budget|price) is (?:un|not )limited)\b"
    r"(?!['’-]| (?:of|to|on (?!(?:the |my )?(?:price|budget|spending|cost))|for)\b)",
    re.IGNORECASE,
)
_ASKS_OTHERS = re.compile(rf"{_ASKED_OF_OTHERS}[^,.;:!?\d]*{amount(1)}{_NOT_MONEY}", re.IGNORECASE)
_NO_RANGE_OF_MONEY = re.compile(
    r"\b(?:sizes?|eu|uk|us|waist|age[ds]?|old|years?|months?|inch(?:es)?|cm|mm|people|persons|litres?|liters?|kg|hours?|"
    r"sku|upc|model|serial|part (?:no|number))\b|\d\s*x\s*\d|\d-\d+-\d",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PriceBound:
    """Bounds read from a message, both ends included; ``currency`` only where the shopper named one."""

    minimum: float | None = None
    maximum: float | None = None
    currency: str | None = None
    spans: tuple[tuple[int, int], ...] = ()  # where in the text the expression stands


def read_prices(text: str) -> PriceBound:
    """The bounds that a message sets; the last expression of each side wins.

    >>> read_prices("something under $60, at least 20").maximum
    60.0
    >>> read_prices("around 50 euros").minimum
    40.0
    """
    lowest = highest = currency = None
    spans: list[tuple[int, int]] = []
    masked = text
    for match in (*_LIMITLESS.finditer(text), *_NO_LIMIT.finditer(text), *_ASKS_OTHERS.finditer(text)):
        spans.append(match.span())
        masked = _blank(masked, *match.span())
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(masked):
            if not _is_money(kind, match, text):
                continue
            low, high = _bounds(kind.rstrip("?!"), match)
            lowest = low if low is not None else lowest
            highest = high if high is not None else highest
            currency = currency_of(match) or currency
            start, end = _place(match)
            spans.append((start, end))
            masked = _blank(masked, start, end)
    if lowest is not None and highest is not None and lowest > highest:
        lowest, highest = highest, lowest
    return PriceBound(lowest, highest, currency, tuple(sorted(spans)))


def limitless(text: str) -> tuple[tuple[int, int], ...]:
    """Where a message gives up its upper bound: "I don't mind paying more than 60", "no upper limit"."""
    return tuple(match.span() for match in (*_LIMITLESS.finditer(text), *_NO_LIMIT.finditer(text)))


def _bounds(kind: str, match: re.Match[str]) -> tuple[float | None, float | None]:
    first = value_of(match)
    if kind == "range":
        return first, value_of(match, 2)
    if kind == "around":
        return round(first * (1 - AROUND), 2), round(first * (1 + AROUND), 2)
    if kind in ("below", "above", "exact"):
        under, over = round(first - CENT, 2), round(first + CENT, 2)
        return {"below": (None, under), "above": (over, None), "exact": (first, first)}[kind]
    return (first, None) if kind == "min" else (None, first)


def _place(match: re.Match[str]) -> tuple[int, int]:
    """Where an expression stands, with its negation where nothing else is refused in between."""
    if "bound" not in match.re.groupindex:
        return match.span()
    _, *between = match.string[match.start() : match.start("bound")].split(maxsplit=1)
    alone = _SPENDING.fullmatch(" ".join(between))
    return (match.start() if alone else match.start("bound"), match.end())


def _is_money(kind: str, match: re.Match[str], text: str) -> bool:
    """Whether the number of a pattern of this kind is an amount of money."""
    if has_sign(match):
        return True
    if match["a1"][0].isalpha() and value_of(match) < LEAST_BARE:  # "no more than two" counts things
        return False
    if not kind.endswith(("?", "!")):
        return True
    return value_of(match) > MOST_COUNTED if kind.endswith("!") else _spans_money(kind, match, text)


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]


def _spans_money(kind: str, match: re.Match[str], text: str) -> bool:
    """Whether bare numbers are amounts, "50 to 80": rising, with room between them, which "38-40" has not."""
    if kind != "range?" or _NO_RANGE_OF_MONEY.search(text):
        return False
    low, high = (read_number(match[name]) for name in ("a1", "a2"))
    return low >= LEAST_BARE and high >= WIDTH * low
