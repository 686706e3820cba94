"""Which event runs which handler, and which widgets it repaints.

Turn events share one queue lane; everything else answers at once. Votes, saved items and the conversation are
separate states, so that a vote cast while a reply streams is not painted over by the end of that reply.
"""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any, Literal, cast

import gradio as gr
from gradio.events import Dependency

from store.errors import StoreError, TranscriptError
from store.schemas import Act, ActKind, Vote
from ui import handlers, templates
from ui.cards import chips_value, details_value, for_template, marks_value, messages, panel_value, saved_value
from ui.photos import PhotoShelf
from ui.session import Draft, Frame, Session
from ui.stopping import StopSwitch, until_stopped
from ui.widgets import Backend, Widgets
from ui.xray import xray_value
from ui.xray_items import asked_value, both_values, items_value

Home = dict[str, str]  # "id" of the session that this browser comes back to
Consent = dict[str, bool]  # "record": whether conversations may be kept
_PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
# Every press counts, and each is heard after the one before, whose outcome it goes on from.
_ONE_BY_ONE: dict[str, Any] = {
    "trigger_mode": "multiple",
    "concurrency_id": "marks",
    "concurrency_limit": 1,
    **_PRIVATE,
}
TURNS_AT_ONCE = 4
# Of two tabs each comes back to its own conversation, a new one to that of the last answer (page.js notes the id).
_OWN_CONVERSATION = """(home, ...rest) => {
  const here = sessionStorage.getItem('mercer-here ' + document.title);
  return [here ? { id: here } : home, ...rest];
}"""
_PACE = 0.05  # seconds between repaints of a streaming reply: faster than this nobody reads


def under(value: dict[str, Any]) -> gr.HTML:
    """The part of a chat message that is drawn from data: cards and thumbs."""
    return gr.HTML(
        value, html_template=templates.TURN, js_on_load=None, apply_default_css=False, elem_classes=["turn"]
    )


def forget_passing_photos(shelf: PhotoShelf, session: Session) -> None:
    """A conversation is over in this tab: what it keeps was copied, the rest goes."""
    if session.session_id:
        shelf.forget(session.session_id)


def wire(page: gr.Blocks, w: Widgets, shop: Backend) -> None:
    """Bind all events."""
    asking = _wire_xray(w, shop)
    _wire_turns(w, shop, asking)
    _wire_conversation(page, w, shop, asking)
    _wire_marks(w, shop)
    _wire_panel(w, shop)


def _wire_turns(w: Widgets, shop: Backend, asking: list[Dependency]) -> None:
    """``asking`` are the questions about an answer; the next turn ends them, so that none paints over its own."""
    switch = StopSwitch()

    def stoppable(frames: Generator[Frame], request: gr.Request) -> Iterator[Any]:
        tab = str(request.session_hash)
        switch.release(tab)
        yield from _painted(until_stopped(frames, shop.transcripts, lambda: switch.pressed(tab)))
        switch.release(tab)

    def submitted(
        box: dict[str, Any] | None, session: Session, acts: tuple[Act, ...], home: Home, request: gr.Request
    ) -> Iterator[Any]:
        draft = Draft((box or {}).get("text") or "", tuple((box or {}).get("files") or ()))
        session = _resumed(shop, session, home)
        yield from stoppable(handlers.say(shop.assistant, shop.shelf, session, draft, acts), request)

    def tried(event: gr.EventData, session: Session, acts: tuple[Act, ...], request: gr.Request) -> Iterator[Any]:
        example = shop.assistant.examples[int(event.n)]
        draft = Draft(example.text, (example.photo,) if example.photo else ())
        yield from stoppable(handlers.say(shop.assistant, shop.shelf, session, draft, acts), request)

    def acted(
        event: gr.EventData, session: Session, acts: tuple[Act, ...], home: Home, request: gr.Request
    ) -> Iterator[Any]:
        act = Act(ActKind(event.kind), event.key, event.value)
        yield from stoppable(handlers.do(shop.assistant, _resumed(shop, session, home), act, acts), request)

    def stop(request: gr.Request) -> None:
        switch.press(str(request.session_hash))

    paints = [w.session, w.chat, w.chips, w.status, w.box, w.waiting, w.home, w.panel]
    lane: dict[str, Any] = {"concurrency_id": "turn", "concurrency_limit": TURNS_AT_ONCE, "cancels": asking}
    lane |= _PRIVATE
    for event in (
        w.box.submit(submitted, [w.box, w.session, w.waiting, w.home], paints, **lane),
        w.bus.try_example(tried, [w.session, w.waiting], paints, **lane),
        w.bus.turn_act(acted, [w.session, w.waiting, w.home], paints, **lane),
    ):
        event.failure(_idle, None, w.status, **_PRIVATE)
    w.bus.stop_turn(stop, None, None, **_PRIVATE)


