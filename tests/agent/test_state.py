from __future__ import annotations

import json
from dataclasses import replace

from agent.state import DialogueState, drop, fold
from agent.utterance import Intent, Utterance
from store.schemas import Constraints

BOOTS = Utterance(type_fact="category", type_values=("Boots",), type_words="boots", price_max=100.0)
BOOTS_ALONE = fold(DialogueState(), BOOTS).constraints
COATS = Utterance(type_fact="category", type_values=("Coats",), type_words="coats")


def test_a_budget_for_boots_does_not_leak_to_the_coat() -> None:
    state = fold(fold(DialogueState(), BOOTS), COATS)
    assert state.constraints == Constraints(include={"category": ("Coats",)})
    back = fold(state, Utterance(type_fact="category", type_values=("Boots",), return_to=True))
    assert back.constraints.price_max == 100.0


def test_later_words_win() -> None:
    red = Utterance(include={"color": ("Red",)})
    state = fold(fold(DialogueState(), red), Utterance(include={"color": ("Blue",)}))
    assert state.need.include == {"color": ("Blue",)}
    state = fold(state, Utterance(exclude={"color": ("Blue", "Navy")}))
    assert state.need.include == {}
    state = fold(state, Utterance(include={"color": ("Blue",)}))
    assert state.need.include == {"color": ("Blue",)}
    assert state.need.exclude == {"color": ("Navy",)}


def test_a_newer_bound_wins_over_the_one_it_contradicts() -> None:
    state = fold(fold(DialogueState(), Utterance(price_min=80.0)), Utterance(price_max=50.0))
    assert (state.need.price_min, state.need.price_max) == (None, 50.0)


def test_standing_dislikes_hold_for_later_needs_until_taken_back() -> None:
    state = fold(DialogueState(), Utterance(exclude={"material": ("Leather",)}, lasting=True))
    state = fold(state, BOOTS)
    state = fold(state, COATS)
    assert state.constraints.exclude == {"material": ("Leather",)}
    state = fold(state, Utterance(allow={"material": ("Leather",)}))
    assert state.constraints.exclude == {}


def test_a_phrase_is_refused_until_one_of_its_values_is_taken_back() -> None:
    blue = Utterance(exclude={"color": ("Blue", "Navy")}, exclude_phrases={"blue": ("Blue", "Navy")})
    for lasting in (False, True):
        state = fold(fold(DialogueState(), BOOTS), replace(blue, lasting=lasting))
        assert state.constraints.exclude_words == ("blue",)
        assert fold(state, Utterance(include={"color": ("Red",)})).constraints.exclude_words == ("blue",)
        navy = {"color": ("Navy",)}
        assert fold(state, Utterance(allow=navy)).constraints.exclude_words == ()
        wished = fold(state, Utterance(include=navy))  # what is refused for good, no wish takes back
        assert wished.constraints.exclude_words == (("blue",) if lasting else ())
        assert wished.need.include == ({} if lasting else navy)
        assert drop(state, "never:color" if lasting else "exclude:color").constraints == BOOTS_ALONE


def test_narrowing_keeps_what_was_said() -> None:
    shoes = Utterance(type_fact="category", type_values=("Boots", "Sneakers"), type_words="shoes", price_max=60.0)
    state = fold(fold(DialogueState(), shoes), Utterance(type_fact="category", type_values=("Sneakers",)))
    assert state.constraints.include == {"category": ("Sneakers",)}
    assert state.constraints.price_max == 60.0


def test_rejected_items_never_come_back() -> None:
    state = fold(DialogueState(), BOOTS).with_cards(["a", "b"])
    state = fold(state, Utterance(intent=Intent.REJECT, rejected=("a",)))
    assert state.constraints.exclude_items == ("a",)


def test_starting_over_keeps_only_what_was_saved() -> None:
    state = fold(fold(DialogueState(), BOOTS), Utterance(intent=Intent.LIKE, liked=("a",)))
    state = fold(state, Utterance(intent=Intent.RESET))
    assert (state.needs, state.liked) == ((), ("a",))


