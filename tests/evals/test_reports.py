from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest

from evals import campaign, runs
from evals.errors import BadRun
from evals.gate import Line
from evals.perturb.apply import perturb
from evals.report import facts
from evals.systems import RecordedSystem, asked

EVIL = '<script>alert(1)</script> & "dấu" \x07'


@pytest.fixture
def questions(make):
    return [
        make.question(id="right"),
        make.question(id="wrong", question="Chủ tịch Hội đồng là ai?" + EVIL, kind="fact_person_org",
                      must_contain=(("Giám đốc Sở",),), evidence=("Chủ tịch Hội đồng là Giám đốc Sở.",)),
        make.question(id="refused", question="Năm 2021 tặng mấy giấy khen?", must_contain=(("1.256",),)),
        make.question(id="no", question="Lương bao nhiêu?", answerable=False, kind="unanswerable", evidence=(),
                      source=(), must_contain=(("không nêu",),)),
        make.question(id="missing", question="Họp khi nào?", style="colloquial"),
    ]  # fmt: skip


@pytest.fixture
def system(make, questions):
    wrong = make.row(
        EVIL + " là Phó Giám đốc [1]",
        make.citation("Hồ sơ gồm tờ trình; biên bản họp; báo cáo.", document=EVIL, section=EVIL),
        notices=["Đang hiểu là: ai?" + EVIL, "Bản dự thảo."],
    )
    rows = {
        "right": make.supported,
        "wrong": wrong,
        "refused": make.row("Tài liệu không nêu.", status="refused"),
        "no": make.row("Tài liệu không nêu.", status="refused"),
    }
    hits = [make.hit(EVIL, rank=1), make.hit(make.page_one, rank=2)]
    answers = {
        asked(q.question, ()): {**rows[q.id], "confidence": 0.9 if q.id == "right" else 0.5}
        for q in questions
        if q.id in rows
    }
    return RecordedSystem(answers, {asked(q.question, ()): hits for q in questions}, "máy ghi lại")


@pytest.fixture
def taken(questions, system, library):
    return campaign.take(questions, system, library, {"engine": "extractive"}, perturbations=["no_accents", "upper"])


