from __future__ import annotations

import pytest

from agent.acts import said_by_acts
from agent.events import Finished
from agent.shop import Shop
from agent.shopping_agent import ShoppingAgent
from agent.state import DialogueState
from agent.utterance import Intent
from store.errors import StoreError
from store.schemas import Act, ActKind, UserTurn


def _turn(agent: ShoppingAgent, state: DialogueState, text: str, *acts: Act) -> Finished:
    *_, last = agent.respond("x", state, UserTurn(text, acts=acts), record=False)
    assert isinstance(last, Finished), last
    return last


def test_what_was_pressed_before_a_message_is_heard_with_it(agent: ShoppingAgent) -> None:
    before = _turn(agent, DialogueState(), "dresses").state
    kept, other, refused = before.cards[:3]
    acts = (Act(ActKind.LIKE, kept), Act(ActKind.LIKE, other), Act(ActKind.REJECT, refused))
    after = _turn(agent, before, "under 100", *acts).state
    assert after.liked == (kept, other)
    assert refused in after.constraints.exclude_items
    assert refused not in after.cards
    assert after.constraints.price_max == 100
    assert after.turns == before.turns + 1


def test_a_question_is_about_the_card_that_was_opened_before_it(agent: ShoppingAgent, shop: Shop) -> None:
    before = _turn(agent, DialogueState(), "dresses").state
    opened = before.cards[2]
    answer = _turn(agent, before, "what colour is it?", Act(ActKind.DETAILS, opened))
    assert answer.state.talked_about == opened
    assert shop.catalog.get(opened).title.split()[0] in answer.text


def test_a_list_that_was_saved_to_just_now_is_not_empty(agent: ShoppingAgent, shop: Shop) -> None:
    before = _turn(agent, DialogueState(), "dresses").state
    saved = before.cards[1]
    assert shop.catalog.get(saved).title in _turn(agent, before, "what did I save?", Act(ActKind.LIKE, saved)).text
    liked = _turn(agent, before, "", Act(ActKind.LIKE, saved)).state
    assert "empty" in _turn(agent, liked, "what did I save?", Act(ActKind.UNLIKE, saved)).text


def test_of_two_presses_on_one_heart_the_later_counts(agent: ShoppingAgent, shop: Shop) -> None:
    first, second = _turn(agent, DialogueState(), "dresses").state.cards[:2]
    on, off = ActKind.LIKE, ActKind.UNLIKE
    said = said_by_acts((Act(on, first), Act(on, second), Act(off, second), Act(off, first), Act(on, first)), shop)
    assert (said.intent, said.liked, said.unliked) == (Intent.LIKE, (first,), (second,))
    with pytest.raises(StoreError, match="ghost"):
        said_by_acts((Act(on, "ghost"),), shop)


def test_who_takes_a_heart_back_is_told_what_is_saved(agent: ShoppingAgent, shop: Shop) -> None:
    first, second, third = _turn(agent, DialogueState(), "dresses").state.cards[:3]
    liked = _turn(agent, DialogueState(), "", *(Act(ActKind.LIKE, each) for each in (first, second, third))).state
    answer = _turn(agent, liked, "", Act(ActKind.UNLIKE, first), Act(ActKind.UNLIKE, second))
    assert answer.state.liked == (third,)
    assert shop.catalog.get(third).title in answer.text
    assert shop.catalog.get(first).title not in answer.text


def test_a_price_that_an_edit_crosses_is_told_to_be_gone(agent: ShoppingAgent) -> None:
    before = _turn(agent, DialogueState(), "dresses from 50 to 80 dollars").state
    answer = _turn(agent, before, "", Act(ActKind.EDIT, "price_max", "40"))
    assert (answer.state.constraints.price_min, answer.state.constraints.price_max) == (None, 40.0)
    assert "“From $50” no longer holds" in answer.text


def test_of_several_acts_without_words_none_is_lost(agent: ShoppingAgent) -> None:
    before = _turn(agent, DialogueState(), "dresses").state
    gone, kept, also = before.cards[:3]
    refused = Act(ActKind.REJECT, gone)
    for beside in (Act(ActKind.LIKE, kept), Act(ActKind.DETAILS, kept)):
        for acts in ((refused, beside), (beside, refused)):
            after = _turn(agent, before, "", *acts).state
            assert after.constraints.exclude_items == (gone,)
            assert after.liked == ((kept,) if beside.kind is ActKind.LIKE else ())
            assert after.turns == before.turns + 1
    opened = _turn(agent, before, "", Act(ActKind.DETAILS, kept), Act(ActKind.LIKE, also))
    assert (opened.state.liked, opened.state.talked_about) == ((also,), kept)
    assert opened.outcome == "answered"


def test_a_chip_that_goes_after_a_press_stays_gone(agent: ShoppingAgent) -> None:
    before = _turn(agent, DialogueState(), "dresses under 100").state
    like_it = Act(ActKind.MORE_LIKE, before.cards[0])
    after = _turn(agent, before, "", like_it, Act(ActKind.DROP, "anchor"), Act(ActKind.DROP, "price_max")).state
    assert (after.need.anchor, after.constraints.price_max) == ("", None)
    assert _turn(agent, before, "", Act(ActKind.DROP, "price_max"), like_it).state.need.anchor == before.cards[0]


def test_an_item_is_refused_once_where_the_talk_goes_on_to_another_kind(agent: ShoppingAgent) -> None:
    dresses = _turn(agent, DialogueState(), "dresses").state
    boots = _turn(agent, dresses, "boots").state
    refused, wanted = boots.cards[0], dresses.cards[1]
    acts = (Act(ActKind.REJECT, refused), Act(ActKind.MORE_LIKE, wanted))
    after = _turn(agent, boots, "", *acts).state
    assert {need.type_values: need.rejected for need in after.needs} == {("Dresses",): (), ("Boots",): (refused,)}
    assert after.need.anchor == wanted
    assert after.turns == boots.turns + 1


def test_a_press_leaves_what_no_record_tells_as_it_was(agent: ShoppingAgent) -> None:
    before = _turn(agent, DialogueState(), "boots for a party").state
    assert before.need.unrecorded == ("occasion",)
    refused, opened = before.cards[:2]
    for text, acts in (("", (Act(ActKind.DETAILS, opened),)), ("what colour is the first one?", ())):
        after = _turn(agent, before, text, Act(ActKind.REJECT, refused), *acts).state
        assert after.need.rejected == (refused,)
        assert after.need.unrecorded == ("occasion",)
