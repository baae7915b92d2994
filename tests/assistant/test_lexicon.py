import json
import shutil

import pytest

from assistant import lexicon
from assistant.lexicon import compiled, lint, source
from assistant.words import syllables


def find(text, known=None):
    pairs = syllables(text)
    found = (known or lexicon.load()).matches([bare for bare, _ in pairs], [typed for _, typed in pairs])
    return {" ".join(phrase.typed) for match in found for phrase in match.alternatives}


SMALL = {
    "abbreviations": "chung:\n  tđkt: thi đua khen thưởng\n  brvt: bà rịa vũng tàu\nriêng:\n  bc: báo cáo\n",
    "wording": "kinh tế:\n- hãng -> doanh nghiệp\nkhác:\n- hạn chót -> chậm nhất\n- sổ đỏ -> giấy chứng nhận\n",
    "places": "Bắc Kạn: Thái Nguyên\n",
}


@pytest.fixture
def folder(tmp_path):
    """Small files of the shipped form, with the shipped rules and a compiled file, to be edited by the test."""
    for name in ("stopwords", "subjects", "checks"):
        shutil.copy(source.FOLDER / f"{name}.yaml", tmp_path)
    for name, text in SMALL.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    compiled.write(tmp_path)
    assert lint.problems(tmp_path) == []
    return tmp_path


def add(folder, name, text):
    path = folder / f"{name}.yaml"
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


# Looking up


def test_an_abbreviation_is_written_out():
    assert "thi đua khen thưởng" in find("công tác TĐKT")


def test_an_abbreviation_typed_without_accents_is_known_when_it_is_no_syllable():
    assert "thi đua khen thưởng" in find("cong tac TDKT")


def test_an_abbreviation_of_two_readings_gives_both():
    assert {"giám đốc", "giai đoạn"} <= find("gđ 2021-2025")


def test_abbreviations_that_look_the_same_without_accents_stay_apart_when_typed():
    assert "thông báo" in find("TB số 5") and "quyết định" in find("QĐ số 5")
    assert "quyết định" not in find("quy chế")
    assert {"giáo dục"} <= find("ngành GD") and "giám đốc" not in find("ngành GD")


def test_a_word_is_not_taken_for_an_abbreviation():
    assert find("ban tin") == set()


def test_written_out_words_find_their_abbreviation():
    assert "cstđ" in find("chiến sĩ thi đua")


def test_another_spelling_of_a_province_leads_to_the_official_one_only():
    assert "bắc kạn" in find("tỉnh Bắc Cạn")
    assert "bắc cạn" not in find("tỉnh Bắc Kạn")


@pytest.mark.parametrize(
    ("everyday", "official"),
    [
        ("còn điểm yếu gì", "hạn chế"),
        ("được mấy suất", "biên chế"),
        ("làm sổ đỏ ở xã", "giấy chứng nhận quyền sử dụng đất"),
        ("ăn hối lộ thì sao", "tham nhũng"),
        ("trẻ con bị đuối nước", "trẻ em"),
        ("hết bao nhiêu tiền", "tổng kinh phí"),
        ("nộp qua mạng", "dịch vụ công trực tuyến"),
        ("gửi cho ai", "nơi nhận"),
    ],
)
def test_everyday_words_find_official_ones(everyday, official):
    assert official in find(everyday)


def test_the_arrow_goes_one_way():
    assert "giấy chứng nhận quyền sử dụng đất" in find("sổ đỏ")
    assert "sổ đỏ" not in find("giấy chứng nhận quyền sử dụng đất")


def test_a_line_without_an_arrow_goes_both_ways():
    assert "nhân rộng" in find("lan tỏa") and "lan tỏa" in find("nhân rộng")


def test_a_single_syllable_needs_its_accents():
    assert "khen thưởng" in find("khen ai")
    assert "chất thải rắn" not in find("rac o dau")


def test_a_single_syllable_counts_for_nothing_inside_a_compound():
    assert "phong tặng" in find("phong anh hùng")
    assert "phong tặng" not in find("phong trào")
    assert "xét xử" not in find("xử lý vi phạm")


def test_the_longest_wording_wins():
    assert "phí lệ phí" not in find("bao nhiêu tiền")
    assert find("nhà dân hiến đất") == find("dân hiến đất")
    assert "tỷ lệ hộ nghèo giảm còn" in find("còn bao nhiêu hộ nghèo")


# The shipped files


