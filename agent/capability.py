"""Whether a language model may be trusted with facts: asked, not guessed from its name.

A handful of shopper messages with known answers; a model that reads all of them right through structured
output understands turns and writes replies, any other only adds remarks.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

from langchain.messages import HumanMessage, SystemMessage

from agent.engines.server import ServerChat, connect_server, structured
from agent.engines.soft_prompt import SoftPrompts
from agent.errors import EngineMismatch, EngineUnavailable
from agent.model_understanding import Understood
from agent.prompts import UNDERSTANDING
from retrievers.soft_tokens import SoftTokens

log = logging.getLogger(__name__)

TIMEOUT_S = 20.0
_PROBES: tuple[tuple[str, str, str, float | None], ...] = (
    ("I need a green raincoat below 80, but not polyester.", "green", "polyester", 80.0),
    ("Find me a wool scarf for at most 25, nothing striped.", "wool", "strip", 25.0),
    ("A white ceramic vase without handles please.", "white", "handle", None),
)


@dataclass(frozen=True, slots=True)
class Server:
    """A language model server; one that is ``capable`` is trusted with facts and asked about candidates.

    ``prompts`` is where its prompts of rows are made, None where it takes only text.
    """

    chat: ServerChat
    capable: bool
    prompts: SoftPrompts | None = None

    def read_items(self, soft: SoftTokens, store: str) -> None:
        """From now on items go out as the item tokens of ``store``, or as their words where that cannot be."""
        self.chat.soft_tokens = soft
        try:
            if self.prompts:
                self.prompts.use(soft, store)
        except EngineMismatch as error:
            log.warning("%s", error)


def connect(base_url: str, model: str | None, api_key: str) -> Server:
    """Connect and ask; raises as ``connect_server`` does."""
    chat = connect_server(base_url, model, api_key)
    return Server(chat, is_capable(chat))


def is_capable(chat: ServerChat) -> bool:
    """Whether the model reads every probe right: the wish, the refusal and the price bound."""
    try:
        return all(_reads(chat, *probe) for probe in _PROBES)
    except EngineUnavailable:
        return False


def _reads(chat: ServerChat, text: str, wanted: str, refused: str, price_max: float | None) -> bool:
    messages = [SystemMessage(UNDERSTANDING), HumanMessage(f"So far: nothing\nMessage: {text}")]
    read = structured(chat, messages, Understood, TIMEOUT_S)
    wishes, refusals = " ".join(read.wanted).lower(), " ".join(read.refused).lower()
    return wanted in wishes and refused in refusals and refused not in wishes and read.price_max == price_max
