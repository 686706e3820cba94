"""Items that a kept conversation still speaks of and the store has no longer, since its catalog was imported anew."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace

from agent.state import DialogueState, Need

NOTICE = "The item that you picked is no longer in this store, so I go on without it. "


def without_gone(state: DialogueState, here: Container[str]) -> DialogueState:
    """The state with nothing left to point at that is not ``here``; what was refused once may stay gone."""
    return replace(
        state,
        needs=tuple(_without_gone_items(need, here) for need in state.needs),
        cards=tuple(item_id for item_id in state.cards if item_id in here),
        talked_about=state.talked_about if state.talked_about in here else "",
        compared=state.compared if all(item_id in here for item_id in state.compared) else (),
    )


def _without_gone_items(need: Need, here: Container[str]) -> Need:
    if need.companion not in here:
        need = replace(need, companion="")
    table = tuple(item_id for item_id in need.table if item_id in here)
    need = replace(need, table=table, shown=tuple(item_id for item_id in need.shown if item_id in here))
    return need if not need.anchor or need.anchor in here else replace(need, anchor="", changed=())
