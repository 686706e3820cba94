from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from agent.both_ways import places
from agent.events import Failed, Finished, Recommended, Step, TextDelta, Understood
from agent.photos import KeptPhotos
from agent.shopping_agent import ShoppingAgent
from agent.slots import as_text
from agent.state import DialogueState
from store.errors import StoreError
from store.schemas import Act, ActKind, UserTurn
from store.transcripts import Transcripts
from tests.agent.small_store import items, small_agent, small_shop, talk
from tests.retrievers.small_shop import picture


def test_the_events_of_a_turn_come_in_order(agent: ShoppingAgent) -> None:
    session_id, state = agent.start("page")
    events = list(agent.respond(session_id, state, UserTurn("a red dress under 60")))
    kinds = [type(event) for event in events]
    assert kinds[:3] == [Understood, Step, Recommended]
    assert set(kinds[3:-1]) == {TextDelta}
    assert kinds[-1] is Finished
    assert events[-1].text == "".join(e.text for e in events if isinstance(e, TextDelta)).strip()  # type: ignore[union-attr]


def test_a_turn_that_searched_tells_how_and_whether_it_reranked(
    agent: ShoppingAgent, transcripts: Transcripts
) -> None:
    searched, thanked = talk(agent, "a red dress under 60", "thank you")
    assert searched.trace is not None
    assert "dress" in searched.trace.request
    assert thanked.trace is None
    session_id, state = agent.start("page")
    *_, last = agent.respond(session_id, state, UserTurn("a red dress"), rerank=False)
    assert isinstance(last, Finished)
    assert transcripts.turns(session_id)[0].turn.versions["reranking"] == "off"
    assert "reranking" not in searched.versions


def test_a_turn_about_products_has_a_prompt_and_a_greeting_has_none(agent: ShoppingAgent) -> None:
    greeted, searched, opened = talk(agent, "hello", "dresses under 60", "tell me about the first one")
    assert greeted.prompt == ()
    card = searched.state.cards[0]
    assert [place.slot.ids for place in places(searched.prompt)][:2] == [("recommend",), (card,)]
    assert "Wanted: dresses under $60" in as_text(searched.prompt, lambda place: "")[-1].text
    assert [place.slot.ids for place in places(opened.prompt)] == [("explain",), (card,)]


def test_ratings_that_are_texts_stop_no_turn(transcripts: Transcripts, tmp_path: Path) -> None:
    """As a store holds them that was imported before ratings were read."""
    told = dict(zip(("DR0", "DR1", "DR2", "DR3"), ("3,2", "3,5", "4/5", "good"), strict=True))
    stocked = tuple(
        replace(item, price=20.0, sale_price=None, attributes={**item.attributes, "rating": (told[item.item_id],)})
        for item in items()
        if item.item_id in told
    )
    agent = small_agent(small_shop(tmp_path / "home", stocked), transcripts, tmp_path)
    shown, _, which = talk(agent, "dresses", "dresses from the best rated on", "which has the best reviews?")
    assert "Best rated of the others is the Cotton dress, navy, with 4/5." in shown.text
    assert which.text.startswith("The Cotton dress, navy")


def test_a_finished_turn_is_already_kept_and_can_be_restored(agent: ShoppingAgent, transcripts: Transcripts) -> None:
    session_id, state = agent.start("page")
    last = list(agent.respond(session_id, state, UserTurn("a blue dress, no linen")))[-1]
    assert isinstance(last, Finished)
    stored = transcripts.turns(session_id)[0]
    assert stored.turn_id == last.turn_id
    restored = agent.restore(session_id)
    assert restored.state == last.state
    assert [c.item.item_id for c in restored.turns[0].cards] == [i.item_id for i in stored.turn.shown]
    assert {chip.key for chip in restored.chips} >= {"type", "include:color", "exclude:material"}


def test_nothing_of_a_declined_turn_is_written(
    agent: ShoppingAgent, transcripts: Transcripts, tmp_path: Path
) -> None:
    picture("red").save(tmp_path / "photo.png")
    turn = UserTurn("a dress like this", (str(tmp_path / "photo.png"),))
    last = list(agent.respond("nobody", DialogueState(), turn, record=False))[-1]
    assert isinstance(last, Finished)
    assert last.turn_id == ""
    assert transcripts.sessions(10) == []
    assert not list((tmp_path / "photos").glob("*"))


