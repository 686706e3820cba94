"""Cards called by their bare numbers: "what about 3", "1 vs 3", "order 2", "does 1 have a hood".

A number is a card only in such constructions, and where it counts nothing: "for 2 people", "show me 3", "a set of 2"
and "under 3" name none. Knows how many cards there are, not what they are.
"""

from __future__ import annotations

import re

from agent.number_words import ORDINALS

LONGEST = 400  # characters; who calls cards by bare numbers is brief, and a page of numbers names none
MOST_CALLED = len(ORDINALS)
_N = r"(?<![\w$€£₹.,/-])(?:[1-9]|1[0-2])(?![\w%/-]|[.,]\d)"
_LINK = r"(?:\s*,\s*(?:and |or )?|\s+(?:and|or|vs\.?|versus|with|to|than|against|&)\s+|\s*[&+]\s*)"
_BETTER = r"(?:\s+(?:\w+er|better|more \w+|less \w+))?"  # "is 1 cheaper than 3"
_CARDS = rf"(?P<cards>(?>{_N}(?:{_BETTER}{_LINK}(?:number |#)?{_N})*))"  # all of them or none
_NOD = r"(?:ok(?:ay)?|and|so|or|then|now|well|hm+|yes|yeah|no|not|actually|maybe|sorry|i mean|i meant|both|please)"
_BEGINNING = rf"^\W*(?:{_NOD}\W+)*"
# A verb that asks of a card what follows: "is 2 waterproof", "which sizes does 3 have". "How much are 2" counts.
_ASKING = (
    r"(?:^\W*|[,.;:!?]\s*|\b(?:ok|and|so|but)\s+|"
    r"\b(?:what|how|which|why|where|if|whether)\b(?! about)[^,.;:!?\d]{0,30}?\s)"
    r"(?:(?:does|did|is|was|can|could|will|would|has)\s+|(?:do|are|were|have)\s+(?=\d+\s*(?:,|&|\+|and\b|or\b)))"
)
# What else stands before a card.
_LEADS = (
    r"\b(?:what|how|why) about\s+(?:both\s+)?",
    r"\b(?:tell me|more|know|info|information|details?|different|special|new|unique|good|bad|wrong|better|ask|like|"
    r"nice|great)(?: (?:more|something|anything))? (?:about|on)\s+",
    r"\b(?:take|pick|choose|prefer|order|buy|purchase|save|(?<!would )(?<!['’]d )like|love|keep|remove|reject|hide|"
    r"drop|open|compare|add|put|(?<!\d )(?<!\d, )(?<!\d and )get|select|bookmark|hate|dislike|go with|go for|"
    r"similar to|same as|as for|what makes|why|where is|versus|vs\.?)\s+(?:both\s+)?",
    r"\b(?:differences? (?:between|of)|(?:choos|decid)(?:e|ing) between|(?:torn|stuck) between|"
    r"comparison (?:of|between))\s+",
    r"(?<!\bfor the )\b(?:price|cost|colou?rs?|materials?|fabrics?|sizes?|brands?|ratings?|reviews?|"
    r"details?|photos?|care) of\s+",
    r"(?:#|\bno\.? ?|\bnumbers? |\boptions? |\bitems? |\bcards? )(?=\d+\D+\d)",  # "number 2 and 4"
)
# What stands after one: nothing that it could count.
_AFTER = (
    r"(?=\W*$|\s*[.,;:!?)]|['’]s\b|\s+(?:has|have|had|is|are|was|in(?! \d)|to|on|into|onto|please|then|though|"
    r"instead|too|now|again|also|better|best|first|different|differ|made|comes?|costs?|looks?|seems?|fits?|works?|any|"
    r"an?|the|for(?! \d| the price)|with|without|but|and|or|so|from|by|available|my|it|together|"
    r"side|not|if|is|(?:so |much )?(?:more|less) expensive|dearer|cheaper)\b(?! free\b))(?!,?(?: and)? get \d)"
)
_COUNTED = (
    r"(?!\s*(?:of|persons?|people|pieces?|pcs|packs?|pairs?|sets?|pockets?|items?|options?|ones|things?|sizes?|years?|"
    r"months?|weeks?|days?|hours?|minutes?|cm|mm|m|kg|g|l|ml|litres?|liters?|inch(?:es)?|ft|feet|stars?|percent|"
    r"dollars?|bucks|euros?|pounds?|rupees?|rs|usd|inr|eur|gbp|enough|left|more|(?!has|was|its|this|as)\w+[^s\W]s)\b)"
)
# Alone at the beginning little may follow: "2 in red" and "2 please" ask for two of them.
_ALONE = r"(?=\W*$|\s*[.,;:!?)]|\s+(?:then|though|instead|too|is|are|looks?|seems?|has|but)\b)"
_PATTERNS = tuple(
    re.compile(f"{lead}{_CARDS}{after}", re.IGNORECASE)
    for lead, after in ((_BEGINNING, _ALONE), (_ASKING, _COUNTED), *((lead, _AFTER) for lead in _LEADS))
)
_SINGLE = re.compile(_N)
_CALLED = re.compile(rf"(?:\bnumber |#)?(?P<n>{_N})", re.IGNORECASE)
_MARK = re.compile(r"(?:#|\bno\.? ?|\bnumbers? |\boptions? |\bitems? |\bcards? )$", re.IGNORECASE)


def cards_named(text: str, count: int) -> str:
    """The text with each bare number of one of ``count`` cards as "the third one"; as it is where none is meant.

    >>> cards_named("1 vs 3, please", 6), cards_named("for 2 people", 6), cards_named("what about 30", 6)
    ('the first one vs the third one, please', 'for 2 people', 'what about 30')
    """
    for pattern in _PATTERNS if count and len(text) <= LONGEST else ():
        match = pattern.search(text)
        numbers = [int(n.group()) for n in _SINGLE.finditer(match["cards"])] if match else []
        if match and all(1 <= number <= count for number in numbers):
            start, end = match.span("cards")
            before = text[:start] if len(numbers) < 2 else _MARK.sub("", text[:start])
            return before + _CALLED.sub(lambda called: card_called(int(called["n"])), text[start:end]) + text[end:]
    return text


def card_called(number: int) -> str:
    """What a message calls the card of a number, of the first twelve."""
    return f"the {ORDINALS[number - 1]} one"
