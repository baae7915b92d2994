"""Whether something may or must be done ("có được … không", "có phải … không"): yes or no before the provision.

Said only where the sentence itself grants or denies what is asked, word for word; what it excepts is pointed out.
"""

from __future__ import annotations

import re

from assistant import lexicon
from assistant.question.understand import Understood
from ingest.clean import fold
from prompts import say

_ASKED = re.compile(
    r"\bco (?P<modal>duoc|phai)(?: phep)? (?P<what>.+?)(?: duoc)?(?: hay)? khong\b|"
    r"^(?P<before>.{8,}?) (?:co )?(?P<also>duoc)(?: hay)? khong\W*$"
)
_SAID = re.compile(
    r"\b(?P<no>khong (?:duoc(?: phep)?|phai|can)|nghiem cam|khong)\b|\b(?:duoc(?: phep)?|co quyen|co the|phai)\b"
)
_STOPS = re.compile(r"[,;.:]")
_LIMITED = re.compile(r"\b(?:tru|neu|chi|truong hop|dieu kien|uy quyen)\b")
HELD = 0.7
"""Share of what is asked about that must stand behind the word that grants or denies it."""
LEAST = 2
"""Words what is asked about must have."""


def verdict(understood: Understood, text: str) -> str:
    """Return a provision with its yes or no in front, unchanged where it does not plainly say so."""
    asked = _ASKED.search(understood.folded)
    if asked is None or not understood.asks("permit", "yes_no"):
        return text
    modal = asked["modal"] or asked["also"]
    words = _telling(asked["what"] or asked["before"])
    said = {sign for sign, stretch in _signs(fold(text)) if len(words) >= LEAST and _share(words, stretch) >= HELD}
    if len(said) != 1:
        return text
    granted = said.pop()
    limited = "_limited" if _LIMITED.search(fold(text)) else ""
    name = f"{'' if granted else 'not_'}{'allowed' if modal == 'duoc' else 'required'}{limited}"
    return say("answers", name, statement=text)


def _telling(what: str) -> set[str]:
    nothing = lexicon.load().function_words
    return {word for word in re.findall(r"[a-z]+", what) if word not in nothing}


def _signs(folded: str) -> list[tuple[bool, str]]:
    """Return whether each granting or denying word of a text grants, and what it does, up to the next one."""
    found = list(_SAID.finditer(folded))
    signs = []
    for place, match in enumerate(found):
        end = found[place + 1].start() if place + 1 < len(found) else len(folded)
        stop = _STOPS.search(folded, match.end())
        signs.append((match["no"] is None, folded[match.end() : min(end, stop.start() if stop else end)]))
    return signs


def _share(words: set[str], stretch: str) -> float:
    held = set(re.findall(r"[a-z]+", stretch))
    return len(words & held) / len(words)
