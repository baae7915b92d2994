"""The files made ready for look-up, kept as ``compiled.json``: cutting phrases into syllables takes longer than asking.

The JSON holds a hash of the files. After an edit the hash differs and the files themselves are read, more slowly and
just as right, until ``python -m assistant.lexicon`` writes the JSON anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from assistant.lexicon.lookup import Lexicon, Phrase, pack, phrase, unpack
from assistant.lexicon.source import FILES, FOLDER, digest, groups, read, readings
from ingest.clean import fold
from ingest.syllables import is_syllable

NAME = "compiled.json"


def compile_files(files: dict[str, Any]) -> dict[str, Any]:
    """Return the data of :class:`Lexicon` for parsed files; plain strings and lists, ready for JSON."""
    abbreviations: dict[str, list[tuple[str, list[str]]]] = {}
    wording: dict[str, list[tuple[str, list[str]]]] = {}
    shorts: dict[str, str] = {}
    for entries in files["abbreviations"].values():
        for short, full in entries.items():
            cut = phrase(str(short))
            packed = [pack(reading) for reading in readings(str(full))]
            abbreviations.setdefault(" ".join(cut.folded), []).append((" ".join(cut.typed), packed))
            shorts.setdefault(packed[0], pack(str(short)))
    for group in groups(files["wording"]):
        written = [pack(text) for text in group.written if searchable(phrase(text))]
        for asked in map(pack, group.asked):
            others = [other for other in written if other != asked]
            if others:
                wording.setdefault(unpack(asked).folded[0], []).append((asked, others))
    compounds = _compounds(files["wording"], shorts)
    # Written-out words also look for their abbreviation, which documents use more than questions do; another spelling
    # made of syllables ("bắc cạn") is not looked for.
    for full, short in shorts.items():
        known = unpack(full).folded
        if len(known) > 1 and not all(map(is_syllable, unpack(short).typed)):
            wording.setdefault(known[0], []).append((full, [short]))
    return {
        "abbreviations": abbreviations,
        "wording": wording,
        "compounds": compounds,
        "function": fold(files["stopwords"]["chức năng"]).split(),
        "asking": fold(files["stopwords"]["hỏi"]).split(),
        "telling_nothing": sorted({word for words in files["stopwords"].values() for word in words.split()}),
        "provinces": [(name, pack(name), pack(new)) for name, new in files["places"].items()],
        "subjects": files["subjects"],
    }


def _compounds(wording: dict[str, list[str]], written_out: Iterable[str]) -> list[str]:
    """Return neighbouring syllables of official wording of which one alone is an everyday word ("phong trào")."""
    lines = groups(wording)
    single = {asked for group in lines for asked in group.asked if " " not in asked}
    official = [phrase(text).typed for group in lines for text in group.written]
    official += [unpack(full).typed for full in written_out]
    pairs = {pair for typed in official for pair in pairwise(typed) if single.intersection(pair)}
    return sorted(map(" ".join, pairs))


def searchable(text: Phrase) -> bool:
    """Say whether a phrase tells enough to search for: two syllables, or a number or unit like "km2"."""
    return len(text.folded) > 1 or any(character.isdigit() for character in text.folded[0])


def from_files(folder: Path = FOLDER) -> dict[str, Any]:
    """Compile the files of a folder, without looking at its JSON."""
    return compile_files({name: read(name, folder) for name in FILES})


def write(folder: Path = FOLDER) -> None:
    """Write the JSON of a folder's files beside them."""
    content = {"digest": digest(folder), **from_files(folder)}
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    (folder / NAME).write_text(text + "\n", encoding="utf-8", newline="\n")


def data(folder: Path = FOLDER) -> dict[str, Any]:
    """Return the compiled data of a folder: from its JSON while that is true to the files, else from the files."""
    try:
        kept = json.loads((folder / NAME).read_bytes())
    except (OSError, ValueError):
        return from_files(folder)
    return kept if isinstance(kept, dict) and kept.get("digest") == digest(folder) else from_files(folder)


@lru_cache(maxsize=1)
def load() -> Lexicon:
    """Return the lexicon, read once per process."""
    return Lexicon(data())
