"""All gold sets of the project: well formed, different from each other, provable and passing their own marks."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
GOLD = ROOT / "evals/gold"
SHARED = ROOT.parent / "shared"
REGULATIONS = SHARED / "corpus/regulations"
REPORTS = SHARED / "corpus/reports"
KINDS = {
    *("fact_number", "fact_date", "fact_person_org", "fact_docnumber", "definition", "list", "table_cell"),
    *("table_aggregate", "comparison", "procedure", "criteria_eligibility", "cause", "multi_doc", "false_premise"),
    *("unanswerable", "out_of_scope", "follow_up"),
}
STYLES = {"formal", "colloquial", "abbreviation", "no_diacritics", "typo"}
SETS = {
    "bundled": (220, KINDS),
    "bundled_near": (
        40,
        {"fact_date", "fact_docnumber", "fact_number", "fact_person_org", "table_cell", "unanswerable"},
    ),
    "injections": (20, {"planted_instruction"}),
    "contradictions": (15, {"contradiction"}),
    "law": (100, KINDS),
    "reports": (150, KINDS),
    "reports_heldout": (150, KINDS),
    "near": (100, KINDS - {"criteria_eligibility"}),
    "near_heldout": (100, KINDS - {"fact_date", "table_aggregate"}),
    "office": (60, KINDS),
    "office_heldout": (60, KINDS - {"fact_person_org", "definition"}),
    "agency": (220, KINDS),
    "institutions_heldout": (60, KINDS - {"out_of_scope"}),
}
ELSEWHERE = ("law", "reports", "reports_heldout", "near", "near_heldout")
"""Sets that ask about texts outside the repository."""
ROOMY = {"list", "criteria_eligibility", "comparison", "multi_doc", "procedure", "cause", "table_aggregate"}
ROOMY |= {"contradiction"}
LACK = ("không tìm thấy", "không có thông tin", "không nêu", "ngoài phạm vi")
ROWS: dict[str, list[dict[str, Any]]] = {
    name: [json.loads(line) for line in (GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    for name in SETS
}
EVERY = [(name, row) for name, rows in ROWS.items() for row in rows]
needs_regulations = pytest.mark.skipif(not REGULATIONS.is_dir(), reason="không có ../shared/corpus/regulations")


def folded(text: str) -> str:
    text = re.sub(r"[*_`“”\"'‘’]", "", re.sub(r"\[\d+\]", " ", unicodedata.normalize("NFC", text).lower()))
    return " ".join(re.sub("[–—\u2011−]", "-", text).split())


def words(text: str) -> list[str]:
    decomposed = unicodedata.normalize("NFD", folded(text)).replace("đ", "d")
    return re.findall(r"[a-z0-9]+", "".join(char for char in decomposed if not unicodedata.combining(char)))


def says(text: str, wording: str) -> bool:
    """Whether folded ``text`` holds ``wording``; a number at its edge is a whole number of the text."""
    wording = folded(wording)
    left = r"(?<![\d.,])" if wording[:1].isdigit() else ""
    right = r"(?!\d)(?![.,]\d)" if wording[-1:].isdigit() else ""
    return re.search(left + re.escape(wording) + right, text) is not None


def passes(row: dict[str, Any], answer: str) -> bool:
    """Mark an answer as the shared marker does, citations left aside."""
    text = folded(answer)[: 1500 if row["kind"] in ROOMY else 600]
    if any(says(text, wording) for wording in row["must_not_contain"]):
        return False
    if row["answerable"]:
        return all(any(says(text, wording) for wording in group) for group in row["must_contain"])
    return any(says(text[:300], wording) for group in row["must_contain"] for wording in group)


@cache
def text_of(name: str) -> str:
    """Read a text file of a set plainly, without the project's own readers; "" when it is none of these."""
    for folder in (GOLD / "documents", REGULATIONS, REPORTS):
        for path in sorted(folder.rglob(name)) if folder.is_dir() else ():
            text = path.read_text(encoding="utf-8")
            if path.suffix == ".html":
                text = re.sub(r"<[^>]+>", " ", re.sub(r"<!--.*?-->", " ", text, flags=re.S))
            return " ".join(text.replace("|", " ").split())
    return ""


