"""Kill -9 at random moments under load, then count: is every acknowledged turn there, and is the file whole?

``python -m tests.store.durability --kills 50`` kills processes that append turns through the real ``Transcripts``;
with ``--program HOME`` it kills ``python app.py chat --json`` instead, several at once on that home folder, which
must be ready (models fetched, store built). Prints a JSON summary; exits 1 when a turn was lost or a file damaged.

A killed process leaves the operating system's page cache alive, so this shows nothing about power loss.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from store.transcripts import Transcripts

ROOT = Path(__file__).parents[2]
FRESH_EVERY = 5  # every so many kills begin on an empty home, so that some hit the making of the file
MAKING_S = 0.3
START_LIMIT_S = 300.0
MESSAGES = ("red summer dress under 60", "but in blue", "no leather", "something else", "the second one, but cheaper")


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """A turn that a process called finished before it was killed."""

    turn_id: str
    session_id: str
    words: str
    ms: float


@dataclass
class Tally:
    """What 50 kills found."""

    kills: int = 0
    processes_killed: int = 0
    kills_before_any_turn: int = 0
    turns_acknowledged: int = 0
    turns_failed: int = 0  # answered with an error, so never called finished
    turns_lost: int = 0
    turns_changed: int = 0
    photos_lost: int = 0
    integrity_ok: int = 0
    foreign_keys_ok: int = 0
    ms: list[float] = field(default_factory=list)

    @property
    def passed(self) -> bool:
        lost = self.turns_lost + self.turns_changed + self.photos_lost
        return lost == 0 and self.kills > 0 and self.integrity_ok == self.foreign_keys_ok == self.kills

    def summary(self) -> dict[str, Any]:
        times = sorted(self.ms) or [0.0]
        ms = {f"p{p}": round(times[min(len(times) - 1, len(times) * p // 100)], 2) for p in (50, 95, 99)}
        return {**{k: v for k, v in asdict(self).items() if k != "ms"}, "ms": ms, "passed": self.passed}


class Worker:
    """One process that will be killed, and the thread that reads what it acknowledges."""

    def __init__(self, command: list[str], env: dict[str, str], talk: Callable[[Worker], None]) -> None:
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.acknowledged: list[Acknowledged] = []
        self.failures: list[str] = []
        self._reader = threading.Thread(target=talk, args=(self,), daemon=True)
        self._reader.start()

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)

    def finish(self) -> None:
        """Wait for the end, and read what was still in the pipe."""
        self.process.wait()
        self._reader.join()


def read_lines(worker: Worker) -> None:
    """Take down what ``durable_writer`` acknowledges; a line without its end was cut off by the kill."""
    assert worker.process.stdout is not None
    for line in worker.process.stdout:
        if line.endswith("\n"):
            worker.acknowledged.append(Acknowledged(**json.loads(line)))


def converse(worker: Worker) -> None:
    """Hold a conversation with ``chat --json`` until it dies."""
    assert worker.process.stdin is not None
    assert worker.process.stdout is not None
    count = 0
    while True:
        words = f"{MESSAGES[count % len(MESSAGES)]}{' ' * (count // len(MESSAGES))}"
        begin = time.perf_counter()
        try:
            worker.process.stdin.write(json.dumps({"text": words}) + "\n")
            worker.process.stdin.flush()
            line = worker.process.stdout.readline()
        except OSError:
            return
        if not line.endswith("\n"):
            return
        ms = (time.perf_counter() - begin) * 1000
        out = json.loads(line)
        if out["turn_id"]:
            worker.acknowledged.append(Acknowledged(out["turn_id"], out["session_id"], words, ms if count else 0.0))
        else:
            worker.failures.append(out["text"])
        count += 1


def check(home: Path, acknowledged: list[Acknowledged], tally: Tally) -> None:
    """Open the file as the next start would, and compare it with what was acknowledged."""
    path = home / "transcripts.db"
    transcripts = Transcripts(path)
    by_session: dict[str, list[Acknowledged]] = {}
    for turn in acknowledged:
        by_session.setdefault(turn.session_id, []).append(turn)
    for session_id, turns in by_session.items():
        kept = {stored.turn_id: stored for stored in transcripts.turns(session_id)}
        assert sorted(stored.position for stored in kept.values()) == list(range(1, len(kept) + 1))
        for turn in turns:
            stored = kept.get(turn.turn_id)
            tally.turns_lost += stored is None
            if stored is not None:
                tally.turns_changed += stored.turn.user.text != turn.words or not stored.turn.reply
                tally.photos_lost += any(not (home / photo).is_file() for photo in stored.turn.user.image_paths)
    transcripts.close()
    with sqlite3.connect(path) as connection:
        tally.integrity_ok += connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        tally.foreign_keys_ok += connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()


def kill_once(workers: list[Worker], begun: Callable[[], bool], delay_s: float, tally: Tally) -> None:
    """Wait until they have begun, kill them all ``delay_s`` later, and read the rest of what they said."""
    deadline = time.monotonic() + START_LIMIT_S
    while not begun():
        dead = [worker for worker in workers if worker.process.poll() is not None]
        failed = [text for worker in workers for text in worker.failures]
        if dead or failed or time.monotonic() > deadline:
            for worker in workers:
                worker.kill()
            raise RuntimeError(f"a process failed before its kill: {failed or dead or 'too slow'}")
        time.sleep(0.001)
    time.sleep(delay_s)
    for worker in workers:
        worker.kill()
    for worker in workers:
        worker.finish()
    tally.kills += 1
    tally.processes_killed += len(workers)
    tally.kills_before_any_turn += not any(worker.acknowledged for worker in workers)


def kill_writers(kills: int, processes: int, threads: int, longest_s: float, seed: int) -> Tally:
    """Kill processes that append turns; each kill is checked against everything acknowledged on that home so far."""
    rng, tally = random.Random(seed), Tally()
    command = [sys.executable, "-m", "tests.store.durable_writer"]
    with tempfile.TemporaryDirectory(prefix="mercer-durability-") as folder:
        so_far: list[Acknowledged] = []
        for number in range(kills):
            fresh = number % FRESH_EVERY == 0
            so_far = [] if fresh else so_far
            home = Path(folder) / f"home-{number // FRESH_EVERY}"
            home.mkdir(exist_ok=True)
            workers = [
                Worker([*command, str(home), str(threads)], dict(os.environ), read_lines) for _ in range(processes)
            ]
            made = (home / "transcripts.db").exists
            if fresh:  # while the file and its schema are being made
                kill_once(workers, made, rng.uniform(0, MAKING_S), tally)
            else:
                kill_once(workers, partial(_all_answered, workers), rng.uniform(0, longest_s), tally)
            _count(workers, tally)
            so_far += [turn for worker in workers for turn in worker.acknowledged]
            check(home, so_far, tally)
    return tally


def kill_program(home: Path, store: str, kills: int, processes: int, longest_s: float, seed: int) -> Tally:
    """Kill whole programs in conversation, each after its first answer."""
    rng, tally = random.Random(seed), Tally()
    command = [sys.executable, "app.py", "chat", "--json", "--store", store]
    env = {**os.environ, "MERCER_HOME": str(home)}
    so_far: list[Acknowledged] = []
    for number in range(kills):
        workers = [Worker(command, env, converse) for _ in range(processes)]
        kill_once(workers, partial(_all_answered, workers), rng.uniform(0, longest_s), tally)
        _count(workers, tally)
        so_far += [turn for worker in workers for turn in worker.acknowledged]
        check(home, so_far, tally)
        print(f"kill {number + 1}: {tally.turns_acknowledged} turns, {tally.turns_lost} lost", file=sys.stderr)
    return tally


def _all_answered(workers: list[Worker]) -> bool:
    return all(worker.acknowledged for worker in workers)


def _count(workers: list[Worker], tally: Tally) -> None:
    for worker in workers:
        tally.turns_acknowledged += len(worker.acknowledged)
        tally.turns_failed += len(worker.failures)
        tally.ms += [turn.ms for turn in worker.acknowledged if turn.ms]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--processes", type=int, default=2, help="killed together at each moment")
    parser.add_argument("--threads", type=int, default=4, help="that append, per process")
    parser.add_argument("--longest", type=float, default=1.5, help="seconds; a kill comes 0 to that after a turn")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--program", type=Path, metavar="HOME", help="kill app.py chat --json on this home folder")
    parser.add_argument("--store", default="demo", help="with --program")
    given = parser.parse_args()
    if given.program:
        tally = kill_program(given.program, given.store, given.kills, given.processes, given.longest, given.seed)
    else:
        tally = kill_writers(given.kills, given.processes, given.threads, given.longest, given.seed)
    print(json.dumps(tally.summary(), indent=2))
    return 0 if tally.passed else 1


if __name__ == "__main__":
    sys.exit(main())
