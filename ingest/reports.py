"""Sections of reports, plans, decisions and letters: title block, headings, lists, signature, recipients.

A heading is told from a numbered sentence by its form: one short sentence without closing punctuation, or a roman
numeral, or capitals. "1.1. Lĩnh vực công nghiệp tăng trưởng cao. Tỉnh ủy …" is text; its first sentence still names
the part, so it joins the path of what follows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest import patterns as p
from ingest.outline import Draft, Headings, Leads, Paragraph
from ingest.records import MappedText
from ingest.sentences import split

TITLE_LEVEL, PART_LEVEL, CAPITALS_LEVEL, LETTERED_LEVEL, ROMAN_LEVEL, NUMBER_LEVEL = 0, 1, 2, 3, 4, 5
LETTER_LEVEL, STAR_LEVEL, DASH_LEVEL = 12, 13, 14
RUN_IN_WORDS = 25
"""A first sentence up to this long names the numbered paragraph it opens."""

_TITLE_WORDS = 30


class ReportOutline:
    """Reads the paragraphs of one document in order; ``drafts`` holds its sections."""

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        self.paragraphs = paragraphs
        self.drafts: list[Draft] = []
        self.headings = Headings()
        self.leads = Leads()
        self.caption: list[str] = []
        self.back_from = self._find_back()

    def title_block(self) -> int:
        """Read the title block at the top; returns the number of paragraphs it takes."""
        count = title_length(self.paragraphs)
        for paragraph in self.paragraphs[:count]:
            marks = p.MARKDOWN_HEADING.match(paragraph.string)
            self._note_caption(self.add("title", paragraph.text[marks.end() :] if marks else paragraph.text, ()))
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
        self._note_caption(self.drafts[-1])

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
            path = self.headings.push(level, title)
            whole = title == _tidy(text)
            if whole:
                self.leads.restart(self.lead_of(text))
                self.add("heading", paragraph.text, path, label)
            else:
                lead = self.leads.item("1.", self.lead_of(text))
                self.add("paragraph", paragraph.text, path, label, lead=lead)
            return
        if item := _item(text, paragraph):
            marker, label = item
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
            return self._stated_level(text, paragraph.hint.level), _tidy(text), _label(text)
        if match := p.MARKDOWN_HEADING.match(text):
            return CAPITALS_LEVEL + len(match["marks"]), _tidy(text[match.end() :]), ""
        if p.PART.match(text) and words <= 60:
            return PART_LEVEL, _tidy(text), ""
        if (
            (match := p.ROMAN.match(text))
            and words <= 70
            and len(split(text)) <= 2
            and p.starts_upper(text[match.end() :])
        ):
            return ROMAN_LEVEL, _tidy(text), match["label"]
        if (match := p.LETTERED.match(text)) and words <= 50 and p.is_capitals(text[match.end() :]):
            return LETTERED_LEVEL, _tidy(text), match["label"]
        if p.KIND_LINE.match(text) and words <= 60 and index > self.back_from:
            self.headings.close(0)
            return CAPITALS_LEVEL, _tidy(text), ""
        if p.is_capitals(text) and 2 <= words <= 60 and not p.NUMBERED.match(text) and not p.BULLET.match(text):
            return CAPITALS_LEVEL, _tidy(text), ""
        if (match := p.NUMBERED.match(text)) and p.starts_upper(text[match.end() :]):
            return self._numbered(index, match)
        if match := p.LETTER_PAREN.match(text):
            return self._lettered(index, match)
        if match := (p.BULLET.match(text) or p.DASHED.match(text)):
            return self._bulleted(index, match)
        return 0, None, ""

    def _stated_level(self, text: str, level: int) -> int:
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
        if self.leads.active and match["label"].isdigit() and not self._is_titled(index):
            return 0, None, ""
        if self._is_titled(index) or (text.rstrip().endswith(":") and p.word_count(text) <= 30):
            return level, _tidy(text), match["label"]
        if "." in match["label"] or len(split(text)) > 1:
            return level, _run_in_title(text, match), match["label"]
        return 0, None, ""

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
            return LETTER_LEVEL, _tidy(text), match["label"]
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
            return STAR_LEVEL, _tidy(text), ""
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
        return DASH_LEVEL, _tidy(text), ""

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
            return not sibling and (text.endswith(":") or p.word_count(text) <= 20)
        return not (sibling and self.leads.active)

    def _following(self, index: int) -> str:
        """Text of the next paragraph, "" when there is none or a table follows."""
        following = self.paragraphs[index + 1] if index + 1 < len(self.paragraphs) else None
        return following.string if following is not None and following.row is None else ""

    # --- tables ---

    def _row(self, paragraph: Paragraph) -> None:
        row = paragraph.row
        assert row is not None
        caption = " ".join(self.caption)
        if not row.cells:
            self.add("paragraph", paragraph.text, self.headings.path, caption=caption)
        else:
            self.add("row", paragraph.text, self.headings.path, row.label, cells=row.cells, caption=caption)

    def _note_caption(self, draft: Draft) -> None:
        """Remember what may be the caption of a table that follows: its title, then its unit."""
        text = " ".join(draft.text.text.split())
        if draft.kind == "heading" or re.match(r"(?:Bảng|Biểu|Phụ lục)\b", text, re.IGNORECASE):
            self.caption = [_tidy(text)]
        elif re.match(r"\(?Đơn vị(?: tính)?\s*:", text) and p.word_count(text) <= 12:
            self.caption = [*self.caption[:1], text]
        elif announces(text):
            self.caption = [text.rstrip(":")[-200:]]
        elif draft.kind != "title" and not p.ENCLOSED.match(text):
            self.caption = []

    # --- back ---

    def _find_back(self) -> int:
        """Index of the first paragraph that may belong to signature and recipients."""
        texts = [paragraph.string for paragraph in self.paragraphs]
        for index, text in enumerate(texts):
            if p.RECIPIENTS.match(text):
                start = index
                while start and (p.ROLE.match(texts[start - 1]) or p.SIGNED_FOR.match(texts[start - 1])):
                    start -= 1
                return start
        for index, text in enumerate(texts):
            if p.BODY_END.fullmatch(text):
                return index + 1
        return max(len(texts) - 8, 0)

    def _back(self, index: int) -> bool:
        """Read a paragraph of the signature or recipients block; ``False`` when it is something else."""
        text = self.paragraphs[index].string
        previous = self.drafts[-1].kind if self.drafts else ""
        goes_on = previous == "recipients" and (_item(text, self.paragraphs[index]) or p.word_count(text) <= 4)
        if (p.RECIPIENTS.match(text) or goes_on) and not _is_signing(text):
            self.add("recipients", self.paragraphs[index].text, ())
            return True
        if p.KIND_LINE.match(text):
            return False
        if _is_signing(text) or (previous == "signature" and p.word_count(text) <= 8 and not is_marked(text)):
            self.add("signature", self.paragraphs[index].text, ())
            return True
        last = index >= len(self.paragraphs) - 2 and p.is_capitals(text) and p.word_count(text) <= 8
        if last and not p.ROMAN.match(text) and not p.NUMBERED.match(text):
            self.add("signature", self.paragraphs[index].text, ())
            return True
        return False


def title_length(paragraphs: Sequence[Paragraph]) -> int:
    """Return the number of paragraphs at the top that make up the title block (0: the text begins at once)."""
    signal = False
    count = 0
    for index, paragraph in enumerate(paragraphs[:40]):
        text = paragraph.string
        if paragraph.row is not None or (
            paragraph.hint is not None and paragraph.hint.kind == "heading" and signal and _marked_heading(text)
        ):
            break
        is_title = paragraph.hint is not None and paragraph.hint.kind == "title"
        if is_title or (text.startswith("#") and not text.startswith("##")) or _is_title_mark(text):
            signal = True
            count = index + 1
            continue
        if paragraph.hint is not None and paragraph.hint.kind == "heading" and index == 0:
            signal = True
            count = 1
            continue
        if _marked_heading(text) or p.ENACTING.match(text) or p.BULLET.match(text):
            break
        if p.is_capitals(text) and p.word_count(text) <= 40:
            count = index + 1 if signal or index < 3 else count
            continue
        if signal and p.word_count(text) <= _TITLE_WORDS + 25 and not text.rstrip().endswith((".", ";", ":")):
            count = index + 1
            continue
        break
    return count if signal else 0


def _marked_heading(text: str) -> bool:
    return bool(
        p.ROMAN.match(text)
        or p.PART.match(text)
        or p.NUMBERED.match(text)
        or p.CHAPTER.match(text)
        or p.ARTICLE.match(text)
    )


def _is_title_mark(text: str) -> bool:
    """Lines that only a title block holds."""
    if p.MOTTO.search(text) or (p.PLACE_DATE.search(text[:120]) and p.word_count(text) <= 20):
        return True
    if re.match(r"Số(?:\s+hiệu)?\s*:", text) and p.word_count(text) <= 12:
        return True
    if p.KIND_LINE.match(text) and p.word_count(text) <= 60:
        return True
    return bool(p.ENCLOSED.match(text) and p.word_count(text) <= 60) or is_restatement(text)


def is_restatement(text: str) -> bool:
    """Whether a line says that the document sums up another text."""
    folded = text.lower()
    return (
        re.search(
            r"bản (?:tóm tắt|tóm lược|trích yếu|ghi lại)|không phải (?:là )?nguyên văn|ghi lại có cấu trúc|tóm lược từ",
            folded,
        )
        is not None
        and p.word_count(text) <= 80
    )


def _is_signing(text: str) -> bool:
    if p.SIGNED_FOR.match(text):
        return True
    return p.ROLE.match(text) is not None and p.is_capitals(text) and p.word_count(text) <= 14


def _item(text: str, paragraph: Paragraph) -> tuple[str, str] | None:
    """Kind of marker and label of a list item, ``None`` when the text is not one."""
    if match := p.ORDINAL_ITEM.match(text):
        return "một", match["label"]
    if match := p.BULLET.match(text) or p.DASHED.match(text):
        inner = p.PAREN_ITEM.match(text[match.end() :])
        return match["label"].replace("–", "-"), inner["label"] if inner else ""
    if match := p.NUMBERED.match(text):
        return "1.", match["label"]
    if match := p.PAREN_ITEM.match(text) or p.NUMBER_PAREN.match(text):
        return "1)", match["label"]
    if match := p.LETTER_PAREN.match(text):
        return "a)", match["label"]
    if paragraph.hint is not None and paragraph.hint.kind == "list_item":
        return f"•{paragraph.hint.level}", paragraph.hint.label
    return None


def is_marked(text: str) -> bool:
    """Whether ``text`` begins like a heading or a list item."""
    return bool(
        p.PART.match(text) or p.BULLET.match(text) or p.ORDINAL_ITEM.match(text) or p.PAREN_ITEM.match(text)
        or p.NUMBER_PAREN.match(text) or p.LETTER_PAREN.match(text) or p.MARKDOWN_HEADING.match(text)
        or p.ARTICLE.match(text) or p.CHAPTER.match(text) or p.RECIPIENTS.match(text)
        or ((m := p.NUMBERED.match(text)) and m["end"] and p.starts_upper(text[m.end() :]))
        or ((m := p.ROMAN.match(text)) and p.starts_upper(text[m.end() :]))
        or (p.DASHED.match(text) and p.starts_upper(text[1:]))
    )  # fmt: skip


def announces(text: str) -> bool:
    """Whether a text ends by announcing what comes next."""
    return text.rstrip(' ”"*' + p.SUPERSCRIPTS).endswith(":")


def _label(text: str) -> str:
    for pattern in (p.ROMAN, p.NUMBERED, p.LETTER_PAREN):
        if match := pattern.match(text):
            return match["label"]
    return ""


def _tidy(text: str) -> str:
    return " ".join(text.rstrip(" .:;" + p.SUPERSCRIPTS).split())


def _run_in_title(text: str, match: re.Match[str]) -> str:
    """Name of a numbered paragraph: its first sentence, what stands before a colon, or its opening words."""
    start, end = split(text)[0]
    first = text[start:end]
    colon = first.find(": ", match.end())
    if colon > 0 and p.word_count(first[:colon]) <= 15:
        return _tidy(first[:colon])
    if p.word_count(first) <= RUN_IN_WORDS:
        return _tidy(first)
    opening = " ".join(first.split()[:RUN_IN_WORDS])
    comma = opening.rfind(",")
    return (opening[:comma] if comma > 20 else " ".join(first.split()[:15])) + "…"
