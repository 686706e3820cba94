"""The reply that is being written, ended by the shopper: what was shown and said so far counts.

A turn under way looks at the switch after every event and ends by itself, so that nothing of it is painted or kept
behind its own end. It does not interrupt work within one event: a search is seen to its end.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from dataclasses import replace

from agent.state import DialogueState
from store.errors import StoreError
from ui.contracts import Transcripts
from ui.handlers import cut_short, failed
from ui.session import Draft, Frame, Session


class StopSwitch:
    """The tabs whose turn is to end; shared by all of them."""

    def __init__(self) -> None:
        self._pressed: set[str] = set()

    def press(self, tab: str) -> None:
        """The turn under way in a tab is to end."""
        self._pressed.add(tab)

    def release(self, tab: str) -> None:
        """A turn begins or is over: what was pressed before does not count for it."""
        self._pressed.discard(tab)

    def pressed(self, tab: str) -> bool:
        """Whether the turn is to end."""
        return tab in self._pressed


def until_stopped(frames: Generator[Frame], transcripts: Transcripts, wanted: Callable[[], bool]) -> Iterator[Frame]:
    """The frames of a turn up to its end, or to that which the shopper makes of it."""
    for frame in frames:
        if frame.busy and wanted():
            frames.close()  # the language model stops writing
            yield stopped(transcripts, frame.session)
            return
        yield frame


def stopped(transcripts: Transcripts, session: Session) -> Frame:
    """The turn under way as it ends now; the talk goes on from its cards.

    Where nothing was shown yet it fails, and the message goes back into the box.
    """
    view, running = session.turns[-1], session.running
    if running is None or running.so_far is None:
        draft = Draft(view.text, view.photos) if view.text or view.photos else None
        return failed(session, "Stopped before there was an answer.", draft)
    turn = replace(running.so_far, reply=view.reply.strip(), ending="stopped")
    try:
        turn_id = transcripts.append(session.session_id, turn, running.begun).turn_id if session.record else ""
    except StoreError as error:
        return failed(session, str(error), None)
    done = session.with_last(reply=cut_short(turn.reply), outcome=turn.outcome, turn_id=turn_id, step="")
    state = DialogueState.from_json(turn.state)
    return Frame(replace(done, state=state, running=None), busy=False, announce="Stopped.")
