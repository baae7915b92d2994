"""Which document is a copy or a corrected re-issue of which."""

from __future__ import annotations

import random
from array import array
from hashlib import sha256

import numpy as np
import pytest

from ingest.records import Chunk, Document, DocumentMeta, PageHealth
from vectorstore import likeness
from vectorstore.catalog import Catalog
from vectorstore.kin import Kin

SYLLABLES = (
    "thi đua khen thưởng phong trào tập thể cá nhân hội đồng tỉnh huyện xã bằng khen giấy chiến sĩ lao động tiên tiến"
    " báo cáo kế hoạch quyết định danh hiệu xuất sắc nông thôn mới doanh nghiệp giáo dục y tế trồng cây xanh"
)


def body(seed: int, count: int = 300) -> str:
    source = random.Random(seed)
    sentences = [" ".join(source.choices(SYLLABLES.split(), k=12)).capitalize() + "." for _ in range(count // 12)]
    return "\n".join(sentences)


def paper(
    text: str, file: str = "a.txt", media: str = "text/plain", clear: float = 1.0, scan: float | None = None, **meta
):
    key = sha256((file + text + media + repr(meta)).encode()).hexdigest()
    chunk = Chunk(key[:24], key, 0, "text", (), "", text, 0, len(text), None, None, 9)
    health = (PageHealth(0, len(text), clear, (), scan),)
    offsets = array("i", range(len(text)))
    return Document(key, file, media, text, offsets, DocumentMeta(**meta), (), (chunk,), (), health)


@pytest.fixture
def related(tmp_path):
    catalog = Catalog(tmp_path / "catalog.sqlite3")
    catalog.create()

    def relations(new: Document, *there: Document):
        for one in there:
            catalog.put(one, sketch=(likeness.RULES, likeness.sketch(one.text)))
        return Kin(catalog).of(new, likeness.sketch(new.text))

    yield relations
    catalog.close()


def test_sketches_tell_about_how_much_is_shared():
    one = body(1, 1200)
    half = one[: len(one) // 2] + body(2, 600)
    rows = np.stack([likeness.sketch(text) for text in (one, half, body(3, 1200))])
    assert likeness.estimate(rows[0], rows) == pytest.approx([1, 1 / 3, 0], abs=0.12)
    assert likeness.compare(one, half).shared == pytest.approx(1 / 3, abs=0.05)


def test_layout_accents_and_notes_are_no_difference():
    plain = f"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n{body(1)}\nĐạt 12,5% tại xã."
    other = body(1).replace("\n", " \n\n ") + " 7 Đạt 12,5%¹ tại xã."
    assert likeness.compare(plain, other).none
    assert likeness.compare(plain, other).shared > 0.95


def test_a_changed_figure_a_new_and_a_dropped_passage_are_found():
    lines = body(1).split("\n")
    old = "\n".join([*lines[:5], "Toàn xã trồng 12.500 cây xanh trong năm.", *lines[5:]])
    new = old.replace("12.500", "13.700").replace(
        lines[9], "Ủy ban giao phòng văn hóa thông tin tổ chức lễ hội mùa xuân."
    )
    found = likeness.compare(new, old)
    assert ("13.700", "12.500") in found.changed
    assert len(found.changed) + len(found.added) + len(found.dropped) > 1


def test_one_word_put_in_makes_a_reissue(related):
    old = f"{body(1)}\nTập thể này được xét tặng cờ trong năm tới.\n{body(2)}"
    (relation,) = related(paper(old.replace("được xét", "không được xét")), paper(old))
    assert relation.kind == "reissue"


def test_page_numbers_running_heads_and_lost_spaces_are_layout(related):
    lines = body(1, 600).split("\n")
    printed = "\n".join(
        f"{line}\n{'Sở Nội vụ' if number % 9 == 0 else ''} {number // 9 if number % 9 == 8 else ''}"
        for number, line in enumerate(lines)
    )
    glued = printed.replace(lines[20], lines[20].replace(" ", "", 1))
    (relation,) = related(paper(glued, media="application/pdf"), paper("\n".join(lines), "b.txt"))
    assert relation.kind == "copy"


def test_the_same_paper_in_another_format_is_a_copy_and_the_better_one_is_named(related):
    text = body(1)
    page = paper(text, "a.html", "text/html")
    (relation,) = related(paper(text + " 3", "a.pdf", "application/pdf"), page, paper(body(2), "b.txt"))
    assert (relation.kind, relation.other_id, relation.better, relation.why) == ("copy", page.id, True, "format")


@pytest.mark.parametrize(
    ("new", "there", "better", "why"),
    [
        ({"scan": 0.9, "media": "text/html"}, {"media": "application/pdf"}, False, "scan"),
        ({"clear": 0.9, "media": "text/html"}, {"media": "application/pdf"}, False, "letters"),
        ({"media": "application/pdf"}, {"media": "text/plain"}, True, "format"),
        ({"media": "application/pdf"}, {"media": "application/pdf"}, False, "first"),
    ],
)
def test_the_copy_that_reads_best_is_preferred(related, new, there, better, why):
    (relation,) = related(paper(body(1), "neu", **new), paper(body(1), "cu", **there))
    assert (relation.kind, relation.better, relation.why) == ("copy", better, why)


def test_a_corrected_figure_makes_a_reissue(related):
    text = f"{body(1)}\nToàn xã trồng 12.500 cây xanh trong năm.\n{body(2)}"
    old = paper(text, issued="2024-03-01", kind="Kế hoạch")
    (relation,) = related(paper(text.replace("12.500", "13.700"), issued="2024-05-02", kind="Kế hoạch"), old)
    assert (relation.kind, relation.changed, relation.newer) == ("reissue", (("12.500", "13.700"),), True)
    (relation,) = related(paper(text.replace("12.500", "9.800"), issued="2023-05-02", kind="Kế hoạch"))
    assert (relation.kind, relation.newer) == ("reissue", False)


def test_the_same_number_office_and_year_is_a_reissue_however_the_text_differs(related):
    meta = {"number": "12/QĐ-UBND", "issuer": "UBND xã", "kind": "Quyết định"}
    old = paper(body(1), issued="2024-03-01", **meta)
    assert [one.kind for one in related(paper(body(2), issued="2024-06-01", **meta), old)] == ["reissue"]
    assert related(paper(body(3), issued="2025-06-01", **meta)) == ()  # numbers begin anew each year
    assert related(paper(body(4), issued="2024-06-01", **(meta | {"issuer": "UBND huyện"}))) == ()


def test_papers_made_after_one_model_are_strangers(related):
    text = f"{body(1)}\nTặng Bằng khen cho ông An thôn Bắc.\n{body(2)}"
    there = paper(text, number="101/QĐ-UBND", issuer="UBND xã", kind="Quyết định", issued="2024-03-01")
    other = {"number": "102/QĐ-UBND", "issuer": "UBND xã", "kind": "Quyết định", "issued": "2024-03-01"}
    changed = text.replace("ông An thôn Bắc", "bà Bình thôn Nam")
    assert related(paper(changed, **other), there) == ()
    replaces = changed + "\nQuyết định này thay thế Quyết định số 101/QĐ-UBND."
    assert [one.kind for one in related(paper(replaces, **other))] == ["reissue"]


def test_next_years_plan_is_no_reissue(related):
    text = f"{body(1)}\nĐạt 5 chỉ tiêu trong năm.\n{body(2)}"
    there = paper(text, subject="Phát động thi đua năm 2023", kind="Kế hoạch")
    assert (
        related(paper(text.replace("5 chỉ", "6 chỉ"), subject="Phát động thi đua năm 2024", kind="Kế hoạch"), there)
        == ()
    )


def test_papers_for_other_readers_summaries_and_drafts_are_no_copies(related):
    there = paper(body(1))
    assert related(paper(body(1), groups=("kín",)), there) == ()
    assert related(paper(body(1), restated=True)) == ()
    assert [one.kind for one in related(paper(body(1), draft=True))] == ["reissue"]


def test_short_texts_are_never_called_alike(related):
    assert (
        related(paper("Báo cáo tháng này không có gì mới.", "b.txt"), paper("Báo cáo tháng này không có gì mới.")) == ()
    )
