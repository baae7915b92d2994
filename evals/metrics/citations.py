"""Citations: does the evidence stand behind the answer, statement by statement, word for word, page by page? Pure."""

from __future__ import annotations

import re
from collections.abc import Callable

from evals.folding import bare_words, compared, document_key, folded
from evals.metrics.answers import verdict
from evals.metrics.entailment import Entailment, entails
from evals.metrics.provisions import depth_shared, labels, pages_named
from evals.metrics.statements import Statement, statements
from evals.records import Case, CitationRow, GoldQuestion, Library, Score, not_scored

_QUOTED = re.compile(r"“([^”]*)”")

LONGEST_QUOTE = 220
"""Words of a quote beyond which it proves nothing: a page is not a citation."""

EVIDENCE_SHARE = 0.6
"""Share of the words of one evidence line that a quote must hold."""


def citations_of(case: Case) -> list[CitationRow]:
    """Return all citations of the answer."""
    return list((case.answer or {}).get("citations") or [])


def counted(case: Case) -> list[CitationRow]:
    """Return the citations that are marked: the first 6, or 12 for kinds that need room."""
    return citations_of(case)[: 12 if case.question.roomy else 6]


def of_source(citation: CitationRow, question: GoldQuestion) -> bool:
    """Whether a citation names a document that the gold question names (any, when it names none)."""
    known = {document_key(name) for name in question.source}
    return not known or document_key(citation.get("file") or "") in known


def covers_evidence(citation: CitationRow, question: GoldQuestion) -> bool:
    """Whether a quote of bearable length holds enough of one evidence line."""
    words = bare_words(citation.get("quote") or "")
    if len(words) > LONGEST_QUOTE:
        return False
    held = set(words)
    lines = (set(bare_words(line)) for line in question.evidence)
    return any(line and len(line & held) / len(line) >= EVIDENCE_SHARE for line in lines)


def proof(case: Case) -> list[CitationRow]:
    """Return the marked citations that are the expected proof: evidence, or the officer's place in the document."""
    question = case.question
    named = [citation for citation in counted(case) if of_source(citation, question)]
    if question.evidence:
        return [citation for citation in named if covers_evidence(citation, question)]
    return [citation for citation in named if _stands_at(citation, question.places)]


def _stands_at(citation: CitationRow, places: tuple[str, ...]) -> bool:
    """Whether a citation stands at one of the places an officer gave; without any, the document is enough."""
    if not places:
        return True
    section = labels(citation.get("section") or "")
    for place in places:
        pages, wanted = pages_named(place), labels(place)
        right_page = not pages or citation.get("page") in pages or str(citation.get("page_label")) in map(str, pages)
        if right_page and wanted <= section:
            return True
    return False


def cited(case: Case) -> Score:
    """1 when the expected proof is among the citations; questions that need no proof always count."""
    question = case.question
    if not question.answerable or not (question.evidence or question.places):
        return Score(1.0, "câu không đòi dẫn chứng")
    found = proof(case)
    return Score(float(bool(found)), "có dẫn đúng chỗ" if found else "không dẫn đúng chỗ", {"proof": tuple(found)})


def answerable_cited(case: Case) -> Score:
    """``cited`` over answerable questions."""
    return cited(case) if case.question.answerable else not_scored("câu không trả lời được")


def strict(case: Case) -> Score:
    """1 when the answer is both right and cited."""
    judged, proven = verdict(case), cited(case)
    value = float(judged.outcome == "right" and proven.value == 1.0)
    return Score(value, "đúng và có dẫn chứng" if value else f"{judged.outcome}; {proven.reason}")


# -- statement by statement


def _judged(case: Case) -> list[Statement]:
    if case.answer is None or case.answer.get("status") != "answered":
        return []
    return statements(case.answer.get("answer") or "")


def _premise(case: Case, citation: CitationRow) -> str:
    """Return what a reader sees of a citation: its words, where they stand, and what leads into them there."""
    names = ("quote", "document", "number", "section")
    lines = [str(citation.get(name) or "") for name in names]
    start, end = citation.get("start"), citation.get("end")
    if case.library is not None and start is not None and end is not None:
        lines.append(case.library.context(citation.get("file") or "", start, end))
    return "\n".join(lines)


def _premises(case: Case, statement: Statement) -> list[str]:
    rows = citations_of(case)
    return [_premise(case, rows[marker - 1]) for marker in statement.markers if 1 <= marker <= len(rows)]


def _carried(case: Case, statement: Statement) -> Entailment:
    """Judge one statement; what it repeats of the question in quotation marks is no claim of its own."""
    asked = folded(case.question.question)
    claimed = _QUOTED.sub(lambda match: " " if folded(match[1]) in asked else match[0], statement.text)
    return entails(_premises(case, statement), claimed)


def _nothing_to_judge(case: Case) -> Score | None:
    if not _judged(case):
        return not_scored("không có câu trả lời để xét trích dẫn")
    if not citations_of(case) and not case.question.evidence and not case.question.source:
        return not_scored("câu chào hỏi, không đòi trích dẫn")
    return None


def citation_recall(case: Case) -> Score:
    """Share of statements carried by the citations that stand with them; one without a citation is not carried."""
    if (nothing := _nothing_to_judge(case)) is not None:
        return nothing
    judged = _judged(case)
    bare = []
    for statement in judged:
        result = _carried(case, statement)
        if not result.holds:
            bare.append({"statement": statement.text, "figures": result.missing_figures, "names": result.missing_names})
    reason = "mọi câu đều có căn cứ" if not bare else f"{len(bare)}/{len(judged)} câu không được trích dẫn chứng minh"
    return Score(1 - len(bare) / len(judged), reason, {"unsupported": tuple(bare)}, weight=len(judged))


