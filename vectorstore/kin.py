"""Which documents of a store a new one is a copy or a corrected re-issue of.

The sketches of all documents that count are kept in memory while a writer is at work, half a kilobyte each; the few
that look alike are compared word by word. A difference in words or figures makes a re-issue, one in layout a copy.
When in doubt two documents are strangers: then both are searched, and nothing is hidden.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection
from typing import TYPE_CHECKING, Literal

import numpy as np

from ingest.clean import fold
from ingest.records import Document, DocumentMeta, PageHealth
from vectorstore import likeness
from vectorstore.likeness import Difference, Sketch
from vectorstore.records import Relation

if TYPE_CHECKING:
    from vectorstore.catalog import Catalog

ALIKE = 0.8
"""Share of runs that very similar texts have in common."""
_MARGIN = 0.15
"""By so much a sketch may understate what texts have in common."""
_TOLD = 5
_CLEARER = 0.01
"""A difference in the share of legible syllables that counts."""
_FORMATS = ("pdf", "wordprocessingml", "html", "markdown")
"""Best first: what has pages to cite, then what states its headings, tables and notes; anything else comes last."""
_YEAR = re.compile(r"(?:19|20)\d{2}")
_FIGURE = re.compile(r"\d")
_REPLACES = re.compile(r"thay the[^.;]{0,120}")


class Kin:
    """The documents of a catalog that a new one may be related to: those searched, and old versions."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._ids: list[str] = []
        self._numbers: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
        sketches: list[Sketch] = []
        for document_id, meta, bins in catalog.lineage.sketches(likeness.RULES):
            sketches.append(bins if bins is not None else self._sketch(document_id))
            self._ids.append(document_id)
            self._numbers[_number(meta)].append(document_id)
        self._sketches = np.stack(sketches) if sketches else np.empty((0, likeness.BINS), dtype=np.uint32)

    def of(self, document: Document, sketch: Sketch, apart: Collection[str] = ()) -> tuple[Relation, ...]:
        """Return what a document is to those there, best first; a copy stands alone. ``apart``: ids to leave out."""
        alike = likeness.estimate(sketch, self._sketches) >= ALIKE - _MARGIN
        near = {self._ids[row] for row in np.flatnonzero(alike)}
        named = set(self._numbers[_number(document.meta)]) if _number(document.meta) else set()
        found = []
        for other_id in sorted((near | named) - {document.id, *apart}):
            if self._catalog.lineage.standing(other_id)[0] not in ("searched", "old"):
                continue  # became a copy since this was loaded: what it is a copy of is here too
            relation = self._relation(document, self._catalog.read(other_id))
            if relation is not None:
                found.append(relation)
        found.sort(key=lambda one: (one.kind, -one.shared, one.other_id))
        return tuple(found[:1] if found and found[0].kind == "copy" else found)

    def add(self, document: Document, sketch: Sketch) -> None:
        """Take a document in."""
        self._ids.append(document.id)
        self._numbers[_number(document.meta)].append(document.id)
        self._sketches = np.vstack([self._sketches, sketch])

    def _sketch(self, document_id: str) -> Sketch:
        """Make the sketch of a document that came before there were sketches."""
        made = likeness.sketch(self._catalog.printed(document_id).text)
        self._catalog.lineage.put_sketch(document_id, likeness.RULES, made)
        return made

    def _relation(self, document: Document, other: Document) -> Relation | None:
        if document.meta.groups != other.meta.groups or document.meta.restated != other.meta.restated:
            return None  # one may be hidden from readers of the other; a summary is no version of its source
        found = likeness.compare(document.text, other.text)
        if found.shared >= ALIKE and _same(document, other, found) and document.meta.draft == other.meta.draft:
            better, why = _preferred(document, other)
            return Relation("copy", other.id, round(found.shared, 3), better=better, why=why)
        if not _reissued(document, other, found):
            return None
        newer = (document.meta.issued or "9") >= (other.meta.issued or "")
        return Relation("reissue", other.id, round(found.shared, 3), tuple(_figures(found)[:_TOLD]), newer)


def _number(meta: DocumentMeta) -> tuple[str, ...]:
    """Return what names a paper within its office and year, () where any of it is not stated."""
    issuer, year = meta.issuer, (meta.issued or "")[:4]
    if not (issuer and year and meta.number[:1].isdigit()):
        return ()
    return fold(meta.kind), fold(meta.number), fold(issuer), year


def _reissued(document: Document, other: Document, found: Difference) -> bool:
    """Whether two different texts are versions of one paper and not two papers made after one model."""
    one, two = document.meta, other.meta
    if _number(one) and _number(one) == _number(two):
        return True
    if found.shared < ALIKE or _years(one) != _years(two) or fold(one.kind) != fold(two.kind):
        return False
    numbered = one.number[:1].isdigit() and two.number[:1].isdigit()
    if numbered and fold(one.number) != fold(two.number):
        return _says_it_replaces(document, two.number) or _says_it_replaces(other, one.number)
    return True


def _years(meta: DocumentMeta) -> set[str]:
    return {*_YEAR.findall(meta.subject), *map(str, meta.period or ())}


def _says_it_replaces(document: Document, number: str) -> bool:
    return any(fold(number) in match for match in _REPLACES.findall(fold(document.text)))


def _same(document: Document, other: Document, found: Difference) -> bool:
    """Whether two texts differ in layout only; where one was recognised from a picture, in single words at most."""
    if _scanned(document) or _scanned(other):
        return not (_figures(found) or found.added or found.dropped)
    return found.none


def _figures(found: Difference) -> list[tuple[str, str]]:
    return [(theirs, ours) for ours, theirs in found.changed if _FIGURE.search(ours + theirs)]


def _scanned(document: Document) -> bool:
    return any(page.confidence is not None for page in document.health)


def _preferred(document: Document, other: Document) -> tuple[bool, Literal["scan", "letters", "format", "first"]]:
    """Whether a document reads better than its copy, and by what: no scan, clear letters, pages or structure stated."""
    if _scanned(document) != _scanned(other):
        return _scanned(other), "scan"
    clear, clear_other = _clear(document.health), _clear(other.health)
    if abs(clear - clear_other) > _CLEARER:
        return clear > clear_other, "letters"
    if _format(document) != _format(other):
        return _format(document) < _format(other), "format"
    return False, "first"


def _clear(health: Collection[PageHealth]) -> float:
    characters = sum(page.characters for page in health)
    return sum(page.syllable_share * page.characters for page in health) / characters if characters else 0.0


def _format(document: Document) -> int:
    return next((place for place, name in enumerate(_FORMATS) if name in document.media_type), len(_FORMATS))
