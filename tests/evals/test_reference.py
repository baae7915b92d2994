"""Our marks and the outside markers agree on rows made to bring out every rule."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from evals import reference
from evals.gold import save
from evals.marking import mark
from evals.metrics.citations import strict
from evals.metrics.retrieval import KS, ranks
from evals.records import Case
from evals.summary import figure

LONG = "chữ " * 230
SOURCE = "017_mau.txt"


@pytest.fixture
def rows(make):
    """Questions and answers, one per rule of the outside marker."""
    asked = lambda **fields: make.question(**{"source": (SOURCE,), **fields})  # noqa: E731
    proof = {"file": "017_mau.pdf", "quote": "Hội đồng xét tặng của Sở có 19 thành viên.", "section": "", "page": None}
    no = {"answerable": False, "must_contain": (("không nêu", "không ghi"),), "evidence": (), "source": ()}
    pairs = [
        (asked(), ("Có 19 thành viên [1].", [proof])),
        (asked(), ("Có 19 thành viên.", [])),
        (asked(), ("Có 119 thành viên [1].", [proof])),
        (asked(), ("Có **19 thành viên**[1].", [proof])),
        (asked(), ("CÓ 19 THÀNH VIÊN [1].", [proof])),
        (asked(), ("Có 19 thành viên [1].", [{**proof, "file": "018_khac.txt"}])),
        (asked(), ("Có 19 thành viên [1].", [{**proof, "quote": proof["quote"] + LONG}])),
        (asked(), ("Có 19 thành viên [1].", [{**proof, "quote": "Sở có 19 người"}])),
        (asked(), ("Có 19 thành viên [1].", [{**proof, "quote": "khác"}] * 6 + [proof])),
        (asked(kind="list"), ("Có 19 thành viên [1].", [{**proof, "quote": "khác"}] * 6 + [proof])),
        (asked(), ("x" * 595 + " 19 thành viên", [proof])),
        (asked(kind="list"), ("x" * 595 + " 19 thành viên", [proof])),
        (asked(kind="cause"), ("x" * 1495 + " 19 thành viên", [proof])),
        (asked(must_not_contain=("20 người",)), ("Có 19 thành viên, không phải 20 người.", [proof])),
        (asked(), ("Tài liệu không nêu, có lẽ 19 thành viên.", [proof])),
        (asked(answer="Không ghi ngày, 19 thành viên."), ("Tài liệu không nêu ngày, 19 thành viên.", [proof])),
        (asked(), ("Hội đồng có 19 thành viên. " + "Theo đó. " * 20 + "Không nêu gì thêm.", [proof])),
        (asked(must_contain=(("19 thành viên",), ("Giám đốc",))), ("Có 19 thành viên.", [proof])),
        (asked(must_contain=(("đạt 5,5%",),)), ("đạt 5,5%", [proof])),
        (asked(must_contain=(("5",),)), ("đạt 5,5%", [proof])),
        (asked(must_contain=(("20",),)), ("đạt 20.", [proof])),
        (
            asked(evidence=("một dòng khác hẳn", "Hội đồng xét tặng của Sở có 19 thành viên")),
            ("19 thành viên", [proof]),
        ),
        (asked(**no), ("", [])),
        (asked(**no), ("Tài liệu không nêu việc này.", [])),
        (asked(**no), ("y" * 301 + " không nêu", [])),
        (asked(**no, must_not_contain=("3 triệu",)), ("Không nêu, chắc 3 triệu.", [])),
        (asked(**no), ("Mức thưởng là 2 triệu.", [])),
    ]
    gold = [make.question(**{**_fields(question), "id": f"r-{n:02}"}) for n, (question, _) in enumerate(pairs)]
    refused = {"r-22"}
    answers = [
        {"id": question.id, "status": "refused" if question.id in refused else "answered", "answer": text,
         "citations": citations, "elapsed_ms": n}
        for n, (question, (_, (text, citations))) in enumerate(zip(gold, pairs, strict=True))
    ]  # fmt: skip
    gold.append(make.question(id="r-missing", source=(SOURCE,)))
    return gold, answers


def _fields(question):
    return {name: getattr(question, name) for name in question.__slots__}


def outside(shared, name, *arguments):
    command = [sys.executable, str(shared / "gold" / name), *map(str, arguments), "--json"]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def test_answers_are_marked_alike(shared, tmp_path, rows):
    gold, answers = rows
    by_id = {row["id"]: row for row in answers}
    differing = []
    for question in gold:
        save([question], tmp_path / "gold.jsonl")
        (tmp_path / "answers.jsonl").write_text(
            json.dumps(by_id.get(question.id, {"id": "-"})) + "\n", encoding="utf-8"
        )
        theirs = outside(shared, "score.py", tmp_path / "gold.jsonl", tmp_path / "answers.jsonl")
        marked = mark(Case(question, by_id.get(question.id)))
        ours = {
            "strict": marked.value("strict"), "right": marked.value("right"),
            "cited_answerable": marked.value("cited_answerable"), "false_refusal": marked.value("false_refusal"),
        }  # fmt: skip
        if ours != {name: theirs[name] for name in ours}:
            differing.append((question.id, ours, theirs))
    assert differing == []
    assert {strict(Case(question, by_id.get(question.id))).value for question in gold} == {0, 1}


def test_totals_are_alike(shared, tmp_path, rows):
    gold, answers = rows
    save(gold, tmp_path / "gold.jsonl")
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in answers), encoding="utf-8")
    theirs = outside(shared, "score.py", tmp_path / "gold.jsonl", tmp_path / "a.jsonl")
    by_id = {row["id"]: row for row in answers}
    marked = [mark(Case(question, by_id.get(question.id))) for question in gold]
    names = ("strict", "right", "right_answerable", "right_unanswerable", "false_refusal", "cited_answerable")
    assert {name: round(figure(name, marked).value, 4) for name in names} == {name: theirs[name] for name in names}


def test_passages_are_ranked_alike(shared, tmp_path, make):
    asked = make.question(id="h", source=(SOURCE,), evidence=("Hội đồng xét tặng (của Sở) có 19 thành viên", "khác"))
    texts = [
        ("018_x.txt", "hội đồng xét tặng của sở có 19 thành viên"),
        (SOURCE, "chữ " * 195 + "hội đồng xét tặng của sở có 19 thành viên"),
        ("017_mau.pdf", "Theo đó HOI DONG xét-tặng của Sở có 19 thành viên."),
    ]
    hits = [make.hit(text, file=file) for file, text in texts]
    save([asked], tmp_path / "gold.jsonl")
    row = json.dumps({"id": "h", "hits": hits}, ensure_ascii=False)
    (tmp_path / "hits.jsonl").write_text(row + "\n", encoding="utf-8")
    theirs = outside(shared, "recall.py", tmp_path / "gold.jsonl", tmp_path / "hits.jsonl")["single"]
    first = ranks(asked, hits)[0]
    assert first == 3
    assert {f"R@{k}": float(first <= k) for k in KS} == {name: theirs[name] for name in theirs if name.startswith("R@")}


def test_the_reference_gate_names_what_is_short():
    floors = {"answers": {"strict": 0.5, "false_refusal_max": 0.1}, "retrieval": {"R@8": 0.8}, "bundled": {"page": 1}}
    figures = {"answers": {"strict": 0.4, "false_refusal": 0.1}, "retrieval": {"R@8": 0.9}, "ingest": {"seconds": 1}}
    floors["near_heldout"], figures["near_heldout"] = {}, {}
    floors["heldout"], figures["heldout"] = (
        {"strict": 0.6, "verbatim_quotes": 0.9},
        {"strict": 0.55, "verbatim_quotes": 1},
    )
    assert reference.shortfalls(figures, floors) == ["answers.strict: 0.4 < 0.5", "heldout.strict: 0.55 < 0.6"]
