"""The turn loop: one user turn in, events out, and the turn kept before it is called finished.

Holds nothing of any conversation: the state comes in and goes out, so any number of browsers share one agent.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any, Protocol

from PIL.Image import Image

from agent.acts import alone, pressed
from agent.chips import chips, crossed_notice
from agent.errors import AgentError
from agent.events import Card, Chip, Failed, Finished, Recommended, Step, TextDelta, TurnEvent, Understood
from agent.gone import NOTICE, without_gone
from agent.instead import broadened
from agent.item_reader import ItemReader
from agent.long_messages import readable, unread_notice
from agent.photos import KeptPhotos, small_copy
from agent.planner import OPENING, SEARCHING, ToolRunner
from agent.realiser import Voice
from agent.reasons import reason
from agent.recalling import still_out
from agent.recorded import with_unrecorded
from agent.reply import Answered, answered, compose
from agent.request import CARDS
from agent.shop import Shop
from agent.speaker import Speaker, Spoken
from agent.state import DialogueState, Need, fold
from agent.tools import TurnContext
from agent.turn_keeping import TurnKeeping
from agent.unheard import wished
from agent.utterance import Utterance
from retrievers.base import Outcome, Retrieval
from retrievers.errors import RetrievalError
from retrievers.photos import open_photo
from store.errors import StoreError
from store.schemas import FinishedTurn, Item, ShownItem, StoredTurn, UserTurn
from store.transcripts import Transcripts


class Understanding(Protocol):
    """Reads a message; see ``agent/understanding.py``."""

    name: str

    def understand(self, text: str, state: DialogueState, photo: str = "") -> Utterance:
        """What the message says, given the state so far."""
        ...


@dataclass(frozen=True, slots=True)
class Example:
    """A first message to try, with a photo or without."""

    text: str
    photo: str = ""


@dataclass(frozen=True, slots=True)
class RestoredTurn:
    """A past turn as it is repainted: as stored, with its cards made from today's records."""

    stored: StoredTurn
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Restored:
    """A past conversation: where it stood, what was said, and the constraints in force."""

    state: DialogueState
    turns: tuple[RestoredTurn, ...]
    chips: tuple[Chip, ...]


