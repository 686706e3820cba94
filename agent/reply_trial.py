"""Are a model's replies true as they come? ``python app.py evaluate replies --store NAME [--way tokens] [--json]``.

Turns are made up about items that no training has seen (``agent/drills.py``). A reply passes as it comes when it
tells all that the realiser would, in that order, without fault (``BriefCheck``), and the model ended by itself. One
that does not is told once more as in the program, where the model takes back words of an unfit sentence
(``agent/telling.py``): it may then pass in its own words. The ways are
those in which a brief can be told: ``zero-shot`` as a capable model gets it, all in text; ``text`` behind the learned
prompt of its task; ``tokens`` as it is served, behind that prompt and with items as soft tokens; ``plain`` without
any prompt, for a model that was itself changed (``--llm``).
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from langchain_core.messages import BaseMessage

from agent.drills import Drill, Drills
from agent.engines.default import small_folder
from agent.engines.in_process import InProcessChat
from agent.fact_check import Checker
from agent.prompts import reply_messages
from agent.shop import Shop
from agent.slots import Block
from agent.telling import REPLY_TOKENS, BriefCheck, Telling
from retrievers.item_tokens import StoreTokens
from retrievers.soft_tokens import SlotKind
from store.catalog import Catalog
from store.schemas import Item

WAYS = ("zero-shot", "text", "tokens", "plain")
SECONDS = 120.0  # for one reply; nobody waits here
ENDED = "stop"  # finish reason of a model that has said all that it wanted


@dataclass(frozen=True, slots=True)
class Attempt:
    """One reply; ``realised`` is the realiser's to the same turn, ``failed`` are the faults of its sentences.

    ``told`` is what it became where it has faults, "" where the model found no other words; ``taken_back`` words on
    the way.
    """

    task: str
    text: str
    realised: str
    failed: tuple[str, ...]
    ended: bool
    told: str
    taken_back: int
    seconds: float

    @property
    def passed(self) -> bool:
        """Whether it may be shown as it comes."""
        return self.ended and not self.failed

    @property
    def same(self) -> bool:
        """Whether the realiser says it in just these words."""
        return self.text == self.realised


def attempts(chat: InProcessChat, drills: Sequence[Drill], way: str, shop: Shop) -> Iterator[Attempt]:
    """One reply to each drill, as the model gives it."""
    for drill in drills:
        began, text, ended = time.perf_counter(), "", False
        realised, asked = " ".join(drill.reply.middle), _asked(drill, way)
        draft = {"type": "content", "content": drill.brief.draft(drill.reply.middle)}
        for chunk in chat.stream(asked, max_tokens=REPLY_TOKENS, prediction=draft):
            text += chunk.text
            ended = ended or chunk.response_metadata.get("finish_reason") == ENDED
        check = BriefCheck(drill.brief, Checker(drill.reply.grounds, shop.vocabulary))
        said = [sentence.strip() for sentence in check.sentences(text) if sentence.strip()]
        failed = tuple(fault for sentence in said for fault in check.faults(sentence))
        ended = ended and check.complete
        told, taken_back = ("", 0) if ended and not failed else _told_anew(chat, drill, asked, shop)
        seconds = time.perf_counter() - began
        yield Attempt(drill.brief.task, text.strip(), realised, failed, ended, told, taken_back, seconds)


def _told_anew(chat: InProcessChat, drill: Drill, asked: Sequence[BaseMessage], shop: Shop) -> tuple[str, int]:
    """What the program would show where the model takes back words, "" where the realiser would take over.

    And how many words it took back.
    """
    check = BriefCheck(drill.brief, Checker(drill.reply.grounds, shop.vocabulary))
    telling = Telling(chat, asked, drill.brief.draft(drill.reply.middle), check)
    said = " ".join(telling)
    return (said if telling.whole else ""), telling.taken_back


def _asked(drill: Drill, way: str) -> list[BaseMessage]:
    if way == "zero-shot":
        return [_in_words(message) for message in reply_messages(drill.turn)]
    messages = drill.brief.messages()
    if way == "text":
        return [_in_words(message, {SlotKind.TASK}) for message in messages]
    return [_in_words(message) for message in messages] if way == "plain" else messages


def _in_words(message: BaseMessage, kept: Set[SlotKind] = frozenset()) -> BaseMessage:
    """The message with the words of its slots in their place, but for those of some kinds."""
    if isinstance(message.content, str):
        return message
    parts: list[str | Block] = []
    for part in message.content:
        stays = isinstance(part, str) or part["type"] in kept
        parts.append(part if isinstance(part, str) or stays else "; ".join(part["texts"]))
    return message.model_copy(update={"content": parts if kept else "".join(map(str, parts))})


def figures(made: Sequence[Attempt]) -> dict[str, Any]:
    """Shares of all replies, and how long they are; ``passed_by_task`` has [passed, replies] of each task."""
    tasks = sorted({each.task for each in made})
    return {
        "n": len(made),
        "passed": _share(each.passed or bool(each.told) for each in made),
        "as_it_comes": _share(each.passed for each in made),
        "ended": _share(each.ended for each in made),
        "taken_back": round(float(np.mean([each.taken_back for each in made])), 2),
        "realisers_words": _share(each.same for each in made),
        "words": round(float(np.mean([len(each.text.split()) for each in made])), 1),
        "realisers_length": round(float(np.mean([len(each.realised.split()) for each in made])), 1),
        "passed_by_task": {
            task: [sum(e.passed or bool(e.told) for e in made if e.task == task), sum(e.task == task for e in made)]
            for task in tasks
        },
    }


def _share(flags: Iterable[bool]) -> float:
    return round(float(np.mean(list(flags))), 4)


def main(
    argv: Sequence[str],
    load_shop: Callable[[str], Shop],
    held_out: Callable[[Catalog], Sequence[Item]],
    first_messages: Callable[[Shop], Sequence[str]],
    home: Path,
    demo: str,
) -> int:
    """Command line; ``held_out`` gives the items that no training sees, ``first_messages`` examples."""
    parser = argparse.ArgumentParser(
        prog="python app.py evaluate replies", description="Are a model's replies true as they come?"
    )
    parser.add_argument("--store", default=demo, help="store (default: %(default)s)")
    parser.add_argument("--way", choices=WAYS, default="tokens", help="how the model is told (default: %(default)s)")
    parser.add_argument("--count", type=int, default=120, help="replies (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=7, help="of the turns that are made up (default: %(default)s)")
    parser.add_argument("--adapter", type=Path, help="file of item encoder and task prompts (default: the store's)")
    parser.add_argument("--llm", type=Path, help="folder of the language model (default: Mercer's small one)")
    parser.add_argument("--out", type=Path, help="write the replies too, JSON lines")
    parser.add_argument("--json", action="store_true", help="print JSON instead of lines")
    args = parser.parse_args(argv)
    shop, models = load_shop(args.store), home / "models"
    folder = args.llm or small_folder(models)
    soft = None
    if args.way in ("text", "tokens"):
        soft = StoreTokens.open(shop.catalog, shop.recommender.content, models, folder, args.adapter)
    chat = InProcessChat(
        model=folder.name,
        prepare=lambda: folder,
        deadline_s=SECONDS,
        wait_s=SECONDS,
        soft_tokens=soft,
        store=shop.catalog.name,
    )
    drills = list(Drills(shop, held_out(shop.catalog), first_messages(shop), args.seed).draw(args.count))
    made = list(_told(attempts(chat, drills, args.way, shop), args.out))
    found = {"store": args.store, "way": args.way, **figures(made)}
    print(json.dumps(found) if args.json else "\n".join(f"{name}: {value}" for name, value in found.items()))
    return 0


def _told(made: Iterator[Attempt], out: Path | None) -> Iterator[Attempt]:
    """The same, written down as they come."""
    lines = out.open("w", encoding="utf-8") if out else None
    for number, attempt in enumerate(made, start=1):
        print(f"\r{number} replies", end="", file=sys.stderr, flush=True)
        if lines:
            lines.write(json.dumps({**asdict(attempt), "passed": attempt.passed}) + "\n")
            lines.flush()
        yield attempt
    if lines:
        lines.close()
