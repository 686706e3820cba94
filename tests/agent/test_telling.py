"""A model that takes words back, on a model whose words and second choices are given."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import pytest
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage, HumanMessage
from langchain_core.outputs import ChatGenerationChunk, ChatResult
from pydantic import Field

import agent.telling
from agent.briefs import Brief
from agent.drills import Drills
from agent.fact_check import Checker
from agent.grounds import Grounds
from agent.shop import Shop
from agent.telling import MOST_NATS, TRIES, BriefCheck, Telling

Said = tuple[str, str, float]  # a token, the second choice, nats between them


class Given(BaseChatModel):
    """Says what is given for how the reply has begun; ``asked`` are these beginnings."""

    replies: Mapping[str, Sequence[Said]]
    asked: list[str] = Field(default_factory=list)
    further: dict[str, tuple[str, float]] = Field(default_factory=dict)  # by token, one more choice
    speaking: bool = False

    @property
    def _llm_type(self) -> str:
        return "given"

    def _generate(self, messages: list[BaseMessage], *args: Any, **kwargs: Any) -> ChatResult:
        raise NotImplementedError

    def _stream(self, messages: list[BaseMessage], *args: Any, **kwargs: Any) -> Iterator[ChatGenerationChunk]:
        assert not self.speaking, "one reply at a time"
        self.speaking = True
        begun = messages[-1].text if isinstance(messages[-1], AIMessage) else ""
        self.asked.append(begun)
        try:
            for text, other, lead in self.replies.get(begun, [(" Nothing.", "", 9.0)]):
                tokens = ["\N{REPLACEMENT CHARACTER}"] * 2 if text == "₹" else [text]  # its bytes one by one
                choices = [(other, lead), *([self.further[text]] if text in self.further else [])]
                top = [{"token": other, "logprob": -0.1 - lead} for other, lead in choices]
                shares = {"content": [{"token": t, "logprob": -0.1, "top_logprobs": top} for t in tokens]}
                message = AIMessageChunk(content=text)
                yield ChatGenerationChunk(message=message, generation_info={"logprobs": shares})
        finally:
            self.speaking = False


Teller = Callable[[Mapping[str, Sequence[Said]], str], tuple[Telling, Given]]


class Without(BriefCheck):
    """Sentences with a certain word in them have a fault."""

    def __init__(self, wrong: str, shop: Shop) -> None:
        super().__init__(Brief("recommend", 0, ()), Checker(Grounds(), shop.vocabulary))
        self._wrong = wrong

    def faults(self, sentence: str) -> tuple[str, ...]:
        return (self._wrong,) if self._wrong in sentence else ()


@pytest.fixture
def telling(shop: Shop) -> Teller:
    """What is told where sentences with a certain word in them have a fault."""

    def made(replies: Mapping[str, Sequence[Said]], wrong: str) -> tuple[Telling, Given]:
        chat = Given(replies=replies)
        return Telling(chat, [HumanMessage("go")], "", Without(wrong, shop)), chat

    return made


WHOLE = [
    ("It", "A", 2.0),
    (" is", " was", 5.0),
    (" $", " £", 4.0),
    ("6", "9", 0.2),
    (".", "!", 1.0),
    (" Bye", "", 1.0),
    (".", "!", 1.0),
]


def test_a_reply_without_fault_is_told_as_it_comes(telling: Teller) -> None:
    told, chat = telling({"": WHOLE}, "9")
    assert list(told) == ["It is $6.", "Bye."]
    assert (told.whole, told.taken_back, chat.asked) == (True, 0, [""])


def test_the_least_sure_word_is_taken_back_and_the_model_goes_on_from_its_second_choice(telling: Teller) -> None:
    told, chat = telling({"": WHOLE, "It is $9": [(".", "!", 1.0), (" Good", " Bad", 1.0), (".", "!", 1.0)]}, "6")
    assert list(told) == ["It is $9.", "Good."]
    assert (told.whole, told.taken_back, chat.asked) == (True, 1, ["", "It is $9"])


def test_words_are_tried_from_the_least_sure_on_until_one_helps(telling: Teller) -> None:
    replies = {"": WHOLE, "It is $9": [("6.", "", 9.0)], "It is $6!": [(" ", "", 9.0)], "A": [(" lamp.", "", 9.0)]}
    told, chat = telling(replies, "6")
    assert list(told) == ["A lamp."]
    assert chat.asked == ["", "It is $9", "It is $6!", "A"]


def test_the_reply_ends_where_no_word_helps_and_is_not_whole(telling: Teller) -> None:
    first = [("Hello", "Hi", 0.1), (".", "!", 0.1)]
    later = [(f" {n}", f" {n}6", n / 10) for n in range(1, TRIES + 2)]
    told, chat = telling({"": [*first, *later, (" 6.", " 7.", 99.0)]}, "6")
    assert list(told) == ["Hello."]
    assert not told.whole
    assert chat.asked[1:] == [
        "Hello." + "".join(f" {n}" for n in range(1, k)) + f" {k}6" for k in range(1, TRIES + 1)
    ]


def test_two_words_are_taken_back_where_one_is_not_enough(telling: Teller) -> None:
    replies = {
        "": WHOLE,
        "It is $9": [("6", "7", 0.3), (".", "", 9.0)],
        "A": [(" 6.", "", 9.0)],
        "It is £": [("6.", "", 9.0)],
        "It is $97": [(" Bye.", "", 9.0)],
    }
    told, chat = telling(replies, "6")
    assert list(told) == ["It is $97 Bye."]
    assert chat.asked == ["", "It is $9", "It is $6!", "A", "It is £", "It is $97"]


def test_of_one_fault_only_the_least_sure_words_are_taken_back(telling: Teller) -> None:
    digits = [("6", str(n), 2.6 + n / 10) for n in range(5)]
    first = [("At", "For", 1.0), (" $", " £", 3.3), *digits, (" now.", "", 9.0)]
    still = {begun: [("66666.", "", 9.0)] for begun in ("For", "At £", "At $0", "At $61", "At $662")}
    told, chat = telling({"": first, **still}, "66666")
    assert list(told) == []
    assert chat.asked == ["", "For", "At $0", "At $61", "At $662"]


def test_of_two_other_choices_each_is_said_in_its_turn(telling: Teller) -> None:
    told, chat = telling({"": WHOLE, "It is $9": [("6.", "", 9.0)], "It is $5": [(".", "", 9.0)]}, "6")
    chat.further["6"] = ("5", 0.3)
    assert list(told) == ["It is $5."]
    assert chat.asked == ["", "It is $9", "It is $5"]


def test_what_is_far_from_the_first_choice_is_said_for_a_fault_itself_or_for_want_of_a_nearer_one(
    telling: Teller,
) -> None:
    far = MOST_NATS + 0.1
    still = {"A": [(" 6.", "", 9.0)], "It is 7": [("6.", "", 9.0)]}
    told, chat = telling({"": [("It", "A", 1.0), (" is", "s", far), (" 6", " 7", far), (".", "", 9.0)], **still}, "6")
    assert list(told) == []
    assert chat.asked == ["", "A", "It is 7"]
    told, chat = telling({"": [("It", "A", far), (" is", "s", far + 1), (" 5.", "", 9.0)], **still}, ".")
    assert list(told) == []
    assert chat.asked == ["", "A"]


def test_nobody_waits_long_for_the_first_sentence_but_a_later_one_takes_its_time(
    telling: Teller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(agent.telling, "FIRST_SECONDS", -1.0)
    told, chat = telling({"": WHOLE}, "6")
    assert list(told) == []
    assert chat.asked == [""]
    told, chat = telling({"": [("Hi.", "", 9.0), (" 6", " 9", 0.1), (".", "", 9.0)], "Hi. 9": [(".", "", 9.0)]}, "6")
    assert list(told) == ["Hi.", "9."]


def test_a_word_keeps_its_space_and_nothing_is_taken_back_for_nothing(telling: Teller) -> None:
    told, chat = telling({"": [("It", " It", 0.1), (" is", "s", 0.2), (" 6", "", 0.3), (".", "\n", 0.4)]}, "6")
    assert list(told) == []
    assert chat.asked == [""]


def test_words_behind_a_character_of_several_tokens_can_be_taken_back(telling: Teller) -> None:
    told, _ = telling({"": [("₹", "$", 0.1), ("6", "9", 0.2), (".", "", 9.0)], "₹9": [(".", "", 9.0)]}, "6")
    assert list(told) == ["₹9."]


def test_a_later_sentence_keeps_what_was_said_before(telling: Teller) -> None:
    replies = {
        "": [("Hello", "Hi", 0.1), (".", "!", 0.1), (" 6", " Bye", 0.1), (".", "!", 3.0)],
        "Hello. Bye": [(".", "!", 1.0)],
    }
    told, _ = telling(replies, "6")
    assert list(told) == ["Hello.", "Bye."]


@pytest.fixture
def check(shop: Shop) -> BriefCheck:
    items = (shop.catalog.get("DR1"), shop.catalog.get("DR2"))
    brief = Brief("recommend", 0, (), "blue dresses", (items[1].title,), (items[0].title,), ("come first",))
    return BriefCheck(brief, Checker(Grounds(items, wanted=frozenset(["blue", "dress"]), matches=2), shop.vocabulary))


def test_faults_of_sentences(check: BriefCheck, shop: Shop) -> None:
    sold_out, other = shop.catalog.get("DR2").title, shop.catalog.get("DR1").title
    assert check.faults("I have 2 dresses.") == ("opening",)
    assert check.faults("I have 2 blue dresses") == ("end",)
    assert check.faults("I have 2 blue dresses, these 2 come first.") == ("come first",)
    assert check.faults("I have 2 blue dresses.") == ()
    assert check.faults("I have 2 blue dresses.") == ("again",)
    assert check.faults(f"The {sold_out} is here.") == ("stock",)
    assert check.faults(f"The {sold_out} is here, and the {other} is out of stock.") == ("stock",)
    assert check.faults("It is $4,321.") == ("$4,321",)


def test_nothing_that_the_realiser_says_has_a_fault(shop: Shop) -> None:
    for drill in Drills(shop, shop.catalog.items, ["a red dress"], 5).draw(300):
        check = BriefCheck(drill.brief, Checker(drill.reply.grounds, shop.vocabulary))
        assert not [fault for sentence in drill.reply.middle for fault in check.faults(sentence)]
