"""The report as JUnit XML: one test case per question and per floor, for CI systems that show those. Pure."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from evals.records import Marked
from evals.report.view import View
from evals.stages import STAGES, lost_at

_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _clean(text: str) -> str:
    """Text without the characters that XML does not allow."""
    return _FORBIDDEN.sub("\ufffd", text)


def render(view: View, marked: list[Marked]) -> str:
    """Return the document. A wrong answer is a failure, a row that could not be marked an error."""
    root = ElementTree.Element("testsuites", name=_clean(view.name))
    suite = _suite(root, "gold", marked)
    for row in marked:
        _case(suite, row)
    if view.gate:
        gate = ElementTree.SubElement(root, "testsuite", name="gate", tests=str(len(view.gate)))
        gate.set("failures", str(sum(not line.holds for line in view.gate)))
        for line in view.gate:
            case = ElementTree.SubElement(gate, "testcase", classname="gate", name=f"{line.table}.{line.name}")
            if not line.holds:
                ElementTree.SubElement(case, "failure", message=_clean(str(line)))
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _suite(root: ElementTree.Element, name: str, marked: list[Marked]) -> ElementTree.Element:
    suite = ElementTree.SubElement(root, "testsuite", name=name, tests=str(len(marked)))
    suite.set("failures", str(sum(bool(lost_at(row)) and row.outcome != "not_scored" for row in marked)))
    suite.set("errors", str(sum(row.outcome == "not_scored" for row in marked)))
    return suite


def _case(suite: ElementTree.Element, row: Marked) -> None:
    question, stage = row.question, lost_at(row)
    elapsed = (row.case.answer or {}).get("elapsed_ms") or 0
    case = ElementTree.SubElement(
        suite, "testcase", classname=_clean(f"{question.kind}.{question.style}"), name=_clean(question.id)
    )
    case.set("time", f"{elapsed / 1000:.3f}")
    if not stage:
        return
    problem = ElementTree.SubElement(case, "error" if row.outcome == "not_scored" else "failure")
    problem.set("type", stage)
    problem.set("message", _clean(f"{STAGES[stage]}: {row.scores['right'].reason}"))
    answer = (row.case.answer or {}).get("answer") or ""
    problem.text = _clean(f"hỏi: {question.question}\ncần: {question.answer}\nđáp: {answer}")