def _resumed(shop: Backend, session: Session, home: Home) -> Session:
    """The conversation that a tab shows, with what another tab added; it may have stayed open over a restart."""
    if session.session_id or not home["id"]:
        return handlers.caught_up(shop.assistant, shop.home, session)
    return replace(handlers.restore(shop.assistant, shop.home, home["id"], session.record), rerank=session.rerank)


def _status(busy: bool, announce: str = "") -> dict[str, Any]:
    return for_template({"busy": busy, "announce": announce})


def _idle() -> dict[str, Any]:
    return _status(busy=False)


def _painted(frames: Iterator[Frame]) -> Iterator[tuple[Any, ...]]:
    """Frames as updates of: session, chat, chips, status, box, waiting, home, panel."""
    last: Frame | None = None
    painted_at = 0.0
    for frame in frames:
        now = time.monotonic()
        # A conversation is known from its first message on, also to a page that is left before the answer.
        begins = last is not None and frame.session.session_id != last.session.session_id
        news = frame.announce or not frame.busy or last is None or begins
        if not news and now - painted_at < _PACE:
            continue
        changed = last is None or frame.session.chips != last.session.chips
        yield (
            frame.session,
            messages(frame.session, under),
            chips_value(frame.session.chips) if changed else gr.skip(),
            _status(frame.busy, frame.announce) if news and not begins else gr.skip(),
            _box(frame.draft) if frame.draft is not None else gr.skip(),
            () if last is None and frame.busy else gr.skip(),
            _home(frame.session) if news else gr.skip(),
            panel_value(frame.session) if not frame.busy else gr.skip(),
        )
        last, painted_at = frame, now


def _home(session: Session) -> Home:
    return {"id": session.session_id if session.record else ""}


def _box(draft: Draft) -> dict[str, Any]:
    return {"text": draft.text, "files": list(draft.photos)}


def _wire_conversation(page: gr.Blocks, w: Widgets, shop: Backend, asking: list[Dependency]) -> None:
    paints = [w.session, w.chat, w.chips, w.panel, w.notice, w.home, w.votes, w.bus]

    def opened(home: Home, wishes: list[str], consent: Consent) -> Any:
        session = handlers.restore(shop.assistant, shop.home, home["id"], consent["record"])
        votes = tuple(shop.transcripts.votes(session.session_id)) if session.session_id else ()
        saved = tuple(wishes)
        return (*_whole(session, votes, saved), saved, _wishlist(shop, saved), _status(busy=False))

    def fresh(session: Session, consent: Consent, saved: tuple[str, ...]) -> Any:
        forget_passing_photos(shop.shelf, session)
        return (*_whole(Session(record=consent["record"], rerank=session.rerank), (), saved), ())

    def recorded(event: gr.EventData, session: Session, votes: tuple[Vote, ...], saved: tuple[str, ...]) -> Any:
        keep = bool(event.on)
        try:
            if keep:
                session = session if session.session_id else replace(session, record=True)
            else:
                session, votes = handlers.decline(shop.transcripts, shop.shelf, session), ()
        except StoreError as error:
            gr.Warning(str(error))
            return (*(gr.skip() for _ in paints), gr.skip())
        return (*_whole(session, votes, saved), {"record": keep})

    def met(session: Session, saved: tuple[str, ...]) -> Any:
        now = handlers.caught_up(shop.assistant, shop.home, session)
        if now is session:
            return tuple(gr.skip() for _ in (*paints, w.consent))
        votes = tuple(shop.transcripts.votes(now.session_id)) if now.session_id else ()
        return (*_whole(now, votes, saved), gr.skip() if now.record else {"record": False})

    shown = [*paints, w.saved, w.wishlist, w.status]
    back = page.load(opened, [w.home, w.wishes, w.consent], shown, js=_OWN_CONVERSATION, **_PRIVATE)
    back.failure(_idle, None, w.status, **_PRIVATE)
    w.bus.catch_up(met, [w.session, w.saved], [*paints, w.consent], **_ONE_BY_ONE)
    w.bus.start_fresh(fresh, [w.session, w.consent, w.saved], [*paints, w.waiting], cancels=asking, **_PRIVATE)
    w.bus.set_record(recorded, [w.session, w.votes, w.saved], [*paints, w.consent], **_PRIVATE)


