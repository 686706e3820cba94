"""The reply that is being written, stopped by the shopper."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from agent.state import DialogueState
from store.errors import StoreUnavailable
from tests.ui.conftest import Served, Visitor
from tests.ui.scripted import ScriptedAssistant
from ui import handlers
from ui.photos import PhotoShelf
from ui.session import Draft, Frame, Session
from ui.stopping import StopSwitch, until_stopped


def stopped_at(assistant: ScriptedAssistant, shelf: PhotoShelf, session: Session, words: int) -> Frame:
    """The last frame of a turn that is stopped once so many words of the reply are there; -1 is at its beginning."""
    seen: list[Frame] = []

    def frames() -> Generator[Frame]:
        for frame in handlers.say(assistant, shelf, session, Draft("shirts")):
            seen.append(frame)
            yield frame

    def wanted() -> bool:
        return words < 0 or len(seen[-1].session.turns[-1].reply.split()) >= words

    *_, last = until_stopped(frames(), assistant.transcripts, wanted)
    return last


def test_what_was_said_so_far_is_kept_and_the_talk_goes_on_from_its_cards(
    assistant: ScriptedAssistant, shelf: PhotoShelf, tmp_path: Path
) -> None:
    frame = stopped_at(assistant, shelf, Session(), 3)
    view = frame.session.turns[-1]
    assert not frame.busy
    assert (view.reply, len(view.cards), view.step) == ("Answer 1: four …", 4, "")
    (stored,) = assistant.transcripts.turns[frame.session.session_id]
    assert (stored.turn_id, stored.turn.reply, stored.turn.ending) == (view.turn_id, "Answer 1: four", "stopped")
    assert frame.session.state == DialogueState(turns=1)
    back = handlers.restore(assistant, tmp_path, frame.session.session_id, True)
    assert [(v.text, v.reply) for v in back.turns] == [("shirts", "Answer 1: four …")]


def test_stopped_before_anything_was_shown_the_words_are_back(
    assistant: ScriptedAssistant, shelf: PhotoShelf
) -> None:
    frame = stopped_at(assistant, shelf, Session(), -1)
    assert (frame.busy, frame.draft, frame.session.turns[-1].failed) == (False, Draft("shirts"), True)
    assert assistant.seen == []


def test_nothing_of_a_declined_talk_is_written_when_it_is_stopped(
    assistant: ScriptedAssistant, shelf: PhotoShelf
) -> None:
    frame = stopped_at(assistant, shelf, Session(record=False), 2)
    assert (frame.session.turns[-1].turn_id, frame.session.state) == ("", DialogueState(turns=1))
    assert assistant.transcripts.turns == {}


def test_a_stopped_turn_that_cannot_be_kept_says_so(
    assistant: ScriptedAssistant, shelf: PhotoShelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StoreUnavailable("The disk is full.")

    monkeypatch.setattr(assistant.transcripts, "append", full)
    frame = stopped_at(assistant, shelf, Session(), 2)
    assert (frame.session.turns[-1].reply, frame.session.turns[-1].failed) == ("The disk is full.", True)


def test_a_press_counts_for_the_turn_of_its_tab_alone() -> None:
    switch = StopSwitch()
    switch.press("a")
    assert (switch.pressed("a"), switch.pressed("b")) == (True, False)
    switch.release("a")
    switch.release("b")
    assert not switch.pressed("a")


@pytest.mark.browser
def test_a_reply_is_stopped_on_the_page_and_the_next_message_is_answered(visitor: Visitor, served: Served) -> None:
    page, stop = visitor.page, visitor.page.get_by_role("button", name="Stop the answer")
    expect(stop).to_be_hidden()
    visitor.say("hats")
    expect(stop).to_be_hidden()
    page.locator("#box textarea").fill("slow")
    page.locator("#box textarea").press("Enter")
    expect(page.locator("#chat .bot-row").last).to_contain_text("Answer 2")
    stop.click()
    expect(page.locator("#chat .verdict")).to_have_count(2)
    visitor.settle()
    expect(stop).to_be_hidden()
    expect(page.locator("#chat .bot-row").last).to_contain_text("…")
    page.wait_for_timeout(2500)  # the whole reply would be there by now
    expect(page.locator("#chat .bot-row").last).not_to_contain_text("closest")
    kept = served.assistant.transcripts.turns[page.locator("#session-id").text_content() or ""]
    assert [stored.turn.ending for stored in kept] == ["complete", "stopped"]
    assert kept[1].turn.reply.startswith("Answer 2")
    visitor.say("shirts")
    expect(page.locator("#chat .bot-row").last).to_contain_text("Answer 3")
    assert visitor.errors == []
