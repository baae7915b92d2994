"""What was worked out about documents is kept."""

from __future__ import annotations

import numpy as np


def test_vectors_are_kept_by_embedder_and_text(catalog):
    vectors = np.arange(6, dtype=np.float32).reshape(2, 3)
    catalog.vectors.put("m1", [b"a" * 32, b"b" * 32], vectors)
    catalog.vectors.put("m1", [b"a" * 32], vectors[1:])
    found = catalog.vectors.read("m1", [b"a" * 32, b"c" * 32])
    assert set(found) == {b"a" * 32}
    assert found[b"a" * 32].tolist() == [0, 1, 2]
    assert catalog.vectors.read("m2", [b"a" * 32]) == {}
    catalog.vectors.keep_only("m1", [b"b" * 32])
    assert set(catalog.vectors.read("m1", [b"a" * 32, b"b" * 32])) == {b"b" * 32}


def test_facts_are_kept_by_name_for_documents_that_are_there(catalog, document):
    made, _ = document("a.txt", "một")
    catalog.put(made)
    catalog.facts.keep("loại", {made.id: "báo cáo", "khác": "không có"})
    assert catalog.facts.read("loại") == {made.id: "báo cáo"}
    assert catalog.facts.read("năm") == {}
