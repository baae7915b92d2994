from __future__ import annotations

import json

import pytest

from evals import checking
from evals.errors import BadGold
from evals.gold import FOLDER, fingerprint, load, save, to_row


def test_questions_survive_writing_and_reading(tmp_path, make):
    questions = [make.question(), make.question(id="q-2", history=({"role": "user", "content": "Trước đó?"},))]
    save(questions, tmp_path / "a.jsonl")
    assert load([tmp_path]) == questions
    assert fingerprint(questions) == fingerprint(reversed(questions)) != fingerprint(questions[:1])
    assert "origin" not in to_row(questions[0])


def test_every_bad_line_is_named_at_once(tmp_path, make):
    good = json.dumps(to_row(make.question()), ensure_ascii=False)
    bad = [
        good, "{", '{"id": "x"}', good,
        json.dumps({**to_row(make.question(id="z")), "answerable": "yes"}),
        json.dumps({**to_row(make.question(id="y")), "evidence": "một chuỗi"}),
        json.dumps({**to_row(make.question(id="w")), "history": [{"role": "system", "content": ""}]}),
    ]  # fmt: skip
    (tmp_path / "g.jsonl").write_text("\n".join(bad), encoding="utf-8")
    with pytest.raises(BadGold) as caught:
        load([tmp_path / "g.jsonl"])
    assert [problem.split(":")[0] for problem in caught.value.problems] == [
        f"g.jsonl, dòng {n}" for n in (2, 3, 4, 5, 6, 7)
    ]
    assert "“q-1” đã dùng ở g.jsonl, dòng 1" in caught.value.problems[2]


@pytest.mark.parametrize("content", [b"", b"\n\n", "câu hỏi".encode("utf-16")])
def test_a_file_without_questions_is_refused(tmp_path, content):
    (tmp_path / "g.jsonl").write_bytes(content)
    with pytest.raises(BadGold):
        load([tmp_path / "g.jsonl"])
    with pytest.raises(BadGold, match="khong-co"):
        load([tmp_path / "khong-co.jsonl"])


def test_a_sound_set_has_no_problem(make, library):
    assert checking.check([make.question()], library) == []


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"evidence": ("Hội đồng của Sở có 19 thành viên.",)}, "không có nguyên văn"),
        ({"answer": "Hội đồng có 20 người."}, "không qua được chính tiêu chí"),
        ({"must_contain": ()}, "must_contain trống"),
        ({"must_contain": (("",),)}, "cách viết trống"),
        ({"must_contain": (("Hội đồng",),)}, "chỉ nhắc lại câu hỏi"),
        ({"kind": "quiz"}, "không có loại"),
        ({"style": "sms"}, "không có kiểu"),
        ({"kind": "follow_up"}, "không có lượt hỏi trước"),
        ({"evidence": ()}, "không có bằng chứng"),
        ({"source": ("khac.pdf",)}, "kho không có văn bản"),
        ({"source": ()}, "không nêu văn bản"),
        ({"difficulty": 4}, "độ khó"),
    ],
)
def test_each_fault_is_found(make, library, fields, problem):
    found = checking.check([make.question(**fields)], library)
    assert any(problem in line and line.startswith("q-1: ") for line in found), found


def test_the_place_where_evidence_breaks_is_shown(make, library):
    (line,) = checking.check([make.question(evidence=("Hội đồng xét tặng của Sở có 91 người.",))], library)
    assert line.endswith("(khớp đến: “Hội đồng xét tặng của Sở có”)")


def test_the_same_question_twice_is_found_whatever_its_accents(make):
    turns = ({"role": "user", "content": "Về Sở nào?"},)
    same = make.question(id="q-2", question="hoi dong xet tang cua so co bao nhieu thanh vien")
    assert any("cùng câu hỏi với q-1" in line for line in checking.check([make.question(), same]))
    assert any("mã dùng 2 lần" in line for line in checking.check([make.question(), make.question(question="Khác?")]))
    other = make.question(id="q-2", history=turns)
    assert checking.check([make.question(), other]) == []


def test_kinds_and_styles_that_must_occur(make):
    assert checking.check([make.question()], complete=["fact_number", "formal", "list"]) == [
        "bộ câu hỏi chưa có loại hoặc kiểu “list”"
    ]


def test_the_projects_own_questions_are_sound_in_themselves():
    assert checking.check(load([FOLDER])) == []
