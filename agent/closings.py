"""Thanks and goodbyes that are all of a message: "lovely, thank you so much", "ok bye", "I'll sleep on it".

Every word has to be one of them or a nod beside them, so that "cheers, and a lamp too" asks for a lamp.
Knows no store.
"""

from __future__ import annotations

import re

from agent.utterance import Intent

_ADDED = (
    r"(?: (?:so (?:very )?much|very much|a (?:lot|million|bunch|ton)|loads|lots|again|anyway|everyone|"
    r"mercer|mate|for (?:now|today|(?:(?:all )?(?:your|the|that) )?(?:help(?:ing)?(?: me)?|time|advice|patience|"
    r"tips?))))*"
)
_THANKS = (
    rf"(?:(?:(?:many )?thank(?:s| you)|cheers|thx|ta){_ADDED}|"
    r"(?:(?:very )?much |i )?appreciated? (?:it|that|your help)|"
    r"(?:that(?:['’]s| is| was)|you(?:['’]ve| have) been|you(?:['’]re| are)) (?:so |very |really |such )?"
    r"(?:a (?:star|great help|big help|lifesaver)|helpful|kind))"
)
_FAREWELL = (
    r"(?:(?:good ?)?bye(?:[ -]bye)?|good ?night|night night|take care|so long|ciao|cheerio|farewell|"
    r"(?:i(?:['’]ll| will) )?(?:see|talk to|speak to) (?:you|ya)(?: (?:later|soon|around|tomorrow|next time))?|"
    r"have a (?:good|nice|lovely|great) (?:day|evening|night|one|weekend|afternoon)|"
    r"i(?:['’]ll| will) (?:sleep on it|think (?:about it|it over)|be back|come back)(?: (?:later|soon|tomorrow))?|"
    r"(?:i(?:['’]m| am)|that(?:['’]s| is) me) (?:all )?(?:done|off|sorted)(?: (?:now|then|here|for (?:now|today)))?|"
    r"(?:that(?:['’]s| is| was| will be|['’]ll be)|that would be) (?:(?:all|everything)"
    r"(?: (?:then|for (?:now|today|me)|i (?:need|needed|wanted)))?|"
    r"it (?:then|for (?:now|today|me)))|(?:i(?:['’]ve| have) )?got to (?:go|run))"
)
_NOD = (
    r"(?:ok(?:ay)?|great|perfect|lovely|brilliant|cool|nice(?: one)?|good|fine|super|awesome|amazing|wonderful|"
    r"excellent|sweet|all? ?right|right|no (?:worries|problem)|yes|yeah|yep|no|nope|well|oh|and|so|then|anyway|now|"
    r"for now|but|haha|lol)"
)
_ALL = re.compile(rf"\W*(?:(?:{_THANKS}|{_FAREWELL}|{_NOD})(?!\w)\W*)+", re.IGNORECASE)
_THANKED = re.compile(rf"(?<!\w){_THANKS}(?!\w)", re.IGNORECASE)
_LEFT = re.compile(rf"(?<!\w){_FAREWELL}(?!\w)", re.IGNORECASE)


def closing(text: str) -> Intent | None:
    """Thanks or a goodbye where a message is nothing else; None for any other.

    >>> closing("cool, ta"), closing("ok bye then"), closing("ok, thanks, in blue")
    (<Intent.THANK: 'thank'>, <Intent.FAREWELL: 'farewell'>, None)
    """
    if not _ALL.fullmatch(text):
        return None
    if _THANKED.search(text):
        return Intent.THANK
    return Intent.FAREWELL if _LEFT.search(text) else None
