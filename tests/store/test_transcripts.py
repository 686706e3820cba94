from __future__ import annotations

import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from store.errors import SourceError, StoreUnavailable, TranscriptError
from store.photos_kept import PhotoStore
from store.schemas import UserTurn, Vote
from store.transcripts import Reason, Transcripts
from tests.store.made_turns import finished, photo

ROOT = Path(__file__).parents[2]


@pytest.fixture
def transcripts(tmp_path: Path) -> Iterator[Transcripts]:
    opened = Transcripts(tmp_path / "home" / "transcripts.db")
    yield opened
    opened.close()


def test_a_turn_comes_back_as_it_was(transcripts: Transcripts) -> None:
    session = transcripts.start_session("demo", "page")
    first = transcripts.append(session, finished("first"))
    second = transcripts.append(session, finished("second", shown=0))
    assert transcripts.turns(session) == [first, second]
    assert first.turn == finished("first")
    assert (first.position, second.position) == (1, 2)
    assert first.turn_id != second.turn_id
    assert first.created_at <= second.created_at
    assert first.created_at.endswith("+00:00")


def test_another_process_sees_it(transcripts: Transcripts, tmp_path: Path) -> None:
    session = transcripts.start_session("demo", "cli")
    transcripts.append(session, finished("seen"))
    look = "import sys; from pathlib import Path; from store.transcripts import Transcripts\n"
    look += "print(Transcripts(Path(sys.argv[1])).turns(sys.argv[2])[0].turn.user.text)"
    run = [sys.executable, "-c", look, str(tmp_path / "home" / "transcripts.db"), session]
    assert subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=True).stdout == "seen\n"


@pytest.mark.parametrize("words", ["'; DROP TABLE turns; --", "<script>x</script>", "a\0b", "🧥", "", "é" * 10_000])
def test_any_words_are_only_words(transcripts: Transcripts, words: str) -> None:
    session = transcripts.start_session("demo", "page")
    transcripts.append(session, finished(words))
    assert transcripts.turns(session)[0].turn == finished(words)


def test_half_an_emoji_does_not_lose_the_turn(transcripts: Transcripts) -> None:
    session = transcripts.start_session("demo", "page")
    stored = transcripts.append(session, finished("half \ud83d, whole \ud83e\udde5"))
    assert stored.turn.user.text == "half \N{REPLACEMENT CHARACTER}, whole 🧥"
    assert transcripts.turns(session) == [stored]


def test_unknown_session_is_named(transcripts: Transcripts) -> None:
    for ask in (transcripts.turns, transcripts.session, transcripts.votes):
        with pytest.raises(TranscriptError, match="no session 'nope'"):
            ask("nope")
    with pytest.raises(TranscriptError, match="no session 'nope'"):
        transcripts.append("nope", finished())
    with pytest.raises(TranscriptError, match="no channel 'fax'; it is one of page, cli"):
        transcripts.start_session("demo", "fax")


def test_a_changed_vote_is_an_update_with_history(transcripts: Transcripts) -> None:
    session = transcripts.start_session("demo", "page")
    turn_id = transcripts.append(session, finished()).turn_id
    down = Vote(turn_id, -1, "item-2", Reason.TOO_EXPENSIVE, "too much")
    up = Vote(turn_id, 1, "item-2", Reason.PERFECT)
    reply = Vote(turn_id, 1)
    for vote in (down, down, reply, up):
        transcripts.vote(vote)
    assert transcripts.votes(session) == [reply, up]
    of_reply, of_item = transcripts.transcript(session).judgements.votes
    assert of_reply.earlier == ()
    assert [old.vote for old in of_item.earlier] == [down]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"turn_id": "nope"}, "no turn 'nope'"),
        ({"item_id": "item-99"}, r"did not show item 'item-99'; it showed \['item-1'"),
        ({"reason": "ugly"}, "no reason 'ugly'; it is one of perfect, too_expensive"),
        ({"value": 5}, "not 5"),
    ],
)
def test_a_vote_that_cannot_be_is_refused(transcripts: Transcripts, change: dict[str, str], message: str) -> None:
    session = transcripts.start_session("demo", "page")
    turn_id = transcripts.append(session, finished()).turn_id
    with pytest.raises(TranscriptError, match=message):
        transcripts.vote(replace(Vote(turn_id, 1, "item-1"), **change))
    assert transcripts.votes(session) == []


def test_a_session_is_rated_and_rated_again(transcripts: Transcripts) -> None:
    session = transcripts.start_session("demo", "page")
    transcripts.rate(session, 2, "slow")
    transcripts.rate(session, 5)
    rating = transcripts.transcript(session).judgements.rating
    assert rating is not None
    assert (rating.stars, [(old.stars, old.comment) for old in rating.earlier]) == (5, [(2, "slow")])
    for stars in (0, 6):
        with pytest.raises(TranscriptError, match=f"1 to 5 stars, not {stars}"):
            transcripts.rate(session, stars)