class Tags(HTMLParser):
    """Collects tags, links and what is not closed."""

    def __init__(self):
        super().__init__()
        self.open, self.links, self.seen = [], [], []

    def handle_starttag(self, tag, attributes):
        self.seen.append(tag)
        self.links += [value for name, value in attributes if name in ("src", "href")]
        if tag not in ("meta", "input", "line", "rect", "path", "circle", "polyline", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag in ("line", "rect", "path", "circle", "polyline"):
            return
        assert self.open.pop() == tag


def test_the_html_needs_nothing_else_and_lets_nothing_in(tmp_path, taken):
    campaign.store(taken, tmp_path, [Line("bundled", "strict", 0.9, 0.2, 5)])
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    tags = Tags()
    tags.feed(page)
    assert tags.open == [] and tags.links == []
    assert not re.search(r"https?://|@import|url\(", page)
    assert tags.seen.count("script") == 1 and "<script>alert" not in page and "&lt;script&gt;alert" in page
    assert "Content-Security-Policy" in page and 'lang="vi"' in page
    for words in ("Cổng: KHÔNG ĐẠT", "bundled.strict: 0.2 &lt; 0.9", "người, cơ quan", "khẩu ngữ", "không dấu", "n = 5",
                  "tìm thấy nhưng không chọn", "từ chối nhầm", "lỗi, không có câu trả lời", "Rủi ro và độ phủ"):  # fmt: skip
        assert words in page, words
    assert page.count('class="failure"') == 3


def test_what_was_read_stands_above_the_answer_of_a_failure(tmp_path, taken):
    campaign.store(taken, tmp_path)
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert page.count("Đang hiểu là: ai?&lt;script&gt;") == 1
    assert page.index("Đang hiểu là: ai?") < page.index("là Phó Giám đốc [1]")
    assert "Bản dự thảo." not in page


def test_markdown_cannot_be_broken_by_an_answer(tmp_path, taken):
    campaign.store(taken, tmp_path)
    document = (tmp_path / "report.md").read_text(encoding="utf-8")
    assert "<script" not in document
    rows = [line for line in document.split("\n") if line.startswith("|")]
    widths = [len(re.findall(r"(?<!\\)\|", line)) for line in rows]
    assert set(widths) <= {3, 5, 7}
    assert "Cổng" not in document


def test_junit_counts_failures_and_errors(tmp_path, taken):
    campaign.store(taken, tmp_path, [Line("bundled", "strict", 0.9, 0.2, 5), Line("bundled", "page", 0.5, 1.0, 5)])
    root = ElementTree.parse(tmp_path / "junit.xml").getroot()
    gold, gate = root.findall("testsuite")
    assert (gold.get("tests"), gold.get("failures"), gold.get("errors")) == ("5", "2", "1")
    assert (gate.get("tests"), gate.get("failures")) == ("2", "1")
    types = {case.get("name"): [child.get("type") for child in case] for case in gold}
    assert types == {
        "right": [],
        "wrong": ["not_chosen"],
        "refused": ["wrongly_refused"],
        "no": [],
        "missing": ["failed"],
    }


def test_json_has_every_figure_with_its_n(tmp_path, taken):
    campaign.store(taken, tmp_path)
    document = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert document["questions"] == 5
    assert document["outcomes"] == {"right": 2, "wrong": 1, "refused": 1, "not_scored": 1}
    assert document["figures"]["strict"]["value"] == 0.4
    assert all("n" in figure for figure in document["figures"].values())
    assert {row["name"] for row in document["perturbations"]} == {"no_accents", "upper"}


def test_figures_are_of_the_originals_only(taken, questions):
    assert taken.figures.get("strict").n == len(questions)
    assert len(taken.rows) == len(questions) + len(perturb(questions, ["no_accents", "upper"]))


def test_a_run_is_read_back_as_it_was(tmp_path, taken):
    campaign.store(taken, tmp_path)
    run = runs.read(tmp_path)
    assert run.name == "máy ghi lại"
    assert [row.outcome for row in run.marked] == [row.outcome for row in taken.marked]
    assert run.figures == taken.figures
    assert run.manifest["code"].keys() == {"version", "commit", "changed"}
    before = (tmp_path / "report.html").read_text(encoding="utf-8")
    campaign.report(tmp_path, run.manifest, run.marked, run.figures)
    again = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert again.count('class="failure"') == before.count('class="failure"')


@pytest.mark.parametrize("lost", ["manifest.json", "scores.jsonl", "answers.jsonl"])
def test_a_run_with_a_part_missing_is_told(tmp_path, taken, lost):
    campaign.store(taken, tmp_path)
    (tmp_path / lost).unlink()
    with pytest.raises(BadRun, match=tmp_path.name):
        runs.read(tmp_path)


def test_an_empty_report_can_be_drawn(tmp_path, make, system, library):
    taken = campaign.take([make.question(id="right")], system, library, {})
    view = campaign.store(taken, tmp_path)
    assert view.failures == () and view.drops == ()
    assert "0 câu chưa đạt" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_names_given_to_perturb():
    assert campaign.chosen(["nfd, telex", "nfd"]) == ["nfd", "telex"]
    assert len(campaign.chosen(["all"])) == 10


def test_what_a_run_was_taken_with_is_told_in_vietnamese():
    manifest = {
        "name": "x", "taken": "2026-03-05T07:08:09+00:00", "suite": "bundled", "perturbations": ["nfd", "upper"],
        "ablate": [], "index": {"behind": False, "chunks": 3}, "settings": {"hits": "50", "embedder": "None"},
    }  # fmt: skip
    assert facts.told(manifest) == [
        ("đo lúc", "07:08 ngày 05/03/2026 (UTC)"), ("bộ câu hỏi", "bundled"), ("cách biến đổi", "nfd; upper"),
        ("chỉ mục: chưa kịp danh mục", "không"), ("chỉ mục: số đoạn", "3"), ("thiết lập: hits", "50"),
    ]  # fmt: skip
    assert facts.moment("hôm qua") == "hôm qua"
