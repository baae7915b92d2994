"""A gate is only worth its floors if every fault that matters turns it red: the real assistant, broken on purpose."""

from __future__ import annotations

import pytest

from evals import suites
from evals.execution import execute, mark_all
from evals.gate import FLOORS, check_figures, read_floors
from evals.mutations import MUTATIONS, swap_digits
from evals.summary import figures


def failing(recorded, system):
    marked = mark_all(execute(recorded.questions, system), recorded.library)
    lines = check_figures("bundled", read_floors(FLOORS)["bundled"], figures(marked))
    return {line.name for line in lines if not line.holds}


def test_the_gate_is_green_for_the_assistant_as_it_is(recorded):
    assert failing(recorded, recorded.system) == set()


@pytest.mark.parametrize(
    ("fault", "seen_by"),
    [
        ("broken_retrieval", {"recall@8"}),
        ("swapped_digits", {"strict", "figures_quoted", "citation_recall"}),
        ("neighbouring_page", {"page"}),
        ("hedging", {"strict", "right_answerable", "false_refusal_max"}),
        ("answering_everything", {"right_unanswerable"}),
    ],
)
def test_every_fault_turns_it_red(recorded, fault, seen_by):
    assert seen_by <= failing(recorded, MUTATIONS[fault](recorded.system))


def test_every_set_that_comes_with_documents_has_floors():
    floors = read_floors(FLOORS)
    assert {name for name in suites.names() if suites.documents(name)} <= floors.keys()


def test_every_mutation_is_tried():
    assert len(MUTATIONS) == 5


@pytest.mark.parametrize(
    ("before", "after"),
    [("20 người [12]", "02 người [12]"), ("1.156", "1.516"), ("11", "11"), ("7", "7"), ("31/7/2014", "13/7/2104")],
)
def test_digits_are_swapped_in_numbers_not_in_markers(before, after):
    assert swap_digits(before) == after
