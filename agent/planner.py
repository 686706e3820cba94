"""Which tool answers a turn, in the LangChain agent: the rules' plan, or a language model's held to the conversation.

``PlanByRules`` answers the agent's first model call with the tool call that the understood turn asks for.
``PlanByModel`` lets a model that calls tools choose the tool, its items and its words; the conditions of a search are
the conversation's, whatever a model writes. Either ends the loop after the tool.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from langchain.agents import AgentState, create_agent
from langchain.agents.middleware import AgentMiddleware, ModelRequest, ModelResponse
from langchain.messages import AIMessage, HumanMessage, SystemMessage, ToolCall, ToolMessage
from langchain_core.language_models import BaseChatModel
from pydantic import BaseModel, ValidationError

from agent.errors import EngineUnavailable
from agent.prompts import PLANNING, plan_message
from agent.request import search_arguments
from agent.tools import TOOLS, TurnContext
from agent.utterance import Intent

log = logging.getLogger(__name__)

PLAN_SECONDS = 6.0
PLAN_TOKENS = 256
SEARCHING = frozenset((Intent.SEARCH, Intent.MORE_LIKE, Intent.SOMETHING_ELSE, Intent.REJECT))
OPENING = frozenset((Intent.DETAILS, Intent.COMPARE, Intent.ADVICE, Intent.WHY))
_CHOSEN = (Intent.ADVICE, Intent.WHY)  # of which items they speak is decided already, and in which order


def plan(context: TurnContext) -> ToolCall:
    """The tool call for an understood turn whose intent is in ``SEARCHING`` or ``OPENING``."""
    said, state = context.said, context.state
    if said.intent in OPENING and len(said.references) > 1:
        return _call("compare_items", {"item_ids": list(said.references)})
    if said.intent in OPENING:
        return _call("show_details", {"item_id": said.references[0]})
    if said.intent is Intent.SOMETHING_ELSE:
        return _call("something_else", {})
    arguments = search_arguments(state, said, context.shop)
    if state.need.anchor:
        return _call("more_like_this", {"item_id": state.need.anchor, **arguments})
    return _call("search_items", arguments)


class PlanByRules(AgentMiddleware[AgentState, TurnContext]):
    """Stands in for the model's planning with the plan of the rules."""

    def wrap_model_call(
        self, request: ModelRequest[TurnContext], handler: Callable[[ModelRequest[TurnContext]], ModelResponse]
    ) -> AIMessage:
        """The planned tool call first; nothing once the tool has answered."""
        if isinstance(request.messages[-1], ToolMessage):
            return AIMessage("")
        return AIMessage("", tool_calls=[plan(request.runtime.context)])


class PlanByModel(AgentMiddleware[AgentState, TurnContext]):
    """Asks the model for the turn's tool call; where it gives none that fits, the rules' plan takes its place."""

    def wrap_model_call(
        self, request: ModelRequest[TurnContext], handler: Callable[[ModelRequest[TurnContext]], ModelResponse]
    ) -> AIMessage:
        """The model's tool call first, held to the conversation; nothing once the tool has answered."""
        if isinstance(request.messages[-1], ToolMessage):
            return AIMessage("")
        context = request.runtime.context
        shop, state = context.shop, context.state
        table = [shop.catalog.get(item_id) for item_id in state.cards]
        asked = request.override(
            system_message=SystemMessage(PLANNING),
            messages=[HumanMessage(plan_message(request.messages[-1].text, state, table))],
            tool_choice="any",
            # Strict, or vLLM lets the arguments be any JSON.
            model_settings={"strict": True, "timeout_s": PLAN_SECONDS, "max_tokens": PLAN_TOKENS},
        )
        try:
            reply = handler(asked).result[-1]
        except EngineUnavailable as error:
            log.warning("The language model plans nothing: %s", error)
            return AIMessage("", tool_calls=[plan(context)])
        calls = reply.tool_calls if isinstance(reply, AIMessage) else []
        return AIMessage("", tool_calls=[(held(calls[0], context) if calls else None) or plan(context)])


class _Wanted(BaseModel):
    """What a model may decide in a tool call."""

    text: str = ""
    item_id: str = ""
    item_ids: list[str] = []


def held(call: ToolCall, context: TurnContext) -> ToolCall | None:
    """A model's call with the conversation's conditions in the place of its own; None where it does not fit the turn.

    It speaks of items on the table only, and a turn that asks for details or a comparison brings no search.
    """
    try:
        wanted = _Wanted.model_validate(call["args"])
    except ValidationError:
        return None
    name, ids = call["name"], wanted.item_ids or [wanted.item_id] * bool(wanted.item_id)
    if not set(ids) <= {*context.state.cards} or context.said.intent in _CHOSEN:
        return None
    if name == "compare_items":
        return _call(name, {"item_ids": ids}) if len(ids) > 1 else None
    if name == "show_details":
        return _call(name, {"item_id": ids[0]}) if ids else None
    if context.said.intent in OPENING:
        return None
    if name == "something_else":
        return _call(name, {})
    arguments = search_arguments(context.state, context.said, context.shop)
    arguments |= {"text": wanted.text} if wanted.text.strip() else {}
    if name == "more_like_this":
        return _call(name, {"item_id": ids[0], **arguments}) if ids else None
    return _call(name, arguments) if name == "search_items" else None


class ToolRunner:
    """The LangChain agent: runs a turn's tool and hands back its artifact.

    ``plans`` says that the model was seen to call tools (``agent/capability.py``), so that it may choose them.
    """

    def __init__(self, chat: BaseChatModel, plans: bool = False) -> None:
        planner = PlanByModel() if plans else PlanByRules()
        self._graph: Any = create_agent(chat, list(TOOLS), middleware=[planner], context_schema=TurnContext)

    def run(self, words: str, context: TurnContext) -> Any:
        """The artifact of the tool that the turn asked for (``Retrieval`` or ``ItemsOpened``).

        Raises
        ------
        StoreError, RetrievalError
            What the tool raised.
        """
        result = self._graph.invoke({"messages": [HumanMessage(words or "(no words)")]}, context=context)
        tools = [message for message in result["messages"] if isinstance(message, ToolMessage)]
        return tools[-1].artifact


def _call(name: str, arguments: dict[str, Any]) -> ToolCall:
    return ToolCall(name=name, args=arguments, id=name, type="tool_call")
