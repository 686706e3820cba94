from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from langchain.messages import AIMessage
from langchain_core.language_models import GenericFakeChatModel
from langchain_core.messages import BaseMessage

from agent.errors import EngineUnavailable
from agent.fact_check import Checker
from agent.realiser import Voice
from agent.reply import Answered, Reply, compose
from agent.shop import Shop
from agent.speaker import Speaker
from agent.state import DialogueState
from agent.utterance import Utterance
from retrievers.base import Outcome, Recommendation, Retrieval
from tests.agent.conftest import Talk

TEXT = "a blue dress under 60"


class Broken(GenericFakeChatModel):
    """Breaks off after its first words."""

    def _stream(self, messages: list[BaseMessage], *args: Any, **kwargs: Any) -> Iterator[Any]:
        for number, chunk in enumerate(super()._stream(messages, *args, **kwargs)):
            if number > 3:
                raise EngineUnavailable("gone")
            yield chunk


@pytest.fixture
def turn(shop: Shop, talk: Talk) -> Answered:
    found = (Recommendation(shop.catalog.get("DR1"), 1, 1.0, ("bm25",)),)
    return Answered(TEXT, Utterance(type_words="dress"), talk(TEXT), Retrieval(Outcome.FOUND, found, matches=1))


@pytest.fixture
def reply(turn: Answered, shop: Shop) -> Reply:
    return compose(turn, shop, Voice("1", 0), ["a red dress"])


def spoken(
    shop: Shop, turn: Answered, reply: Reply, words: str, capable: bool, model: type = GenericFakeChatModel
) -> Any:
    chat = model(messages=iter([AIMessage(words)]))
    return list(Speaker(chat, shop.vocabulary, capable, "scripted").speak(turn, reply))


def test_a_small_model_adds_a_remark_after_the_facts(shop: Shop, turn: Answered, reply: Reply) -> None:
    words = "One of these could be lovely for dancing at a wedding. And more."
    pieces = spoken(shop, turn, reply, words, capable=False)
    assert [p.text.strip() for p in pieces[:-1]] == list(reply.sentences)
    assert pieces[-1].voice == "model"
    assert pieces[-1].text.endswith("for dancing at a wedding.")


@pytest.mark.parametrize(
    "words",
    [
        "It is only $12 today.",
        "I am so sorry for your loss.",
        "One of these could be lovely for a wedding in the 80s.",
        "One of these could be lovely for a day at the beach at the beach.",
        "One of these could be lovely for the",
        "One of these could be lovely for **you**.",
        "One of these could be lovely for Azure Horizon days.",
    ],
)
def test_an_unfit_remark_is_dropped(words: str, shop: Shop, turn: Answered, reply: Reply) -> None:
    assert {p.voice for p in spoken(shop, turn, reply, words, capable=False)} == {"realiser"}


@pytest.mark.parametrize(
    ("text", "said"),
    [("cheaper ones", Utterance()), ("a dress for a funeral", Utterance(type_words="dress"))],
)
def test_no_remark_where_it_would_disturb(
    text: str, said: Utterance, shop: Shop, turn: Answered, reply: Reply
) -> None:
    turn = replace(turn, text=text, said=said)
    words = "One of these could be lovely for dancing at a wedding."
    assert {p.voice for p in spoken(shop, turn, reply, words, capable=False)} == {"realiser"}


def test_a_capable_model_writes_but_only_what_the_cards_hold(shop: Shop, turn: Answered, reply: Reply) -> None:
    words = "The silk dress, blue, is $35. It also comes in leather. It costs $20 today. A fine choice for you."
    text = "".join(p.text for p in spoken(shop, turn, reply, words, capable=True))
    assert text == "The silk dress, blue, is $35. A fine choice for you."


def test_nothing_that_passes_means_the_realisers_reply(shop: Shop, turn: Answered, reply: Reply) -> None:
    pieces = spoken(shop, turn, reply, "A leather boot for $999.", capable=True)
    assert {p.voice for p in pieces} == {"realiser"}


def test_a_model_that_breaks_off_is_said_and_replaced(shop: Shop, turn: Answered, reply: Reply) -> None:
    pieces = spoken(shop, turn, reply, "The silk dress, blue, is very good", capable=True, model=Broken)
    assert pieces[0].voice == "notice"
    assert [p.text.strip() for p in pieces[1:]] == list(reply.sentences)


def test_the_realiser_passes_its_own_check(shop: Shop, reply: Reply) -> None:
    assert len(reply.sentences) > 1
    checker = Checker(reply.grounds, shop.vocabulary)
    assert not [s for s in reply.sentences if checker.check(s)]


def test_an_empty_state_needs_a_wish(shop: Shop) -> None:
    turn = Answered("", Utterance(), DialogueState(), Retrieval(Outcome.NEED_CLARIFICATION))
    assert compose(turn, shop, Voice("1", 0), ["a red dress"]).brief.task == "ask"
