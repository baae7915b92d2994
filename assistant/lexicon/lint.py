"""What is wrong in the officers' files, said so that an officer can put it right."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from assistant.lexicon.compiled import searchable
from assistant.lexicon.lookup import LONGEST_ABBREVIATION, phrase
from assistant.lexicon.source import ARROW, FOLDER, Group, groups, read, readings
from ingest.syllables import is_syllable

MOST_READINGS = 3
MOST_WRITTEN = 4
KEYS = {
    "stopwords": {"chức năng", "hỏi"},
    "subjects": {
        "chào",
        "cảm ơn",
        "lời nặng",
        "giới thiệu",
        "việc ngoài phạm vi",
        "đề tài ngoài phạm vi",
        "cách đối nhau",
    },
    "checks": {"một âm tiết", "chữ tắt đọc được", "quá chung", "trái nghĩa"},
}


def problems(folder: Path = FOLDER) -> list[str]:
    """Return one line for every fault of a folder's files, empty when there is none."""
    names = ("abbreviations", "wording", "places", *KEYS)
    found = [fault for name in names for fault in _written_twice(folder, name)]
    files = {name: read(name, folder) for name in names}
    found += list(_shape(files))
    if found:
        return found  # the checks below rely on the shape
    lines = groups(files["wording"])
    checks, asking = files["checks"], frozenset(files["stopwords"]["hỏi"].split())
    found += list(_abbreviations(files["abbreviations"], frozenset(checks["chữ tắt đọc được"].split())))
    for group in lines:
        found += [f"wording.yaml, mục {group.field}: “{group.line}”: {fault}" for fault in _line(group, checks, asking)]
    found += list(_across(lines, files["abbreviations"]))
    found += list(_opposites(lines, checks["trái nghĩa"]))
    return found


def _written_twice(folder: Path, name: str) -> Iterator[str]:
    """Find keys that stand twice: YAML would silently keep the last."""
    import yaml

    def visit(node: Any) -> Iterator[str]:  # noqa: ANN401 - PyYAML's nodes have no types
        if not isinstance(node, yaml.MappingNode):
            return
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                yield f"{name}.yaml, dòng {key.start_mark.line + 1}: “{key.value}” đã có ở trên, hãy gộp hai dòng."
            seen.add(key.value)
            yield from visit(value)

    yield from visit(yaml.compose((folder / f"{name}.yaml").read_text(encoding="utf-8"), Loader=yaml.SafeLoader))


def _shape(files: dict[str, Any]) -> Iterator[str]:
    for name, known in KEYS.items():
        for key in files[name].keys() ^ known:
            yield f"{name}.yaml: mục “{key}” lạ hoặc thiếu; các mục là: {', '.join(sorted(known))}."
    for field, entries in files["abbreviations"].items():
        if not isinstance(entries, dict) or not all(isinstance(full, str) for full in entries.values()):
            yield f"abbreviations.yaml, mục {field}: mỗi dòng phải có dạng “chữ tắt: cách đọc”."
    for field, lines in files["wording"].items():
        if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
            yield f"wording.yaml, mục {field}: mỗi dòng phải bắt đầu bằng “- ” và không có dấu hai chấm."
    for old, new in files["places"].items():
        if not isinstance(new, str) or unicodedata.normalize("NFC", f"{old}{new}") != f"{old}{new}":
            yield f"places.yaml: “{old}”: cần tên sau sắp xếp, gõ Unicode dựng sẵn."


def _text(texts: Iterable[str]) -> Iterator[str]:
    """Faults of spelling that hold in both files."""
    for text in texts:
        if not text:
            yield "có chỗ trống giữa hai dấu “|”."
        elif unicodedata.normalize("NFC", text) != text:
            yield f"“{text}” gõ Unicode tổ hợp, hãy gõ lại bằng Unicode dựng sẵn."
        elif text != text.lower() or "  " in text:
            yield f"“{text}” phải viết thường và cách nhau một dấu cách."


