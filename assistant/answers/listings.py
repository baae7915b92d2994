"""The lists of a document: runs of items under a lead-in, a heading or an article, and the prose right under a heading.

A list is often cut over several passages, so lines are read through the whole document in order. Found once a document:
its id follows from its bytes.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise

from assistant.reading.planted import orders
from assistant.retrieval.library import Library
from assistant.retrieval.units import Unit
from assistant.words import join
from ingest.clean import fold
from ingest.records import Chunk
from vectorstore.lexical import accented_tokens, tokens

_MARKS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("dotted", re.compile(r"^\s*((?:\d{1,2}\.)+\d{1,2})\.?\s+(?=\S)")),
    ("number", re.compile(r"^\s*(\d{1,2})[.)/]\s*(?=[^\d\s])")),
    ("round", re.compile(r"^\s*[-–+*•]?\s*\((\d{1,2})\)\s*(?=\S)")),
    ("letter", re.compile(r"^\s*([a-zđ])[.)]\s*(?=\S)")),
    (
        "ordinal",
        re.compile(
            r"^\s*[-–]?\s*((?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười) là|"
            r"thứ (?:nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười))\b\s*[,:]?\s*(?=\S)",
            re.I,
        ),
    ),
    ("plus", re.compile(r"^\s*(\+)\s*(?=\S)")),
    ("star", re.compile(r"^\s*([*•])\s*(?=[^*\s])")),
    ("dash", re.compile(r"^\s*([-–])\s*(?=\S)")),
)
_ORDINALS = ("", "mot nhat", "hai", "ba", "bon tu", "nam", "sau", "bay", "tam", "chin", "muoi")
_ALPHABET = "abcdđeghiklmnopqrstuvxy"
_STATUTE_PATH = re.compile(r"^(?:khoản|điểm)\b")
# Chapters and parts say too little of each list under them.
_LABEL = re.compile(r"^\W*(?:\(?[\da-zđ]{1,2}[.)]\s*)?(?P<label>[^\W\d_][^:.;]{3,90}):\s+(?P<told>\S.{25,})", re.S)
_COUNT = re.compile(
    r"^\W*(?:[\dIVX]+[.)]\s*)*(?:(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mươi|các|những|số)\s+)+", re.I
)
"""The number of a heading and how many it heads: "2. Bốn giải pháp"."""
_ASIDE = re.compile(r"\([^)]*\)")
_BROAD = re.compile(r"^(?:chương|phần|mục)\b", re.I)
_CACHED = 400
TELLING = 9
"""Words from which a head says what its items are."""
TITLE = 10
"""Words a heading has at most."""
LONGEST = 60
"""Items a list may have; longer runs are annexes, not answers."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a document with its list marker."""

    chunk: Chunk
    start: int
    end: int
    text: str
    style: str = ""
    value: int = 0
    root: tuple[str, ...] = ()
    heading: bool = False


