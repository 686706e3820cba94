from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from agent.need import Need
from agent.request import SearchArguments, search_arguments
from agent.shop import Shop
from agent.state import DialogueState, fold
from agent.utterance import Intent, Utterance
from tests.agent.conftest import Talk
from tests.agent.small_store import items, small_shop, small_understanding


def test_hard_conditions_stay_hard(talk: Talk, shop: Shop) -> None:
    state = talk("a blue dress under 60, no silk")
    arguments = SearchArguments.model_validate(search_arguments(state, Utterance(), shop))
    assert arguments.constraints() == state.constraints


def test_a_mood_that_nothing_has_only_ranks(talk: Talk, shop: Shop) -> None:
    kept = search_arguments(talk("a party dress"), Utterance(), shop)
    assert kept["include"]["occasion"] == ["Party"]
    moved = search_arguments(talk("a navy dress for work in red"), Utterance(), shop)
    impossible = search_arguments(talk("a red dress for work"), Utterance(), shop)
    assert "occasion" not in impossible["include"]
    assert "work" in impossible["text"]
    assert moved["include"]["category"] == ["Dresses"]


def test_something_else_leaves_out_what_was_shown(talk: Talk, shop: Shop) -> None:
    state = talk("a dress", cards=("DR0", "DR1"))
    said = Utterance(intent=Intent.SOMETHING_ELSE)
    assert search_arguments(state, said, shop)["exclude_items"] == ["DR0", "DR1"]
    assert search_arguments(state, Utterance(), shop)["exclude_items"] == []


def test_an_anchor_gives_its_facts_but_not_the_changed_one(talk: Talk, shop: Shop) -> None:
    state = talk("a dress", "the second one but in green")
    arguments = search_arguments(state, Utterance(intent=Intent.MORE_LIKE), shop)
    assert arguments["include"]["color"] == ["Green"]
    assert "long" in arguments["text"]
    assert "blue" not in arguments["text"]


def test_a_broad_word_ranks_only_where_there_are_no_others(talk: Talk, shop: Shop) -> None:
    assert search_arguments(talk("shoes"), Utterance(), shop)["text"] == "shoes"
    assert search_arguments(talk("shoes for muddy paths"), Utterance(), shop)["text"] == "muddy paths"
    assert "boots" in search_arguments(talk("boots for muddy paths"), Utterance(), shop)["text"]


def test_the_part_of_a_kind_that_was_named_ranks_beside_other_words(shop: Shop) -> None:
    said = Utterance(type_fact="category", type_values=("Bras & Tanks", "Tanks"), type_words="tanks", text="running")
    state = fold(DialogueState(), said)
    assert "tanks" in search_arguments(state, Utterance(), shop)["text"].split()


def test_a_switch_is_searched_by_its_name(tmp_path: Path) -> None:
    stocked = tuple(replace(item, attributes={**item.attributes, "dishwasher_safe": ("yes",)}) for item in items())
    rules = small_understanding(shop := small_shop(tmp_path, stocked))
    state = fold(DialogueState(), rules.understand("dishwasher safe mugs", DialogueState()))
    assert state.need.include["dishwasher_safe"] == ("yes",)
    assert search_arguments(state, Utterance(), shop)["text"] == "mugs dishwasher safe"


def test_phrases_keep_their_words_and_are_said_once(talk: Talk, shop: Shop) -> None:
    state = talk("mugs").with_need(replace(talk("mugs").need, text="safe for pets"))
    state = state.with_need(
        replace(state.need, preferred={"color": ("Blue", "Light Blue"), "safe": ("safe for pets",)})
    )
    assert search_arguments(state, Utterance(), shop)["text"] == "mugs safe for pets light blue"


def test_whom_things_were_for_holds_where_records_of_the_kind_tell_it(shop: Shop) -> None:
    for kind, include in (("Dresses", {"gender": ["Men"]}), ("Mugs", {})):
        need = Need("category", (kind,), include={"color": ("Blue",)})
        state = DialogueState((need,), 0, recipient={"gender": ("Men",)})
        found = search_arguments(state, Utterance(), shop)["include"]
        assert {fact: values for fact, values in found.items() if fact == "gender"} == include
