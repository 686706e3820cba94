from __future__ import annotations

from agent.utterance import Intent, Utterance
from agent.values import difference, in_force, set_fields, tuples, union, unique, without, without_key, without_same

RED = {"color": ("Red", "Blue"), "size": ("M",)}


def test_values_are_added_and_taken_away_fact_by_fact() -> None:
    assert union(RED, {"color": ("Blue", "Green")}) == {"color": ("Red", "Blue", "Green"), "size": ("M",)}
    assert difference(RED, {"color": ("Red",), "size": ("M",)}) == {"color": ("Blue",)}
    assert without_key(RED, "color") == {"size": ("M",)}
    assert without_same(RED, {"size": ("M",), "color": ("Red",)}) == {"color": ("Red", "Blue")}
    assert unique(("b", "a", "b")) == ("b", "a")
    assert without(("a", "b", "a"), ("a",)) == ("b",)


def test_a_phrase_is_in_force_while_all_that_it_refuses_is_refused() -> None:
    phrases = {"animal": ("Leather", "Wool"), "wool": ("Wool",), "silk": ("Silk",)}
    assert in_force(phrases, {"material": ("Wool",), "lining": ("Leather",)}) == ("animal", "wool")
    assert in_force(phrases, {"material": ("Wool",)}) == ("wool",)


def test_only_what_was_set_is_written_and_lists_come_back_as_tuples() -> None:
    said = Utterance(intent=Intent.LIKE, liked=("MU0",))
    assert set_fields(said) == {"intent": Intent.LIKE, "liked": ("MU0",)}
    assert tuples({"shown": ["a"], "include": {"color": ["Red"]}, "text": "x"}) == {
        "shown": ("a",),
        "include": {"color": ("Red",)},
        "text": "x",
    }
