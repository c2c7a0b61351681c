# Two commands do all the set-up: `make demo` and `make test`. Python 3.11 or later and pip are all they need.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
DEMO := demo.onrecord

.PHONY: demo test check docs format pictures clean

$(VENV)/installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

# The record of our own example reports, built afresh, shown, and written as JSON and as a page.
demo: $(VENV)/installed
	rm -f $(DEMO)
	$(BIN)/onrecord build examples/harbour-crisis/reports.jsonl -o $(DEMO)
	$(BIN)/onrecord show $(DEMO) calls
	$(BIN)/onrecord show $(DEMO) sources
	$(BIN)/onrecord export $(DEMO) --format json -o demo.json
	$(BIN)/onrecord export $(DEMO) --format html -o demo.html
	@echo "The whole record: demo.json, and as a page: demo.html. In a browser: $(BIN)/onrecord serve $(DEMO)"

test: $(VENV)/installed
	$(BIN)/python -m pytest

# The pictures in the README; needs Debian's Chromium.
pictures: demo
	$(BIN)/python -m tests.browser.screenshots $(DEMO) docs/pictures

# The answers in docs/questions.md, asked anew.
docs: $(VENV)/installed
	$(BIN)/python -m tests.questions

# Lint, types and the direction of imports.
check: $(VENV)/installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

format: $(VENV)/installed
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) $(DEMO) demo.json demo.html build dist .mypy_cache .ruff_cache .pytest_cache
