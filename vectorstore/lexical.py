"""Word search with tantivy over tokens that we make ourselves.

Vietnamese writes a space between syllables, so a token is a syllable; pairs of syllables stand in for words. Accents
are optional in a question: ``body``, ``bigrams``, ``path`` and ``context`` hold accent-free tokens, ``accented`` holds
the syllables as written, so that accents somebody did type can count. BM25 is computed in each field on its own.
``document`` holds the id of a chunk's document, for searching some documents only.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import tantivy

from ingest.clean import fold, match_form
from vectorstore.base import Vectors
from vectorstore.errors import IndexDamaged
from vectorstore.faults import fault
from vectorstore.records import Hit, Passage, Term

FIELDS = ("body", "bigrams", "accented", "path", "context")
ANALYSIS = 2
"""Version of tokens and fields; an index made under another version is built anew."""

_DASH = "\u2010\u2011\u2013-"  # the ASCII one last: in a character class it would span a range
_PIECE = r"[^\W_]+"
# "841-CV/TU", "172/2015/QĐ-UBND", "28/11/2017", "16.068", "84,6%", "COVID-19"; dot and comma join digits only.
_TOKEN = re.compile(rf"{_PIECE}(?:(?:[/{_DASH}]|(?<=\d)[.,](?=\d)){_PIECE})*%?")
_JOINT = re.compile(rf"[/{_DASH}]")
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3}){2,}")
_LEADING_ZEROS = re.compile(r"^0+(?=\d)")
_ONE_DASH = str.maketrans(dict.fromkeys(_DASH, "-"))
# Superscript digits are reference marks of notes, not numbers, though str.isalnum says they are.
_NO_MARKS = str.maketrans(dict.fromkeys("⁰¹²³⁴⁵⁶⁷⁸⁹", " "))
_MARK = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]")
_SYLLABLE = re.compile(r"[^\W\d_]+")

_HEAP = 50_000_000
_SLACK = 16


def tokens(text: str) -> list[str]:
    """Cut a text into accent-free syllables, numbers and document numbers, in reading order.

    What is joined by ``-``, ``/``, a decimal comma or a thousands dot is given whole and in its pieces, a number with
    thousands dots also without them, a number with leading zeros also without those.

    >>> tokens("Công văn 841-CV/TU: đạt 84,6%")
    ['cong', 'van', '841-cv/tu', '841', 'cv', 'tu', 'dat', '84,6%', '84,6', '84', '6']
    """
    return [token for whole in _TOKEN.findall(_without_marks(text)) for token in _cut(whole)]


def _expand(whole: str) -> Iterator[str]:
    yield whole
    for part in _JOINT.split(whole.removesuffix("%")):
        yield part
        if _THOUSANDS.fullmatch(part):
            yield part.replace(".", "").replace(",", "")
        for piece in re.split(r"[.,]", part):
            yield piece
            yield _LEADING_ZEROS.sub("", piece)


def accented_tokens(text: str) -> list[str]:
    """Cut a text into syllables with their accents, lower case, tone placement unified; no numbers."""
    return [syllable for letters in _SYLLABLE.findall(text) for _, syllable in _spelled(letters)]


class Cuttings:
    """The tokens of a text with their places, so that those of its sentences need not be cut again.

    Offsets are characters of the text; a token belongs to a stretch when it begins and ends in it.
    """

    def __init__(self, text: str) -> None:
        """Cut the text as :func:`tokens` and :func:`accented_tokens` do."""
        plain = list(_TOKEN.finditer(_without_marks(text)))
        self._starts = [match.start() for match in plain]
        self._ends = [match.end() for match in plain]
        self._tokens = [_cut(match[0]) for match in plain]
        found = [(match.start(), _spelled(match[0])) for match in _SYLLABLE.finditer(text)]
        self._syllable_starts = [start + place for start, syllables in found for place, _ in syllables]
        self._syllables = [syllable for _, syllables in found for _, syllable in syllables]

    def tokens(self, start: int, end: int) -> list[str]:
        """Return :func:`tokens` of ``text[start:end]``, whose edges cut no token."""
        first, last = bisect_left(self._starts, start), bisect_right(self._ends, end)
        return [token for group in self._tokens[first:last] for token in group]

    def accented(self, start: int, end: int) -> list[str]:
        """Return :func:`accented_tokens` of ``text[start:end]``, whose edges cut no syllable."""
        first, last = bisect_left(self._syllable_starts, start), bisect_left(self._syllable_starts, end)
        return self._syllables[first:last]


def _without_marks(text: str) -> str:
    """Take reference marks of notes out, which few texts have."""
    return text.translate(_NO_MARKS) if _MARK.search(text) else text


# A character is a letter, a digit or a joint with its accents or without: a text is cut first, and each of its pieces,
# most of which it shares with other texts, is spelled once.
@lru_cache(maxsize=50_000)
def _cut(piece: str) -> tuple[str, ...]:
    """Return a run of letters without its accents, anything else whole and in its pieces."""
    whole = fold(piece)
    return (whole,) if whole.isalpha() else tuple(dict.fromkeys(_expand(whole.translate(_ONE_DASH))))


@lru_cache(maxsize=20_000)
def _spelled(letters: str) -> tuple[tuple[int, str], ...]:
    """Return the syllables of a run of letters and reference marks, as they are matched, with their places in it."""
    return tuple((match.start(), match[0]) for match in _SYLLABLE.finditer(_without_marks(match_form(letters))))


def bigrams(syllables: Sequence[str]) -> list[str]:
    """Pair neighbouring tokens; joined tokens ("841-cv/tu") take part with their pieces only."""
    simple = [token for token in syllables if token.isalnum()]
    return [f"{left}_{right}" for left, right in pairwise(simple)]


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("document", tokenizer_name="raw", index_option="basic")
    for field in FIELDS:
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
    return builder.build()


class LexicalIndex:
    """BM25 over :data:`FIELDS`; a query is a sequence of weighted terms of which any may match."""

    def __init__(self, folder: Path, create: bool = True) -> None:
        """Open the index in ``folder``; ``create``: or make an empty one. Raises ``IndexDamaged``."""
        self.folder = folder
        self._schema = _schema()
        self._writer: tantivy.IndexWriter | None = None
        try:
            if create:
                folder.mkdir(parents=True, exist_ok=True)
                self._index = tantivy.Index(self._schema, path=str(folder), reuse=True)
            else:
                self._index = tantivy.Index.open(str(folder))
        except (ValueError, OSError) as error:
            raise _damaged(folder, error) from error

    def add(self, passages: Sequence[Passage], vectors: Vectors) -> None:
        """Index passages; the vectors are for the other index."""
        self.remove(passage.chunk_id for passage in passages)
        writer = self._writing()
        for passage in passages:
            body = tokens(passage.body)
            writer.add_document(
                tantivy.Document(
                    id=passage.chunk_id,
                    document=passage.document_id,
                    body=" ".join(body),
                    bigrams=" ".join(bigrams(body)),
                    accented=" ".join(accented_tokens(passage.body)),
                    path=" ".join(tokens(passage.path)),
                    context=" ".join(tokens(passage.context)),
                )
            )

    def remove(self, chunk_ids: Iterable[str]) -> None:
        """Take chunks out of the index."""
        writer = self._writing()
        for chunk_id in chunk_ids:
            writer.delete_documents_by_term("id", chunk_id)

    def commit(self) -> None:
        """Make what was added and removed visible and durable."""
        if self._writer is not None:
            fault("lexical-uncommitted")
            self._writer.commit()
            self._index.reload()
            fault("lexical-committed")

    def search(self, query: Sequence[Term], k: int, documents: Collection[str] | None = None) -> list[Hit]:
        """Find the chunks with the highest weighted BM25 sum; terms of weight 0 or less do not count.

        ``documents``: only those of these documents; how rare a word is counts over all of them.
        """
        weights: defaultdict[tuple[str, str], float] = defaultdict(float)
        for term in query:
            weights[term.field, term.text] += term.weight
        clauses = [
            (
                tantivy.Occur.Should,
                tantivy.Query.boost_query(tantivy.Query.term_query(self._schema, field, text, "freq"), weight),
            )
            for (field, text), weight in weights.items()
            if weight > 0
        ]
        if not clauses or k < 1:
            return []
        found = tantivy.Query.boolean_query(clauses)
        return self._ranked(found if documents is None else self._within(documents, found), k)

    def _within(self, documents: Collection[str], query: tantivy.Query) -> tantivy.Query:
        """Let a query find the chunks of some documents only; their scores stay."""
        if len(documents) == 1:
            own = tantivy.Query.term_query(self._schema, "document", next(iter(documents)), "basic")
        else:
            own = tantivy.Query.term_set_query(self._schema, "document", list(documents))
        nothing = tantivy.Query.const_score_query(own, 0.0)
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, nothing), (tantivy.Occur.Must, query)])

    def _ranked(self, query: tantivy.Query, k: int) -> list[Hit]:
        """Search beyond ``k`` until the tie at the end is complete, so that ties are broken by chunk id."""
        limit = k + _SLACK
        try:
            searcher = self._index.searcher()
            found = searcher.search(query, limit=limit, count=False).hits
            while len(found) == limit and found[-1][0] == found[k - 1][0]:
                limit *= 4
                found = searcher.search(query, limit=limit, count=False).hits
            last = found[min(k, len(found)) - 1][0] if found else 0.0
            hits = [Hit(searcher.doc(address)["id"][0], score) for score, address in found if score >= last]
        except (ValueError, OSError) as error:
            raise _damaged(self.folder, error) from error
        return sorted(hits, key=lambda hit: (-hit.score, hit.chunk_id))[:k]

    def frequencies(self, texts: Sequence[str]) -> list[int]:
        """Return in how many chunks each accent-free token stands, in its text or else in its context.

        Two tokens joined as by :func:`bigrams` are counted side by side in the text.
        """
        searcher = self._index.searcher()
        return [
            searcher.doc_freq("bigrams", text)
            if "_" in text
            else max(searcher.doc_freq("body", text), searcher.doc_freq("context", text))
            for text in texts
        ]

    def ids(self) -> set[str]:
        """Return the ids of all chunks in the index."""
        searcher = self._index.searcher()
        if searcher.num_docs == 0:
            return set()
        try:
            every = searcher.search(tantivy.Query.all_query(), limit=searcher.num_docs, count=False).hits
            found = [searcher.doc(address)["id"][0] for _, address in every]
        except (ValueError, OSError) as error:
            raise _damaged(self.folder, error) from error
        if len(found) != len(set(found)):
            raise _damaged(self.folder, ValueError("a chunk is indexed twice"))
        return set(found)

    def close(self) -> None:
        """Drop what was not committed and wait until no thread writes in the folder."""
        if self._writer is not None:
            self._writer.rollback()
            self._writer.wait_merging_threads()
            self._writer = None

    def _writing(self) -> tantivy.IndexWriter:
        if self._writer is None:
            try:
                # One thread: passages of equal score then come in the same order on every machine.
                self._writer = self._index.writer(heap_size=_HEAP, num_threads=1)
            except (ValueError, OSError) as error:
                raise _damaged(self.folder, error) from error
        return self._writer


def _damaged(folder: Path, error: Exception) -> IndexDamaged:
    return IndexDamaged(
        f"Chỉ mục từ khóa trong {folder} không đọc được.",
        remedy="Chạy `tdkt doctor --rebuild` để dựng lại chỉ mục từ kho; tài liệu đã nạp vẫn còn nguyên.",
        detail=f"tantivy: {error}",
    )
