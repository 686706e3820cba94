from __future__ import annotations

from agent.item_replies import total
from agent.realiser import Voice
from agent.shopping_agent import ShoppingAgent
from agent.small_talk import small_talk
from agent.utterance import Intent
from agent.wording import money
from tests.agent.small_store import talk


def test_small_talk_is_answered_shortly_and_keeps_the_search(agent: ShoppingAgent) -> None:
    asked, *others = talk(agent, "silk dresses under 60", "how are you", "lol ok", "thanks", "hmm")
    chat, nod, thanks, pause = (turn.text for turn in others)
    assert all((turn.state.need, turn.state.cards) == (asked.state.need, asked.state.cards) for turn in others)
    for text in (chat, nod, pause):
        assert "dresses" in text
        assert len(text) < 160
        assert "did not get" not in text
    assert "welcome" in thanks
    assert "welcome" not in pause


def test_what_was_said_and_saved_so_far_is_recalled(agent: ShoppingAgent) -> None:
    empty, _, saved, recalled = talk(
        agent, "what did I save?", "silk dresses", "save the first one", "what did I like so far?"
    )
    assert "still empty" in empty.text
    title = saved.text.removeprefix("Saved: the ").removesuffix(" is on your list.")
    assert title.startswith("Silk dress")
    title, cost = title.rstrip(","), total([agent.card(saved.state.liked[0]).item]).cost
    assert recalled.text == f"On your list: the {title}, {cost}. We are looking at dresses in silk."
    assert recalled.state.cards == saved.state.cards


def test_the_list_is_added_up(agent: ShoppingAgent) -> None:
    *_, asked = talk(agent, "dresses", "save the first one", "save the second one", "what's the total?")
    items = [agent.card(item_id).item for item_id in asked.state.liked]
    assert f", together {money(sum(item.price_now or 0 for item in items), 'USD')}." in asked.text
    *_, found = talk(agent, "dresses with a total price under 60")
    assert found.outcome == "found"


def test_what_is_new_is_in_no_record(agent: ShoppingAgent) -> None:
    *_, asked = talk(agent, "silk dresses", "what's new this week?")
    assert "none of its records" in asked.text
    assert asked.state.need.include == {"material": ("Silk",)}


def test_what_is_to_be_bought_is_saved_and_the_shop_named_for_the_rest(agent: ShoppingAgent) -> None:
    _, bought, saved = talk(agent, "silk dresses", "add the first one to my cart", "save the second one")
    assert bought.text.startswith("Saved: the Silk dress")
    assert "cannot place orders" in bought.text
    assert "orders" not in saved.text


def test_several_things_are_saved_at_once(agent: ShoppingAgent) -> None:
    _, saved = talk(agent, "silk dresses", "I'll take the first two")
    assert len(saved.state.liked) == 2
    assert saved.text.startswith("Saved: the Silk dress")
    assert saved.text.endswith("are on your list.")


def test_small_talk_before_any_wish_asks_for_one() -> None:
    for turn in range(6):
        for intent in (Intent.CHAT, Intent.PAUSE):
            _, asked = small_talk(Voice("a", turn), intent, "")
            assert asked.endswith("?") or "Tell me" in asked
