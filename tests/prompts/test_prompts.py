import re

import pytest

import prompts
from prompts import BadTemplate, Template, parse, say

FILES = sorted(path.stem for path in prompts.FOLDER.glob("*.md"))


@pytest.mark.parametrize("file", FILES)
def test_every_text_can_be_filled(file):
    for name, template in prompts.load(file).items():
        filled = say(file, name, **dict.fromkeys(template.variables, "giá trị"))
        assert filled and "{" not in filled


def test_every_text_that_code_says_exists():
    root = prompts.FOLDER.parent
    said = set()
    for path in (root / "assistant").rglob("*.py"):
        said |= set(re.findall(r'say\(\s*"(\w+)", "(\w+)"', path.read_text(encoding="utf-8")))
    assert said
    assert {(file, name) for file, name in said if name not in prompts.load(file)} == set()


def test_missing_and_unknown_variables_are_errors():
    template = Template("t", frozenset({"a"}), "x {a}")
    with pytest.raises(BadTemplate, match="a"):
        template.fill({})
    with pytest.raises(BadTemplate, match="b"):
        template.fill({"a": 1, "b": 2})


@pytest.mark.parametrize(
    "source",
    ["## t: a\nkhông dùng", "## t\n{a}", "## t: a\n{b}", "## t\n", "## t\nx\n## t\ny"],
)
def test_texts_and_declarations_must_agree(source):
    with pytest.raises(BadTemplate):
        parse(source, "f")


def test_unknown_text():
    with pytest.raises(BadTemplate, match="không_có"):
        say("refusals", "không_có")


def test_values_are_not_read_as_templates():
    assert say("notices", "draft", titles="{nearest}").count("{nearest}") == 1
