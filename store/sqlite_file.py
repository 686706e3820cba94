"""One SQLite file that many threads and several processes write: connections, transactions, errors.

Durability: write-ahead log with ``synchronous=FULL``. With NORMAL a killed process loses nothing either, because
committed pages already lie in the page cache of the operating system; FULL also survives power loss, for
one flush per commit (docs/RESULTS.md has the milliseconds). A conversation commits once per turn,
so the flush is paid where nobody feels it.

Errors of SQLite are translated here and nowhere else. This module knows no table.
"""

from __future__ import annotations

import sqlite3
import threading
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from store.errors import StoreUnavailable


class SqliteFile:
    """A database file: one connection per thread, writers one after the other.

    Parameters
    ----------
    path
        The file; it and its parent folders are made when they are missing.
    busy_timeout_s
        How long a writer waits for others before it gives up.

    Raises
    ------
    StoreUnavailable
        The folder cannot be made, or the file cannot be opened.
    """

    def __init__(self, path: Path, busy_timeout_s: float = 10.0) -> None:
        self.path = path
        self._busy_timeout_s = busy_timeout_s
        self._local = threading.local()
        # Weak, so that a connection closes when its thread ends: Gradio's worker threads come and go.
        self._open: weakref.WeakSet[Database] = weakref.WeakSet()
        # Queues this process's writers first come, first served; SQLite's own waiting is polling, without an order.
        self._writer = threading.Lock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreUnavailable(
                f"cannot make the folder {path.parent} ({error.strerror}); set MERCER_HOME to a folder you may write"
            ) from error

    @contextmanager
    def reading(self) -> Iterator[Database]:
        """The calling thread's connection, one snapshot for all reads inside.

        Fetch everything before leaving: no cursor may outlive the block.
        """
        with self._transaction("BEGIN") as db:
            yield db

    @contextmanager
    def writing(self, *, foreign_keys: bool = True) -> Iterator[Database]:
        """A write transaction: durable once the block has ended, undone when it raises.

        ``foreign_keys=False`` is for migrations: rebuilding a parent table must not cascade into its children.

        Raises
        ------
        StoreUnavailable
            Locked by others for longer than the timeout, disk full, read-only, or the file is damaged.
        """
        if not self._writer.acquire(timeout=self._busy_timeout_s):
            raise StoreUnavailable(self._locked())
        try:
            # IMMEDIATE: a transaction that reads first and then writes must hold the write lock while it reads.
            with self._transaction("BEGIN IMMEDIATE", foreign_keys) as db:
                yield db
        finally:
            self._writer.release()

    def checkpoint(self) -> None:
        """Move the write-ahead log into the file and empty it, as far as readers allow."""
        with self._translated():
            self._connection().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self) -> None:
        """Close every thread's connection; the next use opens a new one."""
        for db in list(self._open):
            db.close()
        self._open.clear()
        self._local = threading.local()

    @contextmanager
    def _transaction(self, begin: str, foreign_keys: bool = True) -> Iterator[Database]:
        with self._translated():
            db = self._connection()
            db.execute(f"PRAGMA foreign_keys={'ON' if foreign_keys else 'OFF'}")
            db.execute(begin)
            try:
                yield db
                db.commit()
            finally:
                db.rollback()  # does nothing after a commit

    def _connection(self) -> Database:
        db: Database | None = getattr(self._local, "db", None)
        if db is None:
            # check_same_thread=False only for close(), which may run in another thread than the one that opened.
            connection = sqlite3.connect(self.path, timeout=self._busy_timeout_s, check_same_thread=False)
            db = Database(connection, execute_plugins=False)  # plugins that happen to be installed are not ours
            self._switch_to_wal(db)
            db.execute("PRAGMA synchronous=FULL")
            db.execute("PRAGMA secure_delete=ON")  # forgotten words must not linger in free pages
            self._local.db = db
            self._open.add(db)
        return db

    def _switch_to_wal(self, db: Database) -> None:
        """Two processes that create the file at once collide here, and SQLite does not wait: so we do."""
        deadline = time.monotonic() + self._busy_timeout_s
        while True:
            try:
                return db.enable_wal()
            except sqlite3.OperationalError as error:
                if _primary_code(error) != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                    db.close()
                    raise
                time.sleep(0.02)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            message = self._explain(error)
            if message is None:  # our own mistake (bad SQL, broken rule of a table): keep the traceback
                raise
            raise StoreUnavailable(message) from error

    def _explain(self, error: sqlite3.DatabaseError) -> str | None:
        match _primary_code(error):
            case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
                return self._locked()
            case sqlite3.SQLITE_FULL:
                return f"no space left on the disk of {self.path}; free some and try again, nothing kept was lost"
            case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_CANTOPEN:
                return (
                    f"cannot write {self.path} ({error}); make it and its folder writable, "
                    "or set MERCER_HOME to a folder you may write"
                )
            case sqlite3.SQLITE_IOERR:
                return f"the disk refused to read or write {self.path} ({error}); check its space, limits and health"
            case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
                return (
                    f"{self.path} is damaged or not a database ({error}); move it away to start with an empty one, "
                    f'and rescue what it holds with: sqlite3 "{self.path}" .recover'
                )
            case _:
                return None

    def _locked(self) -> str:
        return (
            f"{self.path} was locked by another program for more than {self._busy_timeout_s:g} s; "
            "close what holds it (a database browser, a backup, another Mercer) and try again"
        )


def _primary_code(error: sqlite3.Error) -> int | None:
    """SQLite's result code without its extension (SQLITE_IOERR_WRITE is SQLITE_IOERR); None: not from SQLite."""
    code: int | None = getattr(error, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF


def integrity(path: Path) -> str:
    """What SQLite finds wrong with a database file; "" when it is whole. Reads only.

    Raises
    ------
    StoreUnavailable
        The file cannot be opened or read at all.
    """
    file = SqliteFile(path)
    try:
        with file.reading() as db:
            found = [row[0] for row in db.execute("PRAGMA integrity_check").fetchall()]
    finally:
        file.close()
    return "" if found == ["ok"] else "; ".join(found[:3])
