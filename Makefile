# `make help` lists what there is. Everything works from a fresh clone: tools and environment are made on first use.
PYTHON ?= python3
TOOLS  := .tools
UV     := $(TOOLS)/bin/uv
ENV    := .venv
BIN    := $(ENV)/bin
READY  := $(ENV)/.ready
MODEL  := models/confianza.tar.gz

export RASA_TELEMETRY_ENABLED := false
export PYTHONWARNINGS := ignore
export TF_CPP_MIN_LOG_LEVEL := 3
export SQLALCHEMY_SILENCE_UBER_WARNING := 1

.DEFAULT_GOAL := help
.PHONY: help run test train check strings bench bench-compare bench-slow bench-raid bench-long lint types unit evaluate screenshots lock fuzz fuzz-env audit dependencies

help: ## list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1|\2/' | column -t -s '|'

run: $(READY) ## start everything (trains the model first if there is none) and print the address
	@$(BIN)/confianza run

train: $(READY) ## train the model
	@$(BIN)/confianza train

check: $(READY) ## check all content: files, quotations, translations, numbers
	@$(BIN)/confianza check $(if $(DOCUMENTS),--documents $(DOCUMENTS))

strings: $(READY) ## bring the catalogues in locales/ up to date with the English
	@$(BIN)/confianza strings

test: lint types check unit ## lint, types, content and all tests

lint: $(READY)
	@$(BIN)/ruff check bot actions tests bench
	@$(BIN)/lint-imports --no-cache

types: $(READY)
	@$(BIN)/mypy

unit: $(READY) $(MODEL)
	@$(BIN)/python -m pytest -q
	@$(BIN)/python -m pytest -q tests/doors/console

bench: $(READY) $(MODEL) ## measure start-up, latency, throughput, memory and training (about fifteen minutes); writes docs/speed.md
	@$(BIN)/python bench/bench.py $(OPTIONS)

bench-compare: $(READY) ## compare our understanding with stock Rasa, NLP.js and language identifiers; writes docs/benchmarks.md
	@$(BIN)/python bench/compare.py $(if $(MESSAGES),--messages $(MESSAGES))

bench-slow: $(READY) ## train stock Rasa for the comparison (about three quarters of an hour); BENCH_STOCK_MODEL names its folder
	@$(BIN)/python bench/stock.py

bench-raid: $(READY) $(MODEL) ## 10,000 messages in ten minutes, by phone and web; OPTIONS="--fault rasa --messages 600 ..."; writes docs/raid-day.md
	@$(BIN)/python bench/raid_day.py $(OPTIONS)

bench-long: $(READY) $(MODEL) ## 100,000 messages and five new models: does memory stay flat (about half an hour); OPTIONS="--messages 10000 ..."
	@$(BIN)/python bench/endurance.py $(OPTIONS)

evaluate: $(READY) $(MODEL) ## measure understanding on tables: make evaluate TABLES="path/*.tsv"
	@$(BIN)/confianza evaluate $(TABLES)

screenshots: $(READY) $(MODEL) ## write the pictures of README and guides anew (needs Chromium)
	@$(BIN)/python -m tests.browser.screenshots
	@$(BIN)/python -m tests.browser.console_screenshots

lock: $(UV) ## pin the newest fitting versions with hashes
	@$(UV) pip compile -q --python-version 3.10 --generate-hashes --no-emit-index-url --custom-compile-command "make lock" requirements/dev.in -o requirements/dev.txt
	@$(UV) pip compile -q --python-version 3.10 --generate-hashes --no-emit-index-url --custom-compile-command "make lock" requirements/brain.in -o requirements/brain.txt
	@$(UV) pip compile -q --python-version 3.10 --generate-hashes --no-emit-index-url --custom-compile-command "make lock" requirements/manifests.in -o requirements/manifests.txt
	@$(UV) pip compile -q --python-version 3.13 --generate-hashes --no-emit-index-url --custom-compile-command "make lock" requirements/doors.in -o requirements/doors.txt
	@$(UV) pip compile -q --python-version 3.10 --generate-hashes --no-emit-index-url --custom-compile-command "make lock" requirements/fuzz.in -o requirements/fuzz.txt
	@$(UV) pip compile -q --python-version 3.10 --generate-hashes --no-emit-index-url --custom-compile-command "make lock" requirements/audit.in -o requirements/audit.txt
	@$(UV) pip compile -q --python-version 3.10 --generate-hashes --no-emit-index-url --custom-compile-command "make lock" bench/requirements.in -o bench/requirements.txt

fuzz-env: $(TOOLS)/fuzz/.ready ## install the fuzzers that tests use where they are (CI does)

fuzz: $(READY) $(MODEL) $(TOOLS)/fuzz/.ready ## hunt for inputs that break a rule, with coverage as guide (ten minutes); OPTIONS="--seconds 60 po merge"
	@$(BIN)/python -m tests.fuzz.campaign $(OPTIONS)

audit: $(TOOLS)/audit/.ready ## ask PyPI for known vulnerabilities of what is pinned; answers belong in requirements/vulnerabilities.yml
	@for lock in dev brain doors; do $(TOOLS)/audit/bin/pip-audit --strict --disable-pip --require-hashes -r requirements/$$lock.txt || failed=1; done; test -z "$$failed"

dependencies: $(READY) ## write docs/dependencies.md anew from requirements/vulnerabilities.yml
	@$(BIN)/python -m tests.dependencies.document

$(TOOLS)/%/.ready: requirements/%.txt | $(UV)
	@$(UV) venv -q --clear --python "$$(cat .python-version)" $(@D)
	@$(UV) pip sync -q --require-hashes --python $(@D)/bin/python $<
	@touch $@

$(MODEL): | $(READY)
	@$(BIN)/confianza train

$(UV): requirements/tools.txt
	@$(PYTHON) -m venv --clear $(TOOLS) || { echo "Making a virtual environment failed. On Debian or Ubuntu: apt install python3-venv. Then run make again."; exit 1; }
	@$(TOOLS)/bin/python -m pip --version >/dev/null || $(PYTHON) -m venv --clear $(TOOLS)
	@$(TOOLS)/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/tools.txt
	@touch $@

$(READY): $(UV) requirements/dev.txt pyproject.toml
	@test -d $(ENV) || $(UV) venv -q --python "$$(cat .python-version)" $(ENV) || { echo "Python $$(cat .python-version) is not here and could not be fetched. Install it (for example: pyenv install 3.10), then run make again."; exit 1; }
	@echo "Installing the pinned packages (about 3 GB, once) ..."
	@$(UV) pip sync -q --require-hashes --python $(BIN)/python requirements/dev.txt
	@$(UV) pip install -q --no-deps --no-build-isolation --python $(BIN)/python -e .
	@touch $@