@dataclass
class Listing:
    """Items in order with what introduces them: a lead-in line (maybe itself an item) and the headings above.

    ``prose``: the items are the paragraphs right under a heading.
    """

    lead: Line | None
    root: tuple[str, ...]
    items: list[Line] = field(default_factory=list)
    prose: bool = False

    @cached_property
    def head(self) -> str:
        """The words that say what the items are: lead-in and nearest headings, as many as it takes to say something."""
        parts = [self.lead.text] if self.lead else []
        for near, heading in enumerate(reversed(self.root)):
            said = len(tokens(" ".join(parts))) >= TELLING
            if (said and (near or len(tokens(heading)) > TITLE)) or _BROAD.match(heading):
                break
            if fold(heading).rstrip(" :.") not in fold(" ".join(parts)):
                parts.append(heading)
        return " ".join(reversed(parts))

    @cached_property
    def head_tokens(self) -> frozenset[str]:
        """Accent-free tokens of the head."""
        return frozenset(tokens(self.head))

    @cached_property
    def head_joined(self) -> str:
        """The same between spaces, in order."""
        return join(tokens(self.head))

    @cached_property
    def head_accented(self) -> frozenset[str]:
        """Tokens of the head with accents."""
        return frozenset(accented_tokens(self.head))

    @cached_property
    def title(self) -> tuple[str, ...]:
        """Accent-free words of the heading right above, or of a lead-in as short as one."""
        for text in (self.lead.text if self.lead else "", self.root[-1] if self.root else ""):
            words = tuple(tokens(_COUNT.sub("", _ASIDE.sub("", text))))
            words = tuple(word for word in words if len(word) > 1 and word.isalpha())
            if 0 < len(words) <= TITLE:
                return words
        return ()

    @cached_property
    def above(self) -> str:
        """Joined tokens of the headings farther up."""
        return join(tokens(" ".join(self.root)))

    @cached_property
    def body(self) -> str:
        """Joined tokens of the items."""
        return join(tokens(" ".join(item.text for item in self.items)))

    @cached_property
    def body_accented(self) -> frozenset[str]:
        """Tokens of the items with accents."""
        return frozenset(accented_tokens(" ".join(item.text for item in self.items)))

    @cached_property
    def of_headings(self) -> bool:
        """Whether most items are headings of parts rather than statements."""
        own = [fold(item.text).rstrip(" :.") for item in self.items]
        paths = [{fold(part).rstrip(" :.") for part in item.chunk.path} for item in self.items]
        return sum(text in path for text, path in zip(own, paths, strict=True)) * 2 > len(own)

    @property
    def chunk(self) -> Chunk:
        """Where the first item stands."""
        return self.items[0].chunk

    @cached_property
    def chunks(self) -> tuple[str, ...]:
        """Ids of the passages it stands in, the lead-in's among them."""
        lead = (self.lead.chunk.id,) if self.lead else ()
        return tuple(dict.fromkeys(lead + tuple(item.chunk.id for item in self.items)))


_FOUND: OrderedDict[str, tuple[Listing, ...]] = OrderedDict()


def listings(document_id: str, library: Library) -> tuple[Listing, ...]:
    """Return the lists of a document in order, kept."""
    found = _FOUND.get(document_id)
    if found is None:
        lines = lines_of(document_id, library)
        found = _FOUND[document_id] = (*_find(lines), *_prose(lines), *_labelled(lines))
        if len(_FOUND) > _CACHED:
            _FOUND.popitem(last=False)
    return found


def lines_of(document_id: str, library: Library) -> list[Line]:
    """Return the lines of a document's running text and headings, in order."""
    return _lines(library.chunks_of(document_id))


def introduced(unit: Unit, library: Library) -> Listing | None:
    """Return the list that a unit leads to, ``None`` when it leads to none."""
    for listing in listings(unit.chunk.document_id, library):
        lead = listing.lead
        if lead is not None and not listing.prose and lead.start < unit.end and unit.start < lead.end:
            return listing if lead.chunk.id == unit.chunk.id else None
    return None


def around(unit: Unit, library: Library) -> Listing | None:
    """Return the list that an item stands in, ``None`` when it stands alone."""
    for listing in listings(unit.chunk.document_id, library):
        if not listing.prose and any(item.start <= unit.start < item.end for item in listing.items):
            return listing
    return None


def _prose(lines: Sequence[Line]) -> list[Listing]:
    """Return the paragraphs right under each heading, where no list follows them."""
    found: list[Listing] = []
    run: list[Line] = []
    under: Line | None = None
    for before, line in pairwise([None, *lines, None]):
        opens = line is not None and (before is None or line.chunk.path != before.chunk.path)
        if run and (opens or line is None or line.style):
            whole = opens or line is None
            if whole and not run[-1].text.rstrip(" *").endswith(":"):
                found.append(Listing(under, run[0].root, run, prose=True))
            run = []
        if line is None or line.style or line.chunk.kind != "text" or not line.root or line.heading:
            continue
        if run or before is None or before.heading or opens:
            if not run:
                under = before if before is not None and before.heading else None
            run.append(line)
    return found


