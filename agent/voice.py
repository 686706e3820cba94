"""Who understands and speaks in a running program: a language model with what it may do, or the one in this process.

A capable server understands and replies; any other model only adds remarks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from agent.engines.default import small_chat
from agent.planner import ToolRunner
from agent.shop import Shop
from agent.shopping_agent import Understanding
from agent.speaker import Speaker
from agent.understanding import RuleUnderstanding

if TYPE_CHECKING:
    from agent.capability import Server


@dataclass(frozen=True)
class Voice:
    """Who understands and speaks; ``finish`` waits until no thread of it is at work."""

    runner: ToolRunner
    speaker: Speaker
    understanding: Understanding
    finish: Callable[[], None]


def open_voice(server: Server | None, models_dir: Path, shop: Shop, rules: RuleUnderstanding) -> Voice:
    """The server's model, or without one the small model, which goes on loading meanwhile."""
    if server is None:
        local = small_chat(models_dir)
        loading = local.warm_up()
        return Voice(ToolRunner(local), Speaker(local, shop.vocabulary, False, local.model), rules, loading.join)
    # Brings the client for servers with it, two seconds that nobody without a server should wait for.
    from agent.model_understanding import ModelUnderstanding

    chat = server.chat
    reader = ModelUnderstanding(chat, rules, shop.vocabulary) if server.capable else rules
    speaker = Speaker(chat, shop.vocabulary, server.capable, chat.model_name)
    return Voice(ToolRunner(chat, server.plans), speaker, reader, lambda: None)
