"""Parts left out for measuring: each really does something, and asking for what is no part is an error."""

from __future__ import annotations

from functools import cache

import pytest

from assistant.ablation import NOTHING, PARTS, models, parse
from assistant.errors import BadSettings
from assistant.learned import load
from assistant.pipeline import Assistant
from assistant.settings import Settings
from assistant.wiring import open_assistant

QUESTIONS = (
    "UBND tinh LS tang bang khen cho may tap the",
    "Các hình thức tuyên truyền gương điển hình tiên tiến gồm những gì?",
    "Theo kế hoạch, tỷ lệ khen thưởng người lao động trực tiếp là bao nhiêu?",
    "Năm 2022 giáo dục có bao nhiêu cá nhân điển hình?",
    "Tổng số tập thể điển hình tiên tiến năm 2021 là bao nhiêu?",
    "Hội ngị tổng kết tổ chức khi nào?",
    "Vì sao khen thưởng đột xuất còn chậm?",
    "Chủ tịch Hội đồng nhận mức phụ cấp bao nhiêu?",
    "Tổ chức bộ máy thế nào?",
    "Bao nhiêu nhân sự lo việc thi đua?",
    "Cơ quan nào phổ biến gương tốt trên báo?",
    "Hội đồng Thi đua - Khen thưởng tỉnh Cao Bằng có bao nhiêu ủy viên?",
)


@pytest.fixture(scope="module")
def outcome(store):
    """What users see of every question when parts are left out: answer, cited spans, ranking."""

    @cache
    def look(without):
        assistant = Assistant(store, without=without)
        seen = []
        for question in QUESTIONS:
            answer = assistant.ask(question)
            spans = [(one.file, one.start, one.end) for one in answer.citations]
            seen.append((answer.status, answer.answer, spans, [one.chunk.id for one in assistant.search(question, 20)]))
        return seen

    return look


@pytest.mark.parametrize("part", PARTS)
def test_leaving_a_part_out_changes_an_answer_or_a_ranking(outcome, part):
    changed = [
        question
        for question, before, after in zip(QUESTIONS, outcome(NOTHING), outcome(frozenset({part})), strict=True)
        if before != after
    ]
    assert changed


def test_without_vectors_no_vector_is_searched(store, monkeypatch):
    def never(*arguments):
        raise AssertionError("searched")

    monkeypatch.setattr(store, "search_vectors", never)
    assert Assistant(store, without=frozenset({"vectors"})).ask(QUESTIONS[1]).citations
    with pytest.raises(AssertionError, match="searched"):
        Assistant(store).ask(QUESTIONS[1])


def test_without_refusal_the_score_refuses_nothing(outcome):
    before, after = outcome(NOTHING), outcome(frozenset({"refusal"}))
    assert sum(row[0] == "refused" for row in after) < sum(row[0] == "refused" for row in before)


def test_settings_carry_parts_to_the_assistant(store):
    settings = Settings.load({"store": store.folder}, {"TDKT_ABLATE": "lists, tables"})
    assert settings.ablate == {"lists", "tables"}
    opened = open_assistant(settings=settings)
    assert opened.library.without == {"lists", "tables"}
    opened.store.close()
    assert Settings.load({"store": store.folder, "ablate": ["vectors"]}, {}).ablate == {"vectors"}
    assert Settings.load({"store": store.folder}, {}).ablate == NOTHING


@pytest.mark.parametrize("value", ["magic", ["lists", "magic"], "lists,magic"])
def test_an_unknown_part_is_named_beside_those_that_there_are(value):
    with pytest.raises(BadSettings) as caught:
        parse(value)
    assert "“magic”" in caught.value.message
    assert all(part in caught.value.remedy for part in PARTS)


def test_models_are_as_shipped_unless_left_out():
    assert models(load(), NOTHING) == load()
    by_hand = models(load(), frozenset({"learned_choice", "learned_refusal"}))
    assert by_hand.unit != load().unit and by_hand.unit.names == load().unit.names
    half = [0.5 if name == "covered" else 1.0 for name in by_hand.answer.names]
    assert by_hand.answer.chance(half) == 0.5