def test_every_constraint_can_be_dropped() -> None:
    said = Utterance(
        include={"color": ("Red",)}, exclude={"material": ("Wool",)}, exclude_words=("zip",), in_stock=True
    )
    state = fold(fold(DialogueState(), BOOTS), said)
    for key in ("type", "include:color", "exclude:material", "word:zip", "price_max", "in_stock"):
        state = drop(state, key)
    assert state.constraints == Constraints()


def test_a_state_survives_its_own_json() -> None:
    said = Utterance(include={"color": ("Red",)}, exclude={"material": ("Wool",)}, photo="p.jpg", text="soft")
    state = fold(fold(DialogueState(), BOOTS), said).with_cards(["a"])
    assert DialogueState.from_json(json.loads(json.dumps(state.to_json()))) == state


def test_folding_is_pure() -> None:
    state = fold(DialogueState(), BOOTS)
    before = state.to_json()
    fold(state, COATS)
    assert state.to_json() == before


def test_going_back_to_a_need_that_only_a_fact_names() -> None:
    tights = Utterance(include={"cut": ("Tights",)}, price_max=60.0)
    jackets = Utterance(type_fact="category", type_values=("Jackets",), another=True)
    state = fold(fold(DialogueState(), tights).with_cards(("A",)), jackets)
    assert state.need.type_values == ("Jackets",)
    back = fold(state, Utterance(include={"cut": ("Tights",)}, return_to=True, unrecorded=("cut",)))
    assert (back.need.include, back.need.price_max, back.need.unrecorded) == ({"cut": ("Tights",)}, 60.0, ())


def test_another_thing_after_cards_is_a_need_of_its_own() -> None:
    gift = fold(DialogueState(), Utterance(text="gift", price_max=36.0))
    lamp = Utterance(type_fact="category", type_values=("Lamps",))
    assert fold(gift, lamp).need.price_max == 36.0  # narrows what was said before it had a kind
    assert fold(gift.with_cards(("A",)), replace(lamp, another=True)).need.price_max is None


def test_what_is_for_somebody_else_is_not_for_both() -> None:
    child = fold(
        DialogueState(), Utterance(type_fact="category", type_values=("Boots",), recipient={"age": ("Kids",)})
    )
    man = fold(child, Utterance(recipient={"gender": ("Men",)}))
    assert man.recipient == {"gender": ("Men",)}
    assert man.constraints.include == {"gender": ("Men",), "category": ("Boots",)}


def test_forgetting_what_is_not_carried_goes_back_to_what_was_looked_for() -> None:
    boots = fold(DialogueState(), Utterance(type_fact="category", type_values=("Boots",)))
    brand = fold(boots, Utterance(unknown_type="adidas"))
    assert brand.need.unknown_type == "adidas"
    assert fold(brand, Utterance(dropped=("text:adidas",))).need.type_values == ("Boots",)


def test_a_word_can_be_forgotten() -> None:
    state = fold(DialogueState(), Utterance(type_fact="category", type_values=("Boots",), text="nike light"))
    assert fold(state, Utterance(dropped=("text:nike",))).need.text == "light"


def test_questions_are_kept_as_json() -> None:
    state = fold(DialogueState(), Utterance(type_fact="category", type_values=("Boots",))).with_question("heel")
    assert DialogueState.from_json(state.to_json()) == state
    assert state.with_question("") is state


def test_a_kind_called_as_one_in_hand_goes_on_with_what_was_said_of_it() -> None:
    shoes = Utterance(type_fact="category", type_values=("Boots", "Sandals", "Pumps"), exclude={"brand": ("Marlow",)})
    boots = Utterance(type_fact="category", type_values=("Boots", "Rain Boots"))
    rain = Utterance(type_fact="category", type_values=("Rain Boots", "Boots"))
    state = fold(DialogueState(), shoes)
    assert fold(state, boots).need.exclude == {"brand": ("Marlow",)}
    assert fold(state, rain).need.exclude == {}
