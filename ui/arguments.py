"""The arguments of the commands.

``--store`` may stand before a command or after it, so a command that is not told of one leaves it as it was.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Protocol

from retrievers.semantic_ids import IndexMethod
from ui.settings import Settings


class Run(Protocol):
    """A function that runs a command, or the page, and returns the exit status."""

    __name__: str

    def __call__(self, arguments: argparse.Namespace, settings: Settings, /) -> int:
        """Run it."""
        ...


def read_arguments(
    argv: Sequence[str] | None, about: str, serve: Run, commands: Sequence[Run], demo: str, port: int
) -> argparse.Namespace:
    """The command and its arguments, with ``run`` that is to be called; ``serve`` is it where no command is named.

    ``commands`` are functions, each named as its command is, and told of by its docstring.

    A store that is named nowhere is ``demo`` where the command is about one store, else None.
    """
    parser = argparse.ArgumentParser(prog="python app.py", description=about)
    parser.add_argument("--store", help="store to open (default: the demo store)")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=port_number, default=port)
    parser.set_defaults(run=serve, unnamed=demo)
    found = parser.add_subparsers(title="commands")
    for run in commands:
        name = run.__name__.rstrip("_").replace("_", "-")
        command = found.add_parser(name, help=run.__doc__, description=run.__doc__)
        command.set_defaults(run=run, unnamed=demo if name in ABOUT_ONE_STORE else None)
        if name in ARGUMENTS:
            ARGUMENTS[name](command)
    arguments = parser.parse_args(argv)
    if arguments.store is None:
        arguments.store = arguments.unnamed
    return arguments


def at_least_one(text: str) -> int:
    """A number of things to show or make."""
    if not re.fullmatch(r"0*[1-9]\d{0,8}", text):
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 on")
    return int(text)


def new_file(text: str) -> Path:
    """A file that can be written, refused before the work that it is for."""
    path = Path(text)
    if path.is_dir() or not path.absolute().parent.is_dir():
        reason = "is a folder; name a file" if path.is_dir() else "lies in a folder that is not there"
        raise argparse.ArgumentTypeError(f"{text!r} {reason}")
    return path


def port_number(text: str) -> int:
    """A port that can be listened on."""
    if not text.isdecimal() or not 1 <= int(text) <= 65_535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port; one is a number from 1 to 65535")
    return int(text)


def day(text: str) -> date:
    """A day of the calendar."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no day; write it as YYYY-MM-DD") from error


def store_argument(parser: argparse.ArgumentParser, meaning: str) -> None:
    """``--store`` of a command; ``meaning`` is its help."""
    parser.add_argument("--store", default=argparse.SUPPRESS, help=meaning)


def search_arguments(parser: argparse.ArgumentParser) -> None:
    """What ``search`` takes."""
    parser.add_argument("text", nargs="?", default="", help='such as "red summer dress under 60"')
    parser.add_argument("--image", type=Path, help="photo to start from")
    parser.add_argument("--k", type=at_least_one, default=10, help="most items to show")
    store_argument(parser, "store to search (default: the demo store)")
    parser.add_argument("--json", action="store_true")


def chat_arguments(parser: argparse.ArgumentParser) -> None:
    """What ``chat`` takes."""
    store_argument(parser, "store to talk about (default: the demo store)")
    parser.add_argument("--json", action="store_true", help="one JSON object a line, in and out")


def import_arguments(parser: argparse.ArgumentParser) -> None:
    """What ``import`` takes."""
    parser.add_argument(
        "source", type=Path, help="CSV, TSV, JSONL, Parquet, Google Merchant feed, Shopify export, or folder"
    )
    store_argument(parser, "name of the store (default: from the source's name)")
    parser.add_argument("--map", action="append", default=[], metavar="FACT=COLUMN", help="price=retail_price")
    parser.add_argument("--currency", help="currency of prices that name none, such as USD")
    parser.add_argument("--images", type=Path, help="folder that picture paths are relative to")
    parser.add_argument("--allow-private-urls", action="store_true", help="fetch pictures from the local network too")
    parser.add_argument(
        "--refresh-pictures", action="store_true", help="fetch pictures again that were fetched before"
    )


