"""Multi-turn FashionIQ as a catalog and dialogues that Mercer can read: ``python -m training.fashioniq``.

The data are those of Yuan and Lam 2021 (arXiv:2106.08015): a session is a chain of items, each with what two people
said of it on the way to the next one, and the item where the chain ends. Items are nothing but attribute words.

The published split leaks: pairs of a last item and a target repeat across it. Here sessions are split by a hash of
their target, and a training session that shows an item which is a target of dev or test is left out, so that no such
target occurs in training at all. The catalog is the whole pool for all parts.

This module does not know any retriever.
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from store.errors import SourceError
from training.public_sets import write_records

SESSIONS, ATTRIBUTES, POOL = "all.train.json", "asin2attr.all.train.new.json", "split.all.train.json"
GROUPS = ("garment", "pattern", "fabric", "shape", "part", "style")
IN_TITLE = ("style", "pattern", "fabric", "shape", "garment")  # as one says them: "elegant floral chiffon maxi dress"
# The file is three files in a row: next to no item is shown on both sides of these places.
SECTIONS = {"dress": 0, "shirt": 3338, "toptee": 6332}
TYPES = {"dress": "Dresses", "shirt": "Shirts", "toptee": "Tops and tees"}
NOUNS = {"Dresses": "dress", "Shirts": "shirt", "Tops and tees": "top", "": "garment"}
TEST, DEV = 17, 8  # percent of the targets

Session = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Split:
    """Sessions by part, in the form of ``training/sessions.py``; ``left_out`` showed a target of dev or test."""

    parts: Mapping[str, Sequence[Session]]
    left_out: int


def read_sessions(records: Sequence[Mapping[str, Any]]) -> list[Session]:
    """Each chain as a dialogue: a turn is said of one shown item, by both annotators."""
    return [
        {
            "session_id": f"fiq-{number}",
            "turns": [
                {"text": " and ".join(map(str.strip, said)), "images": [], "shown": [item]}
                for _, said, item in record["reference"]
            ],
            "target_item_id": record["target"][1],
        }
        for number, record in enumerate(records)
    ]


def split(sessions: Sequence[Session]) -> Split:
    """Parts by target; see the module."""
    parts: dict[str, list[Session]] = {"train": [], "dev": [], "test": []}
    for session in sessions:
        parts[part_of(session["target_item_id"])].append(session)
    held_out = {session["target_item_id"] for part in ("dev", "test") for session in parts[part]}
    clean = [session for session in parts["train"] if held_out.isdisjoint(_shown(session))]
    return Split({**parts, "train": clean}, len(parts["train"]) - len(clean))


def part_of(target: str) -> str:
    """The part that sessions with this target belong to, from a hash of its id."""
    place = zlib.crc32(target.encode()) % 100
    return "test" if place < TEST else "dev" if place < TEST + DEV else "train"


def catalog(
    sessions: Sequence[Session], attributes: Mapping[str, Sequence[Sequence[str]]], pool: Sequence[str]
) -> list[dict[str, Any]]:
    """A record for each item of the pool, as ``python app.py import`` takes it; the pool names some twice."""
    types = _types(sessions)
    return [_record(item_id, types.get(item_id, ""), attributes.get(item_id, ())) for item_id in dict.fromkeys(pool)]


def _record(item_id: str, product_type: str, groups: Sequence[Sequence[str]]) -> dict[str, Any]:
    """Some items have their six groups twice or thrice over; words are kept once."""
    words: dict[str, dict[str, None]] = defaultdict(dict)
    for place, group in enumerate(groups):
        words[GROUPS[place % len(GROUPS)]].update(dict.fromkeys(word for word in group if word))
    said = [next(iter(words[name])) for name in IN_TITLE if words[name]]
    said += [] if words["garment"] else [NOUNS[product_type]]
    title = " ".join(dict.fromkeys(" ".join(said).split()))
    facts = {name: list(words[name]) for name in GROUPS if words[name]}
    return {"id": item_id, "title": title, "product_type": product_type, **facts}


def _types(sessions: Sequence[Session]) -> dict[str, str]:
    """The type of each item that occurs in one section of the file only."""
    found: dict[str, set[str]] = defaultdict(set)
    starts = list(SECTIONS.items())
    for number, session in enumerate(sessions):
        section = [name for name, start in starts if start <= number][-1]
        for item_id in (*_shown(session), session["target_item_id"]):
            found[item_id].add(TYPES[section])
    return {item_id: next(iter(types)) for item_id, types in found.items() if len(types) == 1}


def _shown(session: Session) -> list[str]:
    return [item_id for turn in session["turns"] for item_id in turn["shown"]]


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise SourceError(
            f"{path} cannot be read: {error}; --data names the folder of multi-turn FashionIQ"
        ) from error


def main(argv: Sequence[str] | None = None) -> None:
    """Write ``catalog.jsonl`` and ``sessions.{train,dev,test}.jsonl``; say how many there are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with the three JSON files")
    parser.add_argument("--out", type=Path, required=True, help="folder to write to, outside of the repository")
    args = parser.parse_args(argv)
    sessions = read_sessions(_read(args.data / SESSIONS))
    records = catalog(sessions, _read(args.data / ATTRIBUTES), _read(args.data / POOL))
    found = split(sessions)
    args.out.mkdir(parents=True, exist_ok=True)
    write_records(args.out / "catalog.jsonl", records)
    for part, kept in found.parts.items():
        write_records(args.out / f"sessions.{part}.jsonl", kept)
        print(f"{part}: {len(kept)} sessions, {len({session['target_item_id'] for session in kept})} targets")
    print(f"left out of training for showing a target of dev or test: {found.left_out}; items: {len(records)}")


if __name__ == "__main__":
    main()