def test_fields_are_those_of_a_gold_question() -> None:
    for name, row in EVERY:
        ident = row["id"]
        assert list(row) == list(ROWS["bundled"][0]), ident
        assert row["kind"] in SETS[name][1] and row["style"] in STYLES and row["difficulty"] in (1, 2, 3), ident
        roles = [turn["role"] for turn in row["history"]]
        assert roles == ["user", "assistant"] * (len(roles) // 2), ident
        assert all(turn["content"] for turn in row["history"]), ident
        assert row["kind"] != "follow_up" or row["history"], ident
        assert row["kind"] not in ("unanswerable", "out_of_scope") or not row["answerable"], ident
        assert row["must_contain"] and all(group and all(map(folded, group)) for group in row["must_contain"]), ident
        assert all(len(group) == len(set(group)) for group in row["must_contain"]), ident
        assert not row["answerable"] or (row["evidence"] and row["source"]), ident
        assert unicodedata.is_normalized("NFC", json.dumps(row, ensure_ascii=False)), ident


def test_reference_answers_pass_their_own_marks() -> None:
    assert [row["id"] for _, row in EVERY if not passes(row, row["answer"])] == []


def test_the_marks_can_fail_an_answer() -> None:
    empty = ("", "Xin cảm ơn anh/chị đã hỏi.")
    assert [row["id"] for _, row in EVERY if any(passes(row, answer) for answer in empty)] == []
    assert [row["id"] for _, row in EVERY if row["answerable"] and passes(row, row["question"])] == []


def test_every_usual_refusal_is_right_where_there_is_no_answer() -> None:
    refusals = [f"Tài liệu {wording}." for wording in LACK]
    missed = [
        row["id"] for _, row in EVERY if not row["answerable"] and not all(passes(row, text) for text in refusals)
    ]
    assert missed == []


def test_only_questions_without_accents_lack_them() -> None:
    for _, row in EVERY:
        accented = row["question"] != unicodedata.normalize("NFD", row["question"]) or "đ" in row["question"].lower()
        assert accented != (row["style"] == "no_diacritics"), row["id"]


def test_every_set_is_large_and_varied_enough() -> None:
    for name, (least, kinds) in SETS.items():
        assert len(ROWS[name]) >= least, name
        assert {row["kind"] for row in ROWS[name]} == kinds, name
        assert name == "bundled_near" or {row["style"] for row in ROWS[name]} == STYLES, name
    assert sum(bool(row["history"]) for row in ROWS["bundled"]) >= 25
    assert sum(len(row["history"]) > 2 for row in ROWS["bundled"]) >= 3
    assert sum(not row["answerable"] for row in ROWS["bundled"]) >= 25
    assert all(row["must_not_contain"] for row in ROWS["injections"])


def test_half_of_the_questions_share_few_words_with_their_evidence() -> None:
    common = Counter(word for _, row in EVERY for word in set(words(row["question"])))
    function = {word for word, count in common.items() if count > 40}
    for name in ("bundled", "law"):
        shares = []
        for row in ROWS[name]:
            asked = set(words(row["question"])) - function
            if row["answerable"] and asked:
                shares.append(len(asked & set(words(" ".join(row["evidence"])))) / len(asked))
        assert sum(share <= 0.5 for share in shares) >= len(shares) / 2, name


def test_no_two_questions_are_alike() -> None:
    assert len({row["id"] for _, row in EVERY}) == len(EVERY)
    asked = Counter((*words(row["question"]), *(turn["content"] for turn in row["history"])) for _, row in EVERY)
    assert [" ".join(key) for key, count in asked.items() if count > 1] == []
    first = [(row["id"], set(words(row["question"]))) for _, row in EVERY if not row["history"]]
    twins = [
        (one, other)
        for index, (one, these) in enumerate(first)
        for other, those in first[:index]
        if len(these & those) > 0.8 * len(these | those)
    ]
    assert twins == []


@pytest.mark.parametrize("name", ["injections", "contradictions"])
def test_evidence_stands_in_the_documents_of_the_set(name: str) -> None:
    for row in ROWS[name]:
        texts = [text_of(source) for source in row["source"]]
        assert all(texts), row["id"]
        assert [line for line in row["evidence"] if not any(line in text for text in texts)] == [], row["id"]
    used = {source for row in ROWS[name] for source in row["source"]}
    assert used == {path.name for path in (GOLD / "documents" / name).iterdir()}


def test_planted_words_really_stand_in_the_documents() -> None:
    planted = folded(" ".join(path.read_text(encoding="utf-8") for path in (GOLD / "documents/injections").iterdir()))
    for row in ROWS["injections"]:
        assert any(says(planted, wording) for wording in row["must_not_contain"]), row["id"]


def test_contradictions_name_both_values() -> None:
    two_sided = [row for row in ROWS["contradictions"] if len(row["must_contain"]) >= 2]
    assert len(two_sided) >= 15
    assert all(len(row["evidence"]) == 2 for row in two_sided if not row["history"])


@needs_regulations
@pytest.mark.parametrize("name", ELSEWHERE)
def test_evidence_stands_in_texts_from_elsewhere(name: str) -> None:
    for row in ROWS[name]:
        texts = [text_of(source) for source in row["source"]]
        assert all(texts), row["id"]
        assert [line for line in row["evidence"] if not any(line in text for text in texts)] == [], row["id"]


@pytest.mark.parametrize("name", ELSEWHERE)
def test_evidence_from_elsewhere_copies_no_sentence(name: str) -> None:
    assert [row["id"] for row in ROWS[name] if any(len(line.split()) > 8 for line in row["evidence"])] == []


@needs_regulations
@pytest.mark.parametrize("name", ELSEWHERE)
def test_questions_and_answers_about_texts_from_elsewhere_are_our_own_words(name: str) -> None:
    length = 12
    texts = {source for row in ROWS[name] for source in row["source"]}
    known = set().union(*(runs(words(text_of(source)), length) for source in texts))
    copied = [
        row["id"] for row in ROWS[name] for field in ("question", "answer") if runs(words(row[field]), length) & known
    ]
    assert copied == []


def runs(text: list[str], length: int) -> set[tuple[str, ...]]:
    return {tuple(text[at : at + length]) for at in range(len(text) - length + 1)}


@cache
def shared_marker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", SHARED / "gold/score.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules.setdefault("score", module)
    spec.loader.exec_module(module)
    return module


@pytest.mark.skipif(not (SHARED / "gold/score.py").is_file(), reason="không có ../shared/gold/score.py")
def test_the_shared_marker_agrees() -> None:
    for _, row in EVERY:
        answer = {"status": "answered", "answer": row["answer"], "citations": []}
        assert shared_marker().mark(row, answer, {})["right"], row["id"]


@pytest.mark.skipif(not (SHARED / "gold/dev.jsonl").is_file(), reason="không có ../shared/gold/dev.jsonl")
def test_no_question_follows_a_shared_one_closely() -> None:
    lines = (SHARED / "gold/dev.jsonl").read_text(encoding="utf-8").splitlines()
    theirs = [(text := json.loads(line)["question"], set(words(text))) for line in lines]
    close = []
    for _, row in EVERY:
        ours = set(words(row["question"]))
        close += [(row["id"], text) for text, asked in theirs if len(asked & ours) > 0.75 * len(asked | ours)]
    assert close == []