def interaction_arguments(parser: argparse.ArgumentParser) -> None:
    """What ``import-interactions`` takes."""
    parser.add_argument(
        "source",
        nargs="?",
        type=Path,
        metavar="FILE",
        help="CSV or TSV with user_id, item_id, timestamp and, if known, event; without it the vectors of a store "
        "are made anew from the events that it has",
    )
    store_argument(parser, "whose items they are about (default: the demo store)")


def transcripts_arguments(parser: argparse.ArgumentParser) -> None:
    """What ``transcripts`` takes: an action, and behind it what only that one takes."""
    actions = parser.add_subparsers(dest="action", required=True, title="actions")
    listing = actions.add_parser("list", help="the newest sessions, one a line")
    store_argument(listing, "only this store")
    listing.add_argument("--limit", type=at_least_one, default=20, help="most sessions (default: %(default)s)")
    for name, meaning in (("show", "one session as it was read"), ("forget", "delete one session for good")):
        actions.add_parser(name, help=meaning).add_argument("session_id", metavar="SESSION", help="see: list")
    export = actions.add_parser("export", help="turns with what was shown and how it was judged, for programs")
    export.add_argument("session_id", metavar="SESSION", nargs="?", help="only this one")
    store_argument(export, "only this store")
    export.add_argument("--from", dest="first_day", type=day, metavar="DAY", help="first day, YYYY-MM-DD")
    export.add_argument("--to", dest="last_day", type=day, metavar="DAY", help="last day, YYYY-MM-DD")
    export.add_argument("--format", choices=("jsonl", "csv"), default="jsonl", help="(default: %(default)s)")
    export.add_argument("--out", type=new_file, help="file to write (default: standard output)")


def doctor_arguments(parser: argparse.ArgumentParser) -> None:
    """What ``doctor`` takes."""
    store_argument(parser, "only this store (default: all)")


def train_arguments(parser: argparse.ArgumentParser) -> None:
    """``train``: which store, how its items get their IDs, and whether to go on with a training that was stopped."""
    store_argument(parser, "store to train for (default: the demo store)")
    parser.add_argument("--resume", action="store_true", help="go on with a training that was stopped")
    parser.add_argument("--out", type=new_file, help="write the file here instead of into the store's folder")
    parser.add_argument(
        "--index-method",
        choices=[method.value for method in IndexMethod],
        default=IndexMethod.SEMANTIC.value,
        help=f"where IDs come from: {', '.join(IndexMethod)} (default: %(default)s)",
        metavar="METHOD",
    )
    parser.add_argument(
        "--interactions", type=Path, metavar="FILE", help="CSV of user_id,item_id,timestamp, for IDs from visits"
    )


def reply_arguments(parser: argparse.ArgumentParser) -> None:
    """``replies``: about which items, how many, and where to."""
    store_argument(parser, "store to speak of (default: the demo store)")
    parser.add_argument(
        "--part",
        choices=("train", "dev", "test"),
        default="train",
        help="items to speak of: to learn from, to stop by, to measure on (default: %(default)s)",
    )
    parser.add_argument("--count", type=at_least_one, default=2000, help="turns (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=new_file, required=True, help="file to write, JSON lines")


def evaluate_arguments(parser: argparse.ArgumentParser) -> None:
    """What is measured; the rest is read by the bench itself."""
    parser.add_argument("what", choices=("retrieval", "dialogue", "rerank", "ilm", "replies", "history"))
    parser.add_argument("rest", nargs=argparse.REMAINDER, help="see: python app.py evaluate dialogue --help")


ABOUT_ONE_STORE = frozenset(("search", "chat", "import-interactions", "train", "replies"))
ARGUMENTS: dict[str, Callable[[argparse.ArgumentParser], None]] = {
    "search": search_arguments,
    "chat": chat_arguments,
    "import": import_arguments,
    "import-interactions": interaction_arguments,
    "transcripts": transcripts_arguments,
    "doctor": doctor_arguments,
    "train": train_arguments,
    "replies": reply_arguments,
    "evaluate": evaluate_arguments,
}
