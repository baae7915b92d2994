"""The trainers run from text to a model that loads, and never learn from a benchmark law."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest

from vectorstore.training import corpus as corpus_file
from vectorstore.training.cooccurrence import count_neighbours, positive_information, reduce
from vectorstore.training.corpus import BENCHMARK_LAWS, Article, is_benchmark_law, load_corpus
from vectorstore.training.pairs import make_pairs
from vectorstore.training.train_encoding import train_ranks, write_ranks
from vectorstore.training.vocabulary import (
    build_tokenizer,
    count_tokens,
    modern_tones,
    old_spellings,
    strip_accents,
    with_stripped,
)

SUBJECTS = ["cây trồng", "đường thủy", "thư viện", "kho lưu trữ", "quỹ khuyến học", "chợ nông thôn"]
DUTIES = [
    "lập sổ theo dõi và báo cáo mỗi quý một lần",
    "giữ gìn tài sản được giao và kiểm kê vào cuối năm",
    "công khai mức thu tại nơi làm việc",
    "trả lời đơn thư trong mười ngày làm việc",
]


def sample_articles() -> list[Article]:
    articles = []
    for subject in SUBJECTS:
        for number, duty in enumerate(DUTIES):
            text = f"Người phụ trách {subject} phải {duty}. "
            text += " ".join(f"Tổ {subject} số {n} {DUTIES[(number + n) % 4]}." for n in range(1, 6))
            articles.append(Article(f"Trách nhiệm thứ {number} đối với {subject}", text))
    return articles


def write_rows(path: Path, rows: list[dict[str, str]]) -> None:
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


@pytest.fixture
def text_folder(tmp_path: Path) -> Path:
    code = [
        {
            "dieu": f"Điều 1.1.NĐ.1.{n}. {article.title}",
            "nguon": f"Điều {n} Nghị định số 1/2001/NĐ-CP, có hiệu lực thi hành kể từ ngày 01/01/2002",
            "text": article.text,
        }
        for n, article in enumerate(sample_articles(), start=1)
    ]
    code += [
        {
            "dieu": "Điều 9.9.LQ.1. Mở đầu",
            "nguon": "Điều 1 Luật số 7/2001/QH10 Cư trú ngày 01/02/2001 của Quốc hội, có hiệu lực",
            "text": "Bí mật của luật bị loại, dòng có tên.",
        },
        {
            "dieu": "Điều 9.9.LQ.2. Tiếp theo",
            "nguon": "Điều 2 Luật số 7/2001/QH10, có hiệu lực thi hành kể từ ngày 01/01/2002",
            "text": "Bí mật của luật bị loại, dòng chỉ có số.",
        },
    ]
    write_rows(tmp_path / corpus_file.FILES[0], code)
    write_rows(
        tmp_path / corpus_file.FILES[1],
        [
            {"file": "a/luat-thu-vien.txt", "text": "LUẬT\n\nĐiều 1. Thư viện\n\nThư viện mở cửa hằng ngày.\n"},
            {"file": "a/hien-phap.txt", "text": "Điều 1. Bí mật\n\nBí mật của văn bản bị loại.\n"},
        ],
    )
    write_rows(
        tmp_path / corpus_file.FILES[2],
        [
            {"doc_name": "Dự thảo Luật Chợ lần 2", "article_content": "Điều 1. Chợ\n\nBí mật của dự thảo."},
            {"doc_name": "Luật Chợ số 3/2001/QH10", "article_content": "Điều 1. Chợ\n\nChợ họp vào buổi sáng."},
        ],
    )
    return tmp_path


def test_benchmark_laws_and_drafts_are_left_out(text_folder: Path) -> None:
    corpus = load_corpus(text_folder)
    assert not [article for article in corpus.articles if "Bí mật" in article.text]
    assert Article("Chợ", "Chợ họp vào buổi sáng.") in corpus.articles
    assert Article("Thư viện", "Thư viện mở cửa hằng ngày.") in corpus.articles
    assert (corpus.articles[0].code, corpus.articles[0].topic) == ("1.1.NĐ.1.1", "1.1")
    assert list(corpus.dropped.values()) == [2, 1, 1]


@pytest.mark.parametrize(
    ("title", "left_out"),
    [
        *[(law, True) for law in BENCHMARK_LAWS],
        *[(law.upper(), True) for law in BENCHMARK_LAWS],
        ("Luật Giáo dục nghề nghiệp", False),
        ("Luật Giáo dục của Quốc hội, số 1/2001/QH10", True),
        ("Sửa đổi, bổ sung một số điều của Luật Giáo dục", True),
        ("Sửa đổi, bổ sung một số điều của Luật Giáo dục đại học", False),
        ("Luật Du lịch lần 2", True),
        ("Dự thảo Luật Đường bộ", True),
        ("Luật Thi đua, khen thưởng", False),
        ("bo luat dan su", True),
        ("bo luat to tung dan su", False),
    ],
)
def test_laws_are_recognised_by_name(title: str, left_out: bool) -> None:
    assert is_benchmark_law(title) is left_out


def test_a_folder_without_text_is_said_to_be_one(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=str(tmp_path)):
        load_corpus(tmp_path)


@pytest.mark.parametrize(
    ("syllable", "modern"),
    [("hoà", "hòa"), ("thuỷ", "thủy"), ("quý", "quý"), ("hoàn", "hoàn"), ("khoẻ", "khỏe"), ("hòa", "hòa")],
)
def test_tone_placement(syllable: str, modern: str) -> None:
    assert modern_tones(syllable) == modern


def test_old_spellings_are_the_way_back() -> None:
    assert old_spellings("hòa") == ["hoà"]
    assert old_spellings("quý") == []
    assert set(old_spellings("thủy hóa")) == {"thuỷ hóa", "thủy hoá", "thuỷ hoá"}


def test_words_of_two_syllables_become_tokens_when_they_hold_together() -> None:
    texts = [article.text for article in sample_articles()] * 5
    tokens = count_tokens(texts, syllables=200, pairs=200)
    assert "khuyến học" in tokens
    counts = with_stripped(tokens)
    assert "khuyen hoc" in counts
    cut = build_tokenizer(counts).encode("Khuyến học, KHUYEN HOC! cây")
    assert [token.replace("▁", " ").strip() for token in cut.tokens] == ["khuyến học", "khuyen hoc", "cây"]


def test_neighbours_do_not_cross_texts() -> None:
    # Tokens 1 and 2 are syllables 0 and 1; 3 is the gap between two texts.
    stream = np.array([1, 2, 3, 1, 3])
    first = np.array([[-1], [0], [1], [-1]])
    counts = count_neighbours(stream, np.array([1, 1, 1, 1]), first, columns=2, window=2, gap=3)
    assert counts[1].tolist() == [0, 1]
    assert counts[2].tolist() == [1, 0]


def test_tokens_with_the_same_neighbours_get_near_vectors() -> None:
    counts = np.array([[5, 5, 0, 0], [4, 6, 0, 0], [0, 0, 5, 5]], dtype=np.float32)
    vectors = reduce(positive_information(counts), 2, [0, 1, 2], seed=0)
    units = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    assert units[0] @ units[1] > 0.9
    assert abs(units[0] @ units[2]) < 0.1


def test_pairs_are_the_same_for_the_same_seed() -> None:
    articles = sample_articles()
    pairs = make_pairs(articles, seed=3)
    assert pairs == make_pairs(articles, seed=3)
    assert {article.title for article in articles} <= {pair.query for pair in pairs}


def test_stripping_keeps_the_letters() -> None:
    assert strip_accents("Đề nghị THƯỞNG") == "de nghi thuong"


def test_ranks_cut_text_as_the_trainer_meant(tmp_path: Path) -> None:
    from tiktoken import Encoding

    from ingest.tokens import PATTERN

    texts = [article.text for article in sample_articles()]
    ranks = train_ranks(texts, 400)
    assert len(ranks) <= 400
    write_ranks(ranks, tmp_path / "a" / "ranks.tiktoken")
    encoding = Encoding("t", pat_str=PATTERN, mergeable_ranks=ranks, special_tokens={})
    assert encoding.decode(encoding.encode_ordinary(texts[0])) == texts[0]
    assert len(encoding.encode_ordinary(texts[0])) < len(texts[0]) / 2


@pytest.mark.slow
def test_the_embedder_trainer_runs_end_to_end(
    text_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from vectorstore.embed import StaticEmbedder
    from vectorstore.training import train_embedder
    from vectorstore.training.questions import Question

    asked = [Question(f"1.1.NĐ.1.{n}", f"ai giữ {SUBJECTS[(n - 1) // 4]}") for n in range(1, 25)]
    monkeypatch.setattr(train_embedder, "load_questions", lambda: [*asked, Question("9.9.LQ.1", "Bí mật gì?")])

    out = tmp_path / "model"
    sizes = ["--dimension", "16", "--syllables", "300", "--words", "30", "--columns", "200"]
    train_embedder.main(["--text", str(text_folder), "--out", str(out), "--batch", "16", "--epochs", "2", *sizes])
    embedder = StaticEmbedder(out)
    assert embedder.dimension == 16
    passages = [f"Người phụ trách {subject} phải {DUTIES[0]}." for subject in SUBJECTS]
    scores = embedder.encode_queries(SUBJECTS) @ embedder.encode_documents(passages).T
    assert (scores.argmax(axis=1) == np.arange(len(SUBJECTS))).mean() >= 0.8
    record = json.loads((out / "training.json").read_text("utf-8"))
    assert record["rows_left_out"][corpus_file.FILES[0]] == 2
    assert record["own_questions"]["missing"] == 1
    assert record["own_questions"]["learnt"] + record["own_questions"]["held_out"] == len(asked)
