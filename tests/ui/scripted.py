"""A scripted assistant and transcripts in memory: real events about made-up items, no model, no store."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from uuid import uuid4

import numpy as np
from langchain.messages import HumanMessage
from PIL import Image, ImageDraw

from agent.both_ways import BothWays, Stand, Told
from agent.errors import EngineBusy
from agent.events import Card, Chip, Failed, Finished, Prompt, Recommended, Step, TextDelta, TurnEvent, Understood
from agent.item_reader import Answer, PlacedItem, PlacedItems, Reading
from agent.state import DialogueState
from retrievers.atlas import Atlas
from retrievers.trace import Trace
from store.errors import StoreError, TranscriptError
from store.schemas import Act, ActKind, FinishedTurn, Item, ShownItem, StoredTurn, UserTurn, Vote

EVIL = "<img src=x onerror=\"window.__xss='html'\">${window.__xss='template'}\\u0041 `back` {{value}} hat"


@dataclass(frozen=True)
class Example:
    text: str
    photo: str = ""


@dataclass(frozen=True)
class RestoredTurn:
    stored: StoredTurn
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Restored:
    state: DialogueState
    turns: tuple[RestoredTurn, ...]
    chips: tuple[Chip, ...]


def draw_items(folder: Path, count: int = 8) -> list[Item]:
    """Items with two small pictures each; the third has a title that tries to break out."""
    folder.mkdir(parents=True, exist_ok=True)
    items = []
    for n in range(count):
        for view in "ab":
            picture = Image.new("RGB", (384, 384), ["#dfe9e2", "#efe6d8", "#e2e4ee", "#f0dfdc"][n % 4])
            ImageDraw.Draw(picture).ellipse(
                (90, 90, 294, 294), fill=["#35805f", "#b97a12", "#3d5a99", "#a8321f"][n % 4]
            )
            picture.save(folder / f"item-{n}{view}.webp")
        items.append(
            Item(
                item_id=f"item-{n}",
                title=EVIL if n == 2 else f"Harbour linen shirt no. {n}",
                description="A light shirt for warm days.",
                price=40.0 + 5 * n,
                sale_price=29.5 if n == 1 else None,
                currency="USD",
                availability="out_of_stock" if n == 3 else "in_stock",
                brand="Harbour",
                product_type="Apparel > Shirts",
                item_group_id="harbour",
                link=f"https://shop.acme.com/{EVIL if n == 2 else n}",
                image_paths=(f"item-{n}a.webp", f"item-{n}b.webp"),
                attributes={"color": ("Blue",), "material": ("Linen", "Cotton")},
            )
        )
    return items


def made_ids(count: int) -> np.ndarray:
    """Semantic IDs of two levels and a last token."""
    return np.array([[7 if n < 4 else 9, n % 4, 0] for n in range(count)])


def made_atlas(items: Sequence[Item]) -> Atlas:
    return Atlas(items, made_ids(len(items)), np.eye(len(items), 12, dtype=np.float32))


def made_trace(items: Sequence[Item], request: str, rerank: bool = True) -> Trace:
    """The items in their order by the base scores; reranking turns them round."""
    count = len(items)
    base = -np.arange(count, dtype=np.float32)
    verdicts = {"wish": np.linspace(0, 1, count, dtype=np.float32)} if rerank else {}
    scores = base + 20 * (verdicts["wish"] - 1) if rerank else base
    order = np.argsort(-scores, kind="stable")
    ids = tuple(item.item_id for item in items)
    return Trace(request, ids, (("generative", "bm25"),) * count, base, scores, order, verdicts, {"wish": 20.0},
                 made_ids(count), 5)  # fmt: skip


@dataclass
class ScriptedAssistant:
    """Shows four items a turn; "fail" fails, "slow" streams for two seconds, DROP and EDIT change the chips."""

    items: Sequence[Item]
    folder: Path
    examples: tuple[Example, ...] = (Example("A linen shirt under $60"), Example("Something for rainy walks"))
    store_name: str = "demo"
    store_note: str = "synthetic products"
    departments: tuple[str, ...] = ("Shirts", "Shoes & boots")
    transcripts: ScriptedTranscripts = field(default_factory=lambda: ScriptedTranscripts())
    seen: list[UserTurn] = field(default_factory=list)
    pace: float = 0.01
    atlas: Atlas | None = None
    reranked: list[bool] = field(default_factory=list)
    item_reader: ScriptedReader = field(default_factory=lambda: ScriptedReader())

    @property
    def items_count(self) -> int:
        return 1240

    def start(self, channel: str) -> tuple[str, DialogueState]:
        session_id = uuid4().hex
        self.transcripts.turns[session_id] = []
        return session_id, DialogueState()

    def restore(self, session_id: str) -> Restored:
        stored = self.transcripts.turns.get(session_id)
        if stored is None:
            raise TranscriptError(f"no session {session_id}")
        turns = tuple(RestoredTurn(s, tuple(self._card(i.item_id, i.rank) for i in s.turn.shown)) for s in stored)
        return Restored(DialogueState(turns=len(stored)), turns, self._chips(UserTurn()) if stored else ())

    def card(self, item_id: str) -> Card:
        if all(item.item_id != item_id for item in self.items):
            raise StoreError(f"no item {item_id}")
        return self._card(item_id, 1)

    def colourways(self, item_id: str) -> tuple[Card, ...]:
        return tuple(self._card(item.item_id, 1) for item in self.items if item.item_id != item_id)[:2]

    def _card(self, item_id: str, rank: int) -> Card:
        item = next(item for item in self.items if item.item_id == item_id)
        image = str(self.folder / item.image_paths[0]) if item.image_paths else ""
        return Card(item, rank, 1.0 / rank, "Linen, and within your budget", image)

    def _chips(self, turn: UserTurn) -> tuple[Chip, ...]:
        chips = [
            Chip("type", "shirt"),
            Chip("price_max", "under $60", True, "60"),
            Chip("word:leather", "no leather"),
        ]
        for act in turn.acts:
            if act.kind is ActKind.DROP:
                chips = [chip for chip in chips if chip.key != act.target]
            if act.kind is ActKind.EDIT:
                chips = [replace(c, label=f"under ${act.value}") if c.key == act.target else c for c in chips]
        return tuple(chips)

    def respond(
        self, session_id: str, state: DialogueState, turn: UserTurn, record: bool = True, rerank: bool = True
    ) -> Iterator[TurnEvent]:
        self.seen.append(turn)
        self.reranked.append(rerank)
        if turn.image_paths:
            yield Step("Looking at your photo")
        if turn.text == "fail":
            yield Failed("The shop's computer did not answer. Please try again.")
            return
        state = replace(state, turns=state.turns + 1)
        yield Understood(state, self._chips(turn))
        yield Step(f"Searching {self.items_count:,} items")
        time.sleep(10 * self.pace)
        first = (4 * (state.turns - 1)) % len(self.items)
        ids = [item.item_id for item in (*self.items, *self.items)[first : first + 4]]
        cards = tuple(self._card(item_id, rank) for rank, item_id in enumerate(ids, start=1))
        outcome = "nothing_in_range" if "cheap" in turn.text else "found"
        shown = tuple(
            ShownItem(c.item.item_id, c.rank, c.score, c.item.title, c.item.price_now, c.item.currency, c.reason)
            for c in cards
        )
        begun = uuid4().hex if record else ""
        yield Recommended(outcome, cards, FinishedTurn(turn, "", outcome, shown, {}, state.to_json(), {}, {}), begun)
        text = f"Answer {state.turns}: four that fit what you said. **{cards[0].item.title[:40]}** is the closest."
        for word in text.split(" "):
            time.sleep(0.15 if turn.text == "slow" else self.pace)
            yield TextDelta(word + " ")
        finished = FinishedTurn(turn, text, outcome, shown, {}, state.to_json(), {}, {})
        turn_id = self.transcripts.append(session_id, finished, begun).turn_id if record else ""
        trace = made_trace(self.items, turn.text, rerank) if self.atlas else None
        timings = {"search.generate": 12.5, "search.rerank": 0.4}
        prompt = () if turn.text == "hello" else (HumanMessage(f"Shopper: {turn.text}"),)
        yield Finished(turn_id, text, outcome, state, timings, {}, trace, prompt)


@dataclass
class ScriptedReader:
    """Eight rows for thirty tokens of text; what the model says is EVIL. With ``told`` or ``problem`` it is these.

    ``go_on`` holds its answers back while it is cleared, ``look`` what it tells of places.
    """

    told: PlacedItems | None = None
    problem: str = ""
    asked: list[tuple[str, str]] = field(default_factory=list)
    prompts: list[Prompt] = field(default_factory=list)
    go_on: threading.Event = field(default_factory=threading.Event)
    look: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.go_on.set()
        self.look.set()

    def places(self, item_ids: Sequence[str]) -> PlacedItems:
        self.look.wait(20)
        return self.told or PlacedItems(tuple(PlacedItem(i, f'{{item:"{i}"}}', 8, 30) for i in item_ids))

    def read(self, item_id: str, other_id: str) -> Reading:
        self.asked.append((item_id, other_id))
        if self.problem:
            raise EngineBusy(self.problem)
        self.go_on.wait(20)
        own, empty = Answer(EVIL, True, 310.4), Answer("A shirt for", False, 1280.0)
        return Reading(item_id, other_id, own, empty, Answer("", True, 9.6))

    def both_ways(self, prompt: Prompt) -> Iterator[BothWays]:
        self.prompts.append(prompt)
        stands = (Stand('{item:"item-0"}', EVIL), Stand('{task:"recommend"}', ""))
        yield BothWays(stands, Told())
        self.go_on.wait(20)
        tokens = Told(EVIL, 87.6, 104, True, True)
        yield BothWays(stands, tokens, Told())
        if self.problem:
            raise EngineBusy(self.problem)
        yield BothWays(stands, tokens, Told("Two shirts", 312.2, 1480, True, False))


@dataclass
class ScriptedTranscripts:
    """What the real transcripts keep, in dictionaries."""

    turns: dict[str, list[StoredTurn]] = field(default_factory=dict)
    cast: dict[tuple[str, str], Vote] = field(default_factory=dict)
    ratings: dict[str, tuple[int, str]] = field(default_factory=dict)
    pressed: list[tuple[str, Act]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def append(self, session_id: str, turn: FinishedTurn, begun: str) -> StoredTurn:
        with self.lock:
            turns = self.turns[session_id]
            if all(stored.turn_id != begun for stored in turns):
                turns.append(StoredTurn(begun, session_id, len(turns) + 1, "2026-01-01T00:00:00Z", turn))
            return next(stored for stored in turns if stored.turn_id == begun)

    def press(self, session_id: str, act: Act) -> None:
        self.pressed.append((session_id, act))

    def vote(self, vote: Vote) -> None:
        self.cast[vote.turn_id, vote.item_id] = vote

    def votes(self, session_id: str) -> list[Vote]:
        known = {stored.turn_id for stored in self.turns.get(session_id, ())}
        return [vote for vote in self.cast.values() if vote.turn_id in known]

    def rate(self, session_id: str, stars: int, comment: str) -> None:
        self.ratings[session_id] = (stars, comment)

    def forget(self, session_id: str) -> None:
        self.turns.pop(session_id, None)

    def export(self, folder: Path, session_id: str, form: str) -> Path:
        path = folder / f"transcript-{session_id}.{form}"
        rows = [
            {"turn_id": s.turn_id, "text": s.turn.user.text, "reply": s.turn.reply} for s in self.turns[session_id]
        ]
        if form == "jsonl":
            path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
        else:
            path.write_text("turn_id,text\n" + "".join(f"{r['turn_id']},{r['text']}\n" for r in rows), "utf-8")
        return path
