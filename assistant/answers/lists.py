"""Answer with a whole list, in order: bullets, an enumeration in a sentence, the notes it refers to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from assistant import lexicon
from assistant.answers.asked_nouns import asked_noun
from assistant.answers.enumerations import enumeration
from assistant.answers.list_choice import asks_requirements, of_another, pick, required
from assistant.answers.listings import LONGEST, Line, Listing, around, introduced, listings
from assistant.answers.notes import notes_of
from assistant.answers.statements import leads
from assistant.drafts import Draft, Span, Statement
from assistant.reading.selection import Choice
from assistant.reading.unit_features import asked_words
from assistant.reading.wording import plain, shorten
from assistant.records import Evidence
from assistant.retrieval.library import Library
from assistant.retrieval.query import Query
from assistant.retrieval.scoring import coverage
from assistant.retrieval.units import Unit
from assistant.words import joined
from prompts import say
from vectorstore.lexical import accented_tokens, tokens

ROOM = 1400
"""Characters a list may take."""
QUOTE_WORDS = 190
"""Words of one quotation."""
# "IV. NHIỆM VỤ …": the number of a heading stands in the citation.
_NUMBERED = re.compile(r"^(?:[IVXLC]+|\d+(?:\.\d+)*)[.)]\s+")
LOOKED = 12
SEVERAL = 3
"""Separators by which a note is known to name several."""
NEAR = 0.88
"""Share of the best score from which the list that a unit leads to or stands in answers."""
LABEL = 90
"""Characters within which an item's label ends."""
NAMED = 0.75
"""Share of a label's own words that the question must hold to mean that item,"""
OTHERS = 0.5
"""and that no other label may reach."""
SAID = 0.6
"""Share of the question that one item must hold for the list under it to be told alone,"""
CLEARLY = 0.12
"""and by how much more than any other item."""
ALIKE = 0.75
"""Share of an item's score that another of its list must reach for the whole list to be told."""


def answer(query: Query, evidence: Sequence[Evidence], choices: Sequence[Choice], library: Library) -> Draft | None:
    """Answer a question for a list; ``None`` when none is asked or nothing found enumerates."""
    found = pick(query, evidence, choices, library)
    noted = _noted(query, choices, library) if found is not None and found.listing.prose else []
    if noted:
        return Draft("list", tuple(noted))
    if found is not None and (asks_requirements(query) or not of_another(query, found.listing, library)):
        told = tell(whole(narrowed(query, _of_the_named(query, found.listing), library), library))
        return Draft("list", (*requirements(query, found.listing), *told))
    if not query.understood.asks("list") and not _announced(query, choices[0].unit):
        return None
    near = [choice for choice in choices[:6] if choice.score >= NEAR * choices[0].score]
    for choice in near:
        listing = None
        if leads(choice.unit):
            listing = introduced(choice.unit, library)
        elif choice.unit.kind == "item" and _accompanied(choice, choices):
            listing = around(choice.unit, library)
        if listing is not None:
            return Draft("list", tuple(tell(whole(_of_the_named(query, listing), library))))
    statements = enumeration(query, choices, library)
    return Draft("list", tuple(statements)) if statements else None


def requirements(query: Query, listing: Listing) -> list[Statement]:
    """Return what is said before a list of which every item must be met, where it is asked if a case meets it."""
    return [Statement(say("answers", "requirements"), ())] if asks_requirements(query) and required(listing) else []


def _announced(query: Query, unit: Unit) -> bool:
    """Say whether the line over an item announces what is asked by "nào": "hành vi nào …", "các hành vi sau đây:"."""
    asked = asked_noun(query) if query.understood.kind in ("which", "other") and unit.kind == "item" else ()
    return bool(asked) and all(one.said_in(unit.lead) for one in asked)


