"""Measure the retrievers on anybody's dialogues: ``python app.py evaluate dialogue``.

What is asked after each turn is told by ``training/dialogues.py``; the understanding of a message is handed in, the
same for all systems. This module does not know how a store is opened or how a system ranks.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tqdm import tqdm

from retrievers.base import Encoder
from store.catalog import Catalog
from training.beir import Qrels
from training.bench import Answer, Bench, bench_arguments, open_bench, options_of
from training.dialogues import Reader, ReaderOf, asked, so_far, words_of_now
from training.measuring import summary, table
from training.sessions import Session, read_sessions
from training.timing import peak_memory_mb, percentiles
from training.train_store import preparation

TOP = 10  # places in which nothing may break what the shopper refused

Asked = tuple[str, int]  # session id, turn from 1


def evaluate(
    bench: Bench, sessions: Sequence[Session], reader: Reader = words_of_now, progress: bool = True
) -> dict[str, Any]:
    """Metrics of each system at the last turn and per turn, and what reading a dialogue took beside.

    ``{"n": sessions, "systems": {NAME: {"last": {...}, "turns": {"1": {..., "n": sessions with such a turn}, ...}}},
    "reading": {"ms_p50", "ms_p95"}, "peak_memory_mb"}``. A target that the catalog does not hold counts as not found.
    Where sessions tell what was refused, ``violations`` beside the metrics counts the items among the first ``TOP``
    that break it.
    """
    catalog = bench.store.catalog
    _warn(sessions, catalog)
    answers: dict[Asked, dict[str, Answer]] = {}
    reading: list[float] = []
    for session in tqdm(sessions, desc="sessions", disable=not progress):
        for number, turns in enumerate(so_far(session, catalog), start=1):
            started = time.perf_counter()
            query = asked(reader(turns), turns, session.target)
            reading.append(time.perf_counter() - started)
            answers[session.session_id, number] = bench.ask(query)
    found = {
        name: _by_turn(sessions, {at: by_name[name] for at, by_name in answers.items()}, catalog)
        for name in bench.systems
    }
    about = {"reading": percentiles(reading), "peak_memory_mb": peak_memory_mb()}
    return {"n": len(sessions), "systems": found, **about}


def _by_turn(sessions: Sequence[Session], answers: dict[Asked, Answer], catalog: Catalog) -> dict[str, Any]:
    refusing = any(turn.refused for session in sessions for turn in session.turns)

    def figures(at: list[tuple[Session, int]]) -> dict[str, Any]:
        grades: Qrels = {session.session_id: {session.target: 1} for session, _ in at}
        chosen = {session.session_id: answers[session.session_id, number] for session, number in at}
        if not refusing:
            return summary(grades, chosen)
        broken = [_violations(s, number, answers[s.session_id, number], catalog) for s, number in at]
        return summary(grades, chosen) | {"violations": sum(broken)}

    turns = {}
    for number in range(1, max(len(session.turns) for session in sessions) + 1):
        held = [(session, number) for session in sessions if len(session.turns) >= number]
        turns[str(number)] = figures(held) | {"n": len(held)}
    return {"last": figures([(session, len(session.turns)) for session in sessions]), "turns": turns}


def _violations(session: Session, number: int, answer: Answer, catalog: Catalog) -> int:
    """Items at the top that break what was refused up to a turn."""
    refused = [turn.refused for turn in session.turns[:number]]
    top = [catalog.get(item_id) for item_id in answer.item_ids[:TOP]]
    return sum(any(refusal.broken_by(item) for refusal in refused) for item in top)


def _warn(sessions: Sequence[Session], catalog: Catalog) -> None:
    shown = {item_id for s in sessions for turn in s.turns for item_id in (*turn.shown, *turn.liked, *turn.rejected)}
    lost = sum(session.target not in catalog for session in sessions)
    if lost:
        print(f"{lost} of {len(sessions)} targets are not in the catalog; they count as not found", file=sys.stderr)
    if unknown := sum(item_id not in catalog for item_id in shown):
        print(f"{unknown} of {len(shown)} items on the table are not in the catalog; left out", file=sys.stderr)


def main(
    argv: Sequence[str],
    home: Path,
    load: Callable[[], Encoder],
    chroma_url: str | None,
    reader_of: ReaderOf,
) -> int:
    """Command line; ``load`` gives the encoder once the arguments and the file are known to be good."""
    parser = argparse.ArgumentParser(
        prog="python app.py evaluate dialogue", description="Measure the retrievers on dialogues."
    )
    bench_arguments(parser)
    parser.add_argument("--sessions", required=True, type=Path, help="JSON lines, see docs/INTERFACES.md")
    args = parser.parse_args(argv)
    sessions = read_sessions(args.sessions)
    prepare = preparation(args, home, chroma_url, reader_of)
    options = options_of(args)
    bench = open_bench(args.catalog, args.systems, home, load, chroma_url, not args.json, prepare, options)
    result = evaluate(bench, sessions, reader_of(bench.store), not args.json)
    print(json.dumps(result) if args.json else _tables(result))
    return 0


def _tables(result: dict[str, Any]) -> str:
    systems = result["systems"]
    found = [table(f"{result['n']} sessions, after the last turn", [(n, v["last"]) for n, v in systems.items()])]
    for number, first in next(iter(systems.values()))["turns"].items():
        rows = [(name, values["turns"][number]) for name, values in systems.items()]
        found.append(table(f"after turn {number} of {first['n']} sessions", rows))
        if "violations" in first:
            counts = ", ".join(f"{name} {values['violations']}" for name, values in rows)
            found.append(f"items in the first {TOP} that break what was refused: {counts}")
    return "\n\n".join(found)
