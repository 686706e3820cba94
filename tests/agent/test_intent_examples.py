"""Messages that no pattern knows are read by their meaning; those about things are left alone.

None of the messages is among the examples, and nothing was chosen on them.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from agent.intent_examples import FILE, SHARE, IntentExamples
from agent.shop import understanding_of
from agent.state import DialogueState, fold
from agent.understanding import RuleUnderstanding
from agent.utterance import Intent
from retrievers.encoders import EmbeddedEncoder
from tests.agent.small_store import small_shop

UNREAD = {
    Intent.THANK: ("what a fabulous service", "you saved my day", "I owe you one", "thanks ever so kindly"),
    Intent.FAREWELL: ("I must dash", "speak again soon", "right, I'm heading home", "that concludes it for now"),
    Intent.CHAT: ("is your day going well", "did you enjoy the holidays", "how have you been lately"),
    Intent.PAUSE: (
        "I need a moment to reflect",
        "let me ask my sister first",
        "my head hurts",
        "still thinking",
        "whoa, sounds superb",
        "oh, that's unfortunate",
        "it's okay, there is no rush",
        "these appear nice",
    ),
    Intent.ADVICE: (
        "which one would you say is the winner",
        "what would you personally choose",
        "I struggle to choose between them",
        "tell me the one to go for",
    ),
    Intent.WHY: ("what's the logic behind this selection", "how did these end up here", "why would I want that"),
    Intent.COMPLAIN: (
        "you did not understand a word",
        "that is the wrong thing again",
        "I asked for something else entirely",
        "what a useless reply",
    ),
    Intent.SOMETHING_ELSE: (
        "nothing I would like here",
        "could there be some others",
        "I am not impressed by these",
        "bring on the next batch",
    ),
    Intent.BROWSE: ("show me what this store is about", "I came without a plan", "what could I find in here"),
    Intent.RECALL: ("could you list my requirements", "what did I mention before", "tell me what I said I want"),
    Intent.SHOP_POLICY: (
        "do you post parcels to ireland",
        "am I able to swap it afterwards",
        "how many days until it gets here",
        "is paypal accepted",
        "who pays the postage",
    ),
    Intent.ABOUT: ("is there a human on the other end", "which things can you help with", "are my words recorded"),
    Intent.OFF_TOPIC: ("who painted the mona lisa", "what's seven times eight", "recommend me a film"),
    Intent.COMPARE: ("in what way do they differ", "what does the costly one have that the other lacks"),
}
ABOUT_THINGS = (
    "something for muddy fields", "a treat for my nan", "for when it snows", "we have a tiny hallway",
    "I would like it to feel fancy", "my niece turns six", "something I can carry on the bus", "do you keep matches",
    "got any yoghurt", "and what about towels", "things for a baby shower", "it has to withstand rain",
    "I go running at night", "nothing too loud", "something festive", "I am allergic to nuts",
    "will it stay warm overnight", "does it bend", "can it be left outside", "is there room for a laptop",
    "do they squeak", "how bright does it get", "would it suit an old lady", "is the handle sturdy",
)  # fmt: skip


@pytest.fixture(scope="module")
def examples(embedded: EmbeddedEncoder) -> IntentExamples:
    return IntentExamples(embedded)


@pytest.fixture(scope="module")
def by_meaning(embedded: EmbeddedEncoder, tmp_path_factory: pytest.TempPathFactory) -> RuleUnderstanding:
    """Understands messages about the small store with the real encoder."""
    return understanding_of(small_shop(tmp_path_factory.mktemp("home")), embedded)


def test_no_message_below_is_an_example() -> None:
    known = set(FILE.read_text(encoding="utf-8").lower().splitlines())
    assert known.isdisjoint({text.lower() for texts in UNREAD.values() for text in texts} | set(ABOUT_THINGS))


def test_most_messages_without_a_known_shape_are_like_their_intent_and_few_like_another(
    examples: IntentExamples,
) -> None:
    found = [(intent, *examples.like(text)) for intent, texts in UNREAD.items() for text in texts]
    sure = [(meant, like) for meant, like, share in found if share >= SHARE and like not in ("search", "details")]
    assert sum(meant is like for meant, like in sure) >= 0.4 * len(found)
    assert sum(meant is not like for meant, like in sure) <= 0.05 * len(found)


def test_a_message_about_things_is_like_nothing_else(examples: IntentExamples) -> None:
    taken = [
        text for text in ABOUT_THINGS if (found := examples.like(text))[1] >= SHARE and not about_things(found[0])
    ]
    assert not taken


def about_things(intent: Intent) -> bool:
    return intent in (Intent.SEARCH, Intent.DETAILS)


def test_what_the_store_names_is_searched_for_however_it_is_said(by_meaning: RuleUnderstanding) -> None:
    said = by_meaning.understand("I struggle to choose a red dress", DialogueState())
    assert said.intent is Intent.SEARCH
    assert said.type_values


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("whoa, sounds superb", Intent.PAUSE),
        ("it's okay, there is no rush", Intent.PAUSE),
        ("oh, that's unfortunate", Intent.PAUSE),
        ("how did you figure that out", Intent.ABOUT),
        ("I'd like to pay less", Intent.SHOP_POLICY),
        ("something that sounds superb", Intent.SEARCH),
        ("I am a girl", Intent.SEARCH),
    ],
)
def test_talk_beside_the_search_starts_none(text: str, meant: Intent, by_meaning: RuleUnderstanding) -> None:
    shown = fold(DialogueState(), by_meaning.understand("red dresses", DialogueState()))
    assert by_meaning.understand(text, shown).intent is meant


def test_nobody_asks_about_cards_that_are_not_there(by_meaning: RuleUnderstanding) -> None:
    nothing_shown = DialogueState()
    assert by_meaning.understand("I struggle to choose between them", nothing_shown).intent is not Intent.ADVICE
    shown = fold(nothing_shown, by_meaning.understand("red dresses", nothing_shown))
    assert by_meaning.understand("is paypal accepted", shown).intent is Intent.SHOP_POLICY


def test_something_similar_is_like_the_card_in_hand_or_the_first_one(by_meaning: RuleUnderstanding) -> None:
    state = fold(DialogueState(), by_meaning.understand("dresses", DialogueState()))
    for talked_about, like in (("DR1", "DR1"), ("", "DR0")):
        table = replace(state, cards=("DR0", "DR1", "DR2"), talked_about=talked_about)
        said = by_meaning.understand("have you got similar ones", table)
        assert (said.intent, said.references) == (Intent.MORE_LIKE, (like,))
