"""The text of every text object of a PDF page, cut out of the page's text, which pdfium keeps as one string.

Asked for the text of one object, pdfium looks through all characters of the page: on a newspaper page with hundreds of
objects that was half of the time of reading. So the page's text is taken once and cut where the object changes.
"""

from __future__ import annotations

import ctypes
import re
from bisect import bisect_left
from typing import Any

_USUAL_BYTES = 4096
_HYPHEN_SIGN = re.compile("[\x02\ufffe]")


class ObjectStrings:
    """Tells the text of the objects of one page; ``textpage`` stays open as long."""

    def __init__(self, raw: Any, textpage: Any) -> None:  # noqa: ANN401
        self._raw = raw
        self._textpage = textpage
        self._buffer = ctypes.create_string_buffer(_USUAL_BYTES)
        self._count = textpage.count_chars()
        self._text = textpage.get_text_range() if self._count else ""
        found = ctypes.cast(raw.FPDFText_GetTextObject, ctypes.c_void_p).value
        # As a number: a pointer object for each of a page's thousands of characters takes twice the time.
        self._owner_of = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)(found or 0)
        self._page = ctypes.cast(textpage.raw, ctypes.c_void_p).value
        self._in_step = len(self._text) == self._count
        self._hyphened = self._find_hyphened()
        self._places = self._find_places()

    def of(self, thing: Any) -> str:  # noqa: ANN401
        """Return the text of an object, without the signs pdfium puts for hyphens that only break a word."""
        address = ctypes.addressof(thing.contents)
        place = self._places.get(address)
        text = self._asked(thing) if place is None else self._text[place[0] : place[1]]
        text = _HYPHEN_SIGN.sub("", text)
        if "\r\n" in text:
            text = " ".join(text.split("\r\n"))
        return text.rstrip() + "-" if address in self._hyphened else text

    def _owner(self, index: int) -> int:
        """Address of the object that a character belongs to; 0 for spaces and line ends that pdfium adds."""
        return self._owner_of(self._page, index) or 0

    def _find_places(self) -> dict[int, tuple[int, int]]:
        """Where each object's text begins and ends; none where letters and text do not run in step.

        The letters of an object stand together, so its end is found by halving what is left of the line.
        """
        if not self._in_step:
            return {}
        places: dict[int, tuple[int, int]] = {}
        scattered: set[int] = set()
        index = 0
        while index < self._count:
            owner = self._owner(index)
            if not owner:
                index += 1
                continue
            line_end = self._text.find("\r", index)
            end = self._count if line_end < 0 else max(line_end, index + 1)
            if self._owner(end - 1) != owner:
                others = range(index, end)
                end = index + bisect_left(others, True, lo=1, key=lambda at: self._owner(at) != owner)
            start, before = places.get(owner, (index, index))
            if self._text[before:index].strip(" "):
                scattered.add(owner)
            # A space that pdfium adds behind an object belongs to it.
            index = end
            places[owner] = (start, end + (self._text[end : end + 1] == " " and not self._owner(end)))
        return {owner: place for owner, place in places.items() if owner not in scattered}

    def _find_hyphened(self) -> frozenset[int]:
        """Find the text objects whose last hyphen pdfium takes for one that only breaks a word, and swallows."""
        signs = [match.start() for match in _HYPHEN_SIGN.finditer(self._text)]
        at_all = signs if self._in_step or not signs else range(self._count)
        is_hyphen = self._raw.FPDFText_IsHyphen
        return frozenset(self._owner(at) for at in at_all if is_hyphen(self._textpage, at) == 1)

    def _asked(self, thing: Any) -> str:  # noqa: ANN401
        length = self._copied(thing)
        if length > len(self._buffer):
            self._buffer = ctypes.create_string_buffer(length)
            length = self._copied(thing)
        return self._buffer.raw[:length].decode("utf-16-le", "replace").rstrip("\0")

    def _copied(self, thing: Any) -> int:  # noqa: ANN401
        """Copy the text of an object into the buffer; returns the bytes it needs, more than there are: not copied."""
        into = ctypes.cast(self._buffer, ctypes.POINTER(ctypes.c_ushort))
        return int(self._raw.FPDFTextObj_GetText(thing, self._textpage, into, len(self._buffer)))
