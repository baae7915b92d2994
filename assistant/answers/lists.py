"""Answer with a whole list, in order: bullets, an enumeration in a sentence, the notes it refers to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answers.list_choice import asks_requirements, pick, required
from assistant.answers.listings import Line, Listing
from assistant.answers.notes import notes_of, pieces
from assistant.drafts import Draft, Span, Statement
from assistant.question.answer_types import value
from assistant.reading.refusal import forbids
from assistant.reading.selection import Choice, distinct
from assistant.reading.wording import plain, shorten, shown
from assistant.records import Evidence
from assistant.retrieval.library import Library
from assistant.retrieval.query import Query
from assistant.retrieval.units import Passage, Unit, is_item
from ingest.records import Chunk
from prompts import say

ROOM = 1400
"""Characters a list may take."""
QUOTE_WORDS = 190
"""Words of one quotation."""
_NEIGHBOURS = 6
LOOKED = 12
ALIKE = 0.75
"""Share of an item's score that another of its list must reach for the whole list to be told."""


def answer(query: Query, evidence: Sequence[Evidence], choices: Sequence[Choice], library: Library) -> Draft | None:
    """Answer a question for a list; ``None`` when none is asked or nothing found enumerates."""
    found = pick(query, evidence, choices, library)
    told = tell(found.listing) if found is not None else []
    if found is not None and not forbids(query, told[0].spans, library):
        if asks_requirements(query) and required(found.listing):
            told.insert(0, Statement(say("answers", "requirements"), ()))
        return Draft("list", tuple(told))
    if not query.understood.asks("list"):
        return None
    near = [choice for choice in choices[:6] if choice.score >= 0.88 * choices[0].score]
    near = [choice for choice in near if choice.unit.kind != "item" or _accompanied(choice, choices)]
    statements = next((found for choice in near for found in [_bullets(choice, library)] if found), [])
    statements = statements or _enumeration(query, choices, library)
    return Draft("list", tuple(statements)) if statements else None


