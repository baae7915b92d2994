from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.chunks import cut, is_garbled
from ingest.clean import clean
from ingest.records import Chunk, Page, Source
from ingest.structure import Structured, structure


def words(text: str) -> int:
    return len(text.split())


def tokens(text: str) -> int:
    return (len(text) + 3) // 4


def chunked(text: str, budget: int = 180, **more: object) -> tuple[Structured, tuple[Chunk, ...]]:
    structured = structure(clean(text), Source(text=text, media_type="text/plain", **more))  # type: ignore[arg-type]
    return structured, cut("ma-van-ban", structured, lambda offset: None, tokens, budget)


SENTENCE = "Ủy ban nhân dân xã tổ chức phong trào thi đua trồng cây và chăm sóc rừng phòng hộ đầu nguồn."
LINES = st.sampled_from(
    [
        "I. MỤC ĐÍCH, YÊU CẦU", "1. Mục đích", "1.1. Thu ngân sách tăng. Đã vượt kế hoạch.", "a) Tập thể:",
        "- Gương mẫu chấp hành;", "- (3) Hộ nghèo còn 1,5%;", "+ Giữ gìn đoàn kết.", "Các chỉ tiêu gồm:", SENTENCE,
        " ".join([SENTENCE] * 6), "TT\tTên\tSố", "1\tHội Nông dân\t25", "Điều 4. Hồ sơ", "2. Hồ sơ gồm có:",
        "Nơi nhận:", "KẾ HOẠCH", "Tổng\t\t30",
        "; ".join(["Công văn số 12/CV-SNV"] * 70), "x" * 900, "*nghiêng* và **đậm**",
    ]
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(st.lists(LINES, max_size=14), st.integers(30, 200))
def test_laws_of_chunks(lines: list[str], budget: int) -> None:
    structured, chunks = chunked("\n".join(lines), budget)
    text = structured.text.text
    end = 0
    for number, chunk in enumerate(chunks):
        assert chunk.ordinal == number
        assert chunk.text == text[chunk.start : chunk.end] and chunk.text.strip()
        assert end <= chunk.start, "chunks do not overlap"
        assert not text[end : chunk.start].strip(), "nothing is lost"
        assert tokens(chunk.text) <= budget and words(chunk.text) <= 200
        end = chunk.end
    assert not text[end:].strip()
    assert len({chunk.id for chunk in chunks}) == len(chunks)
    again = cut("ma-van-ban", structured, lambda offset: None, tokens, budget)
    assert again == chunks


def test_ids_depend_on_document_path_and_text_only() -> None:
    first = chunked("I. MỘT\n\nNội dung phần một.\n\nII. HAI\n\nNội dung phần hai.\n")[1]
    changed = chunked("I. MỘT\n\nNội dung phần một đã đổi.\n\nII. HAI\n\nNội dung phần hai.\n")[1]
    assert first[-1].id == changed[-1].id and first[0].id != changed[0].id


def test_a_list_stays_with_what_introduces_it() -> None:
    text = "I. CHỈ TIÊU\n\nCác chỉ tiêu chủ yếu gồm:\n\n- (1) Thu ngân sách 120 tỷ đồng;\n- (2) Hộ nghèo còn 1,5%.\n"
    chunks = chunked(text)[1]
    assert len(chunks) == 1 and chunks[0].kind == "list" and chunks[0].label == "(1)–(2)"
    assert chunks[0].path == ("I. CHỈ TIÊU",)


def test_a_long_list_carries_its_lead_in() -> None:
    items = "\n".join(f"- ({n}) Chỉ tiêu về {SENTENCE[:-1].lower()};" for n in range(1, 13))
    chunks = chunked(f"Các chỉ tiêu chủ yếu gồm:\n\n{items}\n")[1]
    assert len(chunks) > 2
    assert all(chunk.kind == "list" for chunk in chunks)
    assert all(chunk.context == "Các chỉ tiêu chủ yếu gồm:" for chunk in chunks[1:])


def test_a_row_is_written_out_with_its_headers() -> None:
    text = "PHỤ LỤC\n\nBảng 1. Số hội viên\n\nTT\tNăm\tHội\tSố hội viên\n1\t2020\tNông dân\t25\n2\t2021\tPhụ nữ\t31\n"
    rows = [chunk for chunk in chunked(text)[1] if chunk.kind == "row"]
    assert rows[0].context == "Năm 2020, Hội Nông dân: Số hội viên: 25 (Bảng 1. Số hội viên)"
    assert rows[0].cells and rows[0].text == "1\t2020\tNông dân\t25"


def test_a_note_comes_with_the_sentence_that_refers_to_it() -> None:
    text = "Hội đồng gồm nhiều ủy viên¹. Hội đồng họp hằng quý.\n\n¹ Theo Quyết định thành lập của Chủ tịch xã.\n"
    note = next(chunk for chunk in chunked(text)[1] if chunk.kind == "footnote")
    assert note.label == "1" and note.context == "Hội đồng gồm nhiều ủy viên¹."


def test_signature_is_labelled() -> None:
    text = f"{SENTENCE}/.\n\nNơi nhận:\n- Lưu: VT.\n\nCHỦ TỊCH\n\nTrần Văn Mẫu\n"
    back = [chunk for chunk in chunked(text)[1] if chunk.kind == "back"]
    assert [chunk.context for chunk in back] == [
        "Nơi nhận văn bản",
        "Người ký: Trần Văn Mẫu. Chức vụ, cơ quan: CHỦ TỊCH",
    ]


def test_a_heading_is_not_left_alone() -> None:
    chunks = chunked("I. KẾT QUẢ\n\n1. Trồng rừng\n\n" + " ".join([SENTENCE] * 12) + "\n")[1]
    assert chunks[0].text.startswith("I. KẾT QUẢ\n1. Trồng rừng\nỦy ban")
    assert len(chunks) > 1 and chunks[1].context.endswith(SENTENCE)


def test_pages_come_from_the_page_of_the_first_character() -> None:
    structured = structure(clean(SENTENCE), Source(text=SENTENCE, media_type="text/plain"))
    chunks = cut("x", structured, lambda offset: Page(3, "iii", 0, 999), tokens)
    assert (chunks[0].page, chunks[0].page_label) == (3, "iii")


def test_text_whose_letters_were_lost_is_told_from_lists_with_abbreviations() -> None:
    assert is_garbled("- T l lao ng qua ào t o có b ng c p, ch ng ch")
    assert is_garbled("T l h dân c dùng n c s ch")
    assert not is_garbled("Nơi nhận: Ban TĐKT Trung ương (b/c); đ/c Chủ tịch (b/c); Lưu VT.")
    assert not is_garbled("b) Biên bản họp của hội đồng thi đua các cấp")
