"""Sections of reports, plans, decisions and letters: title block, headings, lists, signature, recipients.

A heading is told from a numbered sentence by its form: one short sentence without closing punctuation, or a roman
numeral, or capitals. "1.1. Lĩnh vực công nghiệp tăng trưởng cao. Tỉnh ủy …" is text; its first sentence still names
the part, so it joins the path of what follows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest import patterns as p
from ingest.captions import Caption
from ingest.hint_labels import FIELD_LEVEL
from ingest.line_forms import announces, comes_after, is_marked, is_signing, item_of, label_of, one_line, run_in_title
from ingest.lines import ends_sentence
from ingest.outline import Draft, Headings, Leads, Paragraph
from ingest.records import MappedText
from ingest.sentences import split
from ingest.title_block import find_back, lines_above, title_length

TITLE_LEVEL, PART_LEVEL, CAPITALS_LEVEL, LETTERED_LEVEL, ROMAN_LEVEL, NUMBER_LEVEL = 0, 1, 2, 3, 4, 5
LETTER_LEVEL, STAR_LEVEL, DASH_LEVEL, QUESTION_LEVEL = 12, 13, 14, 11
_INSIDE = 20
"""Added to the level of a heading inside an answer."""


class ReportOutline:
    """Reads the paragraphs of one document in order; ``drafts`` holds its sections."""

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        self.paragraphs = paragraphs
        self.drafts: list[Draft] = []
        self.headings = Headings()
        self.leads = Leads()
        self.caption = Caption()
        self.back_from = find_back(paragraphs)

    def title_block(self) -> int:
        """Read the title block at the top; returns the number of paragraphs it takes."""
        count = title_length(self.paragraphs)
        above = lines_above(self.paragraphs)
        for paragraph in self.paragraphs[:above]:
            self.add("paragraph", paragraph.text, ())
        for paragraph in self.paragraphs[above:count]:
            marks = p.MARKDOWN_HEADING.match(paragraph.string)
            self.caption.note(self.add("title", paragraph.text[marks.end() :] if marks else paragraph.text, ()))
        return count

    def read(self, index: int) -> None:
        """Read the paragraph at ``index`` into a section."""
        paragraph = self.paragraphs[index]
        if paragraph.row is not None:
            self._row(paragraph)
            return
        if paragraph.hint is not None and paragraph.hint.kind == "title":
            self.add("title", paragraph.text, ())
            return
        if index >= self.back_from and self._back(index):
            return
        if paragraph.displaced:
            self.add("title", paragraph.text, ())
        else:
            self._body(index)
        self.caption.note(self.drafts[-1])

    def add(self, kind: str, text: MappedText, path: tuple[str, ...], label: str = "", **more: object) -> Draft:
        """Append a section."""
        draft = Draft(kind, text, path, label, **more)  # type: ignore[arg-type]
        self.drafts.append(draft)
        return draft

    def lead_of(self, text: str) -> tuple[int, int, int] | None:
        """Return the last sentence of the section about to be added, when it announces a list."""
        if not announces(text):
            return None
        start, end = split(text)[-1]
        return (len(self.drafts), start, end)

    # --- body ---

    def _body(self, index: int) -> None:
        paragraph = self.paragraphs[index]
        text = paragraph.string
        level, title, label = self._heading(index)
        if title is not None:
            path = self.headings.push(self._inside_answer(level, label), title)
            whole = title == one_line(text)
            if whole:
                self.leads.restart(self.lead_of(text))
                self.add("heading", paragraph.text, path, label)
            else:
                lead = self.leads.item("1.", self.lead_of(text))
                self.add("paragraph", paragraph.text, path, label, lead=lead)
            return
        if item := item_of(text, paragraph):
            marker, label = item
            self._close_sibling(label)
            lead = self.leads.item(marker, self.lead_of(text))
            self.add("list_item", paragraph.text, self.headings.path, label, lead=lead)
            return
        self.leads.restart(self.lead_of(text))
        self.add("paragraph", paragraph.text, self.headings.path)

    def _heading(self, index: int) -> tuple[int, str | None, str]:
        """Level, title for the path and label of a heading (or of a paragraph that names itself)."""
        paragraph = self.paragraphs[index]
        text = paragraph.string
        words = p.word_count(text)
        if paragraph.hint is not None and paragraph.hint.kind == "heading":
            return self._stated_level(text, paragraph.hint.level), one_line(text), label_of(text)
        if p.ANNEX.match(text) and (words <= 4 or (words <= 25 and index > self.back_from)) and not ends_sentence(text):
            self.headings.close(0)
            return CAPITALS_LEVEL, one_line(text), ""
        if p.QUESTION.match(text) and words <= 90 and p.REPLY.match(self._following(index)):
            return QUESTION_LEVEL, one_line(text), ""
        if match := p.MARKDOWN_HEADING.match(text):
            return CAPITALS_LEVEL + len(match["marks"]), one_line(text[match.end() :]), ""
        if p.PART.match(text) and words <= 60:
            return PART_LEVEL, one_line(text), ""
        if (
            (match := p.ROMAN.match(text))
            and words <= 70
            and len(split(text)) <= 2
            and p.starts_upper(text[match.end() :])
        ):
            return ROMAN_LEVEL, one_line(text), match["label"]
        if (match := p.LETTERED.match(text)) and words <= 50 and p.is_capitals(text[match.end() :]):
            return LETTERED_LEVEL, one_line(text), match["label"]
        if p.KIND_LINE.match(text) and words <= 60 and index > self.back_from:
            self.headings.close(0)
            return CAPITALS_LEVEL, one_line(text), ""
        signed = words <= 5 and is_signing(text)
        if p.is_capitals(text) and 2 <= words <= 60 and not (signed or p.NUMBERED.match(text) or p.BULLET.match(text)):
            return CAPITALS_LEVEL, one_line(text), ""
        if (match := p.NUMBERED.match(text)) and p.starts_upper(text[match.end() :]):
            return self._numbered(index, match)
        if match := p.LETTER_PAREN.match(text):
            return self._lettered(index, match)
        if match := (p.BULLET.match(text) or p.DASHED.match(text)):
            return self._bulleted(index, match)
        return 0, None, ""

    def _inside_answer(self, level: int, label: str) -> int:
        """Put numbered parts of an answer below its question, unless they go on with the numbers above that."""
        asked = next((at for at, (known, _) in enumerate(self.headings.open) if known == QUESTION_LEVEL), None)
        if asked is None or level < NUMBER_LEVEL or level == QUESTION_LEVEL:
            return level
        above = (label_of(title) for _, title in self.headings.open[:asked])
        return level if any(comes_after(before, label) for before in above if before) else level + _INSIDE

    def _close_sibling(self, label: str) -> None:
        """Close the heading that an item follows in number: under "a) …" with items of its own, "b) …" begins anew."""
        for level, title in self.headings.open:
            before = label_of(title)
            if before and comes_after(before, label) and not self._counts_inside(before):
                self.headings.close(level)
                return

    def _counts_inside(self, label: str) -> bool:
        """Whether the items just read are numbered like the headings, so that this one goes on with them."""
        for draft in reversed(self.drafts):
            if draft.kind == "heading":
                return False
            if draft.kind == "list_item" and draft.label == label:
                return True
        return False

    def _stated_level(self, text: str, level: int) -> int:
        if level == FIELD_LEVEL:
            return QUESTION_LEVEL
        if match := p.NUMBERED.match(text):
            return NUMBER_LEVEL + match["label"].count(".")
        if p.ROMAN.match(text):
            return ROMAN_LEVEL
        if p.LETTER_PAREN.match(text):
            return LETTER_LEVEL
        return min(PART_LEVEL + level, ROMAN_LEVEL)

    def _numbered(self, index: int, match: re.Match[str]) -> tuple[int, str | None, str]:
        text = self.paragraphs[index].string
        level = NUMBER_LEVEL + match["label"].count(".")
        if self._counts_anew(level, match["label"]):
            return 0, None, ""
        if self._names_table(index):
            return level, one_line(text), match["label"]
        if self.leads.active and match["label"].isdigit() and not self._is_titled(index):
            return 0, None, ""
        if self._is_titled(index) or (text.rstrip().endswith(":") and p.word_count(text) <= 30):
            return level, one_line(text), match["label"]
        if "." in match["label"] or len(split(text)) > 1:
            return level, run_in_title(text, match), match["label"]
        return 0, None, ""

    def _counts_anew(self, level: int, label: str) -> bool:
        """Whether a list begins or goes on right under a heading that is numbered the same way."""
        previous = self.drafts[-1] if self.drafts else None
        if previous is None or level not in (known for known, _ in self.headings.open):
            return False
        return (label == "1" and previous.kind == "heading" and bool(previous.label)) or (
            previous.kind == "list_item" and comes_after(previous.label, label)
        )

    def _lettered(self, index: int, match: re.Match[str]) -> tuple[int, str | None, str]:
        text = self.paragraphs[index].string
        following = self._following(index)
        if (
            p.word_count(text) > 80
            or not p.starts_upper(text[match.end() :])
            or text.rstrip().endswith((";", ".", ","))
        ):
            return 0, None, ""
        if text.rstrip().endswith(":") or (following and not p.LETTER_PAREN.match(following)):
            return LETTER_LEVEL, one_line(text), match["label"]
        return 0, None, ""

    def _bulleted(self, index: int, match: re.Match[str]) -> tuple[int, str | None, str]:
        """Judge a bulleted line that may name what follows: one short phrase before unmarked text or deeper bullets."""
        text = self.paragraphs[index].string
        star = match["label"] == "*"
        following = self._following(index)
        body = text[match.end() :].rstrip()
        if not following or not p.starts_upper(body) or p.word_count(body) > 35 or body.endswith((";", ",", "!", "?")):
            return 0, None, ""
        if len(split(body)) > 1 or re.search(r":\s+\S", body):
            return 0, None, ""
        deeper = p.BULLET.match(following) or p.DASHED.match(following)
        if star and (not deeper or deeper["label"] != "*"):
            return STAR_LEVEL, one_line(text), ""
        previous = self.drafts[-1] if self.drafts else None
        in_list = (
            previous is not None
            and previous.kind == "list_item"
            and (previous.text.text.endswith((";", ",")) or p.word_count(previous.text.text) < 40)
        )
        if (
            in_list
            or (self.leads.active and p.word_count(body) > 15)
            or deeper
            or is_marked(following)
            or body.endswith(":")
            or p.word_count(following) < 20
        ):
            return 0, None, ""
        return DASH_LEVEL, one_line(text), ""

    def _is_titled(self, index: int) -> bool:
        """Whether a numbered paragraph is one short phrase that stands as a title."""
        text = self.paragraphs[index].string.rstrip(" " + p.SUPERSCRIPTS)
        if p.word_count(text) > 45 or len(split(text)) > 1 or text.endswith((";", "!", "?", ",")):
            return False
        following = self._following(index)
        if not following:
            return False
        mine, next_one = p.NUMBERED.match(text), p.NUMBERED.match(following)
        sibling = mine and next_one and mine["label"].count(".") == next_one["label"].count(".")
        if text.endswith((".", ":")):
            return not sibling and not self._ends_list(text) and (text.endswith(":") or p.word_count(text) <= 20)
        return not (sibling and self.leads.active)

    def _names_table(self, index: int) -> bool:
        """Whether a numbered phrase stands right above a table."""
        text = self.paragraphs[index].string.rstrip()
        above = index + 1 < len(self.paragraphs) and self.paragraphs[index + 1].row is not None
        return above and p.word_count(text) <= 30 and len(split(text)) == 1 and not text.endswith((".", ";", ","))

    def _ends_list(self, text: str) -> bool:
        """Whether a sentence with a number follows an item of that kind: the last item of a list is no heading."""
        previous = self.drafts[-1] if self.drafts else None
        mine = p.NUMBERED.match(text)
        return bool(
            text.endswith(".") and mine and previous is not None and previous.kind == "list_item"
            and comes_after(previous.label, mine["label"])
        )  # fmt: skip

    def _following(self, index: int) -> str:
        """Text of the next paragraph, "" when there is none or a table follows."""
        following = self.paragraphs[index + 1] if index + 1 < len(self.paragraphs) else None
        return following.string if following is not None and following.row is None else ""

    # --- tables ---

    def _row(self, paragraph: Paragraph) -> None:
        row = paragraph.row
        assert row is not None
        caption = self.caption.text
        if not row.cells:
            self.add("paragraph", paragraph.text, self.headings.path, caption=caption)
        else:
            self.add("row", paragraph.text, self.headings.path, row.label, cells=row.cells, caption=caption)

    # --- back ---

    def _back(self, index: int) -> bool:
        """Read a paragraph of the signature or recipients block; ``False`` when it is something else."""
        text = self.paragraphs[index].string
        previous = self.drafts[-1].kind if self.drafts else ""
        goes_on = previous == "recipients" and (item_of(text, self.paragraphs[index]) or p.word_count(text) <= 4)
        if (p.RECIPIENTS.match(text) or goes_on) and not is_signing(text):
            self.add("recipients", self.paragraphs[index].text, ())
            return True
        if p.KIND_LINE.match(text):
            return False
        if is_signing(text) or (previous == "signature" and p.word_count(text) <= 8 and not is_marked(text)):
            self.add("signature", self.paragraphs[index].text, ())
            return True
        last = index >= len(self.paragraphs) - 2 and p.is_capitals(text) and p.word_count(text) <= 8
        if last and not p.ROMAN.match(text) and not p.NUMBERED.match(text):
            self.add("signature", self.paragraphs[index].text, ())
            return True
        return False
