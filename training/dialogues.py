"""Dialogues of other people, turn by turn, as the queries that they ask.

After each turn the target must be found from what was said so far. Items that were on the table are taken out of the
ranking, since nobody looks for what lies before them, but for the target: where it was itself shown, the turns from
then on still count, and it may be found. What the shopper refuses is taken out like what was shown.

The understanding of a message is handed in (``Reader``). This module does not know how a system ranks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from retrievers.base import PastTurn, Query
from store.catalog import Catalog
from training.beir import BenchQuery
from training.bench import OpenStore
from training.bench_files import read_photo
from training.sessions import Session, SessionTurn

Reader = Callable[[Sequence[PastTurn]], Query]
"""From a dialogue so far, the message of now last, to a query; text, photo, constraints, wishes
and, where words are not read as they stand, ``turns`` count.
"""

ReaderOf = Callable[[OpenStore], Reader]


def words_of_now(turns: Sequence[PastTurn]) -> Query:
    """The reader that understands nothing: the last words as they are, and the latest photo."""
    photo = next((turn.image for turn in reversed(turns) if turn.image is not None), None)
    return Query(turns[-1].text, photo)


def first_message(query: BenchQuery, reader: Reader) -> Query:
    """A query that stands alone, understood as the first message of a dialogue."""
    return replace(reader((PastTurn(query.text, read_photo(query.image_path)),)), turns=())


def asked(query: Query, turns: Sequence[PastTurn], target: str) -> Query:
    """What a reader made of a dialogue, with the dialogue and without the items that were on the table."""
    gone = dict.fromkeys(item_id for turn in turns for item_id in (*turn.shown, *turn.rejected) if item_id != target)
    refused = (item_id for item_id in query.constraints.exclude_items if item_id != target)
    constraints = replace(query.constraints, exclude_items=(*refused, *gone))
    return replace(query, constraints=constraints, history=tuple(gone), turns=query.turns or tuple(turns))


def so_far(session: Session, catalog: Catalog) -> Iterator[tuple[PastTurn, ...]]:
    """The dialogue after each of its turns; items that the catalog does not hold are left out."""
    turns: tuple[PastTurn, ...] = ()
    for turn in session.turns:
        turns = (*turns, _past(turn, catalog))
        yield turns


def _past(turn: SessionTurn, catalog: Catalog) -> PastTurn:
    shown, liked, rejected = (
        tuple(item_id for item_id in item_ids if item_id in catalog)
        for item_ids in (turn.shown, turn.liked, turn.rejected)
    )
    photo = read_photo(turn.image_paths[0] if turn.image_paths else None)
    return PastTurn(turn.text, photo, shown, liked, rejected)
