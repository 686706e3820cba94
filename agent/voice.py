"""Who understands and speaks in a running program: a language model with what it may do, or the one in this process.

A capable server understands and replies. Any other model says what a brief holds, where it has learned prompts for
that. Where the store has item tokens for the model, it is shown products as these.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Set
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from agent.engines.default import small_chat, small_folder
from agent.item_reader import ItemReader
from agent.planner import ToolRunner
from agent.shop import Shop
from agent.shopping_agent import Understanding
from agent.speaker import Speaker
from agent.understanding import RuleUnderstanding
from retrievers.errors import BehaviourError, ItemTokensError
from retrievers.item_adapter import rebuild
from retrievers.item_tokens import StoreTokens

if TYPE_CHECKING:
    from agent.capability import Server
    from agent.engines.in_process import InProcessChat
    from agent.engines.server import ServerChat

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Voice:
    """Who understands and speaks, and what reads items; ``finish`` waits until no thread of it is at work."""

    runner: ToolRunner
    speaker: Speaker
    understanding: Understanding
    item_reader: ItemReader
    finish: Callable[[], None]


def open_voice(server: Server | None, models_dir: Path, shop: Shop, rules: RuleUnderstanding) -> Voice:
    """The server's model, or without one the small model, which goes on loading meanwhile."""
    if server is None:
        return _in_process(models_dir, shop, rules)
    # Brings the client for servers with it, two seconds that nobody without a server should wait for.
    from agent.model_understanding import ModelUnderstanding

    chat = server.chat
    reader = ModelUnderstanding(chat, rules, shop.vocabulary) if server.capable else rules
    folder = server.prompts.folder if server.prompts else None
    tokens = item_tokens(shop, models_dir, folder) if folder else None
    if tokens:
        server.read_items(tokens, shop.catalog.name)
    speaker = Speaker(chat, shop.vocabulary, server.capable, chat.model_name, partial(_learned, chat, tokens))
    return Voice(
        ToolRunner(chat, server.plans), speaker, reader, ItemReader(chat, tokens, shop.catalog, folder), lambda: None
    )


def _in_process(models_dir: Path, shop: Shop, rules: RuleUnderstanding) -> Voice:
    local, folder = small_chat(models_dir), small_folder(models_dir)
    tokens = item_tokens(shop, models_dir, folder)
    local.soft_tokens, local.store = tokens, shop.catalog.name
    loading = local.warm_up()
    speaker = Speaker(local, shop.vocabulary, False, local.model, partial(_learned, local, tokens))
    reader = ItemReader(local, tokens, shop.catalog, folder)
    return Voice(ToolRunner(local), speaker, rules, reader, loading.join)


def _learned(chat: InProcessChat | ServerChat, tokens: StoreTokens | None) -> Set[str]:
    """The tasks that a model has learned prompts for, as far as it is ready to read them."""
    return tokens.tasks if tokens and chat.describe().reads_items else frozenset()


def item_tokens(shop: Shop, models_dir: Path, llm: Path) -> StoreTokens | None:
    """The store's item tokens for the language model in a folder; None where a model must read items as text.

    A warning says why. Nothing large is read before the first rows are asked for.
    """
    name = shop.catalog.name
    try:
        tokens = StoreTokens.open(shop.catalog, shop.recommender.content, models_dir, llm)
    except (ItemTokensError, BehaviourError) as error:
        log.warning("Language models read the products of %s as text: %s", name, error)
        return None
    if tokens is None:
        log.warning("Language models read the products of %s as text; %s", name, rebuild(name, str(llm)))
    return tokens
