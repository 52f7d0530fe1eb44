# make serve: the chat on http://127.0.0.1:8000. make test: what CI runs. Both make their own .venv first.

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)
BIN := .venv/bin
STAMPS := .stamps
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
LOCK := env -u PIP_FIND_LINKS -u PIP_EXTRA_INDEX_URL CUSTOM_COMPILE_COMMAND="make lock" PIP_CONFIG_FILE=/dev/null $(BIN)/pip-compile --quiet --generate-hashes \
	--allow-unsafe --no-strip-extras --no-emit-options --all-build-deps --extra postgres --extra redis
POSTGRES := $(shell command -v postgres || ls -d /usr/lib/postgresql/*/bin/postgres 2>/dev/null | tail -1)
CHROMIUM := $(shell command -v chromium || command -v chromium-browser || command -v google-chrome)
BESIDE := $(if $(POSTGRES),$(BIN)/python -m tests.postgres)

.DEFAULT_GOAL := help
.PHONY: help serve test lint lock bench load test-faults test-faults-full

help:
	@echo "make serve [PORT=8123] [HOST=...] [DOCS=DIR] [DATA=DIR]   serve; without documents, the sample"
	@echo "make test                                                lint, types and tests"
	@echo "make test-faults, make test-faults-full                  the slow tests, short and in full"
	@echo "make bench [SETS=FOLDER]                                 how well and how fast; SETS also writes docs/benchmarks.md"
	@echo "make load                                                how fast under load"
	@echo "make lock                                                renew requirements.lock and requirements-dev.lock"

serve: $(STAMPS)/run
	@$(BIN)/faqtual serve $(if $(PORT),--port $(PORT)) $(if $(HOST),--host $(HOST)) \
		$(if $(DOCS),--docs "$(DOCS)") $(if $(DATA),--data "$(DATA)")

test: lint
	$(if $(CHROMIUM),,@echo "No Chromium here: the browser tests are skipped. Debian has it: apt install chromium")
	$(if $(POSTGRES),,@echo "No PostgreSQL here: its tests are skipped. Debian has it: apt install postgresql")
	$(BESIDE) $(BIN)/pytest -m "not slow" --cov --cov-report=term:skip-covered

lint: $(STAMPS)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test-faults: $(STAMPS)/dev
	$(BESIDE) $(BIN)/pytest -m slow

test-faults-full: $(STAMPS)/dev
	FAQTUAL_TEST_FULL=1 $(BESIDE) $(BIN)/pytest -m slow

bench: $(STAMPS)/dev $(if $(SETS),$(STAMPS)/bench)
	$(if $(SETS),$(BIN)/python -m benchmarks.bench "$(SETS)",@echo "Retrieval is not measured: make bench SETS=FOLDER, see benchmarks/README.md")
	$(BIN)/python -m benchmarks.speed

load: $(STAMPS)/dev
	$(BIN)/python -m benchmarks.load

lock: $(STAMPS)/dev
	$(LOCK) --output-file requirements.lock pyproject.toml
	$(LOCK) --extra dev --constraint requirements.lock --output-file requirements-dev.lock pyproject.toml

$(STAMPS)/venv:
	@test -n "$(PYTHON)" || { echo "Faqtual needs Python 3.11 or newer. Debian has it: apt install python3 python3-venv"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "This Python has no venv. Debian has it in a package: apt install python3-venv"; exit 1; }
	$(PYTHON) -m venv .venv
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/run: $(STAMPS)/venv requirements.lock pyproject.toml
	$(PIP) install --require-hashes --requirement requirements.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(STAMPS)/dev: $(STAMPS)/run requirements-dev.lock
	$(PIP) install --require-hashes --requirement requirements-dev.lock
	@touch $@

$(STAMPS)/bench: $(STAMPS)/dev benchmarks/requirements.txt
	$(PIP) install --requirement benchmarks/requirements.txt
	@touch $@
