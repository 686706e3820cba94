"""What the buttons of the page say, as an utterance: presses that wait ride along with the next message.

This module knows no words; what they mean is read with the state after the presses.
"""

from __future__ import annotations

from dataclasses import replace

from agent.chips import act_on
from agent.recorded import with_unrecorded
from agent.shop import Shop
from agent.state import DialogueState, fold
from agent.utterance import Intent, Utterance
from store.schemas import Act, ActKind

ON_CHIPS = (ActKind.DROP, ActKind.EDIT)
_HEARTS = (Intent.UNCLEAR, Intent.LIKE, Intent.RECALL)  # what no button but a heart has said


def pressed(state: DialogueState, acts: tuple[Act, ...], shop: Shop) -> DialogueState:
    """The state after all buttons, applied one by one: the turn that they belong to is not counted yet.

    Raises
    ------
    StoreError
        An id that no item of the shop has.
    BadEdit
        As ``act_on`` does.
    """
    for act in acts:
        if act.kind in ON_CHIPS:
            state = act_on(state, act)
        else:
            said = with_unrecorded(said_by_acts((act,), shop), state, shop)
            state = replace(fold(state, said), turns=state.turns)
    return state


def alone(state: DialogueState, acts: tuple[Act, ...], shop: Shop) -> tuple[Utterance, DialogueState]:
    """A turn of buttons without words: what they say beside each other, and the state once it is counted.

    ``state`` is the one after they were ``pressed``: an item that was refused before the talk went on to another
    thing stays refused for the first alone.

    Raises
    ------
    StoreError
        An id that no item of the shop has.
    """
    said = with_unrecorded(said_by_acts(acts, shop), state, shop)
    return said, fold(state, replace(said, rejected=()))


def said_by_acts(acts: tuple[Act, ...], shop: Shop) -> Utterance:
    """What buttons say beside each other: the last one that wants an answer decides the intent, which no heart does.

    Raises
    ------
    StoreError
        An id that no item of the shop has.
    """
    said = Utterance(intent=Intent.UNCLEAR)
    for act in acts:
        said = _searched(said) if act.kind in ON_CHIPS else _with(said, act, shop)
    return said


def _searched(said: Utterance) -> Utterance:
    """A search with the chips as they are now, which may have taken off what a button before had asked for."""
    return Utterance(intent=Intent.SEARCH, rejected=said.rejected, liked=said.liked, unliked=said.unliked)


def _with(said: Utterance, act: Act, shop: Shop) -> Utterance:
    item = shop.catalog.get(act.target)  # an id that no card carried ends the turn with a clear error
    ids = (item.item_id,)
    liked = tuple(other for other in said.liked if other not in ids)  # of two presses on one heart the later counts
    unliked = tuple(other for other in said.unliked if other not in ids)
    if act.kind is ActKind.LIKE:
        intent = Intent.LIKE if said.intent in _HEARTS else said.intent
        return replace(said, intent=intent, liked=(*liked, *ids), unliked=unliked)
    if act.kind is ActKind.UNLIKE:  # told is what the list is now
        intent = Intent.RECALL if said.intent in _HEARTS else said.intent
        return replace(said, intent=intent, liked=liked, unliked=(*unliked, *ids))
    if act.kind is ActKind.REJECT:
        return replace(said, intent=Intent.REJECT, rejected=(*said.rejected, *ids))
    if act.kind is ActKind.DETAILS:
        return replace(said, intent=Intent.DETAILS, references=ids)
    types = (item.category,) if item.category else ()
    return replace(said, intent=Intent.MORE_LIKE, references=ids, type_fact="category", type_values=types)
