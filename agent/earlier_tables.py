"""Cards that lay on an earlier table: "the blue one you showed first", "the second tent again", "the first dress".

Places and descriptions are resolved on the table that is meant, and the talk goes back to the wish that it answered.
Knows the tables of the conversation, no intent.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from agent.asked_recaps import TAKES_OFF
from agent.grammar import plural
from agent.references import ORDINAL_WORD, Reference, fits, resolve
from agent.state import DialogueState, Need
from agent.utterance import Intent, Utterance
from agent.vocabulary import Vocabulary
from agent.words import tokenise
from store.schemas import Item

_SHOW = (
    r"(?:that |which )?you(?:['’]ve| have| had)? "
    r"(?:showed|shown|suggested|recommended|listed|offered|gave)(?: me| us)?"
)
_FIRST = r"(?:at )?(?:the )?(?:very )?(?:first|beginning|start|initially|originally|to begin with|before|earlier)"
_SHOWN = re.compile(
    rf"\b(?:the|that|those) (?P<first>(?:very )?first )?(?P<words>(?:[\w'-]+ ){{1,4}}?){_SHOW}"
    rf"(?P<when> {_FIRST})?\b(?! (?:one|ones)\b)(?: again)?",
    re.IGNORECASE,
)
_LIKED = re.compile(
    r"\b(?:the|that) (?P<first>(?:very )?first )?(?P<words>(?:[\w'-]+ ){1,4}?)(?:that |which )?i(?:['’]ve| have)? "
    r"(?:liked|loved|saved|favou?rited)(?: (?P<when>first|last|before|earlier))?\b(?! (?:one|ones)\b)",
    re.IGNORECASE,
)
_LATER = re.compile(r"\b(?:before|earlier)\b", re.IGNORECASE)
_PLACED = re.compile(rf"\b(?:the|that) (?:{ORDINAL_WORD}) (?P<words>[\w-]+(?: [\w-]+)?)", re.IGNORECASE)
# "The tent and the sleeping bag", each up to the "and".
_THE_KIND = re.compile(
    r"\b(?:the|that) (?P<words>(?!(?:and|or|plus)\b)[\w-]+"
    r"(?: (?!(?:and|or|plus|with|together|cost|come|in)\b)[\w-]+){0,2})",
    re.IGNORECASE,
)
# "Ok, go back", "the ones before": the wish before, and all that lay there.
_WISH_BEFORE = re.compile(
    r"^\W*(?:(?:ok(?:ay)?|no|hm+|well|then|and|please|now)\W+)*(?:(?:let['’]?s |can we |take me |i want to )?go back"
    r"(?: (?:one|a step|please|again))*|(?:show me |see )?the (?:ones?|things?|list|results|cards) (?:from )?before|"
    r"(?:show me |see )?the previous (?:ones?|things?|list|results|cards))(?: again| please| that)*\W*$",
    re.IGNORECASE,
)
# "What did the dress cost again?", "how much was that tent?"
_COST = re.compile(
    r"\b(?:how much|what) (?:did|does|was|is|were|are) (?P<the>(?:the|that|those) (?P<words>(?:[\w-]+ ){0,2}?[\w-]+))"
    r"(?: (?:cost|go for))?(?: again)?\W*$",
    re.IGNORECASE,
)
_BACK = re.compile(r"\bagain\b|\b(?:back|return) to\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Earlier:
    """A message as it would be said at an earlier table; ``need`` is the wish that the table answered."""

    text: str
    state: DialogueState
    need: Need
    whole: bool = False  # the whole table is meant, and no card

    def settled(self, said: Utterance) -> Utterance:
        """What was said at that table, as said now."""
        intent = Intent.SEARCH if self.whole else said.intent
        kind = said if said.type_values else self.need
        return replace(
            said,
            intent=intent,
            type_fact=kind.type_fact,
            type_values=kind.type_values,
            type_words=kind.type_words,
            return_to=True,
        )


class EarlierTables:
    """Finds what a message means of the tables before, in one store."""

    def __init__(self, vocabulary: Vocabulary, get_item: Callable[[str], Item]) -> None:
        self._vocabulary = vocabulary
        self._get_item = get_item

    def meant(self, text: str, state: DialogueState) -> Earlier | None:
        """The message at the table that it means; None where that is the one that lies there."""
        shown = _SHOWN.search(text) if state.cards else None
        if shown and (shown["first"] or shown["when"] or self._is_elsewhere(shown["words"], state)):
            return self._shown(text, shown, state)
        liked = None if TAKES_OFF.search(text) else _LIKED.search(text)
        if liked and (saved := self._saved(text, liked, state)):
            return saved
        if not state.cards:
            return None
        return self._before(text, state) or self._priced(text, state) or self._placed(text, state)

    def _before(self, text: str, state: DialogueState) -> Earlier | None:
        """ "Go back": the latest other wish that was answered; none where one wish alone was."""
        places = [p for p, need in enumerate(state.needs) if need.table and need.type_values and p != state.focus]
        if not places or not _WISH_BEFORE.search(text):
            return None
        return Earlier("", _at(state, places[-1]), state.needs[places[-1]], whole=True)

    def _priced(self, text: str, state: DialogueState) -> Earlier | None:
        """ "What did the dress cost again?" while something else lies there: the saved one, else the first."""
        asked = _COST.search(text)
        kinds = self._kinds(asked["words"]) if asked else []
        if asked is None or len(kinds) != 1 or self._on_table(kinds[0], state.cards):
            return None
        tables = [(place, need) for place, need in enumerate(state.needs) if self._on_table(kinds[0], need.table)]
        if not tables or not tables[-1][1].type_values:
            return None
        place, need = tables[-1]
        fitting = [item_id for item_id in need.table if self._is(asked["words"], self._get_item(item_id))]
        if not fitting:
            return None
        item_id = next((item_id for item_id in fitting if item_id in state.liked), fitting[0])
        there = replace(_at(state, place), cards=(item_id,), talked_about=item_id)
        start, end = asked.span("the")
        return Earlier(f"{text[:start]}the first one{text[end:]}", there, need)

    def placed(self, text: str, state: DialogueState) -> tuple[Reference, ...]:
        """Each "the first tank" of a message on the latest table of its kind; () where one is on none.

        Only where several kinds are named: of one kind ``meant`` finds the table.
        """
        found = list[Reference]()
        named = [(match, kinds) for match in _PLACED.finditer(text) if (kinds := self._kinds(match["words"]))]
        for match, kinds in named:
            tables = (state.cards, *(need.table for need in reversed(state.needs)))
            table = next((table for table in tables if self._on_table(kinds[0], table)), ())
            items = [self._get_item(item_id) for item_id in table]
            pointed = resolve(match.group(), items, "", self._vocabulary)
            found += [Reference(ref.item_id, *match.span()) for ref in pointed[:1] if not ref.weak]
        return tuple(found) if len(found) == len(named) > 1 else ()

    def each_kind(self, text: str, state: DialogueState) -> tuple[Reference, ...]:
        """Each "the tent" of a message that names several kinds: the saved one of its latest table, else the first.

        () where one of them lies on no table.
        """
        found = list[Reference]()
        named = [(match, kinds) for match in _THE_KIND.finditer(text) if (kinds := self._kinds(match["words"]))]
        for match, kinds in named:
            tables = (state.cards, *(need.table for need in reversed(state.needs)))
            table = next((table for table in tables if self._on_table(kinds[0], table)), ())
            fitting = [item_id for item_id in table if self._is(match["words"], self._get_item(item_id))]
            chosen = (i for i in (*state.liked, state.talked_about, *fitting) if i in fitting)
            found += [Reference(item_id, *match.span()) for item_id in [*chosen][:1]]
        return tuple(found) if len({ref.item_id for ref in found}) == len(named) > 1 else ()

    def _shown(self, text: str, shown: re.Match[str], state: DialogueState) -> Earlier | None:
        """ "The blue one you showed first"; of several the table that they lay on."""
        words = shown["words"].strip()
        places = [place for place, need in enumerate(state.needs) if need.shown]
        for place in reversed(places) if _LATER.search(shown["when"] or "") else places:
            need = state.needs[place]
            fitting = [item for item in map(self._get_item, need.shown) if self._is(words, item)]
            if fitting and not plural(words):
                there = replace(_at(state, place), cards=(fitting[0].item_id,), talked_about=fitting[0].item_id)
                return Earlier(_replaced(text, shown, "the first one"), there, need)
            if fitting and need.type_values:
                return Earlier(_replaced(text, shown, ""), _at(state, place), need, whole=True)
        return None

    def _saved(self, text: str, said: re.Match[str], state: DialogueState) -> Earlier | None:
        """ "The one I liked first", "the lamp I saved": one of the list, the latest where no other is told."""
        words, ids = said["words"].strip(), state.liked
        fitting = [item for item in map(self._get_item, ids) if self._is(words, item)]
        item = fitting[0 if said["first"] or said["when"] == "first" else -1] if fitting else None
        place = next((p for p, need in enumerate(state.needs) if item and item.item_id in need.shown), None)
        if item is None or place is None or plural(words):
            return None
        there = replace(_at(state, place), cards=(item.item_id,), talked_about=item.item_id)
        return Earlier(_replaced(text, said, "the first one"), there, state.needs[place])

    def _placed(self, text: str, state: DialogueState) -> Earlier | None:
        """ "The second tent", "the tent again, second one" while something else lies on the table."""
        named = _PLACED.search(text)
        kinds, counted = self._kinds(text), self._kinds(named["words"] if named else "")
        if len(kinds) != 1 or not (counted or _BACK.search(text)) or self._on_table(kinds[0], state.cards):
            return None
        for place in reversed(range(len(state.needs))):
            need = state.needs[place]
            table = [self._get_item(item_id) for item_id in need.table]
            pointed = resolve(text, table, "", self._vocabulary) if self._on_table(kinds[0], need.table) else ()
            if pointed and not pointed[0].weak and need.type_values:
                return Earlier(text, _at(state, place), need)
        return None

    def _is_elsewhere(self, words: str, state: DialogueState) -> bool:
        kinds = self._kinds(words)
        return bool(kinds) and not any(self._on_table(kind, state.cards) for kind in kinds)

    def _is(self, words: str, item: Item) -> bool:
        """Whether an item is what is named: of the kind, with the facts; "the ones" are whatever was shown."""
        kinds = self._kinds(words)
        if not all(kind & item.levels for kind in kinds):
            return False
        return (bool(kinds) and not self._facts(words)) or fits(words, item, self._vocabulary) or not _tells(words)

    def _kinds(self, words: str) -> list[set[str]]:
        found = self._vocabulary.mentions(tokenise(words), words)
        return [set(mention.sense.values) for mention in found if mention.sense.is_type]

    def _facts(self, words: str) -> bool:
        return any(not m.sense.is_type for m in self._vocabulary.mentions(tokenise(words), words))

    def _on_table(self, kind: set[str], cards: Sequence[str]) -> bool:
        return any(kind & self._get_item(item_id).levels for item_id in cards)


def _at(state: DialogueState, place: int) -> DialogueState:
    """The state as it was with the table of a wish."""
    return replace(state, focus=place, cards=state.needs[place].table, talked_about="", compared=())


def _tells(words: str) -> bool:
    """Whether words say more than "one" or "ones"."""
    return any(token.stem not in ("one", "thing", "item") for token in tokenise(words))


def _replaced(text: str, part: re.Match[str], by: str) -> str:
    return f"{text[: part.start()]}{by}{text[part.end() :]}"