def test_the_shipped_files_have_no_fault():
    assert lint.problems() == []


def test_the_lexicon_is_large():
    groups, abbreviations = lint.counts()
    assert groups >= 800
    assert abbreviations >= 350


def test_the_compiled_file_is_true_to_the_files():
    kept = json.loads((source.FOLDER / compiled.NAME).read_bytes())
    assert kept.pop("digest") == source.digest(), "chạy: python -m assistant.lexicon"
    assert kept == json.loads(json.dumps(compiled.from_files()))


def test_the_provinces_are_those_after_the_merger():
    places = lexicon.read("places")
    assert len(places) == 63
    assert len(set(places.values())) == 34
    assert {new for new in places.values() if new not in places} <= {"Huế"}


# Editing


def test_an_edit_counts_at_once_and_the_compiled_file_follows(folder):
    add(folder, "wording", "- xe đạp thồ -> phương tiện thô sơ\n")
    edited = lexicon.Lexicon(compiled.data(folder))
    assert "phương tiện thô sơ" in find("đi xe đạp thồ", edited)
    assert json.loads((folder / compiled.NAME).read_bytes())["digest"] != source.digest(folder)
    compiled.write(folder)
    assert json.loads((folder / compiled.NAME).read_bytes())["digest"] == source.digest(folder)
    assert "phương tiện thô sơ" in find("đi xe đạp thồ", lexicon.Lexicon(compiled.data(folder)))


@pytest.mark.parametrize("content", [None, "", "{", "[]", '{"digest": "khác"}'])
def test_without_a_usable_compiled_file_the_files_are_read(folder, content):
    path = folder / compiled.NAME
    path.unlink()
    if content is not None:
        path.write_text(content, encoding="utf-8")
    assert "thi đua khen thưởng" in find("TĐKT", lexicon.Lexicon(compiled.data(folder)))


def test_line_ends_of_another_system_do_not_matter(folder):
    before, path = source.digest(folder), folder / "wording.yaml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert source.digest(folder) == before


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("wording", "- xe cộ | xe cộ -> phương tiện giao thông\n", "viết hai lần"),
        ("wording", "- hạn chót -> ngày cuối cùng\n", "đứng bên trái cả ở"),
        ("wording", "- xe cộ -> tăng bậc | giảm bậc\n", "trái nghĩa"),
        ("wording", "- sổ đó -> sổ theo dõi\n", "gõ không dấu"),
        ("wording", "- sổ đo\u0309 to -> giấy chứng nhận\n", "Unicode"),
        ("wording", "- Xe cộ -> phương tiện giao thông\n", "viết thường"),
        ("wording", "- xe -> phương tiện giao thông\n", "một âm tiết"),
        ("wording", "- xe cộ -> xe\n", "một âm tiết"),
        ("wording", "- xe cộ -> công tác\n", "loãng"),
        ("wording", "- xe cộ -> a b | c d | e g | h i | k l\n", "nhiều nhất"),
        ("wording", "- xe cộ -> xe máy -> xe hơi\n", "một mũi tên"),
        ("wording", "- xe cộ | -> phương tiện giao thông\n", "chỗ trống"),
        ("wording", "- xe cộ\n", "không dẫn tới"),
        ("wording", "- bao nhiêu -> tổng số\n", "từ để hỏi"),
        ("wording", "- tđkt -> ban thi đua\n", "đã là chữ viết tắt"),
        ("wording", "- xe cộ: phương tiện giao thông\n", "dấu hai chấm"),
        ("wording", "kinh tế:\n- xe cộ -> phương tiện giao thông\n", "đã có ở trên"),
        ("abbreviations", "  ban: ban tổ chức\n", "đọc được thành tiếng"),
        ("abbreviations", "  xyz: a b | c d | e g | h i\n", "nhiều nhất"),
        ("abbreviations", "  xyz: a b | a b\n", "viết hai lần"),
        ("abbreviations", "  tđkt: thử đúng\n", "đã có ở mục"),
        ("abbreviations", "  bc: bản cam kết\n", "đã có ở trên"),
        ("abbreviations", "  a b c d: dài quá\n", "dài quá"),
        ("stopwords", "mục mới: chữ\n", "lạ hoặc thiếu"),
    ],
)
def test_a_fault_is_named(folder, name, text, fault):
    add(folder, name, text)
    assert any(fault in line and name in line for line in lint.problems(folder)), lint.problems(folder)
