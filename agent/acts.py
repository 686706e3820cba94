"""What the buttons of the page say, as an utterance: presses that wait ride along with the next message.

This module knows no words; what they mean is read with the state after the presses.
"""

from __future__ import annotations

from dataclasses import replace

from agent.chips import act_on
from agent.shop import Shop
from agent.state import DialogueState, fold
from agent.utterance import Intent, Utterance
from store.schemas import Act, ActKind

ON_CHIPS = (ActKind.DROP, ActKind.EDIT)


def with_chips(state: DialogueState, acts: tuple[Act, ...]) -> DialogueState:
    """The state after what was taken off or changed beside the conversation; raises as ``act_on`` does."""
    for act in acts:
        if act.kind in ON_CHIPS:
            state = act_on(state, act)
    return state


def pressed(state: DialogueState, acts: tuple[Act, ...], shop: Shop) -> DialogueState:
    """The state that words beside ``acts`` are spoken in: the same turn still, with what was pressed before them."""
    if all(act.kind in ON_CHIPS for act in acts):
        return state
    return replace(fold(state, said_by_acts(acts, shop)), turns=state.turns)


def said_by_acts(acts: tuple[Act, ...], shop: Shop) -> Utterance:
    """What buttons say: the last one that wants an answer decides the intent.

    Raises
    ------
    StoreError
        An id that no item of the shop has.
    """
    said = Utterance(intent=Intent.UNCLEAR)
    for act in acts:
        said = replace(said, intent=Intent.SEARCH) if act.kind in ON_CHIPS else _with(said, act, shop)
    return said


def _with(said: Utterance, act: Act, shop: Shop) -> Utterance:
    item = shop.catalog.get(act.target)  # an id that no card carried ends the turn with a clear error
    ids = (item.item_id,)
    liked = tuple(other for other in said.liked if other not in ids)  # of two presses on one heart the later counts
    unliked = tuple(other for other in said.unliked if other not in ids)
    if act.kind is ActKind.REJECT:
        return replace(said, intent=Intent.REJECT, rejected=(*said.rejected, *ids))
    if act.kind is ActKind.LIKE:
        return replace(said, intent=Intent.LIKE, liked=(*liked, *ids), unliked=unliked)
    if act.kind is ActKind.UNLIKE:
        return replace(said, intent=Intent.RECALL, liked=liked, unliked=(*unliked, *ids))  # what the list is now
    if act.kind is ActKind.DETAILS:
        return replace(said, intent=Intent.DETAILS, references=ids)
    types = (item.category,) if item.category else ()
    return replace(said, intent=Intent.MORE_LIKE, references=ids, type_fact="category", type_values=types)
