"""Two tabs of one browser: one conversation, one list of saved items, nothing lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import expect

from agent.state import DialogueState
from store.schemas import ActKind, UserTurn
from tests.ui.conftest import Served, Visitor, visit
from tests.ui.scripted import ScriptedAssistant, draw_items
from ui import handlers
from ui.session import Session


def answered(assistant: ScriptedAssistant, session: Session, text: str) -> Session:
    """The session after a turn that came by another tab."""
    assert session.state is not None
    list(assistant.respond(session.session_id, session.state, UserTurn(text), True, True))
    return session


@pytest.fixture
def assistant(tmp_path: Path) -> ScriptedAssistant:
    return ScriptedAssistant(draw_items(tmp_path / "pictures"), tmp_path / "pictures", pace=0)


@pytest.fixture
def session(assistant: ScriptedAssistant) -> Session:
    session_id, state = assistant.start("page")
    return Session(session_id, state, rerank=False)


def test_turns_of_another_tab_are_caught_up_with(
    assistant: ScriptedAssistant, session: Session, tmp_path: Path
) -> None:
    answered(assistant, session, "said in another tab")
    now = handlers.caught_up(assistant, tmp_path, session)
    assert [view.text for view in now.turns] == ["said in another tab"]
    assert now.state == DialogueState(turns=1)
    assert now.rerank is False
    assert handlers.caught_up(assistant, tmp_path, now) is now


def test_a_conversation_that_was_deleted_is_empty_and_not_kept(
    assistant: ScriptedAssistant, session: Session, tmp_path: Path
) -> None:
    assistant.transcripts.forget(session.session_id)
    assert handlers.caught_up(assistant, tmp_path, session) == Session(record=False, rerank=False)
    unkept = replace(session, record=False)
    assert handlers.caught_up(assistant, tmp_path, unkept) is unkept


@pytest.mark.browser
def test_two_tabs_show_one_conversation_and_one_list(visitor: Visitor, served: Served) -> None:
    first, other = visitor, None
    first.say("shirts")
    other = visit(first.page.context, served.url)
    other.say("in blue")
    expect(first.page.locator("#chat .user-row")).to_have_count(2)
    first.say("cheaper ones")
    expect(other.page.locator("#chat .user-row")).to_have_count(3)
    expect(other.page.locator("#chat .bot-row").last).to_contain_text("Answer 3")
    first.page.locator(".card[data-card=item-0] .save").first.click()
    expect(other.page.locator(".tools .count")).to_have_text("1")
    other.page.locator(".card[data-card=item-1] .save").first.click()
    expect(first.page.locator(".tools .count")).to_have_text("2")
    first.say("and more")
    other.say("and more still")
    pressed = [act.target for turn in served.assistant.seen[-2:] for act in turn.acts if act.kind is ActKind.LIKE]
    assert pressed == ["item-0", "item-1"]
    other.page.reload()
    expect(other.page.locator(".tools .count")).to_have_text("2")


@pytest.mark.browser
def test_a_new_conversation_is_that_of_its_tab(visitor: Visitor, served: Served) -> None:
    visitor.say("shirts")
    other = visit(visitor.page.context, served.url)
    other.page.get_by_role("button", name="New conversation").click()
    expect(other.page.locator("#hero")).to_be_visible()
    other.say("boots")
    visitor.say("shirts again")
    other.page.wait_for_timeout(600)
    expect(other.page.locator("#chat .user-row")).to_have_count(1)
    other.page.reload()
    expect(other.page.locator("#chat .user-row")).to_contain_text("boots")


@pytest.mark.browser
def test_what_one_tab_declines_the_other_does_not_keep(visitor: Visitor, served: Served) -> None:
    kept = served.assistant.transcripts.turns
    before = set(kept)
    visitor.say("a secret gift")
    other = visit(visitor.page.context, served.url)
    other.page.locator("#notice").get_by_role("button", name="Do not keep it").click()
    expect(visitor.page.locator("#notice")).to_contain_text("Nothing of this conversation is kept.")
    expect(visitor.page.locator("#hero")).to_be_visible()
    visitor.page.locator("#box textarea").fill("another secret")
    visitor.page.locator("#box textarea").press("Enter")
    expect(visitor.page.locator("#chat .bot-row")).to_contain_text("Answer 1")
    visitor.settle()
    assert set(kept) == before


@pytest.mark.browser
def test_a_vote_is_seen_in_the_other_tab_at_once_also_when_it_is_taken_back(visitor: Visitor, served: Served) -> None:
    visitor.say("shirts")
    other = visit(visitor.page.context, served.url)
    here, there = (tab.page.locator(".verdict .thumb").first for tab in (visitor, other))
    expect(there).to_have_attribute("aria-pressed", "false")
    for pressed, seen in ((here, there), (there, here)):
        state = "false" if pressed.get_attribute("aria-pressed") == "true" else "true"
        pressed.click()
        expect(seen).to_have_attribute("aria-pressed", state)
