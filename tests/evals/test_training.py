"""The small regressions: they find what is there, keep what is meant, and give the same figures twice."""

from __future__ import annotations

import numpy as np

from assistant import learned
from assistant.reading import refusal, unit_features
from evals.training.fit import Group, fit_chance, fit_choice, fold_of


def groups(seed: int = 0) -> list[Group]:
    """Questions of six candidates in which the first feature marks the right one and the second is noise."""
    rng = np.random.default_rng(seed)
    found = []
    for number in range(60):
        values = rng.normal(size=(6, 2))
        right = (values[:, 0] == values[:, 0].max()).astype(float)
        found.append(Group(f"q-{number}", values, right))
    return found


def test_choice_finds_the_telling_feature():
    model = fit_choice(("telling", "noise"), groups(), {}, 0.01)
    assert model.weights[0] > 1 > 0.3 > abs(model.weights[1])
    unseen = groups(seed=1)
    hits = [np.argmax([model.score(row) for row in one.values]) == np.argmax(one.right) for one in unseen]
    assert sum(hits) >= 55


def test_choice_is_pulled_to_where_it_starts():
    start = {"telling": 0.5, "noise": -2.0}
    free, held = (fit_choice(("telling", "noise"), groups(), start, l2) for l2 in (0.001, 50.0))
    assert abs(held.weights[1] + 2.0) < 0.1 < abs(free.weights[1] + 2.0)


def test_groups_without_a_right_candidate_teach_nothing():
    wrong = Group("none", np.ones((3, 2)), np.zeros(3))
    assert fit_choice(("a", "b"), [*groups(), wrong], {}, 0.01) == fit_choice(("a", "b"), groups(), {}, 0.01)


def test_chance_never_turns_a_feature_against_its_meaning():
    rng = np.random.default_rng(0)
    values = rng.normal(size=(200, 2))
    yes = (values[:, 0] - values[:, 1] > 0).astype(float)
    model = fit_chance(("first", "second"), values, yes, np.ones(200), {"first": 1.0, "second": 1.0}, 0.001)
    assert model.weights[0] > 0.5 and model.weights[1] == 0.0
    assert model.chance((2.0, 0.0)) > 0.8 > 0.2 > model.chance((-2.0, 0.0))


def test_a_fold_depends_on_the_id_alone():
    assert [fold_of(f"s-{n:04}", 5) for n in range(40)] == [fold_of(f"s-{n:04}", 5) for n in range(40)]
    assert {fold_of(f"s-{n:04}", 5) for n in range(40)} == set(range(5))


def test_the_shipped_weights_fit_the_features():
    models = learned.load()
    assert models.unit.names == unit_features.NAMES
    assert models.answer.names == refusal.NAMES
    assert learned.Linear.from_json(models.unit.to_json()) == models.unit
    # What a place, a body or a year that is missing means must survive every fit.
    weights = dict(zip(models.answer.names, models.answer.weights, strict=True))
    assert max(weights["place"], weights["body"], weights["year"], weights["name"]) < -0.5 < 0.5 < weights["odds"]
    assert max(weights["award"], weights["detail"], weights["time"]) < -0.5
