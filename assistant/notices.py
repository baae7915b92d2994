"""What a reader must be told with an answer: how the question was read, and what to mind about the sources."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assistant.question.understand import Understood
from assistant.reading.planted import holds_orders
from assistant.reading.wording import short_title
from assistant.records import Citation
from assistant.retrieval.library import Library
from assistant.retrieval.profiles import Profile
from assistant.retrieval.query import Query
from ingest.clean import fold
from prompts import say


def on_question(understood: Understood, query: Query | None) -> list[str]:
    """Say which question is answered where it is not the one typed: shortened, put right or made whole."""
    notices = []
    if understood.shortened:
        notices.append(say("courtesies", "too_long", words=understood.shortened))
    if understood.respelled:
        notices.append(say("notices", "understood", text=understood.read))
    elif query is not None and query.corrections:
        fixed = ", ".join(f"{typed} → {meant}" for typed, meant in _first(query.corrections))
        notices.append(say("notices", "understood", text=fixed))
    return notices


class SourceNotices:
    """Notices on the documents that an answer cites; what is read once a document is remembered."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._orders: dict[str, bool] = {}

    def on(self, citations: Sequence[Citation], as_of: date | None) -> list[str]:
        """Say what to mind about the cited documents, on the day the answer is for."""
        cited = sorted({citation.document_id for citation in citations})
        return self._about([self._library.profile(one) for one in cited], as_of) + self._recognised(citations)

    def _recognised(self, citations: Sequence[Citation]) -> list[str]:
        """One notice a document, naming the cited pages that were recognised from pictures, by the least sure one."""
        found: dict[str, dict[int, float]] = {}
        for one in citations:
            if one.confidence is not None:
                pages, page = found.setdefault(one.document_id, {}), one.page or 0
                pages[page] = min(one.confidence, pages.get(page, 1.0))
        notices = []
        for document_id, pages in found.items():
            profile = self._library.profile(document_id)
            notices.append(
                say(
                    "notices",
                    "recognised",
                    title=short_title(profile.meta, profile.file),
                    pages="trang " + ", ".join(map(str, sorted(pages))) if any(pages) else "hình trong tệp",
                    confidence=f"{min(pages.values()) * 100:.0f}",
                )
            )
        return notices

    def _about(self, profiles: Sequence[Profile], as_of: date | None) -> list[str]:
        """One notice a kind, naming every cited document it is about."""
        kinds = {
            "draft": [one for one in profiles if one.meta.draft],
            "restated": [one for one in profiles if one.meta.restated],
            "planted": [one for one in profiles if self._planted(one.id)],
        }
        notices = [say("notices", kind, titles=_titles(found)) for kind, found in kinds.items() if found]
        if as_of is not None:
            day = as_of.isoformat()
            for one in profiles:
                early = one.meta.effective_from is not None and day < one.meta.effective_from
                late = one.meta.effective_to is not None and day > one.meta.effective_to
                if early or late:
                    title = short_title(one.meta, one.file)
                    notices.append(say("notices", "not_in_force", title=title, day=f"{as_of:%d/%m/%Y}"))
        return notices

    def _planted(self, document_id: str) -> bool:
        """Whether a document commands the answerer; read once a document."""
        if document_id not in self._orders:
            self._orders[document_id] = holds_orders(self._library, document_id)
        return self._orders[document_id]


def _titles(profiles: Sequence[Profile]) -> str:
    return ", ".join(f"“{short_title(one.meta, one.file)}”" for one in profiles)


def _first(corrections: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the first correction of each word, without those that only differ in accents."""
    return [(typed, meant) for typed, meant in dict(reversed(corrections)).items() if fold(typed) != meant]
