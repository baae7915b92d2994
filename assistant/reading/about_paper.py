"""What a paper says of itself (how it was made, from where its text comes) is no answer, unless that is asked."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.question.understand import Understood
from ingest.clean import fold

# "Bản tóm lược do … soạn từ …; không phải nguyên văn", "NGUỒN: …", "CÁCH GHI: …".
_MAKING = re.compile(
    r"\bkhong phai (?:la )?(?:ban )?nguyen van\b|^\W*(?:ban|tai lieu|van ban) (?:tom luoc|tom tat|trich|luoc ghi)\b"
    r".{0,60}\b(?:soan|bien soan|trich|lap)\b|^\W*(?:cach ghi|ghi chu nguon|nguon tham khao|nguon trich)\s*:|"
    r"^\W*nguon\s*:\s*\["
)
_ADDRESS = re.compile(r"(?<![\w@.])(?:https?://|www\.)?(?:[\w-]+\.)+(?:vn|com|org|net|gov|edu|info|me)(?![\w.])", re.I)
# A note on where a text was taken from or what it goes with, the file name of an attachment.
_NOTE = re.compile(
    r"\W*\((?:ban hành )?kèm theo [^)]{8,200}\)\W*|\W*\[[^\]]{8,}\]\W*|[^.;:]{3,90}\.(?:docx?|pdf|xlsx?|rtf|zip)\W*",
    re.I,
)
# What stands over a web page's article: the hour, how often it was read, buttons.
_BAR = re.compile(r"[^|\n]{1,40}(?:\|[^|\n]{1,40}){3,}")
SEVERAL = 2
"""Web addresses from which a text lists them."""
_ASKED = re.compile(
    r"\b(?:tom luoc|tom tat|ban nay|tai lieu nay|nguyen van|nguon|trich tu|soan tu|trang web|website|duong dan|link"
    r"|dia chi|cong thong tin|tra cuu o dau|dung ten|duoc dang|lay tu dau|lay o dau)\b"
)


def asked(understood: Understood) -> bool:
    """Say whether a question is about how a paper was made or where it stands, or asks for the day of one by number."""
    by_number = bool(understood.document_numbers) and understood.asks("when", "document")
    return by_number or _ASKED.search(understood.folded) is not None


@lru_cache(maxsize=1 << 14)
def of_itself(text: str) -> bool:
    """Say whether a text only tells how its paper was made or lists web addresses.

    >>> of_itself("Bản tóm lược do cơ quan A soạn từ Luật B; không phải nguyên văn.")
    True
    """
    folded = " ".join(fold(text).split())
    if _NOTE.fullmatch(text) or _BAR.fullmatch(text):
        return True
    return _MAKING.search(folded) is not None or len(_ADDRESS.findall(text)) >= SEVERAL
