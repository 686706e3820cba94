from __future__ import annotations

import pytest

from agent.no_kinds import names_no_kind
from agent.shop import Shop
from agent.state import DialogueState
from agent.understanding import RuleUnderstanding
from agent.utterance import Intent
from agent.verdicts import with_verdicts_as_no
from agent.vocabulary import Vocabulary
from agent.words import tokenise
from tests.agent.conftest import Talk


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("nylon makes me itch", "no nylon ;"),
        ("cotton irritates my skin, silk please", "no cotton ; , silk please"),
        ("not silk, silk scratches", "not silk , no silk ;"),
        ("not silk because silk scratches me", "not silk because no silk ;"),
        ("I hate silk, silk itches", "i hate silk , no silk ;"),
        ("I find red rather loud", "i find no red ;"),
        ("she finds red depressing", "she finds no red ;"),
        ("red is too bright for me", "no red ;"),
        ("blue is a bit old-fashioned", "no blue ;"),
        ("my wife says red is old-fashioned", "my wife says no red ;"),
        ("my wife says red is ugly", "my wife says no red ;"),
        ("silk is too delicate", "no silk ;"),
        ("I find silk too delicate", "i find no silk ;"),
        ("find red loud speakers", "find red loud speakers"),
        ("jackets that are loud", "jackets that are loud"),
        ("the dress is too bright", "the dress is too bright"),
        ("I don't find red too loud", "i don't find red too loud"),
        ("not too bright", "not too bright"),
        ("silk gives me a bad rash and cotton is fine", "no silk ; and cotton is fine"),
        ("nylon itches", "no nylon ;"),
        ("boots hurt my feet", "no boots ;"),
        ("leather pinches me", "no leather ;"),
        ("my old boots pinch my toes", "my old boots ;"),
        ("boots that don't hurt my feet", "boots that don't hurt my feet"),
        ("my daughter gets rashes from nylon", "my daughter no nylon"),
        ("Marlow is not my brand", "no marlow ;"),
        ("red looks cheap", "no red ;"),
        ("nylon not needed", "no nylon ;"),
        ("too much red", "not so red"),
        ("not a fan", ""),
        ("nylon is still a no-go", "no nylon ;"),
        ("nylon still isn't okay", "no nylon ;"),
        ("nylon is definitely not ok", "no nylon ;"),
        ("red is really just ugly", "no red ;"),
        ("red doesn't suit me", "no red ;"),
        ("blue is not my colour", "no blue ;"),
        ("blue isn't for me", "no blue ;"),
        ("leather is a total no-go", "no leather ;"),
        ("I think red and blue are ugly", "i think no red and blue ;"),
        ("silk, nylon and cotton make me itch", "no silk , nylon and cotton ;"),
        ("a jacket and nylon makes me itch", "a jacket and no nylon ;"),
        ("the red ones are hideous", "the no red ones ;"),
        ("leather? no thanks", "no leather ;"),
        ("leather boots? yuck", "no leather boots ;"),
        ("leather? no", "no leather ;"),
        ("I have a nylon allergy", "i have a no nylon ;"),
        ("keep away from nylon", "no nylon"),
        ("steer clear of nylon", "no nylon"),
        ("I'm so tired of seeing red", "i'm no red"),
        ("enough with the red", "no the red"),
        ("I've had enough of red", "i've no red"),
        ("I'm allergic to silk", "i'm no silk"),
        ("I'm not allergic to silk", "i'm silk"),
        ("not a big fan of red", "no red"),
        ("she isn't keen on red", "she no red"),
        ("I don't care for red", "i no red"),
        ("yuck, red", "no red"),
        ("less red", "not so red"),
        ("nylon makes me itch - any cotton ones?", "no nylon ; any cotton ones ?"),
        ("you think red is ugly?", "you think red is ugly ?"),
        ("is red ugly?", "is red ugly ?"),
        ("does nylon make me itch?", "does nylon make me itch ?"),
        ("red is not ugly", "red is not ugly"),
        ("the second one is ugly", "the second one ;"),
        ("the dress is ugly", "the dress ;"),
        ("my old jacket is ugly", "my old jacket ;"),
        ("not a fan of these dresses", "dresses"),
        ("warm enough with a hood", "warm enough with a hood"),
        ("boots that don't make me itch", "boots that don't make me itch"),
        ("dresses for women are boring", "dresses for women ;"),
        ("something not fancy", "something not fancy"),
        ("easy on boots", "easy on boots"),
        ("less than 50", "less than 50"),
        ("they are not for me but for my son", "they are not for me but for my son"),
    ],
)
def test_a_judgment_becomes_a_plain_refusal(text: str, written: str, shop: Shop) -> None:
    tokens = with_verdicts_as_no(tokenise(text), text, shop.vocabulary.sense)
    assert " ".join(token.text for token in tokens) == written


@pytest.mark.parametrize(
    "text",
    ["nylon makes me itch", "nylon? no thanks", "allergic to nylon", "stay away from nylon", "nylon is ugly"],
)
def test_what_is_judged_is_refused_and_nothing_is_left_to_look_for(text: str, talk: Talk) -> None:
    state = talk("jackets", text)
    assert state.constraints.exclude == {"material": ("Nylon",)}
    assert (state.need.include, state.need.text) == ({}, "")


def test_an_allergy_lasts(talk: Talk) -> None:
    assert talk("jackets", "I'm allergic to nylon").never == {"material": ("Nylon",)}


def test_a_wish_beside_a_judgment_stays(talk: Talk) -> None:
    need = talk("jackets", "red is not my colour, something in blue").need
    assert (need.include["color"], need.exclude["color"]) == (("Blue",), ("Red",))


@pytest.mark.parametrize(
    "text", ["is nylon itchy?", "is red ugly?", "you think red is ugly?", "does nylon itch?", "is red too loud?"]
)
def test_a_judgment_that_is_asked_for_is_no_wish(text: str, talk: Talk) -> None:
    state = talk("jackets", text)
    assert (state.need.include, state.constraints.exclude, state.need.text) == ({}, {}, "")


@pytest.mark.parametrize("text", ["not a fan", "not a fan of these", "I'm not a big fan of those."])
def test_who_likes_none_of_the_cards_wants_others(text: str, understanding: RuleUnderstanding, talk: Talk) -> None:
    heard = understanding.understand(text, talk("jackets", cards=("JA0", "JA1")))
    assert (heard.intent, heard.exclude_words, heard.text) == (Intent.SOMETHING_ELSE, (), "")
    assert understanding.understand("not a fan of red", DialogueState()).exclude["color"] == ("Red",)


def test_less_of_a_measure_is_no_value_that_only_has_its_word() -> None:
    vocabulary = Vocabulary({"category": {"Boots": 2}, "duty": {"Heavy Duty": 1, "Light Duty": 1}})
    tokens = tokenise("less heavy")
    assert [names_no_kind(tokens, m) for m in vocabulary.mentions(tokens)] == [True]


def test_less_of_a_palette_is_none_of_it(talk: Talk) -> None:
    assert talk("dresses", "less bright colours").need.include == {}
    assert "Red" in talk("dresses", "less bright colours").need.exclude["color"]
