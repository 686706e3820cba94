"""Whether a language model may be trusted with facts and with tools: asked, not guessed from its name.

A handful of shopper messages with known answers; a model that reads all of them right through structured output
understands turns and writes replies. Any other is given the briefs for which it has learned prompts, or says nothing.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

from langchain.messages import HumanMessage, SystemMessage

from agent.engines.prompt_embeds import enable, local_folder
from agent.engines.server import ServerChat, connect_server, structured
from agent.engines.soft_prompt import SoftPrompts
from agent.errors import EngineMismatch, EngineUnavailable
from agent.model_understanding import SortedPhrases
from agent.prompts import PLANNING, plan_message, understanding_messages
from agent.state import DialogueState
from agent.tools import TOOLS
from retrievers.errors import ItemTokensError
from retrievers.soft_tokens import SoftTokens

log = logging.getLogger(__name__)

TIMEOUT_S = 20.0
_PROBES: tuple[tuple[str, str, str, float | None], ...] = (
    ("I need a green raincoat below 80, but not polyester.", "green", "polyester", 80.0),
    ("Find me a wool scarf for at most 25, nothing striped.", "wool", "strip", 25.0),
    ("A white ceramic vase without handles please.", "white", "handle", None),
)
_TOOL_PROBE = "I am looking for a green raincoat below 80."


@dataclass(frozen=True, slots=True)
class Server:
    """A language model server; one that is ``capable`` is trusted with facts and asked about candidates.

    One that ``plans`` calls tools, so that it may choose them. ``prompts`` is where its prompts of rows are made,
    None where it takes only text.
    """

    chat: ServerChat
    capable: bool
    plans: bool = False
    prompts: SoftPrompts | None = None

    def read_items(self, soft: SoftTokens, store: str) -> None:
        """From now on items go out as the item tokens of ``store``, or as their words where that cannot be."""
        self.chat.soft_tokens = soft
        try:
            if self.prompts:
                self.prompts.use(soft, store)
        except EngineMismatch as error:
            log.warning("%s", error)


def connect(base_url: str, model: str | None, api_key: str, folder: Path | None, models_dir: Path) -> Server:
    """Connect, and find out by asking what the model can do and whether it takes rows.

    ``folder`` has the files of the served model; without one they are looked for (``local_folder``). Raises as
    ``connect_server`` does. Its ``chat`` is to be closed.
    """
    chat = connect_server(base_url, model, api_key)
    capable = is_capable(chat)
    return Server(chat, capable, capable and calls_tools(chat), _prompts(chat, folder, models_dir))


def _prompts(chat: ServerChat, folder: Path | None, models_dir: Path) -> SoftPrompts | None:
    try:
        return enable(chat, local_folder(chat.model_name, folder, models_dir))
    except (EngineUnavailable, EngineMismatch, ItemTokensError) as error:
        log.warning("%s", error)
        return None


def is_capable(chat: ServerChat) -> bool:
    """Whether the model reads every probe right: the wish, the refusal and the price bound."""
    try:
        return all(_reads(chat, *probe) for probe in _PROBES)
    except EngineUnavailable as error:
        log.warning("The language model is not trusted with facts: %s", error)
        return False


def calls_tools(chat: ServerChat) -> bool:
    """Whether the model, asked to choose a tool, looks for a thing with ``search_items``."""
    model = chat.bind_tools(list(TOOLS), tool_choice="any", strict=True)
    try:
        reply = model.invoke(
            [SystemMessage(PLANNING), HumanMessage(plan_message(_TOOL_PROBE, DialogueState(), []))],
            timeout_s=TIMEOUT_S,
            max_tokens=256,
        )
    except EngineUnavailable as error:
        log.warning("The language model is not trusted with tools: %s", error)
        return False
    return [call["name"] for call in reply.tool_calls] == ["search_items"]


def _reads(chat: ServerChat, text: str, wanted: str, refused: str, price_max: float | None) -> bool:
    read = structured(chat, understanding_messages(text, DialogueState()), SortedPhrases, TIMEOUT_S)
    wishes, refusals = " ".join(read.wanted).lower(), " ".join(read.refused).lower()
    return wanted in wishes and refused in refusals and refused not in wishes and read.price_max == price_max