class ShoppingAgent:
    """Answers turns about one store."""

    def __init__(
        self,
        shop: Shop,
        understanding: Understanding,
        runner: ToolRunner,
        speaker: Speaker,
        transcripts: Transcripts,
        photos: KeptPhotos,
        examples: tuple[Example, ...],
        store_note: str,
        item_reader: ItemReader,
    ) -> None:
        self._shop = shop
        self._understanding = understanding
        self._runner = runner
        self._speaker = speaker
        self._transcripts = transcripts
        self._photos = photos
        self.examples = examples
        self.store_note = store_note
        self.item_reader = item_reader
        self.store_name = shop.catalog.name
        self.items_count = len(shop.catalog.items)
        self.departments = shop.departments()
        self.atlas = shop.recommender.atlas
        self._versions = {
            **speaker.versions,
            "understanding": understanding.name,
            "catalog": shop.catalog.fingerprint,
            "encoder": shop.catalog.encoder_name,
        }

    def start(self, channel: str) -> tuple[str, DialogueState]:
        """A new conversation that will be kept: its unguessable id and an empty state."""
        return self._transcripts.start_session(self.store_name, channel), DialogueState()

    def restore(self, session_id: str) -> Restored:
        """A kept conversation.

        Raises
        ------
        StoreError
            No such session, or it belongs to another store.
        """
        session = self._transcripts.session(session_id)
        if session.store != self.store_name:
            raise StoreError(f"Session {session_id!r} is about store {session.store!r}, not {self.store_name!r}.")
        stored = self._transcripts.turns(session_id)
        turns = tuple(RestoredTurn(turn, self._repaint(turn.turn)) for turn in stored)
        state = DialogueState.from_json(stored[-1].turn.state) if stored else DialogueState()
        return Restored(state, turns, chips(state, self._shop.currency))

    def card(self, item_id: str) -> Card:
        """The card of one item outside of any turn (wishlist, details)."""
        item = self._shop.catalog.get(item_id)
        return Card(item, 1, 0.0, "", self._shop.image(item))

    def colourways(self, item_id: str) -> tuple[Card, ...]:
        """Cards of the other items of the same style."""
        item = self._shop.catalog.get(item_id)
        return tuple(self.card(other.item_id) for other in self._shop.colourways(item)[1:])

    def respond(
        self, session_id: str, state: DialogueState, turn: UserTurn, record: bool = True, rerank: bool = True
    ) -> Iterator[TurnEvent]:
        """Answer one turn.

        With ``record`` false nothing of it is written anywhere; with ``rerank`` false test-time reranking is off.
        """
        keeping = TurnKeeping(self._transcripts, session_id, record)
        try:
            yield from self._respond(keeping, state, turn, rerank)
        except (StoreError, RetrievalError, AgentError) as error:
            keeping.give_up(turn, str(error))
            yield Failed(str(error))

    def _respond(
        self, keeping: TurnKeeping, state: DialogueState, turn: UserTurn, rerank: bool
    ) -> Iterator[TurnEvent]:
        clock = _Clock()
        held, state = state, without_gone(state, self._shop.catalog)
        if turn.image_paths:
            yield Step("Looking at your photo")
            turn = self._with_small_photos(turn, keeping.record)
            clock.lap("photo")
        keeping.begin(turn)
        heard = replace(turn, text=readable(turn.text))
        said, after = self._understand(heard, state)
        after, instead = broadened(said, after, self._shop)
        yield Understood(after, chips(after, self._shop.currency))
        clock.lap("understand")
        if said.intent in SEARCHING:
            yield Step(f"Searching {self.items_count:,} items")
        answer = replace(self._answer(heard, said, after, rerank), liked=self._liked(after))
        after = _without_dead_end(answer, state, after, self._shop)
        cards = self._cards(answer, after) if answer.retrieval else self._taken_up(answer, state)
        clock.lap("search", _stages(answer))
        after = after.with_cards(card.item.item_id for card in cards if answer.retrieval)
        versions = {**self._versions, **({} if rerank else {"reranking": "off"})}
        so_far = _finished(turn, "", answer.outcome, cards, said, after, versions, clock.read())
        yield Recommended(answer.outcome, cards, so_far, keeping.begun)
        clock.mark("cards")
        pieces: list[str] = []
        voices: set[str] = set()
        voice = Voice(keeping.session_id, after.turns)
        reply = compose(answer, self._shop, voice, [example.text for example in self.examples])
        after = after.with_question(reply.question)
        gone = NOTICE if held.need.anchor and not state.need.anchor else ""
        out = still_out(said, after) if answer.retrieval else ""
        crossed = crossed_notice(state, after, turn.acts, self._shop.currency)
        told = (unread_notice(turn.text), gone, crossed, out, instead)
        notices = (Spoken(notice, "notice") for notice in told if notice)
        for spoken in chain(notices, self._speaker.speak(answer, reply)):
            if not pieces:
                clock.mark("first_word")
            pieces.append(spoken.text)
            voices.add(spoken.voice)
            yield TextDelta(spoken.text)
        clock.lap("reply")
        text = "".join(pieces).strip()
        versions |= {"voices": "+".join(sorted(voices))}
        finished = _finished(turn, text, answer.outcome, cards, said, after, versions, clock.read())
        turn_id = keeping.finish(finished)
        trace, prompt = answer.retrieval.trace if answer.retrieval else None, self._speaker.prompt(answer, reply)
        yield Finished(turn_id, text, answer.outcome, after, clock.read(), versions, trace, prompt)

    def _understand(self, turn: UserTurn, state: DialogueState) -> tuple[Utterance, DialogueState]:
        state = pressed(state, turn.acts, self._shop)
        if not (turn.text.strip() or turn.image_paths):
            return alone(state, turn.acts, self._shop)
        photo = turn.image_paths[0] if turn.image_paths else ""
        said = self._understanding.understand(turn.text, state, photo)
        said = replace(said, photo=self._photos.name(photo) if said.photo else "")
        said = with_unrecorded(said, state, self._shop)
        said = replace(said, wished=wished(turn.text, said))
        return said, fold(state, said)

    def _answer(self, turn: UserTurn, said: Utterance, state: DialogueState, rerank: bool) -> Answered:
        if said.intent not in SEARCHING | OPENING:
            return Answered(turn.text, said, state)
        if said.intent in SEARCHING and not state.need.has_wish:
            return Answered(turn.text, said, state, retrieval=Retrieval(Outcome.NEED_CLARIFICATION))
        unknown = state.need.unknown_type
        if said.intent in SEARCHING and unknown and not state.need.photo and self._shop.lacks(unknown):
            return Answered(turn.text, said, state, retrieval=Retrieval(Outcome.NOT_CARRIED))
        photo = self._photo_in_view(state)
        context = TurnContext(self._shop, state, said, photo, said.count or CARDS, rerank)
        return answered(turn.text, said, state, self._runner.run(turn.text, context))

    def _liked(self, state: DialogueState) -> tuple[Item, ...]:
        """The liked items that the store still has."""
        catalog = self._shop.catalog
        return tuple(catalog.get(item_id) for item_id in state.liked if item_id in catalog)

    def _photo_in_view(self, state: DialogueState) -> Image | None:
        """The photo that the need starts from; None where there is none or its file is gone since."""
        photo = self._photos.find(state.need.photo) if state.need.photo else None
        return open_photo(photo) if photo else None

    def _with_small_photos(self, turn: UserTurn, record: bool) -> UserTurn:
        """The turn with its photos checked and, when the turn is kept, small copies of them where they stay.

        Of a turn that is not kept no copy is made: whoever brought its photos also takes them away.
        """
        paths = []
        for path in turn.image_paths:
            photo = open_photo(Path(path))
            paths.append(str(self._photos.place(small_copy(photo))) if record else path)
        return replace(turn, image_paths=tuple(paths))

    def _cards(self, answer: Answered, state: DialogueState) -> tuple[Card, ...]:
        if answer.retrieval is None:
            return ()
        found, companion = answer.retrieval, state.need.companion
        beside = self._shop.catalog.get(companion) if companion in self._shop.catalog else None
        return tuple(
            Card(
                r.item, r.rank, r.score, reason(r.item, state, found.missed(r.item), beside), self._shop.image(r.item)
            )
            for r in found.recommendations
        )

    def _taken_up(self, answer: Answered, before: DialogueState) -> tuple[Card, ...]:
        """The card of an item of an earlier table that the talk goes back to."""
        opened = answer.opened if answer.said.return_to else ()
        return tuple(self.card(item.item_id) for item in opened if item.item_id not in before.cards)

    def _repaint(self, turn: FinishedTurn) -> tuple[Card, ...]:
        """Cards of a past turn; items that the store no longer has are left out."""
        return tuple(
            replace(self.card(shown.item_id), rank=shown.rank, score=shown.score, reason=shown.reason)
            for shown in turn.shown
            if shown.item_id in self._shop.catalog
        )


