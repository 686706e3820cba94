"""A dialogue of other people as a query: the understanding folded over turns that nobody answered.

Refusals and price bounds are hard. Positive facts only rank (``Query.wishes``): in dialogues that were not held with
this shop, "a blue one" is said of items whose colours other people wrote down.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from agent.planner import SEARCHING
from agent.shopping_agent import Understanding
from agent.state import DialogueState, fold
from agent.utterance import Intent
from retrievers.base import PastTurn, Query


@dataclass(frozen=True, slots=True)
class DialogueReader:
    """Reads dialogues about one shop."""

    understanding: Understanding

    def __call__(self, turns: Sequence[PastTurn]) -> Query:
        """The query after the last turn; what was understood as nothing still searches by its words."""
        state = DialogueState()
        for turn in turns:
            state = self._after(state.with_cards(turn.shown), turn)
        held = state.constraints
        hard = replace(held, include={}, in_stock=False, on_sale=False)
        photo = next((turn.image for turn in reversed(turns) if turn.image is not None), None)
        return Query(turns[-1].text, photo, hard, wishes=held.include)

    def _after(self, state: DialogueState, turn: PastTurn) -> DialogueState:
        """Every turn searches, whatever it was understood as; its own likes and refusals of items join."""
        said = self.understanding.understand(turn.text, state)
        intent = said.intent if said.intent in SEARCHING else Intent.SEARCH
        rejected = (*said.rejected, *turn.rejected)
        return fold(state, replace(said, intent=intent, rejected=rejected, liked=(*said.liked, *turn.liked)))