def _abbreviations(fields: dict[str, dict[str, str]], spoken: frozenset[str]) -> Iterator[str]:
    seen: dict[str, str] = {}
    for field, entries in fields.items():
        for short, line in entries.items():
            full = readings(line)
            where = f"abbreviations.yaml, mục {field}: “{short}”: "
            yield from (where + fault for fault in _text((str(short), *full)))
            if str(short) in seen:
                yield where + f"đã có ở mục {seen[str(short)]}, hãy gộp các cách đọc vào một dòng."
            seen[str(short)] = field
            if len(set(full)) != len(full) or str(short) in full:
                yield where + "một cách đọc viết hai lần."
            if len(full) > MOST_READINGS:
                yield where + f"nhiều nhất {MOST_READINGS} cách đọc, giữ những cách hay gặp."
            cut = phrase(str(short)).folded
            if len(cut) > LONGEST_ABBREVIATION:
                yield where + f"dài quá {LONGEST_ABBREVIATION} tiếng."
            if len(cut) == 1 and is_syllable(str(short)) and short not in spoken:
                yield where + "đọc được thành tiếng nên dễ nhầm với từ thường; chỉ thêm khi có trong checks.yaml."


def _line(group: Group, checks: dict[str, Any], asking: frozenset[str]) -> Iterator[str]:
    if group.line.count(ARROW) > 1:
        yield "chỉ viết một mũi tên."
        return
    yield from _text(dict.fromkeys(group.asked + group.written))
    for side in (group.asked, group.written):
        if len(set(side)) != len(side):
            yield "một cụm từ viết hai lần."
    if not all(group.asked + group.written):
        return
    if len(group.written) > MOST_WRITTEN:
        yield f"nhiều nhất {MOST_WRITTEN} cụm bên phải."
    singles = checks["một âm tiết"].split()
    vague = {text.strip() for line in checks["quá chung"] for text in line.split("|")}
    for text in group.asked:
        if len(phrase(text).folded) == 1 and is_syllable(text) and text not in singles:
            yield f"“{text}” chỉ có một âm tiết, dễ nhầm; hãy viết cụm từ dài hơn."
        if all(syllable in asking for syllable in text.split()):
            yield f"“{text}” chỉ gồm từ để hỏi, không bao giờ được xét."
        if not any(searchable(phrase(other)) for other in group.written if other != text):
            yield f"“{text}” không dẫn tới cụm nào khác."
    for text in group.written if group.directed else ():
        if not searchable(phrase(text)):
            yield f"“{text}” bên phải chỉ có một âm tiết, sẽ không được tìm."
        if text in vague:
            yield f"“{text}” văn bản nào cũng có, tìm thêm chỉ làm loãng."


def _across(lines: Iterable[Group], abbreviations: dict[str, dict[str, str]]) -> Iterator[str]:
    shorts = {str(short) for entries in abbreviations.values() for short in entries}
    asked: dict[str, Group] = {}
    bare: defaultdict[tuple[str, ...], dict[Group, str]] = defaultdict(dict)
    whole: dict[frozenset[str], Group] = {}
    for group in lines:
        twin = whole.setdefault(frozenset(group.asked + group.written), group)
        if twin is not group:
            yield f"wording.yaml: “{group.line}” và “{twin.line}” là một nhóm viết hai lần."
        for text in group.asked:
            cut = phrase(text)
            other = asked.setdefault(" ".join(cut.typed), group)
            if other is not group:
                yield f"wording.yaml: “{text}” đứng bên trái cả ở “{other.line}” và “{group.line}”; hãy gộp lại."
            if text in shorts:
                yield f"wording.yaml: “{text}” đã là chữ viết tắt."
            if len(cut.folded) > 1:
                bare[cut.folded][group] = text
    for same in bare.values():
        if len(same) > 1:
            words = "” và “".join(same.values())
            yield f"wording.yaml: gõ không dấu thì “{words}” là một; bỏ bớt hoặc viết cụm dài hơn."


def _opposites(lines: Iterable[Group], pairs: Iterable[str]) -> Iterator[str]:
    opposite = [tuple(text.strip() for text in pair.split("|")) for pair in pairs]
    for group in lines:
        for text in group.asked:
            said = {text, *group.written}
            for left, right in opposite:
                if left in said and right in said:
                    yield f"wording.yaml: “{group.line}”: “{left}” và “{right}” trái nghĩa nhau."


def counts(folder: Path = FOLDER) -> tuple[int, int]:
    """Return how many wording groups and how many abbreviations there are."""
    fields = read("abbreviations", folder)
    return len(groups(read("wording", folder))), sum(len(entries) for entries in fields.values())
