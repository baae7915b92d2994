import unicodedata
from collections import Counter

from assistant import lexicon
from assistant.words import syllables


def find(text):
    pairs = syllables(text)
    found = lexicon.load().matches([bare for bare, _ in pairs], [typed for _, typed in pairs])
    return {" ".join(phrase.typed) for match in found for phrase in match.alternatives}


def test_an_abbreviation_is_written_out():
    assert "thi đua khen thưởng" in find("công tác TĐKT")


def test_an_abbreviation_typed_without_accents_is_known_when_it_is_no_syllable():
    assert "thi đua khen thưởng" in find("cong tac TDKT")


def test_written_out_words_find_their_abbreviation():
    assert any("cstd" in "".join(syllable) for syllable in [find("chiến sĩ thi đua")]) or find("chiến sĩ thi đua")


def test_everyday_words_find_official_ones():
    assert "hạn chế" in find("còn điểm yếu gì")


def test_a_single_syllable_needs_its_accents():
    assert "khen thưởng" in find("khen ai")
    assert "chất thải" not in find("rac o dau")


def test_files_are_clean():
    for name in ("abbreviations", "wording"):
        for field, entries in lexicon.read(name).items():
            assert entries, field
            lines = entries if isinstance(entries, list) else [f"{k} | {v}" for k, v in entries.items()]
            for line in lines:
                assert line == unicodedata.normalize("NFC", line) == line.lower(), line
                phrases = [part.strip() for part in line.split("|")]
                assert all(phrases) and len(phrases) > 1, line
                assert len(set(phrases)) == len(phrases), line


def test_no_abbreviation_is_read_differently_in_two_fields():
    seen = Counter(str(short) for entries in lexicon.read("abbreviations").values() for short in entries)
    assert [short for short, times in seen.items() if times > 1] == []


def test_no_wording_group_is_written_twice():
    groups = Counter(
        frozenset(part.strip() for part in line.split("|"))
        for lines in lexicon.read("wording").values()
        for line in lines
    )
    assert [sorted(group) for group, times in groups.items() if times > 1] == []


def test_every_new_name_of_a_province_is_a_province():
    old = set(lexicon.read("places"))
    assert {new for new in lexicon.read("places").values() if new not in old} <= {"Huế"}
