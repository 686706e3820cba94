"""One search outside of any conversation, understood and planned like a turn."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from pathlib import Path

from agent.planner import SEARCHING, ToolRunner
from agent.recorded import with_unrecorded
from agent.shop import Shop
from agent.shopping_agent import Understanding
from agent.state import DialogueState, fold
from agent.tools import TurnContext
from agent.utterance import Intent
from retrievers.base import Outcome, Retrieval
from retrievers.photos import open_photo


@dataclass(frozen=True, slots=True)
class Found:
    """A search's answer with the state that it was understood as."""

    state: DialogueState
    retrieval: Retrieval


def search_once(
    shop: Shop, understanding: Understanding, runner: ToolRunner, text: str, image: Path | None, k: int
) -> Found:
    """Search for words and a photo.

    Raises
    ------
    PhotoError
        The file is no photo.
    """
    began = time.perf_counter()
    photo = open_photo(image) if image else None
    said = understanding.understand(text, DialogueState(), str(image) if image else "")
    said = said if said.intent in SEARCHING else replace(said, intent=Intent.SEARCH)
    said = with_unrecorded(said, DialogueState(), shop)
    state = fold(DialogueState(), said)
    understood_ms = (time.perf_counter() - began) * 1000
    unknown = state.need.unknown_type
    if unknown and photo is None and shop.lacks(unknown):
        answer = Retrieval(Outcome.NOT_CARRIED)
    else:
        answer = runner.run(text, TurnContext(shop, state, said, photo, k))
    return Found(state, replace(answer, timings_ms={"understand": round(understood_ms, 1), **answer.timings_ms}))
