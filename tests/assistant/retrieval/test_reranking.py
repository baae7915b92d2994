"""A small cross-encoder, trained here, puts passages in order when it is configured and only then."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.records import Evidence
from assistant.retrieval.reranking import READ, reranked
from assistant.settings import Settings
from assistant.wiring import open_assistant
from vectorstore.errors import EmbedderUnavailable
from vectorstore.rerank import CrossEncoderReranker

WANTED = "giáo dục"
"""What the small model likes to read, whatever was asked."""
_OTHERS = ("y tế", "rừng cây", "hội nghị", "ngân sách", "sở nội vụ")


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A one-layer transformer with one output, trained to prefer passages on one subject."""
    import torch
    from sentence_transformers import CrossEncoder
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

    torch.manual_seed(1)
    folder = tmp_path_factory.mktemp("cross") / "xep-lai"
    words = sorted({word for phrase in (WANTED, *_OTHERS) for word in phrase.split()})
    names = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *words]
    plain = Tokenizer(models.WordLevel({name: place for place, name in enumerate(names)}, "[UNK]"))
    plain.normalizer = normalizers.Lowercase()
    plain.pre_tokenizer = pre_tokenizers.Whitespace()
    plain.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    special = {"pad_token": "[PAD]", "unk_token": "[UNK]", "cls_token": "[CLS]", "sep_token": "[SEP]"}
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=plain, model_max_length=512, **special)
    config = BertConfig(
        vocab_size=len(names), hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32,
        max_position_embeddings=512, num_labels=1, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0,
    )  # fmt: skip
    network = BertForSequenceClassification(config)
    steps = torch.optim.AdamW(network.parameters(), lr=5e-3)
    for _ in range(60):
        passages = [f"{other} {WANTED}" for other in _OTHERS] + list(_OTHERS)
        inputs = tokenizer(list(_OTHERS) * 2, passages, return_tensors="pt", padding=True)
        wanted = torch.tensor([1.0] * len(_OTHERS) + [0.0] * len(_OTHERS))
        loss = torch.nn.functional.binary_cross_entropy_with_logits(network(**inputs).logits[:, 0], wanted)
        steps.zero_grad()
        loss.backward()
        steps.step()
    assert loss.item() < 0.1
    network.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    assert CrossEncoder(str(folder), device="cpu").num_labels == 1
    return folder


def test_any_cross_encoder_is_a_reranker(model: Path) -> None:
    reranker = CrossEncoderReranker(str(model))
    scores = reranker.scores("y tế", ["rừng cây", f"rừng cây {WANTED}", "hội nghị"])
    assert scores.index(max(scores)) == 1
    assert reranker.scores("y tế", []) == []


def test_the_first_passages_are_put_in_order_and_scores_stay_with_the_ranks(assistant, model: Path) -> None:
    found = assistant.search("Số lượng điển hình tiên tiến", 50)
    put = reranked("y tế", found, CrossEncoderReranker(str(model)))
    assert [one.score for one in put] == [one.score for one in found]
    assert [one.rank for one in put] == [one.rank for one in found]
    assert {one.chunk.id for one in put} == {one.chunk.id for one in found}
    assert put[READ:] == found[READ:]
    mean = lambda rows: sum(one.rank for one in rows if WANTED in one.chunk.text.lower())  # noqa: E731
    assert mean(put) < mean(found)


def test_a_single_passage_stays(assistant, model: Path) -> None:
    (one,) = assistant.search("Số lượng điển hình tiên tiến", 1)
    assert isinstance(one, Evidence)
    assert reranked("y tế", [one], CrossEncoderReranker(str(model))) == [one]


def test_it_is_used_where_it_is_configured(assistant, model: Path) -> None:
    folder = assistant.store.folder
    plain = open_assistant(settings=Settings.load({"store": folder}, {})).search("thi đua", 10)
    used = open_assistant(settings=Settings.load({}, {"TDKT_STORE": str(folder), "TDKT_RERANKER": str(model)}))
    assert not any("reranker" in one.parts for one in plain)
    assert all("reranker" in one.parts for one in used.search("thi đua", 10))
    assert used.ask("Tỉnh tặng bằng khen cho bao nhiêu tập thể?").citations


def test_what_is_no_cross_encoder_is_a_named_error(tmp_path: Path) -> None:
    with pytest.raises(EmbedderUnavailable, match="khong-co") as caught:
        CrossEncoderReranker(str(tmp_path / "khong-co"))
    assert "TDKT_RERANKER" in caught.value.remedy
