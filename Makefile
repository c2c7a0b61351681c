# Two commands do all the set-up: `make demo` and `make test`. Python 3.11 or later and pip are all they need.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
DEMO := demo.onrecord
# What `make fuzz` leads through our parsers.
TARGETS := characters lines packed rows text typed
# What the last three targets run, apart from what Onrecord itself needs.
TOOLS := build/tools/bin
TOOLS_ARE := uv==0.13.8 cyclonedx-bom==7.5.0 pip-audit==2.10.1
LOCK := requirements.lock
LOCKED := build/locked

.PHONY: demo test fuzz crash check docs site format package pictures lock sbom audit clean

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

# Each file of tests on one of two processes.
test: $(VENV)/installed
	$(BIN)/python -m pytest -n 2 --dist loadfile

# A hundred thousand mutated inputs, read on two processes; then our own parsers, led by what of them an input reaches.
# What failed is left in build/fuzz. To go on from where it was ended: make fuzz FUZZ="--from 40000".
fuzz: $(VENV)/installed
	$(BIN)/python -m tests.fuzz --inputs 100000 $(FUZZ)
	for target in $(TARGETS); do $(BIN)/python -m tests.fuzz.coverage $$target || exit 1; done

# 500 times killed, 50 times without room, 50 times not let write, 20 times two at once: nothing is lost. The tests run a
# share of it.
crash: $(VENV)/installed
	OPENBLAS_NUM_THREADS=1 nice $(BIN)/python -m tests.crash

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

$(TOOLS)/uv:
	$(PYTHON) -m venv build/tools
	$(TOOLS)/python -m pip install --quiet --disable-pip-version-check $(TOOLS_ARE)

# What the default install brings, each at one version and by the hashes of its files, for every system:
# `pip install --require-hashes -r requirements.lock`. Made anew, it takes the newest versions.
lock: $(TOOLS)/uv
	rm -f $(LOCK)
	$(TOOLS)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--custom-compile-command "make lock" pyproject.toml --output-file $(LOCK)

# A bill of materials of what the lock installs, as CycloneDX.
sbom: $(TOOLS)/uv
	rm -rf $(LOCKED)
	$(PYTHON) -m venv --without-pip $(LOCKED)
	$(TOOLS)/uv pip install --quiet --python $(LOCKED) --require-hashes -r $(LOCK)
	$(TOOLS)/cyclonedx-py environment --pyproject pyproject.toml --output-reproducible \
		--output-file build/onrecord.cdx.json $(LOCKED)
	@echo "The bill of materials: build/onrecord.cdx.json"

# What is known against the locked versions: a report to read, which never fails.
audit: $(TOOLS)/uv
	$(TOOLS)/pip-audit --disable-pip --require-hashes -r $(LOCK) || true

clean:
	rm -rf $(VENV) $(DEMO) demo.json demo.html demo.*.manifest.json build dist site .mypy_cache .ruff_cache .pytest_cache