def test_something_else_never_repeats(agent: ShoppingAgent) -> None:
    turns = talk(agent, "shoes", "something else", "more options")
    seen = [set(turn.state.cards) for turn in turns]
    assert seen[0]
    assert not seen[0] & seen[1]
    assert not (seen[0] | seen[1]) & (seen[2] - seen[1])


@pytest.mark.parametrize(
    "then",
    ["something else", "cheapest first", "the best rated ones", "more like the first one", "under 5", "over 200"],
)
@pytest.mark.parametrize("first", ["shoes", "something for a party"])
def test_the_trace_has_the_order_of_the_cards(agent: ShoppingAgent, then: str, first: str) -> None:
    for turn in talk(agent, first, then):
        assert turn.trace
        assert turn.state.cards
        best = [turn.trace.item_ids[at] for at in turn.trace.order]
        assert tuple(best[: len(turn.state.cards)]) == tuple(turn.state.cards)


def test_a_photo_stays_in_view_for_the_words_that_follow(agent: ShoppingAgent, tmp_path: Path) -> None:
    picture("blue").save(tmp_path / "photo.png")
    first, second = talk(agent, UserTurn("a dress like this", (str(tmp_path / "photo.png"),)), "but in green")
    assert first.state.need.photo
    assert Path(first.state.need.photo).parent == Path("photos")  # relative, so that the home folder can move
    assert (tmp_path / first.state.need.photo).is_file()
    assert second.state.need.photo == first.state.need.photo
    assert second.state.need.changed == ("color",)
    (tmp_path / "photo.png").unlink()
    assert talk(agent, "a dress")[0].outcome == "found"


def test_a_file_that_is_no_photo_ends_the_turn_kindly(agent: ShoppingAgent, tmp_path: Path) -> None:
    (tmp_path / "cv.jpg").write_bytes(b"%PDF-1.7 nothing to see")
    session_id, state = agent.start("page")
    last = list(agent.respond(session_id, state, UserTurn("like this", (str(tmp_path / "cv.jpg"),))))[-1]
    assert isinstance(last, Failed)
    assert "photo" in last.message


def test_buttons_are_turns_too(agent: ShoppingAgent) -> None:
    session_id, state = agent.start("page")

    def act(kind: ActKind, target: str, value: str = "") -> Finished:
        nonlocal state
        last = list(agent.respond(session_id, state, UserTurn(acts=(Act(kind, target, value),))))[-1]
        assert isinstance(last, Finished), last
        state = last.state
        return last

    state = talk(agent, "dresses under 60, no linen")[0].state
    assert "SI" not in act(ActKind.REJECT, "DR1").state.cards
    assert "DR1" not in state.cards
    assert act(ActKind.LIKE, "DR2").state.liked == ("DR2",)
    assert act(ActKind.UNLIKE, "DR2").state.liked == ()
    assert "Cotton dress" in act(ActKind.DETAILS, "DR2").text
    assert act(ActKind.MORE_LIKE, "DR2").state.need.anchor == "DR2"
    assert act(ActKind.EDIT, "price_max", "90").state.need.price_max == 90
    assert act(ActKind.DROP, "exclude:material").state.need.exclude == {}


def test_nothing_cheaper_does_not_block_what_follows(agent: ShoppingAgent) -> None:
    turns = talk(agent, "the cheapest mugs", "cheaper", "in blue")
    assert turns[1].outcome == "nothing_in_range"
    assert "Nothing cheaper" in turns[1].text
    assert turns[2].outcome == "found"


def test_more_like_that_after_a_like_starts_from_it_and_brings_others(agent: ShoppingAgent) -> None:
    session_id, state = agent.start("page")
    state = talk(agent, "dresses")[0].state
    liked = state.cards[2]
    for turn in (UserTurn(acts=(Act(ActKind.LIKE, liked),)), UserTurn("more like that")):
        *_, last = agent.respond(session_id, state, turn)
        assert isinstance(last, Finished)
        state = last.state
    assert state.need.anchor == liked
    assert liked not in state.cards


