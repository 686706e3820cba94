"""The last step of understanding: fit the intent to what was found, and the references to the intent.

An intent about an item needs one, a greeting needs to be alone, "which is cheaper?" asks for one of the cards.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from agent.advice import asked_why, best_first, weighed
from agent.asked_recaps import TAKES_OFF
from agent.blamed_cards import blamed, without_too_much
from agent.card_verdicts import card_verdicts
from agent.compared_cards import spoken_of_in_vain, undescribed
from agent.intents import ORDERING, SAVED_BESIDE
from agent.phrases import asked_facts, chosen_fact
from agent.picking import PickingReader
from agent.preferences import tolerated_spans
from agent.questions import QUESTION, SEVERAL, QuestionReader, asks, content
from agent.reading import Reading
from agent.references import names_missing, points_beyond, resolve
from agent.shop_sense import ShopSense
from agent.sizes import STEP
from agent.state import DialogueState
from agent.utterance import Intent, Utterance
from agent.vocabulary import Vocabulary, is_colour
from agent.words import stem, stems, tokenise

_SAVING = re.compile(r"save|wish|favou?rite|list|cart|basket|trolley|buy|order|purchase", re.IGNORECASE)
_PRAISE = re.compile(r"\bi (?:\w+ )?like\b|\b(?:love|adore)\b", re.IGNORECASE)  # and not "like the first, but red"
MOST_COMPARED = 3  # side by side
_WHY = re.compile(r"\bwhy\b", re.IGNORECASE)
_OTHER_SIZE = re.compile(r"\b(?:bigger|larger|smaller|next|other|another|different) sizes?\b", re.IGNORECASE)
_OTHER = re.compile(r"\b(?:any|some)thing (?:(?:a bit|even) )?(?:more|less|\w+er)\b(?! about)", re.IGNORECASE)
_IN_ANOTHER_COLOUR = re.compile(r"\bin (?:an)?(?:other|different|more) (?:colou?r|shade)s?\b", re.IGNORECASE)
_COMES_IN = re.compile(r"\b(?:does|do|is|are) (?:it|this|that|they|these|those|the \w+(?: one)?)\b", re.IGNORECASE)
_SOME_OF = re.compile(r"\b(?:two|three|four|[2-4]) of (?:it|this|that|them|these|those)\b", re.IGNORECASE)
_AGAIN = re.compile(  # "show them again", "back to the results"
    r"\b(?:show|see|list)\b.*\bagain\b|\bback to (?:the|those|these|my) (?:list|others|results)\b", re.I
)
# "And the second?" asks again what was just asked.
_GOES_ON = re.compile(r"^\W*(?:(?:ok(?:ay)?|so|and)\W+)*(?:(?:what|how) about|and)\b", re.IGNORECASE)
_IT = re.compile(r"\s*(?:it|this|that)\s*", re.IGNORECASE)
_EVERYTHING = re.compile(r"\b(?:all|everything|both)\b", re.IGNORECASE)
_NUMBER_FREE = (
    Intent.GREET, Intent.THANK, Intent.CHAT, Intent.PAUSE, Intent.ABOUT, Intent.BROWSE, Intent.OFF_TOPIC,
    Intent.RECALL, Intent.ARRIVALS,
)  # fmt: skip


class Settler:
    """Settles utterances about one store."""

    def __init__(self, vocabulary: Vocabulary, sense: ShopSense) -> None:
        self._vocabulary = vocabulary
        self._sense = sense
        self._questions = QuestionReader(vocabulary, sense)
        self._picking = PickingReader(vocabulary, sense.get_item, self._questions)
        self._get_item = sense.get_item

    def settle(self, reading: Reading, said: Utterance, state: DialogueState) -> Utterance:
        """The utterance with the intent that its parts allow, and what that intent points at."""
        said = without_too_much(reading, said)
        opened = (
            self._taken_off(reading, state)
            or self._picking.picked(reading, said, state)
            or weighed(reading.text, tuple(ref.item_id for ref in reading.strong), state)
            or self._advised(reading, said, state)
        )
        if opened is not None:
            return opened
        if missing := self._described_in_vain(reading, said, state):
            return Utterance(intent=Intent.NO_SUCH_CARD, unanswered=missing)
        if self._points_at_nothing(reading, said, state):
            return Utterance(intent=Intent.UNCLEAR)
        if reading.intent is Intent.CHOICES:
            return self._choices(reading, said, state)
        if refused := self._judged_apart(reading, said, state) or blamed(reading, said):
            return refused
        said = self._in_another_colour(reading, said, state) or replace(
            said, intent=self._intent(reading, said, state)
        )
        return self._with_references(reading, self._ordered(said, state), state)

    def _described_in_vain(self, reading: Reading, said: Utterance, state: DialogueState) -> tuple[str, ...]:
        """What describes none of the cards: "compare the red and the blue one", "the black one looks good"."""
        cards = [self._get_item(item_id) for item_id in state.cards]
        if reading.intent is Intent.COMPARE and len(reading.strong) < 2 and cards:
            return undescribed(reading.text, cards, self._vocabulary)
        asked = reading.intent in (Intent.DETAILS, Intent.REJECT) or bool(SAVED_BESIDE.search(reading.text))
        styles = [style for item in cards for style in (item, *self._sense.colourways(item))]
        elsewhere = reading.strong or said.type_values or said.unknown_type or not cards  # "a dress, not the red one"
        return () if elsewhere else spoken_of_in_vain(reading.text, asked, styles, self._vocabulary)

    def _points_at_nothing(self, reading: Reading, said: Utterance, state: DialogueState) -> bool:
        """ "Compare the first two" before anything was shown."""
        names = said.type_values or said.unknown_type or said.photo
        asks_of_cards = reading.intent in (Intent.COMPARE, Intent.DETAILS, Intent.REJECT)
        return not (state.cards or names) and asks_of_cards and points_beyond(reading.text, ())

    def _ordered(self, said: Utterance, state: DialogueState) -> Utterance:
        """ "The biggest tent": what there is most of comes first, where records of the kind measure it."""
        kind = said if said.type_values else state.need
        if said.intent is not Intent.SEARCH or not kind.type_values:
            return said
        recorded = self._sense.recorded(kind.type_fact, kind.type_values)
        held = {fact: self._sense.held(fact, kind.type_fact, kind.type_values) for fact in recorded}
        words = said.text.split()
        for word in (each for each in words if each.endswith("est")):
            if found := self._vocabulary.measures.furthest(word, words, [held]):
                told = (word, *(each for each in words if stem(each) in stems(found[0].replace("_", " "))))
                left = " ".join(each for each in words if each not in told)
                rest = tuple(each for each in said.unanswered if each not in told)
                return replace(said, furthest=" ".join(told), text=left, unanswered=rest)
        return said

    def _taken_off(self, reading: Reading, state: DialogueState) -> Utterance | None:
        """ "Remove the first from my list": a place of the list, else of a card that is on it."""
        match = TAKES_OFF.search(reading.text)
        if not match:
            return None
        if _EVERYTHING.search(match["what"]):
            return Utterance(intent=Intent.RECALL, unliked=state.liked)
        named = self._named(match["what"], state.liked, state) or self._named(match["what"], state.cards, state)
        unliked = tuple(item_id for item_id in named if item_id in state.liked)
        if _IT.fullmatch(match["what"]):  # what is in hand, if that is on the list; else there must be no doubt
            in_hand = tuple(item_id for item_id in (state.talked_about,) if item_id in state.liked)
            unliked = in_hand or state.liked[: len(state.liked) == 1]
        return Utterance(intent=Intent.RECALL, unliked=unliked)

    def _judged_apart(self, reading: Reading, said: Utterance, state: DialogueState) -> Utterance | None:
        """ "I like the first, the second is ugly": one is saved and the other goes."""
        cards = [self._get_item(item_id) for item_id in state.cards]
        given = card_verdicts(reading.text, lambda part: resolve(part, cards, "", self._vocabulary))
        if given is None:
            return None
        return replace(
            said, intent=Intent.REJECT, liked=given.liked, rejected=given.rejected, references=given.rejected
        )

    def _named(self, words: str, item_ids: Sequence[str], state: DialogueState) -> tuple[str, ...]:
        """Those of some items that words point at, by place or by name."""
        items = [self._get_item(item_id) for item_id in item_ids]
        pointed = tuple(ref.item_id for ref in resolve(words, items, state.talked_about, self._vocabulary))
        kinds = {
            v for m in self._vocabulary.mentions(tokenise(words), words) if m.sense.is_type for v in m.sense.values
        }
        return pointed or tuple(item.item_id for item in items if kinds & {item.category})  # "the lamp"

    def _choices(self, reading: Reading, said: Utterance, state: DialogueState) -> Utterance:
        """ "What colours do you have?": of the thing in hand, else of all that fits; "of sneakers" shows them too."""
        kind = said if said.type_values else state.need
        recorded = self._sense.recorded(kind.type_fact, kind.type_values)
        said = replace(said, asked=(chosen_fact(reading.text, recorded),))
        if reading.strong:  # "what sizes are there for the first?"
            return replace(said, intent=Intent.DETAILS, references=tuple(ref.item_id for ref in reading.strong))
        if said.type_values or asks(said):
            return replace(said, intent=Intent.SEARCH, text="", unanswered=())
        if state.talked_about and said.asked != ("brand",):
            return replace(said, intent=Intent.DETAILS, references=(state.talked_about,))
        return replace(said, intent=Intent.CHOICES)

    def _in_another_colour(self, reading: Reading, said: Utterance, state: DialogueState) -> Utterance | None:
        """ "The second one in another colour": the other colours of its style, where there are any."""
        pointed = [ref.item_id for ref in reading.references] or [i for i in (state.talked_about,) if i]
        wanted = pointed and _IN_ANOTHER_COLOUR.search(reading.text) and not said.include
        if not wanted or _COMES_IN.search(reading.text):
            return None
        item = self._get_item(pointed[0])
        fact = next((fact for fact in item.attributes if is_colour(fact) and item.values(fact)), "")
        styles = self._sense.colourways(item) if fact else []
        others = tuple(dict.fromkeys(v for other in styles for v in other.values(fact) if v not in item.values(fact)))
        return replace(said, intent=Intent.MORE_LIKE, include={fact: others}) if others else None

    def _advised(self, reading: Reading, said: Utterance, state: DialogueState) -> Utterance | None:
        """ "Which one would you take?", "why these?": the cards in question, the one to advise first."""
        complains = reading.intent is Intent.COMPLAIN and not said.type_values
        why = reading.intent is Intent.WHY or (complains and bool(_WHY.search(reading.text)))
        if not (why or reading.intent is Intent.ADVICE):
            return None
        strong = tuple(ref.item_id for ref in reading.strong)
        if why:
            in_hand = () if SEVERAL.search(reading.text) else tuple(filter(None, (state.talked_about,)))
            pointed = tuple(ref.item_id for ref in reading.references) or in_hand or state.cards
            return asked_why(reading.text, pointed, state) if pointed else None
        words, kinds = content(reading)
        if not (state.cards or words or kinds):
            return Utterance(intent=Intent.BROWSE)
        if not state.cards or (kinds and not kinds & set(state.need.type_values)):
            return None
        ids = strong if len(strong) > 1 else state.compared or state.cards
        chosen = best_first([self._get_item(item_id) for item_id in ids], words, state)
        return Utterance(intent=Intent.ADVICE, references=tuple(i.item_id for i in chosen), asked_words=words)

    def _of_cards(self, reading: Reading, said: Utterance, state: DialogueState, changes: bool) -> Intent:
        """What a message wants of the cards that it points at or asks about, else what its shape shows."""
        intent, strong, names_type = reading.intent, reading.strong, bool(said.type_values or said.unknown_type)
        if intent in (Intent.ADVICE, Intent.WHY) or (
            intent in (Intent.DETAILS, Intent.COMPARE) and not (reading.references or state.cards)
        ):
            intent = Intent.SEARCH
        question = QUESTION.search(reading.text) and asked_facts(reading.text, self._vocabulary)
        bare = intent is Intent.SEARCH and self._questions.is_bare(reading, said, state)
        if intent is Intent.SEARCH and (question or bare) and state.cards and not names_type and not said.include:
            intent = Intent.DETAILS
        if intent is Intent.MORE_LIKE and set(said.include) == {"size"} and _COMES_IN.search(reading.text):
            intent = Intent.DETAILS  # "does it come in size 42?" wants its sizes told
        everything = len(strong) > MOST_COMPARED and len(strong) == len(state.cards)  # "all of them": none is picked
        if (
            intent is Intent.SEARCH
            and strong
            and not (everything and changes)
            and not self._another_kind(reading, said)
            and not _OTHER.search(reading.text)
        ):
            intent = Intent.MORE_LIKE if changes or reading.degrees else Intent.DETAILS
        if intent is Intent.LIKE and strong and (changes or reading.degrees) and not _SAVING.search(reading.text):
            intent = Intent.MORE_LIKE  # "I like the second, but it is too short"
        steps = not (names_type or said.include) and (_OTHER_SIZE.search(reading.text) or STEP.search(reading.text))
        return Intent.DETAILS if state.cards and steps else intent

    def _intent(self, reading: Reading, said: Utterance, state: DialogueState) -> Intent:
        if self._questions.is_of_cards(reading, said, state) or self._questions.names_a_fact(reading, said, state):
            return Intent.DETAILS
        if self._questions.asks_which(reading, said, state) or self._questions.aspect(reading, said, state):
            return Intent.DETAILS
        if self._questions.asks_what_is_recorded(reading, said, state):
            return Intent.DETAILS
        changes, names_type = bool(asks(said) or said.dropped), bool(said.type_values or said.unknown_type)
        intent, strong = self._of_cards(reading, said, state, changes), reading.strong
        if intent is Intent.LIKE and state.talked_about and _SOME_OF.search(reading.text):
            return intent  # "two of them, please": of the one in hand
        if intent is Intent.COMPARE and len(strong) == 1:
            intent = Intent.DETAILS
        if intent is Intent.DETAILS and names_type and not reading.references:
            intent = Intent.SEARCH
        if intent in (Intent.LIKE, Intent.REJECT) and not reading.references:
            intent = Intent.SEARCH
        if intent is Intent.LIKE and reading.references and _SAVING.search(reading.text) and names_type:
            intent = Intent.SEARCH if self._another_kind(reading, said) else intent  # "save it. and a lamp too"
        if intent is Intent.LIKE and (names_type or not strong) and not _SAVING.search(reading.text):
            intent = Intent.SEARCH if changes or names_type else intent
        if intent is Intent.MORE_LIKE and strong and self._another_kind(reading, said):
            intent = Intent.SEARCH  # "shoes in the same colour as the second one"
        if intent is Intent.MORE_LIKE and not reading.references and not said.photo:
            alone = state.cards and not (changes or names_type or said.text)  # "similar ones"
            intent = Intent.MORE_LIKE if state.need.photo or alone else Intent.SEARCH
        if intent is Intent.SOMETHING_ELSE and names_type and not {*said.type_values} & {*state.need.type_values}:
            intent = Intent.SEARCH
        if intent in _NUMBER_FREE and (changes or names_type or said.photo):
            intent = Intent.SEARCH
        if intent is Intent.COMPLAIN and said.photo:
            intent = Intent.SEARCH
        says = bool(changes or names_type or said.photo or said.text or said.unanswered or said.count)
        pointed = bool(reading.references) and reading.intent is not Intent.COMPARE
        wishes = changes and intent is not Intent.DETAILS  # "long" in a question is no wish
        cards = [] if pointed or names_type else [self._get_item(item_id) for item_id in state.cards]
        if cards and (names_missing if wishes else points_beyond)(reading.text, cards):
            return Intent.NO_SUCH_CARD
        if intent is Intent.SEARCH and not says and reading.references:
            return Intent.DETAILS  # "that one"
        if intent is Intent.SEARCH and not says and not (_AGAIN.search(reading.text) and state.need.has_wish):
            return Intent.PAUSE if tolerated_spans(reading.text) else Intent.UNCLEAR  # "I don't mind nylon"
        return intent

    def _another_kind(self, reading: Reading, said: Utterance) -> bool:
        """Whether another kind than that of the item is wanted: "the second is nice, any matching shoes?"."""
        item = self._get_item(reading.references[0].item_id)
        return bool(said.type_values) and not item.levels & set(said.type_values)

    def _with_references(self, reading: Reading, said: Utterance, state: DialogueState) -> Utterance:
        ids = tuple(ref.item_id for ref in reading.references)
        if said.intent is Intent.COMPARE and len(ids) < 2:
            known = state.compared or state.cards
            ids = tuple(dict.fromkeys((*ids, *known)))[:MOST_COMPARED] if not ids or len(state.cards) > 1 else ids
        if said.intent is Intent.DETAILS:
            return self._asked(reading, said, state, ids)
        if said.intent is Intent.SEARCH and not said.text and _AGAIN.search(reading.text):
            return replace(said, return_to=True)
        if said.intent is Intent.SEARCH and reading.intent is Intent.LIKE and ids and _SAVING.search(reading.text):
            return replace(said, liked=ids, another=True)
        if said.intent is Intent.MORE_LIKE and not (ids or said.photo or state.need.photo or said.return_to):
            ids = (state.talked_about or state.cards[0],)
        if said.intent is Intent.MORE_LIKE and ids:
            item, asked = self._get_item(ids[0]), set(state.need.type_values)
            # A cheaper one may be of any kind that was asked for; "like the second" is of its own.
            if item.category and not (said.relative_price and asked & item.levels):
                said = replace(said, type_fact="category", type_values=(item.category,), type_words="")
            liked = ids[:1] if reading.intent is Intent.LIKE and _PRAISE.search(reading.text) else ()
            return replace(said, references=ids[:1], liked=liked, unknown_type="")
        if said.intent is Intent.COMPARE:
            return self._questions.about(reading, replace(said, references=ids[:MOST_COMPARED]))
        if said.intent is Intent.LIKE:
            ids = ids or (state.talked_about,)
            return replace(said, liked=ids, references=ids, ordering=bool(ORDERING.search(reading.text)))
        if said.intent is Intent.REJECT:
            return replace(said, rejected=ids, references=ids)
        if said.intent in (Intent.RECALL, Intent.SOMETHING_ELSE) and SAVED_BESIDE.search(reading.text):
            return replace(said, liked=tuple(ref.item_id for ref in reading.strong))
        if said.intent is Intent.MORE_LIKE and said.return_to:  # "back to the photo": as it was shown
            return replace(said, dropped=(*said.dropped, *state.need.changed))
        return said

    def _asked(self, reading: Reading, said: Utterance, state: DialogueState, ids: tuple[str, ...]) -> Utterance:
        """A question with the cards that it is about, and what it asks of them."""
        if aspect := self._questions.aspect(reading, said, state):
            in_hand = ids or tuple(filter(None, (state.talked_about,)))
            return self._questions.of_aspect(aspect, said, in_hand or state.compared or state.cards)
        every = self._questions.all_meant(reading, said, state)
        if not (ids or state.talked_about or every) and self._questions.is_bare(reading, said, state):
            return replace(said, references=state.cards, asked_words=(said.text,))
        about = every or ids[:MOST_COMPARED] or (state.talked_about or state.cards[0],)
        if set(said.include) == {"size"} and _COMES_IN.search(reading.text):
            stocked = (fact for fact in asked_facts(reading.text, self._vocabulary) if fact == "availability")
            return replace(said, references=about, asked=(*stocked, "size"), include={})
        asked = self._questions.about(reading, replace(said, references=about))
        if not (asked.asked or asked.asked_words) and _GOES_ON.search(reading.text):
            asked = replace(asked, asked=state.asked)
        plainly = not (every or asked.asked or asked.asked_words) and len(about) > 1
        return replace(asked, intent=Intent.COMPARE) if plainly else asked  # "2 and 4"
