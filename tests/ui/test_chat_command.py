from __future__ import annotations

import json

import pytest

from store.schemas import Act, ActKind
from tests.ui.scripted import ScriptedAssistant
from ui.chat_command import BadLine, JsonChat, read_turn


def test_every_key_of_a_line_is_optional() -> None:
    came = read_turn("{}")
    assert (came.turn.text, came.turn.image_paths, came.session) == ("", (), None)
    came = read_turn(
        '{"text": "hi", "images": ["a.jpg"], "session_id": null, "acts": [{"kind": "like", "target": "D1"}]}'
    )
    assert came.turn.acts == (Act(ActKind.LIKE, "D1"),)
    assert came.session == ""


@pytest.mark.parametrize(
    "line", ["nonsense", "[1]", '{"text": 3}', '{"images": "a.jpg"}', '{"acts": [{"kind": "fly"}]}']
)
def test_a_bad_line_says_what_a_turn_looks_like(line: str) -> None:
    with pytest.raises(BadLine):
        read_turn(line)
