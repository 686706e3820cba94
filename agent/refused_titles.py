"""Cards refused by their titles: "no, not Regular Tomato" is said of that card, not of what is regular or a tomato.

Such a title is written as the card's place ("not the second one"), so that whoever reads on needs to know nothing of
this. Words that describe what is refused ("no leather jackets", "not a linen dress") stay words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import takewhile

from agent.card_numbers import MOST_CALLED, card_called
from agent.shopping_words import STOP_STEMS
from agent.vocabulary import Sense, is_colour
from agent.words import Token, tokenise
from store.schemas import Item

SHORT = 2  # words of a title that must be said in full
_REFUSING = re.compile(
    r"\b(?P<verb>(?P<not>(?<!why )(?<!if )not|(?:any|every)thing (?:but|except)|except(?: for)?)|"
    r"hide|remove|reject|skip|hate|dislike|(?:do not|don['’]?t) (?:want|like))"
    r"(?P<pointing> (?:the|that|this|those|these|your))? ",
    re.IGNORECASE,
)

Meaning = Callable[[str], Sense | None]


def with_refused_titles(text: str, cards: Sequence[Item], meaning: Meaning) -> str:
    """The text with each refused title of the cards on the table as their places."""
    for match in reversed(list(_REFUSING.finditer(text)) if cards else []):
        said = tokenise(text[match.end() :])
        lengths = [_length(said, item, bool(match["pointing"]), meaning) for item in cards[:MOST_CALLED]]
        if longest := max(lengths):
            called = " or ".join(card_called(at) for at, length in enumerate(lengths, 1) if length == longest)
            verb = "not" if match["not"] else match["verb"]
            end = match.end() + said[longest - 1].end
            text = f"{text[: match.start()]}{verb} {called}{text[end:]}"
    return text


def _length(said: Sequence[Token], item: Item, pointing: bool, meaning: Meaning) -> int:
    """How many of the next words are the item's title, said in any order with or without its brand; 0 where none is.

    The colour may be left out of a longer title. Who points at nothing ("not leather jackets") must say the words as
    they are written.
    """
    title = tokenise(item.title)
    if [token.text for token in said[: len(title)]] == [token.text for token in title] and len(title) >= SHORT:
        return len(title)
    words = [token for token in title if token.text[0].isalnum()]
    own = {_key(token, pointing) for token in words}
    needed = {_key(token, pointing) for token in words if len(own) <= SHORT or not _names_colour(token, meaning)}
    known = own | {_key(token, pointing) for token in tokenise(item.brand)}
    run = [_key(token, pointing) for token in takewhile(lambda token: _key(token, pointing) in known, said)]
    after = said[len(run)] if len(run) < len(said) else None
    goes_on = after is not None and after.text[0].isalnum() and after.stem not in STOP_STEMS
    return len(run) if needed <= set(run) and len(needed) >= SHORT and not goes_on else 0


def _key(token: Token, pointing: bool) -> str:
    return token.stem if pointing else token.text


def _names_colour(token: Token, meaning: Meaning) -> bool:
    sense = meaning(token.text)
    return sense is not None and is_colour(sense.fact)