def _labelled(lines: Sequence[Line]) -> list[Listing]:
    """Return the lines that say before a colon what they tell: "- Chủ đề đại hội: …"."""
    found = []
    for line in lines:
        match = _LABEL.match(line.text)
        if match is None or line.heading or len(match["label"].split()) > TITLE:
            continue
        label = replace(
            line, start=line.start + match.start("label"), end=line.start + match.end("label"), text=match["label"]
        )
        told = replace(line, start=line.start + match.start("told"), text=line.text[match.start("told") :])
        found.append(Listing(label, line.root, [told], prose=True))
    return found


def _find(lines: Sequence[Line]) -> list[Listing]:
    done: list[Listing] = []
    open_: list[Listing] = []
    previous: Line | None = None
    for line in lines:
        if not line.style:
            # Text between two items closes a list without numbers; numbers find each other over it.
            open_ = [run for run in open_ if run.items[0].style not in ("dash", "plus", "star")]
            previous = line
            continue
        place = next((n for n in range(len(open_) - 1, -1, -1) if _continues(open_[n], line)), None)
        if place is not None:
            del open_[place + 1 :]
            open_[place].items.append(line)
        else:
            starts = line.value <= 1
            lead = previous if starts and previous is not None and _leads(previous, line) else None
            if not starts or line.style in {run.items[0].style for run in open_}:
                open_ = [run for run in open_ if run.items[0].style != line.style]
            run = Listing(lead, line.root, [line])
            open_.append(run)
            done.append(run)
        previous = line
    return [run for run in done if 2 <= len(run.items) <= LONGEST]


def _lines(chunks: Sequence[Chunk]) -> list[Line]:
    found = []
    for chunk in chunks:
        if chunk.kind in ("row", "front", "back", "footnote"):
            continue
        place = chunk.start
        for raw in chunk.text.splitlines(keepends=True):
            start, place = place, place + len(raw)
            body = raw.strip()
            if not body or "\t" in body or orders(body):
                continue
            left = start + raw.index(body[0])
            found.append(_line(chunk, left, left + len(body), body))
    return found


def _line(chunk: Chunk, start: int, end: int, text: str) -> Line:
    own = fold(text).rstrip(" :.")
    path = [part for part in chunk.path if not _STATUTE_PATH.match(part)]
    # A paragraph whose opening words serve as its heading does not stand under itself.
    root = tuple(part for part in path if not own.startswith(fold(part).rstrip(" :.…")))
    heading = any(fold(part).rstrip(" :.") == own for part in path)
    for style, pattern in _MARKS:
        match = pattern.match(text)
        if match is None:
            continue
        mark = match.group(1)
        if style == "dotted":
            value = int(mark.split(".")[-1])
        elif style == "ordinal":
            word = fold(mark).removesuffix(" la").removeprefix("thu ")
            value = next(number for number, words in enumerate(_ORDINALS) if word in words.split())
        elif style == "letter":
            value = _ALPHABET.find(mark) + 1
        else:
            value = int(mark) if mark.isdigit() else 0
        return Line(chunk, start, end, text, style, value, root, heading)
    return Line(chunk, start, end, text, "", 0, root, heading)


def _continues(run: Listing, line: Line) -> bool:
    last = run.items[-1]
    if last.style != line.style or last.chunk.document_id != line.chunk.document_id:
        return False
    if line.value and not last.value < line.value <= last.value + 2:
        return False
    # Deeper headings come and go between numbered items; those above the list stay.
    depth = min(len(run.root), len(line.root))
    if run.root[:depth] != line.root[:depth]:
        return False
    return bool(line.value) or run.root == line.root


def _leads(previous: Line, line: Line) -> bool:
    """Say whether a line introduces the items after it: by a colon, as their heading, or as the clause above points."""
    if previous.text.rstrip(" *").endswith(":"):
        return True
    if previous.style and previous.style != line.style:
        return True
    heading = {fold(part).rstrip(" :.") for part in line.chunk.path}
    return fold(previous.text).rstrip(" :.") in heading or len(previous.text) < 160
