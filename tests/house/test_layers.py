"""Imports go one way: each package may import only what stands below it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MAY_IMPORT = {
    "ingest": set(),
    "prompts": set(),
    "vectorstore": {"ingest.records", "ingest.clean", "ingest.tokens"},
    "assistant": {"ingest", "vectorstore", "prompts"},
    "ui": {"assistant"},
    "evals": {"assistant", "vectorstore", "prompts"},
}
# Rooms of the assistant from the question to the proof; what stands above may import what stands below.
ROOMS = ("lexicon", "spelling", "question", "retrieval", "reading", "answers", "proof")
# A heavy engine has one home, so that only who chose it pays for it.
HOMES = {
    "chromadb": ("vectorstore/chroma.py", "evals/baselines/"),
    "tantivy": ("vectorstore/lexical.py",),
    "pypdf": ("ingest/readers/", "ingest/samples/"),
    "streamlit": ("ui/",),
    "sentence_transformers": ("vectorstore/embed.py", "vectorstore/rerank.py", "vectorstore/training/", "evals/"),
}


def imports(path):
    """Yield (module, line, at module level) for every import; a submodule taken from its package counts as itself."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    top = set(map(id, tree.body))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno, id(node) in top
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: relative import"
            folder = ROOT / node.module.replace(".", "/")
            for alias in node.names:
                submodule = (folder / f"{alias.name}.py").exists() or (folder / alias.name / "__init__.py").exists()
                module = f"{node.module}.{alias.name}" if submodule else node.module
                yield module, node.lineno, id(node) in top


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_a_package_imports_only_what_stands_below_it(root, package):
    wrong = []
    for path in sorted((root / package).rglob("*.py")):
        for module, line, _ in imports(path):
            home = module.split(".")[0]
            allowed = MAY_IMPORT[package]
            if home in MAY_IMPORT and home != package and home not in allowed and module not in allowed:
                wrong.append(f"{path.relative_to(root)}:{line} imports {module}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_inside_a_package_the_root_is_left_to_outsiders(root, package):
    wrong = [
        f"{path.relative_to(root)}:{line}"
        for path in sorted((root / package).rglob("*.py"))
        for module, line, _ in imports(path)
        if module == package
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_of_the_assistant_imports_no_later_room_and_no_entrance(root, room):
    later = (*ROOMS[ROOMS.index(room) + 1 :], "pipeline", "wiring", "chain", "commands", "cli")
    wrong = [
        f"{path.relative_to(root)}:{line} imports {module}"
        for path in sorted((root / "assistant" / room).rglob("*.py"))
        for module, line, _ in imports(path)
        if module.startswith("assistant.") and module.split(".")[1] in later
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("library", HOMES)
def test_a_heavy_engine_has_one_home(root, library):
    wrong = []
    for package in MAY_IMPORT:
        for path in sorted((root / package).rglob("*.py")):
            name = path.relative_to(root).as_posix()
            for module, line, _ in imports(path):
                if module.split(".")[0] == library and not name.startswith(HOMES[library]):
                    wrong.append(f"{name}:{line}")
    assert not wrong, "\n".join(wrong)


def test_nothing_heavy_is_imported_with_a_module(root):
    heavy = {
        "chromadb",
        "streamlit",
        "sentence_transformers",
        "torch",
        "pdfplumber",
        "transformers",
        "pandas",
        "model2vec",
    }
    wrong = []
    for package in ("ingest", "vectorstore", "assistant", "prompts"):
        for path in sorted((root / package).rglob("*.py")):
            if "training" in path.parts:
                continue
            for module, line, at_module_level in imports(path):
                if at_module_level and module.split(".")[0] in heavy:
                    wrong.append(f"{path.relative_to(root)}:{line} imports {module}")
    assert not wrong, "\n".join(wrong)
