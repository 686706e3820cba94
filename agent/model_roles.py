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
from agent.letter_judge import LetterJudge
from agent.planner import ToolRunner
from agent.shop import Shop
from agent.shopping_agent import Understanding
from agent.side_by_side import AT_ONCE
from agent.speaker import Speaker
from agent.understanding import RuleUnderstanding
from retrievers.errors import BehaviourError, ItemTokensError
from retrievers.item_adapter import rebuild
from retrievers.item_tokens import StoreTokens
from retrievers.judge import TRIAL_S, Wanted

if TYPE_CHECKING:
    from agent.capability import Server
    from agent.engines.in_process import InProcessChat
    from agent.engines.server import ServerChat
    from retrievers.soft_tokens import SoftTokens

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class ModelRoles:
    """Who understands and speaks, and what reads items.

    ``finish`` waits until no thread of it is at work, and gives back its connections.
    """

    runner: ToolRunner
    speaker: Speaker
    understanding: Understanding
    item_reader: ItemReader
    finish: Callable[[], None]


def open_roles(server: Server | None, models_dir: Path, shop: Shop, rules: RuleUnderstanding) -> ModelRoles:
    """The server's model, or without one the small model, which goes on loading meanwhile."""
    if server is None:
        return _in_process(models_dir, shop, rules)
    # Brings the client for servers with it, two seconds that nobody without a server should wait for.
    from agent.model_understanding import ModelUnderstanding

    chat = server.chat
    reader = ModelUnderstanding(chat, rules, shop.vocabulary) if server.capable else rules
    folder = server.prompts.folder if server.prompts else None
    tokens = _server_tokens(server, models_dir, shop)
    speaker = Speaker(chat, shop.vocabulary, server.capable, chat.model_name, partial(_learned, chat, tokens))
    return ModelRoles(
        ToolRunner(chat, server.plans), speaker, reader, ItemReader(chat, tokens, shop.catalog, folder), chat.close
    )


def _in_process(models_dir: Path, shop: Shop, rules: RuleUnderstanding) -> ModelRoles:
    local = _small_reader(models_dir, shop)
    loading = local.warm_up()
    learned = partial(_learned, local, local.soft_tokens)
    speaker = Speaker(local, shop.vocabulary, False, local.model, learned)
    reader = ItemReader(local, local.soft_tokens, shop.catalog, small_folder(models_dir))
    return ModelRoles(ToolRunner(local), speaker, rules, reader, loading.join)


def _learned(chat: InProcessChat | ServerChat, tokens: SoftTokens | None) -> Set[str]:
    """The tasks that a model has learned prompts for, as far as it is ready to read them."""
    return tokens.tasks if tokens and chat.describe().reads_items else frozenset()


def open_letter_judge(
    server: Server | None, models_dir: Path, shop: Shop
) -> tuple[LetterJudge, str, SoftTokens | None]:
    """The same model as judge of what comes next, its name, and the item tokens that it reads, None for titles only.

    Raises ``LanguageModelUnavailable`` where it scores no letters; the message says why.
    """
    if server is None:
        local = _small_reader(models_dir, shop)
        local.warm_up().join()
        judge, tokens, engine = LetterJudge(local), local.soft_tokens, local.describe()
    else:
        tokens = _server_tokens(server, models_dir, shop)
        judge, engine = LetterJudge(server.chat, AT_ONCE), server.chat.describe()
    judge.letters(Wanted("", ("a mug",)), ("a cup", "a lamp"), 1, TRIAL_S)
    return judge, engine.model, tokens if engine.reads_items else None


def _server_tokens(server: Server, models_dir: Path, shop: Shop) -> StoreTokens | None:
    """The item tokens that the server's model is shown from now on."""
    tokens = item_tokens(shop, models_dir, server.prompts.folder) if server.prompts else None
    if tokens:
        server.read_items(tokens, shop.catalog.name)
    return tokens


def _small_reader(models_dir: Path, shop: Shop) -> InProcessChat:
    """The small model, not loaded yet, with the store's item tokens where there are any for it."""
    local = small_chat(models_dir)
    local.soft_tokens = item_tokens(shop, models_dir, small_folder(models_dir))
    local.store = shop.catalog.name
    return local


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