def test_the_list_of_sessions_has_counts(transcripts: Transcripts) -> None:
    old = transcripts.start_session("demo", "page")
    other = transcripts.start_session("shoes", "cli")
    transcripts.start_session("demo", "page")  # closed before anything was answered: not listed
    transcripts.append(other, replace(finished(), user=UserTurn(image_paths=())))
    transcripts.append(old, replace(finished(), user=UserTurn(image_paths=())))
    turn_id = transcripts.append(old, finished("warm   coat\nplease")).turn_id
    for vote in (Vote(turn_id, 1), Vote(turn_id, -1, "item-1"), Vote(turn_id, -1, "item-2")):
        transcripts.vote(vote)
    transcripts.rate(old, 4)
    newest, first = transcripts.sessions(limit=10)
    assert (newest.session.session_id, newest.turns, newest.stars, newest.first_words) == (other, 1, None, "")
    assert (first.turns, first.votes_up, first.votes_down, first.stars) == (2, 1, 2, 4)
    assert first.first_words == "warm coat please"
    assert [s.session.session_id for s in transcripts.sessions(limit=10, store="demo")] == [old]
    assert len(transcripts.sessions(limit=1)) == 1


def test_forgetting_leaves_no_byte_behind(transcripts: Transcripts, tmp_path: Path) -> None:
    home = tmp_path / "home"
    kept = transcripts.start_session("demo", "page")
    gone = transcripts.start_session("demo", "page")
    shared, own = photo(str(tmp_path / "shared.jpg")), photo(str(tmp_path / "own.jpg"), "blue")
    transcripts.append(kept, finished("kept words", photos=(shared,)))
    turn = transcripts.append(gone, finished("unmistakable words", photos=(shared, own)))
    transcripts.vote(Vote(turn.turn_id, 1, comment="unmistakable vote"))
    transcripts.rate(gone, 1, "unmistakable rating")
    assert len(list((home / "photos").iterdir())) == 2
    transcripts.forget(gone)
    with pytest.raises(TranscriptError):
        transcripts.session(gone)
    assert [home / path for path in transcripts.turns(kept)[0].turn.user.image_paths] == list(
        (home / "photos").iterdir()
    )
    assert b"unmistakable" not in b"".join(file.read_bytes() for file in home.glob("transcripts.db*"))
    transcripts.forget(gone)


def test_forgetting_leaves_the_photo_of_a_turn_that_is_being_answered(
    transcripts: Transcripts, tmp_path: Path
) -> None:
    home, upload = tmp_path / "home", Path(photo(str(tmp_path / "same.jpg")))
    gone, other = (transcripts.start_session("demo", "page") for _ in range(2))
    transcripts.append(gone, finished(photos=(str(home / PhotoStore(home).keep(upload)),)))
    time.sleep(0.01)  # the clocks of files and of transcripts tick apart
    kept = home / PhotoStore(home).keep(upload)
    transcripts.forget(gone)
    transcripts.append(other, finished(photos=(str(kept),)))
    assert kept.is_file()
    transcripts.forget(other)
    assert not kept.exists()


def test_a_photo_that_is_kept_already_is_named_not_copied(transcripts: Transcripts, tmp_path: Path) -> None:
    session = transcripts.start_session("demo", "page")
    first = transcripts.append(session, finished(photos=(photo(str(tmp_path / "a.jpg")),)))
    kept = tmp_path / "home" / first.turn.user.image_paths[0]
    assert kept.read_bytes() == (tmp_path / "a.jpg").read_bytes()
    again = transcripts.append(session, finished(photos=(str(kept),)))
    assert again.turn.user.image_paths == first.turn.user.image_paths
    with pytest.raises(SourceError, match="cannot read the photo"):
        transcripts.append(session, finished(photos=(str(tmp_path / "none.jpg"),)))


