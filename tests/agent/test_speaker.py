from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from langchain.messages import AIMessage
from langchain_core.language_models import GenericFakeChatModel
from langchain_core.messages import BaseMessage

from agent.drills import SHARES
from agent.errors import EngineBusy, EngineUnavailable
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
FIRST = "I have 2 blue dresses under $60, all of them below."


class Broken(GenericFakeChatModel):
    """Breaks off after its first words."""

    def _stream(self, messages: list[BaseMessage], *args: Any, **kwargs: Any) -> Iterator[Any]:
        for number, chunk in enumerate(super()._stream(messages, *args, **kwargs)):
            if number > 3:
                raise EngineUnavailable("gone")
            yield chunk


@pytest.fixture
def turn(shop: Shop, talk: Talk) -> Answered:
    found = tuple(Recommendation(shop.catalog.get(item_id), 1, 1.0, ("bm25",)) for item_id in ("DR1", "DR2"))
    return Answered(TEXT, Utterance(type_words="dress"), talk(TEXT), Retrieval(Outcome.FOUND, found, matches=2))


@pytest.fixture
def reply(turn: Answered, shop: Shop) -> Reply:
    return compose(turn, shop, Voice("1", 0), ["a red dress"])


def spoken(
    shop: Shop,
    turn: Answered,
    reply: Reply,
    words: str,
    capable: bool,
    model: type = GenericFakeChatModel,
    tasks: frozenset[str] = frozenset(SHARES),
) -> Any:
    chat = model(messages=iter([AIMessage(words)]))
    return list(Speaker(chat, shop.vocabulary, capable, "scripted", lambda: tasks).speak(turn, reply))


def test_a_model_with_a_learned_prompt_tells_the_brief_in_its_words(shop: Shop, turn: Answered, reply: Reply) -> None:
    words = list(compose(turn, shop, Voice("1", 1), ["a red dress"]).middle)
    assert words != list(reply.middle)
    pieces = spoken(shop, turn, reply, " ".join(words), capable=False)
    assert [p.text.strip() for p in pieces if p.voice == "model"] == words
    assert [p.text.strip() for p in pieces if p.voice == "realiser"] == [*reply.before, *reply.after]


@pytest.mark.parametrize(
    "second",
    [
        "It is only $12 today.",  # not its price
        "The silk dress in blue, 35 dol",  # cut off
        FIRST,  # said before
    ],
)
def test_from_the_first_unfit_sentence_on_the_realiser_speaks(
    second: str, shop: Shop, turn: Answered, reply: Reply
) -> None:
    words = f"{FIRST} {second}"
    pieces = spoken(shop, turn, reply, words, capable=False)
    said = {voice: [p.text.strip() for p in pieces if p.voice == voice] for voice in ("model", "realiser")}
    assert said["model"] == [FIRST]
    assert said["realiser"] == [*reply.before, *reply.middle[1:], *reply.after]


def test_without_a_learned_prompt_the_realiser_speaks(shop: Shop, turn: Answered, reply: Reply) -> None:
    pieces = spoken(shop, turn, reply, "Good.", capable=False, tasks=frozenset(["ask"]))
    assert [(p.text.strip(), p.voice) for p in pieces] == [(s, "realiser") for s in reply.sentences]


def test_where_a_small_model_breaks_off_the_realiser_goes_on(shop: Shop, turn: Answered, reply: Reply) -> None:
    pieces = spoken(shop, turn, reply, "The silk dress in blue is very good", capable=False, model=Broken)
    assert [(p.text.strip(), p.voice) for p in pieces] == [(s, "realiser") for s in reply.sentences]


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


class BrokenLater(GenericFakeChatModel):
    """Breaks off in its second sentence, which it has said most of."""

    def _stream(self, messages: list[BaseMessage], *args: Any, **kwargs: Any) -> Iterator[Any]:
        for chunk in super()._stream(messages, *args, **kwargs):
            if chunk.text == "choice":
                raise EngineUnavailable("the cable was pulled")
            yield chunk


def test_a_model_that_breaks_off_after_a_sentence_is_said_to_and_the_records_follow(
    shop: Shop, turn: Answered, reply: Reply, caplog: pytest.LogCaptureFixture
) -> None:
    words = "The silk dress, blue, is $35. A fine choice for you."
    pieces = spoken(shop, turn, reply, words, capable=True, model=BrokenLater)
    assert [p.voice for p in pieces[:2]] == ["model", "notice"]
    assert pieces[0].text.strip() == "The silk dress, blue, is $35."
    assert "broke off" in pieces[1].text
    assert [p.text.strip() for p in pieces[2:]] == list(reply.sentences)
    assert "the cable was pulled" in caplog.text


class Loading(GenericFakeChatModel):
    """Is not there yet."""

    def _stream(self, *args: Any, **kwargs: Any) -> Iterator[Any]:
        raise EngineBusy("loading")


@pytest.mark.parametrize(("model", "warned"), [(Loading, 0), (Broken, 1)])
def test_a_small_model_that_fails_is_warned_of_and_one_that_loads_is_not(
    model: type, warned: int, shop: Shop, turn: Answered, reply: Reply, caplog: pytest.LogCaptureFixture
) -> None:
    pieces = spoken(shop, turn, reply, "I have 2 blue dresses under $60.", capable=False, model=model)
    assert [p.text.strip() for p in pieces] == list(reply.sentences)
    assert sum(record.levelno >= logging.WARNING for record in caplog.records) == warned


def test_the_realiser_passes_its_own_check(shop: Shop, reply: Reply) -> None:
    assert len(reply.sentences) > 1
    checker = Checker(reply.grounds, shop.vocabulary)
    assert not [s for s in reply.sentences if checker.check(s)]


def test_an_empty_state_needs_a_wish(shop: Shop) -> None:
    turn = Answered("", Utterance(), DialogueState(), Retrieval(Outcome.NEED_CLARIFICATION))
    assert compose(turn, shop, Voice("1", 0), ["a red dress"]).brief.task == "ask"
