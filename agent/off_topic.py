"""Questions that no shop answers: the weather, who won, a joke, a sum. Their words are nothing to look for.

Patterns over a closed set of English constructions. What stands beside such a question ("... and show me boots") is
read as if it had been said alone. Knows no store.
"""

from __future__ import annotations

import re

_LETTERS = r"(?:a |an |the |some |another |any |me )*(?:good |funny |short |bedtime |little )*"
# Up to a mark, or to a word that begins a wish: "what's the weather in Oslo and do you have boots".
_REST = r"(?:(?!,|[.!?;](?:\s|$)|\b(?:and|but) (?:i|do|can|could|show|find|also|then|have)\b).)*"
# What is asked of a card, or of what only records of a shop say.
_OF_A_CARD = r"(?!.*\b(?:it|this|these|them|first|second|third|fourth|fifth|sixth|last|one)\b)"
_CONSTRUCTIONS = (
    r"(?:what|how)(?:'s| is| was| will) the (?:weather|temperature|forecast)\b"
    r"(?! ?(?:rating|range|limit|proof|resistance|protection))",
    r"(?:is it|will it|does it|it's) (?:going to )?(?:rain|snow)(?:ing)?\b(?! (?:proof|boots?|jackets?|coats?))",
    r"who(?:'s| is| was| are| were) (?!it\b|th(?:is|at|ese|ose|ey)\b|you|making)"
    r"(?!.*\b(?:ones?|for|makers?|brand|manufacturer|designer|seller|supplier|author|writer|artist|publisher)\b)",
    rf"who (?:(?:wrote|painted|sang|sings|directed)\b{_OF_A_CARD}|"
    r"(?:won|wins|will win|invented|discovered|scored|founded|rules|killed)\b)",
    r"did \w+(?: \w+)? (?:win|lose|score)\b",
    r"(?:what(?:'s| is)|tell me) the (?:capital|president|population|meaning of|news|score|square root|time\b(?! to)|"
    r"date today|stock market)",
    r"what (?:time|day|year|date) is (?:it|today)\b(?! from\b)",
    r"how (?:far|big|old|hot|tall|high) is (?:the (?:moon|sun|earth|world)|mount)\b",
    r"(?:what(?:'s| is)|how much is) \d+ ?(?:[+*/x×-]|plus|times|minus|divided by) ?\d+",
    rf"(?:tell|sing|write|read|give) {_LETTERS}(?:jokes?|story|stories|poems?|songs?|riddles?|fun facts?|recipes?)\b"
    r"(?! books?)",
    rf"(?:write|draft) {_LETTERS}(?:essay|e-?mail|letter|code|program|script|speech|cv)\b",
    r"(?:do you )?(?:know|got) (?:a |any )?(?:good |funny )?(?:jokes?|riddles?)\b",
    r"(?:can you |please )?translate\b",
    r"(?:do|help me with|solve) my (?:home|course)work\b",
    r"when (?:is|was|does|did|will) (?:the )?"
    r"(?:world cup|war|match|game|election|next train|next bus|easter|christmas)\b",
    r"why (?:is|are|do|does) (?:the )?(?:sky|sun|moon|sea|grass|earth|birds|cats|dogs)\b",
    r"(?:what do you think (?:of|about)|who should i vote for)(?: in)? (?:the )?"
    r"(?:politics|election|war|president|god)\b",
)
_BEGINS = r"(?:^|[.!?,;:]|\b(?:and|but|so|hey|hi|hello|ok(?:ay)?|well|lol|btw|also|please|you|u+m+|h+m+)\b)\W*"
_OFF_TOPIC = re.compile(rf"{_BEGINS}(?P<asked>(?:{'|'.join(_CONSTRUCTIONS)}){_REST})", re.IGNORECASE)


def without_off_topic(text: str) -> str:
    """The text with spaces where it asks for what no record of a shop could hold; every other word stays in place.

    >>> without_off_topic("who won? boots, please"), without_off_topic("who makes it?")
    ('       ? boots, please', 'who makes it?')
    """
    for match in _OFF_TOPIC.finditer(text):
        start, end = match.span("asked")
        text = text[:start] + " " * (end - start) + text[end:]
    return text
