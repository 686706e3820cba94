"""What words can reach on dialogues: ``python -m training.dialogue_ceiling --home HOME --store S --sessions FILE``.

BM25 is asked with the words of the last turn and of the items that it speaks of, and then by somebody who knows the
target: of what was said, of what the items have, or of both only the words are kept that the target's record holds.
No system that reads words can be expected to know better which of them will hold, so where these figures are low, it
is the records that do not say what the shoppers saw. The target itself, asked by its whole record, is the check.

This module does not know how a system ranks.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from retrievers.base import EncodedQuery, Query
from retrievers.content_words import content_stems
from retrievers.encoders import EMBEDDED, load_encoder
from retrievers.item_text import item_text
from retrievers.standalone import spoken_of
from store.catalog import Catalog
from store.words import stems
from training.bench import DEPTH, OpenStore, open_store
from training.dialogues import so_far
from training.metrics import ranking_metrics
from training.sessions import Session, read_sessions

SAID = "what was said and holds, alone"


def asked_words(session: Session, catalog: Catalog) -> dict[str, list[str]]:
    """The words of one dialogue's end, as stems, by who chose them."""
    *_, turns = so_far(session, catalog)
    said = content_stems(turns[-1].text)
    shown = [stem for item_id in spoken_of(turns) for stem in _record(catalog, item_id)]
    target = _record(catalog, session.target)
    holding, kept = ([word for word in words if word in target] for words in (said, shown))
    return {
        SAID: holding,
        "the words as they are": said + shown,
        "of what was said only what holds": holding + shown,
        "of the item only what is kept": said + kept,
        "of both only what holds": holding + kept,
        "the target's own record": list(target),
    }


def _record(catalog: Catalog, item_id: str) -> dict[str, None]:
    return dict.fromkeys(stems(item_text(catalog.get(item_id))))


def report(store: OpenStore, sessions: Sequence[Session]) -> list[str]:
    """The lines of the report."""
    asked = {session.session_id: asked_words(session, store.catalog) for session in sessions}
    silent = sum(not words[SAID] for words in asked.values())
    lines = [f"{silent} of {len(sessions)} dialogues end with no word that the target's record holds"]
    qrels = {session.session_id: {session.target: 1} for session in sessions}
    for name in next(iter(asked.values())):
        found = {session.session_id: _found(store, session, asked[session.session_id][name]) for session in sessions}
        mean = ranking_metrics(qrels, found)
        figures = "  ".join(f"{measure} {mean[measure]:.3f}" for measure in ("mrr", "recall@10", "recall@50"))
        lines.append(f"{name:36}{figures}")
    return lines


def _found(store: OpenStore, session: Session, words: Sequence[str]) -> list[str]:
    """Item ids by BM25, without those that were on the table."""
    everything = np.ones(len(store.facts), dtype=np.bool_)
    gone = {item_id for turn in session.turns for item_id in turn.shown} - {session.target}
    found = store.hybrid.lexical.retrieve(EncodedQuery(Query(" ".join(words)), everything, None, None), DEPTH)
    return [candidate.item_id for candidate in found if candidate.item_id not in gone]


def main(argv: Sequence[str] | None = None) -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, required=True, help="MERCER_HOME of the store")
    parser.add_argument("--store", required=True)
    parser.add_argument("--sessions", type=Path, required=True)
    args = parser.parse_args(argv)
    store = open_store(args.store, args.home, load_encoder(EMBEDDED, args.home / "models"), None, progress=False)
    sessions = [session for session in read_sessions(args.sessions) if session.target in store.catalog]
    print("\n".join(report(store, sessions)))


if __name__ == "__main__":
    main()
