"""Aspects of a card that no fact is named for: "and the screen size?", "what about memory", "how many buckles?".

They are looked up in the words of its record, under another common name where it does not say the one that was
asked for. Knows English words for parts and qualities of things, no store; what is a kind there is for others to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from agent.words import stem

# What parts and qualities are also called in records; things that are sold by themselves are none of them.
_ALSO = {
    "memory": ("storage", "ram"), "storage": ("memory",), "ram": ("memory",), "screen": ("display",),
    "display": ("screen",), "battery": (), "camera": ("megapixel",), "resolution": ("megapixel", "pixel"),
    "processor": ("chip", "cpu"), "sound": ("audio",), "cord": ("cable",), "cable": ("cord",), "motor": ("engine",),
    "engine": ("motor",), "sole": ("outsole",), "warranty": ("guarantee",),
}  # fmt: skip
# What ends the name of an aspect: "cable length", "battery life".
_QUALITIES = frozenset(
    map(
        stem,
        ("size", "length", "width", "height", "depth", "weight", "capacity", "life", "quality", "range", "speed",
         "power", "resolution", "thickness"),
    )
)  # fmt: skip
_LONGEST = 3  # words
# "How much is the first?", "how many more are there?"
_NO_ASPECT = (
    r"(?:is|are|was|were|does|do|did|will|would|can|could|should|for|in|of|off|more|less|it|they|this|that|these|those|"
    r"the|all|both)\b"
)
_CARD = r"(?:it|this|that|they|these|those|them|the \w+(?: one)?)(?: one)?"
# "What's about the memory", "its screen size?", "and the lid of the first?", "how many buckles does it have?".
_ASKED = re.compile(
    r"^\W*(?:(?:and|but|so|ok(?:ay)?|h+m+|also)\W+)*"
    r"(?:(?:what|how)(?:['’]?s| is)? about (?P<its>(?:the|its|their) )?|"
    r"(?:what(?:['’]?s| is| are) )?(?P<the>(?:the|its|their) )(?=.*\?)|(?P<count>how (?:many|much) ))"
    rf"(?P<what>(?!{_NO_ASPECT})[a-z][\w-]*(?: [a-z][\w-]*){{0,{_LONGEST - 1}}}?)"
    rf"(?: (?:of|for|on|in) {_CARD})?(?: (?:does|do|has|have|is|are) {_CARD}(?: have| got| in)?)?\W*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Aspect:
    """What is asked of a card, and where it stands in the message; ``known`` where English has it of things.

    ``definite`` is "the lid", which may be of the card; "what about lids" rather asks for such. ``counted`` is what
    "how many" is asked of.
    """

    words: str
    start: int
    definite: bool
    counted: bool
    known: bool

    @property
    def head(self) -> str:
        """The noun that it ends on."""
        return self.words.split()[-1]

    def said(self) -> Iterator[str]:
        """The words by which a record may tell of it, the nearest first."""
        words = self.words.split()
        parts = words[:-1] if stem(self.head) in _QUALITIES and len(words) > 1 else words[-1:]
        yield self.words
        for part in parts[::-1]:
            yield part
            yield from _ALSO.get(part.removesuffix("s"), ())


def asked_aspect(text: str) -> Aspect | None:
    """What a message that is nothing else asks of the card in hand.

    >>> asked_aspect("and the cable length?"), asked_aspect("a cable")
    (Aspect(words='cable length', start=8, definite=True, counted=False, known=True), None)
    """
    found = _ASKED.match(text)
    if found is None or found["what"].lower().endswith("ing"):  # a record with a "line" tells of no lining
        return None
    words = found["what"].lower()
    head = words.split()[-1]
    known = head.removesuffix("s") in _ALSO or (head != words and stem(head) in _QUALITIES)
    return Aspect(words, found.start("what"), bool(found["its"] or found["the"]), bool(found["count"]), known)
