"""One turn on its way into the transcripts: its message before any work, its answer when that is complete.

So a turn that is cut off, by a failure, a closed page or the end of the program, leaves what the shopper said. Knows
nothing of how a turn is answered; of one that is not recorded it writes nothing.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from store.errors import StoreError
from store.schemas import FinishedTurn, UserTurn
from store.transcripts import Transcripts


class TurnKeeping:
    """Keeps one turn; ``begun`` is its id, "" before it began and where ``record`` says that nothing is kept."""

    def __init__(self, transcripts: Transcripts, session_id: str, record: bool) -> None:
        self._transcripts = transcripts
        self.session_id = session_id
        self.record = record
        self.begun = ""

    def begin(self, user: UserTurn) -> None:
        """Keep the message; raises StoreError where it cannot be kept."""
        if self.record:
            self.begun = self._transcripts.begin(self.session_id, user)

    def finish(self, finished: FinishedTurn) -> str:
        """Keep the answer and return the id of the turn, "" where nothing is recorded; raises StoreError as above."""
        if not self.record:
            return ""
        return self._transcripts.append(self.session_id, finished, self.begun).turn_id

    def give_up(self, user: UserTurn, problem: str) -> None:
        """Note why there is no answer; a message that failed at its photo is kept without it."""
        if not self.record:
            return
        with suppress(StoreError):  # what is wrong with the store is what the shopper is being told
            if not self.begun:
                self.begin(replace(user, image_paths=()))
            self._transcripts.give_up(self.begun, problem)
