"""Every question is answered from the records of the items that it shows, and shows none that is held out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from store.schemas import Item
from tests.retrievers.small_shop import item
from tests.training.small_material import ITEMS, SPLIT, TAKEN, small_material
from training import ilm_tasks
from training.frozen_llm import Asked, FrozenLLM
from training.ilm_tasks import (
    BANDS,
    HISTORY,
    Drawn,
    Questions,
    band,
    band_edges,
    colour,
    description,
    difference,
)

DRESS, MUG, LAMP = ITEMS[:3]
TRAIN_TAKEN = [[at for at in taken if at in SPLIT.train] for taken in TAKEN]
WORDINGS = {
    name: getattr(ilm_tasks, f"{name.upper()}_ASKED")
    for name in ("name", "names", "type", "colour", "band", "describe", "differ", "next", "together")
}


@pytest.fixture(scope="module")
def drawn(llm: FrozenLLM) -> Drawn:
    """Some hundred questions about the items to learn from."""
    return Questions(small_material(llm), SPLIT.train, seed=1).draw(600)


def about(drawn: Drawn, asked: Asked) -> list[int]:
    """What a question's rows stand for."""
    return [drawn.rows[part] for part in asked.question if isinstance(part, int)]


def task_of(asked: Asked) -> str:
    return next(name for name, wordings in WORDINGS.items() if str(asked.question[-1]).strip() in wordings)


def of_task(drawn: Drawn, task: str) -> list[tuple[list[int], str]]:
    found = [(about(drawn, asked), asked.answer) for asked in drawn.asked if task_of(asked) == task]
    assert len(found) >= 3
    return found


def test_each_row_belongs_to_one_question(drawn: Drawn) -> None:
    numbers = [part for asked in drawn.asked for part in asked.question if isinstance(part, int)]
    assert numbers == list(range(len(drawn.rows)))
    assert len(drawn.asked) == 600
    assert all(asked.answer for asked in drawn.asked)


def test_nothing_held_out_is_asked_about_or_answered(drawn: Drawn) -> None:
    assert {at for at in drawn.rows if at >= 0} == set(SPLIT.train)
    held = [ITEMS[at].title for at in (*SPLIT.dev, *SPLIT.test)]
    assert not [asked for asked in drawn.asked if any(title in asked.answer for title in held)]


@pytest.mark.parametrize("part", [SPLIT.dev, SPLIT.test])
def test_questions_about_other_parts_stay_within_them(llm: FrozenLLM, part: list[int]) -> None:
    drawn = Questions(small_material(llm), part, seed=1).draw(60)
    assert set(drawn.rows) == set(part)  # no shopper has taken enough of these


def test_names_and_facts_are_those_of_the_records(drawn: Drawn) -> None:
    edges = band_edges(ITEMS)
    for task, answer in (
        ("name", lambda it: it.title),
        ("type", lambda it: it.category),
        ("colour", colour),
        ("band", lambda it: band(it, edges)),
        ("describe", description),
    ):
        for rows, said in of_task(drawn, task):
            assert [said] == [answer(ITEMS[at]) for at in rows]
    for rows, said in of_task(drawn, "names"):
        assert said.split("\n") == [ITEMS[at].title for at in rows]
        assert len(rows) == 3
    for rows, said in of_task(drawn, "differ"):
        assert said == difference(*(ITEMS[at] for at in rows))


def test_what_is_next_was_taken_next(drawn: Drawn) -> None:
    asked = of_task(drawn, "next")
    assert {len(rows) for rows, _ in asked} == {1, HISTORY}
    for rows, said in asked:
        if len(rows) == 1:
            taken = TRAIN_TAKEN[-1 - rows[0]]
            assert said in [ITEMS[at].title for at in taken[HISTORY:]]
        else:
            assert any(
                taken[at : at + HISTORY] == rows and ITEMS[taken[at + HISTORY]].title == said
                for taken in TRAIN_TAKEN
                for at in range(len(taken) - HISTORY)
            )


def test_what_goes_together_was_taken_by_one_shopper(drawn: Drawn) -> None:
    asked = of_task(drawn, "together")
    assert {said for _, said in asked} == {"Yes", "No"}
    for (one, other), said in asked:
        sharing = [taken for taken in TRAIN_TAKEN if one in taken and other in taken]
        assert ITEMS[one].category != ITEMS[other].category
        if said == "Yes":
            assert sharing
        else:
            assert any(one in taken and other not in taken for taken in TRAIN_TAKEN)


def test_shoppers_are_asked_about_where_they_took_enough(llm: FrozenLLM, drawn: Drawn) -> None:
    """The first shopper has five items to learn from, the second five, the third one."""
    assert {at for at in drawn.rows if at < 0} == {-1, -2}
    few = small_material(llm, taken=([0, 1, 2], [3, 10, 11, 9]))
    asked = Questions(few, SPLIT.train, seed=1).draw(300).asked
    assert {task_of(each) for each in asked}.isdisjoint({"next", "together"})


def test_the_same_seed_draws_the_same(llm: FrozenLLM, drawn: Drawn) -> None:
    material = small_material(llm)
    assert Questions(material, SPLIT.train, seed=1).draw(600) == drawn
    assert Questions(material, SPLIT.train, seed=2).draw(600) != drawn


def test_bands_are_thirds_of_the_prices() -> None:
    items = [replace(DRESS, price=price) for price in (1.0, 2.0, 3.0, 40.0, 50.0, 60.0, 700.0, 800.0, 900.0)]
    edges = band_edges(items)
    assert [band(each, edges) for each in items] == [each for each in BANDS for _ in range(3)]
    assert band(replace(DRESS, price=None), edges) == ""
    assert band_edges([replace(DRESS, price=None)]) == (0.0, 0.0)
    assert band(replace(DRESS, price=900.0, sale_price=2.0), edges) == "low"


def test_sentences_by_hand() -> None:
    coat = Item(
        "c", "Coat", product_type="Wear > Coats", attributes={"material": ("Wool", "Silk"), "fit": ("Loose",)}
    )
    assert description(coat) == "coats: wool, silk; loose."
    assert description(DRESS) == "red dress: wood."
    assert description(item("x", "X", "K", "Navy", 1.0)) == ""  # nothing is recorded beside colour and type
    assert difference(DRESS, MUG) == "dress against mug, the first costs less"
    assert difference(ITEMS[3], DRESS) == "blue against red, the first costs more"
    assert difference(DRESS, DRESS) == ""
    assert difference(replace(DRESS, price=None), LAMP) == "dress against lamp"
    assert colour(item("x", "X", "K", "Navy", 1.0)) == "navy"
    assert colour(Item("x", "X")) == ""
