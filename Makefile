# Two commands do all the set-up: `make demo` and `make test`. Python 3.11 or later and pip are all they need.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
DEMO := demo.onrecord

.PHONY: demo test check docs site format package pictures clean

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

# The source distribution, the wheel built from it, and that wheel in an empty environment.
package: $(VENV)/installed
	rm -rf dist build/empty
	$(BIN)/python -m build --outdir dist
	$(PYTHON) -m venv build/empty
	build/empty/bin/python -m pip install --quiet --disable-pip-version-check dist/*.whl
	cd build && empty/bin/python -I ../tests/package.py

# The pictures in the README; needs Debian's Chromium.
pictures: demo
	$(BIN)/python -m tests.browser.screenshots $(DEMO) docs/pictures

# What the documentation quotes of the program, written anew: its answers, and the help of every command.
docs: $(VENV)/installed
	$(BIN)/python -m tests.questions
	$(BIN)/python -m tests.helptexts

# The documentation as a site, in site/.
site: $(VENV)/installed
	$(BIN)/mkdocs build --strict

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
	rm -rf $(VENV) $(DEMO) demo.json demo.html build dist site .mypy_cache .ruff_cache .pytest_cache
