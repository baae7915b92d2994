"""Whether an answer stands in the units found, judged from features that a question's typing must not change."""

from __future__ import annotations

import pytest

from assistant.reading.refusal import NAMES
from assistant.state import Request, State
from ingest.clean import fold

QUESTIONS = [
    "Hội đồng Thi đua - Khen thưởng tỉnh có bao nhiêu ủy viên?",
    "Chủ tịch UBND tỉnh tặng bằng khen cho bao nhiêu tập thể?",
    "Công tác khen thưởng đột xuất chậm do nguyên nhân gì?",
]


def support(assistant, question):
    state = State(Request(question))
    for step in (assistant.read_question, assistant.find, assistant.write):
        state = step(state)
    return state.support, state.understood


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_whose_accents_were_put_back_is_judged_like_one_typed_with_them(assistant, question):
    typed, _ = support(assistant, question)
    bare, understood = support(assistant, fold(question))
    assert understood.respelled
    assert not understood.accented
    place = NAMES.index("bare_pairs")
    assert bare.values[place] == typed.values[place] == 0.0
    assert bare.score == pytest.approx(typed.score, abs=0.12)
    assert bare.refused == typed.refused
