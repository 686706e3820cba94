"""The process that the durability harness kills: threads that append turns and say so only afterwards.

Each line on standard output names a turn, its session, its words and the milliseconds that ``append`` took. Every
fifth turn brings a photo. It runs until it is killed.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from pathlib import Path

from PIL import Image

from store.transcripts import Transcripts
from tests.store.made_turns import finished


def write_forever(transcripts: Transcripts, home: Path, name: str) -> None:
    session = transcripts.start_session("demo", "cli")
    count = 0
    while True:
        count += 1
        words = f"{name} {count} " + "x" * 500
        photos = (_new_photo(home, name, count),) if count % 5 == 0 else ()
        begin = time.perf_counter()
        stored = transcripts.append(session, finished(words, shown=5, photos=photos))
        ms = (time.perf_counter() - begin) * 1000
        line = {"turn_id": stored.turn_id, "session_id": session, "words": words, "ms": ms}
        os.write(1, (json.dumps(line) + "\n").encode())  # one write below the size of a pipe: lines never mix


def _new_photo(home: Path, name: str, count: int) -> str:
    path = home / "incoming" / f"{name}.jpg"
    path.parent.mkdir(exist_ok=True)
    Image.effect_noise((32, 32), count % 250 + 1).save(path)
    return str(path)


def main(home: Path, threads: int) -> None:
    transcripts = Transcripts(home / "transcripts.db")
    for number in range(threads):
        name = f"{os.getpid()}-{number}"
        threading.Thread(target=write_forever, args=(transcripts, home, name), daemon=True).start()
    threading.Event().wait()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
