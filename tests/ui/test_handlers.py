from __future__ import annotations

from pathlib import Path

import pytest

from agent.state import DialogueState, Need
from store.errors import StoreError, StoreUnavailable
from store.schemas import Act, ActKind, Vote
from tests.ui.scripted import ScriptedAssistant
from ui import handlers
from ui.photos import PhotoShelf
from ui.session import Draft, Frame, Session, TurnView


def said(assistant: ScriptedAssistant, shelf: PhotoShelf, session: Session, text: str, *photos: str) -> list[Frame]:
    return list(handlers.say(assistant, shelf, session, Draft(text, photos)))


def test_the_first_frame_comes_before_any_work_and_clears_the_box(
    assistant: ScriptedAssistant, shelf: PhotoShelf
) -> None:
    first = next(handlers.say(assistant, shelf, Session(), Draft("shirts")))
    assert (first.busy, first.draft, first.session.turns[-1].step) == (True, Draft(), "Reading your message…")
    assert assistant.seen == []


def test_a_turn_ends_with_reply_cards_and_chips(assistant: ScriptedAssistant, shelf: PhotoShelf) -> None:
    last = said(assistant, shelf, Session(), "shirts")[-1]
    view = last.session.turns[-1]
    assert not last.busy
    assert view.reply.startswith("Answer 1")
    assert len(view.cards) == 4
    assert view.turn_id
    assert len(last.session.chips) == 3
    assert last.session.state == DialogueState(turns=1)


def test_screen_readers_hear_steps_and_one_reply_but_no_tokens(
    assistant: ScriptedAssistant, shelf: PhotoShelf
) -> None:
    heard = [frame.announce for frame in said(assistant, shelf, Session(), "shirts") if frame.announce]
    assert heard[:2] == ["Reading your message", "Searching 1,240 items"]
    assert len(heard) == 3
    assert heard[2].endswith("4 products shown.")


def test_an_empty_message_changes_nothing(assistant: ScriptedAssistant, shelf: PhotoShelf) -> None:
    assert said(assistant, shelf, Session(), "  \n ") == [Frame(Session(), busy=False)]


@pytest.mark.parametrize(
    "text", ["x" * 10_000, "🧥🧦", "'; DROP TABLE items; --", "<b>shirt</b>", "eine blaue Jacke"]
)
def test_any_text_reaches_the_assistant_as_typed(assistant: ScriptedAssistant, shelf: PhotoShelf, text: str) -> None:
    said(assistant, shelf, Session(), text)
    assert assistant.seen[-1].text == text


def test_a_message_beyond_the_limit_comes_back(assistant: ScriptedAssistant, shelf: PhotoShelf) -> None:
    text = "x" * (handlers.LONGEST_MESSAGE + 1)
    last = said(assistant, shelf, Session(), text)[-1]
    assert "20,001 characters" in last.session.turns[-1].reply
    assert last.draft == Draft(text)
    assert assistant.seen == []


def test_a_failure_keeps_state_and_words_and_goes_with_the_next_turn(
    assistant: ScriptedAssistant, shelf: PhotoShelf
) -> None:
    session = said(assistant, shelf, Session(), "shirts")[-1].session
    failed = said(assistant, shelf, session, "fail")[-1]
    assert failed.session.turns[-1].failed
    assert failed.session.state == session.state
    assert failed.draft == Draft("fail")
    after = said(assistant, shelf, failed.session, "shirts again")[-1].session
    assert [view.text for view in after.turns] == ["shirts", "shirts again"]


