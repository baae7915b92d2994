"""A provision asked for by its number ("khoản 2 Điều 7 nói gì"): told whole, in order, with what introduces it.

Read line by line through the document, so that an article cut over several passages stays one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.answers.listings import Line, Listing, lines_of
from assistant.answers.lists import tell
from assistant.drafts import Draft, Statement
from assistant.question.addresses import NAMED_PLACE, Level, Place
from assistant.question.question_types import NUMERIC, Kind
from assistant.reading.named_paper import paper
from assistant.reading.wording import short_title
from assistant.records import Evidence
from assistant.retrieval.library import Library
from assistant.retrieval.query import Query
from assistant.words import joined
from ingest import patterns
from ingest.clean import fold
from prompts import say

# Words that ask what a provision says and add nothing to it.
_ASKS_WHAT = re.compile(
    r"quy|dinh|noi|ghi|neu|de|cap|liet|ke|dung|gom|bao|ve|viec|van|gi|nao|nhung|cac|cai|the|nhu|ra|sao|cua|theo|tai|o|"
    r"trong|la|co|nguyen|trich|doc|cho|toi|em|minh|biet|hoi|xin|hay|cu|han|thi|vay|so|nay|do|nam|duoc|"
    r"luat|bo|phap|lenh|nghi|thong|tu|quyet|chi|dieu|khoan|diem|tt|nd|qd|[a-z]"
)
_OTHERWISE: frozenset[Kind] = NUMERIC | {"when", "who", "permit", "yes_no", "why", "where", "consistency", "compare"}
_NUMBER = re.compile(r"\b\d[\w/-]*")
_IN_TITLE = re.compile(r"Điều \d+\w? khoản (?P<label>\d+)")
_ASIDE = re.compile(r"\W*\[[^\]]*\]\W*")
_MENTION = re.compile(r"\bdieu \d")


def answer(query: Query, evidence: Sequence[Evidence], library: Library) -> Draft | None:
    """Tell the provision named by number, ``None`` when something else than its content is asked."""
    places: dict[Level, str] = {place.level: place.number for place in query.places}
    if "dieu" not in places or sum(place.level == "dieu" for place in query.places) > 1:
        return None
    own = paper(query, library)
    found = dict.fromkeys(one.chunk.document_id for one in evidence)
    candidates = [own] if own in found else [] if own else list(found)
    lines = {
        document: _provision(query.places, lines_of(document, library), library.profile(document).meta.restated)
        for document in candidates
    }
    if own in found and not lines[own]:
        return _absent(query, places, own, library)
    if query.understood.asks(*_OTHERWISE):
        return None
    held = [document for document, one in lines.items() if one and _open(query, one, document, library)]
    if len(held) != 1:
        return None
    told = lines[held[0]]
    return Draft("list", tuple(tell(Listing(told[0] if len(told) > 1 else None, (), told[1:] or told), marked=True)))


def _open(query: Query, lines: Sequence[Line], document: str, library: Library) -> bool:
    """Say whether a question asks nothing that the provision's own first line and the paper's title do not name."""
    profile = library.profile(document)
    rest = re.findall(r"[a-z]+", _NUMBER.sub(" ", NAMED_PLACE.sub(" ", query.understood.folded)))
    known = joined(lines[0].text)
    return all(_ASKS_WHAT.fullmatch(word) or word in profile.title or f" {word} " in known for word in rest)


def _absent(query: Query, places: Mapping[Level, str], document: str, library: Library) -> Draft | None:
    """Refuse where the paper named tells its articles but not this one, or the article's clauses but not this."""
    profile, years = library.profile(document), set(query.understood.years)
    if years and not years & profile.years:
        return None  # another paper of the same name is meant, which is not here itself
    article, clause = places["dieu"], places.get("khoan", "")
    text = " ".join(fold(chunk.text) for chunk in library.chunks_of(document))
    clauses = {_label(line, "number") for line in _article(article, lines_of(document, library))} - {""}
    if clauses and clause and clause not in clauses:
        name = f"khoản {clause} Điều {article}"
    elif _MENTION.search(text) and not re.search(rf"\bdieu {article}\b", text):
        name = f"Điều {article}"
    else:
        return None
    told = say("refusals", "absent_article", article=name, title=short_title(profile.meta, profile.file))
    return Draft("refusal", (Statement(told, ()),))


def _provision(places: Sequence[Place], lines: Sequence[Line], restated: bool) -> list[Line]:
    """Return the lines of the narrowest part that the places name, the line that opens it first."""
    numbers = {place.level: place.number for place in places}
    found = _article(numbers["dieu"], lines)
    if restated:
        # A restatement tells an article in one paragraph; the next one without a number is of something else.
        found = [line for line in found if line.style or line.chunk.label]
    for level, style in (("khoan", "number"), ("diem", "letter")):
        number = numbers.get(level)  # type: ignore[call-overload]
        if number and found:
            found = _part(number, style, found)
    return found


def _article(number: str, lines: Sequence[Line]) -> list[Line]:
    found: list[Line] = []
    for line in lines:
        match = patterns.ARTICLE.match(line.text)
        if match is not None:
            if found:
                break
            if fold(match["label"]).split()[-1] == number:
                found.append(line)
        elif found and (patterns.CHAPTER.match(line.text) or patterns.PART.match(line.text)):
            break
        elif found and not _ASIDE.fullmatch(line.text):
            found.append(line)
    return found


def _part(number: str, style: str, lines: Sequence[Line]) -> list[Line]:
    """Return the lines of one clause or item: from its number to the next of its kind, or inside one line."""
    found: list[Line] = []
    for line in lines:
        opens = _label(line, style)
        if found and (opens or (style == "letter" and line.style == "number")):
            break
        if found or opens == number:
            found.append(line)
    return found or [one for line in lines for one in _inside(number, style, line)][:1]


def _label(line: Line, style: str) -> str:
    pattern = patterns.CLAUSE if style == "number" else patterns.POINT
    match = pattern.match(line.text) or (_IN_TITLE.match(line.text) if style == "number" else None)
    return fold(match["label"]) if match else ""


def _inside(number: str, style: str, line: Line) -> list[Line]:
    """Cut a part out of an article told in one line: "(1) …; (2) …", "a) …; b) …"."""
    mark = r"\((\d{1,2})\)\s" if style == "number" else r"(?<![\w(])\(?([a-zđ])\)\s"
    marks = list(re.finditer(mark, line.text))
    for place, match in enumerate(marks):
        if fold(match[1]) == number:
            end = marks[place + 1].start() if place + 1 < len(marks) else len(line.text)
            text = line.text[match.start() : end].rstrip()
            start = line.start + match.start()
            return [replace(line, start=start, end=start + len(text), text=text)]
    return []
