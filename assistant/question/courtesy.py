"""Take off what a question is wrapped in for politeness, before it is read: "Dạ cho em hỏi … với ạ, em cảm ơn"."""

from __future__ import annotations

import re

from ingest.clean import fold

# Bricks over accent-free text of the same length, so that a span found there cuts the question as it was typed.
_PERSON = (
    r"(?:(?:cac |quy )?(?:co quan|don vi|anh chi|anh|chi|em|toi|minh|chau|bac|co|chu|ban|thay|admin|ad|ong|ba|sep)"
    r"(?: (?:oi|a))?)"
)
_SPEAKER = r"(?:em|toi|minh|chau|chung (?:em|toi)|ben (?:em|toi|minh)|co quan (?:em|toi))"
_OPENERS = (
    rf"(?:da |vang |alo |xin |kinh )*(?:chao|thua|gui)(?: (?:la|ca nha|{_PERSON}))+",
    r"(?:xin |kinh )?chao(?=\s*[,.!])",
    rf"{_PERSON} oi",
    rf"(?:da|vang|alo|xin loi|phien {_PERSON})",
    rf"(?:xin |vui long |lam on )?cho (?:{_SPEAKER} )?(?:xin )?(?:phep )?(?:hoi|biet|duoc hoi)"
    r"(?: (?:them|chut|ti|cai nay|cau nay))*(?: (?:la|rang|voi))?",
    rf"(?:xin (?:duoc )?hoi|{_SPEAKER} (?:muon|xin|can|dinh|co cau)(?: (?:duoc|xin))? (?:hoi|biet|duoc biet))"
    r"(?: (?:them|chut|ti))*(?: (?:la|rang))?",
    rf"(?:nho|de nghi|mong|phien|kinh de nghi|kinh mong) (?:{_PERSON} )?(?:vui long )?"
    rf"(?:cho (?:{_SPEAKER} )?(?:biet|hoi)|tra loi(?: giup)?|tra giup|giai dap(?: giup)?|tu van(?: giup)?|giup)"
    rf"(?: {_SPEAKER})?(?: (?:la|rang|voi))?",
)
_CLOSERS = (
    rf"(?:xin |{_SPEAKER} (?:xin )?)?(?:chan thanh )?(?:cam on|cam ta)(?: (?:nhieu|truoc|rat nhieu|{_PERSON}|a|nhe))*",
    rf"(?:giup|ho|dum)(?: (?:{_SPEAKER}))?(?: (?:voi|nhe|nha))?(?: a)?",
    r"(?:voi|nhe|nha|day|luon) a",
    r"(?:a|nhe|nha)",
)
_BETWEEN = r"[\s,.:;!?…\-–]*"
_OPENING = re.compile(rf"{_BETWEEN}(?:{'|'.join(_OPENERS)})(?![^\W\d_]){_BETWEEN}")
_CLOSING = re.compile(rf"(?P<kept>[?!.]*)[\s,.:;!…\-–]+(?:{'|'.join(_CLOSERS)})(?P<end>[\s?!.…]*)\Z")
_LEAST = 2
"""Words that must be left: what is only courtesy is no question and stays as it is."""


def unwrapped(text: str) -> str:
    """Return the question inside its courtesies; a text of nothing else comes back as it is.

    >>> unwrapped("Dạ thưa anh chị, cho em hỏi năm 2023 tỉnh trồng bao nhiêu cây với ạ? Em cảm ơn ạ.")
    'năm 2023 tỉnh trồng bao nhiêu cây?'
    """
    bare = text.strip()
    while found := _OPENING.match(fold(bare)):
        if not found.end():
            break
        bare = bare[found.end() :]
    while found := _CLOSING.search(fold(bare)):
        mark = "?" if "?" in found["kept"] + found["end"] else ""
        bare = bare[: found.start()] + mark
    return bare if len(bare.split()) >= _LEAST else text
