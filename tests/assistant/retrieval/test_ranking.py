import json

import pytest

from assistant.hits import WORDS, hit_rows, widened
from assistant.retrieval.ranking import BY_HAND, NAMES, WEIGHTS, model
from assistant.retrieval.retrieve import CLOSE
from assistant.settings import Settings
from assistant.wiring import open_assistant


def test_the_shipped_weights_fit_the_features_and_say_where_they_come_from():
    data = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    assert model().names == NAMES
    assert set(BY_HAND) <= set(NAMES)
    assert "own questions" in data["card"]
    assert all(figures["questions"] > 60 for figures in data["cross_fitted"].values())


def test_no_weight_speaks_against_the_meaning_of_its_feature():
    weights = dict(zip(model().names, model().weights, strict=True))
    assert all(weights[name] * by_hand >= 0 for name, by_hand in BY_HAND.items())


def test_a_score_is_the_sum_that_explain_shows(assistant):
    for one in assistant.search("Tỉnh tặng bằng khen cho bao nhiêu tập thể?", CLOSE):
        shown = sum(weight * one.parts[name] for name, weight in zip(NAMES, model().weights, strict=True))
        assert one.score == pytest.approx(shown, abs=0.03)


def test_scores_fall_with_rank_beyond_what_is_looked_at_closely(assistant):
    scores = [one.score for one in assistant.search("thi đua khen thưởng", 100)]
    assert scores == sorted(scores, reverse=True)


def test_who_signed_finds_the_signature(tmp_path):
    from ingest.pipeline import read_bytes
    from vectorstore.embed import load_embedder
    from vectorstore.store import Store

    paper = (
        "UBND TỈNH YÊN BÁI\nSỞ NỘI VỤ\n\nSố: 9/BC-SNV\n\nBÁO CÁO\nTổng kết phong trào thi đua năm 2021\n\n"
        + "\n\n".join(
            f"{n}. Phong trào thi đua số {n}\n\nBáo cáo phong trào thi đua năm 2021 nêu việc {n}." for n in range(1, 90)
        )
        + "\n\nKT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\nTrần Thị Mơ\n"
    )
    store = Store.open(tmp_path / "store", load_embedder)
    with store.writer() as writer:
        writer.add(read_bytes(paper.encode(), "bao-cao.txt"), paper.encode())
    with store:
        assistant = open_assistant(settings=Settings.load({"store": tmp_path / "store"}))
        found = assistant.search("Báo cáo tổng kết phong trào thi đua năm 2021 do ai ký?", 3)
        assert "Trần Thị Mơ" in found[0].chunk.text


def test_a_hit_is_read_with_its_neighbours_and_shown_once(assistant):
    rows = hit_rows(assistant, "Các hình thức tuyên truyền gương điển hình tiên tiến", 10)
    assert [row["rank"] for row in rows] == list(range(1, len(rows) + 1))
    assert all(len(row["text"].split()) <= WORDS for row in rows)
    lead, items = "gồm:", "Xuất bản sách người tốt, việc tốt hằng năm."
    assert any(lead in row["text"] and items in row["text"] for row in rows[:1])
    texts = [row["text"] for row in rows]
    assert len(set(texts)) == len(texts)


def test_widening_stays_in_the_document_and_its_part(assistant):
    library = assistant.library
    for one in assistant.search("khen thưởng", 20):
        siblings = library.chunks_of(one.chunk.document_id)
        run = widened(one.chunk, siblings)
        assert one.chunk in run
        assert [chunk.ordinal for chunk in run] == list(range(run[0].ordinal, run[-1].ordinal + 1))
        assert one.chunk.kind not in ("front", "back", "footnote") or run == [one.chunk]


def test_without_learned_ranking_the_weights_set_by_hand_rank(assistant):
    assert dict(zip(model(learned=False).names, model(learned=False).weights, strict=True))["fused"] == BY_HAND["fused"]
