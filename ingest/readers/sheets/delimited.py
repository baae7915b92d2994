"""Tables in text files (.csv, .tsv): the separator is found out, the cells stay as they are written."""

from __future__ import annotations

import codecs
import csv
from collections import Counter
from collections.abc import Sequence
from io import StringIO

from ingest.readers.sheets.layout import write_sheet
from ingest.readers.text.reader import decode
from ingest.readers.transcript import Transcript
from ingest.records import Source

MEDIA_TYPE = "text/csv"

_SEPARATORS = (";", "\t", ",", "|")
_SAMPLE_LINES = 200
_SAMPLE_BYTES = 40_000
_LONGEST_CELL = 1_000_000


def is_sheet(data: bytes) -> bool:
    """Say whether a text is what Excel saves as "Unicode Text": UTF-16 with its mark and a tab in most lines."""
    if not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return False
    sample = data[:_SAMPLE_BYTES].decode("utf-16", errors="replace")
    lines = [line for line in sample.splitlines() if line.strip()]
    return len(lines) > 1 and sum("\t" in line for line in lines) > len(lines) / 2


def read_csv(data: bytes, file: str) -> Source:
    """Read a table from text. Raises :class:`EmptyFile` or :class:`UnsupportedFormat` (unknown encoding)."""
    text = decode(data, file)
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == len("sep=;"):
        separator, text = first.strip()[-1], rest
    else:
        separator = _separator(text)
    csv.field_size_limit(_LONGEST_CELL)
    transcript = Transcript()
    write_sheet(transcript, [[cell.strip() for cell in row] for row in _rows(text, separator)])
    return transcript.source(file, MEDIA_TYPE, wrapped=False)


def _rows(text: str, separator: str) -> list[list[str]]:
    return list(csv.reader(StringIO(text, newline=""), delimiter=separator))


def _separator(text: str) -> str:
    """Choose the separator that cuts most lines into the same number of cells."""
    sample = "".join(text.splitlines(keepends=True)[:_SAMPLE_LINES])
    return max(_SEPARATORS, key=lambda separator: _evenness(_rows(sample, separator)))


def _evenness(rows: Sequence[Sequence[str]]) -> tuple[float, int]:
    counts = Counter(len(row) for row in rows if any(cell.strip() for cell in row))
    wide = {width: count for width, count in counts.items() if width > 1}
    if not wide:
        return (0.0, 0)
    width = max(wide, key=lambda width: (wide[width], width))
    return (wide[width] / sum(counts.values()), width)
