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
from agent.telling import TRIES, BriefCheck, Telling

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


Teller = Callable[..., tuple[Telling, Given]]


class Without(BriefCheck):
    """Sentences with a certain word in them have a fault, and none may begin with some others."""

    def __init__(self, wrong: str, shop: Shop, never: Sequence[str] = ()) -> None:
        super().__init__(Brief("recommend", 0, (), ()), Checker(Grounds(), shop.vocabulary))
        self._wrong, self._never, self._count = wrong, never, 0

    @property
    def complete(self) -> bool:
        return self._count == 2

    def may_begin(self, begun: str) -> bool:
        return not any(word in begun for word in self._never)

    def faults(self, sentence: str) -> tuple[str, ...]:
        found = (self._wrong,) if self._wrong in sentence else ()
        self._count += not found
        return found


@pytest.fixture
def telling(shop: Shop) -> Teller:
    """What is told where sentences with a certain word in them have a fault."""

    def made(replies: Mapping[str, Sequence[Said]], wrong: str, never: Sequence[str] = ()) -> tuple[Telling, Given]:
        chat = Given(replies=replies)
        return Telling(chat, [HumanMessage("go")], "", Without(wrong, shop, never)), chat

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


def test_of_what_is_worded_right_the_least_sure_word_is_taken_back_and_the_model_goes_on_from_its_second_choice(
    telling: Teller,
) -> None:
    told, chat = telling({"": WHOLE, "It is $9": [(".", "!", 1.0), (" Good", " Bad", 1.0), (".", "!", 1.0)]}, "6")
    assert list(told) == ["It is $9.", "Good."]
    assert (told.whole, told.taken_back, chat.asked) == (True, 1, ["", "It is $9"])


def test_the_word_with_which_a_sentence_left_the_wordings_is_taken_back_first_and_then_the_next_one(
    telling: Teller,
) -> None:
    replies = {
        "": [("It", "A", 0.1), (" is", " was", 0.2), (" odd", " worth", 6.0), (".", "", 9.0)],
        "It is worth": [(" odd", " $6", 7.0), (".", "", 9.0)],
        "It is worth $6": [(".", "", 9.0), (" Bye.", "", 9.0)],
    }
    told, chat = telling(replies, "odd", ["odd"])
    assert list(told) == ["It is worth $6.", "Bye."]
    assert chat.asked == ["", "It is worth", "It is worth $6"]


def test_the_least_sure_word_follows_where_that_leads_nowhere(telling: Teller) -> None:
    replies = {
        "": [("It", "A", 0.2), (" is", " was", 5.0), (" odd", " worth", 6.0), (".", "", 9.0)],
        "It is worth": [(" odd", "", 9.0)],
        "A": [(" lamp.", "", 9.0), (" Bye.", "", 9.0)],
    }
    told, chat = telling(replies, "odd", ["odd"])
    assert list(told) == ["A lamp.", "Bye."]
    assert chat.asked == ["", "It is worth", "A"]


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
        "It was": [(" 6.", "", 9.0)],
        "It is $97": [(" Bye.", "", 9.0)],
    }
    told, chat = telling(replies, "6")
    assert list(told) == ["It is $97 Bye."]
    assert chat.asked == ["", "It is $9", "It is $6!", "A", "It is £", "It was", "It is $97"]


def test_of_two_other_choices_each_is_said_in_its_turn(telling: Teller) -> None:
    told, chat = telling({"": WHOLE, "It is $9": [("6.", "", 9.0)], "It is $5": [(".", "", 9.0)]}, "6")
    chat.further["6"] = ("5", 0.3)
    assert list(told) == ["It is $5."]
    assert chat.asked == ["", "It is $9", "It is $5"]


def test_no_word_is_said_with_which_no_sentence_may_go_on(telling: Teller) -> None:
    replies = {"": WHOLE, "It is $6!": [("", "", 9.0)], "A": [(" lamp.", "", 9.0), (" Bye.", "", 9.0)]}
    told, chat = telling(replies, "6", ["9", "!"])
    assert list(told) == ["A lamp.", "Bye."]
    assert chat.asked == ["", "A"]


