from __future__ import annotations

import pytest

from agent.chips import chips
from agent.preferences import price_end, soft_spans
from agent.reading import inside
from agent.shopping_agent import ShoppingAgent
from agent.understanding import RuleUnderstanding
from agent.utterance import Intent, Order
from agent.wording import request
from agent.words import tokenise
from store.schemas import UserTurn
from tests.agent.conftest import Talk
from tests.agent.test_understanding import said


@pytest.mark.parametrize(
    ("text", "soft"),
    [
        ("boots, ideally brown", "brown"),
        ("preferably in red or blue, under 60", "red blue"),
        ("a silk dress in green if possible", "green"),
        ("a dress, linen would be nice", "linen"),
        ("ideally red but no wool", "red"),
        ("if possible, a jacket", ""),
        ("red is fine but I prefer brown", "brown"),
        ("I'd prefer blue to red", "blue"),
        ("linen is fine but silk is better", "silk"),
        ("silk is preferable", "silk"),
        ("if it's silk even better", "silk"),
        ("even better if it's silk", "silk"),
        ("red is better than blue", ""),
        ("is it possible in green", ""),
    ],
)
def test_scope(text: str, soft: str) -> None:
    spans = soft_spans(text)
    words = [t for t in tokenise(text) if t.text in ("red", "blue", "green", "brown", "linen", "wool", "silk", "60")]
    assert " ".join(word.text for word in words if inside(word.start, spans)) == soft


def test_preferences_rank_and_do_not_filter(talk: Talk) -> None:
    state = talk("a dress under 60, ideally red", "preferably in silk", cards=())
    assert state.constraints.to_json() == {"include": {"category": ["Dresses"]}, "price_max": 60}
    assert state.need.preferred == {"color": ("Red",), "material": ("Silk",)}
    assert request(state, "USD") == "dresses under $60, preferably red and in silk"
    assert [c.label for c in chips(state, "USD") if c.key == "prefer:color"] == ["preferably red"]


def test_a_preference_gives_way_to_a_wish_and_to_a_refusal(talk: Talk) -> None:
    wished = talk("a dress, ideally red", "it must be blue").need
    assert (wished.preferred, wished.include) == ({}, {"color": ("Blue",)})
    assert talk("a blue dress", "ideally red").need.include == {}
    assert talk("a dress, ideally silk", "no silk").need.preferred == {}


def test_a_kind_that_is_preferred_does_not_replace_the_kind_in_hand(talk: Talk) -> None:
    state = talk("a dress", "ideally boots")
    assert (state.need.type_values, state.need.preferred) == (("Dresses",), {"category": ("Boots",)})
    assert talk("ideally boots").need.type_values == ("Boots",)


def test_what_is_preferred_comes_first_and_nothing_else_is_kept_out(agent: ShoppingAgent) -> None:
    session_id, state = agent.start("cli")
    *_, last = agent.respond(session_id, state, UserTurn("boots, preferably beige"))
    assert last.state.cards[0] == "BO5"  # type: ignore[union-attr]
    assert len(last.state.cards) == 6  # type: ignore[union-attr]
    assert "preferably beige" in last.text  # type: ignore[union-attr]
    assert "mentions" not in last.text  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("something at the top end", Order.DEAREST),
        ("a high-end dress", Order.DEAREST),
        ("from the lower end of the range", Order.CHEAPEST),
        ("a dress, cheap-ish", Order.CHEAPEST),
        ("low budget: dresses", Order.CHEAPEST),
        ("I'm on a tight budget, dresses please", Order.CHEAPEST),
        ("boots that aren't too expensive", Order.CHEAPEST),
    ],
)
def test_an_end_of_the_range_is_an_order(text: str, order: Order, understanding: RuleUnderstanding) -> None:
    heard = said(understanding, text)
    assert (heard.intent, heard.order, heard.text) == (Intent.SEARCH, order, "")
    assert price_end("the back end") is None


@pytest.mark.parametrize(
    ("text", "color", "preferred"),
    [
        ("I don't mind black", (), {}),
        ("I wouldn't mind black", (), {}),
        ("black is fine", (), {}),
        ("I'm okay with black", (), {}),
        ("black is fine but red is better", (), {"color": ("Red",)}),
        ("black is okay but I prefer red", (), {"color": ("Red",)}),
        ("red, black is fine", ("Red",), {}),
        ("red or black is fine", ("Red", "Black"), {}),
        ("black would do", (), {}),
        ("hmm black ok too", (), {}),
        ("ok, black too", ("Black",), {}),
        ("what if I took black", (), {}),
        ("I'd take black too", (), {}),
        ("a black one would do", ("Black",), {}),
        ("I'd take a black dress too", ("Black",), {}),
        ("I'd like black too", ("Black",), {}),
        ("a black dress is fine", ("Black",), {}),
    ],
)
def test_what_would_do_is_no_condition(
    text: str, color: tuple[str, ...], preferred: dict[str, tuple[str, ...]], talk: Talk
) -> None:
    need = talk("a dress", text).need
    assert (need.include.get("color", ()), need.preferred, need.text) == (color, preferred, "")


@pytest.mark.parametrize(
    "text",
    ["black is fine", "black is fine too", "I wouldn't mind black", "what if I allow black", "I'd take black too"],
)
def test_what_would_do_widens_what_is_bounded(text: str, talk: Talk) -> None:
    assert talk("a red dress", text).need.include == {"color": ("Red", "Black")}
    state = talk("a dress", "no black", text)
    assert (state.need.include, state.constraints.exclude) == ({}, {})


@pytest.mark.parametrize(
    "text",
    [
        "if blue is not available then black",
        "if blue isn't available, black",
        "blue if you have it, otherwise black",
        "blue, otherwise black",
        "blue, or if not then black",
        "blue or if not, black",
        "blue, if it's not available then black",
        "blue if available, if not black",
    ],
)
def test_an_alternative_is_as_welcome_and_comes_after(text: str, talk: Talk) -> None:
    need = talk("boots", text).need
    assert (need.include, need.preferred) == ({"color": ("Blue", "Black")}, {"color": ("Blue",)})
    assert (need.exclude, need.text) == ({}, "")


@pytest.mark.parametrize("text", ["not necessarily blue", "not just blue", "not only blue"])
def test_what_is_not_only_wanted_is_no_condition(text: str, talk: Talk) -> None:
    assert talk("boots", text).need.include == talk("blue boots", text).need.include == {}
    assert talk("boots", "not only blue but also black").need.include == {"color": ("Blue", "Black")}


def test_too_adds_to_what_is_wanted_and_takes_back_what_is_refused(talk: Talk) -> None:
    assert talk("blue boots", "black too").need.include == {"color": ("Blue", "Black")}
    state = talk("boots", "no black", "black as well")
    assert (state.need.include, state.constraints.exclude) == ({}, {})
    state = talk("blue boots", "no black", "black ones too")
    assert (state.need.include, state.constraints.exclude) == ({"color": ("Blue", "Black")}, {})
    assert talk("boots", "no black", "black").need.include == {"color": ("Black",)}


def test_starting_over_with_one_fact_keeps_the_others(talk: Talk) -> None:
    state = talk("red leather boots", "no Marlow", "start over with the colours")
    assert state.need.include == {"material": ("Leather",)}
    assert state.constraints.exclude == {"brand": ("Marlow",)}
    assert talk("red leather boots", "start over").constraints.to_json() == {}
