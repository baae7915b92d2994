"""Papers that a question names: by their kind and the words of their title, or by their number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from assistant.retrieval.library import Library
from assistant.retrieval.profiles import Profile
from assistant.retrieval.query import Query
from ingest.clean import fold

PAPERS = (
    "bao cao chinh tri|bao cao|ke hoach|de cuong|du thao|quyet dinh|nghi dinh|nghi quyet|thong tu|chi thi|luat|"
    "cong van|huong dan|ket luan|to trinh|thong bao|chuong trinh|de an|quy che"
)
# "kế hoạch nào", "kế hoạch số mấy" ask for a document; they do not name the one to look in.
_CUE = re.compile(rf"\b({PAPERS}|bc|kh|dt)\b(?!\s+(?:so (?:nao|may|bao|hieu|bn|gi|ky)|nao|gi|may))(?!\s+\d+[/-])")
_YEAR = re.compile(r"(?:19|20)\d\d")
# Targets of a year are those of its plan.
_NAMING = re.compile(rf"{_CUE.pattern}|\b(chi tieu)(?= (?:nam )?(?:19|20)\d\d\b)")
_SHORT = {"bc": "bao cao", "kh": "ke hoach", "dt": "du thao", "chi tieu": "ke hoach"}
_SHORT_KINDS = {
    "nd": "nghi dinh", "tt": "thong tu", "qd": "quyet dinh", "ct": "chi thi", "nq": "nghi quyet", "kh": "ke hoach",
    "bc": "bao cao", "kl": "ket luan", "cv": "cong van",
}  # fmt: skip
# "Nghị định 30/2020", "NĐ 30": officers leave out what comes after the figure or the year.
_NUMBERED = re.compile(
    rf"\b(?P<kind>{PAPERS}|{'|'.join(_SHORT_KINDS)}) (?:so )?(?P<figure>\d{{1,4}})"
    r"(?:[/ ](?:nam )?(?P<year>(?:19|20)\d\d))?(?![\d%]|[.,]\d|/\d)"
)
_LETTER = "cong van"
_DRAFT = "du thao"
_DRAFT_OF = re.compile(rf"\bdu thao\s+(?:ban\s+|cac\s+|mot\s+)?({PAPERS})\b")
GENERAL, SPECIAL = 0.75, 0.25
"""How well a kind fits that is named more generally, or more specially, than the document calls itself."""
NUMBERED = 0.6
"""What it says of a paper that the question gives its kind with its figure but no year."""


def named_kinds(folded: str) -> tuple[str, ...]:
    """Kinds of document the question names ("theo báo cáo 10 năm" gives "bao cao"), in order."""
    return tuple(dict.fromkeys(_SHORT.get(match.group(1), match.group(1)) for match in _CUE.finditer(folded)))


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of a question that name a paper: their places among its concepts and the documents they may mean."""

    words: frozenset[int]
    documents: tuple[str, ...]


def naming(query: Query, library: Library) -> list[Mention]:
    """Return every naming of a paper with the words after it that titles hold: "báo cáo 10 năm", "dự thảo 2025"."""
    texts = tuple(concept.text for concept in query.concepts)
    return library.kept("naming", texts, lambda: _naming(texts, library))


def _naming(texts: Sequence[str], library: Library) -> list[Mention]:
    starts = {end: place for place, end in enumerate(accumulate((len(one) + 1 for one in texts), initial=0))}
    found: list[Mention] = []
    end = cue_end = 0
    cues = [match for match in _NAMING.finditer(" ".join(texts)) if match.start() in starts]
    for number, match in enumerate(cues):
        first = starts[match.start()]
        after = first + len(match.group().split())
        if found and first == end and not texts[first - 1].isdigit() and end == cue_end:
            end = cue_end = after  # "dự thảo Báo cáo chính trị" names one paper.
            found[-1] = replace(found[-1], words=found[-1].words | frozenset(range(first, after)))
            continue
        until = starts[cues[number + 1].start()] if number + 1 < len(cues) else len(texts)
        cue = _SHORT.get(match.group(), match.group())
        years = {text for text in texts[after : min(until, after + 3)] if _YEAR.fullmatch(text)}
        scored = {
            profile.id: (len(years & set(map(str, profile.years))), _extent(texts[:until], after, profile))
            for profile in library.profiles.values()
            if kind_fit((cue,), profile.kind, profile.meta.draft)
        }
        cue_end = after
        while after < until and texts[after].isdigit():
            after += 1
        best = max(scored.values(), default=(0, after))
        end = max(after, best[1])
        meant = tuple(sorted(document for document, one in scored.items() if one == best))
        found.append(Mention(frozenset(range(first, end)), meant))
    return found


def _extent(texts: Sequence[str], after: int, profile: Profile) -> int:
    """Return the place behind the last word in a row that a title or its years hold; one other may stand between."""
    known = profile.title | {str(year) for year in profile.years}
    end = after
    for place in range(after, len(texts)):
        if texts[place] in known:
            end = place + 1
        elif place > end:
            break
    return end


def drafts_joined(folded: str, cues: Sequence[str]) -> tuple[str, ...]:
    """Make one kind of "dự thảo" and the kind of paper right behind it, for a draft is what is meant."""
    of = dict.fromkeys(_DRAFT_OF.findall(folded))
    kept = [cue for cue in cues if cue not in of and not (of and cue == _DRAFT)]
    return (*kept, *(f"{_DRAFT} {kind}" for kind in of))


def kind_fit(cues: Sequence[str], kind: Sequence[str], draft: bool) -> float:
    """How well the best of the kinds named fits a document: "báo cáo" may mean a political report, not the reverse."""
    own = " ".join(kind)
    if not own:
        return 0.0
    return max((_fit(cue, own, draft=draft) for cue in cues), default=0.0)


def _fit(cue: str, own: str, *, draft: bool) -> float:
    if cue == _DRAFT:
        return float(draft)
    if cue.startswith(_DRAFT):
        if not draft:
            return 0.0
        cue = cue.removeprefix(_DRAFT).strip()
    if cue == own:
        return 1.0
    return GENERAL if own.startswith(cue) else SPECIAL if cue.startswith(own) else 0.0


class Numbers:
    """How well documents fit the numbers a question gives: whole, as far as the year, or the figure after its kind."""

    def __init__(self, query: Query) -> None:
        self._typed = frozenset(map(fold, query.understood.document_numbers))
        self._short = [
            (_SHORT_KINDS.get(match["kind"], match["kind"]), int(match["figure"]), match["year"])
            for match in _NUMBERED.finditer(query.understood.folded)
        ]

    def __bool__(self) -> bool:
        """Whether any number is given."""
        return bool(self._typed or self._short)

    def of(self, profile: Profile) -> float:
        """Weigh that the question gives the number of a paper."""
        if not self or not profile.meta.number[:1].isdigit():
            return 0.0
        number = fold(profile.meta.number)
        if number in self._typed:
            return 1.0
        own = " ".join(profile.kind)
        letter = "-" in number.partition("/")[2]  # a letter to an office is called so whatever it guides to
        weights = [
            1.0 if year else NUMBERED
            for kind, figure, year in self._short
            if (own.startswith(kind) or (letter and kind == _LETTER))
            and re.match(rf"0*{figure}{'/' + year if year else ''}(?!\d)", number)
        ]
        return max(weights, default=0.0)


def numbered(query: Query, library: Library) -> frozenset[str]:
    """Return the ids of the documents whose number the question gives."""
    numbers = Numbers(query)
    return frozenset(profile.id for profile in library.profiles.values() if numbers.of(profile))
