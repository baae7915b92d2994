"""Training examples from gold questions: candidates with their features, and how right each would be.

Questions nobody can answer are few, so more are made from answerable ones: the passages that answer are hidden, or the
whole document, or the year or province is changed to one the documents do not have.
"""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, Literal

import numpy as np

from assistant import lexicon
from assistant.batches import turns
from assistant.pipeline import Assistant
from assistant.question.understand import understand
from assistant.reading.selection import candidates
from assistant.reading.wording import shown
from assistant.records import Evidence
from assistant.retrieval.query import Query, build
from assistant.retrieval.retrieve import retrieve
from assistant.retrieval.routing import focus
from assistant.retrieval.units import Unit
from evals.training.fit import Group

QUOTED = 0.6
"""Share of an evidence line's words that a citation must cover, as the marker has it."""


@dataclass(frozen=True, slots=True)
class Example:
    """A question with its passages; ``answerable`` as the gold set says, or false where the answer was taken away.

    ``made`` says how it was made from an answerable question: what answers was "hidden", or the question "changed".
    """

    gold: dict[str, Any]
    query: Query
    evidence: tuple[Evidence, ...]
    answerable: bool
    made: Literal["", "hidden", "changed"] = ""


def load_marker(path: Path) -> ModuleType:
    """Import the marker that scores answers from outside the project."""
    spec = importlib.util.spec_from_file_location("marker", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read_gold(path: Path) -> list[dict[str, Any]]:
    """Return the questions of a gold file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def example(assistant: Assistant, gold: dict[str, Any]) -> Example:
    """Read a gold question and retrieve for it."""
    query, evidence = _retrieve(assistant, gold, gold["question"])
    return Example(gold, query, evidence, bool(gold["answerable"]))


def made_unanswerable(assistant: Assistant, one: Example, marker: ModuleType) -> Iterator[Example]:
    """Take the answer away from an answerable question, in every way that applies and really removes it."""
    hidden = _without_answer(assistant, one, marker)
    if hidden is not None:
        yield hidden
    names = {source[:3] for source in one.gold["source"]}
    others = frozenset(key for key, profile in assistant.library.profiles.items() if profile.file[:3] not in names)
    if others and names:
        query, evidence = _retrieve(assistant, one.gold, one.gold["question"], others)
        hidden = Example(one.gold, query, evidence, False, "changed")
        units = candidates(query, evidence, assistant.library)
        if not any(_held(one.gold, unit, marker) == 1.0 for unit, _ in units):
            yield hidden
    question = one.gold["question"]
    for year in one.query.understood.years[:1]:
        absent = next(other for other in range(year + 3, year + 60) if not assistant.library.frequency(str(other)))
        if one.gold["must_contain"] and question.count(str(year)) == 1:
            query, evidence = _retrieve(assistant, one.gold, question.replace(str(year), str(absent)))
            yield Example(one.gold, query, evidence, False, "changed")
    for place in one.query.understood.places[:1]:
        known = {profile.province for profile in assistant.library.profiles.values()}
        absent_place = next(name for name in lexicon.load().province_names.values() if name not in known)
        if place in question:
            query, evidence = _retrieve(assistant, one.gold, question.replace(place, absent_place))
            yield Example(one.gold, query, evidence, False, "changed")


def _without_answer(assistant: Assistant, one: Example, marker: ModuleType) -> Example | None:
    """Hide the passages that hold the answer: what is left is as near as the documents come without it."""
    if not one.gold["must_contain"]:
        return None
    lines = [set(marker.bare(line)) for line in one.gold["evidence"]]

    def tells(passage: Evidence) -> bool:
        words = set(marker.bare(passage.chunk.text))
        quoted = any(line and len(line & words) >= QUOTED * len(line) for line in lines)
        return quoted or _told(one.gold, marker.fold(passage.chunk.text), marker) == 1.0

    evidence = tuple(passage for passage in one.evidence if not tells(passage))
    return Example(one.gold, one.query, evidence, False, "hidden") if evidence else None


def group(assistant: Assistant, one: Example, marker: ModuleType) -> Group:
    """Return the candidates of an answerable question with how right each is."""
    found = candidates(one.query, one.evidence, assistant.library)
    values = np.array([seen.values for _, seen in found], dtype=np.float64)
    right = np.array([rightness(assistant, one.gold, unit, marker) for unit, _ in found], dtype=np.float64)
    return Group(one.gold["id"], values, right)


def rightness(assistant: Assistant, gold: dict[str, Any], unit: Unit, marker: ModuleType) -> float:
    """Return the share of what must be said that a unit says; 0 unless its quotation proves it."""
    names = {source[:3] for source in gold["source"]}
    if assistant.library.profile(unit.chunk.document_id).file[:3] not in names:
        return 0.0
    quote = set(marker.bare(unit.sentence_text))
    lines = [set(marker.bare(line)) for line in gold["evidence"]]
    if not any(words and len(words & quote) >= QUOTED * len(words) for words in lines):
        return 0.0
    return _held(gold, unit, marker)


def _held(gold: dict[str, Any], unit: Unit, marker: ModuleType) -> float:
    text = marker.fold(shown(unit))
    if any(marker.has(text, bad) for bad in gold["must_not_contain"]):
        return 0.0
    return _told(gold, text, marker)


def _told(gold: dict[str, Any], folded: str, marker: ModuleType) -> float:
    """Return the share of what must be said that a text, folded, says."""
    groups = [any(marker.has(folded, way) for way in ways) for ways in gold["must_contain"]]
    return sum(groups) / len(groups) if groups else 0.0


def _retrieve(
    assistant: Assistant, gold: dict[str, Any], question: str, allowed: frozenset[str] | None = None
) -> tuple[Query, tuple[Evidence, ...]]:
    understood = understand(question, turns(gold["history"]), assistant.library.speller(allowed))
    query = focus(build(understood, assistant.library), assistant.library)
    return query, tuple(retrieve(query, assistant.library, assistant.hits, allowed))
