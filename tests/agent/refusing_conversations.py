"""Sessions with refusals held with the real agent, its cards judged from their records alone.

    python -m training.refusing_sessions --home HOME --store demo --out sessions.jsonl
    MERCER_HOME=HOME python -m tests.agent.refusing_conversations --store demo --sessions sessions.jsonl

The shopper says what stands in the session, whatever the agent shows; what the session likes or refuses of things is
pressed as buttons. Prints how many cards, after a refusal, break it. Where the reply says that nothing is in range,
its cards may cost more, since that is what it says of them.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from agent.events import Card, Finished, Recommended
from agent.shopping_agent import ShoppingAgent
from agent.state import DialogueState
from store.schemas import Act, ActKind, UserTurn
from training.sessions import Session, SessionTurn, read_sessions


@dataclass
class Tally:
    """What was seen over all sessions; ``refused_turns`` are those at or after a refusal."""

    turns: int = 0
    refused_turns: int = 0
    cards: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)

    def summary(self) -> dict[str, object]:
        """The figures, with the first examples of what went wrong."""
        counts = {"turns": self.turns, "after_a_refusal": self.refused_turns, "cards_there": self.cards}
        return {**counts, "outcomes": dict(self.outcomes), "broken": len(self.broken), "examples": self.broken[:10]}


def hold(agent: ShoppingAgent, sessions: Sequence[Session]) -> Tally:
    """Hold every session once, from a new conversation each."""
    tally = Tally()
    for session in sessions:
        session_id, state = agent.start("cli")
        for number, turn in enumerate(session.turns, start=1):
            for user in _as_user_turns(turn):
                cards, finished = _answer(agent, session_id, state, user)
                state = finished.state
                _judge(tally, session.turns[:number], cards, finished)
    return tally


def _as_user_turns(turn: SessionTurn) -> list[UserTurn]:
    """Buttons first, then words."""
    acts = [Act(ActKind.LIKE, item_id) for item_id in turn.liked]
    acts += [Act(ActKind.REJECT, item_id) for item_id in turn.rejected]
    return [*([UserTurn(acts=tuple(acts))] if acts else []), UserTurn(turn.text)]


def _answer(
    agent: ShoppingAgent, session_id: str, state: DialogueState, turn: UserTurn
) -> tuple[tuple[Card, ...], Finished]:
    cards: tuple[Card, ...] = ()
    for event in agent.respond(session_id, state, turn):
        if isinstance(event, Recommended):
            cards = event.cards
        if isinstance(event, Finished):
            return cards, event
    raise AssertionError(f"the turn {turn!r} did not finish")


def _judge(tally: Tally, turns: Sequence[SessionTurn], cards: Sequence[Card], finished: Finished) -> None:
    refusals = [turn.refused for turn in turns if turn.refused]
    if finished.outcome == "nothing_in_range":
        refusals = [replace(refusal, price_max=None) for refusal in refusals]
    tally.turns += 1
    tally.outcomes[finished.outcome] += 1
    if not refusals:
        return
    tally.refused_turns += 1
    tally.cards += len(cards)
    said = [turn.text for turn in turns]
    for card in cards:
        tally.broken += [
            f"{card.item.item_id} breaks {refusal.to_json()}: {said}"
            for refusal in refusals
            if refusal.broken_by(card.item)
        ]


def main(argv: Sequence[str]) -> int:
    """Run over a store of ``MERCER_HOME``; the turns are kept there like any others."""
    from app import open_parts
    from ui.settings import Settings

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", default="demo")
    parser.add_argument("--sessions", type=Path, required=True)
    arguments = parser.parse_args(argv)
    parts = open_parts(Settings.from_environment(), arguments.store)
    tally = hold(parts.agent, read_sessions(arguments.sessions))
    parts.finish()
    print(json.dumps(tally.summary(), indent=1, ensure_ascii=False))
    return int(bool(tally.broken))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
