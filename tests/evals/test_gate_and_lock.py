from __future__ import annotations

import pytest

from evals import lock
from evals.errors import BadFloors, EvalError
from evals.gate import FLOORS, check, check_figures, read_floors
from evals.records import Figure, Figures


def test_floors_and_ceilings():
    lines = check("t", {"strict": 0.5, "false_refusal_max": 0.1}, {"strict": 0.5, "false_refusal": 0.11}, {"strict": 9})
    assert [line.holds for line in lines] == [True, False]
    assert str(lines[0]) == "t.strict: 0.5 ≥ 0.5 (n = 9)"
    assert str(lines[1]) == "t.false_refusal_max: 0.11 > 0.1 (n = 0)"


def test_what_was_not_measured_fails():
    figures = Figures((Figure("strict", None, 0, 0), Figure("page", 1.0, 3, 5)))
    lines = check_figures("t", {"strict": 0.0, "page": 0.9, "typo_of_a_name": 0.1}, figures)
    assert [line.holds for line in lines] == [False, True, False]
    assert "không đo được" in str(lines[0])


def test_the_projects_floors_can_be_read_and_name_real_figures():
    floors = read_floors(FLOORS)
    assert {"answers", "retrieval", "bundled"} <= set(floors)


@pytest.mark.parametrize("content", ["strict = ", "strict = 1", "[t]\nstrict = 'high'"])
def test_a_broken_floors_file_is_told(tmp_path, content):
    (tmp_path / "f.toml").write_text(content, encoding="utf-8")
    with pytest.raises(BadFloors):
        read_floors(tmp_path / "f.toml")
    with pytest.raises(BadFloors):
        read_floors(tmp_path / "none.toml")


def test_the_lock_tells_what_drifted(tmp_path, make):
    first = lock.locked(make.question(), make.supported)
    second = lock.locked(make.question(id="q-2"), make.supported)
    lock.write([second, first], tmp_path / "l.jsonl")
    kept = lock.read(tmp_path / "l.jsonl")
    assert list(kept) == ["q-1", "q-2"]
    assert lock.changes(kept, [first, second]) == []

    moved = make.row(make.supported["answer"], {**make.supported["citations"][0], "section": "Điều 9"})
    worded = make.row("Có 19 người [1].", make.citation("Chủ tịch Hội đồng là Giám đốc Sở."))
    changes = lock.changes(kept, [lock.locked(make.question(), moved), lock.locked(make.question(id="q-2"), worded)])
    assert [change.kinds for change in changes] == [("nơi trích dẫn",), ("câu trả lời", "lời trích")]
    assert any(line.startswith("-[1]") and "Điều 1" in line for line in changes[0].diff)
    assert any(line.startswith("+[1]") and "Điều 9" in line for line in changes[0].diff)


def test_new_and_vanished_questions_are_drift(make):
    entry = lock.locked(make.question(), make.supported)
    assert lock.changes({}, [entry])[0].kinds == ("câu hỏi mới",)
    assert lock.changes({"q-1": entry}, [])[0].kinds == ("câu hỏi không còn",)
    refused = lock.locked(make.question(), make.row("", status="refused"))
    assert "trạng thái" in lock.changes({"q-1": entry}, [refused])[0].kinds


def test_white_space_is_no_drift_and_a_missing_lock_is_told(tmp_path, make):
    spaced = make.row(make.supported["answer"].replace(" ", "  "), *make.supported["citations"])
    assert (
        lock.changes({"q-1": lock.locked(make.question(), make.supported)}, [lock.locked(make.question(), spaced)])
        == []
    )
    with pytest.raises(EvalError) as caught:
        lock.read(tmp_path / "none.jsonl")
    assert "--update" in caught.value.remedy