def _whole(session: Session, votes: tuple[Vote, ...], saved: tuple[str, ...]) -> tuple[Any, ...]:
    return (
        session,
        messages(session, under),
        chips_value(session.chips),
        panel_value(session),
        {"record": session.record},
        _home(session),
        votes,
        marks_value(votes, saved),
    )


def _wishlist(shop: Backend, saved: Sequence[str]) -> dict[str, Any]:
    found = (handlers.find_card(shop.assistant, item_id) for item_id in saved)
    return saved_value(card for card in found if card is not None)


def _noted(shop: Backend, session: Session, acts: Sequence[Act], news: Sequence[Act]) -> tuple[Act, ...]:
    """What goes along with the next turn, with what was just done."""
    try:
        handlers.pressed(shop.transcripts, session, news)
    except StoreError as error:
        gr.Warning(str(error))
    return (*acts, *news)


def _wire_marks(w: Widgets, shop: Backend) -> None:
    def kept(
        event: gr.EventData,
        saved: tuple[str, ...],
        acts: tuple[Act, ...],
        votes: tuple[Vote, ...],
        session: Session,
    ) -> Any:
        saved, news = handlers.keep_item(saved, event.item, keep=event.on)
        if event.own:  # a press in another tab is told there
            acts = _noted(shop, session, acts, news)
        return saved, list(saved), acts, _wishlist(shop, saved), marks_value(votes, saved)

    def looked(event: gr.EventData, acts: tuple[Act, ...], session: Session) -> Any:
        card = handlers.find_card(shop.assistant, event.item)
        if card is None:
            gr.Warning("This shop no longer has that product.")
            return gr.skip(), gr.skip()
        acts = _noted(shop, session, acts, (Act(ActKind.DETAILS, event.item),))
        return details_value(card, shop.assistant.colourways(event.item)), acts

    def voted(event: gr.EventData, votes: tuple[Vote, ...], saved: tuple[str, ...]) -> Any:
        value = cast("Literal[-1, 0, 1]", int(event.value))
        vote = Vote(event.turn, value, event.item, event.reason, event.comment)
        try:
            votes = handlers.cast(shop.transcripts, votes, vote)
        except StoreError as error:
            gr.Warning(str(error))
        return votes, marks_value(votes, saved)

    def seen(session: Session, votes: tuple[Vote, ...], saved: tuple[str, ...]) -> Any:
        if session.session_id and session.record:
            with suppress(TranscriptError):  # deleted meanwhile: the next turn tells
                votes = tuple(shop.transcripts.votes(session.session_id))
        return votes, marks_value(votes, saved)

    w.bus.keep_item(
        kept,
        [w.saved, w.waiting, w.votes, w.session],
        [w.saved, w.wishes, w.waiting, w.wishlist, w.bus],
        **_ONE_BY_ONE,
    )
    w.bus.look_at(looked, [w.waiting, w.session], [w.details, w.waiting], **_PRIVATE)
    w.bus.cast_vote(voted, [w.votes, w.saved], [w.votes, w.bus], **_ONE_BY_ONE)
    w.bus.see_votes(seen, [w.session, w.votes, w.saved], [w.votes, w.bus], **_ONE_BY_ONE)


