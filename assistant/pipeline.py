"""START READING HERE: from a question to a cited answer.

One question goes through six steps, each a plain function over frozen records: ``understand`` reads the question,
``build`` and ``focus`` weigh its words against the library and guess which document it means, ``retrieve`` finds and
orders passages, ``compose`` chooses what to say or refuses, ``check`` verifies every word and number against the
quotations, ``cite`` numbers them; ``state`` is what they hand on. ``ask`` calls them in a row; ``chain`` is the same
steps as LangChain runnables, so that they stream, batch and trace.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from assistant.ablation import NOTHING
from assistant.answers import several
from assistant.answers.extract import cautious, compose
from assistant.drafts import Draft, Statement
from assistant.explanation import explain
from assistant.notices import SourceNotices, on_question
from assistant.proof.cite import cite
from assistant.proof.misprints import odd
from assistant.proof.verify import check
from assistant.question.parts import parts
from assistant.question.understand import Understood, understand
from assistant.reading.wording import dated_title
from assistant.records import Answer, Evidence, History, Status
from assistant.retrieval.library import Library
from assistant.retrieval.query import build
from assistant.retrieval.retrieve import retrieve
from assistant.retrieval.routing import focus
from assistant.rounds import anchored, apart
from assistant.state import Request, State
from prompts import say

if TYPE_CHECKING:
    from langchain_core.retrievers import BaseRetriever
    from langchain_core.runnables import Runnable

    from vectorstore.rerank import Reranker
    from vectorstore.store import Store

_COURTESIES = ("empty", "greeting", "thanks", "about", "insult", "foreign")


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
        self._source_notices = SourceNotices(self.library)

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
            return state.given(understood=understood, answer=answer)
        if not self.library.profiles:
            answer = self._finish(state, "refused", say("refusals", "empty_store"), understood=understood)
            return state.given(understood=understood, answer=answer)
        return state.given(understood=understood, query=focus(build(understood, self.library), self.library))

    def find(self, state: State) -> State:
        """Retrieve passages."""
        if state.answer or state.query is None:
            return state
        allowed = self._allowed(state.request.groups)
        query, evidence = state.query, retrieve(state.query, self.library, self.hits, allowed)
        if query.understood.inherited and query.understood.told:
            query, evidence = anchored(query, evidence, self.library, allowed)
        return state.given(query=query, evidence=tuple(evidence))

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
        if asked and several.open_to_parts(mode, draft):
            allowed = self._allowed(state.request.groups)
            told = apart(asked, mode, state.request.history, self.library, allowed, self.hits)
            draft, support = several.join(state.query, mode, asked, draft, told, self.library) or (draft, support)
        return state.given(draft=draft, support=support, choices=tuple(choices[:8]))

    def _inheriting(self, state: State) -> State:
        """Read a follow-up again with the words of the question before beside its own, and find passages for both."""
        request = state.request
        speller = self.library.speller(self._allowed(request.groups))
        understood = understand(request.question, request.history, speller, completing=False)
        return self.find(state.given(understood=understood, query=focus(build(understood, self.library), self.library)))

    def prove(self, state: State) -> State:
        """Verify every statement, leave out what its sources do not hold, and cite the rest."""
        if state.answer or state.draft is None or state.understood is None or state.support is None:
            return state
        draft = state.draft
        papers = self.library.profiles.values()
        titles = self.library.kept("titles", "", lambda: " ".join(dated_title(one.meta, one.file) for one in papers))
        context = f"{state.understood.text} {state.understood.inherited} {titles}"
        findings = check(draft.statements, self.store.text, context)
        wrong = {finding.statement for finding in findings}
        kept = tuple(statement for statement in draft.statements if statement.text not in wrong)
        status: Status = "refused" if draft.form == "refusal" else "answered"
        if wrong and not any(statement.spans for statement in kept):
            kept, status = (Statement(say("refusals", "nothing"), ()),), "refused"
        text, citations = cite(Draft(draft.form, kept), self.library)
        asked = tuple(on_question(state.understood, state.query))
        answer = self._finish(
            state.given(findings=tuple(findings)),
            status,
            text,
            citations=citations,
            caution=status == "answered" and cautious(draft, state.support),
            notices=(
                *asked,
                *self._source_notices.on(citations, state.request.as_of),
                *(say("notices", "odd_number", number=figure) for figure in odd(text)),
            ),
            question_notices=asked,
            understood=state.understood,
        )
        return state.given(findings=tuple(findings), answer=answer)

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
