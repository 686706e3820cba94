"""What the page asks of the assistant and of the transcripts: two protocols, so that it can be built on either.

The real ones are ``agent.shopping_agent.ShoppingAgent`` and ``store.transcripts.Transcripts``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, Protocol

from agent.both_ways import BothWays
from agent.events import Card, Chip, Prompt, TurnEvent
from agent.item_reader import PlacedItems, Reading
from agent.state import DialogueState
from retrievers.atlas import Atlas
from store.schemas import Act, FinishedTurn, StoredTurn, UserTurn, Vote


class Example(Protocol):
    """A prompt that works in this store; ``photo`` is an absolute path or ""."""

    @property
    def text(self) -> str: ...  # noqa: D102
    @property
    def photo(self) -> str: ...  # noqa: D102


class RestoredTurn(Protocol):
    """A past turn; its photos are paths relative to the home folder."""

    @property
    def stored(self) -> StoredTurn: ...  # noqa: D102
    @property
    def cards(self) -> Sequence[Card]: ...  # noqa: D102


class Restored(Protocol):
    """A conversation read back from its transcript."""

    @property
    def state(self) -> DialogueState: ...  # noqa: D102
    @property
    def turns(self) -> Sequence[RestoredTurn]: ...  # noqa: D102
    @property
    def chips(self) -> Sequence[Chip]: ...  # noqa: D102


class ItemReader(Protocol):
    """Tells what item tokens are to the language model."""

    def places(self, item_ids: Sequence[str]) -> PlacedItems:
        """How these items stand in a prompt."""
        ...

    def read(self, item_id: str, other_id: str) -> Reading:
        """What the model says an item is called; raises EngineUnavailable where it cannot be asked now."""
        ...

    def both_ways(self, prompt: Prompt) -> Iterator[BothWays]:
        """The model's answers to a prompt as they grow, with item tokens and as text; raises as ``read`` does."""
        ...


class Assistant(Protocol):
    """Answers turns and knows the store's products."""

    @property
    def store_name(self) -> str: ...  # noqa: D102
    @property
    def store_note(self) -> str: ...  # noqa: D102
    @property
    def items_count(self) -> int: ...  # noqa: D102
    @property
    def departments(self) -> Sequence[str]: ...  # noqa: D102
    @property
    def examples(self) -> Sequence[Example]: ...  # noqa: D102
    @property
    def atlas(self) -> Atlas | None: ...  # noqa: D102
    @property
    def item_reader(self) -> ItemReader: ...  # noqa: D102

    def start(self, channel: str) -> tuple[str, DialogueState]:
        """A new conversation that will be kept: its unguessable id and the empty state."""
        ...

    def restore(self, session_id: str) -> Restored:
        """The session as it was; raises TranscriptError where none of that id is kept, StoreError where not here."""
        ...

    def respond(
        self, session_id: str, state: DialogueState, turn: UserTurn, record: bool, rerank: bool
    ) -> Iterable[TurnEvent]:
        """The events of one turn, in the order of ``agent.events``; ``rerank`` switches test-time reranking."""
        ...

    def card(self, item_id: str) -> Card:
        """The record of one item; raises StoreError where the store has none of that id."""
        ...

    def colourways(self, item_id: str) -> Sequence[Card]:
        """Cards of the other items of the same style."""
        ...


class Transcripts(Protocol):
    """Keeps stopped turns, votes, presses and ratings, and forgets."""

    def append(self, session_id: str, finished: FinishedTurn, begun: str) -> StoredTurn:
        """Write a turn whose message is kept as ``begun``; one that is kept already stays as it is."""
        ...

    def press(self, session_id: str, act: Act) -> None:
        """Write an act at the moment it is done; raises TranscriptError where no such session is kept."""
        ...

    def vote(self, vote: Vote) -> None:
        """Write a vote; a second one on the same thing changes the first."""
        ...

    def votes(self, session_id: str) -> Sequence[Vote]:
        """The votes of a session as they stand now."""
        ...

    def rate(self, session_id: str, stars: Literal[1, 2, 3, 4, 5], comment: str) -> None:
        """Write or change the rating of a session."""
        ...

    def forget(self, session_id: str) -> None:
        """Delete everything of a session."""
        ...
