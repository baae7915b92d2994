"""START READING HERE: from a question to a cited answer.

One question goes through six steps, each a plain function over frozen records: ``understand`` reads the question,
``build`` and ``focus`` weigh its words against the library and
guess which document it means, ``retrieve`` finds and orders passages, ``compose`` chooses what to say
or refuses, ``check`` verifies every word and number against the quotations, ``cite`` numbers them. ``ask`` calls them
in a row; ``chain`` is the same steps as LangChain runnables, so that they stream, batch and trace.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from assistant.ablation import NOTHING
from assistant.answers import several
from assistant.answers.extract import cautious, compose
from assistant.drafts import Draft, Statement
from assistant.proof.cite import cite
from assistant.proof.misprints import odd
from assistant.proof.verify import Finding, check
from assistant.question.parts import parts
from assistant.question.understand import Understood, understand
from assistant.reading.planted import holds_orders
from assistant.reading.refusal import Support
from assistant.reading.selection import Choice
from assistant.reading.wording import dated_title, short_title
from assistant.records import Answer, Citation, Evidence, History, Status
from assistant.retrieval.library import Library, Profile
from assistant.retrieval.query import Query, build
from assistant.retrieval.retrieve import retrieve
from assistant.retrieval.routing import focus
from assistant.rounds import anchored, apart
from ingest.clean import fold
from prompts import say

if TYPE_CHECKING:
    from langchain_core.retrievers import BaseRetriever
    from langchain_core.runnables import Runnable

    from vectorstore.rerank import Reranker
    from vectorstore.store import Store

_COURTESIES = ("empty", "greeting", "thanks", "about", "insult", "foreign")


@dataclass(frozen=True, slots=True)
class Request:
    """What the caller asked, with the day the answer is for and the reader's groups (``None``: the owner)."""

    question: str
    history: History = ()
    as_of: date | None = None
    groups: Collection[str] | None = None


@dataclass(frozen=True)
class State:
    """A question on its way; each step returns a copy with its own part filled in."""

    request: Request
    understood: Understood | None = None
    query: Query | None = None
    evidence: tuple[Evidence, ...] = ()
    draft: Draft | None = None
    support: Support | None = None
    choices: tuple[Choice, ...] = ()
    findings: tuple[Finding, ...] = ()
    answer: Answer | None = None
    began: float = field(default_factory=time.perf_counter)


