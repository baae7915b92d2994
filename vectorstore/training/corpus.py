"""Reads the text the shipped models may learn from: state legal texts, minus the laws the benchmarks ask about.

The folder given by ``--text`` holds any of the three files named in :data:`FILES`, JSON Lines in gzip. The laws of the
retrieval benchmark are left out by name, their older versions, amendments and drafts with them, so that figures
measured on the benchmark stay honest.
"""

from __future__ import annotations

import gzip
import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FILES = ("phapdien_articles.jsonl.gz", "vlc_law_texts.jsonl.gz", "vnlegal_rag_passages_valtest.jsonl.gz")

BENCHMARK_LAWS = (
    "Bộ luật Dân sự",
    "Hiến pháp",
    "Luật An ninh mạng",
    "Luật Bảo vệ môi trường",
    "Luật Chăn nuôi",
    "Luật Cư trú",
    "Luật Du lịch",
    "Luật Giáo dục",
    "Luật Hôn nhân và gia đình",
    "Luật Phòng, chống ma túy",
    "Luật Thanh niên",
    "Luật Tiếp cận thông tin",
    "Luật Tố tụng hành chính",
    "Luật Trồng trọt",
    "Luật Trọng tài thương mại",
    "Luật Viên chức",
    "Luật Điện ảnh",
)

# "Điều 1 Luật số 57/2020/QH14 Luật Thanh niên ngày 16/06/2020 của Quốc hội": number, then the title up to the date.
_NAMED_SOURCE = re.compile(r"^Điều \S+ (?:Bộ luật|Luật|Hiến pháp) số (?P<number>\S+) (?P<title>.+?) ngày \d")
_NUMBERED_SOURCE = re.compile(r"^Điều \S+ (?:Bộ luật|Luật|Hiến pháp) số (?P<number>[^\s,]+)")
# "Điều 36.3.LQ.1. Thanh niên": the code's own number, then the article's title.
_CODE_NUMBER = re.compile(r"^Điều\s+(?P<number>\S+)\s*")
_ARTICLE_HEAD = re.compile(r"^\s*Điều\s+\d+[a-z]?\s*[.:]\s*(?P<title>[^\n]{3,300})\n(?P<text>.+)", re.DOTALL)
_ARTICLE_START = re.compile(r"^(?=\s*Điều\s+\d+[a-z]?\s*[.:])", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Article:
    """One article: ``title`` is "" where the source has none, ``code`` its number in the legal code (``36.3.LQ.1``)."""

    title: str
    text: str
    code: str = ""

    @property
    def topic(self) -> str:
        """Return the topic of the legal code it stands in (``36.3``), "" outside the code."""
        return ".".join(self.code.split(".")[:2])


@dataclass(frozen=True, slots=True)
class Corpus:
    """The articles to learn from and, per file, how many rows were kept and how many left out."""

    articles: tuple[Article, ...]
    kept: dict[str, int]
    dropped: dict[str, int]


def load_corpus(folder: Path) -> Corpus:
    """Read every known file of ``folder``; at least one must be there (:class:`FileNotFoundError` otherwise)."""
    articles: list[Article] = []
    kept: dict[str, int] = {}
    dropped: dict[str, int] = {}
    for name in FILES:
        path = folder / name
        if not path.is_file():
            continue
        rows = list(_rows(path))
        reader = {FILES[0]: _legal_code, FILES[1]: _law_texts, FILES[2]: _passages}[name]
        allowed = reader(rows)
        kept[name], dropped[name] = len(allowed), len(rows) - len(allowed)
        articles.extend(article for group in allowed for article in group)
    if not kept:
        raise FileNotFoundError(f"none of {', '.join(FILES)} in {folder}")
    return Corpus(tuple(articles), kept, dropped)


def bare(text: str) -> str:
    """Words of ``text`` without case, accents or punctuation, single-spaced."""
    decomposed = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    letters = "".join(character for character in decomposed if not unicodedata.combining(character))
    return " ".join(re.findall(r"\w+", letters))


_BARE_LAWS = frozenset(bare(law) for law in BENCHMARK_LAWS)
# A law is cited with or without the word "Luật" before its subject.
_SUBJECTS = frozenset(re.sub(r"^(bo luat|luat) ", "", law) for law in _BARE_LAWS)
_MENTION = re.compile(r"\b(?:" + "|".join(sorted(_BARE_LAWS)) + r")\b(?! (?:nghe nghiep|dai hoc|quoc phong))")


def is_benchmark_law(title: str) -> bool:
    """Say whether ``title`` names one of the benchmark's laws, an amendment of one, or a draft of any law."""
    words = bare(title)
    if words.startswith("du thao"):
        return True
    if words.startswith(("luat sua doi", "sua doi")):
        return _MENTION.search(words) is not None
    words = re.split(r" (?:cua quoc hoi|so|lan) ", f"{words} ")[0].strip()
    return words in _BARE_LAWS or re.sub(r"^(bo luat|luat) ", "", words) in _SUBJECTS


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def _legal_code(rows: list[dict[str, str]]) -> list[list[Article]]:
    """Articles of the legal code; a law's title stands on its first row only, so its number carries it."""
    numbers = set()
    for row in rows:
        match = _NAMED_SOURCE.match(row["nguon"])
        if match and is_benchmark_law(match["title"]):
            numbers.add(match["number"].rstrip(","))
    allowed = []
    for row in rows:
        match = _NUMBERED_SOURCE.match(row["nguon"])
        if (match and match["number"] in numbers) or _MENTION.search(bare(row["nguon"])):
            continue
        number = _CODE_NUMBER.match(row["dieu"])
        code = number["number"].rstrip(".") if number else ""
        allowed.append([Article(_clean(_CODE_NUMBER.sub("", row["dieu"])), _clean(row["text"]), code)])
    return allowed


def _law_texts(rows: list[dict[str, str]]) -> list[list[Article]]:
    """Whole laws, cut at their articles; the file's name is the law's name."""
    allowed = []
    for row in rows:
        name = row["file"].rsplit("/", 1)[-1].removesuffix(".txt").replace("-", " ")
        if not is_benchmark_law(name):
            allowed.append([_article(part) for part in _ARTICLE_START.split(row["text"]) if part.strip()])
    return allowed


def _passages(rows: list[dict[str, str]]) -> list[list[Article]]:
    return [[_article(row["article_content"])] for row in rows if not is_benchmark_law(row["doc_name"])]


def _article(text: str) -> Article:
    match = _ARTICLE_HEAD.match(text)
    if match:
        return Article(_clean(match["title"]), _clean(match["text"]))
    return Article("", _clean(text))


def _clean(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()
