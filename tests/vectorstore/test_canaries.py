"""Another embedder takes over only when its index finds what the store surely holds; real sentence-transformers."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from vectorstore.canaries import probes
from vectorstore.doctor import examine, repair
from vectorstore.embed import load_embedder
from vectorstore.errors import CanariesLost, EmbedderMismatch
from vectorstore.generation import folder_of
from vectorstore.store import Store
from vectorstore.torture import HashEmbedder

_SYLLABLES = [
    "thi",
    "đua",
    "khen",
    "thưởng",
    "phong",
    "trào",
    "tập",
    "thể",
    "cá",
    "nhân",
    "hội",
    "đồng",
    "tỉnh",
    "huyện",
    "xã",
    "bằng",
    "giấy",
    "chiến",
    "sĩ",
    "lao",
    "động",
    "tiên",
    "tiến",
    "báo",
    "cáo",
    "kế",
    "hoạch",
    "năm",
    "quyết",
    "định",
    "danh",
    "hiệu",
    "xuất",
    "sắc",
    "nông",
    "thôn",
    "mới",
    "doanh",
    "nghiệp",
    "giáo",
    "dục",
    "y",
    "tế",
    "rừng",
    "cây",
    "biển",
    "núi",
    "sông",
]


def save_model(folder: Path, *, working: bool) -> Path:
    """Write a small static sentence-transformers model; one that is not working gives every text the same vector."""
    import numpy as np
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer, models, pre_tokenizers

    tokenizer = Tokenizer(
        models.WordLevel({name: row for row, name in enumerate(["[UNK]", *sorted(set(_SYLLABLES))])}, "[UNK]")
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    rows = np.random.default_rng(3).standard_normal((tokenizer.get_vocab_size(), 32)).astype(np.float32)
    if not working:
        rows[:] = 1.0
    SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=rows)], device="cpu").save(str(folder))
    return folder


@pytest.fixture
def filled(store, document):
    """A store of sixty paragraphs in its first generation."""
    chosen = random.Random(5)
    for number in range(6):
        paragraphs = [" ".join(chosen.choices(_SYLLABLES, k=40)) for _ in range(10)]
        with store.writer() as writer:
            writer.add(*document(f"{number}.txt", *paragraphs))
    return store


def test_probes_are_words_of_passages_spread_over_the_store(filled):
    asked = probes(filled.catalog)
    assert len(asked) == 24
    chunks = {chunk.id: chunk for item in filled.documents() for chunk in filled.document_chunks(item.id)}
    assert all(one.words in chunks[holder].text for one in asked for holder in one.chunk_ids)
    assert len({chunks[holder].document_id for one in asked for holder in one.chunk_ids}) > 3
    assert asked == probes(filled.catalog)


def test_another_models_index_stands_beside_the_old_and_then_takes_over(filled, tmp_path):
    model = save_model(tmp_path / "mo-hinh", working=True)
    seen = []

    def accept(number: int) -> None:
        assert number == 7
        assert folder_of(filled.folder, number).is_dir()
        assert examine(filled.folder).generation == 6
        with Store.open(filled.folder, lambda: load_embedder(str(model)), number) as new:
            seen.append(new.search_vectors(probes(filled.catalog)[0].words, 1)[0].chunk_id)

    report = repair(filled.folder, lambda: load_embedder(str(model)), accept=accept)
    assert report.healthy
    assert report.generation == 7
    assert report.embedder.startswith("mo-hinh@")
    assert set(seen) == probes(filled.catalog)[0].chunk_ids


def test_a_model_that_finds_nothing_changes_nothing(filled, tmp_path):
    model = save_model(tmp_path / "mo-hinh", working=False)
    with pytest.raises(CanariesLost) as caught:
        repair(filled.folder, lambda: load_embedder(str(model)))
    assert "chỉ mục cũ vẫn giữ nguyên" in caught.value.message
    assert "mo-hinh" in caught.value.message
    assert "TDKT_EMBEDDER" in caught.value.remedy
    report = examine(filled.folder)
    assert report.healthy
    assert (report.generation, report.embedder) == (6, "hash-1")
    assert not folder_of(filled.folder, 7).exists()
    assert filled.search_vectors(probes(filled.catalog)[0].words, 1)
    assert not filled.catalog.vectors.read(load_embedder(str(model)).name, list(_digests(filled)))
    with Store.open(filled.folder, lambda: load_embedder(str(model))) as wrong, pytest.raises(EmbedderMismatch):
        wrong.search_vectors("thi đua", 1)


def test_what_the_caller_does_not_accept_is_not_used(filled, tmp_path):
    from vectorstore.canaries import lost_questions

    def refuse(number: int) -> None:
        raise lost_questions(["Bao nhiêu tập thể được tặng bằng khen?"])

    model = save_model(tmp_path / "mo-hinh", working=True)
    with pytest.raises(CanariesLost, match="Bao nhiêu tập thể"):
        repair(filled.folder, lambda: load_embedder(str(model)), accept=refuse)
    assert examine(filled.folder).embedder == "hash-1"
    # The same process may try again.
    assert repair(filled.folder, lambda: load_embedder(str(model))).embedder.startswith("mo-hinh@")


def test_an_index_of_the_same_model_is_not_put_to_the_question(filled):
    def never(number: int) -> None:
        raise AssertionError

    assert repair(filled.folder, HashEmbedder, accept=never).generation == 7


def _digests(store):
    from vectorstore.passages import digest, embedded_text

    for item in store.documents():
        for chunk in store.document_chunks(item.id):
            yield digest(embedded_text(chunk))


def test_words_a_model_wants_before_questions_and_passages_are_set_in_its_folder(tmp_path):
    import json

    folder = save_model(tmp_path / "mo-hinh", working=True)
    plain = load_embedder(str(folder))
    config = folder / "config_sentence_transformers.json"
    settings = json.loads(config.read_text(encoding="utf-8"))
    settings["prompts"] = {"query": "rừng ", "document": "biển "}
    config.write_text(json.dumps(settings), encoding="utf-8")
    led = load_embedder(str(folder))
    assert led.encode_queries(["thi đua"])[0] == pytest.approx(plain.encode_queries(["rừng thi đua"])[0], abs=1e-6)
    assert led.encode_documents(["thi đua"])[0] == pytest.approx(plain.encode_documents(["biển thi đua"])[0], abs=1e-6)
