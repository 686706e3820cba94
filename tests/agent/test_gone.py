"""A conversation goes on after a catalog lost what it was about, and says so once."""

from __future__ import annotations

from pathlib import Path

from agent.events import Finished
from agent.gone import NOTICE, without_gone
from agent.shop import Shop
from agent.shopping_agent import ShoppingAgent
from agent.state import DialogueState, Need
from store.schemas import UserTurn
from store.transcripts import Transcripts
from tests.agent.small_store import items, small_agent, small_shop


def hold(agent: ShoppingAgent, session_id: str, *messages: str) -> list[Finished]:
    state, finished = agent.restore(session_id).state, []
    for message in messages:
        *_, last = agent.respond(session_id, state, UserTurn(message))
        assert isinstance(last, Finished), last
        state = last.state
        finished.append(last)
    return finished


def test_a_picked_item_that_is_gone_is_told_once_and_let_go(
    shop: Shop, transcripts: Transcripts, tmp_path: Path
) -> None:
    before = small_agent(shop, transcripts, tmp_path)
    session_id, _ = before.start("cli")
    picked = hold(before, session_id, "dresses", "the second one but in green")[-1].state.need.anchor
    assert picked
    left = tuple(item for item in items() if item.item_id != picked)
    after = small_agent(small_shop(tmp_path, left), transcripts, tmp_path)
    first, second = hold(after, session_id, "in blue", "under 80")
    assert first.text.startswith(NOTICE)
    assert first.outcome == "found"
    assert first.state.need.anchor == ""
    assert NOTICE.strip() not in second.text
    assert transcripts.turns(session_id)[2].turn.reply == first.text


def test_cards_and_comparisons_of_what_is_gone_are_pointed_at_no_more() -> None:
    state = DialogueState((Need(shown=("a", "b")),), 0, cards=("a", "b"), talked_about="a", compared=("a", "b"))
    left = without_gone(state, {"b"})
    assert (left.cards, left.talked_about, left.compared) == (("b",), "", ())
    assert left.need.shown == ("b",)  # "the one you showed first" points at these
    assert without_gone(state, {"a", "b"}) == state