def test_nothing_more_is_waited_for_once_a_sentence_cannot_be_said(telling: Teller) -> None:
    heard: list[str] = []

    class Slow(Given):
        def _stream(self, messages: list[BaseMessage], *args: Any, **kwargs: Any) -> Iterator[ChatGenerationChunk]:
            for chunk in super()._stream(messages, *args, **kwargs):
                heard.append(chunk.text)
                yield chunk

    told, chat = telling({}, "odd", ["odd"])
    slow = Slow(replies={"": [("It", "", 9.0), (" odd", "", 9.0), (" thing", "", 9.0), (".", "", 9.0)]})
    assert list(Telling(slow, [HumanMessage("go")], "", told._check)) == []
    assert heard == ["It", " odd"]
    assert not chat.asked


def test_a_reply_that_tells_everything_is_whole_and_what_the_model_adds_is_not_shown(telling: Teller) -> None:
    told, _ = telling({"": [("One.", "", 9.0), (" Two.", "", 9.0), (" Three.", "", 9.0)]}, "x")
    assert list(told) == ["One.", "Two."]
    assert told.whole
    told, _ = telling({"": [("One.", "", 9.0)]}, "x")
    assert list(told) == ["One."]
    assert not told.whole


def test_nobody_waits_long_for_the_first_sentence_but_a_later_one_takes_its_time(
    telling: Teller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(agent.telling, "FIRST_SECONDS", -1.0)
    told, chat = telling({"": WHOLE}, "6")
    assert list(told) == []
    assert chat.asked == [""]
    told, chat = telling({"": [("Hi.", "", 9.0), (" 6", " 9", 0.1), (".", "", 9.0)], "Hi. 9": [(".", "", 9.0)]}, "6")
    assert list(told) == ["Hi.", "9."]


def test_no_word_is_taken_back_for_nothing(telling: Teller) -> None:
    told, chat = telling({"": [("It", "", 0.1), (" is", " ", 0.2), (" 6", "", 0.3), (".", "\n", 0.4)]}, "6")
    assert list(told) == []
    assert chat.asked == [""]


def test_the_end_of_a_sentence_may_take_the_place_of_a_word(telling: Teller) -> None:
    told, _ = telling({"": [("It is $6", "", 9.0), (" or", ".", 0.2), (" odd.", "", 9.0)]}, "odd", ["odd"])
    assert next(iter(told)) == "It is $6."


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
    names = [item.title for item in items]
    replies = (
        ("I have 2 blue dresses.", f"The {names[0]} is $35.", f"The {names[1]} is $4."),
        ("2 blue dresses match.", f"First comes the {names[0]} for $35.", f"The {names[1]} is $4."),
    )
    grounds = Grounds(items, wanted=frozenset(["blue", "dress"]), matches=2)
    return BriefCheck(Brief("recommend", 0, (), replies), Checker(grounds, shop.vocabulary))


def test_sentences_are_held_to_the_wordings_in_their_order_and_to_the_records(check: BriefCheck, shop: Shop) -> None:
    first, second = (shop.catalog.get(item_id).title for item_id in ("DR1", "DR2"))
    assert check.faults(f"The {first} is $35.") == ("The",)  # not yet
    assert check.faults("I have 2 blue dresses") == ("dresses",)  # cut off
    assert check.faults("I have 2 dresses.") == ("dresses.",)
    assert check.faults("2 blue dresses match.") == ()
    assert check.faults("2 blue dresses match.") == ("2",)  # told already
    assert check.faults(f"The {first} is $35.") == ()
    assert check.faults(f"The {second} is $4.") == ("$4",)  # in a wording, but on no record
    assert not check.complete


def test_what_follows_a_whole_reply_is_a_fault(shop: Shop) -> None:
    check = BriefCheck(Brief("ask", 0, (), (("What are you looking for?",),)), Checker(Grounds(), shop.vocabulary))
    assert check.faults("What are you looking for?") == ()
    assert check.complete
    assert not check.may_begin("What")
    assert check.faults("Please tell me.") == ("Please tell me.",)


def test_nothing_that_the_realiser_says_has_a_fault(shop: Shop) -> None:
    for drill in Drills(shop, shop.catalog.items, ["a red dress"], 5).draw(300):
        check = BriefCheck(drill.brief, Checker(drill.reply.grounds, shop.vocabulary))
        assert not [fault for sentence in drill.reply.middle for fault in check.faults(sentence)]
