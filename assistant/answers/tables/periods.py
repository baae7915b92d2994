"""Tables whose columns are years: read as if every year had its own row, so that they are added and compared alike."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answers.tables.rows import BARE, Row, unit_of
from ingest.patterns import TOTAL_ROW
from ingest.records import Cell

_YEAR = re.compile(r"(?:\b[Nn]ăm\s+)?\b((?:19|20)\d{2})\b")
_OF_YEARS = re.compile(r"(?:kết quả|số liệu|thực hiện|năm|các năm)\b", re.IGNORECASE)
_UNIT_HEADER = re.compile(r"^(?:đơn vị(?: tính)?|đvt)$", re.IGNORECASE)
_UNIT_STATED = re.compile(r"\(\s*(?:đơn vị(?: tính)?|đvt)\s*:\s*([^();]{1,30})(?:;[^()]*)?\)", re.IGNORECASE)


def measured(rows: Sequence[Row]) -> list[Row]:
    """Give rows the unit of their figures: a cell's under "Đơn vị tính", or the one the caption states.

    Such a cell names the unit only where it is short and others have it too, not a body under "Đơn vị".
    """
    units = [[cell.value for cell in row.labels if _UNIT_HEADER.match(cell.header)] for row in rows]
    called = {row.label for row in rows}
    made = []
    for row, own in zip(rows, units, strict=True):
        stated = _UNIT_STATED.search(" ".join((*row.chunk.path, row.chunk.context)))
        if own and own[0] not in called and len(own[0].split()) <= 3:
            row = replace(
                row, unit=own[0], labels=tuple(one for one in row.labels if not _UNIT_HEADER.match(one.header))
            )
        elif stated:
            row = replace(row, unit=stated.group(1).strip())
        elif unit := unit_of(row.chunk.path[-1] if row.chunk.path else "") or unit_of(row.label):
            row = replace(row, unit=unit)
        made.append(row)
    return made


def by_year(rows: Sequence[Row]) -> list[Row]:
    """Return a row for every year of a row whose columns are years; other tables as they are.

    A column without a year beside them ("So với kế hoạch") belongs to the last one, one that adds them up to no year.
    """
    headers = list(dict.fromkeys(cell.header for row in rows for cell in row.figures if cell.header))
    years = {header: found.group(1) for header in headers for found in [_YEAR.search(header)] if found}
    plain = [header for header in headers if header not in years]
    if len(set(years.values())) < 2 or len(plain) > len(years) or any(row.year for row in rows):
        return list(rows)
    last = max(years.values())
    years |= {header: "" for header in plain if TOTAL_ROW.match(header)}
    return [
        replace(row, year=year, figures=cells, yearly=True)
        for row in rows
        for year in sorted(set(years.values()), key=lambda one: (not one, one))
        for cells in [tuple(_renamed(cell) for cell in row.figures if years.get(cell.header, last) == year)]
        if cells
    ]


def _renamed(cell: Cell) -> Cell:
    parts = [" ".join(_YEAR.sub(" ", part).split()).strip(" -–/,") for part in cell.header.split(">")]
    kept = [part for part in parts if part]
    # "Kết quả từng năm" over years says nothing of what is counted.
    bare = (not parts[-1] and _OF_YEARS.match(" ".join(kept))) or TOTAL_ROW.match(parts[-1])
    return replace(cell, header=BARE if bare or not kept else " > ".join(kept))
