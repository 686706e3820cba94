from __future__ import annotations

import pytest

from agent.clauses import Whose, clauses
from store.schemas import Item

LINEN, LONG, MUG = (Item(str(n), title) for n, title in enumerate(("Linen dress", "Linen dress, long", "Mug")))
THINGS = [(LINEN,), (LONG,), (MUG,)]
NAMED, LAST, WISH, OPEN = Whose.NAMED, Whose.LAST, Whose.WISH, Whose.OPEN


@pytest.mark.parametrize(
    ("sentence", "whose", "named"),
    [
        ("The linen dress, long, is $5.", [NAMED], [["1"]]),
        ("The linen dress is $5, the mug $3.", [NAMED, NAMED], [["0"], ["2"]]),
        ("$5 for the linen dress and $3 for the mug.", [NAMED, NAMED], [["0"], ["2"]]),
        ("The linen dress and the mug are $5.", [NAMED], [["0", "2"]]),
        ("The mug is $5; it is blue.", [NAMED, LAST], [["2"], []]),
        ("The mug: material glass.", [NAMED, LAST], [["2"], []]),
        ("I found 5 dresses, and they are blue.", [WISH, LAST], [[], []]),
        ("The second one is blue.", [NAMED], [["1"]]),
        ("A smug look.", [OPEN], [[]]),
        ("Which length: long or short?", [WISH, WISH], [[], []]),
        ("None of them is blue.", [Whose.NO], [[]]),
        ("2 of them are blue.", [Whose.COUNT], [[]]),
        ("12 dresses match, all of them below.", [WISH], [[]]),
    ],
)
def test_of_what_a_sentence_speaks(sentence: str, whose: list[Whose], named: list[list[str]]) -> None:
    found = clauses(sentence, THINGS, [LINEN, LONG, MUG])
    assert [clause.whose for clause in found] == whose
    assert [[item.item_id for thing in clause.names for item in thing] for clause in found] == named


def test_what_is_quoted_is_no_name_and_stands_apart() -> None:
    (clause,) = clauses("The record of the Mug mentions “linen dress”.", THINGS, [])
    assert clause.names == ((MUG,),)
    assert clause.quotes == ("linen dress",)
    assert "linen" not in clause.text


@pytest.mark.parametrize("title", ['Norvik 27" monitor', 'The "Classic" mug', "The “Classic” mug", '24" x 36" frame'])
def test_a_title_with_a_quotation_mark_is_a_name(title: str) -> None:
    item = Item("9", title)
    told, quoting = f"The {title} is $5; it is blue.", f"The {title} says: “as good as the mug”."
    assert [clause.names for clause in clauses(told, [(MUG,), (item,)], [])] == [((item,),), ()]
    assert [clause.names for clause in clauses(quoting, [(MUG,), (item,)], [])] == [((item,),), ()]
    assert clauses(quoting, [(MUG,), (item,)], [])[-1].quotes == ("as good as the mug",)


def test_inches_within_a_quotation_do_not_end_it() -> None:
    found = clauses('The record of the Mug says: “A 12" band”.', THINGS, [])
    assert [quote for clause in found for quote in clause.quotes] == ['A 12" band']
