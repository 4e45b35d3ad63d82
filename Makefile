# One place for every task; each target sets up what it needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STORE ?= var/store
PORT ?= 8080
WEB := service/web
NPM := PATH="$(abspath $(BIN)):$$PATH" $(abspath $(BIN))/npm
NPM_CI := $(NPM) ci --loglevel=error --no-audit --no-fund --ignore-scripts --no-update-notifier --fetch-retries=1 --fetch-retry-mintimeout=1000

.PHONY: serve web test chromium virtuoso screenshots painting lint types format check lock bench clean

serve: $(VENV)/.runtime
	@$(MAKE) --silent web >/dev/null 2>&1 || echo "Without its scripts, which could not be built ('make web' says why), a page suggests no names while one types; all else is served."
	$(BIN)/medalgraph init $(STORE) --bundled --if-missing
	$(BIN)/medalgraph serve $(STORE) --port $(PORT)

# What the pages run in a browser.
web: service/static/built/manifest.json

test: $(VENV)/.dev $(VENV)/.clients $(VENV)/.browser chromium virtuoso
	-@$(MAKE) --silent web
	$(BIN)/python -m pytest $(ARGS)

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: $(VENV)/.dev $(WEB)/node_modules/.installed
	$(BIN)/mypy
	cd $(WEB) && $(NPM) run --silent types

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

check: lint types test

# Resolves the newest allowed versions again; run it on purpose, never as part of another task.
lock: $(VENV)/.dev
	$(BIN)/pip-compile --quiet --generate-hashes --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
	  --output-file requirements/runtime.txt pyproject.toml
	$(BIN)/pip-compile --quiet --generate-hashes --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
	  --allow-unsafe --extra dev --constraint requirements/runtime.txt --output-file requirements/dev.txt pyproject.toml
	$(BIN)/pip-compile --quiet --generate-hashes --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
	  --output-file requirements/web.txt requirements/web.in

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements/runtime.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/runtime.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	touch $@

$(VENV)/.dev: requirements/dev.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	touch $(VENV)/.runtime $@

$(VENV)/.node: requirements/web.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/web.txt
	touch $@

$(WEB)/node_modules/.installed: $(WEB)/package-lock.json $(VENV)/.node
	cd $(WEB) && $(NPM_CI)
	touch $@

service/static/built/manifest.json: $(WEB)/node_modules/.installed $(WEB)/build.mjs $(wildcard $(WEB)/*.ts $(WEB)/*/*.ts $(WEB)/*/*.css)
	cd $(WEB) && $(NPM) run --silent build

# Comunica, a client in JavaScript; where npm cannot be reached its tests are skipped, and say so.
$(VENV)/.clients: tests/clients/comunica/package-lock.json $(VENV)/.node
	rm -rf $(VENV)/comunica
	cp -r tests/clients/comunica $(VENV)/comunica
	-cd $(VENV)/comunica && $(NPM_CI) && touch ../.clients

# axe-core, which the tests in a browser check the pages with; they are skipped without it.
$(VENV)/.browser: tests/browser/package-lock.json $(VENV)/.node
	mkdir -p $(VENV)/browser
	cp tests/browser/package.json tests/browser/package-lock.json $(VENV)/browser
	-cd $(VENV)/browser && $(NPM_CI) && touch ../.browser

chromium:
	@command -v chromium >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
	  && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends chromium fonts-dejavu-core >/dev/null; } \
	  || echo "Chromium is not here and cannot be installed, so the tests in a browser are skipped."

# A remote engine for the tests; Debian's package starts no service of its own where it is told not to.
virtuoso:
	@command -v virtuoso-t >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
	  && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends virtuoso-opensource-7 >/dev/null; } \
	  || echo "Virtuoso is not here and cannot be installed, so the tests on it are skipped."

# How soon each page is seen, and what it weighs.
painting: $(VENV)/.dev chromium web
	$(BIN)/python -m tests.browser.painting

screenshots: $(VENV)/.dev chromium web
	$(BIN)/python -m tests.browser.screenshots docs/screenshots

bench: $(VENV)/.dev
	$(BIN)/python -m benchmarks.serving $(ARGS)

clean:
	rm -rf $(VENV) build *.egg-info $(WEB)/node_modules service/static/built