def tell(listing: Listing) -> list[Statement]:
    """Say the head and every item in order, each run of items cited; long items by their first clause."""
    items = [replace(item, text=plain(item.text)) for item in listing.items]
    lead = plain(listing.lead.text) if listing.lead else plain(listing.root[-1]) if listing.root else ""
    lead = "" if re.fullmatch(r"(?:Điều|Khoản) \d+\w?", lead) else shorten(lead, 240)
    room = max(50, (ROOM - len(lead)) // len(items) - 2)
    if sum(len(item.text) for item in items) + len(lead) > ROOM:
        items = [replace(item, text=shorten(item.text, room)) for item in items]
    statements: list[Statement] = []
    run: list[Line] = []
    words = 0

    def close() -> None:
        if run:
            told = (". " if listing.prose else "; ").join(item.text for item in run)
            statements.append(Statement(told, (Span(run[0].chunk, run[0].start, run[-1].end),)))

    for item in items:
        length = item.end - item.start
        if run and (item.chunk.id != run[0].chunk.id or words + length // 4 > QUOTE_WORDS):
            close()
            run, words = [], 0
        run.append(item)
        words = (item.end - run[0].start) // 4
    close()
    if listing.lead and lead:
        line = listing.lead
        first = statements[0].spans[0]
        near = line.chunk.id == first.chunk.id and (first.end - line.start) // 4 <= QUOTE_WORDS
        span = Span(line.chunk, line.start, first.end) if near else None
        spans = (span,) if span else (Span(line.chunk, line.start, line.end), first)
        statements[0] = Statement(f"{lead}: {statements[0].text}", spans)
    elif lead:
        statements[0] = Statement(f"{lead}: {statements[0].text}", statements[0].spans)
    return statements[:10]


def sure(query: Query, evidence: Sequence[Evidence], choices: Sequence[Choice], library: Library) -> Draft | None:
    """Answer with a list whose own head says most of the question, where no single unit does."""
    found = pick(query, evidence, choices, library)
    if found is None or not found.sure:
        return None
    told = tell(found.listing)
    return None if forbids(query, told[0].spans, library) else Draft("list", tuple(told))


def _accompanied(choice: Choice, choices: Sequence[Choice]) -> bool:
    """Say whether another item of the same list is nearly as good: else the one item is the answer, not its list."""
    own = choice.unit
    return any(
        other.unit.kind == "item"
        and other.unit.sentence != own.sentence
        and other.unit.chunk.path == own.chunk.path
        and other.unit.chunk.document_id == own.chunk.document_id
        and other.score >= ALIKE * choice.score
        for other in choices[:LOOKED]
    )


def _bullets(best: Choice, library: Library) -> list[Statement]:
    """Return the list that the unit introduces or stands in, each run of items cited once."""
    unit = best.unit
    passage = library.passage(unit.chunk)
    introduces = unit.text.rstrip(" *").endswith(":")
    if not introduces and unit.kind != "item":
        return []
    items = _items(passage, unit, library, introduces)
    if len(items) < 2:
        return []
    lead = plain(unit.text) if introduces else plain(unit.chunk.context) if unit.chunk.kind == "list" else ""
    texts = [plain(item.sentence_text if item.kind != "item" else item.text) for item in items]
    room = max(60, (ROOM - len(lead)) // len(texts))
    if sum(map(len, texts)) + len(lead) > ROOM:
        texts = [shorten(text, room) for text in texts]
    statements = []
    if lead and introduces:
        statements.append(Statement(f"{lead}:", (Span(unit.chunk, unit.start, unit.end),)))
    elif lead and len(lead) < 200:
        texts[0] = f"{lead}: {texts[0]}"
    statements += [
        Statement("; ".join(text for text, _ in run), (_cover([item for _, item in run]),))
        for run in _runs(list(zip(texts, items, strict=True)))
    ]
    return statements


def _items(passage: Passage, unit: Unit, library: Library, introduces: bool) -> list[Unit]:
    """Items of the list around or after a unit, over neighbouring chunks with the same lead-in or heading."""
    found = _lines(passage, after=unit.end if introduces else None)
    if not introduces:
        before, step = passage.chunk, -1
        while step >= -_NEIGHBOURS:
            neighbour = library.passage_after(passage.chunk, step)
            if neighbour is None or not _continues(before, neighbour.chunk):
                break
            found = _lines(neighbour) + found
            before, step = neighbour.chunk, step - 1
    last, step = passage.chunk, 1
    while step <= _NEIGHBOURS:
        neighbour = library.passage_after(passage.chunk, step)
        if neighbour is None or not (_continues(last, neighbour.chunk) or (introduces and step == 1)):
            break
        more = _lines(neighbour)
        if not more:
            break
        found += more
        last, step = neighbour.chunk, step + 1
    return found


def _continues(chunk: Chunk, other: Chunk) -> bool:
    return (
        other.kind == "list"
        and chunk.path == other.path
        and (other.context == chunk.context or chunk.kind != "list" or not other.context)
    )


def _lines(passage: Passage, after: int | None = None) -> list[Unit]:
    """Return the first sentence of every item line, whole lines being one item."""
    found: list[Unit] = []
    for unit in passage.units:
        if unit.kind == "item" and (after is None or unit.start >= after) and is_item(unit.text):
            found.append(unit)
    return found


def _runs(pairs: list[tuple[str, Unit]]) -> list[list[tuple[str, Unit]]]:
    """Split items into runs that one quotation can hold."""
    runs: list[list[tuple[str, Unit]]] = []
    words = 0
    for text, item in pairs:
        same = bool(runs) and runs[-1][-1][1].chunk.id == item.chunk.id
        if not same or words + item.words > QUOTE_WORDS:
            runs.append([])
            words = 0
        runs[-1].append((text, item))
        words += item.words
    return runs


def _cover(items: Sequence[Unit]) -> Span:
    chunk = items[0].chunk
    start, end = items[0].start, items[-1].end
    if len(chunk.text[start - chunk.start : end - chunk.start].split()) > QUOTE_WORDS + 20:
        end = items[0].end
    return Span(chunk, start, end)


def _enumeration(query: Query, choices: Sequence[Choice], library: Library) -> list[Statement]:
    """Return the sentence that enumerates, the notes it refers to, and the next best units while there is room."""
    statements: list[Statement] = []
    used = 0
    kept = distinct((choice for choice in choices if not choice.unit.text.rstrip(" *").endswith(":")), 4)
    if not kept:
        return []
    if query.understood.asks("how_many"):
        # "có bao nhiêu thành viên, gồm những ai": the sentence that counts them opens the list.
        kept.sort(key=lambda choice: choice.leading < 1)
    for number, choice in enumerate(kept):
        if number and choice.score < 0.82 * kept[0].score:
            break
        sentence = choice.unit if choice.unit.kind != "clause" else _whole(choice.unit, library)
        text = shorten(shown(sentence), 900)
        if number and used + len(text) > 800:
            continue
        if number == 0:
            found = value(query.understood, plain(sentence.text))
            text = f"{found}: {text}" if found and text.find(found) > 25 else text
        statements.append(Statement(text, (_quote(sentence),)))
        used += len(text)
        if number == 0:
            notes = notes_of(sentence, library)
            for note in notes:
                told = shorten(plain(note.chunk.text, note=True), max(200, ROOM - used))
                statements.append(Statement(told, tuple(pieces(note))))
                used += len(told)
            if notes:
                break
        if used > 700:
            break
    return statements


def _whole(clause: Unit, library: Library) -> Unit:
    """Return the sentence of a clause, unless it is too long to say."""
    if len(clause.sentence_text.split()) > 160:
        return clause
    units = library.passage(clause.chunk).units
    return next((unit for unit in units if (unit.start, unit.end) == clause.sentence), clause)


def _quote(unit: Unit) -> Span:
    start, end = unit.sentence if len(unit.sentence_text.split()) <= QUOTE_WORDS else (unit.start, unit.end)
    return Span(unit.chunk, start, end)