def _wire_panel(w: Widgets, shop: Backend) -> None:
    def rated(event: gr.EventData, session: Session) -> Any:
        stars = cast("Literal[1, 2, 3, 4, 5]", int(event.stars))
        try:
            shop.transcripts.rate(session.session_id, stars, event.comment)
        except StoreError as error:
            gr.Warning(str(error))
            return gr.skip()
        return panel_value(session, stars, event.comment)

    def exported(session: Session, form: Literal["jsonl", "csv"]) -> Any:
        if not (session.session_id and session.record and session.turns):
            raise gr.Error(
                "There is nothing to download: no turn of this conversation is kept.", print_exception=False
            )
        try:
            return str(shop.export(session.session_id, form))
        except StoreError as error:
            raise gr.Error(str(error), print_exception=False) from error

    def photographed(path: str | None, box: dict[str, Any] | None) -> Any:
        if not path:
            return gr.skip(), gr.skip()
        draft = Draft((box or {}).get("text") or "", (*((box or {}).get("files") or ()), path))
        return _box(draft), None

    w.bus.rate_session(rated, w.session, w.panel, **_PRIVATE)
    press = "() => document.querySelector('#download').click()"
    for button, form in ((w.jsonl, "jsonl"), (w.csv, "csv")):
        made = button.click(lambda session, form=form: exported(session, form), w.session, w.download, **_PRIVATE)
        made.success(None, None, None, js=press, **_PRIVATE)
    shut = "() => { document.dispatchEvent(new Event('photographed')); }"
    taken = w.snapshot.input(photographed, [w.snapshot, w.box], [w.box, w.snapshot], **_PRIVATE)
    taken.success(None, None, None, js=shut, **_PRIVATE)


def _wire_xray(w: Widgets, shop: Backend) -> list[Dependency]:
    """Gives the events that ask the language model and may take seconds."""

    def looked(session: Session) -> tuple[dict[str, Any], dict[str, Any]]:
        return xray_value(session, shop.assistant), items_value(session, shop.assistant)

    def switched(event: gr.EventData, session: Session) -> tuple[Session, dict[str, Any]]:
        session = replace(session, rerank=bool(event.on))
        return session, xray_value(session, shop.assistant)

    def read(event: gr.EventData, session: Session) -> dict[str, Any]:
        asked = asked_value(session, shop.assistant, event.item)
        return items_value(session, shop.assistant, asked)

    def answered(session: Session) -> Iterator[dict[str, Any]]:
        for both in _paced(both_values(session, shop.assistant)):
            yield items_value(session, shop.assistant, both=both)

    paints = [w.xray, w.xray_items]
    # Left at "once", a look that is still on its way would swallow the one that the next answer asks for.
    w.bus.look_through(looked, w.session, paints, trigger_mode="always_last", **_PRIVATE)
    w.bus.set_rerank(switched, w.session, [w.session, w.xray], **_PRIVATE)
    asking = [
        w.bus.read_item(read, w.session, w.xray_items, **_PRIVATE),
        w.bus.both_ways(answered, w.session, w.xray_items, **_PRIVATE),
    ]
    for event in asking:
        event.failure(looked, w.session, paints, **_PRIVATE)
    return asking


def _paced(values: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Values of something that grows: not more often than anybody reads, but the last and any change of progress."""
    last: dict[str, Any] = {}
    painted_at = 0.0
    for value in values:
        now = time.monotonic()
        if value["progress"] != last.get("progress") or now - painted_at >= _PACE:
            yield value
            last, painted_at = value, now
