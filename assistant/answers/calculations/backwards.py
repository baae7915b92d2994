"""What it was before: from where it stands now and by how much it moved ("tăng 29 bậc so với năm trước, xếp thứ 2").

Only for steps in the same unit: a rank with the places climbed, an amount with the amount added. A share that grew by
so many per cent may mean points or proportion, so nothing is worked out from it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answers.amounts import amount, printed
from assistant.answers.calculations.changes import asks_change
from assistant.answers.calculations.measures import Measure, about, measures
from assistant.answers.calculations.surroundings import YEAR, clause_start
from assistant.drafts import Draft, Span, Statement
from assistant.reading.selection import Choice
from assistant.reading.wording import plain, shorten
from assistant.retrieval.query import Query
from ingest.clean import fold
from prompts import say

READ = 5
SURE = 0.4
"""Share of the question the sentence must hold."""
BESIDE = 40
"""Characters between a rank and its step at most."""
_MOVED = re.compile(
    r"\b(tang|giam|tut|nhay|vuot|cai thien|nang|ha)\b(?P<step>[^;]{1,60}?)\bso\s+(?:voi\s+)?(?P<base>[^,;.()]{2,40})"
)
_RANK = re.compile(r"\b(?:xep|dung|vi tri|hang|vuon len)\s+(?:hang |vi tri )?(?:thu\s+)?(\d{1,3})(?:/\d+)?\b(?!\s*%)")
_EARLIER = re.compile(r"\b(?:truoc do|truoc|nam ngoai|dau nhiem ky|dau ky|ban dau|xuat phat)\b")
_MOVES = frozenset(["tang", "giam", "bac", "hang", "thu", "xep", "dung", "muc", "tinh", "nhay", "tut", "len", "xuong"])
_VALUE = re.compile(r"\b(?:bao nhieu|may|bn|the nao|tinh)\b")


@dataclass(frozen=True, slots=True)
class Step:
    """Where a thing stands, how far it moved and since when, as printed."""

    level: Measure
    step: Measure
    base: str
    up: bool
    start: int
    end: int

    @property
    def rank(self) -> bool:
        """Whether places are counted."""
        return self.step.kind == "bac"


def answer(query: Query, choices: Sequence[Choice]) -> Draft | None:
    """Work out the earlier value, ``None`` unless the question asks for it and a sentence states level and step."""
    folded = query.understood.folded
    if not _VALUE.search(folded):
        return None
    for choice in choices[:READ]:
        text = choice.unit.sentence_text
        if choice.unit.kind == "row" or choice.covered < SURE or not about(query, choice.unit, _MOVES):
            continue
        for step in steps(text):
            if (step.rank or not asks_change(folded)) and _wanted(query, step) and not _stated(choices, choice, step):
                return _shown(choice, step)
    return None


def _wanted(query: Query, step: Step) -> bool:
    """Say whether the time asked for is the one the step is counted from, and the kind of value is the same."""
    folded = query.understood.folded
    if step.rank != query.understood.asks("rank"):
        return False
    base = set(YEAR.findall(step.base))
    years = {str(year) for year in query.understood.years}
    last = re.search(r"((?:19|20)\d{2})\W*(?:(?:la|thi|bao nhieu|may|dung|xep|o|hang|dat|duoc)\b.*)?$", folded)
    if base:
        # The year asked for stands last, or the question says "before" and names the later year only.
        earlier = bool(_EARLIER.search(folded)) and not base & years
        follows = {str(int(year) + 1) for year in base} & years
        return bool(last and last.group(1) in base) or (earlier and bool(follows))
    mark = _EARLIER.search(fold(step.base))
    return bool(mark and mark.group() in folded and mark.group() != "truoc")


def _stated(choices: Sequence[Choice], own: Choice, step: Step) -> bool:
    """Say whether a sentence read states a rank for the earlier year itself, so that nothing need be worked out."""
    years = "|".join(YEAR.findall(step.base))
    if not (step.rank and years):
        return False
    said = re.compile(rf"(?<!so voi )\bnam (?:{years})\b[^;.]{{0,25}}?\b(?:xep|dung|hang|thu)\b")
    # Another index may have that year's rank too: only sentences as close to the question count.
    close = [choice for choice in choices[:READ] if choice.covered >= own.covered]
    return any(said.search(fold(choice.unit.sentence_text)) for choice in close)


def steps(text: str) -> list[Step]:
    """Find level and step in each stretch between semicolons."""
    folded, found = fold(text), measures(text)
    made = []
    for match in re.finditer(r"[^;]+", folded):
        for moved in _MOVED.finditer(match.group()):
            at = match.start()
            inside = [one for one in found if at + moved.start("step") <= one.start < at + moved.end("step")]
            up = moved.group(1) not in ("giam", "tut", "ha")
            start, end = at + moved.start(), at + moved.end()
            base = text[at + moved.start("base") : at + moved.end("base")].strip()
            for step in inside:
                if step.kind == "bac":
                    rank = _nearest_rank(folded, match.span(), start, end)
                    if rank:
                        made.append(Step(rank, step, base, up, match.start(), match.end()))
                    continue
                before = [one for one in found if at <= one.start < start and one.kind == step.kind]
                if before and step.kind.startswith("dong"):
                    made.append(Step(before[-1], step, base, up, clause_start(folded, before[-1].start), end))
    return made


def _nearest_rank(folded: str, stretch: tuple[int, int], start: int, end: int) -> Measure | None:
    """Return the one rank beside the step: after it, else before it, within its stretch."""
    after = _RANK.search(folded, end, stretch[1])
    before = list(_RANK.finditer(folded, stretch[0], start))
    near = after if after and re.fullmatch(rf"[^(;]{{0,{BESIDE}}}", folded[end : after.start()]) else None
    near = near or (before[-1] if before and start - before[-1].end() < BESIDE else None)
    if near is None:
        return None
    number = amount(near.group(1))
    return Measure(near.group(1), number, "", "rank", near.start(1), near.end()) if number else None


def _shown(choice: Choice, step: Step) -> Draft:
    """Say the earlier value with its calculation, then the words it follows from."""
    # A better rank is a smaller number.
    plus = step.up == step.rank
    value = step.level.number + step.step.number if plus else step.level.number - step.step.number
    if step.rank:
        what = say("answers", "rank_before", rank=printed(value), base=plain(step.base))
    else:
        unit = step.level.unit
        what = say("answers", "value_before", value=f"{printed(value)} {unit}", base=plain(step.base))
    text = say(
        "answers",
        "calculation",
        what=what,
        terms=f"{step.level.printed} {'+' if plus else '−'} {step.step.printed}",
        total=printed(value),
    )
    span = Span(choice.unit.chunk, *choice.unit.sentence)
    source = choice.unit.sentence_text[step.start : step.end]
    told = shorten(plain(source), 300)
    return Draft("fact", (Statement(text, (span,), computed=True), Statement(told, (span,))))
