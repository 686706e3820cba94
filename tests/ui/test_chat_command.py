from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from store.schemas import Act, ActKind
from store.transcripts import Transcripts
from tests.agent.small_store import small_agent, small_shop
from ui.chat_command import BadLine, JsonChat, chat_json, chat_text, read_turn


@pytest.fixture
def chat(tmp_path: Path) -> JsonChat:
    shop = small_shop(tmp_path)
    return JsonChat(small_agent(shop, Transcripts(tmp_path / "transcripts.db"), tmp_path))


def say(chat: JsonChat, text: str, **keys: Any) -> dict[str, Any]:
    return chat.answer(json.dumps({"text": text, **keys}))


def test_every_key_of_a_line_is_optional() -> None:
    came = read_turn("{}")
    assert (came.turn.text, came.turn.image_paths, came.session) == ("", (), None)
    line = '{"text": "hi", "images": ["a.jpg"], "session_id": null, "acts": [{"kind": "like", "target": "D1"}]}'
    came = read_turn(line)
    assert came.turn.acts == (Act(ActKind.LIKE, "D1"),)
    assert came.session == ""


@pytest.mark.parametrize(
    "line", ["nonsense", "[1]", '{"text": 3}', '{"images": "a.jpg"}', '{"acts": [{"kind": "fly"}]}']
)
def test_a_bad_line_says_what_a_turn_looks_like(line: str, chat: JsonChat) -> None:
    with pytest.raises(BadLine):
        read_turn(line)
    answer = chat.answer(line)
    assert answer["outcome"] == "failed"
    assert answer["text"]


def test_a_turn_has_the_documented_form(chat: JsonChat) -> None:
    answer = say(chat, "a blue dress under 60")
    assert set(answer) == {"session_id", "turn_id", "text", "outcome", "items", "state", "timings_ms"}
    assert answer["outcome"] == "found"
    assert set(answer["items"][0]) == {"item_id", "title", "price", "currency", "attributes", "image", "reason"}
    assert answer["items"][0]["attributes"]["color"] == ["Blue"]
    assert answer["state"]["constraints"]["price_max"] == 60
    assert answer["timings_ms"]["to_cards"] > 0


def test_without_an_id_the_conversation_goes_on(chat: JsonChat) -> None:
    first, second = say(chat, "a blue dress"), say(chat, "under 40")
    assert second["session_id"] == first["session_id"]
    assert second["state"]["constraints"]["include"]["color"] == ["Blue"]
    assert say(chat, "a mug", session_id=None)["session_id"] != first["session_id"]


def test_a_program_may_name_its_sessions(chat: JsonChat) -> None:
    a, b = say(chat, "a blue dress", session_id="a"), say(chat, "a red mug", session_id="b")
    assert a["session_id"] != b["session_id"]
    again = say(chat, "under 60", session_id="a")
    assert again["session_id"] == a["session_id"]
    assert again["state"]["constraints"]["include"]["category"] == ["Dresses"]


def test_a_kept_session_is_resumed(tmp_path: Path) -> None:
    shop, transcripts = small_shop(tmp_path), Transcripts(tmp_path / "transcripts.db")
    first = say(JsonChat(small_agent(shop, transcripts, tmp_path)), "a blue dress")
    later = JsonChat(small_agent(shop, transcripts, tmp_path))
    assert say(later, "under 60", session_id=first["session_id"])["state"]["constraints"]["include"]["color"] == [
        "Blue"
    ]


def test_streams(tmp_path: Path) -> None:
    agent = small_agent(small_shop(tmp_path), Transcripts(tmp_path / "transcripts.db"), tmp_path)
    out = io.StringIO()
    chat_json(agent, ['{"text": "mugs"}\n', "\n", '{"text": "cheaper"}\n'], out)
    assert [json.loads(line)["outcome"] for line in out.getvalue().splitlines()] == ["found", "nothing_in_range"]
    out = io.StringIO()
    chat_text(agent, ["a blue dress\n"], out)
    assert "1. Silk dress, blue — $35" in out.getvalue()


def test_an_unknown_key_is_named_with_those_that_are_known() -> None:
    with pytest.raises(BadLine, match=r"'txt'; keys are text, images, acts, session_id"):
        read_turn('{"txt": "red shoes"}')
