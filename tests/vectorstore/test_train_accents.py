"""The trainer of the syllable model runs from text to arrays that count what was read."""

from __future__ import annotations

import gzip
import json

import numpy as np

from vectorstore.training.questions import HELD_OUT, load_questions, part_of
from vectorstore.training.train_accents import (
    FILE_NAME,
    MODEL,
    STEP,
    Recipe,
    own_texts,
    question_words,
    train,
    typed_with_accents,
)


def test_the_model_counts_what_was_read(tmp_path):
    rows = [
        {
            "nguon": f"Điều {n} Nghị định số {n}/2020/NĐ-CP",
            "dieu": f"Điều {n}. Cây trồng",
            "text": "Người trồng chè tưới nước cho cây chè mỗi ngày.\n" * 20,
        }
        for n in range(1, 12)
    ]
    with gzip.open(tmp_path / "phapdien_articles.jsonl.gz", "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row) + "\n" for row in rows)
    out = tmp_path / "model"
    train(tmp_path, out, Recipe(own=1, held_out=100))
    with np.load(out / MODEL, allow_pickle=False) as arrays:
        forms = bytes(arrays["vocabulary"]).decode().split("\n")
        start, end = arrays["pair_rows"][forms.index("chè") : forms.index("chè") + 2]
        after = [forms[place] for place in arrays["pair_second"][start:end]]
        often = np.exp(arrays["pair_count"][start:end] / STEP)
    assert {"trồng", "chè", "tưới"} <= set(forms)
    counts = dict(zip(after, often, strict=True))
    assert abs(counts["tưới"] - 200) < 16  # ten of eleven articles, twenty lines each, in steps of 7 %
    record = json.loads((out / "training.json").read_text())
    assert record["articles_read"] == 10 and record["rows_left_out"] == {"phapdien_articles.jsonl.gz": 0}


def test_own_text_holds_questions_to_learn_from_and_no_file_names():
    held_out = next(one.text for one in load_questions() if part_of(one.code) < HELD_OUT and not one.text.isascii())
    learnt = next(one.text for one in load_questions() if part_of(one.code) >= HELD_OUT and not one.text.isascii())
    own = "\n".join(own_texts())
    assert learnt in own
    assert held_out not in own
    assert not FILE_NAME.search(own)
    assert typed_with_accents(learnt)
    assert not typed_with_accents("don vi nao duoc tang co thi dua")


def test_phrases_take_turns_in_the_frames_of_the_question_words():
    lines = ["# lời", "mấy {ai} được {việc}", "= việc", "khen", "thưởng", "= ai", "người"]
    assert list(question_words(lines)) == ["mấy người được khen", "mấy người được thưởng"]
