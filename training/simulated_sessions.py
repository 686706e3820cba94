"""Write simulated dialogues about a store as sessions: ``python -m training.simulated_sessions``.

They are drawn as those that generators are trained with, from another seed, so they tell parts of the pipeline apart
rather than how it fares with people. A photo is the stored picture of the item that the simulator took it from.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from retrievers.dialogue_prefix import Role
from retrievers.encoders import EMBEDDED, load_encoder
from training.bench import OpenStore, open_store
from training.simulated_dialogues import Dialogue, Simulator
from training.train_store import features_of

KEYS = {Role.SHOWN: "shown", Role.LIKED: "liked", Role.REFUSED: "rejected"}


def simulated_sessions(store: OpenStore, count: int, seed: int) -> list[dict[str, Any]]:
    """That many sessions in the form of ``training/sessions.py``, each about an item that is drawn evenly."""
    simulator = Simulator(store.catalog.items, features_of(store), seed)
    targets = np.random.default_rng(seed).integers(0, len(store.facts), count).tolist()
    return [_session(f"s{at}", simulator.dialogue(target), store) for at, target in enumerate(targets)]


def _session(session_id: str, dialogue: Dialogue, store: OpenStore) -> dict[str, Any]:
    ids = store.facts.item_ids
    turns: list[dict[str, Any]] = [{"text": text} for text in dialogue.texts]
    for role, turn, at in dialogue.items:
        turns[turn].setdefault(KEYS[role], []).append(ids[at])
    if dialogue.photo is not None:
        source = int(np.argmax(features_of(store).image @ dialogue.photo))
        picture = store.catalog.image_path(store.catalog.items[source])
        turns[0]["images"] = [str(picture)] if picture else []
    return {"session_id": session_id, "turns": turns, "target_item_id": ids[dialogue.target]}


def main(argv: Sequence[str] | None = None) -> None:
    """Write one session a line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, required=True, help="MERCER_HOME of the store")
    parser.add_argument("--store", required=True)
    parser.add_argument("--out", type=Path, required=True, help="file to write")
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=2, help="training draws from 0, fitting the reranking from 1")
    args = parser.parse_args(argv)
    store = open_store(args.store, args.home, load_encoder(EMBEDDED, args.home / "models"), None, progress=False)
    lines = [json.dumps(session) for session in simulated_sessions(store, args.count, args.seed)]
    args.out.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
