from __future__ import annotations

import unicodedata
from random import Random

import pytest

from evals.errors import BadGold
from evals.folding import bare_words, plain
from evals.perturb.apply import PERTURBATIONS, perturb
from evals.perturb.keyboard import NEIGHBOURS

ASKED = "Chiến sĩ thi đua cơ sở do Ủy ban nhân dân nào xét, thủy lợi hòa bình ra sao?"


def change(name, text=ASKED, seed=1):
    return PERTURBATIONS[name].change(text, Random(seed))


@pytest.mark.parametrize("name", PERTURBATIONS)
def test_the_same_seed_gives_the_same_text_and_every_one_changes_something(name):
    assert change(name) == change(name) != ASKED


@pytest.mark.parametrize("name", PERTURBATIONS)
@pytest.mark.parametrize("text", ["", "?", "123", "a", "ok"])
def test_there_is_no_text_that_breaks_one(name, text):
    assert isinstance(change(name, text), str)


def test_accents():
    assert change("no_accents") == plain(ASKED)
    half = change("half_accents")
    assert plain(half) == plain(ASKED) and half not in (ASKED, plain(ASKED))
    assert change("nfd") == unicodedata.normalize("NFD", ASKED)
    assert unicodedata.normalize("NFC", change("nfd")) == ASKED


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("hòa", "hoà"),
        ("hoà", "hòa"),
        ("HÒA", "HOÀ"),
        ("khoẻ", "khỏe"),
        ("thuỷ", "thủy"),
        ("quý", "quý"),
        ("toàn", "toàn"),
        ("Ủy", "Uỷ"),
    ],
)
def test_tone_placement_moves_only_in_open_syllables(before, after):
    assert change("tone_placement", before) == after


@pytest.mark.parametrize("name", ["telex", "vni"])
def test_slips_of_the_input_method_leave_the_other_words_alone(name):
    before, after = ASKED.split(), change(name).split()
    assert len(before) == len(after)
    assert 1 <= sum(a != b for a, b in zip(before, after, strict=True)) <= 3


def test_neighbour_keys_touch_each_other():
    assert set(NEIGHBOURS["g"]) == set("fhtyvb")
    assert all(key in NEIGHBOURS[near] for key, nears in NEIGHBOURS.items() for near in nears)
    changed = [(a, b) for a, b in zip(ASKED, change("keys"), strict=True) if a != b]
    assert changed and all(b in NEIGHBOURS[a] for a, b in changed)


def test_abbreviations_capitals_politeness():
    assert change("abbreviations") == "CSTĐCS do UBND nào xét, thủy lợi hòa bình ra sao?"
    assert change("upper") == ASKED.upper()
    polite = change("polite")
    assert "chiến sĩ thi đua cơ sở" in polite and polite.rstrip("?.").endswith(("ạ", "cảm ơn"))
    assert " UBND tỉnh" in change("polite", "UBND tỉnh tặng gì?")
    assert bare_words("Bắc Giang có gì")[0] in bare_words(change("polite", "Bắc Giang có gì?"))
    assert "Bắc Giang" in change("polite", "Bắc Giang có gì?")


def test_variants_know_their_original_and_unchanged_questions_have_none(make):
    questions = [make.question(id="a"), make.question(id="b", question="Co gi?")]
    found = perturb(questions, ["no_accents", "upper"])
    assert [(q.id, q.origin, q.variant) for q in found] == [
        ("a~no_accents", "a", "no_accents"),
        ("a~upper", "a", "upper"),
        ("b~upper", "b", "upper"),
    ]
    assert found[0].must_contain == questions[0].must_contain


def test_one_perturbation_does_not_depend_on_the_others_asked_for(make):
    questions = [make.question(id=f"q{i}") for i in range(3)]
    alone = perturb(questions, ["telex"])
    among = [q for q in perturb(questions, ["keys", "telex"]) if q.variant == "telex"]
    assert alone == among
    assert perturb(questions, ["telex"], seed=8) != alone


def test_an_unknown_name_is_told(make):
    with pytest.raises(BadGold, match="sms"):
        perturb([make.question()], ["sms"])
