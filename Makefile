# The two commands of the README: `make demo` and `make test`. Everything lives in .venv beside this file.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
# On Linux the default PyTorch wheel brings several gigabytes of CUDA; the CPU wheel is all that is needed here.
# `make demo TORCH_INDEX=` uses the default wheel.
ifeq ($(shell uname -s),Linux)
TORCH_INDEX ?= https://download.pytorch.org/whl/cpu
endif
PIP_INSTALL := $(BIN)/python -m pip install --disable-pip-version-check --quiet --constraint constraints.txt

.PHONY: demo test lint types tests system bench kills hooks baselines readme samples clean

demo: $(VENV)/.installed
	$(BIN)/tdkt demo

test: lint types tests

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.installed-dev
	$(BIN)/mypy

# PYTEST_ARGS=--no-skips makes a skipped test a failure, as CI does after `make system`.
tests: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -q -n auto --dist loadfile $(PYTEST_ARGS)

# Debian packages that some tests drive: a browser, OCR for Vietnamese, a word processor, a PDF renderer, a font.
system:
	sh .ci/system

bench: $(VENV)/.installed-dev
	$(BIN)/python -m evals.bench.speed

kills: $(VENV)/.installed-dev
	$(BIN)/python -m vectorstore.torture --kills 50

hooks: $(VENV)/.installed-dev
	$(BIN)/pre-commit install

# The tables of README.md and evals/README.md: rivals and the assistant without each of its parts. Half an hour.
baselines: $(VENV)/.installed-dev
	$(BIN)/tdkt eval baselines --without all --out eval-runs/baselines
	$(BIN)/python -m evals.readme --table eval-runs/baselines

# The README's opening answer, after a change to answers.
readme: $(VENV)/.installed
	$(BIN)/python -m evals.readme

samples: $(VENV)/.installed-dev
	$(BIN)/python -m ingest.samples.make

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Cần Python 3.11 trở lên; hãy chạy: make PYTHON=/đường/dẫn/python3.11 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.torch: $(VENV)/bin/python constraints.txt
	@echo "Đang cài đặt thư viện (lần đầu mất vài phút)..."
	$(PIP_INSTALL) $(if $(TORCH_INDEX),--retries 1 --extra-index-url $(TORCH_INDEX)) torch
	@touch $@

$(VENV)/.installed: $(VENV)/.torch pyproject.toml constraints.txt
	$(PIP_INSTALL) --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(PIP_INSTALL) --editable ".[dev,train,baselines]"
	@touch $@

clean:
	rm -rf $(VENV) .demo-store .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist *.egg-info