def citation_precision(case: Case) -> Score:
    """Share of citations that are needed: one is idle when it carries nothing alone and the others do without it.

    A citation of a statement that its citations together do not carry, or that does not exist, is idle too.
    """
    if (nothing := _nothing_to_judge(case)) is not None:
        return nothing
    uses = [(statement, marker) for statement in _judged(case) for marker in statement.markers]
    if not uses:
        return Score(0.0, "không có trích dẫn nào trong câu trả lời")
    idle = [marker for statement, marker in uses if not _needed(case, statement, marker)]
    reason = "mọi trích dẫn đều cần" if not idle else f"{len(idle)}/{len(uses)} trích dẫn không chứng minh được gì"
    return Score(1 - len(idle) / len(uses), reason, {"idle": tuple(idle)}, weight=len(uses))


def _needed(case: Case, statement: Statement, marker: int) -> bool:
    rows = citations_of(case)
    if not 1 <= marker <= len(rows) or not _carried(case, statement).holds:
        return False
    others = Statement(statement.text, tuple(other for other in statement.markers if other != marker))
    alone = Statement(statement.text, (marker,))
    return _carried(case, alone).holds or not _carried(case, others).holds


def figures_quoted(case: Case) -> Score:
    """Share of statements whose every figure stands in the words cited with it."""
    if (nothing := _nothing_to_judge(case)) is not None:
        return nothing
    results = [(statement, _carried(case, statement)) for statement in _judged(case)]
    wrong = [(statement.text, result.missing_figures) for statement, result in results if result.missing_figures]
    reason = (
        "mọi con số đều có trong lời trích"
        if not wrong
        else "con số không có trong lời trích: " + "; ".join(figure for _, missing in wrong for figure in missing)
    )
    return Score(1 - len(wrong) / len(results), reason, {"wrong": tuple(wrong)}, weight=len(results))


# -- against the documents


def _each(case: Case, check: Callable[[Library, CitationRow], str]) -> Score:
    """Apply a check (returning what is wrong, "" for nothing) to every citation."""
    if case.library is None:
        return not_scored("không có kho tài liệu để đối chiếu")
    rows = citations_of(case)
    if not rows:
        return not_scored("không có trích dẫn")
    wrong = [(row.get("marker"), problem) for row in rows if (problem := check(case.library, row))]
    reason = "đúng cả" if not wrong else "; ".join(f"[{marker}] {problem}" for marker, problem in wrong)
    return Score(1 - len(wrong) / len(rows), reason, {"wrong": tuple(wrong)}, weight=len(rows))


def _at(library: Library, row: CitationRow) -> str | None:
    """Return what the document says where the citation points, ``None`` without document or place."""
    text = library.text(row.get("file") or "")
    start, end = row.get("start"), row.get("end")
    if text is None or start is None or end is None or not 0 <= start < end <= len(text):
        return None
    return compared(text[start:end])


def _not_verbatim(library: Library, row: CitationRow) -> str:
    quote = compared(row.get("quote") or "")
    if not quote:
        return "lời trích trống"
    if _at(library, row) == quote:
        return ""
    text = library.text(row.get("file") or "")
    if text is None:
        return f"không có tài liệu “{row.get('file')}”"
    return (
        "lời trích có trong tài liệu nhưng sai vị trí"
        if quote in compared(text)
        else "lời trích không có trong tài liệu"
    )


def verbatim(case: Case) -> Score:
    """Share of citations whose quote stands, character for character, at the place it names."""
    return _each(case, _not_verbatim)


def _wrong_page(library: Library, row: CitationRow) -> str:
    if _at(library, row) is None:
        return "không xác định được vị trí"
    pages = library.pages(row.get("file") or "", row["start"], row["end"])
    page = row.get("page")
    if not pages:
        return "" if page is None else f"tài liệu không có trang mà dẫn trang {page}"
    return "" if page in pages else f"dẫn trang {page}, đúng là trang {min(pages)}"


def page(case: Case) -> Score:
    """Share of citations that name the page their words are printed on (none, for a format without pages)."""
    return _each(case, _wrong_page)


def _wrong_provision(library: Library, row: CitationRow) -> str:
    if _at(library, row) is None:
        return "không xác định được vị trí"
    known = {compared(section) for section in library.sections(row.get("file") or "", row["start"], row["end"])}
    named = compared(row.get("section") or "")
    if named in known or any(section and named.startswith(section) for section in known):
        return ""
    return f"ghi mục “{named or 'trống'}”, đúng là “{min(known, default='')}”"


def provision(case: Case) -> Score:
    """Share of citations that name the heading or Điều their words stand under."""
    return _each(case, _wrong_provision)


def provision_expected(case: Case) -> Score:
    """How much of the provision that gold names ("II > 2 > b", "Điều 21, khoản 2") the proof names too."""
    if not case.question.answerable or not case.question.section:
        return not_scored("gold không nêu mục")
    found = proof(case)
    if not found:
        return not_scored("không có dẫn chứng đúng chỗ")
    values = [depth_shared(case.question.section, row.get("section") or "") for row in found]
    known = [value for value in values if value is not None]
    if not known:
        return not_scored("mục trong gold không có số thứ tự")
    return Score(max(known), f"khớp {max(known):.0%} số thứ tự của “{case.question.section}”")