def test_what_was_said_of_a_change_is_not_said_again_of_the_next_one(agent: ShoppingAgent) -> None:
    turns = talk(agent, "dresses", "the first one but in green", "something cheaper")
    assert "style you picked" in turns[1].text
    assert "style you picked" not in turns[2].text


def test_that_a_style_is_not_there_is_said_once_and_again_only_of_another_wish(
    transcripts: Transcripts, tmp_path: Path
) -> None:
    more = [replace(i, item_id=f"X{n}", item_group_id="dress-9") for n, i in enumerate(items()) if i.item_id == "DR3"]
    agent = small_agent(small_shop(tmp_path, (*items(), *more)), transcripts, tmp_path)
    turns = talk(agent, "dresses", "the second one but in black", "in linen", "size S", "in green")
    told = ["style you picked" in turn.text for turn in turns]
    assert [turn.outcome for turn in turns] == ["found"] * 4 + ["nothing_in_range"]
    assert told == [False, True, False, False, False]
    again = talk(agent, "dresses", "the second one but in black", "in green")[-1]
    assert "the style you picked exists in green" in again.text


def test_nothing_cheaper_is_said_of_what_was_on_the_table(agent: ShoppingAgent) -> None:
    turns = talk(agent, "the most expensive mugs", "the first one but in red", "cheaper")
    assert turns[1].outcome == "found"
    red = agent.card(turns[1].state.cards[0]).item
    assert turns[2].outcome == "nothing_in_range"
    assert red.title in turns[2].text


def test_a_place_without_a_card_is_no_new_search(agent: ShoppingAgent) -> None:
    asked, beyond, *many = talk(agent, "a red dress", "the second one", "boots", "the seventh one")
    assert "only one" in beyond.text
    assert beyond.state.cards == asked.state.cards
    assert "not that many" in many[1].text


def test_outcomes_are_values(agent: ShoppingAgent) -> None:
    outcomes = {
        text: talk(agent, text)[0].outcome for text in ("boots", "boots under 3", "a piano", "I hate red", "hi")
    }
    assert outcomes == {
        "boots": "found",
        "boots under 3": "nothing_in_range",
        "a piano": "not_carried",
        "I hate red": "need_clarification",
        "hi": "answered",
    }


def test_a_store_without_product_types_is_searched_by_text(tmp_path: Path, transcripts: Transcripts) -> None:
    shop = small_shop(tmp_path, tuple(replace(item, product_type="") for item in items()))
    assistant = small_agent(shop, transcripts, tmp_path)

    def outcome(text: str) -> tuple[str, set[str]]:
        last = talk(assistant, text)[0]
        return last.outcome, {item_id[:2] for item_id in last.state.cards}

    assert outcome("do you have boots?") == ("found", {"BO"})
    assert outcome("looking for trainers") == ("found", {"SN"})  # sneakers here
    assert outcome("a red mug or a cup") == ("found", {"MU"})
    assert outcome("a ceramic thing for my desk, a vessel of ceramic")[0] == "found"  # no title ends on such a word
    assert outcome("a piano")[0] == "not_carried"


def test_a_session_of_another_store_is_not_resumed(agent: ShoppingAgent, transcripts: Transcripts) -> None:
    with pytest.raises(StoreError, match="other"):
        agent.restore(transcripts.start_session("other", "page"))


def test_an_act_on_an_unknown_item_fails_by_name(agent: ShoppingAgent) -> None:
    last = list(agent.respond("x", DialogueState(), UserTurn(acts=(Act(ActKind.LIKE, "ghost"),)), record=False))[-1]
    assert isinstance(last, Failed)
    assert "ghost" in last.message


def test_pictures_are_made_small_once(agent: ShoppingAgent, tmp_path: Path) -> None:
    Image.new("RGB", (3000, 2000), (0, 0, 255)).save(tmp_path / "big.png")
    kept = talk(agent, UserTurn("like this", (str(tmp_path / "big.png"),)))[0].state.need.photo
    with Image.open(tmp_path / kept) as image:
        assert max(image.size) <= 1024


