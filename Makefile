# make run: everything a person needs.   make test, make check, make bench: what a developer needs.
SHELL := /bin/bash
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
STAMPS := $(VENV)/.sauro
export DJANGO_SETTINGS_MODULE := sauro.settings
# Compiled files are what makes the second start quick.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run setup test check bench lock messages clean

run:
	@$(MAKE) --no-print-directory -j4 setup
	@exec $(BIN)/sauro run --demo

setup: $(STAMPS)/base $(STAMPS)/bytecode $(STAMPS)/assets $(STAMPS)/messages $(STAMPS)/static
	@:

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Cần Python 3.11 trở lên. / Python 3.11 or newer is needed."; exit 1; }
	@$(PYTHON) -m venv $(VENV) > /dev/null 2>&1 || \
	  { rm -rf $(VENV); echo "Thiếu mô-đun venv: apt install python3-venv. / The venv module is missing: apt install python3-venv."; exit 1; }

$(STAMPS)/tools: requirements/tools.txt | $(BIN)/python
	@mkdir -p $(STAMPS)
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/tools.txt
	@touch $@

# uv is ten times as quick as pip; pip knows every mirror and proxy that an office may have set up for it.
define install
	{ $(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r $(1) 2> $(STAMPS)/uv.log || \
	  $(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r $(1) || \
	  { cat $(STAMPS)/uv.log; exit 1; }; }
endef

$(STAMPS)/base: requirements/base.txt $(STAMPS)/tools
	@echo "Cài thư viện Python … / Installing Python packages …"
	@$(call install,requirements/base.txt)
	@$(BIN)/python -c 'import pathlib, sysconfig; pathlib.Path(sysconfig.get_path("purelib"), "sauro.pth").write_text(str(pathlib.Path.cwd()) + "\n")'
	@printf '#!/bin/sh\nexec "$$(dirname "$$0")/python" -P -m sauro.cli "$$@"\n' > $(BIN)/sauro && chmod +x $(BIN)/sauro
	@touch $@

# Beside the installing of browser assets, which waits for the network. What only a forecast needs is compiled on use.
$(STAMPS)/bytecode: $(STAMPS)/base $(shell find sauro -name "*.py" 2>/dev/null)
	@[ $@ -nt $(STAMPS)/base ] || $(BIN)/python -m compileall -q -x 'site-packages/(.*/)?(pip|tests?|gis|countries|financial|_unicode_data|numpy|scipy|pandas|statsmodels|formulaic|patsy)/' \
	  "$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')" > /dev/null || true
	@$(BIN)/python -m compileall -q sauro
	@touch $@

$(STAMPS)/dev: requirements/dev.txt $(STAMPS)/base
	@$(call install,requirements/dev.txt)
	@touch $@

$(STAMPS)/assets: package-lock.json $(STAMPS)/base
	@echo "Cài tài nguyên trình duyệt … / Installing browser assets …"
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm ci --omit=dev --loglevel=error > /dev/null
	@touch $@

$(STAMPS)/assets-dev: package-lock.json $(STAMPS)/assets
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm ci --loglevel=error > /dev/null
	@touch $@

$(STAMPS)/messages: $(wildcard sauro/locale/*/LC_MESSAGES/*.po) $(STAMPS)/base
	@$(BIN)/pybabel -q compile -d sauro/locale -D "django click"
	@touch $@

$(STAMPS)/static: $(shell find sauro/*/static -type f 2>/dev/null) $(STAMPS)/assets
	@$(BIN)/python manage.py collectstatic --noinput --verbosity 0 -i ext -i '*-4*' -i 'htmax*'
	@touch $@

test: $(STAMPS)/dev $(STAMPS)/assets-dev $(STAMPS)/messages $(STAMPS)/static
	@tools/test

check: $(STAMPS)/dev $(STAMPS)/assets-dev $(STAMPS)/messages
	@tools/check

bench: setup $(STAMPS)/dev
	$(BIN)/python -m benchmarks.reading
	$(BIN)/python -m benchmarks.pages
	$(BIN)/python -m benchmarks.exports
	$(BIN)/python -m benchmarks.rounds
	$(BIN)/python -m benchmarks.quality

lock: $(STAMPS)/tools
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes requirements/base.in -o requirements/base.txt
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes requirements/dev.in -c requirements/base.txt -o requirements/dev.txt
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes requirements/tools.in -o requirements/tools.txt
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm install --package-lock-only

# Needs GNU gettext (apt install gettext).
messages: $(STAMPS)/dev
	$(BIN)/python manage.py makemessages -l en --no-wrap --no-location --ignore 'build/*' --ignore 'node_modules/*' --ignore '.venv/*' --ignore 'var/*'
	sed -i '/^"POT-Creation-Date/d' sauro/locale/en/LC_MESSAGES/django.po

clean:
	rm -rf $(VENV) node_modules build
