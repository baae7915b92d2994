"""Which document a person means."""

from __future__ import annotations

import pytest

from vectorstore.errors import DocumentNotFound


def test_find(catalog, document):
    one, _ = document("Báo cáo 2020.pdf", "một")
    two, _ = document("b.txt", "hai")
    catalog.put(one)
    catalog.put(two)
    for reference in ("Báo cáo 2020.pdf", "báo cáo 2020.PDF", one.id, one.id[:8], one.id[:8].upper(), " b.txt"):
        assert catalog.find(reference).id == (two.id if "b.txt" in reference else one.id)
    for reference in ("", "không có", one.id[:3]):
        with pytest.raises(DocumentNotFound) as caught:
            catalog.find(reference)
        assert "docs list" in caught.value.remedy


def test_an_ambiguous_reference_is_not_guessed(catalog, document):
    made = [document(name, name) for name in ("A.txt", "a.txt")]
    for item in made:
        catalog.put(item[0])
    assert catalog.find("a.txt").id == made[1][0].id
    with pytest.raises(DocumentNotFound) as caught:
        catalog.find("a.TXT")
    assert made[0][0].id[:12] in caught.value.message