def test_what_no_record_holds_is_said_and_only_ranks(agent: ShoppingAgent) -> None:
    hooded, fancy = talk(agent, "hooded sneakers", "something dishwasher-proof")
    assert hooded.outcome == "found"
    assert "hood" in hooded.text
    assert "None of the sneakers that match is marked for hooded" in hooded.text
    assert "hood" not in hooded.state.constraints.include
    assert "mentions" in fancy.text


def test_two_wishes_are_both_told(agent: ShoppingAgent) -> None:
    first, second = talk(agent, "a red lamp and a blue mug", "now the mug")
    assert "noted mugs" in first.text
    assert second.state.constraints.include["category"] == ("Mugs",)
    assert "Blue" in second.state.constraints.include["color"]


def test_a_kept_photo_is_found_where_the_home_folder_moved(agent: ShoppingAgent, tmp_path: Path) -> None:
    picture("red").save(tmp_path / "photo.png")
    state = talk(agent, UserTurn("a mug like this", (str(tmp_path / "photo.png"),)))[0].state
    moved = tmp_path / "elsewhere"
    moved.mkdir()
    (tmp_path / "photos").rename(moved / "photos")
    kept = KeptPhotos(moved)
    assert kept.find(state.need.photo) == moved / state.need.photo
    assert kept.find(f"/old/home/{state.need.photo}") == moved / state.need.photo  # as states used to name it
    assert kept.find("photos/gone.jpg") is None


def test_complaints_are_answered_with_what_is_in_force(agent: ShoppingAgent) -> None:
    last = talk(agent, "a silk dress", "that's not what I wanted")[-1]
    assert last.outcome == "answered"
    assert "silk" in last.text


def test_the_unreadable_is_told_kindly(agent: ShoppingAgent) -> None:
    assert "English" in talk(agent, "ich suche einen grünen Mantel")[0].text


def test_nothing_is_asked_twice(agent: ShoppingAgent) -> None:
    asked = [turn.state.need.questions for turn in talk(agent, "apparel", "under 200", "under 190")]
    assert all(len(set(questions)) == len(questions) for questions in asked)
    assert len(asked[1]) > len(asked[0]) > 0


def test_fixed_words_are_said_whatever_the_store_sells(transcripts: Transcripts, tmp_path: Path) -> None:
    mugs = tuple(item for item in items() if item.category == "Mugs")
    tables = tuple(replace(item, product_type="Home > Tables", title=f"{item.title} table") for item in mugs)
    agent = small_agent(small_shop(tmp_path, tables), transcripts, tmp_path)
    assert "not that many on the table" in talk(agent, "tables", "the ninth one")[-1].text


def test_what_never_was_there_is_not_called_seen(agent: ShoppingAgent) -> None:
    first, more = talk(agent, "boots in size 45", "something else")
    assert first.outcome == more.outcome == "nothing_in_range"
    assert "seen all" not in more.text
    assert "That was everything" not in more.text


def test_what_is_left_is_called_other(agent: ShoppingAgent) -> None:
    assert "other apparel" in talk(agent, "apparel", "next")[-1].text


def test_the_cheapest_that_is_not_wanted_is_not_counted(agent: ShoppingAgent) -> None:
    (turn,) = talk(agent, "mugs, not the cheapest")
    assert "Ceramic mug, red" not in turn.text
    assert len(turn.state.cards) == 5
    assert "5 mugs" in turn.text


def test_a_department_for_people_has_things_for_them(transcripts: Transcripts, tmp_path: Path) -> None:
    stocked = tuple(replace(item, product_type=item.product_type.replace("Apparel", "Women")) for item in items())
    (end,) = talk(small_agent(small_shop(tmp_path, stocked), transcripts, tmp_path), "what do you sell?")
    assert "This store has things for women, footwear, home and kitchen." in end.text


def test_the_nearest_are_told_to_miss_a_number_that_only_titles_tell(
    transcripts: Transcripts, tmp_path: Path
) -> None:
    stocked = [replace(item, title=f"{item.title}, 12 oz") if item.category == "Mugs" else item for item in items()]
    agent = small_agent(small_shop(tmp_path, tuple(stocked)), transcripts, tmp_path)
    (nearest,) = talk(agent, "a mug with 20 oz")
    assert "These come nearest; they differ in that measure." in nearest.text
