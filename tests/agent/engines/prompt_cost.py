"""What ten items cost in a prompt, as text and as rows, in process and on a server.

python -m tests.agent.engines.prompt_cost --model FOLDER [--server http://127.0.0.1:8000] [--repeats 5]

Prints for each engine the rows of the prompt, the milliseconds of its forward pass (a letter is scored) and until
the first word of a reply: medians over repeats with other items, while the system prompt is kept by both engines. The
rows are mixtures of the model's own (``mixed_tokens``), as many an item as the shipped item encoder makes: their
number is what counts here.
"""

from __future__ import annotations

import argparse
import itertools
import json
import statistics
import time
from pathlib import Path

from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage

from agent.engines.in_process import InProcessChat
from agent.engines.prompt_embeds import enable, read_prompts
from agent.engines.server import ServerChat, connect_server
from agent.slots import block, content
from retrievers.item_adapter import SHIPPED, read_made_for
from retrievers.soft_tokens import SlotKind
from tests.agent.engines.mixed_tokens import MixedTokens

CATALOG = Path(__file__).parents[3] / "assets" / "demo" / "catalog.jsonl"
ITEMS = 10
Engine = InProcessChat | ServerChat
FACTS = (
    "title",
    "brand",
    "price",
    "availability",
    "color",
    "size",
    "material",
    "pattern",
    "occasion",
    "season",
    "care",
)


def chats(start: int) -> dict[str, list[BaseMessage]]:
    """The same question about ten items of the demo store, as text and as rows."""
    lines = itertools.islice(CATALOG.open(encoding="utf-8"), start, start + ITEMS)
    items = [json.loads(line) for line in lines]
    texts = [" | ".join(_words(item[fact]) for fact in FACTS if fact in item) for item in items]
    forms = {"text": texts, "rows": [block(SlotKind.ITEM, [item["id"]]) for item in items]}
    named = [f"at{chr(97 + at)}" for at in range(ITEMS)]
    listed = "\n".join(f"{at}. {{{name}}}" for at, name in enumerate(named, start=1))
    asked = f"Items:\n{listed}\n\nShopper: which of these is best for a rainy walk?"
    return {
        form: [SystemMessage("You are Mercer."), HumanMessage(content(asked, **dict(zip(named, given, strict=True))))]
        for form, given in forms.items()
    }


def _words(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def prefill_ms(chat: Engine, messages: list[BaseMessage]) -> float:
    """Milliseconds of the prompt's forward pass."""
    begun = time.perf_counter()
    chat.letter_logprobs(messages, "A", 60.0)
    return (time.perf_counter() - begun) * 1000


def first_word_ms(chat: Engine, messages: list[BaseMessage]) -> float:
    """Milliseconds until the first text of a reply; the rest of it is not waited for."""
    begun = time.perf_counter()
    stream = chat.stream(messages, max_tokens=4)
    next(chunk for chunk in stream if chunk.text)
    took = (time.perf_counter() - begun) * 1000
    list(stream)
    return took


def main() -> None:
    """Measure and print one JSON line for each engine and form."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--server")
    parser.add_argument("--repeats", type=int, default=5)
    arguments = parser.parse_args()
    prompts, _ = read_prompts("measured", arguments.model)
    soft = MixedTokens(prompts.table, read_made_for(SHIPPED).shape.queries)
    prompts.use(soft, "demo")
    local = InProcessChat(
        model="local", prepare=lambda: arguments.model, soft_tokens=soft, deadline_s=60.0, wait_s=60.0
    )
    engines: dict[str, Engine] = {"in process": local}
    if arguments.server:
        served = connect_server(arguments.server, timeout_s=120.0)
        enable(served, arguments.model).use(soft, "demo")
        engines["server"] = served
    for engine, chat in engines.items():
        for form in ("text", "rows"):
            first_word_ms(chat, chats(0)[form])  # the fixed beginning is kept from here on
            asked = [chats((at + 1) * ITEMS)[form] for at in range(2 * arguments.repeats)]
            tokens = statistics.median(len(prompts.rows(messages, 4000)) for messages in asked)
            prefill = statistics.median(prefill_ms(chat, messages) for messages in asked[::2])
            first = statistics.median(first_word_ms(chat, messages) for messages in asked[1::2])
            print(
                f"{engine}, items as {form}: {tokens:.0f} tokens, prefill {prefill:.0f} ms, first word {first:.0f} ms"
            )


if __name__ == "__main__":
    main()