class Assistant:
    """Answers questions from one store. Thread-safe for reading as far as the store is."""

    def __init__(
        self,
        store: Store,
        hits: int = 50,
        without: frozenset[str] = NOTHING,
        reranker: Callable[[], Reranker] | None = None,
    ) -> None:
        self.store = store
        self.hits = hits
        self.library = Library(store, without, reranker)
        self._orders: dict[str, bool] = {}

    def ask(
        self,
        question: str,
        history: History = (),
        as_of: date | None = None,
        groups: Collection[str] | None = None,
    ) -> Answer:
        """Answer a question with citations, or refuse; bad input gets a polite answer, never an exception."""
        state = State(Request(question, history, as_of, groups))
        for step in self.steps:
            state = step(state)
        assert state.answer is not None
        return state.answer

    def search(
        self, question: str, k: int = 50, history: History = (), groups: Collection[str] | None = None
    ) -> list[Evidence]:
        """Return at most ``k`` passages, best first."""
        self.library.refresh()
        allowed = self._allowed(groups)
        understood = understand(question, history, self.library.speller(allowed))
        if understood.social == "empty" or not self.library.profiles:
            return []
        return retrieve(focus(build(understood, self.library), self.library), self.library, k, allowed)

    @property
    def steps(self) -> tuple[Any, ...]:
        """The steps in order, each from :class:`State` to :class:`State`."""
        return (self.read_question, self.find, self.write, self.prove)

    @cached_property
    def chain(self) -> Runnable[Any, Answer]:
        """The steps as a LangChain runnable from a question, a :class:`Request` or a dict of its fields."""
        from assistant.chain import chain

        return chain(self)

    @cached_property
    def retriever(self) -> BaseRetriever:
        """The search as a LangChain retriever whose documents carry file, section, page and offsets."""
        from assistant.retriever import PassageRetriever

        return PassageRetriever(assistant=self)

    def read_question(self, state: State) -> State:
        """Understand the question and weigh its words."""
        self.library.refresh()
        speller = self.library.speller(self._allowed(state.request.groups))
        understood = understand(state.request.question, state.request.history, speller)
        if understood.social in _COURTESIES:
            answer = self._finish(state, "answered", say("courtesies", understood.social), understood=understood)
            return _with(state, understood=understood, answer=answer)
        if not self.library.profiles:
            answer = self._finish(state, "refused", say("refusals", "empty_store"), understood=understood)
            return _with(state, understood=understood, answer=answer)
        return _with(state, understood=understood, query=focus(build(understood, self.library), self.library))

    def find(self, state: State) -> State:
        """Retrieve passages."""
        if state.answer or state.query is None:
            return state
        allowed = self._allowed(state.request.groups)
        query, evidence = state.query, retrieve(state.query, self.library, self.hits, allowed)
        if query.understood.inherited and query.understood.told:
            query, evidence = anchored(query, evidence, self.library, allowed)
        return _with(state, query=query, evidence=tuple(evidence))

    def write(self, state: State) -> State:
        """Compose the draft or the refusal."""
        if state.answer or state.query is None:
            return state
        draft, support, choices = compose(state.query, state.evidence, self.library)
        if (
            draft.form == "refusal"
            and state.query.understood.named
            and not (support.missing_name or support.missing_year)
        ):
            inheriting = self._inheriting(state)
            other = compose(inheriting.query, inheriting.evidence, self.library) if inheriting.query else None
            if other is not None and other[0].form != "refusal":
                state, (draft, support, choices) = inheriting, other
        if state.query is None:
            return state
        mode, asked = parts(state.query.understood.read)
        if asked and several.open_to_parts(draft):
            allowed = self._allowed(state.request.groups)
            told = apart(asked, mode, state.request.history, self.library, allowed, self.hits)
            joined = several.join(state.query, mode, draft, told, self.library)
            if joined is not None:
                draft, support = joined, min((one.support for one in told), key=lambda one: one.score)
        return _with(state, draft=draft, support=support, choices=tuple(choices[:8]))

    def _inheriting(self, state: State) -> State:
        """Read a follow-up again with the words of the question before beside its own, and find passages for both."""
        request = state.request
        speller = self.library.speller(self._allowed(request.groups))
        understood = understand(request.question, request.history, speller, completing=False)
        return self.find(
            _with(state, understood=understood, query=focus(build(understood, self.library), self.library))
        )

    def prove(self, state: State) -> State:
        """Verify every statement, leave out what its sources do not hold, and cite the rest."""
        if state.answer or state.draft is None or state.understood is None or state.support is None:
            return state
        draft = state.draft
        titles = " ".join(dated_title(one.meta, one.file) for one in self.library.profiles.values())
        context = f"{state.understood.text} {state.understood.inherited} {titles}"
        findings = check(draft.statements, self.store.text, context)
        wrong = {finding.statement for finding in findings}
        kept = tuple(statement for statement in draft.statements if statement.text not in wrong)
        status: Status = "refused" if draft.form == "refusal" else "answered"
        if wrong and not any(statement.spans for statement in kept):
            kept, status = (Statement(say("refusals", "nothing"), ()),), "refused"
        text, citations = cite(Draft(draft.form, kept), self.library)
        answer = self._finish(
            _with(state, findings=tuple(findings)),
            status,
            text,
            citations=citations,
            caution=status == "answered" and cautious(draft, state.support),
            notices=(
                *self._notices(state, citations),
                *(say("notices", "odd_number", number=figure) for figure in odd(text)),
            ),
            understood=state.understood,
        )
        return _with(state, findings=tuple(findings), answer=answer)

    def _notices(self, state: State, citations: Sequence[Citation]) -> list[str]:
        notices = []
        query, understood = state.query, state.understood
        if understood is not None and understood.shortened:
            notices.append(say("courtesies", "too_long", words=understood.shortened))
        if understood is not None and understood.respelled:
            notices.append(say("notices", "understood", text=understood.read))
        elif query is not None and query.corrections:
            fixed = ", ".join(f"{typed} → {meant}" for typed, meant in _first(query.corrections))
            notices.append(say("notices", "understood", text=fixed))
        cited = sorted({citation.document_id for citation in citations})
        notices += self._about([self.library.profile(one) for one in cited], state.request.as_of)
        return notices + self._recognised(citations)

    def _recognised(self, citations: Sequence[Citation]) -> list[str]:
        """One notice a document, naming the cited pages that were recognised from pictures, by the least sure one."""
        found: dict[str, dict[int, float]] = {}
        for one in citations:
            if one.confidence is not None:
                pages, page = found.setdefault(one.document_id, {}), one.page or 0
                pages[page] = min(one.confidence, pages.get(page, 1.0))
        notices = []
        for document_id, pages in found.items():
            profile = self.library.profile(document_id)
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
            self._orders[document_id] = holds_orders(self.library, document_id)
        return self._orders[document_id]

    def _allowed(self, groups: Collection[str] | None) -> frozenset[str] | None:
        """Documents the reader may see; ``None`` when that is all of them."""
        if groups is None:
            return None
        own = set(groups)
        return frozenset(
            one.id for one in self.library.profiles.values() if not one.meta.groups or own & set(one.meta.groups)
        )

    def _finish(self, state: State, status: Status, text: str, *, understood: Understood, **parts: Any) -> Answer:  # noqa: ANN401
        return Answer(
            status=status,
            answer=text,
            elapsed_ms=round((time.perf_counter() - state.began) * 1000, 1),
            explanation=explain(state, understood),
            **parts,
        )


def explain(state: State, understood: Understood) -> dict[str, Any]:
    """Return what ``--explain`` shows: the question as read, passages, units, the refusal score, findings."""
    data: dict[str, Any] = {"understood": understood.explain()}
    if state.query is not None:
        data["expansions"] = list(state.query.expansions)
        data["corrections"] = list(state.query.corrections)
    data["hits"] = [
        {"rank": one.rank, "score": one.score, "section": one.chunk.section, "text": one.chunk.text[:120], **one.parts}
        for one in state.evidence[:8]
    ]
    data["units"] = [choice.parts() for choice in state.choices]
    if state.support is not None and state.draft is not None:
        support = state.support
        data["support"] = {"score": round(support.score, 3), "covered": round(support.covered, 3), "fit": support.fit}
        data["support"] |= {"missing_name": support.missing_name, "missing_year": support.missing_year}
        data["form"] = state.draft.form
    data["findings"] = [{"problem": one.problem, "text": one.text} for one in state.findings]
    return data


def _titles(profiles: Sequence[Profile]) -> str:
    return ", ".join(f"“{short_title(one.meta, one.file)}”" for one in profiles)


def _first(corrections: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the first correction of each word, without those that only differ in accents."""
    return [(typed, meant) for typed, meant in dict(reversed(corrections)).items() if fold(typed) != meant]


def _with(state: State, **parts: Any) -> State:  # noqa: ANN401
    return replace(state, **parts)
