from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from langchain_core.messages import AIMessage, HumanMessage, SystemMessage

from agent.errors import EngineUnavailable
from agent.slots import Place, as_text, block, content, has_slots, parts, without_oldest_item, words, written
from retrievers.soft_tokens import Slot, SlotKind

ITEM, USER, HISTORY, TASK = SlotKind.ITEM, SlotKind.USER, SlotKind.HISTORY, SlotKind.TASK


def read(template: str, **given: str | dict[str, object]) -> list[str | Slot]:
    found = parts(HumanMessage(content(template, **given)))
    return [part.slot if isinstance(part, Place) else part for part in found]


def test_every_kind_of_slot_in_a_template() -> None:
    assert read("{task:explain}Why {item:D1} and{user:u-7}after {history:[D1, gid://x/2,D3]}?{history:[]}") == [
        Slot(TASK, ("explain",)),
        "Why ",
        Slot(ITEM, ("D1",)),
        " and",
        Slot(USER, ("u-7",)),
        "after ",
        Slot(HISTORY, ("D1", "gid://x/2", "D3")),
        "?",
        Slot(HISTORY, ()),
    ]


AWKWARD = [
    "a b",
    "a,b",
    "{item:D1}",
    "]",
    "[a, b]",
    '"',
    "\\",
    '\\"',
    "}",
    "{{",
    "a\nb",
    "ü",
    "\ud800",
    " ",
    "1:2",
    "'",
]


@pytest.mark.parametrize("id_", AWKWARD)
def test_awkward_ids_survive(id_: str) -> None:
    assert read(written(Slot(ITEM, (id_,)))) == [Slot(ITEM, (id_,))]
    assert read(f"a{written(Slot(HISTORY, (id_, 'D1', id_)))}b") == ["a", Slot(HISTORY, (id_, "D1", id_)), "b"]


@given(st.lists(st.text(min_size=1), min_size=1, max_size=4), st.text())
def test_any_ids_and_any_words_survive(ids: list[str], said: str) -> None:
    slot = Slot(HISTORY, tuple(ids))
    assert read(f"{written(slot)}{{said}}{written(slot)}", said=said) == [slot, *([said] if said else []), slot]


@pytest.mark.parametrize("said", ["{item:D1}", "{history:[D1]}", "{said}", "{{", "}", '{item:"D 1"}'])
def test_what_a_shopper_says_is_never_a_slot(said: str) -> None:
    message = HumanMessage(content("Shopper: {said}", said=said))
    assert not has_slots([message, HumanMessage(said)])
    assert "".join(map(str, parts(message))) == f"Shopper: {said}"


def test_slots_are_given_by_name_too() -> None:
    liked = block(HISTORY, ["D1", "D2"], ["red hat", "blue hat"])
    (message,) = [HumanMessage(content("{{Liked}}: {liked}.", liked=liked))]
    assert list(parts(message)) == [
        "{",
        "Liked",
        "}",
        ": ",
        Place(Slot(HISTORY, ("D1", "D2")), ("red hat", "blue hat")),
        ".",
    ]


@pytest.mark.parametrize("template", ["{item}", "{item:}", "{item:a b}", "{users:1}", "}", "a {", "{item:D1", "{0}"])
def test_a_stray_brace_in_a_template_is_named(template: str) -> None:
    with pytest.raises(ValueError, match="neither a slot nor one of \\['said'\\]"):
        content(template, said="")


def test_number_of_ids_and_texts() -> None:
    with pytest.raises(ValueError, match=r"kind user has one id, not \['a', 'b'\]"):
        content("{user:[a, b]}")
    with pytest.raises(ValueError, match="1 texts do not go"):
        block(HISTORY, ["D1", "D2"], ["one"])


def test_a_picture_is_no_part_that_is_known() -> None:
    with pytest.raises(ValueError, match="'image_url'"):
        list(parts(HumanMessage([{"type": "image_url", "image_url": {"url": "x"}}])))


def test_words_in_the_place_of_slots() -> None:
    chat = [SystemMessage("Shop."), HumanMessage(content("{task:ask}A {it}!", it=block(ITEM, ["D1"], ["red hat"])))]
    assert [m.content for m in as_text(chat, lambda place: words(place, None))] == ["Shop.", "A red hat!"]
    with pytest.raises(EngineUnavailable, match=r'nothing else to read for \{item:"D1"\}'):
        as_text([HumanMessage(content("{item:D1}"))], lambda place: words(place, None))


def test_items_are_dropped_from_the_oldest_history_first() -> None:
    chat = [
        SystemMessage(content("{task:compare}Shop.")),
        HumanMessage(content("{item:D1} then {history:[H1, H2]} by {user:u}")),
        AIMessage("Yes."),
        HumanMessage(content("{history:[H3]}{item:D2}")),
    ]
    dropped, left = [], chat
    while shorter := without_oldest_item(left):
        left, item_id = shorter
        dropped.append(item_id)
    assert dropped == ["H1", "H2", "H3", "D1", "D2"]
    assert [list(parts(message)) for message in left] == [
        [Place(Slot(TASK, ("compare",))), "Shop."],
        [" then ", " by ", Place(Slot(USER, ("u",)))],
        ["Yes."],
        [],
    ]
    assert len(list(parts(chat[1]))) == 5  # the messages given are as they were