class _Clock:
    """Milliseconds of a turn: of each stage, and of moments since the turn began."""

    def __init__(self) -> None:
        self._begin = self._last = time.perf_counter()
        self._times: dict[str, float] = {}

    def lap(self, stage: str, parts: dict[str, float] | None = None) -> None:
        now = time.perf_counter()
        self._times[stage] = (now - self._last) * 1000
        self._times.update({f"{stage}.{name}": ms for name, ms in (parts or {}).items()})
        self._last = now

    def mark(self, moment: str) -> None:
        self._times[f"to_{moment}"] = (time.perf_counter() - self._begin) * 1000

    def read(self) -> dict[str, float]:
        self.mark("finish")
        return {name: round(ms, 1) for name, ms in self._times.items()}


def _without_dead_end(answer: Answered, before: DialogueState, after: DialogueState, shop: Shop) -> DialogueState:
    """What was answered for good and would only block later turns is let go.

    Nothing cheaper exists, so the bound read off the cards goes; so does the wish for a sale where there is none at
    all. Where a thing is not carried, the talk is about what was wanted before, or about nothing yet.
    """
    if after.need.on_sale and not shop.has_sale:
        after = after.with_need(replace(after.need, on_sale=False, reduced_by=0.0))
    if answer.outcome == Outcome.NOT_CARRIED and before.need.has_wish and before.focus != after.focus:
        return replace(after, focus=before.focus)
    if answer.outcome == Outcome.NOT_CARRIED and not before.need.has_wish:
        return after.with_need(Need())
    if answer.outcome != Outcome.NOTHING_IN_RANGE or not answer.said.relative_price:
        return after
    return after.with_need(replace(after.need, price_min=before.need.price_min, price_max=before.need.price_max))


def _stages(answer: Answered) -> dict[str, float]:
    return dict(answer.retrieval.timings_ms) if answer.retrieval else {}


def _finished(
    turn: UserTurn,
    text: str,
    outcome: str,
    cards: tuple[Card, ...],
    said: Utterance,
    state: DialogueState,
    versions: dict[str, str],
    timings: dict[str, float],
) -> FinishedTurn:
    shown = tuple(
        ShownItem(c.item.item_id, c.rank, c.score, c.item.title, c.item.price_now, c.item.currency, c.reason)
        for c in cards
    )
    understood: dict[str, Any] = json.loads(json.dumps(said.to_json()))
    return FinishedTurn(turn, text, outcome, shown, understood, state.to_json(), versions, timings)
