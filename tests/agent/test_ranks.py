from __future__ import annotations

from collections.abc import Sequence

import pytest

from agent.clauses import Clause, Whose
from agent.grounds import Grounds
from agent.ranks import misplaced
from tests.agent.small_store import items

STOCK = {item.item_id: item for item in items()}
# Now 15, 35 and 50 dollars; rated 3.5, 3.7 and 3.9.
CHEAP, MIDDLE, DEAR = ((STOCK[item_id],) for item_id in ("MU0", "MU1", "MU2"))
TABLE = Grounds(items=(*CHEAP, *MIDDLE, *DEAR), matches=3)


def _wrong(text: str, *things: Sequence[object], given: Grounds = TABLE, before: Sequence[object] = ()) -> list[str]:
    clause = Clause(text, Whose.NAMED, tuple(things))  # type: ignore[arg-type]
    return list(misplaced([(clause, things)], given, before))  # type: ignore[arg-type, list-item]


@pytest.mark.parametrize(
    ("text", "true", "false"),
    [
        ("The # is the cheapest.", CHEAP, MIDDLE),
        ("The # costs the most.", DEAR, CHEAP),
        ("The # is the best rated.", DEAR, MIDDLE),
        ("The # has the lowest rating.", CHEAP, DEAR),
        ("First comes the #.", CHEAP, DEAR),
        ("My top pick is the #.", CHEAP, MIDDLE),
    ],
)
def test_the_most_of_the_table_is_said_of_one_item_only(
    text: str, true: Sequence[object], false: Sequence[object]
) -> None:
    assert _wrong(text, true) == []
    assert len(_wrong(text, false)) == 1


def test_of_the_others_is_said_without_those_that_were_named() -> None:
    sentence = "The cheapest of the others is the #."
    assert _wrong(sentence, MIDDLE) == []
    assert _wrong(sentence, CHEAP) == ["cheapest"]
    assert _wrong(sentence, DEAR, before=(CHEAP, MIDDLE)) == []


def test_of_all_that_the_store_has_nothing_is_said_while_matches_are_not_shown() -> None:
    sentence = "The # is the cheapest we have."
    assert _wrong(sentence, CHEAP) == []
    assert _wrong(sentence, CHEAP, given=Grounds(items=TABLE.items, matches=9)) == ["cheapest"]


@pytest.mark.parametrize(
    ("text", "fine", "wrong"),
    [
        ("The # is cheaper.", CHEAP, DEAR),
        ("The # costs more.", DEAR, CHEAP),
        ("The # is better rated.", DEAR, CHEAP),
        ("It is cheaper than the #.", DEAR, CHEAP),
    ],
)
def test_a_comparison_is_with_what_was_named_last(text: str, fine: Sequence[object], wrong: Sequence[object]) -> None:
    assert _wrong(text, fine, before=(MIDDLE,)) == []
    assert len(_wrong(text, wrong, before=(MIDDLE,))) == 1


def test_what_stands_beside_the_first_is_what_is_compared() -> None:
    assert _wrong("Compared with the #, the # is cheaper.", DEAR, CHEAP) == []
    assert _wrong("Compared with the #, the # is cheaper.", CHEAP, DEAR) == ["cheaper"]


def test_nothing_is_cheaper_than_the_cheapest_alone() -> None:
    assert _wrong("Nothing is cheaper than the #.", CHEAP) == []
    assert _wrong("Nothing is cheaper than the #.", DEAR) == ["cheaper"]
    near = Grounds(items=TABLE.items, met=False)  # of what is asked for there is none; the cards only come near
    assert _wrong("Nothing is cheaper than the #.", DEAR, given=near) == []


def test_a_question_ranks_nothing() -> None:
    assert _wrong("Shall I show the cheapest?", DEAR) == []
