"""Words of documents, files and users put on screen literally: never as HTML, never as Markdown."""

from __future__ import annotations

import html
import re
import string

from assistant.passages import visible

_PUNCTUATION = re.compile(f"([{re.escape(string.punctuation)}])")
_SHORTCODE = re.compile(r"(?<=:)(?=[\w+/-]+:)")


def escape(text: str) -> str:
    """Return text for use inside HTML."""
    return html.escape(visible(text))


def literal(text: str) -> str:
    r"""Return text for use in a label or a message that Streamlit reads as Markdown.

    >>> literal("a_b.*c*")
    'a\\_b\\.\\*c\\*'
    """
    one_line = " ".join(visible(text).split())
    # ":name:" turns into a picture after Markdown was read; a word joiner inside keeps the colons apart.
    return _PUNCTUATION.sub(r"\\\1", _SHORTCODE.sub("\u2060", one_line))