def test_eight_threads_lose_and_mix_nothing(transcripts: Transcripts) -> None:
    shared = transcripts.start_session("demo", "page")
    failures: list[BaseException] = []

    def talk(name: int) -> None:
        try:
            own = transcripts.start_session("demo", "page")
            for count in range(50):
                transcripts.append(own, finished(f"{name} {count}"))
                transcripts.append(shared, finished(f"{name} {count}"))
            assert [turn.turn.user.text for turn in transcripts.turns(own)] == [f"{name} {c}" for c in range(50)]
        except BaseException as error:  # noqa: BLE001 - a thread's failure must reach the test
            failures.append(error)

    threads = [threading.Thread(target=talk, args=(name,)) for name in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    turns = transcripts.turns(shared)
    assert [turn.position for turn in turns] == list(range(1, 401))
    assert {turn.turn.user.text for turn in turns} == {f"{n} {c}" for n in range(8) for c in range(50)}


def test_many_processes_may_open_a_new_home_at_once(tmp_path: Path) -> None:
    begin = "import sys; from pathlib import Path; from store.transcripts import Transcripts\n"
    begin += "Transcripts(Path(sys.argv[1])).start_session('demo', 'cli')"
    path = tmp_path / "new" / "transcripts.db"
    starts = [subprocess.Popen([sys.executable, "-c", begin, str(path)], cwd=ROOT) for _ in range(4)]
    assert [start.wait(60) for start in starts] == [0] * 4
    with sqlite3.connect(path) as db:
        assert db.execute("SELECT count(*) FROM sessions").fetchone() == (4,)


def test_a_lock_held_by_another_program_is_a_clear_error(tmp_path: Path) -> None:
    transcripts = Transcripts(tmp_path / "transcripts.db", busy_timeout_s=0.2)
    session = transcripts.start_session("demo", "page")
    other = sqlite3.connect(tmp_path / "transcripts.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnavailable, match=r"locked by another program for more than 0\.2 s; close"):
        transcripts.append(session, finished())
    assert transcripts.turns(session) == []
    Transcripts(tmp_path / "transcripts.db", busy_timeout_s=0.2).sessions(limit=1)  # readers are not kept out
    other.execute("ROLLBACK")
    transcripts.append(session, finished())
    assert len(transcripts.turns(session)) == 1


def test_a_home_that_cannot_be_made_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(StoreUnavailable, match=r"cannot make the folder .*; set MERCER_HOME"):
        Transcripts(tmp_path / "file" / "home" / "transcripts.db")


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "transcripts.db").write_bytes(b"shopping list, not a database " * 100)
    with pytest.raises(StoreUnavailable, match=r"is damaged or not a database .*move it away.*\.recover"):
        Transcripts(tmp_path / "transcripts.db")


READ_ONLY = """
import os, sys
from pathlib import Path
from store.errors import StoreUnavailable
from store.transcripts import Transcripts
if os.getuid() == 0:
    os.setgid(65534); os.setuid(65534)  # root may write everywhere: be nobody
try:
    transcripts = Transcripts(Path(sys.argv[1]))
    transcripts.start_session("demo", "page")
except StoreUnavailable as error:
    print(error)
"""


@pytest.mark.parametrize("exists", [True, False])
def test_a_read_only_home_is_a_clear_error(exists: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:  # tmp_path lies below a folder that nobody may enter
        home = Path(folder)
        home.chmod(0o755)
        if exists:
            Transcripts(home / "transcripts.db").close()
        home.chmod(0o555)
        run = [sys.executable, "-c", READ_ONLY, str(home / "transcripts.db")]
        done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True)
        home.chmod(0o755)
    assert done.returncode == 0, done.stderr
    assert "cannot write" in done.stdout
    assert "set MERCER_HOME" in done.stdout


DISK_FULL = """
import sys
from pathlib import Path
from store.errors import StoreUnavailable
from store.transcripts import Transcripts
from tests.store.made_turns import finished
transcripts = Transcripts(Path(sys.argv[1]))
session = transcripts.start_session("demo", "page")
kept = 0
try:
    for kept in range(10_000):
        transcripts.append(session, finished("x" * 5000))
except StoreUnavailable as error:
    print(kept, len(transcripts.turns(session)), session, error, sep="|")
"""


def _until_full(path: Path, wrap: list[str], limit: int | None) -> list[str]:
    run = [*wrap, sys.executable, "-c", DISK_FULL, str(path)]
    cap = (lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))) if limit else None
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, preexec_fn=cap)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip().split("|")


def test_a_file_that_may_not_grow_loses_no_finished_turn(tmp_path: Path) -> None:
    path = tmp_path / "transcripts.db"
    finished_turns, readable, session, message = _until_full(path, [], 1_000_000)
    assert int(finished_turns) == int(readable) > 5
    assert "the disk refused" in message or "no space left" in message
    again = Transcripts(path)  # with room again, it goes on where it was
    assert again.append(session, finished()).position == int(finished_turns) + 1


def test_a_full_disk_loses_no_finished_turn(tmp_path: Path) -> None:
    mount = ["unshare", "-rm", "sh", "-c", f'mount -t tmpfs -o size=1m none {tmp_path} && exec "$@"', "sh"]
    try:
        subprocess.run([*mount, "true"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no file system of our own can be mounted here, so no disk can be filled")
    finished_turns, readable, _, message = _until_full(tmp_path / "transcripts.db", mount, None)
    assert int(finished_turns) == int(readable) > 5
    assert "no space left on the disk" in message
    assert os.listdir(tmp_path) == []  # noqa: PTH208