def test_a_store_that_breaks_mid_turn_is_a_failure_too(
    assistant: ScriptedAssistant, shelf: PhotoShelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> str:
        raise StoreUnavailable("The disk is full.")

    monkeypatch.setattr(assistant.transcripts, "append", full)
    last = said(assistant, shelf, Session(), "shirts")[-1]
    assert (last.session.turns[-1].reply, last.draft, last.busy) == ("The disk is full.", Draft("shirts"), False)


def test_a_bad_photo_fails_the_turn_and_keeps_the_words(
    assistant: ScriptedAssistant, shelf: PhotoShelf, tmp_path: Path
) -> None:
    (tmp_path / "a.jpg").write_bytes(b"")
    last = said(assistant, shelf, Session(), "like this", str(tmp_path / "a.jpg"))[-1]
    assert last.session.turns[-1].failed
    assert last.draft == Draft("like this")
    assert assistant.seen == []


def test_a_removed_chip_is_a_turn_with_a_readable_line(assistant: ScriptedAssistant, shelf: PhotoShelf) -> None:
    session = said(assistant, shelf, Session(), "shirts")[-1].session
    saved = Act(ActKind.LIKE, "item-0")
    last = list(handlers.do(assistant, session, Act(ActKind.DROP, "word:leather"), (saved,)))[-1]
    assert last.session.turns[-1].act == "Removed: no leather"
    assert assistant.seen[-1].acts == (saved, Act(ActKind.DROP, "word:leather"))
    assert [chip.label for chip in last.session.chips] == ["shirt", "under $60"]


def test_an_unrecorded_conversation_starts_nothing_in_the_store(
    assistant: ScriptedAssistant, shelf: PhotoShelf
) -> None:
    last = said(assistant, shelf, Session(record=False), "shirts")[-1]
    assert assistant.transcripts.turns == {}
    assert last.session.turns[-1].turn_id == ""


def test_restoring_paints_the_same_conversation(
    assistant: ScriptedAssistant, shelf: PhotoShelf, tmp_path: Path
) -> None:
    before = said(assistant, shelf, Session(), "shirts")[-1].session
    before = list(handlers.do(assistant, before, Act(ActKind.REJECT, "item-1")))[-1].session
    after = handlers.restore(assistant, tmp_path, before.session_id, True)
    assert after.session_id == before.session_id
    assert [(v.text, v.act, v.reply, v.turn_id) for v in after.turns] == [
        (v.text, v.act, v.reply, v.turn_id) for v in before.turns
    ]
    assert after.turns[0].cards == before.turns[0].cards


def test_a_conversation_is_known_before_its_first_answer(assistant: ScriptedAssistant, shelf: PhotoShelf) -> None:
    for frames in (
        handlers.say(assistant, shelf, Session(), Draft("shirts")),
        handlers.do(assistant, Session(), Act(ActKind.MORE_LIKE, "item-1")),
    ):
        _, second = next(frames), next(frames)
        assert second.session.session_id in assistant.transcripts.turns
    assert assistant.seen == []


def test_an_unknown_session_begins_anew(assistant: ScriptedAssistant, tmp_path: Path) -> None:
    assert handlers.restore(assistant, tmp_path, "forgotten", False) == Session(record=False)


def test_declining_deletes_what_was_kept_and_keeps_the_talk(
    assistant: ScriptedAssistant, shelf: PhotoShelf, tmp_path: Path
) -> None:
    kept = tmp_path / "kept.webp"
    kept.write_bytes((tmp_path / "pictures" / "item-0a.webp").read_bytes())
    assistant.transcripts.turns["s1"] = []
    view = TurnView(text="like this", photos=(str(kept),), turn_id="t1")
    session = Session("s1", DialogueState(needs=(Need(photo="photos/kept.webp"),), focus=0), True, (view,))
    after = handlers.decline(assistant.transcripts, shelf, session)
    assert "s1" not in assistant.transcripts.turns
    assert (after.record, after.turns[0].turn_id, after.turns[0].text) == (False, "", "like this")
    assert after.state is not None
    assert after.state.need.photo == after.turns[0].photos[0]
    assert Path(after.state.need.photo).is_file()


def test_a_second_vote_replaces_the_first(assistant: ScriptedAssistant) -> None:
    votes = handlers.cast(assistant.transcripts, (), Vote("t1", 1))
    votes = handlers.cast(assistant.transcripts, votes, Vote("t1", 1, "item-0"))
    votes = handlers.cast(assistant.transcripts, votes, Vote("t1", -1, "", "too_expensive"))
    assert {(v.item_id, v.value, v.reason) for v in votes} == {("item-0", 1, ""), ("", -1, "too_expensive")}


def test_presses_are_kept_at_once_unless_nothing_is(assistant: ScriptedAssistant) -> None:
    saved = Act(ActKind.LIKE, "item-0")
    for session in (Session(), Session("s1", DialogueState(), record=False), Session("s2", DialogueState())):
        handlers.pressed(assistant.transcripts, session, (saved,))
    assert assistant.transcripts.pressed == [("s2", saved)]


def test_an_item_is_saved_once_and_taken_off_once() -> None:
    saved, news = handlers.keep_item(("a",), "b", keep=True)
    assert (saved, news) == (("a", "b"), (Act(ActKind.LIKE, "b"),))
    assert handlers.keep_item(saved, "b", keep=True) == (saved, ())
    saved, news = handlers.keep_item(saved, "a", keep=False)
    assert (saved, news) == (("b",), (Act(ActKind.UNLIKE, "a"),))
    assert handlers.keep_item(saved, "a", keep=False) == (saved, ())


def test_a_card_that_is_gone_is_none(assistant: ScriptedAssistant) -> None:
    assert handlers.find_card(assistant, "never was") is None
    with pytest.raises(StoreError):
        assistant.card("never was")
