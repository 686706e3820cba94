"""Messages that no pattern knows and what they mean, and how many the example sentences read as that.

    python -m tests.agent.unread_messages

``unread_messages.txt`` is written as the examples are: an intent, then messages that mean it; those of "search" and
"details" are about things and shall be left as they were read. They were held back while the first examples were
written, and the least share of the vote was chosen on them, so they tell how well it can do and not how well it does
on others. Knows no dialogue and no store: in a conversation, fewer messages come so far (see ``by_likeness``).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from agent.intent_examples import FILE, SHARE, IntentExamples
from agent.utterance import Intent
from retrievers.encoders import load_encoder
from ui.settings import Settings

MESSAGES = Path(__file__).with_suffix(".txt")
ABOUT_THINGS = (Intent.SEARCH, Intent.DETAILS)
Like = Callable[[str], tuple[Intent, float]]  # as ``IntentExamples.like``


@dataclass(frozen=True, slots=True)
class Tally:
    """Of messages that mean something else than things, how many are read as meant, and how many as something else.

    ``taken`` counts those about things that are taken for talk.
    """

    messages: int
    as_meant: int
    as_another: int
    about_things: int
    taken: int


def read_messages(file: Path = MESSAGES) -> list[tuple[Intent, str]]:
    """Messages with what they mean."""
    blocks = file.read_text(encoding="utf-8").strip().split("\n\n")
    return [(Intent(name), text) for name, *texts in map(str.splitlines, blocks) for text in texts]


def tallied(messages: Iterable[tuple[Intent, str]], like: Like, share: float) -> Tally:
    """What becomes of the messages where an intent needs that share of the vote."""
    found = [(meant, *like(text)) for meant, text in messages]
    talk = [(meant, intent, held >= share) for meant, intent, held in found if meant not in ABOUT_THINGS]
    read = [(meant, intent) for meant, intent, enough in talk if enough and intent not in ABOUT_THINGS]
    things = [intent not in ABOUT_THINGS and held >= share for meant, intent, held in found if meant in ABOUT_THINGS]
    as_meant = sum(meant is intent for meant, intent in read)
    return Tally(len(talk), as_meant, len(read) - as_meant, len(things), sum(things))


def main(argv: Sequence[str]) -> int:
    """Print the counts at the program's share and at others; 1 where a message is an example by now."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args(
        argv
    )
    settings = Settings.from_environment()
    messages = read_messages()
    examples = IntentExamples(load_encoder(settings.encoder, settings.home / "models"))
    shares = sorted({SHARE, 0.4, 0.5, 0.7})
    print(json.dumps({share: asdict(tallied(messages, examples.like, share)) for share in shares}, indent=1))
    known = set(FILE.read_text(encoding="utf-8").lower().splitlines())
    return int(any(text.lower() in known for _, text in messages))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
