import re

import pytest

from ingest import patterns
from ingest.patterns import SAMPLES, is_capitals, starts_lower, starts_upper


@pytest.mark.parametrize(("pattern", "line", "matches"), SAMPLES)
def test_every_pattern_reads_its_sample_line(pattern: re.Pattern[str], line: str, matches: bool) -> None:
    assert (pattern.match(line) is not None) is matches


def test_every_pattern_has_a_sample() -> None:
    named = {name: value for name, value in vars(patterns).items() if isinstance(value, re.Pattern)}
    sampled = {pattern.pattern for pattern, _, _ in SAMPLES}
    untested = {"YEAR", "PERSON", "ENACTING", "LETTERED", "ADDRESSEE", "UNIT_BEFORE_POWER"}
    assert {name for name, value in named.items() if value.pattern not in sampled} <= untested


def test_case_of_words_with_marks() -> None:
    assert is_capitals("ĐỀ ÁN ƯU TIÊN") and not is_capitals("Đề án") and not is_capitals("A1")
    assert starts_upper("“Đoàn kết”") and starts_lower("(ủy quyền)") and not starts_upper("5 năm")
