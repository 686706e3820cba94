"""The schema of the transcripts as an ordered list of steps, each applied once per file.

A released step is never edited: a change of the schema is a new step at the end of ``STEPS``. JSON columns hold what
has no fixed shape (state, versions, timings); what is counted, joined or filtered has a column of its own.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlite_utils import Database, Migrations

from store.errors import StoreUnavailable
from store.sqlite_file import SqliteFile

Step = Callable[[Database], None]


def m001_sessions_and_turns(db: Database) -> None:
    """Conversations, their turns, and what each turn showed."""
    db.execute("""
        CREATE TABLE sessions (
            session_id TEXT PRIMARY KEY,
            created_at TEXT NOT NULL,             -- ISO 8601, UTC, milliseconds: sorts as text
            store TEXT NOT NULL,
            channel TEXT NOT NULL CHECK (channel IN ('page', 'cli')),
            notice_version INTEGER NOT NULL,      -- which wording of the notice the shopper saw
            consent TEXT NOT NULL                 -- 'noticed' or 'agreed'; a declined session has no row
        ) STRICT
    """)
    db.execute("CREATE INDEX sessions_by_time ON sessions (created_at)")
    db.execute("""
        CREATE TABLE turns (
            turn_id TEXT PRIMARY KEY,
            session_id TEXT NOT NULL REFERENCES sessions ON DELETE CASCADE,
            position INTEGER NOT NULL CHECK (position >= 1),
            created_at TEXT NOT NULL,
            user_text TEXT NOT NULL,
            image_paths TEXT NOT NULL,            -- JSON list, relative to the home folder
            acts TEXT NOT NULL,                   -- JSON
            reply TEXT NOT NULL,
            outcome TEXT NOT NULL,
            understood TEXT NOT NULL,             -- JSON
            state TEXT NOT NULL,                  -- JSON
            versions TEXT NOT NULL,               -- JSON
            timings_ms TEXT NOT NULL,             -- JSON
            UNIQUE (session_id, position)
        ) STRICT
    """)
    db.execute("CREATE INDEX turns_by_time ON turns (created_at)")
    db.execute("""
        CREATE TABLE shown_items (
            turn_id TEXT NOT NULL REFERENCES turns ON DELETE CASCADE,
            rank INTEGER NOT NULL CHECK (rank >= 1),
            item_id TEXT NOT NULL,
            score REAL NOT NULL,
            title TEXT NOT NULL,
            price REAL,
            currency TEXT,
            reason TEXT NOT NULL,
            PRIMARY KEY (turn_id, rank)
        ) STRICT
    """)
    db.execute("CREATE INDEX shown_items_by_item ON shown_items (item_id)")


def m002_votes(db: Database) -> None:
    """The current vote per reply (item_id '') or shown item, and every vote it replaced."""
    columns = """
            turn_id TEXT NOT NULL REFERENCES turns ON DELETE CASCADE,
            item_id TEXT NOT NULL,
            value INTEGER NOT NULL CHECK (value IN (-1, 1)),
            reason TEXT NOT NULL,
            comment TEXT NOT NULL,
            voted_at TEXT NOT NULL
    """
    db.execute(f"CREATE TABLE votes ({columns}, PRIMARY KEY (turn_id, item_id)) STRICT")
    db.execute(f"CREATE TABLE vote_history (id INTEGER PRIMARY KEY, {columns}) STRICT")
    db.execute("CREATE INDEX vote_history_by_turn ON vote_history (turn_id, item_id)")


def m003_session_ratings(db: Database) -> None:
    """The current rating of a session, and every rating it replaced."""
    columns = """
            stars INTEGER NOT NULL CHECK (stars BETWEEN 1 AND 5),
            comment TEXT NOT NULL,
            rated_at TEXT NOT NULL
    """
    parent = "REFERENCES sessions ON DELETE CASCADE"
    db.execute(f"CREATE TABLE session_ratings (session_id TEXT PRIMARY KEY {parent}, {columns}) STRICT")
    db.execute(f"""
        CREATE TABLE session_rating_history (
            id INTEGER PRIMARY KEY, session_id TEXT NOT NULL {parent}, {columns}
        ) STRICT
    """)
    db.execute("CREATE INDEX session_rating_history_by_session ON session_rating_history (session_id)")


def m004_votes_withdrawn(db: Database) -> None:
    """A vote may be 0, taken back. SQLite cannot change a CHECK, so both tables are built anew."""
    columns = "turn_id, item_id, value, reason, comment, voted_at"
    parent = "TEXT NOT NULL REFERENCES turns ON DELETE CASCADE"
    typed = f"""
            turn_id {parent},
            item_id TEXT NOT NULL,
            value INTEGER NOT NULL CHECK (value IN (-1, 0, 1)),
            reason TEXT NOT NULL,
            comment TEXT NOT NULL,
            voted_at TEXT NOT NULL
    """
    db.execute("ALTER TABLE votes RENAME TO votes_before")
    db.execute(f"CREATE TABLE votes ({typed}, PRIMARY KEY (turn_id, item_id)) STRICT")
    db.execute(f"INSERT INTO votes ({columns}) SELECT {columns} FROM votes_before")
    db.execute("DROP TABLE votes_before")
    db.execute("DROP INDEX vote_history_by_turn")
    db.execute("ALTER TABLE vote_history RENAME TO history_before")
    db.execute(f"CREATE TABLE vote_history (id INTEGER PRIMARY KEY, {typed}) STRICT")
    db.execute(f"INSERT INTO vote_history (id, {columns}) SELECT id, {columns} FROM history_before")
    db.execute("DROP TABLE history_before")
    db.execute("CREATE INDEX vote_history_by_turn ON vote_history (turn_id, item_id)")


def m005_unfinished_turns_and_presses(db: Database) -> None:
    """Messages that no answer is kept to, replies that were stopped, and every act at the moment it was done."""
    db.execute("ALTER TABLE turns ADD COLUMN ending TEXT NOT NULL DEFAULT 'complete'")  # or 'stopped'
    parent = "session_id TEXT NOT NULL REFERENCES sessions ON DELETE CASCADE"
    db.execute(f"""
        CREATE TABLE unfinished_turns (
            turn_id TEXT PRIMARY KEY,             -- its answer takes it over
            {parent},
            created_at TEXT NOT NULL,
            user_text TEXT NOT NULL,
            image_paths TEXT NOT NULL,
            acts TEXT NOT NULL,
            problem TEXT NOT NULL
        ) STRICT
    """)
    db.execute("CREATE INDEX unfinished_turns_by_session ON unfinished_turns (session_id, created_at)")
    db.execute(f"""
        CREATE TABLE presses (
            id INTEGER PRIMARY KEY,
            {parent},
            kind TEXT NOT NULL,
            target TEXT NOT NULL,
            value TEXT NOT NULL,
            pressed_at TEXT NOT NULL
        ) STRICT
    """)
    db.execute("CREATE INDEX presses_by_session ON presses (session_id)")


STEPS: tuple[Step, ...] = (
    m001_sessions_and_turns,
    m002_votes,
    m003_session_ratings,
    m004_votes_withdrawn,
    m005_unfinished_turns_and_presses,
)


def migrate(file: SqliteFile, steps: tuple[Step, ...] = STEPS) -> None:
    """Bring a file to the newest schema: all steps that it lacks, or none.

    Raises
    ------
    StoreUnavailable
        A newer Mercer has written the file, or it cannot be written (see ``SqliteFile.writing``).
    """
    migrations = Migrations("transcripts")
    for step in steps:
        migrations(name=step.__name__)(step)
    with file.reading() as db:  # most starts find nothing to do, and need no write lock to see it
        applied = {step.name for step in migrations.applied(db)}
    names = {step.__name__ for step in steps}
    if unknown := applied - names:
        raise StoreUnavailable(
            f"{file.path} was written by a newer Mercer (unknown schema steps: {', '.join(sorted(unknown))}); "
            "update Mercer, or set MERCER_HOME to another folder"
        )
    if applied == names:
        return
    with file.writing(foreign_keys=False) as db:
        migrations.apply(db)  # looks again: another process may have been faster
