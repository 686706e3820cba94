"""What happens when a shopper does something: plain generators and functions over a ``Session``, no widget in sight.

A turn yields ``Frame``s, the first one before any work so that something moves at once. The assistant, the photo
shelf and the transcripts are handed in; nothing is remembered between calls.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from agent.events import Card, Failed, Finished, Recommended, Step, TextDelta, TurnEvent, Understood
from agent.state import DialogueState
from retrievers.errors import PhotoError
from store.errors import StoreError, TranscriptError
from store.schemas import Act, ActKind, UserTurn, Vote
from ui.contracts import Assistant, RestoredTurn, Transcripts
from ui.photos import PhotoShelf
from ui.session import Draft, Frame, Session, TurnView

CHANNEL = "page"
LONGEST_MESSAGE = 20_000  # characters
_ACT_LINES = {
    ActKind.REJECT: "Not this: {}",
    ActKind.MORE_LIKE: "More like: {}",
    ActKind.DROP: "Removed: {}",
    ActKind.EDIT: "Changed: {}",
}


def say(
    assistant: Assistant, shelf: PhotoShelf, session: Session, draft: Draft, acts: Sequence[Act] = ()
) -> Generator[Frame]:
    """A turn with words, photos or both; ``acts`` are what was done without words since the last turn.

    An empty message changes nothing. A photo that cannot be read fails the turn with one sentence, and the message
    goes back into the box.
    """
    text = draft.text.strip()
    if not (text or draft.photos):
        yield Frame(session, busy=False)
        return
    first = "Looking at your photo" if draft.photos else "Reading your message"
    before = _without_failure(session)
    pending = TurnView(text=text, photos=draft.photos, step=first + "…")
    session = replace(before, turns=(*before.turns, pending))
    yield Frame(session, busy=True, announce=first, draft=Draft())
    if len(text) > LONGEST_MESSAGE:
        problem = f"That message has {len(text):,} characters; up to {LONGEST_MESSAGE:,} work. Please shorten it."
        yield failed(session, problem, draft)
        return
    try:
        session = _started(assistant, session)
        yield Frame(session, busy=True)
        paths = tuple(shelf.put(path, session.session_id) for path in draft.photos)
    except PhotoError as refused:
        yield failed(session.with_last(photos=()), str(refused), Draft(text))
        return
    except StoreError as error:
        yield failed(session, str(error), draft)
        return
    session = session.with_last(photos=paths)
    yield from _answer(assistant, session, UserTurn(text, paths, tuple(acts)), draft)


def do(assistant: Assistant, session: Session, act: Act, acts: Sequence[Act] = ()) -> Generator[Frame]:
    """A turn without words: a button on a card, a chip removed or changed."""
    before = _without_failure(session)
    pending = TurnView(act=_act_line(session, act), step="Searching again…")
    session = replace(before, turns=(*before.turns, pending))
    yield Frame(session, busy=True, announce=pending.act)
    try:
        session = _started(assistant, session)
    except StoreError as error:
        yield failed(session, str(error), None)
        return
    yield Frame(session, busy=True)
    yield from _answer(assistant, session, UserTurn(acts=(*acts, act)), None)


def _started(assistant: Assistant, session: Session) -> Session:
    if session.session_id:
        return session
    if not session.record:  # an id of this tab alone: nothing is written under it but passing photos
        return replace(session, session_id=f"unrecorded-{uuid4().hex}", state=DialogueState())
    session_id, state = assistant.start(CHANNEL)
    return replace(session, session_id=session_id, state=state)


def _without_failure(session: Session) -> Session:
    """A failed turn leaves the chat when the next one starts: its words went back into the box."""
    return replace(session, turns=tuple(view for view in session.turns if not view.failed))


def _act_line(session: Session, act: Act) -> str:
    if act.kind in (ActKind.DROP, ActKind.EDIT):
        label = next((chip.label for chip in session.chips if chip.key == act.target), act.target)
        return _ACT_LINES[act.kind].format(f"{label} → {act.value}" if act.value else label)
    titles = {card.item.item_id: card.item.title for view in session.turns for card in view.cards}
    return _ACT_LINES[act.kind].format(titles.get(act.target, act.target))


def _answer(assistant: Assistant, session: Session, turn: UserTurn, draft: Draft | None) -> Iterator[Frame]:
    assert session.state is not None, "a started session has a state"
    try:
        for event in assistant.respond(session.session_id, session.state, turn, session.record, session.rerank):
            session, announce = _apply(session, event)
            if isinstance(event, Failed):
                yield failed(session, event.message, draft)
                return
            yield Frame(session, busy=not isinstance(event, Finished), announce=announce)
    except StoreError as error:
        yield failed(session, str(error), draft)


def _apply(session: Session, event: TurnEvent) -> tuple[Session, str]:
    """The session after one event, and what a screen reader is told: steps and the finished reply, never tokens."""
    match event:
        case Step(label):
            return session.with_last(step=label + "…"), label
        case Understood(chips=chips):
            return replace(session, chips=chips), ""
        case Recommended(outcome, cards):
            return replace(session.with_last(cards=cards, outcome=outcome), running=event), ""
        case TextDelta(text):
            return session.with_last(reply=session.turns[-1].reply + text), ""
        case Finished():
            done = session.with_last(reply=event.text, outcome=event.outcome, turn_id=event.turn_id, step="")
            count = len(done.turns[-1].cards)
            shown = f" {count} product{'s' * (count != 1)} shown." if count else ""
            told = replace(
                done,
                state=event.state,
                trace=event.trace,
                timings_ms=event.timings_ms,
                prompt=event.prompt,
                running=None,
            )
            return told, event.text.replace("*", "") + shown
        case _:
            return session, ""


def failed(session: Session, message: str, draft: Draft | None) -> Frame:
    """The last turn as a friendly bubble; the state is still that of before the turn."""
    last = session.with_last(reply=message, step="", failed=True, cards=(), outcome="", turn_id="")
    last = replace(last, running=None)
    return Frame(last, busy=False, announce=message, draft=draft)


def restore(assistant: Assistant, home: Path, session_id: str, record: bool) -> Session:
    """The conversation that this browser had before; a new one where none is kept.

    ``home`` is what the paths of kept photos are relative to.
    """
    if not session_id:
        return Session(record=record)
    try:
        restored = assistant.restore(session_id)
    except StoreError:
        return Session(record=record)
    views = tuple(_repainted(assistant, home, turn) for turn in restored.turns)
    return Session(session_id, restored.state, True, views, tuple(restored.chips))


def caught_up(assistant: Assistant, home: Path, session: Session) -> Session:
    """The conversation with the turns that another tab of the browser has added to it meanwhile; itself where none.

    One that was deleted meanwhile is empty, and from there on nothing is kept.
    """
    if not (session.session_id and session.record):
        return session
    try:
        kept = assistant.restore(session.session_id)
    except TranscriptError:
        return Session(record=False, rerank=session.rerank)
    except StoreError:  # what cannot be read now is told by the turn
        return session
    if len(kept.turns) == sum(bool(view.turn_id) for view in session.turns):
        return session
    views = tuple(_repainted(assistant, home, turn) for turn in kept.turns)
    return replace(session, state=kept.state, turns=views, chips=tuple(kept.chips))


def _repainted(assistant: Assistant, home: Path, restored: RestoredTurn) -> TurnView:
    turn = restored.stored.turn
    wordless = not (turn.user.text or turn.user.image_paths)
    return TurnView(
        text=turn.user.text,
        photos=tuple(str(home / path) for path in turn.user.image_paths),
        act=_stored_act(turn.user.acts, assistant) if wordless else "",
        reply=cut_short(turn.reply) if turn.ending == "stopped" else turn.reply,
        cards=tuple(restored.cards),
        outcome=turn.outcome,
        turn_id=restored.stored.turn_id,
    )


def cut_short(reply: str) -> str:
    """A reply as it is shown that the shopper stopped."""
    return f"{reply.strip()} …".lstrip()


def _stored_act(acts: Sequence[Act], assistant: Assistant) -> str:
    last = next((act for act in reversed(acts) if act.kind in _ACT_LINES), None)
    if last is None:
        return ""
    card = find_card(assistant, last.target) if last.kind in (ActKind.REJECT, ActKind.MORE_LIKE) else None
    name = card.item.title if card else last.target.rpartition(":")[2].replace("_", " ")
    return _ACT_LINES[last.kind].format(f"{name} → {last.value}" if last.value else name)


def find_card(assistant: Assistant, item_id: str) -> Card | None:
    """The card of an item, or None where the shop no longer has it."""
    try:
        return assistant.card(item_id)
    except StoreError:
        return None


def decline(transcripts: Transcripts, shelf: PhotoShelf, session: Session) -> Session:
    """From now on nothing of this conversation is kept, and what was kept is deleted; the talk itself goes on.

    Raises
    ------
    StoreError
        The transcript could not be deleted; then the session is as before.
    """
    if not (session.session_id and session.record):
        return replace(session, record=False)
    turns = tuple(
        replace(
            view,
            turn_id="",
            photos=tuple(shelf.hold(p, session.session_id) for p in view.photos if Path(p).is_file()),
        )
        for view in session.turns
    )
    transcripts.forget(session.session_id)
    return replace(session, record=False, turns=turns, state=_with_held_photo(session.state, turns))


def _with_held_photo(state: DialogueState | None, turns: Sequence[TurnView]) -> DialogueState | None:
    """The state with the photo that it was about pointing at the passing copy, as the kept one is gone."""
    latest = next((view.photos[0] for view in reversed(turns) if view.photos), "")
    if state is None:
        return None
    return replace(state, needs=tuple(replace(n, photo=latest if n.photo else "") for n in state.needs))


def cast(transcripts: Transcripts, votes: Sequence[Vote], vote: Vote) -> tuple[Vote, ...]:
    """Store a vote; the votes of this tab with it, where it replaces an earlier one on the same thing."""
    transcripts.vote(vote)
    others = (old for old in votes if (old.turn_id, old.item_id) != (vote.turn_id, vote.item_id))
    return (*others, vote)


def pressed(transcripts: Transcripts, session: Session, acts: Sequence[Act]) -> None:
    """Keep acts at the moment they are done: a conversation may end before a turn takes them along.

    Of a conversation that was deleted meanwhile, in another tab, nothing is kept any more.

    Raises
    ------
    StoreError
        They cannot be written.
    """
    if session.session_id and session.record:
        with suppress(TranscriptError):
            for act in acts:
                transcripts.press(session.session_id, act)


def keep_item(saved: Sequence[str], item_id: str, *, keep: bool) -> tuple[tuple[str, ...], tuple[Act, ...]]:
    """Save an item or take it off the list; the list now, and what tells the assistant, nothing where it was so."""
    if (item_id in saved) == keep:
        return tuple(saved), ()
    if keep:
        return (*saved, item_id), (Act(ActKind.LIKE, item_id),)
    return tuple(other for other in saved if other != item_id), (Act(ActKind.UNLIKE, item_id),)
