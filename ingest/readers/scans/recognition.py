"""Pictures to text: several read by Tesseract at a time, those that give no sure text turned by quarters."""

from __future__ import annotations

import os
import re
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING

from ingest.readers.scans.tesseract import SECONDS_PER_PAGE, ReadPage, read_page
from ingest.readers.transcript import Transcript

if TYPE_CHECKING:
    from numpy import uint8
    from numpy.typing import NDArray

    Picture = NDArray[uint8]
    """Grey values of a page, shape (height, width)."""

LARGEST_SIDE = 6_000
"""Pixels to which larger pictures are made smaller."""
_MOST_AT_ONCE = 4
_MOST_FRAMES = 500
_UPRIGHT = 0.7
"""Pages recognised with less confidence may lie on their side or stand on their head."""
_TURNS = (1, 3, 2)
_PAGE_NUMBER = re.compile(r"[-–—]?\s*(\d{1,4})\s*[-–—]?")


@contextmanager
def frames(data: bytes) -> Iterator[tuple[int, Callable[[int], Picture]]]:
    """Open a picture file; lend its number of pages and a function that draws one upright, as a camera noted it."""
    import numpy
    from PIL import Image, ImageOps

    try:
        with Image.open(BytesIO(data)) as image:

            def frame(index: int) -> Picture:
                image.seek(index)
                upright = ImageOps.exif_transpose(image).convert("L")
                upright.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
                return numpy.asarray(upright)

            yield min(getattr(image, "n_frames", 1), _MOST_FRAMES), frame
    except Image.DecompressionBombError as error:
        raise ValueError(str(error)) from error


def recognised(
    program: str,
    drawn: Callable[[int], Picture],
    indexes: Sequence[int],
    grant: Callable[[float], None] | None,
    may_lie: Callable[[int], bool] = lambda index: True,
) -> list[ReadPage]:
    """Recognise pages; those that give no sure text, where they ``may_lie`` on a side, are turned until they do."""
    pages = dict(zip(indexes, _read_pages(program, drawn, indexes, grant), strict=True))
    for turn in _TURNS:
        doubtful = [index for index in indexes if pages[index].confidence < _UPRIGHT and may_lie(index)]
        turned = _read_pages(program, lambda index: _turned(drawn(index), turn), doubtful, grant)  # noqa: B023
        for index, page in zip(doubtful, turned, strict=True):
            pages[index] = max(pages[index], page, key=lambda page: page.confidence)
    return list(pages.values())


def _turned(picture: Picture, quarters: int) -> Picture:
    import numpy

    return numpy.rot90(picture, quarters)


def _read_pages(
    program: str,
    drawn: Callable[[int], Picture],
    indexes: Sequence[int],
    grant: Callable[[float], None] | None,
) -> list[ReadPage]:
    """Draw pages one after the other (pdfium knows no threads) and have several recognised at a time."""
    if not indexes:
        return []
    at_once = max(1, min(_MOST_AT_ONCE, os.cpu_count() or 1, len(indexes)))
    if grant is not None:
        grant(len(indexes) * SECONDS_PER_PAGE / at_once)
    waiting: deque[Future[ReadPage | None]] = deque()
    pages: list[ReadPage | None] = []
    with ThreadPoolExecutor(at_once) as pool:
        for index in indexes:
            if len(waiting) > at_once:
                pages.append(waiting.popleft().result())
            waiting.append(pool.submit(read_page, program, _as_pgm(drawn(index))))
        pages += [future.result() for future in waiting]
    return [page or ReadPage((), 0.0) for page in pages]


def _as_pgm(picture: Picture) -> bytes:
    height, width = picture.shape
    return b"P5 %d %d 255\n" % (width, height) + picture.tobytes()


def write_page(transcript: Transcript, page: ReadPage) -> str | None:
    """Write the lines of a page; its number, at the top or at the foot, is returned."""
    label = None
    for index, line in enumerate(page.lines):
        number = _PAGE_NUMBER.fullmatch(line) if index in (0, len(page.lines) - 1) else None
        if number is not None:
            label = number[1]
        transcript.line(line, None if number is None else "furniture")
    return label
