"""What the shopper wants to happen, read from the shape of a message.

Patterns over a small closed set of English constructions; the result is an ``Intent``, by which everything later
goes. Order matters: the first pattern that matches wins. What is searched for is not decided here.
"""

from __future__ import annotations

import re

from agent.discounts import asks_for_biggest, asks_for_discount
from agent.intent_patterns import ORDERS_IT, PATTERNS, THE_REST_SAID
from agent.preferences import price_end
from agent.references import denied
from agent.utterance import Intent, Order

_COMPILED = tuple((intent, re.compile(pattern, re.IGNORECASE)) for intent, pattern in PATTERNS)
_BY = r"(?:sort|order)(?:ed)? (?:\w+ )?by (?:the )?"
_FALLING, _RISING = r"(?:price[: ]*)?high(?:est)? to low(?:est)?", r"(?:price[: ]*)?low(?:est)? to high(?:est)?"
_BY_RATING = _BY + r"(?:ratings?|reviews?|stars)"
_ORDERS: tuple[tuple[Order, re.Pattern[str]], ...] = (
    (Order.DEAREST, re.compile(rf"\b{_FALLING}\b", re.I)),
    (
        Order.CHEAPEST,
        re.compile(
            rf"\b(?:{_BY}price|{_RISING}|cheapest|(?:as )?cheap(?:ly)? as (?:possible|you have|it gets)|"
            r"cheaper is better|the cheaper,? the better|least expensive|lowest[- ]price[d]?|most affordable)\b",
            re.I,
        ),
    ),
    (Order.DEAREST, re.compile(r"\b(?:most expensive|priciest|most luxurious|dearest)\b", re.I)),
    (
        Order.TOP_RATED,
        re.compile(
            rf"\b(?:{_BY_RATING}|(?:best|better|top|highest|higher)[- ](?:rated|reviewed|rating)|"
            r"rated (?:the )?(?:best|highest)|(?:best|better|most) (?:reviews|ratings)|"
            r"best[- ]?sell(?:ers?|ing)|(?:most )?popular)\b",
            re.I,
        ),
    ),
)
_DENIED = {Order.CHEAPEST: Order.NOT_CHEAPEST, Order.DEAREST: Order.NOT_DEAREST}
CHEAPER = re.compile(
    r"\b(?:(?<!the )cheaper(?! is better)|less expensive|more affordable|lower price[d]?|"
    r"too (?:expensive|pricey|dear|costly|much money|much(?=\W*$))|"
    r"(?:over|above|beyond) (?:my|our|the) budget|costs? less|less pricey)\b(?! than \D{0,3}\d)|"
    # Of a card: "something for less than the second one", which may be blanked.
    r"(?:^\W*|\b(?:something|anything|ones?|for|costing|pay(?:ing)?|spend(?:ing)?|priced|"
    r"but) )less than(?= (?:the|that|this|number|#)|\s{2}|\s*$)",
    re.I,
)
DEARER = re.compile(
    r"\b(?:more expensive|pricier|more premium|higher[- ]end|fancier|more luxurious|"
    r"costs? more)\b(?! than \D{0,3}\d)",
    re.I,
)
ORDERING = re.compile(
    rf"\b(?:{ORDERS_IT}|(?:two|three|four|[2-4]) of (?:it|this|that|them|these|those)\b|"
    r"(?:cart|basket|trolley|my (?:shopping )?bag)\W*$)",
    re.I,
)
ON_SALE = re.compile(
    r"\b(?P<no>(?:not|n['’]?t|no)(?: necessarily| only| just| currently| be| have to be)* )?(?:(?:are |"
    r"is |which are |that are )?(?:currently )?(?:on (?:sale|offer|special)|in (?:a|the|your) sale|"
    r"marked down|reduced(?= (?:to clear|prices?|items?|ones?|things)\b|\W*$)|(?:price|prices) (?:reduced|cut))|"
    r"discounted|bargains?|clearance|sale (?:items?|things|section|prices?|pieces)|"
    r"(?:any|some|your|the|good|best|great|have|got|special|current|today['’]?s|what|"
    r"there) (?:an? )?(?:sales?|(?:special )?offers|deals|discounts|reductions)|"
    r"(?:any|some) (?:discount|reduction)"
    r"(?: on| now| today| right now| currently)*)\b",
    re.I,
)
NOT_SOLD_OUT = re.compile(
    r"\b(?:not|no|nothing|without|hide|exclude|skip|omit|except|"
    r"n['’]t)(?: (?:the|any|all|that(?:['’]s| is| are)|is|are|ones?|items?)){0,3} "
    r"sold[- ]out(?: (?:ones?|items?|things|products))?\b",
    re.I,
)
IN_STOCK = re.compile(
    r"\b(?:in stock|available (?:now|today)|only available|that (?:is|are|'s) available|sold out items out)\b|"
    + NOT_SOLD_OUT.pattern,
    re.I,
)
CORRECTION = re.compile(
    r"\b(?:i (?:actually )?meant|i mean|what i meant (?:is|was)|sorry,? (?:i want|not)|"
    r"i(?:'d| had) [^,.;]+ in mind)\b|"
    r"\bmake (?:it|that|this) (?=(?:an?|some)\b)|\binstead\b(?! of)",
    re.I,
)
RETURN_TO = re.compile(r"\b(?:back to|return to|again the|go back|about the) ", re.I)
ANOTHER = re.compile(
    r"^\W*(?:(?:ok(?:ay)?|great|good|fine|thanks|thank you)\W+)*(?:and|also|plus|next)\b|"
    r"\balso (?:need|want|looking|like)",
    re.I,
)
WANTS = re.compile(
    r"\b(?:(?:do )?you (?:have|got|sell|carry|stock)|have you got|(?<!\w )got|looking for|searching for|"
    r"i(?:'m| am) after|i (?:also )?(?:need|want)|^(?:(?:hi|hello|hey|ok(?:ay)?|so|yo)\W+)*(?:need|want)|"
    r"(?<=[.!?,;] )(?:need|want)|i(?:'d| would) like|i (?:actually )?meant|i mean|"
    r"show me|find me|give me|get me|any|got any|shopping for|in the market for|let'?s see|what about|"
    r"how about|now|then)\s+"
    r"(?:(?:some|any|a|an|the|new|nice|good|great|pair of|your|also|me|"
    r"to (?:buy|see|get|find))\s+)*(?P<thing>[^,.!?;]+)",
    re.IGNORECASE,
)
ALSO = re.compile(
    r"^\W*(?:or|also|and also|plus)\b|"
    r"^\W*(?:(?:and|yes|ok(?:ay)?|maybe)\W+)*[\w-]+(?: [\w-]+){0,2} (?:too|as well)\W*$|"
    r"\b(?:is|are|would be) (?:also )?(?:fine|ok|okay|good) (?:too|as well)\b",
    re.IGNORECASE,
)
SORTED = re.compile(rf"\b(?:{_FALLING}|{_RISING}|{_BY}price|{_BY_RATING})\b", re.I)
SAME_BRAND = re.compile(
    r"\b(?:(?:the )?same (?:brand|maker|make|label|designer)|"
    r"(?:more|others?|else|anything|something) (?:\w+ )?(?:from|by|of) (?:this|that|their|"
    r"the same) (?:brand|maker|label))\b",
    re.I,
)
OTHER_BRAND = re.compile(
    r"\b(?:(?:not|no|without|anything but|except|any but) (?:from |by |of )?(?:that|this|the same|"
    r"their) (?:brand|maker|make|label)|"
    r"(?<!what )(?<!which )(?:another|(?:a )?different|(?:any )?other) (?:brand|maker|label)s?)\b",
    re.I,
)
THE_REST = re.compile(THE_REST_SAID, re.I)
# "Save the first and show me more": the saving is done beside what else is asked.
SAVED_BESIDE = re.compile(
    r"\b(?:save|keep|bookmark|(?:i|we)(?:['’]ll| will| shall)? take|i like|"
    r"add) (?=(?:the|this|that|it|them|these|those|both|number|#|my)\b|\d)",
    re.I,
)
ALLOW = re.compile(
    r"\b(?:(?:is|are|would be)|(?:it'?s|i'?m)) ?(?:actually |also |now )?(?:fine|ok|okay|allowed|"
    r"all right|alright|acceptable|good)\b|\b(?:i )?don'?t mind\b|\bafter all\b",
    re.I,
)


def read_intent(text: str) -> Intent:
    """The intent that the shape of a message shows; SEARCH when none of the constructions is there."""
    return next((intent for intent, pattern in _COMPILED if pattern.search(text)), Intent.SEARCH)


def read_sale(text: str) -> bool | None:
    """Whether only what is on sale is wanted; False where that is denied, None where nothing is said of it."""
    match = ON_SALE.search(text)
    if match is None:
        return asks_for_discount(text) or None
    return not match["no"]


def _order(order: Order, text: str, named: re.Match[str]) -> Order:
    """The order that was named, or its denial: "not the cheapest" leaves the cheapest out."""
    return _DENIED.get(order, Order.BEST) if denied(text[: named.start()]) else order


def read_order(text: str) -> Order:
    """How the shopper wants matches sorted ("the cheapest ..."), BEST when not said."""
    if asks_for_biggest(text):
        return Order.MOST_REDUCED
    named = next((_order(order, text, m) for order, pattern in _ORDERS if (m := pattern.search(text))), None)
    end = price_end(text)
    if named or end is None:
        return named or Order.BEST
    return Order.DEAREST if end["top"] else Order.CHEAPEST
