"""The reader's prompts are those of a plain chat, and it learns from histories what comes next."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from retrievers.item_inputs import STATE_DIM
from retrievers.item_language_model import BEHAVIOUR_DIM
from training.frozen_llm import Asked, FrozenLLM
from training.movielens_reader import QUESTION, Reader
from training.movielens_variants import VARIANTS, MovieMaterial, QFormer, align, padded
from training.movielens_vectors import Histories, folded_in

TITLES = ["Heat", "The Crown", "Film of the Year", "Up", "Dust & Sand", "A Day"]


@pytest.fixture(scope="module")
def material() -> MovieMaterial:
    """Twelve users who take the movies in turn, each from another one on."""
    draw = np.random.default_rng(1)
    factors = draw.normal(size=(len(TITLES), BEHAVIOUR_DIM)).astype(np.float32)
    took = [np.array([(user + step) % len(TITLES) for step in range(5)]) for user in range(12)]
    before = [folded_in(factors, each)[:-1] for each in took]
    states = torch.randn(len(TITLES), 4, STATE_DIM).half()
    pieces = padded([[1 + row, 9] for row in range(len(TITLES))], 32, 0)
    said = torch.ones(len(TITLES), 4, dtype=torch.bool)
    return MovieMaterial(
        TITLES, Histories(factors, factors, took, before), pieces, torch.randn(12, 384), states, said
    )


def test_what_comes_next_is_asked_for_in_a_plain_prompt(llm: FrozenLLM, material: MovieMaterial) -> None:
    reader = Reader("text", material, llm, 2)
    found = reader.scores([np.array([0, 3])], [np.array([1, 4])])[0]
    asked = [Asked((QUESTION, "Heat", "; ", "Up", "; "), TITLES[movie]) for movie in (1, 4)]
    told = llm.tell(asked, torch.zeros(1, 2, 32))
    np.testing.assert_allclose(found, (told.log_probs * told.there).sum(1), atol=1e-3)


def test_rows_of_movies_and_of_the_user_stand_in_the_prompt(llm: FrozenLLM, material: MovieMaterial) -> None:
    reader = Reader("mlp", material, llm, 2)
    found = reader.scores([np.array([0, 3])], [np.array([1])])[0]
    histories = material.histories
    shown = np.stack([histories.movies[0], histories.movies[3], histories.after(np.array([0, 3]))])
    assert reader.projector is not None
    rows = reader.projector(torch.as_tensor(shown), torch.tensor([0, 3, -1]))
    told = llm.tell([Asked((QUESTION, 0, 1, 2), TITLES[1])], rows)
    np.testing.assert_allclose(found, (told.log_probs * told.there).sum(1).detach(), atol=1e-3)


@pytest.mark.parametrize("name", [name for name in VARIANTS if name != "text"])
def test_every_variant_learns_what_comes_next(llm: FrozenLLM, material: MovieMaterial, name: str) -> None:
    reader = Reader(name, material, llm, 2)
    history, after = material.histories.took[0][:4], [np.array([4])]
    first = reader.scores([history], after)[0]
    reader.learn(20, 1e-2)
    assert reader.scores([history], after)[0] > first


def test_likelier_titles_are_those_that_score_higher(llm: FrozenLLM, material: MovieMaterial) -> None:
    reader = Reader("mlp", material, llm, 2)
    history, movies = np.array([0, 3]), np.arange(len(TITLES))
    scores = reader.scores([history], [movies])[0]
    than = int(np.argsort(scores)[2])
    found = reader.likelier(history, than, float(scores[than]), np.array([], dtype=np.int64))
    assert found.keys() == set(np.flatnonzero(scores > scores[than]).tolist())


def test_phase_one_brings_users_near_what_they_take_next(llm: FrozenLLM, material: MovieMaterial) -> None:
    def nearness(projector: QFormer) -> float:
        histories = material.histories
        people = torch.as_tensor(np.stack([before[3] for before in histories.before]))
        nobody = torch.full((len(people),), -1)
        asked = projector.encoder.answers(projector.inputs(people, nobody)).mean(1)
        movies = torch.as_tensor(np.stack([histories.movies[took[3]] for took in histories.took]))
        taken = projector.encoder.answers(projector.inputs(movies, nobody)).mean(1)
        centred = (each - each.mean(0) for each in (asked, taken))
        return float(torch.cosine_similarity(*centred).mean().detach())

    projector = Reader("it+ui", material, llm, 2).projector
    assert isinstance(projector, QFormer)
    before = nearness(projector)
    align(projector, material, ("it", "ui"), 60)
    assert nearness(projector) > before + 0.1
