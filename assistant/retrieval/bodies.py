"""Which offices below the province a paper is of: who issued it, or whom its title names."""

from __future__ import annotations

import re

from assistant.words import join
from ingest.clean import fold
from ingest.records import DocumentMeta
from vectorstore.lexical import accented_tokens, tokens

_KINDS = (
    r"sở|ban|chi cục|cục|trung tâm|bệnh viện|trường|học viện|công ty|tổng công ty|hợp tác xã|cụm thi đua|khối thi đua|"
    r"huyện|quận|thị xã|thành phố|xã|phường|thị trấn|đặc khu"
)
_CAPITAL = r"[A-ZĐÀ-ÖØ-Ý\u1EA0-\u1EF9][^\W\d_]*"
# "Bệnh viện đa khoa G", "huyện Lục Ngạn", "Sở A": at most two plain words before the name. A word of two syllables has
# one capital: "Sở Nội vụ".
_BODY = re.compile(
    rf"(?<!\w)(?i:{_KINDS})(?: [^\W\d_]+){{0,2}}? {_CAPITAL}(?:(?: {_CAPITAL}){{1,3}}|(?<=[^\W\d_]{{2}}) [^\W\d_]+)?"
)
# A paper for the whole country is of no office, whoever it speaks of.
_GENERAL = frozenset(["luat", "phap lenh", "nghi dinh", "thong tu", "hien phap", "chi thi"])


def bodies_of(meta: DocumentMeta) -> frozenset[str]:
    """Return the names of the offices that issued a paper or that its title names, in lower case; none for a law."""
    if " ".join(tokens(meta.kind)) in _GENERAL:
        return frozenset()
    found = (match.group() for text in (meta.issuer, meta.subject) for match in _BODY.finditer(text))
    return frozenset(" ".join(accented_tokens(name)) for name in found)


class Said:
    """A text in which offices are looked for, by their accents if the text has any: "số nội dung" is no "Sở Nội vụ"."""

    def __init__(self, text: str, *, accented: bool) -> None:
        self._accented = accented
        self._words = join(accented_tokens(text) if accented else tokens(text))

    def names(self, body: str) -> bool:
        """Whether the text names an office, as :func:`bodies_of` gives it."""
        return f" {body if self._accented else fold(body)} " in self._words
