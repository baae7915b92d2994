"""Sections of laws, decrees and circulars: Phần > Chương > Mục > Điều > khoản > điểm."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest import patterns as p
from ingest.line_forms import one_line
from ingest.outline import Paragraph
from ingest.reports import ReportOutline

PART_LEVEL, CHAPTER_LEVEL, DIVISION_LEVEL, ARTICLE_LEVEL, CLAUSE_LEVEL = 1, 2, 3, 5, 7
MIN_ARTICLES = 3
TITLE_WORDS = 40
"""An article's first line longer than this is its text, not its title."""
RUN_IN = 20
"""Words of a title that stands before the text in one line."""
ANNEX_WORDS = 12
"""A line that begins "Phụ lục 2" or "Mẫu số 01" and is no longer is the head of an annex."""
_SOURCES = re.compile(r"(?:\s*\[[^\]]{1,40}\])+\s*$")
"""Notes of a restatement on where it has its words from."""


def is_statute(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether a document is divided into articles."""
    found = sum(p.ARTICLE.match(paragraph.string) is not None for paragraph in paragraphs)
    return found >= MIN_ARTICLES and found * 40 >= len(paragraphs)


def _article_title(text: str, match: re.Match[str]) -> str:
    """Return an article's number with its title: its whole first line, or what that line says before a stop or colon.

    A restatement tells the article in the same line: "Điều 51. Mức tiền thưởng huân chương: …".
    """
    rest = _SOURCES.sub("", text[match.end() :])
    first = re.match(r"(.{3,120}?)[.:]\s", rest)
    if first and p.word_count(first[1]) <= RUN_IN and not re.match(r"\(?\d", first[1]):
        joint = " " if first[1][0] == "(" or first[1][0].islower() else ". "
        return f"{match['label']}{joint}{one_line(first[1])}"
    if rest and p.word_count(rest) <= TITLE_WORDS and not rest.rstrip(' "”').endswith((".", ";")):
        return one_line(text[: match.end()] + rest)
    return match["label"]


class StatuteOutline(ReportOutline):
    """Reads the paragraphs of one statute in order."""

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        super().__init__(paragraphs)
        self.in_article = False
        self.awaits_title = False
        self.expected_clause = 1
        self.expected_point = "a"

    def _body(self, index: int) -> None:
        text = self.paragraphs[index].string
        mapped = self.paragraphs[index].text
        for pattern, level in ((p.PART, PART_LEVEL), (p.CHAPTER, CHAPTER_LEVEL), (p.DIVISION, DIVISION_LEVEL)):
            match = pattern.match(text)
            if match and p.word_count(text) <= 60 and not text.rstrip().endswith((".", ";")):
                self.in_article = False
                self.awaits_title = match.end() >= len(text.rstrip())
                path = self.headings.push(level, one_line(text))
                self.leads.restart(None)
                self.add("heading", mapped, path, match[0].strip(" .:"))
                return
        if self.awaits_title and not self.in_article and p.word_count(text) <= 60 and not p.ARTICLE.match(text):
            level, title = self.headings.open[-1]
            path = self.headings.push(level, f"{title}. {one_line(text)}")
            self.awaits_title = False
            self.add("heading", mapped, path)
            return
        self.awaits_title = False
        if match := p.ARTICLE.match(text):
            self._article(text, match, index)
            return
        short = p.word_count(text) <= ANNEX_WORDS and not text.rstrip().endswith((".", ";", ":"))
        if self.in_article and not (p.KIND_LINE.match(text) or (short and p.ANNEX.match(text))):
            self._inside(index)
            return
        self.in_article = False
        super()._body(index)

    def _article(self, text: str, match: re.Match[str], index: int) -> None:
        self.in_article = True
        self.expected_clause, self.expected_point = 1, "a"
        path = self.headings.push(ARTICLE_LEVEL, _article_title(text, match))
        self.leads.restart(self.lead_of(text))
        self.add("article", self.paragraphs[index].text, path, match["label"])

    def _inside(self, index: int) -> None:
        text, mapped = self.paragraphs[index].string, self.paragraphs[index].text
        clause = p.CLAUSE.match(text)
        if clause and self._clause_fits(clause["label"]):
            self.expected_clause = int(re.match(r"\d+", clause["label"])[0]) + 1  # type: ignore[index]
            self.expected_point = "a"
            self.headings.close(CLAUSE_LEVEL)
            lead = self.leads.item("1.", self.lead_of(text))
            self.add("clause", mapped, self.headings.path, f"khoản {clause['label']}", lead=lead)
            self.headings.push(CLAUSE_LEVEL, f"khoản {clause['label']}")
            return
        if point := p.POINT.match(text):
            lead = self.leads.item("a)", self.lead_of(text))
            self.add("point", mapped, self.headings.path, f"điểm {point['label']}", lead=lead)
            return
        if match := p.BULLET.match(text):
            lead = self.leads.item(match["label"], self.lead_of(text))
            self.add(
                "list_item", mapped, self.headings.path, "" if match["label"] in "-–+*•" else match["label"], lead=lead
            )
            return
        self.leads.restart(self.lead_of(text))
        self.add("paragraph", mapped, self.headings.path)

    def _clause_fits(self, label: str) -> bool:
        """Clauses are numbered in order; a clause left out or inserted ("2a") is allowed for."""
        number = int(re.match(r"\d+", label)[0])  # type: ignore[index]
        return self.expected_clause - 1 <= number <= self.expected_clause + 3
