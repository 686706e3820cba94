"""Which tool answers a turn: the rules' plan, put into the LangChain agent in place of a model's.

``PlanByRules`` answers the agent's first model call with the tool call that the understood turn asks for and
ends the loop after the tool; a language model that plans itself needs only to be run without it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from langchain.agents import AgentState, create_agent
from langchain.agents.middleware import AgentMiddleware, ModelRequest, ModelResponse
from langchain.messages import AIMessage, HumanMessage, ToolCall, ToolMessage
from langchain_core.language_models import BaseChatModel

from agent.request import search_arguments
from agent.tools import TOOLS, TurnContext
from agent.utterance import Intent

SEARCHING = frozenset((Intent.SEARCH, Intent.MORE_LIKE, Intent.SOMETHING_ELSE, Intent.REJECT))
OPENING = frozenset((Intent.DETAILS, Intent.COMPARE))


def plan(context: TurnContext) -> ToolCall:
    """The tool call for an understood turn whose intent is in ``SEARCHING`` or ``OPENING``."""
    said, state = context.said, context.state
    if said.intent is Intent.COMPARE and len(said.references) > 1:
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


class ToolRunner:
    """The LangChain agent: runs a turn's tool and hands back its artifact."""

    def __init__(self, chat: BaseChatModel) -> None:
        self._graph: Any = create_agent(chat, list(TOOLS), middleware=[PlanByRules()], context_schema=TurnContext)

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