def _of_the_named(query: Query, listing: Listing) -> Listing:
    """Keep the items whose label the question names: "khối doanh nghiệp …" asks for one item, not for every body's.

    A label is what stands before an item's colon; words of several labels tell no item from another.
    """
    asked, function = asked_words(query), lexicon.load().function_words
    labels = [
        {word for word in tokens(item.text[:LABEL].rpartition(":")[0]) if word.isalpha()} - function
        for item in listing.items
    ]
    shared = Counter(word for label in labels for word in label)
    held = []
    for label in labels:
        own = [word for word in label if shared[word] == 1]
        held.append(sum(word in asked for word in own) / len(own) if own else 0.0)
    kept = [item for item, share in zip(listing.items, held, strict=True) if share >= NAMED]
    kept = [item for item in kept if not item.text.endswith(":")]  # What it leads to is no line of the list.
    if len(kept) != 1 or len(listing.items) < 3 or sum(share > OTHERS for share in held) > 1:
        return listing
    return Listing(None, (), kept)


def _noted(query: Query, choices: Sequence[Choice], library: Library) -> list[Statement]:
    """Return the sentence that counts what is to be listed with the note that names it; nothing when no note does."""
    if not query.understood.asks("list") or not choices:
        return []
    notes = notes_of(choices[0].unit, library)
    named = any(note.chunk.text.count(";") + note.chunk.text.count(",") >= SEVERAL for note in notes)
    return enumeration(query, choices[:1], library) if named else []


def tell(listing: Listing, *, marked: bool = False) -> list[Statement]:
    """Say the head and every item in order, each run of items cited; long items by their first clause.

    ``marked`` keeps the items' own numbers and letters.
    """
    items = [replace(item, text=_said(item.text, marked=marked)) for item in listing.items]
    head = listing.lead.text if listing.lead else listing.root[-1] if listing.root else ""
    lead = plain(_NUMBERED.sub("", head))
    lead = "" if re.fullmatch(r"(?:Điều|Khoản) \d+\w?", lead) else shorten(lead, 240)
    room = max(50, (ROOM - len(lead)) // len(items) - 2)
    if sum(len(item.text) for item in items) + len(lead) > ROOM:
        items = [replace(item, text=shorten(item.text, room)) for item in items]
    statements: list[Statement] = []
    run: list[Line] = []
    words = 0

    def close() -> None:
        if run:
            told = _joined([item.text for item in run], ". " if listing.prose else "; ")
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


def _said(text: str, *, marked: bool) -> str:
    """Return an item's words; one that introduces others keeps its colon."""
    said = " ".join(text.split()).rstrip(" ;,:.") if marked else plain(text)
    return f"{said}:" if text.rstrip(" *").endswith(":") else said


def _joined(texts: Sequence[str], between: str) -> str:
    return between.join(texts).replace(f":{between}", ": ")


def sure(query: Query, evidence: Sequence[Evidence], choices: Sequence[Choice], library: Library) -> Draft | None:
    """Answer with a list whose own head says most of the question, where no single unit does."""
    found = pick(query, evidence, choices, library)
    if found is None or not found.sure or of_another(query, found.listing, library):
        return None
    return Draft("list", tuple(tell(whole(found.listing, library))))


def whole(listing: Listing, library: Library) -> Listing:
    """Return a list in which every item that only introduces others is followed by them."""
    if listing.prose or not any(item.text.rstrip(" *").endswith(":") for item in listing.items):
        return listing
    under = _under(listing, library)
    items: list[Line] = []
    for item in listing.items:
        items += [item, *(under[item.start].items if item.start in under else ())]
    return replace(listing, items=items) if len(items) <= LONGEST else listing


def narrowed(query: Query, listing: Listing, library: Library) -> Listing:
    """Return the list under one item, where that item alone says what is asked: one clause of an article."""
    under = _under(listing, library)
    held = sorted(((_share(query, item.text), -place) for place, item in enumerate(listing.items)), reverse=True)
    best = listing.items[-held[0][1]]
    clear = len(held) < 2 or held[0][0] >= held[1][0] + CLEARLY
    return under[best.start] if best.start in under and held[0][0] >= SAID and clear else listing


def _share(query: Query, text: str) -> float:
    return coverage(query, frozenset(tokens(text)), joined(text), frozenset(accented_tokens(text)))


def _under(listing: Listing, library: Library) -> dict[int, Listing]:
    """Return the lists that items of a list introduce, by where the items begin."""
    starts = {item.start for item in listing.items}
    found = listings(listing.chunk.document_id, library)
    return {one.lead.start: one for one in found if one.lead is not None and not one.prose and one.lead.start in starts}


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
